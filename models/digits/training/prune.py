"""Prune the encoders of `digits` and write the pipeline `digits-small`.

    python3 models/digits/training/prune.py --validate --data ../shared/data
    python3 models/digits/training/prune.py --data ../shared/data

The encoders are read back from their ONNX files. Each is cut level by level and fine-tuned through
the pipeline's own head, which stays as it is, as do the fusion graphs. `--validate` leaves a part
of the training data out, measures every level there, and compares criteria; the second command
prunes on all training data, down to `SHIPPED`, and measures on the test data.
"""

import argparse
import json
import multiprocessing
import os
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch  # noqa: E402

import export_pruned  # noqa: E402
import origins  # noqa: E402
import pruning_figures  # noqa: E402
import reference  # noqa: E402
from committed import read_networks  # noqa: E402
from corpus import Corpus, temporary_folder  # noqa: E402
from evaluate import MODALITIES  # noqa: E402
from export import write_json  # noqa: E402
from pruning_levels import LEVELS, STEPS, Encoder, compare, descend  # noqa: E402

HERE = Path(__file__).resolve().parent
PARENT = HERE.parent
SEEDS = {"image": 11, "audio": 12, "text": 13, "evaluation": 5}
SHIPPED = 0.38
"""Level of the pipeline `digits-small`: the first whose files have less than 40 % of the size."""

LONGER = 4.0
"""How many times as long the chosen network is fine-tuned as those on the way to it."""


def _file(validate, modality, name):
    part = "held-back" if validate else "all"
    return temporary_folder() / f"pruned-{part}-{modality}-{name}.pt"


def prune_encoder(job):
    """Prune one encoder in a process of its own: {name: file of the network}."""
    modality, data, validate, scale = job
    torch.set_num_threads(1)
    networks, head = read_networks(PARENT)
    corpus = Corpus(data, validate)

    def encoder():
        return Encoder(modality, corpus, networks, head, SEEDS[modality])

    if validate:
        found = {f"{share:.2f}": n for share, n in descend(encoder(), scale).items()}
        found.update(compare(encoder(), scale))
    else:
        found = {"small": descend(encoder(), scale, SHIPPED, LONGER)[SHIPPED]}
    for name, network in found.items():
        torch.save(network, _file(validate, modality, name))
    return modality, list(found)


def prune(arguments):
    """All pruned networks: {modality: {name: network}}."""
    jobs = [(m, arguments.data, arguments.validate, arguments.scale) for m in MODALITIES]
    with multiprocessing.get_context("spawn").Pool(len(jobs)) as pool:
        names = dict(pool.imap_unordered(prune_encoder, jobs))
    return {
        m: {name: torch.load(_file(arguments.validate, m, name)) for name in names[m]}
        for m in MODALITIES
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("MULTIMODAL_DATA", "../shared/data"))
    parser.add_argument("--out", type=Path, default=PARENT.parent / "digits-small")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the steps; below 1, nothing is recorded")
    parser.add_argument("--validate", action="store_true", help="measure on held-out training data")
    parser.add_argument("--levels", type=Path, help="also write a pipeline for each level here")
    arguments = parser.parse_args()

    started = time.time()
    torch.set_num_threads(1)
    corpus = Corpus(arguments.data, arguments.validate)
    corpus.prepare()
    path = HERE / "pruning.json"
    record = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    networks, head = read_networks(PARENT)
    pruned = prune(arguments)
    print(f"pruned after {time.time() - started:.0f} s", flush=True)
    figures = pruning_figures.measure(corpus, SEEDS["evaluation"], networks, pruned, head)
    if arguments.validate:
        record["held back"] = figures
        if arguments.levels:
            for share in LEVELS:
                encoders = {m: pruned[m][f"{share:.2f}"] for m in pruned}
                export_pruned.write_level(PARENT, arguments.levels, share, encoders)
    else:
        small = {m: pruned[m]["small"] for m in pruned}
        record["test"] = figures
        made = {
            "seeds": SEEDS,
            "steps": STEPS,
            "longer": LONGER,
            **reference.provenance(corpus, sorted(HERE.glob("*.py"))),
        }
        record["provenance"] = made
        export_pruned.write_pipeline(PARENT, arguments.out, small)
        origins.state_pruning(arguments.out, PARENT, made)
    if arguments.scale == 1.0:
        write_json(record, path)
    print(f"finished after {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
