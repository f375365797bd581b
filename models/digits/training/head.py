"""Training of the head on embeddings of every subset of modalities, clean and degraded."""

import torch
import torch.nn.functional as F

from encoders import AudioBatches, ImageBatches, TextBatches
from evaluate import MODALITIES, subsets
from fitting import fit
from networks import DigitHead

POOL = 12000
"""Embeddings of each modality, half of them clean and half degraded."""

DISAGREEING = 0.08
"""Share of triples in which one modality shows another digit than the two that agree."""


@torch.no_grad()
def _embedding_pool(corpus, encoders, seed):
    """Embeddings of training items under fresh distortions.

    {modality: [clean, degraded]}, each a list of ten tensors [items, 128], one for each digit.
    """
    pictures = ImageBatches(corpus, seed)
    recordings, under_talkers = AudioBatches(corpus, seed), AudioBatches(corpus, seed + 1)
    clean_texts = TextBatches(corpus, seed, size=100, corrupted=0.0)
    heavy_texts = TextBatches(corpus, seed + 1, size=100, corrupted=1.0)
    draws = {
        "image": [lambda: pictures.clean(84, 16, 0.5), lambda: pictures.degraded(100, 0.2)],
        "audio": [lambda: recordings.draw(76, 24, 0), lambda: under_talkers.draw(0, 0, 100)],
        "text": [clean_texts.draw, heavy_texts.draw],
    }
    pool = {}
    for modality in MODALITIES:
        pool[modality] = []
        for draw in draws[modality]:
            batches = [draw() for _ in range(POOL // 200)]
            embeddings = torch.cat([encoders[modality](*inputs) for *inputs, _ in batches])
            labels = torch.cat([labels for *_, labels in batches])
            pool[modality].append([embeddings[labels == digit] for digit in range(10)])
    return pool


def train_head(corpus, encoders, steps, seed=4):
    """Head on means of embeddings that share a label: batches of 512, a random subset each row."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    pool = _embedding_pool(corpus, encoders, seed)
    head = DigitHead()
    choices = torch.tensor([[float(m in subset) for m in MODALITIES] for subset in subsets()])

    def picked(modality, labels):
        """A random embedding of each label, degraded in half of the cases."""
        rows = torch.empty(len(labels), 128)
        degraded = torch.rand(len(labels), generator=generator) < 0.5
        for digit in range(10):
            for heavy in (False, True):
                where = (labels == digit) & (degraded == heavy)
                items = pool[modality][int(heavy)][digit]
                count = int(where.sum())
                rows[where] = items[torch.randint(len(items), (count,), generator=generator)]
        return rows

    def loss():
        labels = torch.randint(10, (512,), generator=generator)
        present = choices[torch.randint(len(choices), (512,), generator=generator)]
        shown = labels.repeat(3, 1)
        odd = torch.randint(3, (512,), generator=generator)
        shift = torch.randint(1, 10, (512,), generator=generator)
        disagree = (present.sum(1) == 3) & (torch.rand(512, generator=generator) < DISAGREEING)
        shown[odd[disagree], disagree.nonzero()[:, 0]] += shift[disagree]
        rows = torch.stack([picked(m, shown[i] % 10) for i, m in enumerate(MODALITIES)], 1)
        fused = (rows * present.unsqueeze(2)).sum(1) / present.sum(1, keepdim=True)
        return F.cross_entropy(head(fused), labels)

    return fit("head", head, loss, steps, rate=3e-3, weight_decay=0.01, decay=0.99)
