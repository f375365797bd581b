"""Temperatures and the expected calibration error (Guo et al. 2017)."""

import torch
import torch.nn.functional as F

BINS = 15


def fit_temperature(logits, labels):
    """The temperature that gives logits [count, classes] the least negative log-likelihood, and
    that likelihood; found by golden section on its logarithm between 1/8 and 8."""
    ratio = (5**0.5 - 1) / 2
    low, high = -3 * torch.log(torch.tensor(2.0)), 3 * torch.log(torch.tensor(2.0))

    def loss(logarithm):
        return float(F.cross_entropy(logits / torch.exp(logarithm), labels))

    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(torch.exp((low + high) / 2)), loss((low + high) / 2)


def expected_calibration_error(logits, labels):
    """Mean distance of confidence and accuracy over BINS bins of equal width, by their sizes;
    0 to 1."""
    confidence, verdicts = torch.softmax(logits, 1).max(1)
    right = (verdicts == labels).float()
    bins = (confidence * BINS).ceil().clamp(1, BINS).long() - 1
    error = 0.0
    for i in range(BINS):
        inside = bins == i
        if inside.any():
            error += float((confidence[inside].mean() - right[inside].mean()).abs() * inside.sum())
    return error / len(labels)
