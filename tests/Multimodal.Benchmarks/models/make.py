#!/usr/bin/env python3
"""Makes a model repository of networks of realistic size with random weights, to measure the engine with.

    python3 make.py OUT

writes OUT/resnet18, OUT/vit-small (pixel_values [N,3,224,224]), OUT/transformer6 (input_ids and attention_mask [N,T], 384 wide) and
OUT/gru2 (input_features [N,64,T], two bidirectional layers of 256), each with a pipeline.json. Needs PyTorch. The seed is fixed.
"""
import hashlib
import json
import math
import pathlib
import sys

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.first_norm(self.first(x)))
        y = self.second_norm(self.second(y))
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class ResNet18(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
        width = 64
        for outputs, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
            layers += [Block(width, outputs, stride), Block(outputs, outputs, 1)]
            width = outputs
        self.body = nn.Sequential(*layers)

    def forward(self, pixel_values):
        return self.body(pixel_values).mean((2, 3))


class Layer(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.heads = heads
        self.before_attention = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.after_attention = nn.Linear(width, width)
        self.before_hidden = nn.LayerNorm(width)
        self.hidden = nn.Linear(width, hidden)
        self.after_hidden = nn.Linear(hidden, width)

    def forward(self, x, bias):
        n, t, width = x.shape
        q, k, v = self.query_key_value(self.before_attention(x)).reshape(n, t, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(width // self.heads)
        if bias is not None:
            scores = scores + bias
        mixed = (scores.softmax(-1) @ v).permute(0, 2, 1, 3).reshape(n, t, width)
        x = x + self.after_attention(mixed)
        return x + self.after_hidden(F.gelu(self.hidden(self.before_hidden(x))))


class VitSmall(nn.Module):
    def __init__(self, width=384, layers=12, heads=6):
        super().__init__()
        self.patches = nn.Conv2d(3, width, 16, 16)
        self.positions = nn.Parameter(torch.randn(1, 196, width) * 0.02)
        self.layers = nn.ModuleList(Layer(width, heads, 4 * width) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, pixel_values):
        x = self.patches(pixel_values).flatten(2).transpose(1, 2) + self.positions
        for layer in self.layers:
            x = layer(x, None)
        return self.norm(x).mean(1)


class Transformer6(nn.Module):
    def __init__(self, vocabulary=30522, width=384, layers=6, heads=12, longest=512):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(longest, width)
        self.layers = nn.ModuleList(Layer(width, heads, 4 * width) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, input_ids, attention_mask):
        places = torch.cumsum(torch.ones_like(input_ids), 1) - 1
        x = self.words(input_ids) + self.positions(places)
        mask = attention_mask.to(x.dtype)
        bias = (1 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        weight = mask[:, :, None]
        return (self.norm(x) * weight).sum(1) / weight.sum(1)


class Gru2(nn.Module):
    def __init__(self, mels=64, width=256):
        super().__init__()
        self.gru = nn.GRU(mels, width, 2, batch_first=True, bidirectional=True)

    def forward(self, input_features):
        return self.gru(input_features.transpose(1, 2))[0].mean(1)


def export(folder, name, network, inputs, axes, dimensions, modality, preprocessing, files=()):
    folder = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    path = folder / 'model.onnx'
    torch.onnx.export(
        network, tuple(inputs.values()), str(path), input_names=list(inputs), output_names=['embedding'], opset_version=16,
        dynamic_axes={**axes, 'embedding': {0: 'n'}}, do_constant_folding=True)
    for file, text in files:
        (folder / file).write_text(text)
    definition = {
        'schema': 1,
        'name': name,
        'version': '1.0.0',
        'description': 'Random weights, to measure the engine with.',
        'encoders': {modality: {'model': 'model.onnx', 'dimensions': dimensions, 'preprocessing': preprocessing}},
        'fusion': {'method': 'weighted'},
        'tasks': [],
        'files': {
            file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in ['model.onnx', *(file for file, _ in files)]},
    }
    (folder / 'pipeline.json').write_text(json.dumps(definition, indent=2) + '\n')
    print(name, round(path.stat().st_size / 1e6, 1), 'MB')


def main():
    out = pathlib.Path(sys.argv[1])
    torch.manual_seed(0)
    picture = {'pixel_values': torch.randn(2, 3, 224, 224)}
    picture_config = json.dumps({
        'image_processor_type': 'ViTImageProcessor', 'do_resize': True, 'size': {'height': 224, 'width': 224}, 'resample': 2,
        'do_rescale': True, 'rescale_factor': 1 / 255, 'do_normalize': True, 'image_mean': [0.5] * 3, 'image_std': [0.5] * 3})
    picture_settings = {'kind': 'image', 'config': 'preprocessor_config.json'}
    for name, network, width in (('resnet18', ResNet18(), 512), ('vit-small', VitSmall(), 384)):
        export(out, name, network, picture, {'pixel_values': {0: 'n'}}, width, 'image', picture_settings,
               [('preprocessor_config.json', picture_config)])

    words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', *(f'w{i}' for i in range(30518))]
    export(
        out, 'transformer6', Transformer6(),
        {'input_ids': torch.randint(4, 30522, (2, 12)), 'attention_mask': torch.ones(2, 12, dtype=torch.int64)},
        {'input_ids': {0: 'n', 1: 't'}, 'attention_mask': {0: 'n', 1: 't'}}, 384, 'text',
        {'kind': 'tokens', 'tokenizer': 'vocab.txt', 'maximumLength': 128}, [('vocab.txt', '\n'.join(words) + '\n')])
    export(
        out, 'gru2', Gru2(), {'input_features': torch.randn(2, 64, 100)}, {'input_features': {0: 'n', 2: 't'}}, 512, 'audio',
        {'kind': 'log-mel', 'sampleRate': 16000, 'window': 400, 'hop': 160, 'fft': 512, 'mels': 64, 'maximumFrequency': 7600})


if __name__ == '__main__':
    main()
