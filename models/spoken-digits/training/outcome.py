"""What comes after training: files, figures, samples."""

import json
import platform
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch

import shared
import audio
import export
import measure
import preprocessing
import provenance
import strings
import writing
from recogniser import WORDS
from wav import write_wav

STRINGS_PER_CONDITION = 200
SYNTHETIC_STRINGS = 200

SAMPLES = {
    "three-one-four": ([3, 1, 4], "en-gb", "f2", 150, 55, "pcm", 16, "Three digits, one after another."),
    "double-seven": ([7, 7, 0, 2], "en-us", "m7", 160, 40, "mu-law", 8, "The same digit twice; telephone's 8-bit mu-law."),
    "seven-digits": ([5, 5, 5, 0, 1, 9, 8], "en-gb-x-rp", "Mario", 170, 50, "pcm", 16, "A telephone number, spoken fast."),
}
"""Digits, accent, voice (one that training never heard), speed, pitch, encoding, bits, note."""


HERE = Path(__file__).resolve().parent

REUSED = ("audio.py", "preprocessing.py", "networks.py", "fitting.py", "export.py", "wav.py")
"""Scripts of digits that make what is trained on and what comes of it."""

DATA = [
    {**provenance.FSDD, "digests": ["fsdd recordings in name order"]},
    {"name": "2,500 single digits spoken by espeak-ng", "source": "../digits/training/audio.py", "digests": []},
]


def made_of(corpus, seeds, steps):
    """Seeds, versions and digests of what went into the training."""
    scripts = sorted(HERE.glob("*.py"))
    reused = [shared.DIGITS / name for name in REUSED]
    data = export.hashlib.sha256()
    for name in corpus.names:
        data.update((corpus.folder / name).read_bytes())
    return {
        "seeds": seeds,
        "steps": steps,
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "onnx": onnx.__version__,
            "numpy": np.__version__,
        },
        "sha256": {
            "fsdd recordings in name order": data.hexdigest(),
            **{f"training/{script.name}": export.sha256(script) for script in scripts},
            **{f"../digits/training/{script.name}": export.sha256(script) for script in reused},
        },
    }


def make_samples(folder):
    """Short strings of espeak-ng: a folder each, and samples.json with the right texts."""
    shutil.rmtree(folder / "samples", ignore_errors=True)
    notes = {}
    for name, (digits, accent, voice, speed, pitch, kind, bits, note) in SAMPLES.items():
        text = " ".join(WORDS[d] for d in digits)
        samples, rate = audio.speak(text, accent, voice, speed, pitch)
        samples = preprocessing.resample(samples, rate, strings.RATE)
        (folder / "samples" / name).mkdir(parents=True)
        write_wav(folder / "samples" / name / "speech.wav", samples[:, None], strings.RATE, kind, bits)
        notes[name] = {"label": text, "note": note}
    export.write_json(notes, folder / "samples.json")


def conclude(corpus, network, arguments, seeds, steps):
    """Measure; unless it only validates, write everything."""
    names, recordings = corpus.test_names(), corpus.test_recordings()
    plans = [
        plan
        for k, condition in enumerate(strings.CONDITIONS)
        for plan in strings.plan_strings(
            names, [recordings[n] for n in names], STRINGS_PER_CONDITION, condition, seeds["test"] + k
        )
    ]
    synthetic = strings.spoken_strings(SYNTHETIC_STRINGS, audio.HELD_OUT_VOICES, seeds["test"])
    figures, found = measure.report(network, plans, recordings, synthetic, seeds["test"])
    print(json.dumps(figures, indent=1))
    if arguments.validate:
        return
    out = arguments.out
    (out / "evaluation").mkdir(parents=True, exist_ok=True)
    (out / "training").mkdir(exist_ok=True)
    writing.export_network(network, out)
    writing.write_pipeline(network, out)
    lines = [json.dumps(plan) for plan in plans]
    (out / "evaluation" / "strings.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = made_of(corpus, seeds, steps)
    provenance.write(out, made, DATA, HERE, {"../digits/training": REUSED})
    export.write_json({"figures": figures, "transcripts": found, "provenance": made}, out / "training" / "reference.json")
    make_samples(out)
