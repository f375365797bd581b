"""What pipeline.json says of where a pipeline comes from: data, scripts, seeds, versions, parent."""

import hashlib
from pathlib import Path

import export

HERE = Path(__file__).resolve().parent

TRAINING = """audio corpus degrade encoders evaluate export export_fusion fitting fusion fusion_evaluation
fusion_networks calibration committed head images kept networks phrases pool preprocessing provenance
reference samples strokes texts train wav words""".split()
"""Modules that training runs."""

PRUNING = """export_pruned prune pruning pruning_figures pruning_levels pruning_plans recovery""".split()
"""Modules that pruning runs besides those of the training."""

SETS = [
    {
        "name": "MNIST, test images 0 to 7,999",
        "source": "LeCun, Cortes, Burges",
        "of": ["mnist images", "mnist labels"],
    },
    {
        "name": "Free Spoken Digit Dataset, index 5 to 49",
        "license": "CC BY-SA 4.0",
        "source": "github.com/Jakobovski/free-spoken-digit-dataset",
        "of": ["fsdd recordings in name order"],
    },
    {
        "name": "digits drawn with fonts and strokes",
        "source": "training/images.py",
        "of": ["drawn digits"],
    },
    {
        "name": "digits spoken by espeak-ng",
        "source": "training/audio.py",
        "of": ["synthetic speech"],
    },
    {"name": "sentences", "source": "training/texts.py", "of": []},
]


def script_digest(folder, files):
    """SHA-256 over the digests and names of files, as `sha256sum` prints them, in name order."""
    lines = (f"{export.sha256(folder / file)}  {file}\n" for file in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def scripts(folder, modules):
    """The entry for modules of this folder; `folder` is its path from the pipeline's."""
    files = sorted(f"{module}.py" for module in modules)
    return {"folder": folder, "files": files, "sha256": script_digest(HERE, files)}


def statement(date, sha256, folder, modules, seeds, versions, parents=()):
    """The object `provenance` of pipeline.json.

    `sha256` are the digests of the data, by the names that `reference.provenance` gives them.
    """
    data = []
    for item in SETS:
        digests = {name: sha256[name] for name in item["of"]}
        data.append({**{k: v for k, v in item.items() if k != "of"}, "sha256": digests})
    return {
        "date": date,
        "data": data,
        "scripts": [scripts(folder, modules)],
        "seeds": dict(sorted(seeds.items())),
        "versions": versions,
        "parents": list(parents),
    }
