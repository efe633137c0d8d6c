"""The figure of each module page, drawn by running the model on typical people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tools.chart import Chart, Panel, chart_svg

from lekti.base.tables import Row
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.run import Run
from lekti.engine.simulate import simulate
from lekti.model.modules import LAYERS
from lekti.model.netherton import netherton_system
from lekti.population.people import with_healthy_twin

YEAR = 365.25
GENOTYPES = {"two normal alleles": 1.0, "one null allele": 0.5, "two null alleles": 0.0}
STARTS = (0.25, 1.0, 4.0)
"""Factors of the start of KLK5 without KLK5, which nobody has measured in skin."""
RESIDUALS = np.linspace(0.0, 1.0, 41)


def module_figure(row: Row) -> str:
    """Return the figure of one module as SVG; `row` is its line of module_figures.tsv."""
    return chart_svg(
        {"life": _life, "treated": _treated, "depth": _depth, "residual": _residual}[row["kind"]](row)
    )


def typical(residuals: Sequence[float], **set_to: float) -> np.ndarray:
    """Return typical people by LEKTI left [people, parameters], each with its own healthy twin."""
    system = netherton_system()
    matrix = np.tile(np.asarray(system.defaults), (len(residuals), 1))
    for name, value in set_to.items():
        matrix[:, system.parameters.index(name)] = value
    matrix = with_healthy_twin(system, matrix, Kernel())
    for allele, left in (("lekti_allele_a", 1.0), ("lekti_allele_b", 0.0)):
        column = np.clip(2 * np.asarray(residuals) - (1 - left), 0.0, 1.0)
        matrix[:, system.parameters.index(allele)] = column
    return matrix


def follow(matrix: np.ndarray, ages: np.ndarray, outputs: Sequence[str], doses: Doses | None = None) -> Run:
    """Return outputs of people at ages in days."""
    system = netherton_system()
    birth = -system.defaults[system.parameters.index("age_start")]
    run = simulate(system, matrix, times=ages + birth, outputs=list(outputs), doses=doses, solver=Kernel())
    for outcome in run.outcomes:
        if not outcome.ok:
            raise SystemExit(f"A typical person could not be followed: {outcome}")
    return run


def _life(row: Row) -> Chart:
    years = np.linspace(0.0, row.number("until"), 400)
    run = follow(typical(list(GENOTYPES.values())), years * YEAR, [one for one, _, _ in _outputs(row)])
    names = list(GENOTYPES)
    return _over_age(row, years, [(names, output, run[output]) for output, _, _ in _outputs(row)])


def _treated(row: Row) -> Chart:
    years = np.linspace(0.0, row.number("until"), 1200)
    start, every = row.number("from") * YEAR, row.number("every")
    system = netherton_system()
    birth = -system.defaults[system.parameters.index("age_start")]
    times = np.arange(start, row.number("until") * YEAR, every) + birth
    doses = Doses(
        patient=np.full(len(times), 1),
        time=times,
        target=row["drug"],
        amount=np.full(len(times), row.number("dose")),
    )
    outputs = [output for output, _, _ in _outputs(row)]
    drug = row["drug"].partition("_")[0].replace("igg", "IVIG")
    run = follow(typical([0.0, 0.0]), years * YEAR, outputs, doses)
    names = ["two null alleles, untreated", f"two null alleles, {drug} from {row['from']} years"]
    return _over_age(row, years, [(names, output, run[output]) for output in outputs])


def _depth(row: Row) -> Chart:
    layers = range(1, LAYERS + 1)
    matrix = typical(list(GENOTYPES.values()))
    panels: list[Panel] = []
    for stem, name, unit in _outputs(row):
        run = follow(matrix, np.array([row.number("until") * YEAR]), [f"{stem}{layer}" for layer in layers])
        values = np.stack([run[f"{stem}{layer}"][:, 0] for layer in layers], axis=1)
        panels.append(Panel(name, unit, dict(zip(GENOTYPES, values, strict=True))))
    depth = (np.array(layers) - 0.5) / LAYERS
    ticks = (0.25, 0.5, 0.75)
    return Chart("module-" + row["module"], row["title"], depth, ticks, "depth: 0 deep, 1 surface", panels)


def _residual(row: Row) -> Chart:
    ((output, name, unit),) = _outputs(row)
    system = netherton_system()
    default = system.defaults[system.parameters.index("klk5_start")]
    lines: dict[str, np.ndarray] = {}
    for factor in STARTS:
        matrix = typical(list(RESIDUALS), klk5_start=factor * default)
        run = follow(matrix, np.array([row.number("until") * YEAR]), [output])
        lines[f"KLK5 starts by itself ×{factor:g}"] = run[output][:, 0]
    panel = Panel(name, unit, lines)
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    return Chart(
        "module-" + row["module"], row["title"], RESIDUALS, ticks, "LEKTI left, share of normal", [panel]
    )


def _over_age(row: Row, years: np.ndarray, found: Sequence[tuple[Sequence[str], str, np.ndarray]]) -> Chart:
    words = {output: (name, unit) for output, name, unit in _outputs(row)}
    panels = [
        Panel(*words[output], dict(zip(names, values, strict=True)), logarithmic=row["log"] == "1")
        for names, output, values in found
    ]
    step = (
        1 if row.number("until") > 2 and row.number("until") <= 12 else 3 if row.number("until") > 2 else 0.25
    )
    ticks = tuple(float(tick) for tick in np.arange(0, row.number("until") + step / 2, step))
    return Chart("module-" + row["module"], row["title"], years, ticks, "age, years", panels)


def _outputs(row: Row) -> list[tuple[str, str, str]]:
    return [(one[0], one[1], one[2]) for part in row["outputs"].split(";") if (one := part.split("="))]
