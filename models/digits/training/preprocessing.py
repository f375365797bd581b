"""Preprocessing of the pipeline `digits`, step by step as the serving side does it.

Three kinds, each a pure function of one input:

* ``glyph``       8-bit picture          -> uint8 levels [28, 28] -> float32 [1, 28, 28]
* ``log-mel``     mono samples at 8 kHz  -> float32 [40, frames]
* ``characters``  text                   -> int64 ids [characters]

The constants below are written into ``pipeline.json`` by ``export.py``, so that there is one
source for both sides.
"""

import functools
import math
import unicodedata

import numpy as np
from PIL import Image, ImageOps

GLYPH = {
    "kind": "glyph",
    "size": 28,
    "box": 20,
    "maximumSide": 256,
    "mean": 0.1307,
    "standardDeviation": 0.3081,
}

LOG_MEL = {
    "kind": "log-mel",
    "sampleRate": 8000,
    "window": 200,
    "hop": 80,
    "fft": 256,
    "mels": 40,
    "minimumFrequency": 60,
    "maximumFrequency": 3800,
    "dynamicRangeDb": 70,
    "trimDb": 40,
    "maximumSeconds": 10,
}

CHARACTERS = {
    "kind": "characters",
    "vocabulary": "text-vocabulary.json",
    "lowercase": True,
    "stripAccents": True,
    "maximumLength": 256,
}

MINIMUM_INK = 24
"""A picture whose strongest ink is below this level (of 255) counts as blank."""

SILENCE = 1e-4
"""A recording whose greatest magnitude is below this counts as silent."""

TRIM_MARGIN_BLOCKS = 5
"""Blocks of one hop kept before the first and after the last loud block."""

_VOCABULARY_CHARACTERS = (
    " abcdefghijklmnopqrstuvwxyz0123456789"
    "ßæøœ.,;:!?'\"-–—_/\\()[]{}<>@#%&*+=~^|`$€£°·…’‘“”„«»¿¡§"
)


class PreprocessingError(ValueError):
    """The input cannot be read as the kind it was given as (blank, silent, too long, empty)."""


# ---------------------------------------------------------------------------------------- image


def load_picture(path):
    """Read a picture, turn it upright by its EXIF orientation; uint8 [height, width, 4] RGBA."""
    with Image.open(path) as picture:
        return np.asarray(ImageOps.exif_transpose(picture).convert("RGBA"))


def luma(picture):
    """RGB(A) uint8 [h, w, 3 or 4] -> luma uint8 [h, w], transparency composited over white."""
    rgb = picture[..., :3].astype(np.int64)
    if picture.shape[-1] == 4:
        alpha = picture[..., 3:].astype(np.int64)
        rgb = (rgb * alpha + 255 * (255 - alpha) + 127) // 255
    weighted = 19595 * rgb[..., 0] + 38470 * rgb[..., 1] + 7471 * rgb[..., 2]
    return ((weighted + 32768) >> 16).astype(np.uint8)


def otsu_threshold(levels):
    """Otsu's threshold of uint8 levels: the lowest t that maximises the variance between the
    classes `<= t` and `> t` (Otsu 1979)."""
    histogram = np.bincount(levels.ravel(), minlength=256).astype(np.float64)
    values = np.arange(256, dtype=np.float64)
    low_count = np.cumsum(histogram)
    low_sum = np.cumsum(histogram * values)
    high_count = low_count[-1] - low_count
    high_sum = low_sum[-1] - low_sum
    both = (low_count > 0) & (high_count > 0)
    variance = np.zeros(256)
    difference = low_sum[both] / low_count[both] - high_sum[both] / high_count[both]
    variance[both] = low_count[both] * high_count[both] * difference**2
    return int(np.argmax(variance))


def _scaled(side, longest, target):
    """Length of a side after its picture's longest side became `target`; at least 1."""
    return max(1, int(side * target / longest + 0.5))


def _resize(levels, longest):
    """Scale uint8 [h, w] so that its longer side is `longest`: Pillow's antialiased bilinear."""
    height, width = levels.shape
    greatest = max(height, width)
    size = (_scaled(width, greatest, longest), _scaled(height, greatest, longest))
    return np.asarray(Image.fromarray(levels).resize(size, Image.BILINEAR))


