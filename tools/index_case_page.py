"""Write the numbers and figures of docs/science/index-case.md from one run of the built-in case.

The words of the page are written by hand; parts between `<!-- from the run: NAME -->` and `<!-- end -->` are
written here. The run is `lekti run index --patients 1000 --seed 1`.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from tools.page_blocks import rewritten

from lekti.outputs.attributed import Cell, attributed_drugs, attributed_rows, attribution_sentence
from lekti.outputs.course_figure import course_figure
from lekti.outputs.figure_style import standalone_style
from lekti.outputs.forecasts import forecast_tables
from lekti.outputs.forecasts_figure import forecasts_figure
from lekti.outputs.layout import WIDE
from lekti.outputs.numbers import THIN
from lekti.outputs.run_record import run_record, solved_in_words
from lekti.patients.library import load_case
from lekti.population.result import Result
from lekti.population.run_case import run_case
from lekti.population.shipped import model_key

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "science" / "index-case.md"
FIGURES = ROOT / "docs" / "images" / "index"
PATIENTS, SEED = 1000, 1


def main() -> int:
    """Run the case, write the page and its figures, and say where they are."""
    result = run_case(load_case("index"), patients=PATIENTS, seed=SEED)
    FIGURES.mkdir(parents=True, exist_ok=True)
    for name, drawing in (
        ("course", course_figure(result, WIDE)),
        ("forecasts", forecasts_figure(result, WIDE)),
    ):
        (FIGURES / f"{name}.svg").write_text(drawing.svg(style=standalone_style()) + "\n", "utf-8")
    PAGE.write_text(page_text(result, PAGE.read_text("utf-8")), "utf-8")
    print(f"The page: {PAGE}")
    return 0


def page_text(result: Result, text: str) -> str:
    """Return the page with its parts from the run written anew."""
    parts = {"run": ran, "forecasts": forecasts, "attribution": attribution, "shares": attribution_sentence}
    written = rewritten(text, {name: partial(part, result) for name, part in parts.items()})
    return written.replace(THIN, "\u00a0")


def ran(result: Result) -> str:
    """Return what was run, on which equations and numbers."""
    record = run_record(result)
    return f"{solved_in_words(record)}, seed {record.seed}, model `{model_key()}`."


def forecasts(result: Result) -> str:
    """Return the tables of the three forecasts, one for each reading of the model."""
    names = [
        "what is known",
        "median at 5 years",
        "90 % interval",
        "width",
        "55.8 inside, on dupilumab",
        "patients",
    ]
    head = f"| {' | '.join(names)} |\n|{'---|' * len(names)}"
    parts: list[str] = []
    for table in forecast_tables(result):
        rows = [
            f"| {row.told} | {row.median} | {row.interval} | {row.width} | {row.fits} | {row.effective} |"
            for row in table.rows
        ]
        parts.append("\n".join([f"**{table.reading}**", "", head, *rows]))
    return "\n\n".join(parts)


def attribution(result: Result) -> str:
    """Return the table of what each drug did."""
    drugs = attributed_drugs(result)
    names = ["from, to", "reading", "change", "without drugs", *(f"share of {drug}" for drug in drugs)]
    names += [f"factor of {drug}" for drug in drugs]
    rows = [
        [row.dates, row.reading, _cell(row.change), _cell(row.without)]
        + [_cell(cell) for cell in (*row.shares, *row.factors)]
        for row in attributed_rows(result)
    ]
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Cell) -> str:
    return f"{cell.median} ({cell.interval})"


if __name__ == "__main__":
    sys.exit(main())
