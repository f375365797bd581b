"""Makes whisper-speech/: a small model in Whisper's layout as optimum and transformers.js export it, and what it writes down.

Needs Python 3 with numpy, onnx 1.12 and torch 1.13:  python3 make_speech.py
Encoder and decoder have random weights. expected.json says what a decoding without any cache, one whole text at a time, gives in torch:
greedily, with times, and by beam search, for inputs that both sides make by the same formula. peer.mjs has transformers.js do the same.
"""
import json
import math
import os
import shutil

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

import make
from make import byte_letters, export, rounded, tensor, write

FOLDER = "whisper-speech"
WIDTH, HEADS, LAYERS, STEPS, ROOM = 16, 2, 2, 250, 64
LANGUAGES = ["en", "de", "fr"]
END = 256 + 13


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def split(self, x):
        return x.reshape(x.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)

    def forward(self, x, key, value, causal=False):
        scores = self.split(self.query(x)) @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS)
        if causal:
            places = torch.arange(x.shape[1])
            scores = scores + (places[None, :] > places[:, None]).to(scores.dtype) * -1e4
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(x.shape[0], -1, WIDTH)
        return self.output(mixed)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.own, self.heard = Attention(), Attention()
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.first, self.second, self.third = (nn.LayerNorm(WIDTH) for _ in range(3))

    def forward(self, x, past, heard, causal):
        """past: key and value of earlier tokens or None; heard: key and value of the encoder's states."""
        h = self.first(x)
        key, value = self.own.split(self.own.key(h)), self.own.split(self.own.value(h))
        if past is not None:
            key, value = torch.cat([past[0], key], 2), torch.cat([past[1], value], 2)
        x = x + self.own(h, key, value, causal)
        x = x + self.heard(self.second(x), *heard)
        x = x + self.down(torch.nn.functional.gelu(self.up(self.third(x))))
        return x, (key, value)


class Decoder(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(vocabulary, WIDTH), nn.Embedding(ROOM, WIDTH)
        self.layers, self.norm = nn.ModuleList(Layer() for _ in range(LAYERS)), nn.LayerNorm(WIDTH)
        with torch.no_grad():
            # What is heard has to count, and some texts have to come to an end.
            self.positions.weight.mul_(1.5)
            for layer in self.layers:
                for part in (layer.heard.query, layer.heard.key, layer.heard.output):
                    part.weight.mul_(4)
            self.tokens.weight[END].mul_(1.6)
            self.tokens.weight[END + 1:].mul_(0.75)

    def heard(self, states):
        return [(layer.heard.split(layer.heard.key(states)), layer.heard.split(layer.heard.value(states))) for layer in self.layers]

    def run(self, ids, heard, past=None):
        before = 0 if past is None else past[0][0].shape[2]
        x = self.tokens(ids) + self.positions(torch.arange(ids.shape[1]) + before)[None]
        present = []
        for i, layer in enumerate(self.layers):
            x, kept = layer(x, None if past is None else past[i], heard[i], causal=past is None)
            present.append(kept)
        return self.norm(x) @ self.tokens.weight.t(), present


class First(nn.Module):
    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, input_ids, encoder_hidden_states):
        heard = self.decoder.heard(encoder_hidden_states)
        logits, present = self.decoder.run(input_ids, heard)
        return (logits, *[value for own, other in zip(present, heard) for value in (*own, *other)])


class Next(First):
    def forward(self, input_ids, *past):
        own = [past[4 * i:4 * i + 2] for i in range(LAYERS)]
        heard = [past[4 * i + 2:4 * i + 4] for i in range(LAYERS)]
        logits, present = self.decoder.run(input_ids, heard, own)
        return (logits, *[value for pair in present for value in pair])


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv1d(80, WIDTH, 3, 1, 1), nn.Conv1d(WIDTH, WIDTH, 3, 2, 1)
        with torch.no_grad():
            self.first.weight.mul_(6)
        self.positions = nn.Parameter(torch.randn(1, STEPS, WIDTH) * 0.3)
        self.block, self.norm = make.Block(WIDTH), nn.LayerNorm(WIDTH)

    def forward(self, input_features):
        x = torch.nn.functional.gelu(self.second(torch.nn.functional.gelu(self.first(input_features))))
        return self.norm(self.block(x.transpose(1, 2) + self.positions))


