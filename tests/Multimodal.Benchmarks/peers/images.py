"""Pillow and numpy as CLIP's own preprocessing uses them; with the argument `draft`, JPEGs are decoded at a reduced scale."""

import io
import json
import sys
import time

import numpy
import PIL
from PIL import Image, ImageOps

SIDE = 224
MEAN = numpy.array([0.48145466, 0.4578275, 0.40821073], numpy.float32)
DEVIATION = numpy.array([0.26862954, 0.26130258, 0.27577711], numpy.float32)


def preprocess(file, draft):
    picture = Image.open(io.BytesIO(file))
    if draft:
        # Twice the size is left for the resampling.
        picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    picture = ImageOps.exif_transpose(picture).convert("RGB")
    width, height = picture.size
    shorter = min(width, height)
    picture = picture.resize((int(SIDE * width / shorter), int(SIDE * height / shorter)), Image.BICUBIC)
    left, top = (picture.width - SIDE) // 2, (picture.height - SIDE) // 2
    picture = picture.crop((left, top, left + SIDE, top + SIDE))
    values = (numpy.asarray(picture).astype(numpy.float32) / 255 - MEAN) / DEVIATION
    return numpy.ascontiguousarray(values.transpose(2, 0, 1))


def main():
    draft = "draft" in sys.argv[1:]
    files = {}
    print(json.dumps({"ready": True, "pillow": PIL.__version__}), flush=True)
    for line in sys.stdin:
        work = json.loads(line)["work"]
        try:
            if work not in files:
                with open(work, "rb") as stream:
                    files[work] = stream.read()
            begun = time.perf_counter()
            preprocess(files[work], draft)
            print(json.dumps({"ms": (time.perf_counter() - begun) * 1000}), flush=True)
        except Exception as error:
            print(json.dumps({"error": str(error)}), flush=True)


main()
