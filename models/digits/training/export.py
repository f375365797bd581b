"""Writing the trained networks as ONNX files, the vocabulary, and pipeline.json."""

import hashlib
import json
import warnings
from pathlib import Path

import onnx
import torch

import preprocessing
from networks import DIMENSIONS

OPSET = 17
VERSION = "1.1.0"
PRODUCER = "digits-training"

DESCRIPTIONS = {
    "image-encoder.onnx": "Picture of a digit to an embedding of 128 dimensions.",
    "audio-encoder.onnx": "Log-mel of a spoken digit to an embedding of 128 dimensions.",
    "text-encoder.onnx": "Characters of a text with a digit to an embedding of 128 dimensions.",
    "digit-head.onnx": "Embedding, or mean of several, to ten digit logits.",
}


def sha256(path):
    """SHA-256 of a file in lower-case hexadecimal."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _simplify(graph):
    """Let recurrent layers start from their default state, zeros, instead of a computed one, join
    chains of casts, and remove the nodes that nothing uses any more."""
    producers = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        if node.op_type == "GRU":
            node.input[5] = ""
        while node.op_type == "Cast":
            before = producers.get(node.input[0])
            if before is None or before.op_type != "Cast":
                break
            node.input[0] = before.input[0]
    while True:
        used = {name for node in graph.node for name in node.input}
        used.update(output.name for output in graph.output)
        idle = [node for node in graph.node if not used.intersection(node.output)]
        if not idle:
            return
        for node in idle:
            graph.node.remove(node)


def write_network(network, inputs, names, axes, outputs, path, description):
    """Trace `network` in eval mode on example `inputs` and write a checked ONNX file. The outputs'
    first dimension is `N`."""
    network = network.to("cpu", memory_format=torch.contiguous_format).eval()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            inputs,
            str(path),
            input_names=names,
            output_names=outputs,
            dynamic_axes={**axes, **{output: {0: "N"} for output in outputs}},
            opset_version=OPSET,
        )
    model = onnx.load(str(path))
    model.producer_name = PRODUCER
    model.producer_version = VERSION
    model.model_version = 1
    model.doc_string = description
    model.graph.name = path.stem
    model.graph.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
    _simplify(model.graph)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))


def export_networks(encoders, head, folder):
    """Write the ONNX files of the encoders and the head into `folder`."""

    def write(network, inputs, names, axes, output, name):
        write_network(network, inputs, names, axes, [output], folder / name, DESCRIPTIONS[name])

    generator = torch.Generator().manual_seed(0)
    batch = {0: "N"}
    write(
        encoders["image"],
        torch.randn(2, 1, 28, 28, generator=generator),
        ["pixel_values"],
        {"pixel_values": batch},
        "embedding",
        "image-encoder.onnx",
    )
    mask = torch.ones(2, 9, dtype=torch.int64)
    mask[1, 6:] = 0
    write(
        encoders["audio"],
        (torch.randn(2, preprocessing.LOG_MEL["mels"], 9, generator=generator), mask),
        ["input_features", "attention_mask"],
        {"input_features": {0: "N", 2: "T"}, "attention_mask": {0: "N", 1: "T"}},
        "embedding",
        "audio-encoder.onnx",
    )
    write(
        encoders["text"],
        (mask * 5, mask),
        ["input_ids", "attention_mask"],
        {"input_ids": {0: "N", 1: "T"}, "attention_mask": {0: "N", 1: "T"}},
        "embedding",
        "text-encoder.onnx",
    )
    write(
        head,
        torch.randn(2, DIMENSIONS, generator=generator),
        ["embedding"],
        {"embedding": batch},
        "logits",
        "digit-head.onnx",
    )


def write_json(value, path):
    """Indented JSON in UTF-8 that ends with a line feed."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_lines(sentences, path):
    """Texts, labels and languages as JSON lines."""
    lines = (
        json.dumps({"text": t, "label": str(d), "language": l}, ensure_ascii=False)
        for t, d, l in zip(*sentences)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_pipeline(folder):
    """Write the vocabulary and pipeline.json with the SHA-256 of every file that it names."""
    write_json(preprocessing.vocabulary(), folder / preprocessing.CHARACTERS["vocabulary"])
    encoders = {
        "image": preprocessing.GLYPH,
        "text": preprocessing.CHARACTERS,
        "audio": preprocessing.LOG_MEL,
    }
    files = [f"{modality}-encoder.onnx" for modality in encoders]
    files += ["digit-head.onnx", preprocessing.CHARACTERS["vocabulary"]]
    write_json(
        {
            "schema": 1,
            "name": "digits",
            "version": VERSION,
            "description": "Which digit from 0 to 9 a picture, a recording and a text are about.",
            "encoders": {
                modality: {
                    "model": f"{modality}-encoder.onnx",
                    "dimensions": DIMENSIONS,
                    "preprocessing": settings,
                }
                for modality, settings in encoders.items()
            },
            "fusion": {"method": "weighted", "weights": {m: 1.0 for m in encoders}},
            "tasks": [
                {
                    "kind": "classification",
                    "name": "digit",
                    "model": "digit-head.onnx",
                    "labels": [str(digit) for digit in range(10)],
                },
                {"kind": "retrieval", "name": "similar", "space": "digits-1"},
            ],
            "files": {file: sha256(folder / file) for file in sorted(files)},
        },
        folder / "pipeline.json",
    )
