"""The numbers of each figure as CSV, so that a reader can take them away."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np

from lekti.base.provenance import USE
from lekti.outputs.compared import Compared
from lekti.outputs.panel_parts import Shown
from lekti.outputs.plans import Plans

MOST_AGES = 120
YEAR = 365.25


def course_csv(panels: Sequence[Shown]) -> str:
    """Return age, output, unit and the five quantiles; at most 120 ages per output, spread evenly."""
    rows: list[list[str]] = []
    for shown in panels:
        ages = shown.series.ages
        chosen = np.unique(np.linspace(0, len(ages) - 1, min(MOST_AGES, len(ages))).astype(int))
        for index in chosen:
            q = [_plain(float(value)) for value in shown.series.quantiles[:, index]]
            rows.append([f"{ages[index] / YEAR:.4f}", shown.panel.output, shown.panel.unit, *q])
    return table_csv(["age_years", "output", "unit", "q05", "q25", "q50", "q75", "q95"], rows)


def plans_csv(plans: Plans) -> str:
    """Return one row per plan with the five quantiles."""
    head = ["plan", "age_years", "output", "unit", "q05", "q25", "q50", "q75", "q95", "patients"]
    age = f"{plans.age_days / YEAR:.4f}"
    rows = [
        [plan.name, age, plans.panel.output, plans.panel.unit]
        + [_plain(float(value)) for value in plan.quantiles]
        + [str(len(plan.values))]
        for plan in plans.plans
    ]
    return table_csv(head, rows)


def compared_csv(rows: Iterable[Compared]) -> str:
    """Return the table of the report, one row per thing seen."""
    head = ["quantity", "when", "observed", "predicted", "interval90", "verdict", "source", "used_to_fit"]
    head.append("other_reading")
    return table_csv(head, [_cells(row) for row in rows])


def table_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV text whose first line, a comment, says what it may be used for."""
    text = io.StringIO()
    text.write(f"# use: {USE}\r\n")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def data_link(text: str) -> str:
    """Return CSV text as a data: link that needs no network."""
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(text.encode("utf-8")).decode("ascii")


def _cells(row: Compared) -> list[str]:
    told = [row.quantity, row.when, row.observed, row.predicted, row.interval, row.verdict, row.source]
    return [*told, "yes" if row.fitted else "no", row.reading]


def _plain(value: float) -> str:
    return f"{value:.5g}" if np.isfinite(value) else ""


def _harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    starts = cell[:1] in {"=", "+", "@", "\t"} or (cell[:1] == "-" and not _is_number(cell))
    return f"'{cell}" if starts else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
