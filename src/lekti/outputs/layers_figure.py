"""Convergence in the number of layers: as a table on the terminal, as data, and as a figure."""

from __future__ import annotations

import numpy as np

from lekti.base.provenance import USE
from lekti.model.netherton import model_checksum
from lekti.outputs.axes import Linear, fixed, linear_from_zero
from lekti.outputs.figure_style import standalone_style
from lekti.outputs.svg import Drawing, Group, Node, Text, line, path, shape
from lekti.population.layers import NAMED, LayerStudy, shipped_layers

WIDTH, HEIGHT = 640.0, 360.0
_LEFT, _RIGHT, _TOP, _FOOT = 44.0, 520.0, 34.0, 312.0
_LABEL_PITCH = 15.0


def layers_text(study: LayerStudy) -> str:
    """Return water loss by number of layers, and how far each lies from the finest."""
    shown = [(left, name) for left, name in NAMED if left in study.left]
    finest = max(study.counts)
    lines = ["Water loss of a typical untreated adult, g/m²/h, by layers of the stratum corneum", ""]
    lines.append(
        "layers " + " ".join(f"{name:>10}" for _, name in shown) + "   most, to finest   LEKTI shift"
    )
    for count in sorted(study.counts):
        values = " ".join(f"{study.at(count, left):>10.2f}" for left, _ in shown)
        most = 100 * float(np.abs(study.against_finest(count)).max())
        mark = " (shipped)" if count == shipped_layers() else ""
        lines.append(f"{count:>6} {values} {most:>15.1f} %   {study.shift(count):>11.3f}{mark}")
    lines += [
        "",
        f"most, to finest: largest difference to {finest} layers at any LEKTI left.",
        "LEKTI shift: how far LEKTI left must move, at most, for the finest to show the same water loss.",
        f"Model {model_checksum()[:12]}. For {USE}.",
    ]
    return "\n".join(lines)


def layers_object(study: LayerStudy) -> dict[str, object]:
    """Return the study as plain data."""
    return {
        "unit": "g/m²/h",
        "left": list(study.left),
        "shipped": shipped_layers(),
        "model_sha256": model_checksum(),
        "rows": [
            {
                "layers": count,
                "tewl": [float(value) for value in study.tewl[study.counts.index(count)]],
                "largest_difference_percent": 100 * float(np.abs(study.against_finest(count)).max()),
                "largest_shift_of_lekti_left": study.shift(count),
            }
            for count in sorted(study.counts)
        ],
        "use": USE,
    }


def layers_svg(study: LayerStudy) -> str:
    """Return the figure as an SVG that stands on its own."""
    return layers_figure(study).svg(style=standalone_style())


def layers_figure(study: LayerStudy) -> Drawing:
    """Draw water loss against LEKTI left, one line for each number of layers; the shipped one in blue."""
    x = fixed(0.0, 0.5, (0.0, 0.1, 0.2, 0.3, 0.4, 0.5), start=_LEFT, end=_RIGHT)
    y = linear_from_zero(float(study.tewl.max()), start=_FOOT, end=_TOP)
    inside = [place for place, left in enumerate(study.left) if left <= 0.5]
    nodes: list[Node] = [_grid(x, y)]
    for count in sorted(study.counts, key=lambda one: one == shipped_layers()):
        values = study.tewl[study.counts.index(count)][inside]
        points = [(x.place(study.left[at]), y.place(value)) for at, value in zip(inside, values, strict=True)]
        css = (
            "med" if count == shipped_layers() else "observed-line" if count == max(study.counts) else "axis"
        )
        nodes.append(shape("path", css.replace("observed-line", "ink-line"), d=path(points), fill="none"))
    nodes.append(_labels(study, x, y))
    told = "; ".join(_told(study, count) for count in sorted(study.counts))
    title = "Water loss against LEKTI left, by number of layers"
    return Drawing("layers", WIDTH, HEIGHT, title, f"{told}.", tuple(nodes))


def _told(study: LayerStudy, count: int) -> str:
    most = 100 * float(np.abs(study.against_finest(count)).max())
    return f"{count} layers differ from {max(study.counts)} by at most {most:.0f} %"


def _grid(x: Linear, y: Linear) -> Group:
    nodes: list[Node] = [Text(_LEFT - 36, 14, "water loss, g/m²/h", "ink2")]
    for tick in y.ticks:
        at = y.place(tick)
        nodes += [
            line("grid", _LEFT, at, _RIGHT, at),
            Text(_LEFT - 8, at + 4, f"{tick:g}", "ink3", anchor="end"),
        ]
    for tick in x.ticks:
        nodes.append(Text(x.place(tick), _FOOT + 18, f"{100 * tick:.0f} %", "ink3", anchor="middle"))
    nodes.append(
        Text(_RIGHT, _FOOT + 36, "LEKTI left from both alleles (50 %: carrier)", "ink2", anchor="end")
    )
    return Group("ticks", nodes)


def _labels(study: LayerStudy, x: Linear, y: Linear) -> Group:
    """Name each line where they lie furthest apart, beside the plot, in the order of the lines there."""
    spread = study.tewl.max(axis=0) - study.tewl.min(axis=0)
    place = int(np.argmax(spread))
    order = sorted(study.counts, key=lambda one: -study.tewl[study.counts.index(one), place])
    middle = y.place(float(np.mean(study.tewl[:, place])))
    top = middle - _LABEL_PITCH * (len(order) - 1) / 2
    nodes: list[Node] = [line("grid", x.place(study.left[place]), _TOP, x.place(study.left[place]), _FOOT)]
    for at, count in enumerate(order):
        shipped, value = count == shipped_layers(), study.tewl[study.counts.index(count), place]
        label_y = top + _LABEL_PITCH * at
        nodes.append(
            Text(_RIGHT + 10, label_y + 4, f"{count} layers", "model" if shipped else "ink2", bold=shipped)
        )
        nodes.append(Text(WIDTH, label_y + 4, f"{value:.1f}", "ink3", anchor="end"))
    where = f"at {100 * study.left[place]:.0f} % left"
    nodes.append(Text(_RIGHT + 10, top - 14, where, "ink3"))
    return Group("labels", nodes)
