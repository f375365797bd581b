"""Makes planted.onnx and planted-outside.onnx: an encoder of pictures with weights that 8 bits ruin.

    python3 generate.py

pixel_values [N,1,28,28] are pooled to 7 x 7, brought to 64 by the weights "sound" and to 32 by the weights "planted". Each column of "planted"
has one weight of 1000 beside others about 1; its scale makes zeros of those in 8 bits. The great ones meet a unit that is always 0, so that in
float32 they do nothing. planted-outside.onnx keeps its weights in planted-outside.bin. Needs numpy and onnx. The seed is fixed.
"""
import pathlib

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

random = numpy.random.default_rng(0)
sound = random.normal(0, 0.5, (49, 64)).astype(numpy.float32)
sound[:, 0] = 0
planted = random.normal(0, 1, (64, 32)).astype(numpy.float32)
planted[0, :] = 1000
graph = helper.make_graph(
    [
        helper.make_node('AveragePool', ['pixel_values'], ['pooled'], kernel_shape=[4, 4], strides=[4, 4]),
        helper.make_node('Flatten', ['pooled'], ['flat']),
        helper.make_node('MatMul', ['flat', 'sound'], ['hidden']),
        helper.make_node('Relu', ['hidden'], ['active']),
        helper.make_node('MatMul', ['active', 'planted'], ['embedding']),
    ],
    'planted',
    [helper.make_tensor_value_info('pixel_values', TensorProto.FLOAT, ['N', 1, 28, 28])],
    [helper.make_tensor_value_info('embedding', TensorProto.FLOAT, ['N', 32])],
    [numpy_helper.from_array(sound, 'sound'), numpy_helper.from_array(planted, 'planted')])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
onnx.checker.check_model(model)
folder = pathlib.Path(__file__).parent
onnx.save(model, str(folder / 'planted.onnx'))
onnx.save(
    model, str(folder / 'planted-outside.onnx'), save_as_external_data=True, all_tensors_to_one_file=True, location='planted-outside.bin', size_threshold=64)
