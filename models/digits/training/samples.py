"""Sample jobs: folders with pictures, recordings and texts made here, and the right verdicts.

Fonts, stroke shapes and voices are ones that training never sees.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

import audio
import evaluate
import images
import preprocessing
from export import write_json
from strokes import STROKES, stroke_points
from wav import read_wav, write_wav

ORIENTATION_TAG = 0x0112
"""EXIF tag that says how to turn a picture upright."""

_STORED = {3: Image.ROTATE_180, 6: Image.ROTATE_90, 8: Image.ROTATE_270}
"""How an upright picture is turned before it is stored under an orientation."""


def _font_picture(digit, file, size, points, paper, ink):
    """A digit set in a font of the held-out families; RGB or RGBA after `paper`."""
    families = images.find_fonts(images.HELD_OUT_FONTS)
    path = next(f for family in families for f in family if f.name == file)
    font = ImageFont.truetype(str(path), points)
    picture = Image.new("RGBA" if len(paper) == 4 else "RGB", size, paper)
    left, top, right, bottom = font.getbbox(str(digit))
    corner = ((size[0] - right - left) * 0.45, (size[1] - bottom - top) * 0.55)
    ImageDraw.Draw(picture).text(corner, str(digit), font=font, fill=ink)
    return picture


def _stroke_picture(digit, size, pen, paper, ink, seed):
    """A digit drawn by held-out strokes with a round pen; RGB or RGBA after `paper`."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGBA" if len(paper) == 4 else "RGB", size, paper)
    pencil = ImageDraw.Draw(picture)
    extent = np.array([0.42, 0.66]) * min(size)
    corner = (np.array(size) - extent) * [0.55, 0.45]
    for stroke in STROKES["held-out"][digit][0]:
        points = stroke_points(stroke, rng.normal(0, 0.02, (len(stroke[1]), 2)))
        images.trace(pencil, points * extent + corner, pen, ink)
    return picture


