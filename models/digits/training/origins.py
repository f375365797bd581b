"""Where `digits` and `digits-small` are from, as `provenance` in their pipeline.json states it."""

import json
from pathlib import Path

import export
import provenance

HERE = Path(__file__).resolve().parent

TRAINING = """audio calibration committed corpus degrade encoders evaluate export_fusion fitting fusion
fusion_evaluation fusion_networks head images kept networks phrases pool preprocessing reference
samples strokes texts wav words""".split()
"""Modules that weights and choices follow from. The rest only calls them and writes files; the seeds,
which it holds, are stated beside."""

PRUNING = "pruning pruning_levels pruning_plans recovery".split()
"""Modules that pruned weights follow from besides those."""


def _state(pipeline, made, folder, modules):
    statement = provenance.describe(made, provenance.DIGITS_DATA, HERE)
    files = sorted(f"{module}.py" for module in modules)
    digest = provenance.scripts(HERE, files)
    statement["scripts"] = [{"folder": folder, "files": files, "sha256": digest}]
    path = pipeline / "pipeline.json"
    definition = json.loads(path.read_text(encoding="utf-8"))
    definition["provenance"] = statement
    return definition, path


def state_training(pipeline, made):
    """Write the statement of a trained pipeline; `made` as reference.json holds it."""
    export.write_json(*_state(pipeline, made, "training", TRAINING))


def state_pruning(pipeline, parent, made):
    """Write the statement of a pipeline whose encoders were pruned from those of `parent`, the
    folder of `digits`, beside it."""
    definition, path = _state(pipeline, made, f"../{parent.name}/training", TRAINING + PRUNING)
    source = json.loads((parent / "pipeline.json").read_text(encoding="utf-8"))
    definition["provenance"]["parents"] = [
        {
            "name": source["name"],
            "version": source["version"],
            "sha256": export.sha256(parent / "pipeline.json"),
            "step": "training/prune.py",
        }
    ]
    export.write_json(definition, path)
