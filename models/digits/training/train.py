"""Train the pipeline `digits`, export it, measure it and make its samples.

    python3 models/digits/training/train.py --data ../shared/data

The three encoders train side by side, one process and one thread each; then the head trains on
their embeddings. `--validate` measures on a held-out part of the training data instead of the
test data and writes nothing; choices are made that way.
"""

import argparse
import multiprocessing
import os
import platform
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402
import onnx  # noqa: E402
import PIL  # noqa: E402
import torch  # noqa: E402

import encoders  # noqa: E402
import evaluate  # noqa: E402
import export  # noqa: E402
import samples  # noqa: E402
from corpus import Corpus, digest, temporary_folder  # noqa: E402
from head import train_head  # noqa: E402

HERE = Path(__file__).resolve().parent
STEPS = {"image": 2000, "audio": 2400, "text": 3400, "head": 600}
SEEDS = {"image": 1, "audio": 2, "text": 3, "head": 4, "evaluation": 5}
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


def provenance(corpus):
    """Seeds, versions and digests of what went into the training."""
    scripts = sorted(HERE.glob("*.py"))
    return {
        "seeds": SEEDS,
        "steps": STEPS,
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "onnx": onnx.__version__,
            "numpy": np.__version__,
            "pillow": PIL.__version__,
        },
        "sha256": {
            "mnist images": export.sha256(corpus.data / "mnist" / "t10k-images-idx3-ubyte.gz"),
            "mnist labels": export.sha256(corpus.data / "mnist" / "t10k-labels-idx1-ubyte.gz"),
            "fsdd recordings in name order": digest(
                (corpus.data / "fsdd" / name).read_bytes() for name in corpus.names
            ),
            "drawn digits": digest(corpus.drawn_digits()),
            "synthetic speech": digest(corpus.synthetic_speech()[0]),
            **{f"training/{script.name}": export.sha256(script) for script in scripts},
        },
    }


def reference(test, networks, head, figures):
    """What PyTorch says about the clean test items, for other implementations to compare."""
    clean = test.embeddings(networks, degraded=False)
    labels = {m: evaluate.verdicts(head, clean[m]) for m in evaluate.MODALITIES}
    return {
        "figures": figures,
        "images": [int(label) for label in labels["image"]],
        "audio": {name: int(label) for name, label in zip(test.names, labels["audio"])},
        "texts": [int(label) for label in labels["text"]],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("MULTIMODAL_DATA", "../shared/data"))
    parser.add_argument("--out", type=Path, default=HERE.parent, help="folder of the pipeline")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the training steps")
    parser.add_argument("--validate", action="store_true", help="measure on held-out training data")
    parser.add_argument("--reuse", action="store_true", help="take the encoders trained last")
    arguments = parser.parse_args()

    started = time.time()
    torch.set_num_threads(2)
    corpus = Corpus(arguments.data, arguments.validate)
    corpus.prepare()
    print(f"data ready after {time.time() - started:.0f} s", flush=True)
    kept = temporary_folder() / f"encoders-{corpus.text_split}.pt"
    if arguments.reuse:
        networks = encoders.new_networks()
        for modality, weights in torch.load(kept).items():
            networks[modality].load_state_dict(weights)
            networks[modality].eval()
    else:
        networks = train_encoders(corpus, arguments.scale)
        torch.save({m: network.state_dict() for m, network in networks.items()}, kept)
    head = train_head(corpus, networks, int(STEPS["head"] * arguments.scale), SEEDS["head"])
    print(f"trained after {time.time() - started:.0f} s", flush=True)

    test = evaluate.TestSet(corpus, SEEDS["evaluation"])
    figures = evaluate.report(corpus, test, networks, head)
    if arguments.validate:
        return
    out = arguments.out
    export.export_networks(networks, head, out)
    export.write_pipeline(out)
    (out / "evaluation").mkdir(exist_ok=True)
    export.write_lines(corpus.test_sentences, out / "evaluation" / "texts.jsonl")
    expected = {**reference(test, networks, head, figures), "provenance": provenance(corpus)}
    export.write_json(expected, out / "training" / "reference.json")
    samples.make_samples(out)
    samples.check_samples(out, networks, head)
    print(f"finished after {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
