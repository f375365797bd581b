#!/usr/bin/env python3
"""Makes a model repository of networks of realistic size with random weights, to measure the engine with.

    python3 make.py OUT

writes OUT/resnet18, OUT/vit-small (pixel_values [N,3,224,224]), OUT/transformer6 and OUT/distil6 (input_ids and attention_mask [N,T], six
layers, 384 and 768 wide, the latter of DistilBERT's size, each with texts as samples), OUT/gru2 and OUT/gru1 (input_features [N,64,T], two bidirectional layers of 256,
one of 128), each with a pipeline.json; and OUT/trio, a pipeline of three encoders (ViT-S, distil6, gru2, each brought to 384) with a head and
with sample jobs of a picture, a text and a recording each. Needs PyTorch and Pillow. The seed is fixed.
"""
import hashlib
import json
import math
import pathlib
import sys
import wave

import numpy
import torch
from PIL import Image
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


class Gru(nn.Module):
    def __init__(self, mels=64, width=256, layers=2):
        super().__init__()
        self.gru = nn.GRU(mels, width, layers, batch_first=True, bidirectional=True)

    def forward(self, input_features):
        return self.gru(input_features.transpose(1, 2))[0].mean(1)


class Projected(nn.Module):
    def __init__(self, body, width, dimensions):
        super().__init__()
        self.body = body
        self.projection = nn.Linear(width, dimensions)


class ProjectedTexts(Projected):
    def forward(self, input_ids, attention_mask):
        return self.projection(self.body(input_ids, attention_mask))


class ProjectedOthers(Projected):
    def forward(self, features):
        return self.projection(self.body(features))


class Head(nn.Module):
    def __init__(self, dimensions, labels):
        super().__init__()
        self.linear = nn.Linear(dimensions, labels)

    def forward(self, embedding):
        return self.linear(embedding)


def write_onnx(path, network, inputs, axes, output='embedding'):
    network.eval()
    torch.onnx.export(
        network, tuple(inputs.values()), str(path), input_names=list(inputs), output_names=[output], opset_version=16,
        dynamic_axes={**axes, output: {0: 'n'}}, do_constant_folding=True)


def write_definition(folder, definition, files):
    definition = {
        'schema': 1, 'name': folder.name, 'version': '1.0.0', 'description': 'Random weights, to measure the engine with.', **definition,
        'files': {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files}}
    (folder / 'pipeline.json').write_text(json.dumps(definition, indent=2) + '\n')


