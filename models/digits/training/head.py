"""Training of the head on embeddings of every subset of modalities, clean and degraded."""

import torch
import torch.nn.functional as F

from evaluate import MODALITIES, subsets
from fitting import fit
from networks import DigitHead
from pool import EmbeddingPool

POOL = 12000
"""Embeddings of each modality."""

DISAGREEING = 0.08
"""Share of triples in which one modality shows another digit than the two that agree."""


def train_head(corpus, encoders, steps, seed=4):
    """Head on means of embeddings that share a label: batches of 512, a random subset each row."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    pool = EmbeddingPool(corpus, encoders, seed, POOL)
    head = DigitHead()
    choices = torch.tensor([[float(m in subset) for m in MODALITIES] for subset in subsets()])

    def picked(modality, labels):
        """A random embedding of each label, degraded in half of the cases."""
        degraded = torch.rand(len(labels), generator=generator) < 0.5
        return pool.pick(modality, labels, degraded, generator)

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
