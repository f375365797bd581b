"""Writing the trained network as an ONNX file, and pipeline.json."""

import warnings

import onnx
import torch

import shared  # noqa: F401
import export
import strings
from recogniser import LABELS, STRIDE

VERSION = "1.0.0"
MODEL = "recogniser.onnx"


def export_network(network, folder):
    """Write the network into `folder`: features and mask to `embedding` and `logits`."""
    generator = torch.Generator().manual_seed(0)
    mask = torch.ones(2, 20, dtype=torch.int64)
    mask[1, 13:] = 0
    features = torch.randn(2, strings.LOG_MEL["mels"], 20, generator=generator)
    path = folder / MODEL
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (features, mask),
            str(path),
            input_names=["input_features", "attention_mask"],
            output_names=["embedding", "logits"],
            dynamic_axes={
                "input_features": {0: "N", 2: "T"},
                "attention_mask": {0: "N", 1: "T"},
                "embedding": {0: "N"},
                "logits": {0: "N", 1: "steps"},
            },
            opset_version=export.OPSET,
        )
    model = onnx.load(str(path))
    model.producer_name = "spoken-digits-training"
    model.producer_version = VERSION
    model.model_version = 1
    model.doc_string = "Log-mel of spoken digits to an embedding and to a label for every 30 ms."
    model.graph.name = path.stem
    model.graph.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
    export._simplify(model.graph)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))


def write_pipeline(network, folder):
    """Write pipeline.json with the SHA-256 of the network."""
    export.write_json(
        {
            "schema": 1,
            "name": "spoken-digits",
            "version": VERSION,
            "description": "Which digits from zero to nine are spoken one after another in a recording.",
            "encoders": {
                "audio": {
                    "model": MODEL,
                    "dimensions": network.out.in_features,
                    "preprocessing": strings.LOG_MEL,
                    "transcription": {
                        "kind": "ctc",
                        "output": "logits",
                        "labels": LABELS,
                        "blank": 0,
                        "strideSeconds": STRIDE * strings.LOG_MEL["hop"] / strings.LOG_MEL["sampleRate"],
                        "stride": STRIDE,
                        "beam": 8,
                    },
                }
            },
            "fusion": {"method": "weighted"},
            "tasks": [{"kind": "transcription", "name": "transcript"}],
            "files": {MODEL: export.sha256(folder / MODEL)},
        },
        folder / "pipeline.json",
    )
