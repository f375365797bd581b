"""Writes voice.onnx, a tiny recurrent network for the tests of voice activity, with python3-onnx: `python3 generate.py`.

Inputs: samples [N, 80] (16 of them context), h and c [1, N, 4], the states of an LSTM, rate [1]; outputs: p [N, 1], hn, cn. The mean square
of the samples times 50 goes into an LSTM of four cells; p is the logistic function of twice the sum of what comes out, less 1. The weights
are drawn with a fixed seed: what matters is that the states matter.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

random = np.random.default_rng(1)
cells = 4
weights = {
    "gain": np.array(50, np.float32),
    "w": random.normal(0.5, 0.5, (1, 4 * cells, 1)).astype(np.float32),
    "r": random.normal(0, 0.5, (1, 4 * cells, cells)).astype(np.float32),
    "one": np.array(1, np.float32),
    "two": np.array(2, np.float32),
    "axes0": np.array([0], np.int64),
}
nodes = [
    helper.make_node("Mul", ["samples", "samples"], ["squares"]),
    helper.make_node("ReduceMean", ["squares"], ["power"], axes=[1], keepdims=1),
    helper.make_node("Mul", ["power", "gain"], ["level"]),
    # The rate takes part, so that a wrong one shows: other than 8,000 it silences the network.
    helper.make_node("Equal", ["rate", "right_rate"], ["is_right"]),
    helper.make_node("Cast", ["is_right"], ["factor"], to=TensorProto.FLOAT),
    helper.make_node("Mul", ["level", "factor"], ["heard"]),
    helper.make_node("Unsqueeze", ["heard", "axes0"], ["sequence"]),
    helper.make_node("LSTM", ["sequence", "w", "r", "", "", "h", "c"], ["", "hn", "cn"], hidden_size=cells),
    helper.make_node("ReduceSum", ["hn", "axes2"], ["sum"], keepdims=0),
    helper.make_node("Mul", ["sum", "two"], ["scaled"]),
    helper.make_node("Sub", ["scaled", "one"], ["shifted"]),
    helper.make_node("Sigmoid", ["shifted"], ["probability"]),
    helper.make_node("Transpose", ["probability"], ["p"], perm=[1, 0]),
]
weights["right_rate"] = np.array([8000], np.int64)
weights["axes2"] = np.array([2], np.int64)
graph = helper.make_graph(
    nodes,
    "voice",
    [
        helper.make_tensor_value_info("samples", TensorProto.FLOAT, ["N", 80]),
        helper.make_tensor_value_info("h", TensorProto.FLOAT, [1, "N", cells]),
        helper.make_tensor_value_info("c", TensorProto.FLOAT, [1, "N", cells]),
        helper.make_tensor_value_info("rate", TensorProto.INT64, [1]),
    ],
    [
        helper.make_tensor_value_info("p", TensorProto.FLOAT, ["N", 1]),
        helper.make_tensor_value_info("hn", TensorProto.FLOAT, [1, "N", cells]),
        helper.make_tensor_value_info("cn", TensorProto.FLOAT, [1, "N", cells]),
    ],
    [numpy_helper.from_array(value, name) for name, value in weights.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="multimodal")
model.ir_version = 8
onnx.checker.check_model(model)
(pathlib.Path(__file__).parent / "voice.onnx").write_bytes(model.SerializeToString())


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# The same by hand, for the test to compare with: gates in the order i, o, f, c (ONNX, operator LSTM).
windows = [(np.arange(64 * (k + 1) - 80, 64 * (k + 1)), k) for k in range(6)]
tone = lambda i: np.where(i < 0, 0, (0.1 + 0.1 * (i // 64)) * np.sin(2 * np.pi * 440 * i / 8000))
h = c = np.zeros(cells)
for indices, k in windows:
    level = np.mean(tone(indices).astype(np.float32) ** 2) * 50
    gates = weights["w"][0, :, 0] * level + weights["r"][0] @ h
    i, o, f, g = (gates[n * cells : (n + 1) * cells] for n in range(4))
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    print(f"{sigmoid(2 * h.sum() - 1):.6f}")
