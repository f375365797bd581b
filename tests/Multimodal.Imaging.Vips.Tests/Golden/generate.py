"""Writes images.json: small files of many formats and what Pillow (9.4) decodes them to.

Run with a Python that has Pillow and numpy: `python3 generate.py`, in any folder.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 13, 9


def packed(raw):
    return base64.b64encode(zlib.compress(raw, 9)).decode()


MASKS_32 = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
MASKS_16 = (0xF800, 0x07E0, 0x001F, 0)


def bitmap(levels, bits, masks):
    """A BMP of packed pixels, with a header of 108 bytes and masks or of 40 without."""
    rows = b""
    for row in levels[::-1]:
        stored = np.array(row, "<u4" if bits == 32 else "<u2").tobytes()
        rows += stored + bytes(-len(stored) % 4)
    length = 108 if masks else 40
    header = struct.pack("<IiiHHIIiiII", length, WIDTH, HEIGHT, 1, bits, 3 if masks else 0, len(rows), 2835, 2835, 0, 0)
    header += struct.pack("<4I", *masks) + bytes(52) if masks else b""
    return struct.pack("<2sIHHI", b"BM", 14 + len(header) + len(rows), 0, 0, 14 + len(header)) + header + rows


def pictures():
    generator = np.random.default_rng(4)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = np.stack([x * 19, y * 28, (x * y * 7) % 256], -1).astype(np.uint8)
    rgba = np.concatenate([rgb, ((x + y) * 12)[..., None].astype(np.uint8)], -1)
    grey = rgb[..., 0]
    noise = Image.fromarray(generator.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8))
    deep = (grey.astype(np.uint16) << 8) + 77
    colour, alpha, plain = Image.fromarray(rgb), Image.fromarray(rgba), Image.fromarray(grey)
    palette = colour.quantize(7)

    yield "rgb.png", "RGB", 0, colour, {}
    yield "rgba.png", "RGBA", 0, alpha, {}
    yield "grey.png", "L", 0, plain, {}
    yield "grey-alpha.png", "RGBA", 0, alpha.convert("LA"), {}
    yield "palette.png", "RGB", 0, palette, {}
    yield "bits.png", "L", 0, plain.point(lambda v: 255 * (v > 100)).convert("1"), {}
    # 16 bits become 8 by rounding in libvips, by the upper byte here.
    yield "deep.png", "L", 1, Image.fromarray(deep), {"expected": plain}
    yield "rgb.jpg", "RGB", 0, noise.resize((40, 30)), {"quality": 90}
    yield "progressive.jpg", "RGB", 0, noise.resize((40, 30)), {"quality": 70, "progressive": True}
    yield "grey.jpg", "L", 0, plain, {"quality": 90}
    yield "rgb.webp", "RGB", 0, colour, {"lossless": True}
    yield "rgba.webp", "RGBA", 0, alpha, {"lossless": True, "exact": True}
    yield "palette.gif", "RGB", 0, palette, {}
    yield "rgb.tiff", "RGB", 0, colour, {"compression": "tiff_lzw"}
    yield "grey.tiff", "L", 0, plain, {}
    yield "rgb.bmp", "RGB", 0, colour, {}
    yield "padding.bmp", "RGB", 0, alpha, {}
    yield "masks-alpha.bmp", "RGBA", 0, bitmap(rgba.astype(np.uint32) @ [1 << 16, 1 << 8, 1, 1 << 24], 32, MASKS_32), {}
    yield "masks-565.bmp", "RGB", 0, bitmap((rgb // [8, 4, 8]).astype(np.uint32) @ [1 << 11, 1 << 5, 1], 16, MASKS_16), {}
    yield "555.bmp", "RGB", 0, bitmap((rgb // [8, 8, 8]).astype(np.uint32) @ [1 << 10, 1 << 5, 1], 16, None), {}
    yield "grey.bmp", "RGB", 0, plain, {}
    yield "palette.bmp", "RGB", 0, palette, {}
    yield "bits.bmp", "RGB", 0, plain.point(lambda v: 255 * (v > 100)).convert("1"), {}


def cases():
    for name, mode, tolerance, picture, options in pictures():
        expected = options.pop("expected", None)
        file = io.BytesIO()
        if isinstance(picture, bytes):
            file.write(picture)
        else:
            picture.save(file, {"jpg": "jpeg"}.get(name.split(".")[1], name.split(".")[1]), **options)
        decoded = (expected or Image.open(file)).convert(mode)
        yield {
            "name": name,
            "file": packed(file.getvalue()),
            "width": decoded.width,
            "height": decoded.height,
            "channels": len(mode),
            "tolerance": tolerance,
            "expected": packed(decoded.tobytes()),
        }


if __name__ == "__main__":
    text = "[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n"
    (pathlib.Path(__file__).parent / "images.json").write_text(text)
