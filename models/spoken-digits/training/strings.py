"""Strings of spoken digits: recordings of single digits laid one after another.

Training strings are drawn without end and distorted; test strings are fixed lists of recordings,
places and gains, so that another program can lay the same ones.
"""

import multiprocessing

import numpy as np
import torch

import shared  # noqa: F401
import audio
import preprocessing
from recogniser import WORDS

RATE = preprocessing.LOG_MEL["sampleRate"]

LOG_MEL = {**preprocessing.LOG_MEL, "maximumSeconds": 30}
"""The preprocessing of the pipeline: that of `digits`, for longer recordings."""

BUCKET = 16
"""Batches drawn at once, so that strings of like length come together."""

CONDITIONS = {
    "apart": {"gap": (0.05, 0.40), "gain": 3},
    "close": {"gap": (-0.06, 0.05), "gain": 6},
}
"""Seconds between the digits of a test string (below zero they overlap) and the greatest gain of a
digit in dB, up or down."""


class Bank:
    """Recordings to join: trimmed, at unit power; labels, and who speaks, as whole numbers."""

    def __init__(self, recordings, labels, speakers):
        batch, lengths = audio.stack(recordings)
        self.items = [row[:n].numpy() for row, n in zip(batch, lengths.tolist())]
        self.labels = np.asarray(labels)
        self.by_speaker = [np.flatnonzero(speakers == s) for s in np.unique(speakers)]


class StringBatches:
    """Training batches: features, mask, labels (1..10) joined end to end, and their counts."""

    def __init__(self, banks, shares, size, seed):
        self.banks, self.shares, self.size = banks, shares, size
        self.rng = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)
        self.augmenter = audio.Augmenter(None, None, None, 0, self.generator)
        self.waiting = []

    def _string(self):
        """One string of 0 to 7 digits: float32 samples and labels 1..10."""
        rng = self.rng
        bank = self.banks[rng.choice(len(self.banks), p=self.shares)]
        speaker = bank.by_speaker[rng.integers(len(bank.by_speaker))]
        everyone = rng.random() < 0.15
        count = 0 if rng.random() < 0.02 else int(rng.integers(1, 8))
        spread = rng.choice([0.0, 3.0, 7.0])
        typical = rng.choice([-0.04, 0.0, 0.08, 0.2, 0.4])
        picks = []
        for i in range(count):
            from_ = np.arange(len(bank.items)) if everyone else speaker
            pick = int(from_[rng.integers(len(from_))])
            # Like digits in a row are the hard case of these labels: draw them more often.
            if i and rng.random() < 0.1:
                like = from_[bank.labels[from_] == bank.labels[picks[-1]]]
                pick = int(like[rng.integers(len(like))])
            picks.append(pick)
        place, parts = int(rng.uniform(0, 0.3) * RATE), []
        for pick in picks:
            samples = bank.items[pick] * np.float32(10 ** (rng.uniform(-spread, spread) / 20))
            parts.append((place, samples))
            gap = max(-0.07, typical + rng.normal(0, 0.04))
            place = max(0, place + len(samples) + int(gap * RATE))
        end = max([p + len(s) for p, s in parts], default=int(rng.uniform(0.3, 2) * RATE))
        samples = np.zeros(end + int(rng.uniform(0, 0.3) * RATE), np.float32)
        for place, part in parts:
            samples[place : place + len(part)] += part
        if not parts:
            samples += rng.normal(0, 0.1, len(samples)).astype(np.float32)
        return samples, bank.labels[picks] + 1 if picks else np.zeros(0, np.int64)

    def _distort(self, batch, lengths):
        """Speed, colour, other talkers, hiss; then features with a part hidden."""
        draw, augment = self.augmenter._uniform, self.augmenter
        count = len(batch)
        batch, lengths = augment.change_speed(batch, lengths, torch.full((count,), 0.22))
        size = batch.shape[1]
        inside = audio._inside(lengths, size)
        coloured = (draw(0, 1, count, 1) < 0.7).float()
        batch = (coloured * augment.colour(batch) + (1 - coloured) * batch) * inside
        others = sum(batch.roll(k, 0) for k in (1, 2, 3)) * inside
        talking = draw(0, 1, count, 1) < 0.25
        batch = torch.where(talking, augment.mix(batch, lengths, others, draw(8, 30, count, 1)), batch)
        hiss = torch.randn(count, size, generator=self.generator)
        hiss = torch.where(draw(0, 1, count, 1) < 0.5, hiss, self._brown(hiss)) * inside
        hissing = draw(0, 1, count, 1) < 0.6
        batch = torch.where(hissing, augment.mix(batch, lengths, hiss, draw(3, 45, count, 1)), batch)
        features, mask = audio.log_mel_batch(batch, lengths)
        return self._hide(features), mask

    def _brown(self, white):
        """Noise whose power falls with the frequency, from white noise."""
        spectrum = torch.fft.rfft(white)
        frequency = torch.linspace(0, RATE / 2, spectrum.shape[1]).clamp(min=50)
        return torch.fft.irfft(spectrum / frequency, white.shape[1])

    def _hide(self, features):
        """Zero a band of up to 7 mels and up to 6 frames in two places (SpecAugment, Park 2019)."""
        count, mels, frames = features.shape
        draw = self.augmenter._uniform
        band, start = draw(0, 8, count, 1), draw(0, mels, count, 1)
        row, column = torch.arange(mels), torch.arange(frames)
        hidden = ((row >= start) & (row < start + band))[:, :, None]
        for _ in range(2):
            begin, span = draw(0, 1, count, 1) * frames, draw(0, 6, count, 1)
            hidden = hidden | ((column >= begin) & (column < begin + span))[:, None, :]
        return features.masked_fill(hidden, 0.0)

    def draw(self):
        """One batch of `size` strings."""
        if not self.waiting:
            drawn = [self._string() for _ in range(self.size * BUCKET)]
            drawn.sort(key=lambda s: len(s[0]))
            for part in self.rng.permutation(BUCKET):
                self.waiting.append(drawn[part * self.size : (part + 1) * self.size])
        chosen = self.waiting.pop()
        # Neighbours in a sorted batch would talk over each other in step.
        chosen = [chosen[i] for i in self.rng.permutation(len(chosen))]
        lengths = torch.tensor([len(s) for s, _ in chosen])
        batch = torch.zeros(len(chosen), int(lengths.max()))
        for row, (samples, _) in zip(batch, chosen):
            row[: len(samples)] = torch.from_numpy(samples)
        features, mask = self._distort(batch, lengths)
        labels = torch.from_numpy(np.concatenate([l for _, l in chosen]))
        return features, mask, labels, torch.tensor([len(l) for _, l in chosen])


