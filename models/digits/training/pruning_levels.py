"""Pruning an encoder level by level: a little is cut, the rest recovers, then more is cut."""

import copy

import torch

import pruning
from committed import frozen
from pruning_plans import PLANS
from recovery import RATES, Batches, Loss, recover, wake_normalisations

LEVELS = (0.7, 0.5, 0.38, 0.28, 0.2)
"""Greatest shares of the encoder's parameters, one level after the other."""

STEPS = {"image": 160, "audio": 160, "text": 220}
"""Fine-tuning at each level."""

IMPORTANCE_BATCHES = 20
COMPARED = LEVELS[2]
"""Level at which criteria are compared, cut at once."""


class Encoder:
    """An encoder of the pipeline as pruning finds it: a copy that can be trained, and its loss."""

    def __init__(self, modality, corpus, networks, head, seed):
        torch.manual_seed(seed)
        self.modality, self.teacher = modality, networks[modality]
        self.batches = Batches(modality, corpus, seed)
        self.loss = Loss(self.batches, self.teacher, head)
        self.network = copy.deepcopy(self.teacher)
        self.parameters = pruning.count(self.network)
        wake_normalisations(self.network, self.batches)

    def importances(self, network, plan):
        """First-order importance of the units of a network."""
        return pruning.importances(network, plan, self.loss, IMPORTANCE_BATCHES)

    def recover(self, name, network, steps):
        """The network after fine-tuning."""
        return frozen(recover(f"{self.modality} {name}", network, self.loss, steps, RATES[self.modality]))


def descend(encoder, scale, deepest=min(LEVELS), longer=1.0):
    """Networks at each level down to the `deepest`, each fine-tuned from the one before, the last
    one for `longer`: {share: network}."""
    network, found = encoder.network, {}
    for share in (level for level in LEVELS if level >= deepest):
        plan = PLANS[encoder.modality](network)
        selection = pruning.Selection(network, plan)
        selection.shrink(encoder.importances(network, plan), share * encoder.parameters)
        steps = STEPS[encoder.modality] * (longer if share == deepest else 1.0)
        smaller = pruning.cut(network, selection)
        network = encoder.recover(f"{share:.0%}", smaller, max(20, int(steps * scale)))
        found[share] = network
    return found


def compare(encoder, scale):
    """Networks of one shape, that which the first criterion chooses, with the units that each
    criterion would keep, and with fresh weights; fine-tuned alike, half as long as a level:
    {criterion: network}."""
    network, steps = encoder.network, max(20, int(STEPS[encoder.modality] * scale / 2))
    plan = PLANS[encoder.modality](network)
    taylor = encoder.importances(network, plan)
    first = pruning.Selection(network, plan)
    first.shrink(taylor, COMPARED * encoder.parameters)
    criteria = {
        "first-order": taylor,
        "L1 norm": pruning.magnitudes(network, plan),
        "random": {group.name: torch.rand(group.size) for group in plan.groups()},
    }
    found = {}
    for name, importance in criteria.items():
        selection = pruning.Selection(network, plan)
        selection.like(first.widths(), importance)
        found[name] = encoder.recover(name, pruning.cut(network, selection), steps)
    fresh = pruning.cut(network, first)
    for module in fresh.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()
    found["fresh weights"] = encoder.recover("fresh weights", fresh, steps)
    return found
