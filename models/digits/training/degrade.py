"""The project's degradations: one per modality, heavy enough that one modality alone often fails.

Evaluation uses the strengths in the constants; training draws from a range around them.
"""

import numpy as np

IMAGE_VARIANCE = 0.25
"""Share of the variance that the kept principal components hold."""

IMAGE_HOLE = 8
"""Side in pixels of the square set to zero."""

AUDIO_TALKERS = 3
AUDIO_RATIO_DB = 0.0
TEXT_SHARE = 0.4


class PrincipalComponents:
    """Principal components of pictures uint8 [count, 28, 28]."""

    def __init__(self, pictures):
        pixels = pictures.reshape(len(pictures), -1).astype(np.float64)
        self.mean = pixels.mean(0)
        covariance = np.cov(pixels - self.mean, rowvar=False, bias=True)
        variances, vectors = np.linalg.eigh(covariance)
        self.directions = vectors[:, ::-1].T
        self.held = np.cumsum(variances[::-1]) / variances.sum()

    def count_for(self, share):
        """The fewest leading components that hold `share` of the variance."""
        return int(np.searchsorted(self.held, share) + 1)

    def reconstruct(self, pictures, components):
        """Pictures uint8 [count, 28, 28] from their first `components` coefficients."""
        kept = self.directions[:components]
        pixels = pictures.reshape(len(pictures), -1) - self.mean
        rebuilt = self.mean + (pixels @ kept.T) @ kept
        return np.clip(np.rint(rebuilt), 0, 255).astype(np.uint8).reshape(pictures.shape)


def punch_holes(pictures, side, rng):
    """Set a square of `side` pixels at a random place of each picture [count, h, w] to zero."""
    punched = pictures.copy()
    for picture in punched:
        top = rng.integers(0, picture.shape[0] - side + 1)
        left = rng.integers(0, picture.shape[1] - side + 1)
        picture[top : top + side, left : left + side] = 0
    return punched


def degrade_pictures(pictures, components, rng):
    """What evaluation asks of raw pictures uint8 [count, 28, 28]; of the same shape."""
    rebuilt = components.reconstruct(pictures, components.count_for(IMAGE_VARIANCE))
    return punch_holes(rebuilt, IMAGE_HOLE, rng)


def degrade_recording(samples, others, ratio_db=AUDIO_RATIO_DB):
    """Speech float [n] under talkers: `others` at equal power, cut or padded to [n], summed, and
    the sum brought to `ratio_db` below the speech's power, added."""
    babble = np.zeros(len(samples))
    for other in others:
        fitted = np.pad(other[: len(samples)], (0, max(0, len(samples) - len(other))))
        babble += fitted / np.sqrt(np.mean(fitted**2))
    gain = np.sqrt(np.mean(samples**2) / np.mean(babble**2)) * 10 ** (-ratio_db / 20)
    return samples + gain * babble


def degrade_text(text, rng, share=TEXT_SHARE):
    """Replace round(share) of the letters and digits by random lower-case ASCII letters."""
    characters = list(text)
    places = [i for i, c in enumerate(characters) if c.isalnum()]
    for place in rng.choice(places, round(len(places) * share), replace=False):
        characters[place] = chr(ord("a") + int(rng.integers(26)))
    return "".join(characters)
