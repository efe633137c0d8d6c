"""The numbers and figures of published models, against what somebody else typed from the facts again."""

from __future__ import annotations

import csv
import math
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lekti.base.tables import Row, knowledge_table, read_table
from lekti.model.published import published_models

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("LEKTI_SHARED", HERE.parents[2] / "shared")) / "science"
AGAIN = tuple(read_table((HERE / "published.tsv").read_text("utf-8"), name="published.tsv"))
"""Columns model, id, value, spread (`-` where there is none), table, row: typed from the facts."""

FIGURES = tuple(read_table((HERE / "figures.tsv").read_text("utf-8"), name="figures.tsv"))
"""Columns id, expected, low and high (a range that is published as such), table, row."""

MINUS_IN_THE_LAW = {
    ("fukuda_2024", "release_by_ph"),
    ("miller_2022", "klk5_release_by_ph"),
    ("miller_2022", "klk7_release_by_ph"),
}
"""Printed with a minus sign; the first table holds the fall, and the rate law subtracts it."""

PRINTED_IN_OTHER_UNITS = {
    ("fukuda_2024", "pro_klk5_start"): "1e-10",
    ("fukuda_2024", "lekti_start"): "1e-10",
    ("fukuda_2024", "meso"): "1e-10",
    ("miller_2022", "klk5_bind_slope"): "5.2",
    ("miller_2022", "klk5_bind_fall"): "19.5",
    ("hayashi_2007", "clearance_ref"): "71.0",
    ("hayashi_2007", "ige_volume_ref"): "5900",
}
"""What the fact prints: mol for nmol, a factor of 1e7 outside brackets, mL for L."""

STEPS = ("step_1_fall", "step_2_fall", "step_3_rise")
"""Printed as the levels of pH between the steps, 7 to 6.0 to 5.4 to 6.7."""

ARITHMETIC = {"miller_closed_form", "hayashi_resting"}
"""Figures that follow from the numbers of the model and stand in no fact."""


def _first() -> dict[tuple[str, str], Row]:
    return {
        (model, row["id"]): row
        for model in published_models()
        for row in knowledge_table(f"published/{model}.tsv")
    }


def _same(first: str, again: str) -> bool:
    if "-" in (first, again):
        return first == again
    return math.isclose(float(first), float(again), rel_tol=1e-9)


def test_the_second_entry_of_published_models_is_the_first() -> None:
    first, differing = _first(), list[str]()
    for row in AGAIN:
        key = (row["model"], row["id"])
        again = row["value"].removeprefix("-") if key in MINUS_IN_THE_LAW else row["value"]
        spread = "-" if row["spread"].startswith("CV") else row["spread"]
        if not (_same(first[key]["value"], again) and _same(first[key]["spread"], spread)):
            differing.append(f"{row.where}: {first[key]['value']}, {first[key]['spread']}")
    assert differing == []


def test_signs_are_printed_as_the_facts_have_them_and_turned_in_the_law_alone() -> None:
    printed = {(row["model"], row["id"]): row.number("value") for row in AGAIN}
    assert all(printed[key] < 0 for key in MINUS_IN_THE_LAW)


def test_a_coefficient_of_variation_stands_in_the_words_of_its_number() -> None:
    told = [row for row in AGAIN if row["spread"].startswith("CV")]
    assert len(told) == 3
    for row in told:
        number = float(row["spread"].split()[1])
        assert f"{number:g} % (coefficient of variation" in _first()[row["model"], row["id"]]["meaning"]


def test_every_read_number_of_a_published_model_is_entered_again() -> None:
    entered = {(row["model"], row["id"]) for row in AGAIN}
    wanted = {key for key, row in _first().items() if row["provenance"] in ("read", "secondary")}
    assert wanted == entered


def test_figures_to_find_again_are_those_that_were_entered_again() -> None:
    first = {row["id"]: row for row in knowledge_table("published/figures.tsv")}
    assert set(first) == {row["id"] for row in FIGURES} | ARITHMETIC
    differing = [row.where for row in FIGURES if not _same_figure(first[row["id"]], row)]
    assert differing == []


def _same_figure(first: Row, again: Row) -> bool:
    if again["expected"] != "-":
        return first.number("expected") == again.number("expected")
    low, high = again.number("low"), again.number("high")
    middle = abs(first.number("expected") - (low + high) / 2) <= 0.05 + 1e-9
    return middle and (first.number("lowest"), first.number("highest")) == (low, high)


def test_half_lives_of_ige_by_level_are_those_of_the_equations_as_printed() -> None:
    number = {row["id"]: row.number("value") for row in AGAIN if row["model"] == "hayashi_2007"}
    for row in FIGURES:
        if row["row"] == "IM-D017":
            level = float(row["id"].rpartition("_")[2]) * number["ng_per_unit"] / number["usual_ref"]
            cleared = 24 * number["clearance_ref"] * level ** number["clearance_by_usual"]
            half = math.log(2) * number["ige_volume_ref"] / cleared
            assert half == pytest.approx(row.number("expected"), abs=0.05)


@pytest.mark.parametrize("row", AGAIN, ids=lambda row: f"{row['model']}-{row['id']}")
def test_fact_prints_the_number_of_a_published_model(row: Row) -> None:
    if row["id"] in STEPS:
        return
    key = (row["model"], row["id"])
    wanted = {float(PRINTED_IN_OTHER_UNITS.get(key, row["value"].removeprefix("-")))}
    if row["spread"] != "-":
        wanted.add(float(row["spread"].removeprefix("CV ").removesuffix(" %")))
    assert wanted <= set(_printed(row["table"], row["row"]))


@pytest.mark.parametrize("row", AGAIN, ids=lambda row: f"{row['model']}-{row['id']}")
def test_no_number_of_a_published_model_claims_to_be_read_where_the_fact_is_secondary(row: Row) -> None:
    told = _first()[row["model"], row["id"]]["provenance"]
    if not row["table"].endswith(".md"):
        assert told == _facts(row["table"], row["row"])[0]["provenance"]


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row["id"])
def test_fact_prints_the_figure(row: Row) -> None:
    wanted = {float(row[name]) for name in ("expected", "low", "high") if row[name] != "-"}
    assert wanted <= set(_printed(row["table"], row["row"]))


def _printed(table: str, label: str) -> Iterator[float]:
    """Yield the numbers of a row of facts, without their signs; of a page, those of its chapter."""
    if table.endswith(".md"):
        chapter = label.removeprefix("section ")
        parts = re.split(r"^## ", _text(table), flags=re.MULTILINE)
        found = [part for part in parts if part.startswith(chapter)]
    else:
        found = [" ".join(map(str, row.values())) for row in _facts(table, label)]
    assert len(found) == 1, f"{label} stands {len(found)} times in {table}"
    return map(float, re.findall(r"\d*\.?\d+(?:[eE][+-]?\d+)?", found[0]))


def _facts(table: str, label: str) -> list[dict[str, str]]:
    rows = csv.DictReader(_text(table).splitlines(), delimiter="\t")
    return [row for row in rows if row["id"] == label]


def _text(table: str) -> str:
    path = SHARED / table
    if not path.is_file():
        pytest.skip(f"the collected facts are not at hand ({path})")
    return path.read_text("utf-8")
