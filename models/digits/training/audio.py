"""Spoken digits: FSDD, speech from espeak-ng, and augmentation of whole batches of samples.

A batch of recordings is float32 [count, samples], zero-padded, with lengths int64 [count].
"""

import functools
import io
import multiprocessing
import subprocess
import wave
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import preprocessing
from preprocessing import LOG_MEL

FSDD_TEST_INDICES = range(5)
"""FSDD's official split: recordings 0..4 of every digit and speaker test, 5..49 train."""

LONGEST_SECONDS = 1.5
"""Training recordings are cut to this length after trimming."""

DIGIT_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

ACCENTS = [
    "en-gb", "en-us", "en-gb-scotland", "en-029", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd",
    "en-us-nyc",
]  # fmt: skip

TRAINING_VOICES = [
    "", "m1", "m2", "m3", "m4", "m5", "m6", "m8", "f1", "f3", "f4", "f5", "klatt", "klatt3",
    "klatt4", "klatt6", "Alex", "Alicia", "Andrea", "Andy", "AnxiousAndy", "Denis", "Gene", "Hugo",
    "Jacky", "Lee", "Marco", "Michael", "Mike", "Tweaky", "adam", "antonio", "aunty", "benjamin",
    "boris", "caleb", "croak", "ed", "edward", "grandma", "iven", "iven3", "john", "linda", "max", "michel",
    "norbert", "pablo", "paul", "quincy", "rob", "robosoft", "shelby", "steph2", "travis",
    "whisper", "zac",
]  # fmt: skip

HELD_OUT_VOICES = [
    "m7", "f2", "klatt2", "Annie", "Mario", "Diogo", "belinda", "david", "steph", "robert",
    "grandpa", "victor",
]  # fmt: skip
"""Voice variants that training never hears: for checks and for the samples."""


