"""Writing pruned encoders as a pipeline, with the head and the fusion of the one they come from."""

import json
import shutil

import export
from networks import DigitHead

DESCRIPTION = "Which digit from 0 to 9 a picture, a recording and a text are about; pruned encoders."
FUSION = ["attention", "convolutional"]
"""The graphs of fusion that are taken over."""


def write_level(parent, folder, share, encoders):
    """A pipeline for a level, to be measured by the serving side: `folder`/digits-38 for 0.38."""
    out = folder / f"digits-{round(100 * share)}"
    write_pipeline(parent, out, encoders)
    shutil.copytree(parent / "evaluation", out / "evaluation", dirs_exist_ok=True)


def write_pipeline(parent, out, encoders):
    """Write the encoders, copy what stays as it was, and describe it all in pipeline.json."""
    out.mkdir(parents=True, exist_ok=True)
    pipeline = json.loads((parent / "pipeline.json").read_text(encoding="utf-8"))
    export.export_networks(encoders, DigitHead(), out)
    graphs = {name: pipeline["fusion"]["graphs"][name] for name in FUSION}
    numbers = ["confidence-weighted", "weighted"]
    task = pipeline["tasks"][0]
    pipeline.update(name=out.name, version="1.0.0", description=DESCRIPTION)
    pipeline["fusion"]["graphs"] = graphs
    task["temperatures"] = {n: task["temperatures"][n] for n in [*numbers, *FUSION]}
    pipeline["tasks"][1]["space"] = "digits-small-1"
    for encoder in pipeline["encoders"].values():
        encoder.pop("reference", None)
    vocabulary = pipeline["encoders"]["text"]["preprocessing"]["vocabulary"]
    for file in [task["model"], vocabulary, *graphs.values()]:
        shutil.copyfile(parent / file, out / file)
    files = [encoder["model"] for encoder in pipeline["encoders"].values()]
    files += [task["model"], vocabulary, *graphs.values()]
    pipeline["files"] = {file: export.sha256(out / file) for file in sorted(files)}
    export.write_json(pipeline, out / "pipeline.json")
