"""What the fusion methods reach on pairs of items: accuracy, calibration, missing modalities."""

import itertools
import json

import torch
import torch.nn.functional as F

import evaluate
from calibration import expected_calibration_error, fit_temperature
from fusion_networks import FUSION_ORDER, ConfidenceWeightedFusion, WeightedFusion

POWERS = [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0]
"""Tried for the confidence-weighted method; 0 is the plain mean."""

SUBSETS = [
    subset for n in (1, 2, 3) for subset in itertools.combinations(range(len(FUSION_ORDER)), n)
]
CONDITIONS = ["clean", "degraded"]


def mask_of(subset, count):
    """The mask float32 [count, M] of one subset of the modalities."""
    mask = torch.zeros(count, len(FUSION_ORDER))
    mask[:, list(subset)] = 1.0
    return mask


def name_of(subset):
    """`image+text`."""
    return "+".join(FUSION_ORDER[i] for i in subset)


class Trials:
    """Pairs of items of one label from a test split, clean and degraded: `stacks` holds float32
    [pairs, M, 128] for each condition. Each seed degrades and pairs anew."""

    def __init__(self, corpus, encoders, seeds):
        stacks, labels = {condition: [] for condition in CONDITIONS}, []
        for seed in seeds:
            test = evaluate.TestSet(corpus, seed)
            for condition in CONDITIONS:
                found = test.embeddings(encoders, degraded=condition == "degraded")
                rows = [
                    found[m] if m == "image" else found[m][test.partners[m]] for m in FUSION_ORDER
                ]
                stacks[condition].append(torch.stack(rows, 1))
            labels.append(torch.from_numpy(test.labels["image"]))
        self.stacks = {condition: torch.cat(parts) for condition, parts in stacks.items()}
        self.labels = torch.cat(labels)

    @torch.no_grad()
    def logits(self, method, head):
        """{(condition, subset): logits [pairs, 10]} of a method."""
        found = {}
        for condition, subset in itertools.product(CONDITIONS, SUBSETS):
            rows = self.stacks[condition]
            fused = method(rows, mask_of(subset, len(rows)))
            found[condition, subset] = head(fused[0] if isinstance(fused, tuple) else fused)
        return found


def fit_power(trials, head):
    """The power for the confidence-weighted method with the least negative log-likelihood at its
    own best temperature, over all subsets and conditions."""

    def loss(power):
        logits = trials.logits(ConfidenceWeightedFusion(head, power), head)
        return fit_temperature(*pooled(logits, trials.labels))[1]

    return min(POWERS, key=loss)


def pooled(logits, labels):
    """All logits of `Trials.logits` in one tensor, and their labels."""
    return torch.cat(list(logits.values())), labels.repeat(len(logits))


def candidates(learned, head, power):
    """Every method that is compared: {name: network}."""
    return {
        "equal": WeightedFusion(),
        "confidence-weighted": ConfidenceWeightedFusion(head, power),
        **learned,
    }


def choose(trials, learned, head):
    """What is taken from held-back data: the power, each method's temperature, and the default
    method, which has the least negative log-likelihood over all subsets and conditions."""
    power = fit_power(trials, head)
    temperatures, losses = {}, {}
    for name, method in candidates(learned, head, power).items():
        logits = pooled(trials.logits(method, head), trials.labels)
        temperature, losses[name] = fit_temperature(*logits)
        temperatures[name] = round(temperature, 4)
    return {
        "method": min(losses.keys() - {"equal"}, key=losses.get),
        "certaintyPower": power,
        "temperatures": temperatures,
    }


def report(trials, methods, head, temperatures):
    """Measure, print and return the figures of every method."""
    figures = {
        name: measure(trials, trials.logits(method, head), temperatures[name])
        for name, method in methods.items()
    }
    for name, values in figures.items():
        print(name, json.dumps(values), flush=True)
    return figures


def measure(trials, logits, temperature):
    """Accuracies in percent of every subset, the expected calibration error in percent over
    everything and with all modalities, and the negative log-likelihood over everything."""
    labels = trials.labels
    full = SUBSETS[-1]
    result = {"temperature": round(temperature, 4)}
    for condition in CONDITIONS:
        result[condition] = {
            name_of(subset): _percent((logits[condition, subset].argmax(1) == labels).float().mean())
            for subset in SUBSETS
        }
    scaled = {key: value / temperature for key, value in logits.items()}
    everything, repeated = pooled(scaled, labels)
    result["calibration error"] = {
        "all": _percent(expected_calibration_error(everything, repeated)),
        **{
            condition: _percent(expected_calibration_error(scaled[condition, full], labels))
            for condition in CONDITIONS
        },
    }
    result["loss"] = round(float(F.cross_entropy(everything, repeated)), 4)
    return result


def _percent(share):
    return round(100.0 * float(share), 2)
