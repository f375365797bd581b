"""Pictures of digits: MNIST, digits drawn here with fonts and strokes, and batch augmentation.

Every picture goes through the preprocessing of the pipeline; what training sees are ink levels,
uint8 [count, 28, 28].
"""

import gzip
import multiprocessing
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import preprocessing
from strokes import STROKES, stroke_points

MNIST_TRAINING = 8000
"""MNIST's test images 0..7,999 train; 8,000..9,999 test."""

FONT_FOLDER = Path("/usr/share/fonts")

TRAINING_FONTS = {
    # Debian package: (file patterns, licence)
    "fonts-bajaderka": (["Bajaderka-*.otf"], "OFL-1.1"),
    "fonts-breip": (["Breip.ttf"], "OFL-1.0"),
    "fonts-bwht": (["BecauseWe*.otf"], "OFL-1.1"),
    "fonts-cabin": (["Cabin-*.otf"], "OFL-1.1"),
    "fonts-comfortaa": (["Comfortaa-*.ttf"], "OFL-1.1"),
    "fonts-courier-prime": (["Courier Prime*.otf"], "OFL-1.1"),
    "fonts-dancingscript": (["DancingScript-*.otf"], "OFL-1.1"),
    "fonts-dejavu": (["DejaVuSans*.ttf", "DejaVuSerif*.ttf"], "Bitstream Vera"),
    "fonts-dkg-handwriting": (["dkg*.ttf"], "OFL-1.1"),
    "fonts-dosis": (["Dosis-*.otf"], "OFL-1.1"),
    "fonts-ebgaramond": (["EBGaramond*.otf"], "OFL-1.1"),
    "fonts-ecolier-court": (["Ecolier-court.ttf"], "OFL-1.1"),
    "fonts-femkeklaver": (["femkeklaver.ttf"], "CC-BY-SA-3.0"),
    "fonts-freefont-ttf": (["Free*.ttf"], "GPL-3 with font exception"),
    "fonts-gnutypewriter": (["GNUTypewriter.ttf"], "OFL-1.1"),
    "fonts-go": (["Go-*.ttf"], "BSD-3-Clause"),
    "fonts-humor-sans": (["Humor-Sans.ttf"], "OFL-1.1"),
    "fonts-inconsolata": (["Inconsolata.otf"], "OFL-1.0"),
    "fonts-kaushanscript": (["KaushanScript-*.otf"], "OFL-1.1"),
    "fonts-klee": (["KleeOne-*.ttf"], "OFL-1.1"),
    "fonts-kristi": (["Kristi.ttf"], "OFL-1.1"),
    "fonts-leckerli-one": (["LeckerliOne-*.ttf"], "OFL-1.1"),
    "fonts-liberation": (["Liberation*.ttf"], "GPL-2 with font exception"),
    "fonts-lobster": (["lobster.otf"], "OFL-1.1"),
    "fonts-ocr-b": (["OCRB.otf", "OCRBL.otf"], "permissive"),
    "fonts-oldstandard": (["OldStandard-*.ttf"], "OFL-1.0"),
    "fonts-open-sans": (["OpenSans-*.ttf"], "Apache-2.0"),
    "fonts-opendyslexic": (["OpenDyslexic*.otf"], "CC-BY-3.0, Bitstream Vera"),
    "fonts-quicksand": (["Quicksand-*.ttf"], "OFL-1.1"),
    "fonts-roboto-unhinted": (["Roboto-*.ttf", "RobotoCondensed-*.ttf"], "Apache-2.0"),
    "fonts-rufscript": (["Rufscript010.ttf"], "GPL-3 with font exception"),
    "fonts-sjfonts": (["Delphine.ttf"], "GPL-2 with font exception"),
    "fonts-tuffy": (["Tuffy*.ttf"], "public domain"),
    "fonts-urw-base35": (
        ["C059-*.otf", "Nimbus*.otf", "P052-*.otf", "URW*.otf", "Z003-*.otf"],
        "AGPL-3 with font exception",
    ),
    "fonts-vollkorn": (["Vollkorn-*.ttf"], "OFL-1.1"),
}

HELD_OUT_FONTS = {
    "fonts-comic-neue": (["ComicNeue-*.otf"], "OFL-1.1"),
    "fonts-lato": (["Lato-*.ttf"], "OFL-1.1"),
    "fonts-sil-andika": (["Andika-*.ttf"], "OFL-1.1"),
    "fonts-tomsontalks": (["TomsonTalks.ttf"], "OFL-1.1"),
    "fonts-yusei-magic": (["YuseiMagic-*.ttf"], "OFL-1.1"),
}
"""Fonts that training never sees: for checks and for the samples."""


