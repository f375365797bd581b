"""Writes the pictures and pixels.json: what the image processors of Hugging Face transformers make of the pictures.

Run with a Python that has transformers (5.17.0), Pillow and numpy: `python3 generate.py`, in any folder. The configurations in
configs/ are those of models on the hub, and one of our own with another filter and padding. The values are those of the Pillow
backend, uint8 [height, width, RGB], row-major, before scaling and normalising; of each the SHA-256 is kept.
"""

import hashlib
import importlib
import json
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
# All are drawn, since they share one generator; the small ones are kept.
SIZES = [(40, 300), (300, 40), (223, 225), (640, 480), (224, 224), (1, 1), (97, 101)]
KEPT = ["s1x1.png", "s300x40.png", "s40x300.png", "s97x101.png"]
PROCESSORS = {
    "CLIPFeatureExtractor": ("clip", "CLIP"),
    "CLIPImageProcessor": ("clip", "CLIP"),
    "SiglipImageProcessor": ("siglip", "Siglip"),
    "ViTImageProcessor": ("vit", "ViT"),
    "ConvNextFeatureExtractor": ("convnext", "ConvNext"),
    "BitImageProcessor": ("bit", "Bit"),
}
NAMES = ("feature_extractor_type", "image_processor_type", "processor_class")


def draw():
    """Waves, a pattern with steps, and noise."""
    generator = np.random.default_rng(7)
    for width, height in SIZES:
        y, x = np.mgrid[0:height, 0:width]
        waves = [127 + 120 * np.sin(x / 7.3 + y / 31.0), 127 + 120 * np.cos(x * y / 977.0), (x * 5 + y * 3) % 256]
        picture = np.stack(waves, -1)
        picture = picture + generator.normal(0, 12, picture.shape)
        name = f"s{width}x{height}.png"
        if name in KEPT:
            Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(HERE / name)


def processor(config):
    """The class that the configuration names, with the Pillow backend."""
    module, prefix = PROCESSORS[config.get("image_processor_type") or config["feature_extractor_type"]]
    module = importlib.import_module(f"transformers.models.{module}.image_processing_pil_{module}")
    return getattr(module, prefix + "ImageProcessorPil").from_dict({k: v for k, v in config.items() if k not in NAMES})


def pixels(process, config, picture):
    """What is scaled and normalised in the end, taken back to levels."""
    values = np.asarray(process(picture, return_tensors="np")["pixel_values"])[0].astype(np.float64)
    mean, deviation = (np.array(config[name])[:, None, None] for name in ("image_mean", "image_std"))
    levels = (values * deviation + mean) * 255
    assert np.abs(levels - np.rint(levels)).max() < 0.01
    return np.ascontiguousarray(np.rint(levels).astype(np.uint8).transpose(1, 2, 0))


def cases():
    for path in sorted((HERE / "configs").glob("*.json")):
        config = json.loads(path.read_text())
        process = processor(config)
        for name in KEPT:
            levels = pixels(process, config, Image.open(HERE / name).convert("RGB"))
            yield {
                "config": path.name,
                "picture": name,
                "height": levels.shape[0],
                "width": levels.shape[1],
                "sha256": hashlib.sha256(levels.tobytes()).hexdigest(),
            }


if __name__ == "__main__":
    draw()
    (HERE / "pixels.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n")
