"""What PyTorch says, for other implementations to compare, and what went into it."""

import json
import platform

import numpy as np
import onnx
import PIL
import torch

import evaluate
import export
import export_fusion
import fusion_evaluation
from corpus import digest

STACKS = 3
"""Pairs of test items, degraded, for which the reference holds what fusion gives."""


def provenance(corpus, scripts):
    """Versions and digests of what went into the training."""
    return {
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "onnx": onnx.__version__,
            "numpy": np.__version__,
            "pillow": PIL.__version__,
        },
        "sha256": {
            "mnist images": export.sha256(corpus.data / "mnist" / "t10k-images-idx3-ubyte.gz"),
            "mnist labels": export.sha256(corpus.data / "mnist" / "t10k-labels-idx1-ubyte.gz"),
            "fsdd recordings in name order": digest(
                (corpus.data / "fsdd" / name).read_bytes() for name in corpus.names
            ),
            "drawn digits": digest(corpus.drawn_digits()),
            "synthetic speech": digest(corpus.synthetic_speech()[0]),
            **{f"training/{script.name}": export.sha256(script) for script in scripts},
        },
    }


def predictions(test, networks, head):
    """The labels of the clean test items."""
    clean = test.embeddings(networks, degraded=False)
    labels = {m: evaluate.verdicts(head, clean[m]) for m in evaluate.MODALITIES}
    return {
        "images": [int(label) for label in labels["image"]],
        "audio": {name: int(label) for name, label in zip(test.names, labels["audio"])},
        "texts": [int(label) for label in labels["text"]],
    }


def write_networks_reference(folder, figures, test, networks, head, made):
    """Write reference.json anew after the encoders and the head were trained."""
    found = predictions(test, networks, head)
    export.write_json({"figures": figures, **found, "provenance": made}, folder / "reference.json")


def write_fusion_reference(folder, trials, methods, figures, made):
    """Add the figures of fusion to reference.json, and write fusion-reference.safetensors."""
    path = folder / "reference.json"
    reference = json.loads(path.read_text(encoding="utf-8"))
    reference["figures"]["fusion"] = figures
    reference["provenance"]["fusion"] = made
    export.write_json(reference, path)
    stacks = trials.stacks[fusion_evaluation.CONDITIONS[-1]][:STACKS]
    export_fusion.write_reference(methods, stacks, folder / "fusion-reference.safetensors")