# ---------------------------------------------------------------------------------- fixed strings


def plan_strings(names, recordings, count, condition, seed):
    """`count` strings of 3 to 7 digits, each of one speaker: {text, condition, parts}.

    A part is a recording as it lies in its file, the sample at which it begins, and a gain.
    """
    rng = np.random.default_rng(seed)
    settings = CONDITIONS[condition]
    speakers = sorted({name.split("_")[1] for name in names})
    plans = []
    for _ in range(count):
        speaker = speakers[rng.integers(len(speakers))]
        own = [i for i, name in enumerate(names) if name.split("_")[1] == speaker]
        place, parts, words = 0, [], []
        for _ in range(int(rng.integers(3, 8))):
            pick = own[rng.integers(len(own))]
            gain = round(float(10 ** (rng.uniform(-settings["gain"], settings["gain"]) / 20)), 3)
            parts.append({"file": names[pick], "start": place, "gain": gain})
            words.append(WORDS[int(names[pick][0])])
            gap = int(rng.uniform(*settings["gap"]) * RATE)
            place = max(0, place + len(recordings[pick]) + gap)
        plans.append({"text": " ".join(words), "condition": condition, "parts": parts})
    return plans


def lay(plan, recordings):
    """The samples of a plan, float64, clipped to -1..1; `recordings` by file name."""
    parts = [(p["start"], recordings[p["file"]] * p["gain"]) for p in plan["parts"]]
    samples = np.zeros(max(start + len(part) for start, part in parts))
    for start, part in parts:
        samples[start : start + len(part)] += part
    return np.clip(samples, -1, 1)


def _speak(settings):
    words, accent, variant, speed, pitch = settings
    samples, rate = audio.speak(" ".join(words), accent, variant, speed, pitch)
    return preprocessing.resample(samples, rate, RATE)


def spoken_strings(count, voices, seed):
    """Strings of 3 to 7 digits that espeak-ng speaks as one sentence: samples and texts."""
    rng = np.random.default_rng(seed)
    settings = [
        (
            [WORDS[d] for d in rng.integers(0, 10, int(rng.integers(3, 8)))],
            audio.ACCENTS[rng.integers(len(audio.ACCENTS))],
            voices[rng.integers(len(voices))],
            int(rng.integers(110, 180)),
            int(rng.integers(15, 86)),
        )
        for _ in range(count)
    ]
    with multiprocessing.Pool(2) as pool:
        spoken = pool.map(_speak, settings, chunksize=10)
    return spoken, [" ".join(s[0]) for s in settings]


def pad(features):
    """A list of [mels, frames] as a batch and its mask int64."""
    lengths = torch.tensor([f.shape[1] for f in features])
    batch = torch.zeros(len(features), features[0].shape[0], int(lengths.max()))
    for row, f in zip(batch, features):
        row[:, : f.shape[1]] = torch.from_numpy(f)
    return batch, audio._inside(lengths, batch.shape[2]).long()


