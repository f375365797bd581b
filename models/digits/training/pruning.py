"""Structured pruning: which units of a network matter least, and the smaller network without them.

A unit is what can be taken out whole: a channel of a convolution, a dimension of the characters'
embedding, a hidden unit of a recurrent layer. A `Group` holds units of one kind and says where they
are made and where they are used. Groups whose counts must stay equal form a family.

A unit's importance is what the loss would change by to first order if the unit were scaled:
the product of weight and gradient, summed over every weight that takes the unit in, squared, and
averaged over batches (Molchanov et al. 2019, "Importance Estimation for Neural Network Pruning",
its Taylor-FO criterion with gates). `magnitudes` is the plainer criterion of Li et al. 2017,
"Pruning Filters for Efficient ConvNets": the L1 norm of the weights that make the unit.
"""

import copy
from dataclasses import dataclass

import torch
from torch import nn

LEAST = 8
"""Units that every group keeps."""

STEP = 4
"""Units that leave a family at once: widths stay multiples of what a processor adds in one step."""


@dataclass(frozen=True)
class Slot:
    """Where units lie in a parameter or buffer: on `axis`, a block of them from each of `starts`."""

    key: str
    axis: int
    starts: tuple = (0,)


@dataclass(frozen=True)
class Group:
    """`size` units of one kind: the slots that make them, and those that use them."""

    name: str
    size: int
    made: tuple
    used: tuple


@dataclass(frozen=True)
class Plan:
    """What can be pruned in a network: families of groups, and for each parameter how often an
    input multiplies it (0 where it is only looked up)."""

    families: tuple
    uses: dict

    def groups(self):
        """All groups of all families."""
        return [group for family in self.families for group in family]


def _by_unit(values, slot, size):
    """Sum of `values` over all but the units of a slot: [size]."""
    flat = values.transpose(0, slot.axis).flatten(1).sum(1) if values.ndim > 1 else values
    return sum(flat[start : start + size] for start in slot.starts)


def importances(network, plan, loss, batches):
    """First-order importance of every unit, {group name: float32 [size]}, over so many batches.

    `loss(network)` is a scalar on a fresh batch. The network is measured in eval mode.
    """
    network.eval().requires_grad_(True)
    parameters = dict(network.named_parameters())
    totals = {group.name: torch.zeros(group.size) for group in plan.groups()}
    for _ in range(batches):
        network.zero_grad(set_to_none=True)
        loss(network).backward()
        for group in plan.groups():
            slope = torch.zeros(group.size)
            for slot in group.used:
                weight = parameters[slot.key]
                slope += _by_unit((weight * weight.grad).detach(), slot, group.size)
            totals[group.name] += slope**2 / batches
    network.zero_grad(set_to_none=True)
    return totals


def magnitudes(network, plan):
    """L1 norm of the weights that make each unit, {group name: float32 [size]}."""
    state = network.state_dict()
    return {
        group.name: sum(
            _by_unit(state[slot.key].abs(), slot, group.size)
            for slot in group.made
            if state[slot.key].ndim > 1
        )
        for group in plan.groups()
    }


def count(network):
    """Parameters of a network, without the buffers."""
    return sum(parameter.numel() for parameter in network.parameters())


class Selection:
    """Which units of a network stay; all of them at first."""

    def __init__(self, network, plan):
        self.plan = plan
        self.shapes = {name: tuple(p.shape) for name, p in network.named_parameters()}
        self.kept = {g.name: torch.ones(g.size, dtype=torch.bool) for g in plan.groups()}

    def masks(self):
        """{(key, axis): bool [length]}: what stays of every parameter and buffer that is cut."""
        masks = {}
        for group in self.plan.groups():
            for slot in group.made + group.used:
                length = self._length(slot.key, slot.axis)
                mask = masks.setdefault((slot.key, slot.axis), torch.ones(length, dtype=torch.bool))
                for start in slot.starts:
                    mask[start : start + group.size] &= self.kept[group.name]
        return masks

    def _length(self, key, axis):
        """Length of an axis; the running figures of a normalisation are as long as its bias."""
        name = key.replace("running_mean", "bias").replace("running_var", "bias")
        return self.shapes[name][axis]

    def cost(self):
        """Parameters and multiplications for an input that would be left."""
        masks = self.masks()
        parameters, multiplications = 0, 0
        for name, shape in self.shapes.items():
            left = 1
            for axis, length in enumerate(shape):
                mask = masks.get((name, axis))
                left *= length if mask is None else int(mask.sum())
            parameters += left
            multiplications += left * self.plan.uses.get(name, 0)
        return parameters, multiplications

    def least(self, family, importance, units):
        """The `units` least important units that each group of a family still has, and their
        summed importance; None where too few would be left."""
        chosen, total = {}, 0.0
        for group in family:
            kept = self.kept[group.name]
            if int(kept.sum()) - units < LEAST:
                return None
            values = importance[group.name].masked_fill(~kept, float("inf"))
            lowest = values.topk(units, largest=False)
            chosen[group.name], total = lowest.indices, total + float(lowest.values.sum())
        return chosen, total

    def drop(self, chosen):
        """Take units out: {group name: indices}."""
        for name, indices in chosen.items():
            self.kept[name][indices] = False

    def restore(self, chosen):
        """Put units back."""
        for name, indices in chosen.items():
            self.kept[name][indices] = True

    def widths(self):
        """How many units stay, by the name of the group."""
        return {name: int(kept.sum()) for name, kept in self.kept.items()}

    def shrink(self, importance, parameters):
        """Take out units until at most so many parameters are left.

        Each time those leave that cost the least importance for what they free, the share of the
        parameters and the share of the multiplications that are left counted alike.
        """
        while self.cost()[0] > parameters:
            best = None
            before = self.cost()
            for family in self.plan.families:
                found = self.least(family, importance, STEP)
                if found is None:
                    continue
                chosen, loss = found
                self.drop(chosen)
                freed = sum((b - a) / b for b, a in zip(before, self.cost()))
                self.restore(chosen)
                if best is None or loss / freed < best[0]:
                    best = loss / freed, chosen
            if best is None:
                raise ValueError(f"no units are left to take out at {before[0]} parameters")
            self.drop(best[1])

    def like(self, widths, importance):
        """Take out the least important units of each group until the given widths are left."""
        for family in self.plan.families:
            surplus = self.widths()[family[0].name] - widths[family[0].name]
            if surplus > 0:
                self.drop(self.least(family, importance, surplus)[0])


def cut(network, selection):
    """A smaller network that computes what `network` would if the units that left were zero."""
    small = copy.deepcopy(network)
    for (key, axis), mask in selection.masks().items():
        path, name = key.rpartition(".")[::2]
        module = small.get_submodule(path)
        value = getattr(module, name).detach().index_select(axis, mask.nonzero()[:, 0]).clone()
        if name in module._buffers:
            module.register_buffer(name, value)
        else:
            setattr(module, name, nn.Parameter(value))
    for module in small.modules():
        _measure(module)
    return small


def _measure(module):
    """Let a module's own numbers say how large its parameters are now."""
    if isinstance(module, (nn.Conv1d, nn.Conv2d)):
        module.out_channels, module.in_channels = module.weight.shape[:2]
    elif isinstance(module, nn.Linear):
        module.out_features, module.in_features = module.weight.shape
    elif isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
        module.num_features = len(module.weight)
    elif isinstance(module, nn.Embedding):
        module.num_embeddings, module.embedding_dim = module.weight.shape
    elif isinstance(module, nn.GRU):
        module.input_size = module.weight_ih_l0.shape[1]
        module.hidden_size = module.weight_hh_l0.shape[1]
