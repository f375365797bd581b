"""The training loop that the networks share."""

import copy
import math
import time

import torch
from torch import nn


class MovingAverage:
    """Exponential moving average of a network's weights and buffers."""

    def __init__(self, network, decay):
        self.network = copy.deepcopy(network).requires_grad_(False)
        self.decay = decay
        self.updates = 0

    @torch.no_grad()
    def update(self, network):
        self.updates += 1
        decay = min(self.decay, self.updates / (self.updates + 10))
        for average, current in zip(
            self.network.state_dict().values(), network.state_dict().values()
        ):
            if average.dtype.is_floating_point:
                average.lerp_(current, 1 - decay)
            else:
                average.copy_(current)


def fit(name, network, batch_loss, steps, rate, weight_decay=0.01, decay=0.998):
    """Train `network` for `steps` and return its averaged weights as a network in eval mode.

    `batch_loss()` gives the loss on a fresh batch as a scalar tensor. AdamW; the rate rises linearly
    over the first 5 % of the steps and falls to zero along a cosine.
    """
    matrices = [p for p in network.parameters() if p.ndim > 1]
    vectors = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [
            {"params": matrices, "weight_decay": weight_decay},
            {"params": vectors, "weight_decay": 0.0},
        ],
        lr=rate,
    )
    warm = max(1, steps // 20)

    def factor(step):
        if step < warm:
            return (step + 1) / warm
        return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    average = MovingAverage(network, decay)
    network.train()
    started, running = time.time(), 0.0
    for step in range(steps):
        loss = batch_loss()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        average.update(network)
        running += loss.item()
        if (step + 1) % max(1, steps // 10) == 0:
            mean = running / max(1, steps // 10)
            seconds = time.time() - started
            print(f"{name} step {step + 1}/{steps} loss {mean:.4f} {seconds:.0f} s", flush=True)
            running = 0.0
    return average.network.eval()