def read_fsdd(folder):
    """All 3,000 recordings in name order: names, float64 samples at 8 kHz, labels int64."""
    names, recordings, labels = [], [], []
    for path in sorted(Path(folder).glob("*.wav")):
        with wave.open(str(path)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0
        names.append(path.name)
        recordings.append(samples)
        labels.append(int(path.name[0]))
    return names, recordings, np.array(labels, np.int64)


def recording_index(name):
    """The index in FSDD's `{digit}_{speaker}_{index}.wav`."""
    return int(name[:-4].split("_")[2])


def speak(text, accent, variant="", speed=160, pitch=50):
    """Speech of espeak-ng: float64 samples and their rate. Speed in words a minute, pitch 0..99."""
    voice = f"{accent}+{variant}" if variant else accent
    command = ["espeak-ng", "--stdout", "-v", voice, "-s", str(speed), "-p", str(pitch), text]
    output = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(output)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0
        return samples, file.getframerate()


def _speak_digit(settings):
    """One synthetic recording at 8 kHz."""
    digit, accent, variant, speed, pitch = settings
    samples, rate = speak(DIGIT_WORDS[digit], accent, variant, speed, pitch)
    return preprocessing.resample(samples, rate, LOG_MEL["sampleRate"])


def synthetic_digits(count, voices, seed):
    """`count` recordings of every digit by espeak-ng: a list of float64 samples, labels int64."""
    rng = np.random.default_rng(seed)
    settings = [
        (
            digit,
            ACCENTS[rng.integers(len(ACCENTS))],
            voices[rng.integers(len(voices))],
            int(rng.integers(110, 220)),
            int(rng.integers(15, 86)),
        )
        for digit in range(10)
        for _ in range(count)
    ]
    with multiprocessing.Pool(2) as pool:
        recordings = pool.map(_speak_digit, settings, chunksize=10)
    return recordings, np.array([s[0] for s in settings], np.int64)


def stack(recordings):
    """Trim, cut to LONGEST_SECONDS, bring to unit power, pad: a batch and its lengths."""
    longest = int(LONGEST_SECONDS * LOG_MEL["sampleRate"])
    cut = [preprocessing.trim(r)[:longest] for r in recordings]
    lengths = torch.tensor([len(r) for r in cut])
    batch = torch.zeros(len(cut), int(lengths.max()))
    for row, samples in zip(batch, cut):
        row[: len(samples)] = torch.from_numpy(samples / np.sqrt(np.mean(samples**2)))
    return batch, lengths


# ------------------------------------------------------------------------------ batch features


def _inside(lengths, size):
    """Mask float32 [count, size] that is 1 before each length."""
    return (torch.arange(size) < lengths[:, None]).float()


@functools.lru_cache(maxsize=None)
def _tables():
    """Hann window and mel filters as float32 tensors."""
    return (
        torch.from_numpy(preprocessing.hann_window()).float(),
        torch.from_numpy(preprocessing.mel_filters()).float(),
    )


def trim_batch(batch, lengths):
    """`preprocessing.trim` of every recording of a batch."""
    hop, margin = LOG_MEL["hop"], preprocessing.TRIM_MARGIN_BLOCKS
    padded = F.pad(batch, (0, -batch.shape[1] % hop))
    energy = padded.view(len(batch), -1, hop).square().sum(2)
    loud = energy >= energy.amax(1, keepdim=True) * 10 ** (-LOG_MEL["trimDb"] / 10)
    blocks = torch.arange(energy.shape[1]).expand_as(energy)
    first = blocks.masked_fill(~loud, energy.shape[1]).amin(1)
    last = blocks.masked_fill(~loud, -1).amax(1)
    start = (first - margin).clamp(min=0) * hop
    end = torch.minimum((last + margin + 1) * hop, lengths)
    lengths = end - start
    places = start[:, None] + torch.arange(int(lengths.max()))
    kept = batch.gather(1, places.clamp(max=batch.shape[1] - 1))
    return kept * _inside(lengths, kept.shape[1]), lengths


def log_mel_batch(batch, lengths):
    """`preprocessing.audio_features` of every recording of a batch, in float32.

    Returns features [count, mels, frames], zero past each recording's end, and the mask int64
    [count, frames].
    """
    window, hop = LOG_MEL["window"], LOG_MEL["hop"]
    hann, filters = _tables()
    batch, lengths = trim_batch(batch, lengths)
    batch = F.pad(batch, (0, max(0, window - batch.shape[1])))
    frames = 1 + (lengths.clamp(min=window) - window) // hop
    spectrum = torch.fft.rfft(batch.unfold(1, window, hop) * hann, LOG_MEL["fft"])
    power = spectrum.real.square() + spectrum.imag.square()
    levels = 10 * torch.log10((power @ filters.T).clamp(min=1e-10)).transpose(1, 2)
    mask = _inside(frames, levels.shape[2])[:, None]
    peak = levels.masked_fill(mask == 0, -1e9).amax((1, 2), keepdim=True)
    levels = torch.maximum(levels, peak - LOG_MEL["dynamicRangeDb"]) * mask
    cells = frames[:, None, None] * LOG_MEL["mels"]
    mean = levels.sum((1, 2), keepdim=True) / cells
    centred = (levels - mean) * mask
    deviation = (centred.square().sum((1, 2), keepdim=True) / cells).sqrt()
    return centred / (deviation + 1e-5), mask[:, 0].long()


# -------------------------------------------------------------------------------- augmentation


def _power(batch, lengths):
    """Mean power over each recording's own length, [count, 1]."""
    return (batch.square().sum(1) / lengths).clamp(min=1e-12).unsqueeze(1)


class Augmenter:
    """Distorts batches of recordings.

    `bank` [total, samples], `lengths` and `labels` hold the training recordings; the first
    `talkers` of them serve as other talkers.
    """

    def __init__(self, bank, lengths, labels, talkers, generator):
        self.bank, self.lengths, self.labels = bank, lengths, labels
        self.talkers = talkers
        self.generator = generator

    def _uniform(self, low, high, *shape):
        return low + (high - low) * torch.rand(*shape, generator=self.generator)

    def change_speed(self, batch, lengths, spread):
        """Play faster or slower by up to `spread` [count], which moves the pitch as well."""
        factor = torch.exp(self._uniform(-1, 1, len(batch)) * spread)
        lengths = (lengths / factor).long()
        places = torch.arange(int(lengths.max())) * factor[:, None]
        left = places.long().clamp(max=batch.shape[1] - 2)
        fraction = (places - left).clamp(0, 1)
        moved = batch.gather(1, left) * (1 - fraction) + batch.gather(1, left + 1) * fraction
        return moved * _inside(lengths, moved.shape[1]), lengths

    def babble(self, labels, lengths, size, talkers):
        """Other digits spoken by `talkers` others at equal power, summed; [count, size]."""
        count = len(labels)
        total = torch.zeros(count, size)
        for _ in range(talkers):
            picks = torch.randint(self.talkers, (count,), generator=self.generator)
            for _ in range(4):
                again = torch.randint(self.talkers, (count,), generator=self.generator)
                picks = torch.where(self.labels[picks] == labels, again, picks)
            other = self.bank[picks, :size]
            other = F.pad(other, (0, size - other.shape[1]))
            other = other * _inside(lengths, size)
            total += other / _power(other, lengths).sqrt()
        return total

    def mix(self, batch, lengths, noise, ratio_db):
        """Add `noise` so that the speech is `ratio_db` [count, 1] above it."""
        gain = (_power(batch, lengths) / _power(noise, lengths)).sqrt() * 10 ** (-ratio_db / 20)
        return batch + gain * noise

    def colour(self, batch):
        """Random smooth frequency response within about 12 dB, sometimes a telephone's band,
        and sometimes an echo that dies away as in a room."""
        count, size = batch.shape
        spectrum = torch.fft.rfft(batch, size + 1024)
        points = torch.randn(count, 1, 8, generator=self.generator) * 4
        curve = F.interpolate(points, size=spectrum.shape[1], mode="linear", align_corners=True)
        frequency = torch.linspace(0, LOG_MEL["sampleRate"] / 2, spectrum.shape[1])
        low, high = self._uniform(100, 400, count, 1), self._uniform(2200, 3800, count, 1)
        narrow = torch.sigmoid((frequency - low) / 30) * torch.sigmoid((high - frequency) / 60)
        telephone = (self._uniform(0, 1, count, 1) < 0.25).float()
        response = 10 ** (curve[:, 0] / 20) * (1 + telephone * (narrow - 1))

        seconds = torch.arange(1024) / LOG_MEL["sampleRate"]
        decay = torch.exp(-6.9 * seconds / self._uniform(0.05, 0.5, count, 1))
        echo = torch.randn(count, 1024, generator=self.generator) * decay
        echo = echo / echo.square().sum(1, keepdim=True).sqrt() * self._uniform(0.1, 0.7, count, 1)
        echo = echo * (self._uniform(0, 1, count, 1) < 0.3).float()
        echo[:, 0] = 1
        spectrum = spectrum * response * torch.fft.rfft(echo, size + 1024)
        return torch.fft.irfft(spectrum, size + 1024)[:, :size]

    def __call__(self, picks, heavy):
        """Features and mask of the bank's recordings `picks` int64 [count], distorted.

        Where `heavy` [count] is true the speech lies under three talkers near 0 dB, as in the
        project's degradation, and hardly distorted otherwise.
        """
        longest = int(self.lengths[picks].max())
        batch, lengths, labels = self.bank[picks, :longest], self.lengths[picks], self.labels[picks]
        count = len(picks)
        batch, lengths = self.change_speed(batch, lengths, torch.where(heavy, 0.08, 0.2))
        heavy = heavy[:, None]
        size = batch.shape[1]
        batch = torch.where(heavy, batch, self.colour(batch)) * _inside(lengths, size)

        talk = self.babble(labels, lengths, size, 3)
        talk_ratio = torch.where(
            heavy, self._uniform(-2, 4, count, 1), self._uniform(6, 30, count, 1)
        )
        talking = heavy | (self._uniform(0, 1, count, 1) < 0.3)
        batch = torch.where(talking, self.mix(batch, lengths, talk, talk_ratio), batch)
        hiss = torch.randn(count, size, generator=self.generator) * _inside(lengths, size)
        hissing = ~heavy & (self._uniform(0, 1, count, 1) < 0.5)
        hiss_ratio = self._uniform(3, 45, count, 1)
        batch = torch.where(hissing, self.mix(batch, lengths, hiss, hiss_ratio), batch)

        features, mask = log_mel_batch(batch, lengths)
        return self.hide(features, ~heavy[:, 0]), mask

    def hide(self, features, where):
        """Zero a band of up to 7 mels and a stretch of up to a fifth of the frames."""
        count, mels, frames = features.shape
        band, start = self._uniform(0, 8, count, 1), self._uniform(0, mels, count, 1)
        row = torch.arange(mels)
        rows = (row >= start) & (row < start + band)
        span = self._uniform(0, 0.2, count, 1) * frames
        begin = self._uniform(0, 1, count, 1) * frames
        column = torch.arange(frames)
        columns = (column >= begin) & (column < begin + span)
        hidden = (rows[:, :, None] | columns[:, None, :]) & where[:, None, None]
        return features.masked_fill(hidden, 0.0)
