"""Compare a repeated training of `digits` with the networks of the pipeline.

    python3 models/digits/training/train.py --out again
    python3 models/digits/training/reproduce.py again --data ../shared/data

Prints digests of scripts, data and files, the largest difference between weights, and on the test
items how many verdicts differ and how near embeddings are. Ends with an error where the two differ
in more than 4 of 2,000 pictures, 2 of 300 recordings, or 6 of 2,000 texts.
"""

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402
import onnx  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from onnx import numpy_helper  # noqa: E402

import reference  # noqa: E402
from committed import read_networks  # noqa: E402
from corpus import Corpus  # noqa: E402
from evaluate import MODALITIES, TestSet, verdicts  # noqa: E402
from export import sha256, write_json  # noqa: E402

HERE = Path(__file__).resolve().parent
ALLOWED = {"image": 4, "audio": 2, "text": 6}
"""Verdicts on clean test items in which two trainings may differ."""


def weights(path):
    """The float tensors of an ONNX file in the order in which they lie there."""
    tensors = [numpy_helper.to_array(t) for t in onnx.load(str(path)).graph.initializer]
    return [t for t in tensors if t.dtype == np.float32]


def compare_files(ours, theirs):
    """For each network: the digests, whether they are equal, and the largest difference."""
    found = {}
    for path in sorted(ours.glob("*.onnx")):
        if not (theirs / path.name).exists():
            continue
        pairs = list(zip(weights(path), weights(theirs / path.name)))
        found[path.name] = {
            "committed": sha256(path),
            "repeated": sha256(theirs / path.name),
            "largest difference": max(float(np.abs(a - b).max()) for a, b in pairs),
        }
    return found


def compare_verdicts(test, ours, theirs):
    """For each modality, clean and degraded: verdicts that differ, each one's errors, the cosine."""
    found = {m: {"items": len(test.labels[m])} for m in MODALITIES}
    for degraded in (False, True):
        a = test.embeddings(ours[0], degraded)
        b = test.embeddings(theirs[0], degraded)
        for m in MODALITIES:
            first, second = verdicts(ours[1], a[m]), verdicts(theirs[1], b[m])
            cosine = F.cosine_similarity(a[m], b[m])
            found[m]["degraded" if degraded else "clean"] = {
                "differ": int((first != second).sum()),
                "errors": [int((v != test.labels[m]).sum()) for v in (first, second)],
                "equal embeddings": bool(torch.equal(a[m], b[m])),
                "least cosine": round(float(cosine.min()), 6),
                "mean cosine": round(float(cosine.mean()), 6),
            }
    return found


def compare_provenance(made, now):
    """Which of what went into the committed networks is the same now, and which is not."""
    then, today = made["sha256"], now["sha256"]
    changed = [name for name in then if name in today and then[name] != today[name]]
    return {
        "the same": sorted(name for name in then if name in today and then[name] == today[name]),
        "changed": {name: {"then": then[name], "now": today[name]} for name in changed},
        "gone": sorted(name for name in then if name not in today),
        "new": sorted(name for name in today if name not in then),
        "versions": {"then": made["versions"], "now": now["versions"]},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("again", type=Path, help="folder that train.py --out has written")
    parser.add_argument("--data", default=os.environ.get("MULTIMODAL_DATA", "../shared/data"))
    parser.add_argument("--report", type=Path, help="also write the comparison here, as JSON")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    corpus = Corpus(arguments.data)
    made = json.loads((HERE / "reference.json").read_text(encoding="utf-8"))["provenance"]
    now = reference.provenance(corpus, sorted(HERE.glob("*.py")))
    networks, repeated = read_networks(HERE.parent), read_networks(arguments.again)
    report = {
        "made of": compare_provenance(made, now),
        "files": compare_files(HERE.parent, arguments.again),
        "verdicts": compare_verdicts(TestSet(corpus, 5), networks, repeated),
    }
    print(json.dumps(report, indent=2))
    if arguments.report:
        write_json(report, arguments.report)
    over = [m for m in MODALITIES if report["verdicts"][m]["clean"]["differ"] > ALLOWED[m]]
    if over:
        sys.exit(f"more verdicts than allowed differ: {', '.join(over)}")


if __name__ == "__main__":
    main()
