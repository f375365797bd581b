"""The trained encoders and head, read back from the ONNX files of the pipeline.

So fusion can be trained again without training what it rests on. An exported encoder holds its
batch normalisations folded into the convolutions before them, and its recurrent layer in ONNX's
order of the gates; what is read computes the same up to rounding.
"""

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from encoders import new_networks
from networks import DigitHead


class _File:
    """Nodes and weights of one ONNX file."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.nodes = list(graph.node)
        self.weights = {t.name: numpy_helper.to_array(t) for t in graph.initializer}

    def of(self, kind):
        """The weights that the nodes of a kind take, node by node in the order of execution."""
        return [
            [torch.tensor(self.weights[name]) for name in node.input if name in self.weights]
            for node in self.nodes
            if node.op_type == kind
        ]

    def named(self, name):
        """A weight that has kept its name."""
        return torch.tensor(self.weights[name])


def _fill_convolution(convolution, norm, weight, bias):
    """A convolution with its normalisation folded in, before one that only adds the bias."""
    convolution.weight.copy_(weight)
    norm.running_mean.zero_()
    norm.running_var.fill_(1.0)
    norm.weight.fill_(float(np.sqrt(1.0 + norm.eps)))
    norm.bias.copy_(bias)


def _fill_recurrent(layer, weight, recurrence, bias):
    """ONNX: [directions, ...] in the order update, reset, new; PyTorch: reset, update, new."""

    def reordered(gates):
        update, reset, new = gates.chunk(3)
        return torch.cat([reset, update, new])

    for direction, suffix in enumerate(["_l0", "_l0_reverse"]):
        inner, outer = bias[direction].chunk(2)
        getattr(layer, "weight_ih" + suffix).copy_(reordered(weight[direction]))
        getattr(layer, "weight_hh" + suffix).copy_(reordered(recurrence[direction]))
        getattr(layer, "bias_ih" + suffix).copy_(reordered(inner))
        getattr(layer, "bias_hh" + suffix).copy_(reordered(outer))


def _fill_image(network, file):
    layers = [(network.stem[0], network.stem[1])]
    for block in network.blocks:
        layers += [(block.first, block.first_norm), (block.second, block.second_norm)]
        if block.shortcut is not None:
            layers.append((block.shortcut[0], block.shortcut[1]))
    convolutions = file.of("Conv")
    assert len(convolutions) == len(layers)
    for layer, weights in zip(layers, convolutions):
        _fill_convolution(*layer, *weights)


def _fill_sequence(network, file):
    for layer, weights in zip((network.first, network.second), file.of("Conv")):
        _fill_convolution(layer.convolution, layer.norm, *weights)
    _fill_recurrent(network.pooling.recurrent, *file.of("GRU")[0])
    network.pooling.score.weight.copy_(file.of("MatMul")[0][0].T)
    network.pooling.score.bias.copy_(file.named("pooling.score.bias"))


@torch.no_grad()
def read_networks(folder):
    """Encoders by modality, and the head, in eval mode."""
    networks = new_networks()
    for modality, network in networks.items():
        file = _File(folder / f"{modality}-encoder.onnx")
        if modality == "image":
            _fill_image(network, file)
        else:
            _fill_sequence(network, file)
        if modality == "text":
            network.embed.weight.copy_(file.named("embed.weight"))
        network.project.weight.copy_(file.named("project.weight"))
        network.project.bias.copy_(file.named("project.bias"))
    head, file = DigitHead(), _File(folder / "digit-head.onnx")
    for name in ("direct.weight", "direct.bias", "hidden.weight", "hidden.bias"):
        head.get_parameter(name).copy_(file.named(name))
    head.out.weight.copy_(file.of("MatMul")[0][0].T)
    return {m: frozen(n) for m, n in networks.items()}, frozen(head)


def frozen(network: nn.Module):
    """A network in eval mode that training leaves alone."""
    return network.eval().requires_grad_(False)
