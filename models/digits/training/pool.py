"""Embeddings of training items under fresh distortions: what the head and the fusion learn from."""

import torch

from encoders import AudioBatches, ImageBatches, TextBatches
from evaluate import MODALITIES
from networks import DIMENSIONS


class EmbeddingPool:
    """`size` embeddings of each modality, half of them clean and half degraded."""

    @torch.no_grad()
    def __init__(self, corpus, encoders, seed, size):
        pictures = ImageBatches(corpus, seed)
        recordings, under_talkers = AudioBatches(corpus, seed), AudioBatches(corpus, seed + 1)
        clean_texts = TextBatches(corpus, seed, size=100, corrupted=0.0)
        heavy_texts = TextBatches(corpus, seed + 1, size=100, corrupted=1.0)
        draws = {
            "image": [lambda: pictures.clean(84, 16, 0.5), lambda: pictures.degraded(100, 0.2)],
            "audio": [lambda: recordings.draw(76, 24, 0), lambda: under_talkers.draw(0, 0, 100)],
            "text": [clean_texts.draw, heavy_texts.draw],
        }
        self.items = {}
        """{modality: [clean, degraded]}, each a list of ten tensors [items, 128], one a digit."""
        for modality in MODALITIES:
            self.items[modality] = []
            for draw in draws[modality]:
                batches = [draw() for _ in range(size // 200)]
                embeddings = torch.cat([encoders[modality](*inputs) for *inputs, _ in batches])
                labels = torch.cat([labels for *_, labels in batches])
                self.items[modality].append([embeddings[labels == d] for d in range(10)])

    def pick(self, modality, labels, degraded, generator):
        """A random embedding of each label int64 [count], from the degraded ones where `degraded`
        bool [count]; float32 [count, 128]."""
        rows = torch.empty(len(labels), DIMENSIONS)
        for digit in range(10):
            for heavy in (False, True):
                where = (labels == digit) & (degraded == heavy)
                items = self.items[modality][int(heavy)][digit]
                count = int(where.sum())
                rows[where] = items[torch.randint(len(items), (count,), generator=generator)]
        return rows
