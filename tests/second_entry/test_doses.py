"""Doses of regimens are entered twice: the table here was typed from the label and the case reports."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

from lekti.base.tables import Row, knowledge_table, read_table

HERE = Path(__file__).parent
AGAIN = tuple(read_table((HERE / "doses.tsv").read_text("utf-8"), name="doses.tsv"))
"""As regimen_doses.tsv, with weeks or a month between doses; since_years: the age at the first of them."""

SHARED = Path(os.environ.get("LEKTI_SHARED", HERE.parents[2] / "shared")) / "science"
COURSES = {"topical_steroid", "emollient"}
"""Regimens without a dose: a course at an assumed level."""

OPEN = {"age_from": 0, "age_to": 200, "weight_from": 0, "weight_to": 1000}
"""What the table holds where nothing bounds a row."""

MONTH = 28
"""Days for which the table takes a month, as the regimen says in words."""


def _first() -> list[Row]:
    return [row for row in knowledge_table("targets/regimen_doses.tsv") if row["regimen"] not in COURSES]


def _bounds(row: Row) -> tuple[object, ...]:
    ends = (float(OPEN[name]) if row[name] == "-" else row.number(name) for name in OPEN)
    return row["regimen"], row["drug"], *ends


def test_regimens_are_for_the_ages_and_weights_entered_again() -> None:
    assert sorted(map(_bounds, _first())) == sorted(map(_bounds, AGAIN))


@pytest.mark.parametrize("again", AGAIN, ids=lambda row: "-".join(map(str, _bounds(row))))
def test_dose_is_the_one_entered_again(again: Row) -> None:
    (first,) = (row for row in _first() if _bounds(row) == _bounds(again))
    assert (first.number("first"), first.number("then"), first["unit"]) == (
        again.number("first"),
        again.number("then"),
        again["unit"],
    )
    if again["every_weeks"] != "-":
        weeks = MONTH / 7 if again["every_weeks"] == "month" else again.number("every_weeks")
        assert first.number("every_days") == 7 * weeks


def test_the_index_course_begins_ivig_as_long_before_dupilumab_as_entered_again() -> None:
    again = {row["drug"]: row.number("since_years") for row in AGAIN if row["regimen"] == "index_course"}
    first = {row["drug"]: row.number("from_day") for row in _first() if row["regimen"] == "index_course"}
    years = (first["dupilumab"] - first["ivig"]) / 365.25
    assert years == pytest.approx(again["dupilumab"] - again["ivig"])


def test_a_month_taken_as_four_weeks_is_said_so() -> None:
    told = {row["id"]: row["reason"] for row in knowledge_table("targets/regimens.tsv")}
    for row in AGAIN:
        if row["every_weeks"] == "month":
            assert f"every {MONTH} days" in told[row["regimen"]]


def test_nobody_below_half_a_year_or_outside_the_labelled_weights_has_a_labelled_dose() -> None:
    label = [row for row in _first() if row["regimen"] == "dupilumab_label"]
    for years, kilograms in ((0.4, 6), (3, 31), (3, 4.9), (7, 14.9)):
        assert not [row for row in label if _holds(row, years, kilograms)]
    for years, kilograms in ((0.5, 5), (6, 30), (17.9, 60), (18, 40)):
        assert len([row for row in label if _holds(row, years, kilograms)]) == 1


def _holds(row: Row, years: float, kilograms: float) -> bool:
    old = row.number("age_from") <= years < row.number("age_to")
    return old and row.number("weight_from") <= kilograms < row.number("weight_to")


@pytest.mark.parametrize("again", AGAIN, ids=lambda row: f"{row['regimen']}-{row['first']}-{row['then']}")
def test_fact_holds_the_dose(again: Row) -> None:
    text = _told(again["table"], again["row"])
    numbers = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}
    doses = {again.number("first"), again.number("then")} - {0.0}
    assert doses <= numbers


def _told(table: str, label: str) -> str:
    path = SHARED / table
    if not path.is_file():
        pytest.skip(f"the collected facts are not at hand ({path})")
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        (found,) = (part for part in re.split(r"^## ", text, flags=re.MULTILINE) if part.startswith(label))
        return found
    (row,) = (row for row in csv.DictReader(text.splitlines(), delimiter="\t") if row["id"] == label)
    return " ".join(map(str, row.values()))
