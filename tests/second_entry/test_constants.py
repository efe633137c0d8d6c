"""Constants outside the model are entered twice: incidence, detection, odds, units, ends of scales."""

from __future__ import annotations

import csv
import math
import os
import re
from pathlib import Path

import pytest

from lekti.base.tables import Row, knowledge_table, read_table

HERE = Path(__file__).parent
AGAIN = tuple(read_table((HERE / "constants.tsv").read_text("utf-8"), name="constants.tsv"))
"""Columns path, key, id, column (where the first entry stands), value (or a fraction), table, row."""

SHARED = Path(os.environ.get("LEKTI_SHARED", HERE.parents[2] / "shared")) / "science"
HEALTHY_TEWL = (9.69, 2.94)
"""Mean and SD, g/m²/h (proteolysis/observations.tsv, tewl_forearm_healthy_young)."""

ROUNDING = 0.05 + 1e-9


def _value(text: str) -> float:
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def _named(row: Row) -> str:
    return f"{row['id']}-{row['column']}"


@pytest.mark.parametrize("again", AGAIN, ids=_named)
def test_constant_is_the_one_that_was_entered_again(again: Row) -> None:
    named = (row for row in knowledge_table(again["path"]) if row[again["key"]] == again["id"])
    (first,) = (row for row in named if _is_no_unit_of_others(row))
    assert math.isclose(first.number(again["column"]), _value(again["value"]), rel_tol=1e-9)


def _is_no_unit_of_others(row: Row) -> bool:
    """Of the units hold those of IgE alone: the same name has another factor elsewhere."""
    return row.cells.get("quantity", "ige") == "ige"


def test_band_of_healthy_water_loss_holds_95_of_100_people() -> None:
    (band,) = (row for row in knowledge_table("wording/healthy.tsv") if row["output"] == "tewl")
    mean, spread = HEALTHY_TEWL
    assert band.number("low") == pytest.approx(mean - 1.96 * spread, abs=ROUNDING)
    assert band.number("high") == pytest.approx(mean + 1.96 * spread, abs=ROUNDING)


def test_interval_of_detected_alleles_is_that_of_wilson() -> None:
    (row,) = (
        row for row in knowledge_table("genetics/family_numbers.tsv") if row["id"] == "gene_sensitivity"
    )
    found, tested, z = 35, 40, 1.96
    middle = (found + z * z / 2) / (tested + z * z)
    half = z / (tested + z * z) * math.sqrt(found * (tested - found) / tested + z * z / 4)
    assert row.number("low") == pytest.approx(middle - half, abs=5e-4)
    assert row.number("high") == pytest.approx(middle + half, abs=5e-4)


@pytest.mark.parametrize("again", AGAIN, ids=_named)
def test_fact_prints_the_constant(again: Row) -> None:
    printed = {float(text) for text in re.findall(r"\d+(?:\.\d+)?", _told(again["table"], again["row"]))}
    wanted = {float(part) for part in again["value"].split("/")}
    assert wanted <= printed


def _told(table: str, label: str) -> str:
    path = SHARED / table
    if not path.is_file():
        pytest.skip(f"the collected facts are not at hand ({path})")
    lines = path.read_text("utf-8").splitlines()
    if path.suffix == ".md":
        return " ".join(line for line in lines if line.startswith(f"- {label}"))
    (row,) = (row for row in csv.DictReader(lines, delimiter="\t") if row["id"] == label)
    return " ".join(map(str, row.values()))
