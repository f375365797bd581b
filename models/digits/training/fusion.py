"""Training of the fusion methods through the frozen head, with whatever modalities are present."""

import torch
import torch.nn.functional as F

from fitting import fit
from fusion_networks import FUSION_ORDER, LEARNED
from pool import EmbeddingPool

POOL = 24000
"""Embeddings of each modality."""

BATCH = 512
SUBSETS = torch.tensor(
    [[1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1]], dtype=torch.float32
)
"""What is present, drawn alike. One modality alone teaches nothing: it passes as it is."""

DISAGREEING = 0.02
"""Share of triples in which one modality shows another digit than the two that agree."""

TEMPERATURE = 1.35
"""What single modalities need to be calibrated on held-back data. Several are fused for the same, so
that one temperature serves all subsets."""

DEGRADED_TOGETHER = 0.5
"""Share of rows whose modalities are all degraded; in the others each is in half of the cases."""

RATES = {
    "weighted": 1e-2,
    "concatenation": 1e-3,
    "convolutional": 3e-3,
    "gated": 3e-3,
    "low-rank": 3e-3,
    "attention": 3e-3,
}
DECAYS = {"concatenation": 0.05}
"""Weight decay where it is not 0.02."""


class FusionBatches:
    """Rows of embeddings [BATCH, M, D] with mask and labels."""

    def __init__(self, pool, seed):
        self.pool = pool
        self.generator = torch.Generator().manual_seed(seed)

    def _chance(self, share, count=BATCH):
        return torch.rand(count, generator=self.generator) < share

    def draw(self):
        """`embeddings`, `mask` and labels."""
        generator = self.generator
        labels = torch.randint(10, (BATCH,), generator=generator)
        mask = SUBSETS[torch.randint(len(SUBSETS), (BATCH,), generator=generator)]
        odd = torch.randint(len(FUSION_ORDER), (BATCH,), generator=generator)
        shift = torch.randint(1, 10, (BATCH,), generator=generator)
        disagree = (mask.sum(1) == 3) & self._chance(DISAGREEING)
        together = self._chance(DEGRADED_TOGETHER)
        rows = []
        for i, modality in enumerate(FUSION_ORDER):
            shown = torch.where(disagree & (odd == i), (labels + shift) % 10, labels)
            degraded = together | self._chance(0.5)
            rows.append(self.pool.pick(modality, shown, degraded, generator))
        return torch.stack(rows, 1), mask, labels


def train_fusion(corpus, encoders, head, steps, seed=6):
    """All learned methods: {name: network in eval mode}."""
    pool = EmbeddingPool(corpus, encoders, seed, POOL)
    methods = {}
    for name, network in LEARNED.items():
        torch.manual_seed(seed)
        batches = FusionBatches(pool, seed)
        methods[name] = _train(name, network(), batches, head, steps)
    return methods


def _train(name, network, batches, head, steps):
    def loss():
        embeddings, mask, labels = batches.draw()
        result = network(embeddings, mask)
        fused = result[0] if isinstance(result, tuple) else result
        return F.cross_entropy(head(fused) / TEMPERATURE, labels)

    decay = DECAYS.get(name, 0.02)
    return fit(name, network, loss, steps, rate=RATES[name], weight_decay=decay, decay=0.99)