def _with_orientation(picture, orientation, path):
    """A JPEG whose pixels are turned away and whose EXIF says how to turn them back."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    picture.transpose(_STORED[orientation]).save(path, quality=88, exif=exif)


def _speech(word, accent, variant, speed, pitch, rate):
    """espeak-ng speech at `rate` Hz, [n, 1], greatest magnitude 0.7, a little quiet around."""
    samples, native = audio.speak(word, accent, variant, speed, pitch)
    samples = preprocessing.resample(samples, native, rate)
    samples = np.pad(samples, (rate // 8, rate // 5))
    return (0.7 * samples / np.abs(samples).max())[:, None]


def make_samples(out):
    """Write `out`/samples and `out`/samples.json."""
    shutil.rmtree(out / "samples", ignore_errors=True)
    expected = {}

    def job(name, label, note):
        """A new folder for a job's files."""
        expected[name] = {"label": str(label), "note": note}
        folder = out / "samples" / name
        folder.mkdir(parents=True)
        return folder

    white, black = (255, 255, 255), (0, 0, 0)

    place = job("seven-all-agree", 7, "Picture, speech and a misspelled text agree.")
    picture = _font_picture(7, "ComicNeue-Bold.otf", (96, 128), 90, white, (20, 20, 40))
    picture.save(place / "picture.png")
    write_wav(place / "speech.wav", _speech("seven", "en-gb", "f2", 150, 50, 16000), 16000)
    (place / "note.txt").write_bytes("the meter reads sevn today\n".encode())

    place = job("three-german", 3, "A JPEG stored sideways, 24-bit stereo speech, a German text.")
    picture = _stroke_picture(3, (320, 420), 26, (24, 60, 40), (240, 240, 225), 3)
    _with_orientation(picture, 6, place / "blackboard.jpg")
    left = _speech("three", "en-us", "m7", 140, 45, 44100)
    write_wav(place / "speech.wav", np.hstack([left, 0.8 * left]), 44100, "pcm", 24)
    (place / "notiz.txt").write_bytes("Bitte öffnen Sie Tür Nummer drei!\n".encode())

    place = job(
        "zero-french-transparent", 0, "A PNG with alpha, 8-bit speech, a French text in UTF-16."
    )
    picture = _font_picture(0, "Andika-Bold.ttf", (80, 80), 64, (0, 0, 0, 0), (140, 20, 90, 255))
    picture.save(place / "picture.png")
    speech = _speech("zero", "en-gb-x-rp", "Annie", 150, 55, 22050)
    write_wav(place / "speech.wav", speech, 22050, "pcm", 8)
    text = "Ce matin, le compteur indique zéro.\n"
    (place / "note.txt").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))

    place = job(
        "five-spanish-a-law", 5, "A coloured picture, A-law speech, a Spanish text in UTF-16."
    )
    picture = _font_picture(5, "Lato-Black.ttf", (200, 150), 120, (250, 220, 90), (30, 60, 160))
    picture.save(place / "picture.png")
    speech = _speech("five", "en-us", "steph", 150, 50, 8000)
    write_wav(place / "speech.wav", speech, 8000, "a-law")
    text = "El tren sale del andén cinco, no lo olvides"
    (place / "nota.txt").write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))

    place = job("nine-large-float", 9, "A picture of 900 x 700 pixels, float speech at 48 kHz.")
    picture = _stroke_picture(9, (900, 700), 44, (245, 245, 240), (50, 50, 60), 9)
    picture.save(place / "picture.jpg", quality=85)
    speech = _speech("nine", "en-gb", "david", 160, 50, 48000)
    write_wav(place / "speech.wav", speech, 48000, "float")
    (place / "note.txt").write_bytes("Room NINE, second corridor on the left\n".encode())

    place = job("eight-mu-law", 8, "A JPEG stored the other way round, mu-law speech, a text.")
    paper, ink = (225, 230, 235), (160, 30, 30)
    picture = _font_picture(8, "YuseiMagic-Regular.ttf", (240, 300), 200, paper, ink)
    _with_orientation(picture, 8, place / "photo.jpg")
    speech = _speech("eight", "en-us", "robert", 150, 45, 11025)
    write_wav(place / "speech.wav", speech, 11025, "mu-law")
    (place / "note.txt").write_bytes("we still have eigth chairs left\n".encode())

    place = job("two-without-text", 2, "A picture and speech; the text is missing.")
    _stroke_picture(2, (64, 64), 6, black, white, 2).save(place / "picture.png")
    write_wav(place / "speech.wav", _speech("two", "en-gb", "f2", 140, 45, 8000), 8000)

    place = job("four-text-only", 4, "A single modality: a German text with a misspelling.")
    (place / "nachricht.txt").write_bytes("Treffen wir uns an Gleis fier?\n".encode())

    place = job("six-two-pictures", 6, "Two pictures and a French text.")
    picture = _font_picture(6, "TomsonTalks.ttf", (120, 120), 96, white, black)
    picture.save(place / "first.png")
    picture = _stroke_picture(6, (180, 200), 12, (200, 220, 255), (20, 30, 90), 6)
    picture.save(place / "second.jpg", quality=90)
    (place / "note.txt").write_bytes("Il reste six places, dépêchez-vous !\n".encode())

    place = job("one-text-disagrees", 1, "Picture and speech say one, the text says seven.")
    picture = _font_picture(1, "Lato-Regular.ttf", (100, 140), 110, white, (40, 40, 40))
    picture.save(place / "picture.png")
    write_wav(place / "speech.wav", _speech("one", "en-us", "m7", 140, 50, 16000), 16000)
    (place / "note.txt").write_bytes("they gave me number 7\n".encode())

    place = job("three-picture-only", 3, "A single modality: one small picture, light on dark.")
    paper, ink = (30, 30, 30), (230, 230, 230)
    picture = _font_picture(3, "ComicNeue-Regular.otf", (40, 40), 34, paper, ink)
    picture.save(place / "picture.png")

    place = job("nine-speech-only", 9, "A single modality: speech at 16 kHz.")
    write_wav(place / "speech.wav", _speech("nine", "en-gb", "belinda", 150, 50, 16000), 16000)

    write_json(expected, out / "samples.json")


def _decode_text(content):
    """Text from UTF-8 or, by its byte order mark, UTF-16."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def _embed_file(path, encoders):
    """The modality of a sample file and its embedding float32 [1, 128]."""
    if path.suffix == ".wav":
        samples, rate = read_wav(path)
        mono = preprocessing.resample(samples.mean(1), rate, preprocessing.LOG_MEL["sampleRate"])
        return "audio", evaluate.embed_recordings(encoders["audio"], [mono])
    if path.suffix == ".txt":
        return "text", evaluate.embed_texts(encoders["text"], [_decode_text(path.read_bytes())])
    pixel_values = preprocessing.image_features(preprocessing.load_picture(path))
    return "image", encoders["image"](torch.from_numpy(pixel_values)[None])


@torch.no_grad()
def check_samples(out, encoders, head):
    """Run every job through the pipeline and print its verdict; how many are right."""
    expected = json.loads((out / "samples.json").read_text(encoding="utf-8"))
    right = 0
    for name, wanted in expected.items():
        found = {}
        for path in sorted(Path(out / "samples" / name).iterdir()):
            modality, embedding = _embed_file(path, encoders)
            found.setdefault(modality, []).append(embedding)
        means = {modality: torch.cat(e).mean(0, keepdim=True) for modality, e in found.items()}
        parts = []
        for modality, mean in [*means.items(), ("fused", evaluate.fuse(means.values()))]:
            certainty, label = torch.softmax(head(mean), 1).max(1)
            parts.append(f"{modality} {label.item()} ({certainty.item():.3f})")
        right += str(label.item()) == wanted["label"]
        print(f"sample {name}: {', '.join(parts)}")
    print(f"samples right: {right} of {len(expected)}", flush=True)
    return right
