"""Numbers are entered twice: the table here was typed from the facts, not from the tables of the model."""

from __future__ import annotations

import csv
import math
import os
import re
from functools import cache
from pathlib import Path

import pytest

from lekti.base.tables import Row, knowledge_table, read_table
from lekti.base.units import convert
from lekti.model.parameters import Parameter, load_parameters, load_units

HERE = Path(__file__).parent
ENTRIES = tuple(read_table((HERE / "numbers.tsv").read_text("utf-8"), name="numbers.tsv"))
VALUES = tuple(row for row in ENTRIES if row["what"] == "value" and "~" not in row["id"])
SPREADS = tuple(row for row in ENTRIES if row["what"] == "spread")
SHARED = Path(os.environ.get("LEKTI_SHARED", HERE.parents[2] / "shared")) / "science"

ROUNDING = 1e-3
"""Relative; the first table rounds some published numbers to four digits."""

PRINTED_OTHERWISE = {"igg_slope": 13.0}
"""What the fact prints where it is not the number itself: -13 % per step is a factor of 0.87."""


@cache
def _parameters() -> dict[str, Parameter]:
    return {one.id: one for one in load_parameters()}


def _named(row: Row) -> str:
    return f"{row['id']}-{row['what']}"


@pytest.mark.parametrize("row", VALUES, ids=_named)
def test_value_is_the_one_that_was_entered_again(row: Row) -> None:
    first = _parameters()[row["id"]]
    again = convert(row.number("value"), row["unit"], load_units()[first.unit].pint)
    assert math.isclose(first.value, again, rel_tol=ROUNDING), f"{first.value:g} against {again:g}"


@pytest.mark.parametrize("row", SPREADS, ids=_named)
def test_spread_of_a_prior_is_the_published_one(row: Row) -> None:
    first = _parameters()[row["id"]]
    assert first.prior.numbers[0] == pytest.approx(_log_sd(row, first), rel=2e-3)


def test_correlation_is_the_one_that_was_entered_again() -> None:
    again = {row["id"]: row.number("value") for row in ENTRIES if "~" in row["id"]}
    first = {
        f"{row['first']}~{row['second']}": row.number("correlation")
        for row in knowledge_table("model/correlations.tsv")
    }
    assert first == again


def test_every_published_number_is_entered_twice() -> None:
    published = {one.id for one in load_parameters() if one.provenance in ("read", "secondary")}
    assert published == {row["id"] for row in VALUES}


@pytest.mark.parametrize("row", ENTRIES, ids=_named)
def test_fact_holds_the_number_and_is_not_recalled(row: Row) -> None:
    fact = _fact(row["table"], row["row"])
    wanted = PRINTED_OTHERWISE.get(row["id"], float(row["value"].split()[-1].strip("%") or "nan"))
    if row["value"].endswith("%"):
        wanted = float(row["value"].split()[1])
    printed = [
        abs(float(text)) for text in re.findall(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", " ".join(fact.values()))
    ]
    assert abs(wanted) in printed
    assert fact["provenance"] in ("read", "secondary")


@pytest.mark.parametrize("row", VALUES, ids=_named)
def test_no_row_claims_to_be_read_where_the_fact_is_secondary(row: Row) -> None:
    if _parameters()[row["id"]].provenance == "read":
        assert _fact(row["table"], row["row"])["provenance"] == "read"


def _log_sd(row: Row, first: Parameter) -> float:
    kind, number = row["value"].split()[:2]
    if kind == "SD(ln)":
        return float(number)
    ratio = float(number) / (100.0 if kind == "CV" else first.value)
    return math.sqrt(math.log(1.0 + ratio**2))


def _fact(table: str, label: str) -> dict[str, str]:
    path = SHARED / table
    if not path.is_file():
        pytest.skip(f"the collected facts are not at hand ({path})")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["id"] == label]
    assert len(rows) == 1, f"{label} stands {len(rows)} times in {table}"
    return {name: text or "" for name, text in rows[0].items()}


def test_nothing_recalled_stands_in_a_table() -> None:
    recalled = {
        row[table.columns[0]]
        for table in (knowledge_table(path) for path in _tables())
        for row in table
        if "provenance" in table.columns and row["provenance"] == "recalled"
    }
    assert recalled == set()


def _tables() -> list[str]:
    root = HERE.parents[1] / "src" / "lekti" / "knowledge"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.tsv"))
