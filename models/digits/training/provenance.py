"""What `pipeline.json` says of where a pipeline is from: data, scripts, seeds, versions."""

import datetime
import hashlib
import json
from pathlib import Path

MNIST = {
    "source": "Y. LeCun, C. Cortes, C. Burges; as stored in github.com/fgnt/mnist",
}
FSDD = {
    "name": "Free Spoken Digit Dataset, indices 5 to 49",
    "license": "CC BY-SA 4.0",
    "source": "github.com/Jakobovski/free-spoken-digit-dataset",
}


def scripts(folder, names=None):
    """The digest of scripts: SHA-256 over a line for each, its SHA-256, two spaces and its name, sorted by name.
    In the folder, `LC_ALL=C; sha256sum *.py | sha256sum` prints the same."""
    folder = Path(folder)
    names = sorted(names or (path.name for path in folder.glob("*.py")))
    lines = "".join(f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names)
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def describe(made, data, folder, reused=None):
    """The member `provenance` of `pipeline.json`.

    `made` holds `seeds`, `versions` and `sha256`, as `reference.json` keeps them; `data` lists what was
    trained on, each with its name, license, source and the keys of its digests in `made["sha256"]`;
    `folder` is the one of the training scripts; `reused` names scripts of other folders by folder.
    """
    described = [{"folder": "training", "sha256": scripts(folder)}]
    for other, names in (reused or {}).items():
        described.append(
            {"folder": other, "files": sorted(names), "sha256": scripts(Path(folder).parent / other, names)}
        )
    return {
        "date": datetime.date.today().isoformat(),
        "data": [
            {**{k: v for k, v in item.items() if k != "digests"}, "sha256": {k: made["sha256"][k] for k in item["digests"]}}
            for item in data
        ],
        "scripts": described,
        "seeds": made["seeds"],
        "versions": made["versions"],
    }


def write(pipeline, made, data, folder, reused=None):
    """Write `provenance` into the `pipeline.json` of the folder `pipeline`, which exists."""
    path = Path(pipeline) / "pipeline.json"
    definition = json.loads(path.read_text(encoding="utf-8"))
    definition["provenance"] = describe(made, data, folder, reused)
    path.write_text(json.dumps(definition, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


DIGITS_DATA = [
    {"name": "MNIST, test images 0 to 7,999", **MNIST, "digests": ["mnist images", "mnist labels"]},
    {**FSDD, "digests": ["fsdd recordings in name order"]},
    {"name": "Digits drawn from fonts and strokes", "source": "training/images.py, training/strokes.py", "digests": ["drawn digits"]},
    {"name": "Digits spoken by espeak-ng", "source": "training/audio.py", "digests": ["synthetic speech"]},
    {"name": "Sentences in four languages", "source": "training/texts.py, training/phrases.py, training/words.py", "digests": []},
]