# ---------------------------------------------------------------- vocabulary

def vocabulary():
    """Tokens in Whisper's order: bytes and merges, then end, start, languages, tasks, the rest, and times from 0 to 5 s."""
    merges = ["t h", "th e", "\u0120 the", "i n", "in g", "o f", "\u0120 of", "r a", "ra in", "\u0120 rain", "d o", "do g", "\u0120 dog"]
    words = byte_letters() + [merge.replace(" ", "") for merge in merges]
    special = ["<|endoftext|>", "<|startoftranscript|>"] + [f"<|{code}|>" for code in LANGUAGES]
    special += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    times = [f"<|{i * 0.02:.2f}|>" for i in range(STEPS + 1)]
    return words, merges, special, times


def files(words, merges, special, times):
    ids = {token: i for i, token in enumerate(words + special + times)}
    added = [{"id": ids[t], "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": t in special}
             for t in special + times]
    write(f"{FOLDER}/tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": None, "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "",
                  "fuse_unk": False, "vocab": {word: i for i, word in enumerate(words)}, "merges": merges}})
    end = "<|endoftext|>"
    write(f"{FOLDER}/tokenizer_config.json", {
        "bos_token": end, "eos_token": end, "unk_token": end, "pad_token": end, "errors": "replace", "model_max_length": ROOM,
        "return_attention_mask": False, "tokenizer_class": "WhisperTokenizer"})
    write(f"{FOLDER}/special_tokens_map.json", {"bos_token": end, "eos_token": end, "unk_token": end, "pad_token": end, "additional_special_tokens": special})
    write(f"{FOLDER}/config.json", {
        "architectures": ["WhisperForConditionalGeneration"], "model_type": "whisper", "is_encoder_decoder": True, "d_model": WIDTH, "vocab_size": len(ids),
        "num_mel_bins": 80, "encoder_layers": 1, "encoder_attention_heads": HEADS, "decoder_layers": LAYERS, "decoder_attention_heads": HEADS,
        "max_source_positions": STEPS, "max_target_positions": ROOM, "num_hidden_layers": 1, "decoder_start_token_id": ids["<|startoftranscript|>"],
        "eos_token_id": ids[end], "bos_token_id": ids[end], "pad_token_id": ids[end]})
    generation = {
        "decoder_start_token_id": ids["<|startoftranscript|>"], "eos_token_id": ids[end], "bos_token_id": ids[end], "pad_token_id": ids[end],
        "begin_suppress_tokens": [ids["\u0120"], ids[end]],
        "suppress_tokens": [ids["!"], ids["#"]] + [ids[t] for t in ("<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>")],
        "forced_decoder_ids": [[1, None], [2, ids["<|transcribe|>"]]], "is_multilingual": True, "lang_to_id": {f"<|{c}|>": ids[f"<|{c}|>"] for c in LANGUAGES},
        "task_to_id": {"transcribe": ids["<|transcribe|>"], "translate": ids["<|translate|>"]}, "no_timestamps_token_id": ids["<|notimestamps|>"],
        "max_initial_timestamp_index": 50, "max_length": ROOM, "return_timestamps": False}
    write(f"{FOLDER}/generation_config.json", generation)
    write(f"{FOLDER}/preprocessor_config.json", {
        "chunk_length": 5, "dither": 0.0, "feature_extractor_type": "WhisperFeatureExtractor", "feature_size": 80, "hop_length": 160, "n_fft": 400,
        "n_samples": 80000, "nb_max_frames": 500, "padding_side": "right", "padding_value": 0.0, "processor_class": "WhisperProcessor",
        "return_attention_mask": False, "sampling_rate": 16000})
    return ids, generation


# ---------------------------------------------------------------- export

def cache_names(prefix, kinds=("decoder", "encoder")):
    return [f"{prefix}.{i}.{kind}.{part}" for i in range(LAYERS) for kind in kinds for part in ("key", "value")]


