"""The trade of accuracy against size and speed, as a table and a chart.

    python3 models/digits/training/prune.py --validate --levels levels
    multimodal bench digits --inputs models/digits/samples --callers 1 --json > levels/digits.json
    multimodal bench digits-38 --models levels --inputs models/digits/samples --callers 1 --json \\
        > levels/digits-38.json
    multimodal eval digits-38 --models levels --data ../shared/data --out levels/digits-38/eval
    python3 models/digits/training/pruning_trade.py levels

What `bench` and `eval` printed lies beside the levels' folders. Speed is the median time of one
input at a time, on one thread. Writes `trade` into pruning.json and evaluation/pruning.svg.
"""

import json
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from evaluate import MODALITIES
from export import write_json
from pruning_levels import LEVELS

HERE = Path(__file__).resolve().parent
PARENT = HERE.parent
COLUMNS = [("kilobytes", "size of the encoder, kB"), ("milliseconds", "median time of an input, ms")]
LINES = {"clean": "#0072b2", "degraded": "#d55e00"}
STYLE = """
text { font-family: system-ui, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; font-size: 12px; fill: #24292f; }
.title { font-size: 16px; font-weight: 600; }
.note { font-size: 11px; fill: #57606a; }
.ground { fill: #ffffff; }
.grid { stroke: #d0d7de; stroke-width: 1; fill: none; }
.clean { stroke: #0072b2; } .degraded { stroke: #d55e00; }
.line { fill: none; stroke-width: 2; }
.dot { fill: #ffffff; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .note { fill: #9198a1; } .ground, .dot { fill: #0d1117; } .grid { stroke: #30363d; }
  .clean { stroke: #4aa3df; } .degraded { stroke: #f0883e; }
}
"""
WIDTH, HEIGHT, LEFT, TOP = 250, 190, 62, 84
LOWEST = -6.0
"""Points of accuracy at the bottom of a panel."""


def milliseconds(files):
    """Median time of an input by modality: the least of several measurements, since other programs
    only ever add to it."""
    found = {}
    for file in files:
        for encoder in json.loads(file.read_text(encoding="utf-8"))["encoders"]:
            point = next(p for p in encoder["points"] if p["callers"] == 1)
            found.setdefault(encoder["modality"], []).append(point["p50Milliseconds"])
    return {modality: min(times) for modality, times in found.items()}


def accuracies(folder):
    """Accuracy in percent of single modalities from evaluation.json: {modality: {condition: x}}."""
    report = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    return {
        row["modalities"][0]: {
            condition: round(100 * row["items"][condition]["value"], 2) for condition in LINES
        }
        for row in report["subsets"]
        if len(row["modalities"]) == 1
    }


def row(pipeline, folder, name):
    """What was measured of a pipeline: {modality: figures}."""
    times = milliseconds(sorted(folder.glob(f"{name}.json")) + sorted(folder.glob(f"{name}.[0-9].json")))
    right = accuracies(folder / f"{name}-eval")
    return {
        m: {
            "kilobytes": round((pipeline / f"{m}-encoder.onnx").stat().st_size / 1000, 1),
            "milliseconds": round(times[m], 4),
            **right[m],
        }
        for m in MODALITIES
    }


def scale(values):
    """The end of an axis from 0 that holds all values."""
    return 1.08 * max(values)


def panel(x, y, title, label, points, whole):
    """One panel: accuracy in points against the whole encoder's; `points` as (value, figures)."""
    end = scale([value for value, _ in points])
    parts = [f'<text x="{x}" y="{y - 10}">{escape(title)}</text>']
    for tick in range(int(LOWEST), 2, 2):
        level = y + HEIGHT * (1 - tick) / (1 - LOWEST)
        parts.append(f'<path class="grid" d="M{x} {level:.1f}h{WIDTH}"/>')
        parts.append(f'<text class="note" x="{x - 6}" y="{level + 4:.1f}" text-anchor="end">{tick:+d}</text>')
    for share in (0, 0.25, 0.5, 0.75, 1):
        parts.append(
            f'<text class="note" x="{x + share * WIDTH:.1f}" y="{y + HEIGHT + 16}" '
            f'text-anchor="middle">{share * end:.3g}</text>'
        )
    parts.append(f'<text class="note" x="{x + WIDTH / 2}" y="{y + HEIGHT + 32}" text-anchor="middle">{label}</text>')
    for condition in LINES:
        places = []
        for value, figures in sorted(points, key=lambda p: p[0]):
            loss = max(LOWEST, min(1.0, figures[condition] - whole[condition]))
            places.append((x + WIDTH * value / end, y + HEIGHT * (1 - loss) / (1 - LOWEST)))
        path = "L".join(f"{a:.1f} {b:.1f}" for a, b in places)
        parts.append(f'<path class="line {condition}" d="M{path}"/>')
        parts += [f'<circle class="dot {condition}" cx="{a:.1f}" cy="{b:.1f}" r="3.5"/>' for a, b in places]
    return parts


def chart(trade):
    """The SVG page: a row of panels against size, a row against speed."""
    whole = trade["whole"]
    width = LEFT + 3 * (WIDTH + LEFT)
    height = TOP + 2 * (HEIGHT + 80)
    told = "; ".join(
        f"{name} {m}: {f['kilobytes']} kB, {f['milliseconds']} ms, clean {f['clean']} %, degraded {f['degraded']} %"
        for name, row in trade.items()
        for m, f in row.items()
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        "<title>Accuracy of pruned encoders of digits against size and speed</title>",
        f"<desc>{escape(told)}</desc>",
        f"<style>{STYLE}</style>",
        '<rect class="ground" width="100%" height="100%"/>',
        f'<text class="title" x="20" y="28">Accuracy of pruned encoders against size and speed, in points from the whole encoder\'s</text>',
        '<path class="line clean" d="M22 46h26"/><text x="54" y="50">clean test items</text>',
        '<path class="line degraded" d="M172 46h26"/><text x="204" y="50">degraded test items</text>',
    ]
    for j, (measure, label) in enumerate(COLUMNS):
        for i, m in enumerate(MODALITIES):
            points = [(row[m][measure], row[m]) for row in trade.values()]
            x, y = LEFT + i * (WIDTH + LEFT), TOP + j * (HEIGHT + 80)
            parts += panel(x, y, m, label, points, whole[m])
    return "\n".join([*parts, "</svg>", ""])


def table(trade):
    """The rows as Markdown."""
    lines = [
        "| encoder | share | kB | ms | clean, % | degraded, % |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for m in MODALITIES:
        full = trade["whole"][m]["kilobytes"]
        for row in trade.values():
            f = row[m]
            lines.append(
                f"| {m} | {100 * f['kilobytes'] / full:.0f} % | {f['kilobytes']:.0f} | {f['milliseconds']:.3f} "
                f"| {f['clean']:.2f} | {f['degraded']:.2f} |"
            )
    return "\n".join(lines)


def main():
    folder = Path(sys.argv[1])
    trade = {"whole": row(PARENT, folder, "digits")}
    for share in LEVELS:
        name = f"digits-{round(100 * share)}"
        trade[f"{share:.2f}"] = row(folder / name, folder, name)
    path = HERE / "pruning.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["trade"] = trade
    write_json(record, path)
    (PARENT / "evaluation" / "pruning.svg").write_text(chart(trade), encoding="utf-8")
    print(table(trade))


if __name__ == "__main__":
    main()
