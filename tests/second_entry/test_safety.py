"""Harms are entered twice: the table here was typed from the facts, not from the table that ships."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

from lekti.base.tables import Row, knowledge_table, read_table

HERE = Path(__file__).parent
AGAIN = tuple(read_table((HERE / "safety.tsv").read_text("utf-8"), name="safety.tsv"))
"""Columns treatment, event, rate, comparator, people (with infusions, where counted), age, source, locator,
provenance, table, row (several where the numbers stand in several)."""

SHARED = Path(os.environ.get("LEKTI_SHARED", HERE.parents[2] / "shared")) / "science"
ONE_PERSON = re.compile(r"\b(?:boy|girl|woman|man)\b")
LOCATOR_IN_OTHER_WORDS = {"news report": "news page on a letter"}
COUNTED = {
    "both children palmoplantar eczema": 2,
    "no AE": 0,
    "no severe AE": 0,
    "no increase in infections": 0,
}
"""What the fact says in words instead of a number."""

SAID_WITHOUT_A_NUMBER = {"c091", "c054", "ns_sc_trypsin_like"}
"""One person each, told as a case."""


def _first(again: Row) -> Row:
    found = [
        row
        for row in knowledge_table("treatments/safety.tsv")
        if (row["treatment"], row["event"]) == (again["treatment"], again["event"])
        and (again["age"] == "-" or again["age"] in row["population"])
    ]
    assert len(found) == 1, again.where
    return found[0]


def _named(row: Row) -> str:
    return f"{row['treatment']}-{row['event']}-{row['age']}"


EVERY = pytest.mark.parametrize("again", AGAIN, ids=_named)


def test_every_harm_is_entered_twice_and_no_other() -> None:
    first = {row.where for row in knowledge_table("treatments/safety.tsv")}
    assert {_first(again).where for again in AGAIN} == first
    assert len(AGAIN) == len(first)


@EVERY
def test_rate_and_comparator_are_those_entered_again(again: Row) -> None:
    first = _first(again)
    assert float(first["rate"]) == again.number("rate")
    without = re.findall(r"\d+(?:\.\d+)?", first["comparator"])
    assert without == ([] if again["comparator"] == "-" else [again["comparator"]])


@EVERY
def test_people_behind_a_rate_are_those_entered_again(again: Row) -> None:
    first = _first(again)
    told = f"{first['population']} {first['unit']}".replace(",", "")
    for number in again["people"].split("; "):
        alone = number == "1" and ONE_PERSON.search(told)
        assert number == "-" or alone or re.search(rf"\b{number}\b", told), told


@EVERY
def test_source_locator_and_provenance_are_those_entered_again(again: Row) -> None:
    first = _first(again)
    assert _plain(again["source"]) in _plain(first["source"])
    assert first["locator"] == LOCATOR_IN_OTHER_WORDS.get(again["locator"], again["locator"])
    assert first["provenance"] == again["provenance"]


@EVERY
def test_fact_holds_the_harm_and_is_not_recalled(again: Row) -> None:
    facts = _facts(again["table"], again["row"].split("; "))
    text = " ".join(cell for fact in facts for cell in fact.values())
    numbers = {float(text) for text in re.findall(r"\d+(?:\.\d+)?", text)}
    numbers |= {float(count) for words, count in COUNTED.items() if words in text}
    if again["row"] not in SAID_WITHOUT_A_NUMBER:
        people = [number for number in again["people"].split("; ") if number not in ("-", "1")]
        wanted = {again["rate"], again["comparator"], *people} - {"-"}
        assert {float(number) for number in wanted} <= numbers
    assert _plain(again["source"]) in _plain(text)
    assert {fact["provenance"] for fact in facts} == {again["provenance"]}


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _facts(table: str, labels: list[str]) -> list[dict[str, str]]:
    path = SHARED / table
    if not path.is_file():
        pytest.skip(f"the collected facts are not at hand ({path})")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["id"] in labels]
    assert sorted(row["id"] for row in rows) == sorted(labels), f"{labels} in {table}"
    return [{name: text or "" for name, text in row.items()} for row in rows]