def write_sample(folder, number):
    folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(number)

    # Coarse noise made smooth: a photograph's share of detail, near enough, for what decoding costs.
    coarse = random.integers(0, 256, (60, 80, 3), dtype=numpy.uint8)
    Image.fromarray(coarse).resize((640, 480), Image.BICUBIC).save(folder / 'photo.jpg', quality=90)
    words = random.integers(0, 30518, 14)
    (folder / 'note.txt').write_text(' '.join(f'w{word}' for word in words) + '\n')
    time = numpy.arange(3 * 16000) / 16000
    tones = sum(numpy.sin(2 * math.pi * random.uniform(100, 4000) * time + random.uniform(0, 6)) for _ in range(12))
    loudness = 0.6 + 0.4 * numpy.sin(2 * math.pi * 4 * time)
    with wave.open(str(folder / 'recording.wav'), 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes((tones * loudness * 2000 + random.normal(0, 50, len(time))).astype('<i2').tobytes())


def write_texts(folder, samples=16):
    for number in range(samples):
        random = numpy.random.default_rng(number)
        job = folder / 'samples' / f'text-{number:02}'
        job.mkdir(parents=True, exist_ok=True)
        (job / 'note.txt').write_text(' '.join(f'w{word}' for word in random.integers(0, 30518, random.integers(4, 40))) + '\n')


def make_trio(out, picture_config, vocabulary, dimensions=384, samples=16):
    folder = out / 'trio'
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(
        folder / 'image.onnx', ProjectedOthers(VitSmall(), 384, dimensions), {'pixel_values': torch.randn(2, 3, 224, 224)},
        {'pixel_values': {0: 'n'}})
    write_onnx(
        folder / 'text.onnx', ProjectedTexts(Transformer6(width=768), 768, dimensions),
        {'input_ids': torch.randint(4, 30522, (2, 12)), 'attention_mask': torch.ones(2, 12, dtype=torch.int64)},
        {'input_ids': {0: 'n', 1: 't'}, 'attention_mask': {0: 'n', 1: 't'}})
    write_onnx(
        folder / 'audio.onnx', ProjectedOthers(Gru(), 512, dimensions), {'input_features': torch.randn(2, 64, 100)},
        {'input_features': {0: 'n', 2: 't'}})
    write_onnx(folder / 'head.onnx', Head(dimensions, 10), {'embedding': torch.randn(2, dimensions)}, {'embedding': {0: 'n'}}, 'logits')
    (folder / 'preprocessor_config.json').write_text(picture_config)
    (folder / 'vocab.txt').write_text(vocabulary)
    for number in range(samples):
        write_sample(folder / 'samples' / f'job-{number:02}', number)
    write_definition(
        folder,
        {
            'encoders': {
                'image': {'model': 'image.onnx', 'dimensions': dimensions, 'preprocessing': PICTURES},
                'text': {'model': 'text.onnx', 'dimensions': dimensions, 'typicalLength': 16, 'preprocessing': TOKENS},
                'audio': {'model': 'audio.onnx', 'dimensions': dimensions, 'preprocessing': LOG_MEL},
            },
            'fusion': {'method': 'weighted'},
            'tasks': [{'kind': 'classification', 'name': 'label', 'model': 'head.onnx', 'labels': [str(i) for i in range(10)]}],
        },
        ['image.onnx', 'text.onnx', 'audio.onnx', 'head.onnx', 'preprocessor_config.json', 'vocab.txt'])
    print('trio')


PICTURES = {'kind': 'image', 'config': 'preprocessor_config.json'}
TOKENS = {'kind': 'tokens', 'tokenizer': 'vocab.txt', 'maximumLength': 128}
LOG_MEL = {'kind': 'log-mel', 'sampleRate': 16000, 'window': 400, 'hop': 160, 'fft': 512, 'mels': 64, 'maximumFrequency': 7600}


def export(out, name, network, inputs, axes, dimensions, modality, preprocessing, files=(), typical=None):
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(folder / 'model.onnx', network, inputs, axes)
    for file, text in files:
        (folder / file).write_text(text)
    encoder = {'model': 'model.onnx', 'dimensions': dimensions, 'preprocessing': preprocessing}
    if typical is not None:
        encoder['typicalLength'] = typical
    write_definition(
        folder, {'encoders': {modality: encoder}, 'fusion': {'method': 'weighted'}, 'tasks': []}, ['model.onnx', *(file for file, _ in files)])
    print(name, round((folder / 'model.onnx').stat().st_size / 1e6, 1), 'MB')


def main():
    out = pathlib.Path(sys.argv[1])
    torch.manual_seed(0)
    picture = {'pixel_values': torch.randn(2, 3, 224, 224)}
    picture_config = json.dumps({
        'image_processor_type': 'ViTImageProcessor', 'do_resize': True, 'size': {'height': 224, 'width': 224}, 'resample': 2,
        'do_rescale': True, 'rescale_factor': 1 / 255, 'do_normalize': True, 'image_mean': [0.5] * 3, 'image_std': [0.5] * 3})
    for name, network, width in (('resnet18', ResNet18(), 512), ('vit-small', VitSmall(), 384)):
        export(out, name, network, picture, {'pixel_values': {0: 'n'}}, width, 'image', PICTURES,
               [('preprocessor_config.json', picture_config)])

    vocabulary = '\n'.join(['[PAD]', '[UNK]', '[CLS]', '[SEP]', *(f'w{i}' for i in range(30518))]) + '\n'
    for name, width, typical in (('transformer6', 384, None), ('distil6', 768, 16)):
        export(
            out, name, Transformer6(width=width),
            {'input_ids': torch.randint(4, 30522, (2, 12)), 'attention_mask': torch.ones(2, 12, dtype=torch.int64)},
            {'input_ids': {0: 'n', 1: 't'}, 'attention_mask': {0: 'n', 1: 't'}}, width, 'text', TOKENS, [('vocab.txt', vocabulary)], typical)
        write_texts(out / name)
    for name, network, width, typical in (('gru2', Gru(), 512, None), ('gru1', Gru(width=128, layers=1), 256, 50)):
        export(
            out, name, network, {'input_features': torch.randn(2, 64, 100)}, {'input_features': {0: 'n', 2: 't'}}, width, 'audio', LOG_MEL,
            typical=typical)
    make_trio(out, picture_config, vocabulary)


if __name__ == '__main__':
    main()
