"""Writes squares.onnx and failing.onnx for the tests of blurred previews, with python3-onnx: `python3 generate.py`.

squares.onnx: input pixels [1, 3, 32, 32]; outputs boxes [1, 64, 4], corners in shares of the picture, one for each of 8 by 8 squares, and
scores [1, 64], the mean of a square's pixels. failing.onnx is the same, but looks up a box that is not there where any pixel is above a half.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

cells = 8
corners = np.array([[x, y, x + 1, y + 1] for y in range(cells) for x in range(cells)], np.float32)[None] / cells
weights = {"corners": corners, "flat": np.array([1, cells * cells], np.int64), "half": np.array(0.5, np.float32), "far": np.array(1000, np.float32)}
scores = [
    helper.make_node("AveragePool", ["pixels"], ["pooled"], kernel_shape=[4, 4], strides=[4, 4]),
    helper.make_node("ReduceMean", ["pooled"], ["grey"], axes=[1], keepdims=0),
    helper.make_node("Reshape", ["grey", "flat"], ["scores"]),
]
variants = {
    "squares": [helper.make_node("Identity", ["corners"], ["boxes"])],
    "failing": [
        helper.make_node("ReduceMax", ["pixels"], ["brightest"], keepdims=0),
        helper.make_node("Greater", ["brightest", "half"], ["is_bright"]),
        helper.make_node("Cast", ["is_bright"], ["one"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["one", "far"], ["place"]),
        helper.make_node("Cast", ["place"], ["index"], to=TensorProto.INT64),
        helper.make_node("Gather", ["corners", "index"], ["boxes"], axis=0),
    ],
}
for name, boxes in variants.items():
    shape = [1, cells * cells, 4] if name == "squares" else [cells * cells, 4]
    graph = helper.make_graph(
        boxes + scores,
        name,
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1, 3, 32, 32])],
        [helper.make_tensor_value_info("boxes", TensorProto.FLOAT, shape), helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, cells * cells])],
        [numpy_helper.from_array(value, key) for key, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="multimodal")
    model.ir_version = 8
    onnx.checker.check_model(model)
    (pathlib.Path(__file__).parent / f"{name}.onnx").write_bytes(model.SerializeToString())
