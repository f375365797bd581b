"""Writing fusion: the graphs, what pipeline.json says about them, and values to compare with."""

import json

import numpy as np
import onnx
import torch

import export
from fusion_networks import FUSION_ORDER
from networks import DIMENSIONS

GRAPHS = {
    "concatenation": "Embeddings of what is present, concatenated, to one by a linear map.",
    "convolutional": "Embeddings of what is present, stacked, to one by convolutions.",
    "gated": "Embeddings of what is present to one by a gate for each dimension.",
    "low-rank": "Embeddings of what is present to one by low-rank tensor fusion.",
    "attention": "Embeddings of what is present to one by attention among them.",
}
WITH_WEIGHTS = ["gated", "attention"]


def file_of(method):
    """The name of a method's graph."""
    return f"fusion-{method}.onnx"


def export_fusion(methods, folder):
    """Write a graph for each learned method but the weighted one, which is a few numbers."""
    generator = torch.Generator().manual_seed(0)
    embeddings = torch.randn(3, len(FUSION_ORDER), DIMENSIONS, generator=generator)
    mask = torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    for method, description in GRAPHS.items():
        export.write_network(
            methods[method],
            (embeddings, mask),
            ["embeddings", "mask"],
            {"embeddings": {0: "N"}, "mask": {0: "N"}},
            ["fused", "weights"] if method in WITH_WEIGHTS else ["fused"],
            folder / file_of(method),
            description,
        )
        _fix_weights(folder / file_of(method))


def _fix_weights(path):
    """Give `weights` its second dimension, which the export does not know."""
    model = onnx.load(str(path))
    for output in model.graph.output[1:]:
        output.type.tensor_type.shape.dim[1].dim_value = len(FUSION_ORDER)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))


def write_fusion(folder, methods, choices):
    """Write the fusion and the temperatures into pipeline.json, which exists."""
    path = folder / "pipeline.json"
    pipeline = json.loads(path.read_text(encoding="utf-8"))
    pipeline["version"] = export.VERSION
    pipeline["fusion"] = {
        "method": choices["method"],
        "weights": methods["weighted"].weights(),
        "certaintyPower": choices["certaintyPower"],
        "graphs": {method: file_of(method) for method in GRAPHS},
    }
    pipeline["tasks"][0]["temperatures"] = {
        method: value for method, value in choices["temperatures"].items() if method != "equal"
    }
    for method in GRAPHS:
        pipeline["files"][file_of(method)] = export.sha256(folder / file_of(method))
    pipeline["files"] = dict(sorted(pipeline["files"].items()))
    export.write_json(pipeline, path)


@torch.no_grad()
def write_reference(methods, embeddings, path):
    """Write what PyTorch's fusion gives for `embeddings` [count, M, D] with every subset of the
    modalities present, as safetensors: `embeddings`, `mask` [subsets, M], and for each method
    `<method>/fused` [count, subsets, D] and, where it has them, `<method>/weights`."""
    count, size = len(embeddings), len(FUSION_ORDER)
    mask = torch.tensor(
        [[float(bits >> i & 1) for i in range(size)] for bits in range(1, 2**size)]
    )
    rows = embeddings.repeat_interleave(len(mask), 0)
    tensors = {"embeddings": embeddings, "mask": mask}
    for name, method in methods.items():
        result = method(rows, mask.repeat(count, 1))
        fused, weights = result if isinstance(result, tuple) else (result, None)
        tensors[f"{name}/fused"] = fused.reshape(count, len(mask), -1)
        if weights is not None:
            tensors[f"{name}/weights"] = weights.reshape(count, len(mask), -1)
    _write_safetensors({name: t.numpy().astype("<f4") for name, t in tensors.items()}, path)


def _write_safetensors(tensors, path):
    header, offset = {}, 0
    for name, tensor in tensors.items():
        end = offset + tensor.nbytes
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    body = b"".join(np.ascontiguousarray(tensor).tobytes() for tensor in tensors.values())
    path.write_bytes(len(text).to_bytes(8, "little") + text + body)
