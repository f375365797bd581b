"""What training reads and makes, split and cached."""

import hashlib
import pickle
import tempfile
from pathlib import Path

import numpy as np

import audio
import degrade
import images
import texts

CACHE_VERSION = 1
"""Raise when the code that makes cached arrays changes."""

DRAWN_DIGITS = 24000
DRAWN_CHECK = 3000
SYNTHETIC_PER_DIGIT = 250
SYNTHETIC_CHECK_PER_DIGIT = 30
DEGRADED_SHARES = [0.15, 0.2, 0.25, 0.25, 0.25, 0.3, 0.35, 0.5]
"""Shares of the variance for the degraded copies of the training pictures."""

DEGRADED_COPIES = 24
TEST_SENTENCES = 2000


def temporary_folder():
    """Where prepared arrays and trained encoders are kept between runs."""
    folder = Path(tempfile.gettempdir()) / f"digits-training-{CACHE_VERSION}"
    folder.mkdir(exist_ok=True)
    return folder


def cached(name, make):
    """The pickled result of `make()`, kept in the temporary folder."""
    path = temporary_folder() / f"{name}.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes())
    value = make()
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(value))
    part.replace(path)
    return value


def digest(arrays):
    """SHA-256 over the bytes of arrays or byte strings, in order."""
    total = hashlib.sha256()
    for array in arrays:
        total.update(array if isinstance(array, bytes) else np.ascontiguousarray(array))
    return total.hexdigest()


class Corpus:
    """Training and test items of the three modalities.

    With `validate`, a part of the training items plays the test set and is left out of training:
    pictures 7,000..7,999, recordings 5..9 and an eighth of the sentence patterns and fillers.
    Choices are made there; the test set is only measured.
    """

    def __init__(self, data, validate=False):
        self.data, self.validate = Path(data), validate
        self.pictures, self.picture_labels = images.load_mnist(self.data)
        end = images.MNIST_TRAINING
        train, test = (end - 1000, slice(end - 1000, end)) if validate else (end, slice(end, None))
        self.train_pictures, self.test_pictures = slice(0, train), test
        self.components = degrade.PrincipalComponents(self.pictures[self.train_pictures])

        self.names, self.recordings, self.recording_labels = audio.read_fsdd(self.data / "fsdd")
        index = np.array([audio.recording_index(name) for name in self.names])
        test_indices = range(5, 10) if validate else audio.FSDD_TEST_INDICES
        self.test_recordings = np.flatnonzero(np.isin(index, test_indices))
        kept_back = [*test_indices, *audio.FSDD_TEST_INDICES]
        self.train_recordings = np.flatnonzero(~np.isin(index, kept_back))

        self.text_split = "fitting" if validate else "training"
        test_split = "validation" if validate else "test"
        self.test_sentences = texts.SentenceMaker(test_split, seed=2000).unique(TEST_SENTENCES)

    def prepare(self):
        """Make everything that is cached, before several processes ask for it."""
        for make in (
            self.picture_levels,
            self.degraded_levels,
            self.drawn_digits,
            self.drawn_check,
            self.synthetic_speech,
            self.synthetic_check,
        ):
            make()

    def picture_levels(self):
        """Ink levels of all 10,000 pictures, uint8 [10000, 28, 28]."""
        return cached("pictures", lambda: images.preprocess_pictures(self.pictures))

    def degraded_levels(self):
        """Degraded copies of the training pictures, uint8 [copies, count, 28, 28].

        Shares of the variance and sizes of the hole lie around those of the evaluation.
        """

        def make():
            rng = np.random.default_rng(31)
            raw = self.pictures[self.train_pictures]
            copies = []
            for copy in range(DEGRADED_COPIES):
                share = DEGRADED_SHARES[copy % len(DEGRADED_SHARES)]
                rebuilt = self.components.reconstruct(raw, self.components.count_for(share))
                side = degrade.IMAGE_HOLE
                if share != degrade.IMAGE_VARIANCE:
                    side = int(rng.integers(5, 11))
                copies.append(images.preprocess_pictures(degrade.punch_holes(rebuilt, side, rng)))
            return np.stack(copies)

        return cached(f"degraded-{self.text_split}", make)

    def drawn_digits(self):
        """Font and stroke digits for training: levels and labels."""
        return cached(
            "drawn",
            lambda: images.drawn_digits(DRAWN_DIGITS, images.TRAINING_FONTS, "training", 11),
        )

    def drawn_check(self):
        """Digits in fonts and strokes that training never sees."""
        return cached(
            "drawn-check",
            lambda: images.drawn_digits(DRAWN_CHECK, images.HELD_OUT_FONTS, "held-out", 12),
        )

    def synthetic_speech(self):
        """espeak-ng digits for training: recordings and labels."""
        return cached(
            "speech", lambda: audio.synthetic_digits(SYNTHETIC_PER_DIGIT, audio.TRAINING_VOICES, 21)
        )

    def synthetic_check(self):
        """espeak-ng digits in voices that training never hears."""
        return cached(
            "speech-check",
            lambda: audio.synthetic_digits(SYNTHETIC_CHECK_PER_DIGIT, audio.HELD_OUT_VOICES, 22),
        )
