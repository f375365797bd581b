"""Writes the expected values that the preprocessing tests compare with.

Run with a Python that has Pillow (9.4) and numpy: `python3 generate.py`, in any folder. The values come from
Pillow itself (resize.json), from Pillow and numpy used as transformers' image processors use them (processors.json)
and from plain loops that follow the pipeline's specification and share no code with
the implementation (glyph.json, logmel.json, filterbank.json).
"""

import base64
import cmath
import json
import math
import pathlib
import zlib

import numpy as np
from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
FILTERS = {
    "Nearest": Image.NEAREST,
    "Lanczos": Image.LANCZOS,
    "Bilinear": Image.BILINEAR,
    "Bicubic": Image.BICUBIC,
    "Box": Image.BOX,
    "Hamming": Image.HAMMING,
}


def encoded(array):
    """Bytes, row-major, as base64 of zlib."""
    return base64.b64encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9)).decode()


def write(name, cases):
    text = "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n"
    (HERE / name).write_text(text)


def texture(generator, height, width, channels):
    """Noise over a smooth slope, with saturated parts: overshoots of the kernels get clipped."""
    y, x = np.mgrid[0:height, 0:width]
    slope = (x * 255.0 / max(width - 1, 1) + y * 128.0 / max(height - 1, 1)) % 256
    levels = slope[..., None] + generator.normal(0, 60, (height, width, channels))
    levels[generator.random((height, width)) < 0.1] = 255
    levels[generator.random((height, width)) < 0.1] = 0
    return np.clip(levels, 0, 255).astype(np.uint8)


def resize_cases():
    generator = np.random.default_rng(1)
    sizes = [
        ((28, 28), (20, 20)),
        ((64, 48), (20, 15)),
        ((61, 37), (13, 29)),
        ((7, 5), (31, 23)),
        ((1, 1), (5, 3)),
        ((1, 19), (6, 4)),
        ((23, 1), (4, 7)),
        ((90, 3), (1, 1)),
        ((50, 40), (50, 11)),
        ((50, 40), (9, 40)),
        ((33, 33), (33, 33)),
        ((257, 31), (20, 2)),
        ((30, 200), (97, 3)),
    ]
    for (width, height), (to_width, to_height) in sizes:
        for channels in (1, 3):
            source = texture(generator, height, width, channels)
            picture = Image.fromarray(source[..., 0] if channels == 1 else source)
            for name, kernel in FILTERS.items():
                if channels == 3 and name != "Bicubic":
                    continue
                resized = picture.resize((to_width, to_height), kernel)
                yield {
                    "filter": name,
                    "width": width,
                    "height": height,
                    "channels": channels,
                    "toWidth": to_width,
                    "toHeight": to_height,
                    "source": encoded(source),
                    "expected": encoded(np.asarray(resized)),
                }


