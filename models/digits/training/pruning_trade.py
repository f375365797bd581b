"""The trade of accuracy against size and speed, as a table and a chart.

    python3 models/digits/training/prune.py --validate --levels levels
    multimodal bench digits-38 --models levels --inputs models/digits/samples --callers 1 --json \\
        > levels/digits-38.1.json
    multimodal eval digits-38 --models levels --data ../shared/data --out levels/digits-38-eval
    python3 models/digits/training/pruning_trade.py levels

What `bench` and `eval` wrote for `digits`, `digits-small` and each level lies beside the levels'
folders, `bench` as often as one likes. Writes `trade` into pruning.json and evaluation/pruning.svg.
"""

import json
import math
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from evaluate import MODALITIES
from export import write_json
from pruning_levels import LEVELS

HERE = Path(__file__).resolve().parent
PARENT = HERE.parent
COLUMNS = [("kilobytes", "size of the encoder, kB"), ("milliseconds", "median time of an input, ms")]
LINES = ["clean", "degraded"]
WHOLE, SMALL = "digits", "digits-small"
STYLE = """
text { font-family: system-ui, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; font-size: 12px; fill: #24292f; }
.title { font-size: 16px; font-weight: 600; }
.note { font-size: 11px; fill: #57606a; }
.ground { fill: #ffffff; }
.grid { stroke: #d0d7de; stroke-width: 1; fill: none; }
.clean { stroke: #0072b2; } .degraded { stroke: #d55e00; }
.line { fill: none; stroke-width: 2; }
.dot { fill: #ffffff; stroke-width: 2; }
.full { stroke-width: 2; } .full.clean { fill: #0072b2; } .full.degraded { fill: #d55e00; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .note { fill: #9198a1; } .ground, .dot { fill: #0d1117; } .grid { stroke: #30363d; }
  .full.clean { fill: #4aa3df; } .full.degraded { fill: #f0883e; }
  .clean { stroke: #4aa3df; } .degraded { stroke: #f0883e; }
}
"""
WIDTH, HEIGHT, LEFT, TOP = 250, 190, 62, 84


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
    times = milliseconds(sorted(folder.glob(f"{name}.[0-9].json")))
    right = accuracies(folder / f"{name}-eval")
    return {
        m: {
            "kilobytes": round((pipeline / f"{m}-encoder.onnx").stat().st_size / 1000, 1),
            "milliseconds": round(times[m], 4),
            **right[m],
        }
        for m in MODALITIES
    }


def ticks(greatest):
    """Round values from 0 up that an axis names, about four of them."""
    power = 10.0 ** math.floor(math.log10(greatest / 4))
    step = next(power * f for f in (1, 2, 5, 10) if greatest / (power * f) <= 5)
    return [i * step for i in range(int(greatest / step) + 1)]


def lowest(trade):
    """The even number of points below all losses."""
    whole = trade[WHOLE]
    losses = [f[c] - whole[m][c] for row in trade.values() for m, f in row.items() for c in LINES]
    return 2 * math.floor(min(-1.0, min(losses)) / 2)


def dot(place, condition, kind):
    """A measured pipeline; the one that is shipped is filled."""
    return f'<circle class="{kind} {condition}" cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="4"/>'


def panel(x, y, measure, label, trade, modality, bottom):
    """One panel: accuracy in points from the whole encoder's, against size or time."""
    whole = trade[WHOLE][modality]
    end = 1.08 * max(row[modality][measure] for row in trade.values())
    top = 1 if bottom > -10 else 2

    def place(figures, condition):
        loss = figures[condition] - whole[condition]
        return x + WIDTH * figures[measure] / end, y + HEIGHT * (top - loss) / (top - bottom)

    parts = [f'<text x="{x}" y="{y - 10}">{modality}</text>']
    for tick in range(bottom, 1, 2 if bottom >= -10 else 4):
        level = y + HEIGHT * (top - tick) / (top - bottom)
        parts.append(f'<path class="grid" d="M{x} {level:.1f}h{WIDTH}"/>')
        parts.append(
            f'<text class="note" x="{x - 6}" y="{level + 4:.1f}" text-anchor="end">{tick}</text>'
        )
    for value in ticks(end):
        parts.append(
            f'<text class="note" x="{x + WIDTH * value / end:.1f}" y="{y + HEIGHT + 16}" '
            f'text-anchor="middle">{value:g}</text>'
        )
    middle = x + WIDTH / 2
    parts.append(
        f'<text class="note" x="{middle}" y="{y + HEIGHT + 32}" text-anchor="middle">{label}</text>'
    )
    for condition in LINES:
        levels = [row[modality] for name, row in trade.items() if name != SMALL]
        places = [place(figures, condition) for figures in levels]
        path = "L".join(f"{a:.1f} {b:.1f}" for a, b in places)
        parts.append(f'<path class="line {condition}" d="M{path}"/>')
        parts += [dot(p, condition, "dot") for p in places]
        if SMALL in trade:
            parts.append(dot(place(trade[SMALL][modality], condition), condition, "full"))
    return parts


def chart(trade):
    """The SVG page: a row of panels against size, a row against time."""
    bottom = lowest(trade)
    width, height = LEFT + 3 * (WIDTH + LEFT), TOP + 2 * (HEIGHT + 80)
    told = "; ".join(
        f"{name} {m}: {f['kilobytes']} kB, {f['milliseconds']} ms, clean {f['clean']} %, "
        f"degraded {f['degraded']} %"
        for name, row in trade.items()
        for m, f in row.items()
    )
    title = "Accuracy of pruned encoders of digits against size and speed"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        f"<title>{title}</title>",
        f"<desc>{escape(told)}</desc>",
        f"<style>{STYLE}</style>",
        '<rect class="ground" width="100%" height="100%"/>',
        f'<text class="title" x="20" y="28">{title}, in points from the whole encoder</text>',
        '<path class="line clean" d="M22 46h26"/><text x="54" y="50">clean test items</text>',
        '<path class="line degraded" d="M182 46h26"/><text x="214" y="50">degraded test items</text>',
        '<circle class="full clean" cx="370" cy="46" r="4"/><text x="382" y="50">digits-small</text>',
    ]
    for j, (measure, label) in enumerate(COLUMNS):
        for i, m in enumerate(MODALITIES):
            x, y = LEFT + i * (WIDTH + LEFT), TOP + j * (HEIGHT + 80)
            parts += panel(x, y, measure, label, trade, m, bottom)
    return "\n".join([*parts, "</svg>", ""])


def table(trade):
    """The rows as Markdown."""
    lines = [
        "| encoder | pipeline | share | kB | ms | clean, % | degraded, % |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for m in MODALITIES:
        full = trade[WHOLE][m]["kilobytes"]
        for name, row in trade.items():
            f = row[m]
            lines.append(
                f"| {m} | {name} | {100 * f['kilobytes'] / full:.0f} % | {f['kilobytes']:.0f} | {f['milliseconds']:.3f} "
                f"| {f['clean']:.2f} | {f['degraded']:.2f} |"
            )
    return "\n".join(lines)


def main():
    folder = Path(sys.argv[1])
    trade = {WHOLE: row(PARENT, folder, WHOLE)}
    for share in LEVELS:
        name = f"digits-{round(100 * share)}"
        trade[name] = row(folder / name, folder, name)
    trade[SMALL] = row(PARENT.parent / SMALL, folder, SMALL)
    path = HERE / "pruning.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["trade"] = trade
    write_json(record, path)
    (PARENT / "evaluation" / "pruning.svg").write_text(chart(trade), encoding="utf-8")
    print(table(trade))


if __name__ == "__main__":
    main()
