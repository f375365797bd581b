"""Train the pipeline `digits`, export it, measure it and make its samples.

    python3 models/digits/training/train.py --data ../shared/data

The three encoders train side by side, one process and one thread each; then the head trains on
their embeddings, and the fusion methods train through the head. `--validate` measures on a held-out
part of the training data instead of the test data; choices are made that way, and those of the
fusion are written into `choices.json`. `--fusion` trains the fusion alone, on the encoders and the
head that the pipeline has.
"""

import argparse
import json
import multiprocessing
import os
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch  # noqa: E402

import encoders  # noqa: E402
import evaluate  # noqa: E402
import export  # noqa: E402
import export_fusion  # noqa: E402
import fusion_evaluation  # noqa: E402
import kept  # noqa: E402
import origins  # noqa: E402
import reference  # noqa: E402
import samples  # noqa: E402
from committed import frozen, read_networks  # noqa: E402
from corpus import Corpus  # noqa: E402
from fusion import train_fusion  # noqa: E402
from head import train_head  # noqa: E402

HERE = Path(__file__).resolve().parent
STEPS = {"image": 2000, "audio": 2400, "text": 3400, "head": 600, "fusion": 1200}
SEEDS = {"image": 1, "audio": 2, "text": 3, "head": 4, "evaluation": 5, "fusion": 6}
TRIAL_SEEDS = {True: [50, 51, 52, 53], False: [5]}
"""Draws of pairs and degradations for the figures of fusion: on held-back data, on test data."""

TRAINERS = {
    "image": encoders.train_image_encoder,
    "audio": encoders.train_audio_encoder,
    "text": encoders.train_text_encoder,
}


def train_encoder(job):
    """Train one encoder in a process of its own; its name and weights as numpy arrays."""
    modality, data, validate, steps = job
    torch.set_num_threads(1)
    network = TRAINERS[modality](Corpus(data, validate), steps, SEEDS[modality])
    return modality, {k: v.numpy() for k, v in network.state_dict().items()}


def train_encoders(corpus, scale):
    """All three encoders: {modality: network in eval mode}."""
    jobs = [
        (modality, corpus.data, corpus.validate, max(20, int(STEPS[modality] * scale)))
        for modality in TRAINERS
    ]
    networks = encoders.new_networks()
    with multiprocessing.get_context("spawn").Pool(len(jobs)) as pool:
        for modality, weights in pool.imap_unordered(train_encoder, jobs):
            networks[modality].load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()})
    return {modality: network.eval() for modality, network in networks.items()}


def settings():
    """Seeds and steps."""
    return {"seeds": SEEDS, "steps": STEPS}


def train_networks(arguments, corpus):
    """Encoders and head, trained and kept."""
    if arguments.reuse:
        networks = kept.find_encoders(corpus)
    else:
        networks = train_encoders(corpus, arguments.scale)
        kept.keep(corpus, networks)
    head = train_head(corpus, networks, int(STEPS["head"] * arguments.scale), SEEDS["head"])
    return {m: frozen(network) for m, network in networks.items()}, frozen(head)


def write_networks(out, corpus, networks, head, made):
    """Measure encoders and head, and write them, their references and the samples."""
    test = evaluate.TestSet(corpus, SEEDS["evaluation"])
    figures = evaluate.report(corpus, test, networks, head)
    if corpus.validate:
        return
    export.export_networks(networks, head, out)
    export.write_pipeline(out)
    (out / "evaluation").mkdir(exist_ok=True)
    export.write_lines(corpus.test_sentences, out / "evaluation" / "texts.jsonl")
    reference.write_networks_reference(out / "training", figures, test, networks, head, made)
    samples.make_samples(out)
    samples.check_samples(out, networks, head)


def write_fusion(out, corpus, networks, head, learned, made):
    """Measure the fusion methods; write what they take from held-back data, or else the methods."""
    trials = fusion_evaluation.Trials(corpus, networks, TRIAL_SEEDS[corpus.validate])
    path = out / "training" / "choices.json"
    if corpus.validate:
        choices = fusion_evaluation.choose(trials, learned, head)
    else:
        choices = json.loads(path.read_text(encoding="utf-8"))
    methods = fusion_evaluation.candidates(learned, head, choices["certaintyPower"])
    figures = fusion_evaluation.report(trials, methods, head, choices["temperatures"])
    if corpus.validate:
        export.write_json({**choices, "figures": figures}, path)
        return
    export_fusion.export_fusion(learned, out)
    export_fusion.write_fusion(out, learned, choices)
    reference.write_fusion_reference(out / "training", trials, methods, figures, made)
    origins.state_training(out, made)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("MULTIMODAL_DATA", "../shared/data"))
    parser.add_argument("--out", type=Path, default=HERE.parent, help="folder of the pipeline")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the training steps")
    parser.add_argument("--validate", action="store_true", help="measure on held-out training data")
    parser.add_argument("--reuse", action="store_true", help="take the encoders trained last")
    parser.add_argument("--fusion", action="store_true", help="train nothing but the fusion")
    arguments = parser.parse_args()

    started = time.time()
    torch.set_num_threads(2)
    out, corpus = arguments.out, Corpus(arguments.data, arguments.validate)
    corpus.prepare()
    print(f"data ready after {time.time() - started:.0f} s", flush=True)
    made = {**settings(), **reference.provenance(corpus, sorted(HERE.glob("*.py")))}
    if arguments.fusion:
        networks, head = read_networks(out)
    else:
        networks, head = train_networks(arguments, corpus)
        write_networks(out, corpus, networks, head, made)
    steps = max(20, int(STEPS["fusion"] * arguments.scale))
    learned = train_fusion(corpus, networks, head, steps, SEEDS["fusion"])
    print(f"trained after {time.time() - started:.0f} s", flush=True)
    write_fusion(out, corpus, networks, head, learned, made)
    print(f"finished after {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
