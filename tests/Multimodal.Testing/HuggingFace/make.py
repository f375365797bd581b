"""Makes the small models beside this file: random weights in the layouts, with the names and axes, of real exports.

Needs Python 3 with numpy, onnx 1.12 and torch 1.13:  python3 make.py
Beside each folder's files expected.json says, for inputs that both sides make by the same formula, which embeddings
torch gives: already pooled and normalised as the folder asks for.
"""
import io
import json
import math
import os
import re
import shutil
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEADS, SHARED = 8, 2, 6


# ---------------------------------------------------------------- networks

class Block(nn.Module):
    def __init__(self, width=WIDTH, causal=False):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.causal = causal

    def forward(self, x, mask=None):
        n, t, width = x.shape
        split = lambda v: v.reshape(n, t, HEADS, width // HEADS).transpose(1, 2)
        h = self.before(x)
        scores = split(self.query(h)) @ split(self.key(h)).transpose(2, 3) / math.sqrt(width // HEADS)
        if mask is not None:
            scores = scores + (1.0 - mask[:, None, None, :].to(scores.dtype)) * -1e4
        if self.causal:
            places = torch.arange(t)
            scores = scores + (places[None, :] > places[:, None]).to(scores.dtype) * -1e4
        x = x + self.output((scores.softmax(-1) @ split(self.value(h))).transpose(1, 2).reshape(n, t, width))
        return x + self.down(torch.nn.functional.gelu(self.up(self.between(x))))


class Text(nn.Module):
    """Tokens to states; what is made of them is the subclass's."""

    def __init__(self, vocabulary, positions, causal=False, types=0):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(vocabulary, WIDTH), nn.Embedding(positions, WIDTH)
        self.types = nn.Embedding(types, WIDTH) if types else None
        self.block, self.norm = Block(causal=causal), nn.LayerNorm(WIDTH)

    def states(self, ids, mask=None, types=None, positions=None):
        if positions is None:
            positions = torch.arange(ids.shape[1])[None, :]
        x = self.tokens(ids) + self.positions(positions)
        if self.types is not None:
            x = x + self.types(types)
        return self.norm(self.block(x, mask))


class ClipText(Text):
    def __init__(self, vocabulary):
        super().__init__(vocabulary, 77, causal=True)
        self.projection = nn.Linear(WIDTH, SHARED, bias=False)

    def forward(self, input_ids):
        states = self.states(input_ids)
        end = input_ids.argmax(-1)
        pooled = states.gather(1, end[:, None, None].expand(-1, 1, WIDTH))[:, 0]
        return self.projection(pooled), states


class ClapText(Text):
    def __init__(self, vocabulary):
        super().__init__(vocabulary, 66)
        self.projection = nn.Linear(WIDTH, SHARED)

    def forward(self, input_ids, attention_mask):
        states = self.states(input_ids, attention_mask)
        return self.projection(torch.tanh(states[:, 0])), states


class SiglipText(Text):
    def __init__(self, vocabulary):
        super().__init__(vocabulary, 16)
        self.head = nn.Linear(WIDTH, WIDTH)

    def forward(self, input_ids):
        states = self.states(input_ids)
        return states, self.head(states[:, -1])


class Bert(Text):
    def __init__(self, vocabulary):
        super().__init__(vocabulary, 64, types=2)

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.states(input_ids, attention_mask, token_type_ids)


class Decoder(Text):
    def __init__(self, vocabulary):
        super().__init__(vocabulary, 64, causal=True)

    def forward(self, input_ids, attention_mask, position_ids):
        return self.states(input_ids, attention_mask, positions=position_ids)


class Vision(nn.Module):
    def __init__(self, side=32, patch=8):
        super().__init__()
        self.patches = nn.Conv2d(3, WIDTH, patch, patch)
        self.first = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.positions = nn.Parameter(torch.randn(1, 1 + (side // patch) ** 2, WIDTH))
        self.block, self.norm = Block(), nn.LayerNorm(WIDTH)

    def states(self, pixel_values):
        x = self.patches(pixel_values).flatten(2).transpose(1, 2)
        x = torch.cat([self.first.expand(x.shape[0], -1, -1), x], 1) + self.positions
        return self.norm(self.block(x))


class ClipVision(Vision):
    def __init__(self):
        super().__init__()
        self.projection = nn.Linear(WIDTH, SHARED, bias=False)

    def forward(self, pixel_values):
        states = self.states(pixel_values)
        return self.projection(states[:, 0]), states


class Vit(Vision):
    def __init__(self):
        super().__init__()
        self.pooler = nn.Linear(WIDTH, WIDTH)

    def forward(self, pixel_values):
        states = self.states(pixel_values)
        return states, torch.tanh(self.pooler(states[:, 0]))


class Dino(Vision):
    def forward(self, pixel_values):
        return self.states(pixel_values)


class Convnext(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.mix = nn.Conv2d(3, 8, 4, 4), nn.Conv2d(8, SHARED, 2, 2)

    def forward(self, pixel_values):
        return self.mix(torch.nn.functional.gelu(self.stem(pixel_values)))


class ClapAudio(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(1, 4, (8, 8), (8, 8)), nn.Conv2d(4, WIDTH, (4, 8), (4, 8))
        self.projection = nn.Linear(WIDTH, SHARED)

    def forward(self, input_features):
        x = torch.nn.functional.gelu(self.second(torch.nn.functional.gelu(self.first(input_features))))
        return self.projection(x.flatten(2).mean(-1)), x


class Whisper(nn.Module):
    def __init__(self, mels=80, positions=250):
        super().__init__()
        self.first, self.second = nn.Conv1d(mels, WIDTH, 3, 1, 1), nn.Conv1d(WIDTH, WIDTH, 3, 2, 1)
        self.positions = nn.Parameter(torch.randn(1, positions, WIDTH) * 0.1)
        self.block, self.norm = Block(), nn.LayerNorm(WIDTH)

    def forward(self, input_features):
        x = torch.nn.functional.gelu(self.second(torch.nn.functional.gelu(self.first(input_features))))
        return self.norm(self.block(x.transpose(1, 2) + self.positions))


class Wav2Vec2(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv1d(1, 8, 20, 20), nn.Conv1d(8, WIDTH, 16, 16)
        self.block, self.norm = Block(), nn.LayerNorm(WIDTH)

    def forward(self, input_values):
        x = torch.nn.functional.gelu(self.second(torch.nn.functional.gelu(self.first(input_values[:, None]))))
        return self.norm(self.block(x.transpose(1, 2)))


# ---------------------------------------------------------------- files

def write(path, content):
    path = os.path.join(HERE, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        if isinstance(content, str):
            file.write(content)
        else:
            # What has hundreds of entries is written without white space.
            long = len(json.dumps(content)) > 3000
            json.dump(content, file, ensure_ascii=False, indent=None if long else 1, separators=(",", ":") if long else None)
            file.write("\n")


def export(path, network, inputs, outputs):
    """inputs: name -> (example, {axis: name}); outputs: name -> {axis: name}."""
    path = os.path.join(HERE, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    network.eval()
    axes = {name: names for name, (_, names) in inputs.items()} | dict(outputs)
    buffer = io.BytesIO()
    torch.onnx.export(
        network, tuple(example for example, _ in inputs.values()), buffer, opset_version=14, do_constant_folding=True,
        input_names=list(inputs), output_names=list(outputs), dynamic_axes=axes)
    model = onnx.load_from_string(buffer.getvalue())
    shorten(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return model


def shorten(graph):
    """Inner names are only bytes here."""
    del graph.value_info[:]
    outer = {value.name for value in list(graph.input) + list(graph.output)}
    names = {}
    short = lambda name: name if name in outer or not name else names.setdefault(name, f"v{len(names)}")
    for tensor in graph.initializer:
        tensor.name = short(tensor.name)
    for node in graph.node:
        node.name, node.doc_string = "", ""
        for values in (node.input, node.output):
            for i, name in enumerate(values):
                values[i] = short(name)


def save_external(model, path):
    path = os.path.join(HERE, path)
    onnx.save_model(
        model, path, save_as_external_data=True, all_tensors_to_one_file=True,
        location=os.path.basename(path) + "_data", size_threshold=256)


def quantized(model):
    """Weights of matrix products as unsigned bytes, as dynamic quantisers keep them."""
    model = onnx.load_from_string(model.SerializeToString())
    used = {name for node in model.graph.node if node.op_type in ("MatMul", "Gemm") for name in node.input}
    nodes = []
    for tensor in [t for t in model.graph.initializer if t.name in used and len(t.dims) == 2]:
        values = numpy_helper.to_array(tensor)
        low, high = min(values.min(), 0), max(values.max(), 0)
        scale = np.float32((high - low) / 255)
        zero = np.uint8(round(-low / scale))
        bytes_ = np.clip(np.round(values / scale) + zero, 0, 255).astype(np.uint8)
        model.graph.initializer.remove(tensor)
        for suffix, array in (("_q", bytes_), ("_s", scale), ("_z", zero)):
            model.graph.initializer.append(numpy_helper.from_array(np.asarray(array), tensor.name + suffix))
        nodes.append(helper.make_node(
            "DequantizeLinear", [tensor.name + "_q", tensor.name + "_s", tensor.name + "_z"], [tensor.name]))
    rest = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes + rest)
    onnx.checker.check_model(model)
    return model


def retyped(model, types):
    """The same network with other element types at its inputs and outputs."""
    model = onnx.load_from_string(model.SerializeToString())
    graph, begin, end = model.graph, [], []
    for value in list(graph.input) + list(graph.output):
        if value.name not in types:
            continue
        inner, own = value.name + "_inner", value.type.tensor_type.elem_type
        is_input = value in list(graph.input)
        for node in graph.node:
            names = node.input if is_input else node.output
            for i, name in enumerate(names):
                if name == value.name:
                    names[i] = inner
        if is_input:
            begin.append(helper.make_node("Cast", [value.name], [inner], to=own))
        else:
            end.append(helper.make_node("Cast", [inner], [value.name], to=types[value.name]))
        value.type.tensor_type.elem_type = types[value.name]
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend(begin + rest + end)
    onnx.checker.check_model(model)
    return model


# ---------------------------------------------------------------- inputs by a formula

def numbers(count, seed):
    """Numbers from -1 to 1 that any language makes alike: ((7919 i + 104729 seed) mod 2001) / 1000 - 1."""
    i = np.arange(count, dtype=np.int64)
    return (((i * 7919 + seed * 104729) % 2001) / 1000.0 - 1.0).astype(np.float32)


def tensor(shape, seed):
    return torch.from_numpy(numbers(int(np.prod(shape)), seed).reshape(shape))


def token_ids(length, seed, vocabulary, first=5):
    """first + (7919 i + 104729 seed) mod (vocabulary - first)"""
    return [first + (7919 * i + 104729 * seed) % (vocabulary - first) for i in range(length)]


def unit(v):
    return v / v.norm(dim=-1, keepdim=True)


def rounded(v):
    return [float(f"{x:.7g}") for x in v.detach().flatten().tolist()]


# ---------------------------------------------------------------- tokenizers

WORDS = ("a an the of and in on at to is are was red green blue black white small large cat dog bird house tree car photo picture "
         "sound music rain wind door bell two three people children water fire night day un ##s ##ing ##ed ##er ##ly ##est ,").split()


def wordpiece(folder, maximum=64, extra=None):
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + WORDS + [c for c in letters if c not in WORDS] + ["##" + c for c in letters] + list(".!?'-")
    words = list(dict.fromkeys(words))
    write(f"{folder}/vocab.txt", "".join(word + "\n" for word in words))
    special = [{"id": i, "content": words[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for i in range(5)]
    write(f"{folder}/tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
                     {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": {word: i for i, word in enumerate(words)}}})
    names = {"unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"}
    write(f"{folder}/special_tokens_map.json", names)
    write(f"{folder}/tokenizer_config.json", {
        "do_lower_case": True, **names, "model_max_length": maximum, "tokenize_chinese_chars": True, "strip_accents": None,
        "tokenizer_class": "BertTokenizer", **(extra or {})})
    return len(words)


def byte_letters():
    """GPT-2's printable stand-ins for the 256 bytes."""
    kept = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    letters, next_ = {}, 0
    for byte in range(256):
        if byte in kept:
            letters[byte] = chr(byte)
        else:
            letters[byte], next_ = chr(256 + next_), next_ + 1
    return [letters[byte] for byte in kept + [b for b in range(256) if b not in kept]]


def clip_bpe(folder):
    letters = byte_letters()
    merges = ["t h", "th e</w>", "i n", "in g</w>", "c a", "ca t</w>", "d o", "do g</w>", "p h", "ph o", "pho t", "phot o</w>",
              "o f</w>", "r e", "re d</w>"]
    vocabulary = letters + [letter + "</w>" for letter in letters] + [merge.replace(" ", "") for merge in merges] + ["<|startoftext|>", "<|endoftext|>"]
    start, end = len(vocabulary) - 2, len(vocabulary) - 1
    vocab = {token: i for i, token in enumerate(vocabulary)}
    write(f"{folder}/vocab.json", vocab)
    write(f"{folder}/merges.txt", "#version: 0.2\n" + "".join(merge + "\n" for merge in merges))
    special = [{"id": i, "content": vocabulary[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": i == start, "special": True} for i in (start, end)]
    write(f"{folder}/tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"}, "behavior": "Removed", "invert": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}]},
        "post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", end], "cls": ["<|startoftext|>", start],
                           "trim_offsets": False, "add_prefix_space": False},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<|endoftext|>", "continuing_subword_prefix": "", "end_of_word_suffix": "</w>",
                  "fuse_unk": False, "vocab": vocab, "merges": merges}})
    names = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}
    write(f"{folder}/special_tokens_map.json", names)
    write(f"{folder}/tokenizer_config.json", {
        **names, "add_prefix_space": False, "do_lower_case": True, "errors": "replace", "model_max_length": 77, "tokenizer_class": "CLIPTokenizer"})
    return len(vocabulary)


def roberta_bpe(folder):
    letters = byte_letters()
    merges = ["t h", "th e", "\u0120 the", "i n", "in g", "o f", "\u0120 of", "r a", "ra in", "\u0120 rain", "d o", "do g", "\u0120 dog"]
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>"] + letters + [merge.replace(" ", "") for merge in merges] + ["<mask>"]
    vocab = {token: i for i, token in enumerate(vocabulary)}
    write(f"{folder}/vocab.json", vocab)
    write(f"{folder}/merges.txt", "#version: 0.2\n" + "".join(merge + "\n" for merge in merges))
    special = [{"id": i, "content": vocabulary[i], "single_word": False, "lstrip": vocabulary[i] == "<mask>", "rstrip": False,
                "normalized": vocabulary[i] != "<mask>", "special": True} for i in (0, 1, 2, 3, len(vocabulary) - 1)]
    write(f"{folder}/tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special, "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True},
        "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True, "add_prefix_space": False},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "",
                  "fuse_unk": False, "vocab": vocab, "merges": merges}})
    names = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>", "pad_token": "<pad>", "cls_token": "<s>", "mask_token": "<mask>"}
    write(f"{folder}/special_tokens_map.json", names)
    write(f"{folder}/tokenizer_config.json", {
        **names, "add_prefix_space": False, "errors": "replace", "model_max_length": 64, "trim_offsets": True, "tokenizer_class": "RobertaTokenizer"})
    return len(vocabulary)


# ---------------------------------------------------------------- folders

def image_config(kind, **more):
    return {"do_normalize": True, "do_rescale": True, "do_resize": True, "image_processor_type": kind, "rescale_factor": 1 / 255, **more}


CLIP_MEAN = {"image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711]}
HALF_MEAN = {"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
IMAGE_AXES = {0: "batch_size", 1: "num_channels", 2: "height", 3: "width"}
TOKEN_AXES = {0: "batch_size", 1: "sequence_length"}


def expected_images(network, finish, side=32):
    return [{"seed": seed, "shape": [3, side, side], "embedding": rounded(finish(network(tensor((1, 3, side, side), seed))))} for seed in (1, 2, 3)]


def expected_texts(lengths, vocabulary, finish, first=5):
    texts = []
    for seed, length in enumerate(lengths, 1):
        ids = token_ids(length, seed, vocabulary, first)
        texts.append({"ids": ids, "embedding": rounded(finish(torch.tensor([ids])))})
    return texts


def make_clip():
    vocabulary = clip_bpe("clip")
    end = vocabulary - 1
    text, vision = ClipText(vocabulary), ClipVision()
    text_model = export("clip/onnx/text_model.onnx", text, {"input_ids": (torch.tensor([[end - 1, 5, 6, end]] * 2), TOKEN_AXES)},
           {"text_embeds": {0: "text_batch_size"}, "last_hidden_state": TOKEN_AXES})
    image_model = export("clip/onnx/vision_model.onnx", vision, {"pixel_values": (tensor((2, 3, 32, 32), 1), IMAGE_AXES)},
                   {"image_embeds": {0: "image_batch_size"}, "last_hidden_state": {0: "batch_size"}})
    onnx.save(quantized(text_model), os.path.join(HERE, "clip/onnx/text_model_quantized.onnx"))
    onnx.save(quantized(image_model), os.path.join(HERE, "clip/onnx/vision_model_quantized.onnx"))
    onnx.save(retyped(image_model, {"pixel_values": TensorProto.FLOAT16, "image_embeds": TensorProto.FLOAT16}), os.path.join(HERE, "clip/onnx/vision_model_fp16.onnx"))
    write("clip/config.json", {
        "architectures": ["CLIPModel"], "model_type": "clip", "logit_scale_init_value": 2.6592, "projection_dim": SHARED,
        "text_config": {"model_type": "clip_text_model", "hidden_size": WIDTH, "max_position_embeddings": 77, "vocab_size": vocabulary, "pad_token_id": 1,
                        "bos_token_id": 0, "eos_token_id": 2, "projection_dim": SHARED},
        "vision_config": {"model_type": "clip_vision_model", "hidden_size": WIDTH, "image_size": 32, "patch_size": 8, "projection_dim": SHARED}})
    write("clip/preprocessor_config.json", image_config(
        "CLIPImageProcessor", crop_size={"height": 32, "width": 32}, do_center_crop=True, do_convert_rgb=True, resample=3, size={"shortest_edge": 32}, **CLIP_MEAN))
    finish = lambda ids: unit(text(torch.cat([torch.tensor([[end - 1]]), ids, torch.tensor([[end]])], 1))[0])
    texts = expected_texts((3, 9, 3, 20), vocabulary - 2, finish)
    for item in texts:
        item["ids"] = [end - 1] + item["ids"] + [end]
    write("clip/expected.json", {"image": expected_images(vision, lambda out: unit(out[0])), "text": texts})


def make_siglip():
    vocabulary = wordpiece("siglip", maximum=16)
    text, vision = SiglipText(vocabulary), Vit()
    export("siglip/onnx/text_model.onnx", text, {"input_ids": (torch.zeros(2, 16, dtype=torch.int64), TOKEN_AXES)},
           {"last_hidden_state": TOKEN_AXES, "pooler_output": {0: "batch_size"}})
    export("siglip/onnx/vision_model.onnx", vision, {"pixel_values": (tensor((2, 3, 32, 32), 1), IMAGE_AXES)},
           {"last_hidden_state": {0: "batch_size"}, "pooler_output": {0: "batch_size"}})
    write("siglip/config.json", {
        "architectures": ["SiglipModel"], "model_type": "siglip",
        "text_config": {"model_type": "siglip_text_model", "hidden_size": WIDTH, "vocab_size": vocabulary, "max_position_embeddings": 16},
        "vision_config": {"model_type": "siglip_vision_model", "hidden_size": WIDTH, "image_size": 32, "patch_size": 8}})
    write("siglip/preprocessor_config.json", image_config("SiglipImageProcessor", resample=3, size={"height": 32, "width": 32}, **HALF_MEAN))
    write("siglip/expected.json", {
        "image": expected_images(vision, lambda out: unit(out[1])),
        "text": expected_texts((16, 16), vocabulary, lambda ids: unit(text(ids)[1]))})


def make_clap():
    vocabulary = roberta_bpe("clap")
    text, audio = ClapText(vocabulary), ClapAudio()
    ids = torch.tensor([[0, 7, 8, 2]] * 2)
    export("clap/onnx/text_model.onnx", text, {"input_ids": (ids, TOKEN_AXES), "attention_mask": (torch.ones_like(ids), TOKEN_AXES)},
           {"text_embeds": {0: "batch_size"}, "last_hidden_state": TOKEN_AXES})
    export("clap/onnx/audio_model.onnx", audio,
           {"input_features": (tensor((2, 1, 1001, 64), 1), {0: "batch_size", 1: "num_channels", 2: "height", 3: "width"})},
           {"audio_embeds": {0: "batch_size"}, "last_hidden_state": {0: "batch_size"}})
    write("clap/config.json", {
        "architectures": ["ClapModel"], "model_type": "clap", "projection_dim": SHARED, "hidden_size": WIDTH,
        "text_config": {"model_type": "clap_text_model", "hidden_size": WIDTH, "max_position_embeddings": 66, "vocab_size": vocabulary, "pad_token_id": 1},
        "audio_config": {"model_type": "clap_audio_model", "hidden_size": WIDTH, "num_mel_bins": 64, "enable_fusion": False}})
    write("clap/preprocessor_config.json", {
        "chunk_length_s": 10, "feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "fft_window_size": 1024, "frequency_max": 14000,
        "frequency_min": 50, "hop_length": 480, "max_length_s": 10, "n_fft": 1024, "nb_frequency_bins": 513, "nb_max_frames": 1000, "nb_max_samples": 480000,
        "padding": "repeatpad", "padding_side": "right", "padding_value": 0.0, "processor_class": "ClapProcessor", "return_attention_mask": False,
        "sampling_rate": 48000, "top_db": None, "truncation": "rand_trunc"})
    write("clap/expected.json", {
        "text": expected_texts((3, 9, 20), vocabulary, lambda ids: unit(text(ids, torch.ones_like(ids))[0])),
        "audio": [{"seed": seed, "shape": [1, 1001, 64], "embedding": rounded(unit(audio(tensor((1, 1, 1001, 64), seed))[0]))} for seed in (1, 2)]})


def make_bert():
    vocabulary = wordpiece("bert")
    bert = Bert(vocabulary)
    ids = torch.tensor([[2, 7, 8, 3]] * 2)
    model = export(
        "bert/onnx/model.onnx", bert,
        {"input_ids": (ids, TOKEN_AXES), "attention_mask": (torch.ones_like(ids), TOKEN_AXES), "token_type_ids": (torch.zeros_like(ids), TOKEN_AXES)},
        {"last_hidden_state": TOKEN_AXES})
    onnx.save(retyped(model, {name: TensorProto.INT32 for name in ("input_ids", "attention_mask", "token_type_ids")}), os.path.join(HERE, "bert/onnx/model_int32.onnx"))
    write("bert/config.json", {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_size": WIDTH, "max_position_embeddings": 64, "num_attention_heads": HEADS,
        "num_hidden_layers": 1, "pad_token_id": 0, "type_vocab_size": 2, "vocab_size": vocabulary})
    write("bert/modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}])
    write("bert/1_Pooling/config.json", {
        "word_embedding_dimension": WIDTH, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False})
    write("bert/sentence_bert_config.json", {"max_seq_length": 32, "do_lower_case": False})
    finish = lambda ids: unit(bert(ids, torch.ones_like(ids), torch.zeros_like(ids)).mean(1))
    write("bert/expected.json", {"text": expected_texts((3, 9, 20, 9), vocabulary, finish)})


def make_decoder():
    vocabulary = roberta_bpe("decoder")
    decoder = Decoder(vocabulary)
    ids = torch.tensor([[0, 7, 8, 2]] * 2)
    export("decoder/model.onnx", decoder,
           {"input_ids": (ids, TOKEN_AXES), "attention_mask": (torch.ones_like(ids), TOKEN_AXES), "position_ids": (torch.arange(4)[None].repeat(2, 1), TOKEN_AXES)},
           {"last_hidden_state": TOKEN_AXES})
    write("decoder/config.json", {
        "architectures": ["Qwen3Model"], "model_type": "qwen3", "hidden_size": WIDTH, "max_position_embeddings": 64, "vocab_size": vocabulary, "eos_token_id": 2})
    write("decoder/modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])
    write("decoder/1_Pooling/config.json", {
        "word_embedding_dimension": WIDTH, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False, "pooling_mode_weightedmean_tokens": False, "pooling_mode_lasttoken": True, "include_prompt": True})
    finish = lambda ids: decoder(ids, torch.ones_like(ids), torch.arange(ids.shape[1])[None])[:, -1]
    write("decoder/expected.json", {"text": expected_texts((3, 9, 20, 9), vocabulary, finish)})


def make_vit():
    vit = Vit()
    model = export("vit/onnx/model.onnx", vit, {"pixel_values": (tensor((2, 3, 32, 32), 1), IMAGE_AXES)},
                   {"last_hidden_state": {0: "batch_size", 1: "sequence_length"}, "pooler_output": {0: "batch_size"}})
    save_external(model, "vit/onnx/model.onnx")
    write("vit/config.json", {
        "architectures": ["ViTModel"], "model_type": "vit", "hidden_size": WIDTH, "image_size": 32, "patch_size": 8, "num_channels": 3})
    write("vit/preprocessor_config.json", image_config("ViTImageProcessor", resample=2, size={"height": 32, "width": 32}, **HALF_MEAN))
    write("vit/expected.json", {"image": expected_images(vit, lambda out: out[1])})


def make_dinov2():
    dino = Dino()
    export("dinov2/model.onnx", dino, {"pixel_values": (tensor((2, 3, 32, 32), 1), IMAGE_AXES)}, {"last_hidden_state": {0: "batch_size", 1: "sequence_length"}})
    write("dinov2/config.json", {
        "architectures": ["Dinov2Model"], "model_type": "dinov2", "hidden_size": WIDTH, "image_size": 32, "patch_size": 8, "num_channels": 3})
    write("dinov2/preprocessor_config.json", image_config(
        "BitImageProcessor", crop_size={"height": 32, "width": 32}, do_center_crop=True, do_convert_rgb=True, resample=3, size={"shortest_edge": 36},
        image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225]))
    write("dinov2/expected.json", {"image": expected_images(dino, lambda out: out[:, 0])})


def make_convnext():
    convnext = Convnext()
    export("convnext/onnx/model.onnx", convnext, {"pixel_values": (tensor((2, 3, 32, 32), 1), IMAGE_AXES)},
           {"last_hidden_state": {0: "batch_size", 2: "height_out", 3: "width_out"}})
    write("convnext/config.json", {"architectures": ["ConvNextModel"], "model_type": "convnext", "hidden_sizes": [8, SHARED], "num_channels": 3})
    write("convnext/preprocessor_config.json", image_config(
        "ConvNextImageProcessor", crop_pct=0.875, resample=3, size={"shortest_edge": 32},
        image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225]))
    finish = lambda out: out.mean((2, 3))
    write("convnext/expected.json", {"image": expected_images(convnext, finish) + expected_images(convnext, finish, side=48)})


def make_whisper():
    whisper = Whisper()
    export("whisper/onnx/encoder_model.onnx", whisper,
           {"input_features": (tensor((2, 80, 500), 1), {0: "batch_size", 1: "feature_size", 2: "encoder_sequence_length"})},
           {"last_hidden_state": {0: "batch_size", 1: "encoder_sequence_length_2"}})
    write("whisper/config.json", {
        "architectures": ["WhisperForConditionalGeneration"], "model_type": "whisper", "d_model": WIDTH, "num_mel_bins": 80, "max_source_positions": 250,
        "is_encoder_decoder": True})
    write("whisper/preprocessor_config.json", {
        "chunk_length": 5, "dither": 0.0, "feature_extractor_type": "WhisperFeatureExtractor", "feature_size": 80, "hop_length": 160, "n_fft": 400,
        "n_samples": 80000, "nb_max_frames": 500, "padding_side": "right", "padding_value": 0.0, "processor_class": "WhisperProcessor",
        "return_attention_mask": False, "sampling_rate": 16000})
    write("whisper/expected.json", {
        "audio": [{"seed": seed, "shape": [80, 500], "embedding": rounded(whisper(tensor((1, 80, 500), seed)).mean(1))} for seed in (1, 2)]})


def make_wav2vec2():
    wav = Wav2Vec2()
    export("wav2vec2/onnx/model.onnx", wav, {"input_values": (tensor((2, 6400), 1), {0: "batch_size", 1: "sequence_length"})},
           {"last_hidden_state": {0: "batch_size", 1: "floor(sequence_length/320)"}})
    write("wav2vec2/config.json", {"architectures": ["Wav2Vec2Model"], "model_type": "wav2vec2", "hidden_size": WIDTH})
    write("wav2vec2/preprocessor_config.json", {
        "do_normalize": True, "feature_extractor_type": "Wav2Vec2FeatureExtractor", "feature_size": 1, "padding_side": "right", "padding_value": 0,
        "return_attention_mask": False, "sampling_rate": 16000})
    write("wav2vec2/expected.json", {
        "audio": [{"seed": seed, "shape": [length], "embedding": rounded(wav(tensor((1, length), seed)).mean(1))} for seed, length in ((1, 6400), (2, 3200), (3, 6400))]})


class Combined(nn.Module):
    def forward(self, input_ids, pixel_values, attention_mask):
        text, image = (input_ids * attention_mask).sum(1, keepdim=True).float(), pixel_values.mean((1, 2, 3))[:, None]
        return text @ image.t(), text, image


class Classifier(nn.Module):
    def forward(self, pixel_values):
        return pixel_values.mean((2, 3))


def make_refused():
    """What no pipeline is made of: both towers in one file, and a classifier."""
    ids = torch.ones(2, 4, dtype=torch.int64)
    export("refused/combined.onnx", Combined(),
           {"input_ids": (ids, TOKEN_AXES), "pixel_values": (tensor((2, 3, 8, 8), 1), IMAGE_AXES), "attention_mask": (ids, TOKEN_AXES)},
           {"logits_per_text": {}, "text_embeds": {0: "batch_size"}, "image_embeds": {0: "batch_size"}})
    export("refused/classifier.onnx", Classifier(), {"pixel_values": (tensor((2, 3, 8, 8), 1), IMAGE_AXES)}, {"logits": {0: "batch_size"}})


if __name__ == "__main__":
    for name, make in [(n, f) for n, f in list(globals().items()) if re.match("make_", n)]:
        torch.manual_seed(sum(map(ord, name)))
        shutil.rmtree(os.path.join(HERE, name[5:]), ignore_errors=True)
        with torch.no_grad():
            make()
        print(name[5:])
