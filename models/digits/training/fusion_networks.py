"""Learned fusion: networks that make one embedding of those that are present.

All take `embeddings` float32 [N, M, D], M in the order of FUSION_ORDER, and `mask` float32 [N, M], 1 where
a modality is present, and give `fused` [N, D] in the encoders' own space; some also give `weights`
[N, M], each modality's share, which sum to 1 over what is present. What an absent row holds has no
influence. One modality alone passes as it is, bit by bit.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from networks import DIMENSIONS

FUSION_ORDER = ["image", "text", "audio"]
"""The order of the enumeration `Modality` on the serving side."""

MODALITIES = len(FUSION_ORDER)
SCALE = 0.1
"""Embeddings have lengths of about ten; hidden layers take them at about one."""

LEAST_CERTAINTY = 1e-6
"""So that modalities that know nothing share alike instead of dividing by zero."""


class Fusion(nn.Module):
    """What the methods share: absent rows are zeroed, and one modality alone passes as it is."""

    def forward(self, embeddings, mask):
        shown = torch.where(mask.unsqueeze(2) > 0, embeddings, torch.zeros_like(embeddings))
        count = mask.sum(1, keepdim=True)
        result = self.fuse(shown, mask, count)
        fused, weights = result if isinstance(result, tuple) else (result, None)
        fused = torch.where(count > 1, fused, shown.sum(1))
        return fused if weights is None else (fused, weights)

    def fuse(self, shown, mask, count):
        """`shown` [N, M, D] with zeros for what is absent, `mask` [N, M], `count` [N, 1] ->
        fused [N, D], or fused and weights [N, M]."""
        raise NotImplementedError


def _shares(scores, mask):
    """Softmax of `scores` [N, M, ...] over the modalities that are present."""
    absent = (1.0 - mask) * -1e9
    return torch.softmax(scores + (absent if scores.ndim == 2 else absent.unsqueeze(2)), 1)


class WeightedFusion(Fusion):
    """The weighted mean with one weight for each modality; written into pipeline.json."""

    def __init__(self):
        super().__init__()
        self.logarithms = nn.Parameter(torch.zeros(MODALITIES))

    def fuse(self, shown, mask, count):
        weights = _shares(self.logarithms.expand(len(mask), MODALITIES), mask)
        return (shown * weights.unsqueeze(2)).sum(1), weights

    def weights(self):
        """{modality: weight}, the largest 1."""
        ratios = torch.exp(self.logarithms - self.logarithms.max()).tolist()
        return {m: round(ratio, 4) for m, ratio in zip(FUSION_ORDER, ratios)}


class ConfidenceWeightedFusion(Fusion):
    """The weighted mean whose weights are how certain the head is of each embedding alone: 1 minus
    the entropy of its probabilities over the entropy of knowing nothing, to a power."""

    def __init__(self, head, power):
        super().__init__()
        self.head, self.power = head, power

    def fuse(self, shown, mask, count):
        logarithms = torch.log_softmax(self.head(shown.flatten(0, 1)), 1)
        entropy = -(logarithms.exp() * logarithms).sum(1).reshape(mask.shape)
        certainty = (1 - entropy / math.log(logarithms.shape[1])).clamp(min=LEAST_CERTAINTY)
        weights = certainty**self.power * mask
        weights = weights / weights.sum(1, keepdim=True)
        return (shown * weights.unsqueeze(2)).sum(1), weights


class ConcatenationFusion(Fusion):
    """A linear map of the concatenated embeddings, each divided by how many are present, and of
    the mask. Starts as the mean."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(MODALITIES * DIMENSIONS + MODALITIES, DIMENSIONS)
        with torch.no_grad():
            self.linear.weight.zero_()
            self.linear.bias.zero_()
            for i in range(MODALITIES):
                first = i * DIMENSIONS
                self.linear.weight[:, first : first + DIMENSIONS] = torch.eye(DIMENSIONS)

    def fuse(self, shown, mask, count):
        return self.linear(torch.cat([(shown / count.unsqueeze(2)).flatten(1), mask], 1))


