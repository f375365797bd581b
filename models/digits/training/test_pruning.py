"""Checks of the pruning's arithmetic, on networks with random weights; no data is needed.

    python3 -m unittest discover -s models/digits/training
"""

import copy
import tempfile
import unittest
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

import export
import preprocessing
import pruning
from encoders import new_networks
from evaluate import MODALITIES
from networks import DigitHead
from pruning_plans import PLANS
from recovery import wake_normalisations


def example(modality, count=6):
    """Inputs of an encoder, sequences of several lengths."""
    if modality == "image":
        return (torch.randn(count, 1, 28, 28),)
    mask = (torch.arange(12) < torch.randint(4, 13, (count, 1))).to(torch.int64)
    mask[0] = 1
    if modality == "audio":
        return torch.randn(count, preprocessing.LOG_MEL["mels"], 12), mask
    return torch.randint(2, 90, (count, 12)) * mask, mask


def network_of(modality):
    """An encoder whose normalisations have seen something."""
    torch.manual_seed(1)
    network = new_networks()[modality].train()
    for _ in range(3):
        network(*example(modality))
    return network.eval()


class Draws:
    """Batches without data."""

    def __init__(self, modality):
        self.modality = modality

    def draw(self):
        """Inputs, and labels that nobody needs."""
        return example(self.modality, 32), None


def loss_of(modality):
    """A loss that depends on every dimension of the embedding, on the same inputs each time."""
    inputs = example(modality)
    target = torch.randn(len(inputs[0]), 128)

    def loss(network):
        scale = next(network.parameters()).dtype
        values = [x.to(scale) if x.is_floating_point() else x for x in inputs]
        return (network(*values) - target.to(scale)).pow(2).mean()

    return loss


def scaled(network, group, unit, factor):
    """A copy in which all that uses a unit takes it in `factor` times as large."""
    changed = copy.deepcopy(network)
    state = changed.state_dict()
    for slot in group.used:
        for start in slot.starts:
            state[slot.key].select(slot.axis, start + unit).mul_(factor)
    return changed


class CutTests(unittest.TestCase):
    def each(self):
        for modality in MODALITIES:
            with self.subTest(modality):
                network = network_of(modality)
                yield modality, network, PLANS[modality](network)

    def test_cut_units_leave_what_zeros_would(self):
        for modality, network, plan in self.each():
            selection = pruning.Selection(network, plan)
            random = {group.name: torch.rand(group.size) for group in plan.groups()}
            zeroed = network
            for family in plan.families:
                chosen, _ = selection.least(family, random, 4)
                selection.drop(chosen)
                for group in family:
                    for unit in chosen[group.name]:
                        zeroed = scaled(zeroed, group, int(unit), 0.0)
            inputs = example(modality)
            with torch.no_grad():
                expected, found = zeroed(*inputs), pruning.cut(network, selection)(*inputs)
            self.assertGreater(float((expected - network(*inputs)).abs().max()), 1e-3)
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)

    def test_cost_counts_the_parameters_that_are_left(self):
        for modality, network, plan in self.each():
            selection = pruning.Selection(network, plan)
            self.assertEqual(selection.cost()[0], pruning.count(network))
            importance = {group.name: torch.rand(group.size) for group in plan.groups()}
            budget = int(0.4 * pruning.count(network))
            selection.shrink(importance, budget)
            small = pruning.cut(network, selection)
            self.assertEqual(selection.cost()[0], pruning.count(small))
            self.assertLessEqual(pruning.count(small), budget)
            self.assertTrue(all(w % pruning.STEP == 0 and w >= pruning.LEAST for w in selection.widths().values()))
            for family in plan.families:
                self.assertEqual(1, len({selection.widths()[group.name] for group in family}))

    def test_too_small_a_budget_is_refused(self):
        for _, network, plan in self.each():
            importance = {group.name: torch.rand(group.size) for group in plan.groups()}
            with self.assertRaises(ValueError):
                pruning.Selection(network, plan).shrink(importance, 1000)

    def test_export_holds_no_more_than_the_small_network(self):
        for modality, network, plan in self.each():
            selection = pruning.Selection(network, plan)
            importance = {group.name: torch.rand(group.size) for group in plan.groups()}
            selection.shrink(importance, 0.3 * pruning.count(network))
            encoders = {**{m: network_of(m) for m in MODALITIES}, modality: pruning.cut(network, selection)}
            with tempfile.TemporaryDirectory() as folder:
                export.export_networks(encoders, DigitHead(), Path(folder))
                graph = onnx.load(str(Path(folder) / f"{modality}-encoder.onnx")).graph
            weights = [numpy_helper.to_array(t) for t in graph.initializer]
            total = sum(w.size for w in weights if w.dtype == "float32")
            self.assertLessEqual(total, selection.cost()[0])
            self.assertGreater(total, 0.95 * selection.cost()[0])


class ImportanceTests(unittest.TestCase):
    def test_importance_is_the_squared_slope_of_the_loss(self):
        for modality in MODALITIES:
            network = network_of(modality)
            plan, loss = PLANS[modality](network), loss_of(modality)
            found = pruning.importances(network, plan, loss, batches=1)
            exact, step = copy.deepcopy(network).double(), 1e-4
            for group in plan.groups():
                with self.subTest(modality=modality, group=group.name), torch.no_grad():
                    for unit in (0, group.size - 1):
                        up = loss(scaled(exact, group, unit, 1 + step))
                        down = loss(scaled(exact, group, unit, 1 - step))
                        slope = float(up - down) / (2 * step)
                        self.assertAlmostEqual(found[group.name][unit].item() ** 0.5, abs(slope), delta=1e-5 + 0.01 * abs(slope))

    def test_unused_units_go_first(self):
        for modality in MODALITIES:
            network = network_of(modality)
            plan = PLANS[modality](network)
            for family in plan.families:
                with self.subTest(modality=modality, family=family[0].name):
                    idle = network
                    for group in family:
                        for unit in (1, 3, 5, 6):
                            idle = scaled(idle, group, unit, 0.0)
                    importance = pruning.importances(idle, plan, loss_of(modality), batches=1)
                    _, total = pruning.Selection(idle, plan).least(family, importance, 4)
                    self.assertEqual(0.0, total)
                    for group in family:
                        values = importance[group.name]
                        self.assertEqual(0.0, float(values[[1, 3, 5, 6]].sum()))
                        self.assertGreater(int((values > 0).sum()), group.size // 2)

    def test_magnitudes_are_norms_of_the_filters(self):
        network = network_of("image")
        found = pruning.magnitudes(network, PLANS["image"](network))
        expected = network.blocks[2].first.weight.detach().abs().sum((1, 2, 3))
        torch.testing.assert_close(found["inside block 3"], expected)


class WakeTests(unittest.TestCase):
    def test_woken_normalisations_compute_the_same(self):
        for modality in MODALITIES:
            with self.subTest(modality):
                network = network_of(modality).requires_grad_(False)
                woken, inputs = copy.deepcopy(network), example(modality)
                wake_normalisations(woken, Draws(modality), count=2)
                torch.testing.assert_close(woken(*inputs), network(*inputs), rtol=1e-4, atol=1e-4)
                means = [n.running_mean for n in woken.modules() if hasattr(n, "running_mean")]
                before = [n.running_mean for n in network.modules() if hasattr(n, "running_mean")]
                self.assertTrue(all((a - b).abs().max() > 1e-4 for a, b in zip(means, before)))


if __name__ == "__main__":
    unittest.main()