def glyph_levels(gray):
    """Luma uint8 [h, w] -> ink uint8 [size, size], centred by mass, 0 background, 255 strongest.

    Raises PreprocessingError where no ink stands out from the background.
    """
    size, box = GLYPH["size"], GLYPH["box"]
    if max(gray.shape) > GLYPH["maximumSide"]:
        gray = _resize(gray, GLYPH["maximumSide"])
    border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]])
    background = int(np.sort(border)[border.size // 2])
    ink = np.abs(gray.astype(np.int16) - background).astype(np.uint8)
    if ink.max() < MINIMUM_INK:
        raise PreprocessingError("the picture is blank")

    inked = ink > otsu_threshold(ink)
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    margin = (max(bottom - top, right - left) + 10) // 20
    ink = ink[
        max(0, top - margin) : min(ink.shape[0], bottom + margin),
        max(0, left - margin) : min(ink.shape[1], right + margin),
    ]

    ink = _resize(np.ascontiguousarray(ink), box).astype(np.int64)
    strongest = int(ink.max())
    ink = (ink * 255 + strongest // 2) // strongest

    height, width = ink.shape
    total = float(ink.sum())
    centre_x = float((ink.sum(0) * np.arange(width)).sum()) / total
    centre_y = float((ink.sum(1) * np.arange(height)).sum()) / total
    x = min(max(math.floor((size - 1) / 2.0 - centre_x + 0.5), 0), size - width)
    y = min(max(math.floor((size - 1) / 2.0 - centre_y + 0.5), 0), size - height)
    field = np.zeros((size, size), np.uint8)
    field[y : y + height, x : x + width] = ink
    return field


def pixel_values(levels):
    """Ink uint8 [..., 28, 28] -> standardised float32 of the same shape."""
    return ((levels / 255.0 - GLYPH["mean"]) / GLYPH["standardDeviation"]).astype(np.float32)


def image_features(picture):
    """Upright RGB(A) uint8 [h, w, 3 or 4] -> `pixel_values` float32 [1, 28, 28]."""
    return pixel_values(glyph_levels(luma(picture)))[None]


# ---------------------------------------------------------------------------------------- audio


def resample(samples, rate, target):
    """Band-limited resampling of float64 [n] from `rate` to `target` Hz, both whole numbers.

    Kaiser-windowed sinc (beta 9, 32 zero crossings on either side), cut off at 0.95 of the lower
    of the two Nyquist frequencies.
    """
    if rate == target:
        return samples
    common = math.gcd(rate, target)
    up, down = target // common, rate // common
    cutoff = 0.95 * min(1.0, target / rate)
    reach = int(math.ceil(32 / cutoff))
    # Output i lies at i * down / up; its kernel depends only on the phase (i * down) % up.
    offsets = np.arange(2 * reach) - reach + 1
    distance = np.arange(up)[:, None] / up - offsets
    window = np.i0(9.0 * np.sqrt(np.maximum(0.0, 1 - (distance / reach) ** 2))) / np.i0(9.0)
    kernels = cutoff * np.sinc(cutoff * distance) * window
    steps = np.arange(-(-len(samples) * up // down)) * down
    padded = np.pad(np.asarray(samples, np.float64), 2 * reach)
    taps = (steps // up)[:, None] + offsets + 2 * reach
    return (padded[taps] * kernels[steps % up]).sum(1)


def trim(samples):
    """Cut the quiet ends off mono samples [n]; see `TRIM_MARGIN_BLOCKS`."""
    hop = LOG_MEL["hop"]
    padded = np.pad(samples, (0, -len(samples) % hop))
    energy = (padded.reshape(-1, hop) ** 2).sum(1)
    loud = np.flatnonzero(energy >= energy.max() * 10 ** (-LOG_MEL["trimDb"] / 10))
    first = max(0, loud[0] - TRIM_MARGIN_BLOCKS)
    last = loud[-1] + TRIM_MARGIN_BLOCKS
    return samples[first * hop : (last + 1) * hop]


@functools.lru_cache(maxsize=None)
def mel_filters():
    """Triangular filters, HTK mel scale, float64 [mels, fft / 2 + 1], without area norm."""

    def to_mel(frequency):
        return 2595.0 * math.log10(1.0 + frequency / 700.0)

    lowest, highest = LOG_MEL["minimumFrequency"], LOG_MEL["maximumFrequency"]
    mels = np.linspace(to_mel(lowest), to_mel(highest), LOG_MEL["mels"] + 2)
    points = 700.0 * (10.0 ** (mels / 2595.0) - 1.0)
    low, middle, high = points[:-2, None], points[1:-1, None], points[2:, None]
    bins = np.arange(LOG_MEL["fft"] // 2 + 1) * LOG_MEL["sampleRate"] / LOG_MEL["fft"]
    rising = (bins - low) / (middle - low)
    falling = (high - bins) / (high - middle)
    return np.maximum(0.0, np.minimum(rising, falling))


def hann_window():
    """Periodic Hann window, float64 [window]."""
    length = LOG_MEL["window"]
    return 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(length) / length)


def audio_features(samples):
    """Mono samples at 8 kHz, float [n] -> standardised log-mel float32 [mels, frames]."""
    samples = np.asarray(samples, np.float64)
    if samples.size == 0 or np.abs(samples).max() < SILENCE:
        raise PreprocessingError("the recording is silent")
    samples = trim(samples)
    if len(samples) > LOG_MEL["maximumSeconds"] * LOG_MEL["sampleRate"]:
        raise PreprocessingError("the recording is too long")
    window, hop = LOG_MEL["window"], LOG_MEL["hop"]
    samples = np.pad(samples, (0, max(0, window - len(samples))))
    starts = np.arange(1 + (len(samples) - window) // hop) * hop
    frames = samples[starts[:, None] + np.arange(window)] * hann_window()
    power = np.abs(np.fft.rfft(frames, LOG_MEL["fft"])) ** 2
    levels = 10.0 * np.log10(np.maximum(mel_filters() @ power.T, 1e-10))
    levels = np.maximum(levels, levels.max() - LOG_MEL["dynamicRangeDb"])
    return ((levels - levels.mean()) / (levels.std() + 1e-5)).astype(np.float32)


# ----------------------------------------------------------------------------------------- text


def normalise_text(text):
    """Compatibility form without accents, lower case, no control or format characters, single
    spaces. Raises PreprocessingError where nothing is left."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()
    kept = (c for c in bare if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    normal = " ".join("".join(kept).split())
    if not normal:
        raise PreprocessingError("the text is empty")
    return normal[: CHARACTERS["maximumLength"]]


def vocabulary():
    """Characters to ids; 0 pads, 1 stands for every character that is not listed."""
    return {token: i for i, token in enumerate(["[PAD]", "[UNK]", *_VOCABULARY_CHARACTERS])}


def text_features(text, characters=vocabulary()):
    """Text -> `input_ids` int64 [characters]."""
    unknown = characters["[UNK]"]
    return np.array([characters.get(c, unknown) for c in normalise_text(text)], np.int64)