def export_decoders(decoder, states):
    ids = torch.tensor([[1, 2, 3]] * 2)
    own = {0: "batch_size", 2: "past_decoder_sequence_length"}
    grown = {0: "batch_size", 2: "past_decoder_sequence_length + sequence_length"}
    heard = {0: "batch_size", 2: "encoder_sequence_length_out"}
    first = First(decoder)
    outputs = first(ids, states)
    one = export(
        f"{FOLDER}/onnx/decoder_model.onnx", first,
        {"input_ids": (ids, {0: "batch_size", 1: "decoder_sequence_length"}), "encoder_hidden_states": (states, {0: "batch_size", 1: "encoder_sequence_length / 2"})},
        {"logits": {0: "batch_size", 1: "decoder_sequence_length"},
         **{name: grown if ".decoder." in name else heard for name in cache_names("present")}})
    past = {name: (value, own if ".decoder." in name else heard) for name, value in zip(cache_names("past_key_values"), outputs[1:])}
    two = export(
        f"{FOLDER}/onnx/decoder_with_past_model.onnx", Next(decoder),
        {"input_ids": (torch.tensor([[4]] * 2), {0: "batch_size"}), **past},
        {"logits": {0: "batch_size"}, **{name: grown for name in cache_names("present", ("decoder",))}})
    merge(one, two)


def merge(first, following):
    """Both as one graph, as optimum joins them: an If over use_cache_branch; what the second lacks it gives without elements."""
    first, following = (onnx.load_from_string(model.SerializeToString()) for model in (first, following))
    for model, prefix in ((first, "a_"), (following, "b_")):
        outer = {value.name for value in list(model.graph.input) + list(model.graph.output)}
        rename = lambda name: name if name in outer or not name else prefix + name
        for constant in model.graph.initializer:
            constant.name = rename(constant.name)
        for node in model.graph.node:
            for names in (node.input, node.output):
                for i, name in enumerate(names):
                    names[i] = rename(name)
    given = {output.name for output in following.graph.output}
    for output in first.graph.output:
        if output.name not in given:
            nothing = numpy_helper.from_array(np.zeros((0, HEADS, 1, WIDTH // HEADS), np.float32))
            following.graph.node.append(helper.make_node("Constant", [], [output.name], value=nothing))
    order = [output.name for output in first.graph.output]
    types = lambda: [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in order]
    branches = [helper.make_graph(list(model.graph.node), name, [], types()) for model, name in ((following, "with_past"), (first, "no_past"))]
    # The same weights under two names are kept once.
    kept, constants = {}, []
    aliases = {}
    for model in (first, following):
        for constant in model.graph.initializer:
            content = (tuple(constant.dims), constant.data_type, numpy_helper.to_array(constant).tobytes())
            if content in kept:
                aliases[constant.name] = kept[content]
            else:
                kept[content] = constant.name
                constants.append(constant)
    for branch in branches:
        for node in branch.node:
            for i, name in enumerate(node.input):
                node.input[i] = aliases.get(name, name)
    inputs = list(first.graph.input) + [value for value in following.graph.input if value.name != "input_ids"]
    inputs.append(helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1]))
    node = helper.make_node("If", ["use_cache_branch"], order, then_branch=branches[0], else_branch=branches[1])
    graph = helper.make_graph([node], "merged", inputs, list(first.graph.output), constants)
    model = helper.make_model(graph, opset_imports=first.opset_import)
    model.ir_version = first.ir_version
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(make.HERE, f"{FOLDER}/onnx/decoder_model_merged.onnx"))


# ---------------------------------------------------------------- reference decoding