def glyph(rgba):
    """The image steps of the specification, in loops over Python integers; only resizing is Pillow's."""
    height, width = rgba.shape[:2]
    grey = np.zeros((height, width), np.uint8)
    for y in range(height):
        for x in range(width):
            r, g, b, a = (int(v) for v in rgba[y, x])
            r, g, b = ((c * a + 255 * (255 - a) + 127) // 255 for c in (r, g, b))
            grey[y, x] = (19595 * r + 38470 * g + 7471 * b + 32768) >> 16

    def scale(levels, longest):
        h, w = levels.shape
        size = [max(1, int(n * longest / max(h, w) + 0.5)) for n in (w, h)]
        return np.asarray(Image.fromarray(levels).resize(size, Image.BILINEAR))

    if max(grey.shape) > 256:
        grey = scale(grey, 256)
    height, width = grey.shape
    border = sorted([int(v) for v in [*grey[0], *grey[-1], *grey[:, 0], *grey[:, -1]]])
    background = border[len(border) // 2]
    ink = [[abs(int(v) - background) for v in row] for row in grey]

    counts = [0] * 256
    for row in ink:
        for v in row:
            counts[v] += 1
    best, threshold = 0.0, 0
    for t in range(255):
        n0, n1 = sum(counts[: t + 1]), sum(counts[t + 1 :])
        if n0 and n1:
            m0 = sum(v * counts[v] for v in range(t + 1)) / n0
            m1 = sum(v * counts[v] for v in range(t + 1, 256)) / n1
            between = float(n0) * n1 * ((m0 - m1) * (m0 - m1))
            if between > best:
                best, threshold = between, t

    rows = [y for y in range(height) if any(v > threshold for v in ink[y])]
    columns = [x for x in range(width) if any(row[x] > threshold for row in ink)]
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    margin = (max(bottom - top, right - left) + 10) // 20
    top, left = max(0, top - margin), max(0, left - margin)
    bottom, right = min(height, bottom + margin), min(width, right + margin)
    cropped = scale(np.array(ink, np.uint8)[top:bottom, left:right].copy(), 20)

    strongest = int(cropped.max())
    levels = [[(int(v) * 255 + strongest // 2) // strongest for v in row] for row in cropped]
    mass = sum(map(sum, levels))
    centre_x = sum(x * v for row in levels for x, v in enumerate(row)) / mass
    centre_y = sum(y * v for y, row in enumerate(levels) for v in row) / mass
    field = np.zeros((28, 28), np.uint8)
    x0 = min(max(math.floor(13.5 - centre_x + 0.5), 0), 28 - len(levels[0]))
    y0 = min(max(math.floor(13.5 - centre_y + 0.5), 0), 28 - len(levels))
    for y, row in enumerate(levels):
        for x, v in enumerate(row):
            field[y0 + y, x0 + x] = v
    return field


def glyph_cases():
    generator = np.random.default_rng(2)

    def drawn(name, size, ground, colour, strokes, thickness, noise=0.0):
        picture = Image.new("RGBA", size, ground)
        draw = ImageDraw.Draw(picture)
        for stroke in strokes:
            draw.line(stroke, fill=colour, width=thickness, joint="curve")
        pixels = np.asarray(picture).astype(float)
        pixels[..., :3] += generator.normal(0, noise, pixels.shape[:2] + (3,)) if noise else 0
        pixels = np.clip(pixels, 0, 255).astype(np.uint8)
        return {
            "name": name,
            "width": size[0],
            "height": size[1],
            "source": encoded(pixels),
            "expected": encoded(glyph(pixels)),
        }

    seven = [[(10, 12), (40, 12), (20, 52)]]
    yield drawn("dark on white", (50, 64), (255, 255, 255, 255), (20, 20, 30, 255), seven, 5)
    yield drawn("light on coloured ground", (60, 60), (30, 60, 140, 255), (250, 240, 200, 255), seven, 4, 6)
    yield drawn("transparent ground", (48, 60), (0, 0, 0, 0), (0, 0, 0, 255), seven, 6)
    yield drawn("half transparent ink", (48, 60), (255, 255, 255, 255), (200, 10, 10, 130), seven, 6)
    yield drawn("wide stroke, clipped at the edge", (90, 20), (240, 240, 240, 255), (0, 0, 0, 255), [[(0, 10), (89, 12)]], 6)
    yield drawn("one pixel high", (40, 1), (0, 0, 0, 255), (255, 255, 255, 255), [[(10, 0), (20, 0)]], 1)
    yield drawn("a dot", (9, 9), (0, 0, 0, 255), (255, 255, 255, 255), [[(4, 4), (4, 4)]], 1)
    yield drawn("low contrast", (40, 40), (128, 128, 128, 255), (100, 100, 100, 255), [[(8, 8), (30, 30)]], 3)
    yield drawn("larger than the greatest side", (301, 97), (250, 250, 250, 255), (10, 60, 10, 255),
                [[(20, 80), (150, 20), (280, 80)]], 9)


def log_mel(samples):
    """The audio steps of the specification, with a discrete Fourier transform by its definition."""
    hop, window, length, bands = 80, 200, 256, 40
    samples = [float(v) for v in samples]
    blocks = [sum(v * v for v in samples[i : i + hop]) for i in range(0, len(samples), hop)]
    threshold = max(blocks) * 10 ** (-40 / 10)
    loud = [i for i, energy in enumerate(blocks) if energy >= threshold]
    samples = samples[max(0, loud[0] - 5) * hop : (loud[-1] + 6) * hop]
    samples += [0.0] * (window - len(samples))

    def mel(f):
        return 2595 * math.log10(1 + f / 700)

    edges = [mel(60) + (mel(3800) - mel(60)) * i / (bands + 1) for i in range(bands + 2)]
    edges = [700 * (10 ** (m / 2595) - 1) for m in edges]
    hann = [0.5 - 0.5 * math.cos(2 * math.pi * i / window) for i in range(window)]
    twiddles = np.array([[cmath.exp(-2j * math.pi * k * i / length) for i in range(window)] for k in range(length // 2 + 1)])
    frames = []
    for start in range(0, len(samples) - window + 1, hop):
        frame = [samples[start + i] * hann[i] for i in range(window)]
        power = [abs(v) ** 2 for v in twiddles @ frame]
        row = []
        for low, middle, high in zip(edges, edges[1:], edges[2:]):
            energy = 0.0
            for k, value in enumerate(power):
                f = k * 8000 / length
                energy += max(0.0, min((f - low) / (middle - low), (high - f) / (high - middle))) * value
            row.append(10 * math.log10(max(energy, 1e-10)))
        frames.append(row)
    levels = np.array(frames).T
    levels = np.maximum(levels, levels.max() - 70)
    mean = levels.sum() / levels.size
    deviation = math.sqrt(((levels - mean) ** 2).sum() / levels.size)
    return ((levels - mean) / (deviation + 1e-5)).astype(np.float32)


def logmel_cases():
    generator = np.random.default_rng(3)

    def case(name, samples):
        pcm = np.clip(np.round(np.asarray(samples) * 32767), -32768, 32767).astype("<i2")
        expected = log_mel(pcm / 32768)
        return {"name": name, "samples": encoded(pcm), "frames": expected.shape[1], "expected": encoded(expected.astype("<f4"))}

    t = np.arange(3000) / 8000
    sweep = 0.6 * np.sin(2 * np.pi * (200 * t + 4000 * t * t))
    quiet = generator.normal(0, 0.0005, 2000)
    yield case("sweep between quiet ends", np.concatenate([quiet, sweep, quiet[:1333]]))
    yield case("noise", generator.normal(0, 0.2, 1501))
    yield case("pure tone with digital silence", np.concatenate([np.zeros(400), 0.5 * np.sin(2 * np.pi * 1000 * t[:900]), np.zeros(77)]))
    yield case("shorter than a window", 0.3 * np.sin(2 * np.pi * 440 * t[:130]))
    yield case("clicks", np.where(generator.random(1200) < 0.01, 0.9, 0.0))


def shorter_edge(size, edge, longest=None):
    """(width, height) with the proportions kept; the bounded form rounds the shorter side."""
    shorter, longer = min(size), max(size)
    exact = edge
    if longest is not None and longer / shorter * edge > longest:
        exact = longest * shorter / longer
        edge = int(round(exact))
    other = int(exact * longer / shorter)
    return (edge, other) if size[0] <= size[1] else (other, edge)


def centre(levels, height, width):
    """Cut out of the middle; zeros around what is smaller."""
    canvas = np.zeros((max(height, levels.shape[0]), max(width, levels.shape[1]), 3), np.uint8)
    top, left = [math.ceil((have - is_) / 2) for have, is_ in zip(canvas.shape, levels.shape[:2])]
    canvas[top : top + levels.shape[0], left : left + levels.shape[1]] = levels
    top, left = [(have - want) // 2 for have, want in zip(canvas.shape, (height, width))]
    return canvas[top : top + height, left : left + width]


def processor_cases():
    generator = np.random.default_rng(9)
    clip = {
        "image_mean": [0.48145466, 0.4578275, 0.40821073],
        "image_std": [0.26862954, 0.26130258, 0.27577711],
    }
    halves = {"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}

    def case(name, size, config, resized, crop=None, kernel=Image.BICUBIC, factor=1 / 255, norm=halves):
        source = texture(generator, size[1], size[0], 3)
        levels = np.asarray(Image.fromarray(source).resize(resized, kernel)) if resized else source
        levels = centre(levels, crop[1], crop[0]) if crop else levels
        values = (levels.astype(np.float64) * factor).astype(np.float32) if factor else levels.astype(np.float32)
        if norm:
            values = (values - np.array(norm["image_mean"], np.float32)) / np.array(norm["image_std"], np.float32)
        return {
            "name": name,
            "config": json.dumps(config),
            "width": size[0],
            "height": size[1],
            "source": encoded(source),
            "pixels": encoded(levels),
            "shape": [3, *levels.shape[:2]],
            "values": encoded(values.astype(np.float32).transpose(2, 0, 1)),
        }

    old_clip = {"feature_extractor_type": "CLIPFeatureExtractor", "size": 14, "crop_size": 14, "resample": 3, **clip}
    for size in ((40, 29), (29, 40), (31, 31), (57, 20), (14, 14), (9, 6)):
        yield case(f"CLIP, {size}", size, old_clip, shorter_edge(size, 14), (14, 14), norm=clip)
    yield case(
        "CLIP, crop of another shape",
        (40, 29),
        {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 15}, "crop_size": {"height": 11, "width": 18}},
        shorter_edge((40, 29), 15),
        (18, 11),
        norm=clip,
    )
    yield case(
        "CLIP, padded",
        (20, 9),
        {"image_processor_type": "CLIPImageProcessorFast", "do_resize": False, "crop_size": {"height": 14, "width": 17}},
        None,
        (17, 14),
        norm=clip,
    )
    yield case(
        "CLIP, neither scaled nor normalised",
        (20, 30),
        {
            "image_processor_type": "CLIPImageProcessor",
            "size": {"shortest_edge": 12},
            "do_center_crop": False,
            "do_rescale": False,
            "do_normalize": False,
        },
        shorter_edge((20, 30), 12),
        factor=None,
        norm=None,
    )
    yield case(
        "DINOv2",
        (33, 50),
        {
            "image_processor_type": "BitImageProcessor",
            "size": {"shortest_edge": 18},
            "crop_size": {"height": 14, "width": 14},
            "resample": 3,
            "image_mean": [0.485, 0.456, 0.406],
            "image_std": [0.229, 0.224, 0.225],
        },
        shorter_edge((33, 50), 18),
        (14, 14),
        norm={"image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]},
    )
    yield case(
        "SigLIP",
        (33, 50),
        {"image_processor_type": "SiglipImageProcessor", "size": {"height": 13, "width": 15}, "rescale_factor": 0.00392156862745098},
        (15, 13),
        factor=0.00392156862745098,
    )
    yield case("ViT", (33, 20), {"feature_extractor_type": "ViTFeatureExtractor", "size": 16}, (16, 16), kernel=Image.BILINEAR)
    yield case(
        "ViT, scaled to -1 to 1",
        (33, 20),
        {"image_processor_type": "ViTImageProcessor", "size": [9, 16], "rescale_factor": 1 / 127.5, "do_normalize": False},
        (16, 9),
        kernel=Image.BILINEAR,
        factor=1 / 127.5,
        norm=None,
    )
    yield case(
        "ConvNeXT",
        (44, 31),
        {"image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 14}, "crop_pct": 0.9},
        shorter_edge((44, 31), int(14 / 0.9)),
        (14, 14),
    )
    yield case(
        "ConvNeXT, old",
        (31, 44),
        {"feature_extractor_type": "ConvNextFeatureExtractor", "size": 14, "resample": 2},
        shorter_edge((31, 44), 16),
        (14, 14),
        kernel=Image.BILINEAR,
    )
    yield case(
        "longest edge",
        (60, 13),
        {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 12, "longest_edge": 25}, "do_center_crop": False},
        shorter_edge((60, 13), 12, 25),
        norm=clip,
    )
    for name, kernel in FILTERS.items():
        config = {"image_processor_type": "SiglipImageProcessor", "size": {"height": 12, "width": 12}, "resample": int(kernel)}
        yield case(f"filter {name}", (41, 27), config, (12, 12), kernel=kernel)


def filter_bank(samples, rate, mels, cmvn):
    """Kaldi's filter bank without dither, Povey's window, and the normalisation of Speech2Text, by numpy's transform."""
    length, hop = rate * 25 // 1000, rate // 100
    size = 1 << (length - 1).bit_length()
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / (length - 1))) ** 0.85

    def mel(f):
        return 1127 * np.log(1 + f / 700)

    edges = np.linspace(mel(20), mel(rate / 2), mels + 2)
    bins = mel(np.arange(size // 2 + 1) * rate / size)
    rows = []
    for start in range(0, len(samples) - length + 1, hop):
        frame = samples[start : start + length] * 32768.0
        frame = frame - frame.mean()
        frame = np.append(frame[0] * (1 - 0.97), frame[1:] - 0.97 * frame[:-1]) * window
        power = np.abs(np.fft.rfft(frame, size)) ** 2
        energies = [
            np.maximum(0, np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle))) @ power
            for low, middle, high in zip(edges, edges[1:], edges[2:])
        ]
        rows.append(np.log(np.maximum(energies, 1.1920929e-07)))
    rows = np.array(rows)
    return ((rows - rows.mean(0)) / rows.std(0) if cmvn else rows).astype(np.float32)


def filter_bank_cases():
    generator = np.random.default_rng(4)
    t = np.arange(8000) / 16000
    sweep = 0.4 * np.sin(2 * np.pi * (300 * t + 6000 * t * t)) + generator.normal(0, 0.01, 8000)
    for name, rate, mels, cmvn in [("16 kHz, normalised", 16000, 80, True), ("16 kHz", 16000, 40, False), ("8 kHz", 8000, 23, False)]:
        pcm = np.clip(np.round(sweep[: rate // 3] * 32767), -32768, 32767).astype("<i2")
        expected = filter_bank(pcm / 32768, rate, mels, cmvn)
        config = {
            "do_ceptral_normalize": cmvn, "feature_extractor_type": "Speech2TextFeatureExtractor", "feature_size": mels,
            "normalize_means": True, "normalize_vars": True, "num_mel_bins": mels, "padding_side": "right", "padding_value": 0.0,
            "return_attention_mask": True, "sampling_rate": rate,
        }
        yield {"name": name, "config": json.dumps(config), "samples": encoded(pcm), "shape": expected.shape, "expected": encoded(expected)}


if __name__ == "__main__":
    write("processors.json", processor_cases())
    write("resize.json", resize_cases())
    write("glyph.json", glyph_cases())
    write("logmel.json", logmel_cases())
    write("filterbank.json", filter_bank_cases())