class ConvolutionalFusion(Fusion):
    """Convolutions over the stacked embeddings: modalities and mask are the channels, dimensions
    the positions. The channels are weighed by what they hold over all positions (squeeze and
    excitation, Hu et al. 2018), and the result is added to the mean."""

    def __init__(self, channels=32, width=3):
        super().__init__()
        self.first = nn.Conv1d(2 * MODALITIES, channels, width, padding=width // 2)
        self.squeeze = nn.Linear(2 * channels, channels)
        self.excite = nn.Linear(channels, channels)
        self.second = nn.Conv1d(channels, channels, width, padding=width // 2)
        self.last = nn.Conv1d(channels, 1, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def fuse(self, shown, mask, count):
        present = mask.unsqueeze(2) * torch.ones_like(shown)
        x = F.relu(self.first(torch.cat([shown * SCALE, present], 1)))
        held = torch.cat([x.mean(2), x.amax(2)], 1)
        x = x * torch.sigmoid(self.excite(F.relu(self.squeeze(held)))).unsqueeze(2)
        x = self.last(F.relu(self.second(x)))[:, 0]
        return (shown.sum(1) + x / SCALE) / count


class GatedFusion(Fusion):
    """A gate for each modality and dimension, computed from all embeddings (after the gated
    multimodal unit, Arevalo et al. 2017); gates of one dimension share 1 among what is present.
    A gain, 1 at first, lengthens what several modalities agree on."""

    def __init__(self, hidden=32):
        super().__init__()
        self.hidden = nn.Linear(MODALITIES * DIMENSIONS + MODALITIES, hidden)
        self.gates = nn.Linear(hidden, MODALITIES * DIMENSIONS)
        self.gain = nn.Linear(hidden, 1)
        for layer in (self.gates, self.gain):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def fuse(self, shown, mask, count):
        state = F.relu(self.hidden(torch.cat([(shown * SCALE).flatten(1), mask], 1)))
        gates = _shares(self.gates(state).reshape(-1, MODALITIES, DIMENSIONS), mask)
        return (shown * gates).sum(1) * torch.exp(self.gain(state)), gates.mean(2)


class LowRankFusion(Fusion):
    """Low-rank tensor fusion (Liu et al. 2018): the outer product of the embeddings, each with a 1
    appended, times a weight tensor of `rank` terms, which is the product over the modalities of
    their own maps. An absent modality is the 1 alone. On embeddings brought to `inner` dimensions;
    the result is added to the mean."""

    def __init__(self, inner=24, rank=4):
        super().__init__()
        self.inner, self.rank = inner, rank
        self.bring = nn.Linear(DIMENSIONS, inner, bias=False)
        self.factors = nn.Parameter(torch.randn(MODALITIES, inner + 1, rank * inner) * 0.2)
        with torch.no_grad():
            self.factors[:, -1] = 1.0
        self.back = nn.Linear(inner, DIMENSIONS)
        nn.init.zeros_(self.back.weight)
        nn.init.zeros_(self.back.bias)

    def fuse(self, shown, mask, count):
        x = torch.tanh(self.bring(shown * SCALE))
        x = torch.cat([x, torch.ones_like(x[..., :1])], 2)
        x = torch.matmul(x.transpose(0, 1), self.factors).prod(0)
        x = x.reshape(-1, self.rank, self.inner).sum(1)
        return shown.sum(1) / count + self.back(x)


class AttentionFusion(Fusion):
    """The modalities look at each other (one layer of self-attention, Vaswani et al. 2017), and
    each gets a score from what it saw; the shares are the softmax of the scores. The values are
    the embeddings themselves, lengthened by a learned gain."""

    def __init__(self, inner=32, heads=4):
        super().__init__()
        self.inner, self.heads = inner, heads
        self.bring = nn.Linear(DIMENSIONS, inner)
        self.places = nn.Parameter(torch.randn(MODALITIES, inner) * 0.1)
        self.looks = nn.Linear(inner, 3 * inner)
        self.feed = nn.Linear(inner, 2 * inner)
        self.score = nn.Linear(2 * inner, 2)
        nn.init.zeros_(self.score.weight)
        nn.init.zeros_(self.score.bias)

    def fuse(self, shown, mask, count):
        x = F.relu(self.bring(shown * SCALE) + self.places)
        parts = self.looks(x).reshape(-1, MODALITIES, 3, self.heads, self.inner // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        match = query @ key.transpose(2, 3) / (self.inner // self.heads) ** 0.5
        match = match + ((1.0 - mask) * -1e9)[:, None, None]
        seen = (torch.softmax(match, 3) @ value).transpose(1, 2).reshape(-1, MODALITIES, self.inner)
        scores = self.score(F.relu(self.feed(x + seen)))
        weights = _shares(scores[..., 0], mask)
        gain = torch.exp((scores[..., 1] * weights).sum(1, keepdim=True))
        return (shown * weights.unsqueeze(2)).sum(1) * gain, weights


LEARNED = {
    "weighted": WeightedFusion,
    "concatenation": ConcatenationFusion,
    "convolutional": ConvolutionalFusion,
    "gated": GatedFusion,
    "low-rank": LowRankFusion,
    "attention": AttentionFusion,
}