class Reference:
    """Decodes with whole texts: no cache, no batch. The rules are those of the paper's appendix and of openai/whisper's documentation."""

    def __init__(self, decoder, states, ids, generation):
        self.decoder, self.heard = decoder, decoder.heard(states)
        self.ids, self.generation = ids, generation
        self.start, self.end, self.first_time = ids["<|startoftranscript|>"], ids["<|endoftext|>"], ids["<|0.00|>"]

    def logits(self, tokens):
        return self.decoder.run(torch.tensor([tokens]), self.heard)[0][0].double()

    def language(self):
        codes = [self.ids[f"<|{code}|>"] for code in LANGUAGES]
        return LANGUAGES[int(self.logits([self.start])[-1][codes].argmax())]

    def prompt(self, language, times):
        prompt = [self.start, self.ids[f"<|{language}|>"], self.ids["<|transcribe|>"]]
        return prompt if times else prompt + [self.ids["<|notimestamps|>"]]

    def allowed(self, logits, written, times):
        out, no = logits.clone(), -math.inf
        out[self.generation["suppress_tokens"]] = no
        if not written:
            out[self.generation["begin_suppress_tokens"]] = no
        if not times:
            return torch.log_softmax(out, 0)
        out[self.ids["<|notimestamps|>"]] = no
        if not written:
            out[:self.first_time] = no
            out[self.first_time + self.generation["max_initial_timestamp_index"] + 1:] = no
            return torch.log_softmax(out, 0)
        is_time = [token >= self.first_time for token in written]
        pair_open = is_time[-1] and not (len(written) < 2 or is_time[-2])
        if is_time[-1] and not pair_open:
            out[self.first_time:] = no
        elif pair_open:
            out[:self.end] = no
        said = [token for token in written if token >= self.first_time]
        if said:
            out[self.first_time:said[-1] + (0 if pair_open else 1)] = no
        chances = torch.log_softmax(out, 0)
        if chances[self.first_time:].logsumexp(0) > chances[:self.first_time].max():
            out[:self.first_time] = no
        return torch.log_softmax(out, 0)

    def greedy(self, prompt, times, most):
        written, total = [], 0.0
        while len(written) < most:
            chances = self.allowed(self.logits(prompt + written)[-1], written, times)
            token = int(chances.argmax())
            total += float(chances[token])
            if token == self.end:
                break
            written.append(token)
        return written, total

    def beam(self, prompt, times, most, width, alpha):
        going, done = [([], 0.0)], []
        for _ in range(most):
            candidates = []
            for written, total in going:
                chances = self.allowed(self.logits(prompt + written)[-1], written, times)
                best = torch.topk(chances, width + 1)
                candidates += [(written + [int(t)], total + float(c)) for c, t in zip(best.values, best.indices) if c > -math.inf]
            candidates.sort(key=lambda candidate: -candidate[1])
            going = []
            for tokens, total in candidates:
                if tokens[-1] == self.end:
                    if len(done) < width:
                        done.append((tokens[:-1], total))
                else:
                    going.append((tokens, total))
                    if len(going) == width:
                        break
            if len(done) >= width:
                break
        done += going[:max(0, width - len(done))]
        penalty = lambda n: max(1, n) if alpha is None else ((5 + max(1, n)) / 6) ** alpha
        return max(done, key=lambda item: item[1] / penalty(len(item[0])))

    def no_speech(self, prompt):
        return float(torch.softmax(self.logits(prompt)[0], 0)[self.ids["<|nospeech|>"]])


def expected(encoder, decoder, ids, generation):
    cases = []
    for seed in (1, 2, 3, 4):
        reference = Reference(decoder, encoder(tensor((1, 80, 2 * STEPS), seed)), ids, generation)
        language = reference.language()
        for times in (False, True):
            prompt = reference.prompt(language, times)
            for width, alpha in ((1, None), (2, None), (3, None), (5, 0.6)):
                tokens, total = reference.greedy(prompt, times, 24) if width == 1 else reference.beam(prompt, times, 24, width, alpha)
                cases.append({"seed": seed, "language": language, "times": times, "beam": width, "lengthPenalty": alpha, "maximum": 24,
                              "tokens": tokens, "logProbability": round(total, 5), "noSpeech": float(f"{reference.no_speech(prompt):.6g}")})
    return cases


def build(seed):
    torch.manual_seed(seed)
    words, merges, special, times = vocabulary()
    encoder, decoder = Encoder().eval(), Decoder(len(words) + len(special) + len(times)).eval()
    return encoder, decoder


def main(seed=17):
    shutil.rmtree(os.path.join(make.HERE, FOLDER), ignore_errors=True)
    with torch.no_grad():
        encoder, decoder = build(seed)
        ids, generation = files(*vocabulary())
        features = tensor((2, 80, 2 * STEPS), 1)
        export(f"{FOLDER}/onnx/encoder_model.onnx", encoder,
               {"input_features": (features, {0: "batch_size", 1: "feature_size", 2: "encoder_sequence_length"})},
               {"last_hidden_state": {0: "batch_size", 1: "encoder_sequence_length / 2"}})
        export_decoders(decoder, encoder(features))
        write(f"{FOLDER}/expected.json", {
            "cases": expected(encoder, decoder, ids, generation),
            "audio": [{"seed": s, "shape": [80, 2 * STEPS], "embedding": rounded(encoder(tensor((1, 80, 2 * STEPS), s)).mean(1))} for s in (1, 2)]})


if __name__ == "__main__":
    main()
