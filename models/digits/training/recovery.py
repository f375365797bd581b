"""Fine-tuning of a pruned encoder, through the frozen head and near the encoder it was cut from."""

import torch
import torch.nn.functional as F
from torch import nn

from encoders import AudioBatches, ImageBatches, TextBatches
from fitting import fit

RATES = {"image": 2e-3, "audio": 2e-3, "text": 2e-3}
NEARNESS = 2.0
"""Weight of the distance to the first encoder's embedding, relative to that one's length."""


class Batches:
    """Training batches of one modality, distorted and degraded as the encoders' own were."""

    def __init__(self, modality, corpus, seed):
        self.modality = modality
        if modality == "image":
            self.source = ImageBatches(corpus, seed)
        elif modality == "audio":
            self.source = AudioBatches(corpus, seed)
        else:
            self.source = TextBatches(corpus, seed, size=128, corrupted=0.3)

    def draw(self):
        """The encoder's inputs and the labels of 128 items."""
        if self.modality == "image":
            parts = [self.source.clean(mnist=92, drawn=16), self.source.degraded(20)]
            pixels, labels = (torch.cat(column) for column in zip(*parts))
            return (pixels,), labels
        if self.modality == "audio":
            *inputs, labels = self.source.draw(spoken=64, synthetic=24, degraded=40)
        else:
            *inputs, labels = self.source.draw()
        return tuple(inputs), labels


class Loss:
    """What pruning measures importance by and fine-tuning makes small: the error of the frozen
    head, and how far embeddings lie from those of the first encoder (Hinton et al. 2015; Romero et
    al. 2015), which keeps the space that modalities and fusion share."""

    def __init__(self, batches, teacher, head):
        self.batches, self.teacher, self.head = batches, teacher, head

    def __call__(self, network):
        """The loss on a fresh batch, a scalar."""
        inputs, labels = self.batches.draw()
        with torch.no_grad():
            wanted = self.teacher(*inputs)
        embeddings = network(*inputs)
        distance = (embeddings - wanted).pow(2).sum(1).mean() / wanted.pow(2).sum(1).mean()
        return F.cross_entropy(self.head(embeddings), labels) + NEARNESS * distance


@torch.no_grad()
def wake_normalisations(network, batches, count=8):
    """Give normalisations that an export has folded away the mean and variance of what they see,
    so that training can go on; what the network computes in eval mode stays the same."""
    norms = [m for m in network.modules() if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d))]
    seen = {norm: [] for norm in norms}

    def watch(norm, inputs):
        values = inputs[0].transpose(0, 1).flatten(1)
        seen[norm].append((values.mean(1), values.pow(2).mean(1)))

    handles = [norm.register_forward_pre_hook(watch) for norm in norms]
    network.eval()
    for _ in range(count):
        network(*batches.draw()[0])
    for handle in handles:
        handle.remove()
    for norm in norms:
        mean, square = (torch.stack(column).mean(0) for column in zip(*seen[norm]))
        variance = (square - mean.pow(2)).clamp(min=0.0)
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        norm.bias += scale * (mean - norm.running_mean)
        norm.weight.copy_(scale * (variance + norm.eps).sqrt())
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)


def recover(name, network, loss, steps, rate):
    """Fine-tune a pruned network; its averaged weights, in eval mode.

    Without dropout: a small network under distillation fits too little rather than too much.
    """
    network.requires_grad_(True)
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return fit(name, network, lambda: loss(network), steps, rate=rate, weight_decay=0.02)