def load_mnist(data):
    """MNIST's 10,000 test images uint8 [10000, 28, 28] and labels int64 [10000]."""
    folder = Path(data) / "mnist"
    images = gzip.decompress((folder / "t10k-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((folder / "t10k-labels-idx1-ubyte.gz").read_bytes())
    return (
        np.frombuffer(images, np.uint8, offset=16).reshape(-1, 28, 28),
        np.frombuffer(labels, np.uint8, offset=8).astype(np.int64),
    )


def preprocess_pictures(pictures):
    """Gray pictures uint8 [count, h, w] -> ink levels uint8 [count, 28, 28]."""
    return np.stack([preprocessing.glyph_levels(picture) for picture in pictures])


# -------------------------------------------------------------------------------- drawn digits


def find_fonts(fonts):
    """Font files present on this machine, in families: a list of lists of paths."""
    files = sorted(FONT_FOLDER.rglob("*"))
    families = []
    for patterns, _ in fonts.values():
        found = [f for f in files if any(f.match(pattern) for pattern in patterns)]
        families += [found] if found else []
    return families


def _paper_and_ink(rng):
    """Two RGB colours whose luma differs by at least 70."""
    while True:
        paper, ink = rng.integers(0, 256, (2, 3))
        if rng.random() < 0.5:
            paper, ink = np.full(3, rng.choice([255, 250, 235])), ink // 3
        if rng.random() < 0.4:
            paper, ink = ink, paper
        difference = (paper - ink) @ np.array([0.299, 0.587, 0.114])
        if abs(difference) >= 70:
            return tuple(int(c) for c in paper), tuple(int(c) for c in ink)


def draw_font_digit(digit, font_file, rng):
    """A digit set in a font on a square of random side; luma uint8 [side, side]."""
    paper, ink = _paper_and_ink(rng)
    points = int(np.exp(rng.uniform(np.log(16), np.log(200))))
    font = ImageFont.truetype(str(font_file), points)
    left, top, right, bottom = font.getbbox(str(digit))
    side = int(max(right - left, bottom - top) * rng.uniform(1.3, 3.0)) + 6
    picture = Image.new("RGB", (side, side), paper)
    spare_x, spare_y = side - (right - left), side - (bottom - top)
    x = spare_x * rng.uniform(0.2, 0.8) - left
    y = spare_y * rng.uniform(0.2, 0.8) - top
    ImageDraw.Draw(picture).text((x, y), str(digit), font=font, fill=ink)
    return _photographed(picture, paper, rng)


def draw_stroke_digit(digit, shapes, rng):
    """A digit drawn with a round pen along jittered strokes; luma uint8 [side, side].

    `shapes` holds the stroke shapes of each digit.
    """
    paper, ink = _paper_and_ink(rng)
    side = int(np.exp(rng.uniform(np.log(40), np.log(400))))
    height = side * rng.uniform(0.35, 0.75)
    width = height * rng.uniform(0.45, 0.85)
    corner = np.array([side - width, side - height]) * rng.uniform(0.2, 0.8, 2)
    pen = max(2, int(height * np.exp(rng.uniform(np.log(0.05), np.log(0.22)))))
    slant = rng.normal(0, 0.12)
    picture = Image.new("RGB", (side, side), paper)
    pencil = ImageDraw.Draw(picture)
    shape = shapes[digit][rng.integers(len(shapes[digit]))]
    for stroke in shape:
        points = stroke_points(stroke, rng.normal(0, 0.035, (len(stroke[1]), 2)))
        points[:, 0] += slant * (0.5 - points[:, 1])
        trace(pencil, points * [width, height] + corner, pen, ink)
    return _photographed(picture, paper, rng)


def trace(pencil, points, pen, colour):
    """Draw a path float [n, 2] in pixels with a round pen `pen` pixels wide."""
    pencil.line([tuple(p) for p in points], fill=colour, width=pen, joint="curve")
    radius = pen / 2
    for x, y in points[[0, -1]]:
        pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _photographed(picture, paper, rng):
    """Small turn, blur, uneven light and sensor noise; luma uint8 [h, w]."""
    if rng.random() < 0.5:
        picture = picture.rotate(rng.normal(0, 6), Image.BICUBIC, fillcolor=paper)
    if rng.random() < 0.3:
        radius = rng.uniform(0.3, 0.3 + picture.width / 100)
        picture = picture.filter(ImageFilter.GaussianBlur(radius))
    gray = preprocessing.luma(np.asarray(picture)).astype(np.float32)
    if rng.random() < 0.3:
        ramp = np.linspace(-0.5, 0.5, gray.shape[0], dtype=np.float32)
        gray += rng.uniform(-25, 25) * ramp[:, None] + rng.uniform(-25, 25) * ramp
    if rng.random() < 0.4:
        gray += rng.normal(0, rng.uniform(1, 10), gray.shape).astype(np.float32)
    return np.clip(gray + 0.5, 0, 255).astype(np.uint8)


def _draw_many(job):
    """One worker's share of `drawn_digits`."""
    count, families, shapes, seed = job
    rng = np.random.default_rng(seed)
    levels, labels = [], []
    while len(levels) < count:
        digit = int(rng.integers(10))
        if rng.random() < 0.6:
            family = families[rng.integers(len(families))]
            gray = draw_font_digit(digit, family[rng.integers(len(family))], rng)
        else:
            gray = draw_stroke_digit(digit, shapes, rng)
        try:
            levels.append(preprocessing.glyph_levels(gray))
        except preprocessing.PreprocessingError:  # a hairline font at a small size
            continue
        labels.append(digit)
    return np.stack(levels), np.array(labels, np.int64)


def drawn_digits(count, fonts, split, seed):
    """Digits set in `fonts` (60 %) or drawn by the strokes of `split`.

    Returns ink levels uint8 [count, 28, 28] and labels int64 [count].
    """
    families, shapes = find_fonts(fonts), STROKES[split]
    jobs = [(count // 10, families, shapes, [seed, part]) for part in range(10)]
    with multiprocessing.Pool(2) as pool:
        parts = pool.map(_draw_many, jobs)
    return tuple(np.concatenate(column) for column in zip(*parts))


# -------------------------------------------------------------------------------- augmentation


def _smooth_field(count, channels, cells, generator):
    """Random field with `cells` cells a side, bicubically enlarged; [count, channels, 28, 28]."""
    coarse = torch.randn(count, channels, cells, cells, generator=generator)
    return F.interpolate(coarse, size=28, mode="bicubic", align_corners=False)


def augment(levels, generator, strength=1.0):
    """Distort ink float32 [count, 1, 28, 28] in 0..1: rotate, scale, shear, shift, bend, make
    strokes thicker or thinner, blur, erase, add haze and noise. `strength` scales the geometry.
    """
    count = len(levels)

    def uniform(low, high, *shape):
        return low + (high - low) * torch.rand(*(shape or (count,)), generator=generator)

    def chosen(share):
        return (torch.rand(count, 1, 1, 1, generator=generator) < share).float()

    angle = uniform(-0.26, 0.26) * strength
    shear = uniform(-0.25, 0.25) * strength
    scale_x, scale_y = (1 + uniform(-0.16, 0.16) * strength for _ in range(2))
    cosine, sine = torch.cos(angle), torch.sin(angle)
    zero = torch.zeros(count)
    matrix = torch.stack(
        [
            torch.stack([cosine / scale_x, (-sine + shear) / scale_x, zero], 1),
            torch.stack([sine / scale_y, (cosine + shear * sine) / scale_y, zero], 1),
        ],
        1,
    )
    matrix[:, :, 2] = uniform(-0.11, 0.11, count, 2) * strength
    grid = F.affine_grid(matrix, list(levels.shape), align_corners=False)
    bend = _smooth_field(count, 2, 6, generator) * uniform(0.0, 0.045, count, 1, 1, 1) * strength
    out = F.grid_sample(levels, grid + bend.permute(0, 2, 3, 1), align_corners=False)

    thick = F.max_pool2d(out, 3, 1, 1)
    thin = -F.max_pool2d(-out, 3, 1, 1)
    amount = uniform(-0.7, 0.9, count, 1, 1, 1) * chosen(0.5)
    out = out + amount.clamp(min=0) * (thick - out) + (-amount).clamp(min=0) * (thin - out)
    blurred = F.avg_pool2d(out, 3, 1, 1, count_include_pad=False)
    out = out + chosen(0.25) * uniform(0, 1, count, 1, 1, 1) * (blurred - out)

    row = torch.arange(28.0).view(1, 1, 28, 1)
    column = torch.arange(28.0).view(1, 1, 1, 28)
    y, x = uniform(0, 28, count, 1, 1, 1), uniform(0, 28, count, 1, 1, 1)
    half_height, half_width = (uniform(1.5, 4.5, count, 1, 1, 1) for _ in range(2))
    erased = ((row - y).abs() < half_height) & ((column - x).abs() < half_width)
    out = out * (1 - chosen(0.25) * erased.float())

    haze = (_smooth_field(count, 1, 4, generator) * 0.5 + 0.5).clamp(0, 1)
    out = torch.maximum(out, haze * uniform(0, 0.25, count, 1, 1, 1) * chosen(0.15))
    noise = torch.randn(out.shape, generator=generator) * uniform(0, 0.12, count, 1, 1, 1)
    return (out + noise * chosen(0.2)).clamp(0, 1)


def standardise(ink):
    """Ink 0..1 -> `pixel_values`."""
    shape = preprocessing.GLYPH
    return (ink - shape["mean"]) / shape["standardDeviation"]


def ink_tensor(levels):
    """Ink levels uint8 [count, 28, 28] -> float32 [count, 1, 28, 28] in 0..1."""
    return torch.from_numpy(np.ascontiguousarray(levels)).float().div(255).unsqueeze(1)
