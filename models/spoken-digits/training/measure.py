"""Word error rate of the recogniser on test strings."""

import numpy as np
import torch

import shared  # noqa: F401
import audio
import preprocessing
import strings
from recogniser import WORDS, greedy, steps


def edits(expected, found):
    """Least number of insertions, deletions and substitutions between two lists of words
    (Levenshtein 1966)."""
    row = list(range(len(found) + 1))
    for i, word in enumerate(expected, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (word != other))
    return row[-1]


def features(samples):
    """The pipeline's features of samples; strings are shorter than its greatest length."""
    limit = preprocessing.LOG_MEL["maximumSeconds"]
    preprocessing.LOG_MEL["maximumSeconds"] = strings.LOG_MEL["maximumSeconds"]
    try:
        return preprocessing.audio_features(samples)
    finally:
        preprocessing.LOG_MEL["maximumSeconds"] = limit


def transcribe(network, recordings, size=32):
    """Texts of the best paths."""
    found = [None] * len(recordings)
    prepared = [features(r) for r in recordings]
    order = np.argsort([p.shape[1] for p in prepared], kind="stable")
    with torch.no_grad():
        for begin in range(0, len(order), size):
            part = order[begin : begin + size]
            batch, mask = strings.pad([prepared[i] for i in part])
            _, logits = network(batch, mask)
            for i, row, count in zip(part, logits, steps(mask.sum(1)).tolist()):
                found[i] = " ".join(WORDS[b - 1] for b in greedy(row, count))
    return found


def word_error_rate(expected, found):
    """Edits of all strings over words of all strings, in percent; and the share of strings that are
    wrong, in percent."""
    pairs = [(e.split(), f.split()) for e, f in zip(expected, found)]
    wrong = sum(edits(e, f) for e, f in pairs)
    words = sum(len(e) for e, _ in pairs)
    strings_wrong = sum(e != f for e, f in pairs)
    return {
        "strings": len(pairs),
        "words": words,
        "edits": wrong,
        "wordErrorRate": round(100 * wrong / words, 2),
        "stringErrorRate": round(100 * strings_wrong / len(pairs), 2),
    }


def harder(samples, kind, rng):
    """A test string in noise, played fast or slow, or quiet."""
    if kind.startswith("noise"):
        level = np.sqrt(np.mean(samples**2)) * 10 ** (-float(kind.split()[1]) / 20)
        return samples + rng.normal(0, level, len(samples))
    factor = float(kind.split()[1])
    places = np.arange(int(len(samples) / factor)) * factor
    return np.interp(places, np.arange(len(samples)), samples)


def report(network, plans, recordings, synthetic, seed):
    """Figures by condition, and PyTorch's transcripts of the fixed strings."""
    laid = [strings.lay(plan, recordings) for plan in plans]
    texts = [plan["text"] for plan in plans]
    found = transcribe(network, laid)
    figures = {"all": word_error_rate(texts, found)}
    for condition in strings.CONDITIONS:
        own = [i for i, plan in enumerate(plans) if plan["condition"] == condition]
        figures[condition] = word_error_rate([texts[i] for i in own], [found[i] for i in own])
    rng = np.random.default_rng(seed)
    for kind in ["noise 20 dB", "noise 10 dB", "noise 5 dB", "speed 1.25", "speed 0.8"]:
        distorted = [harder(samples, kind, rng) for samples in laid]
        figures[kind] = word_error_rate(texts, transcribe(network, distorted))
    spoken, said = synthetic
    figures["espeak-ng"] = word_error_rate(said, transcribe(network, spoken))
    return figures, found
