"""The text of a family answer: 80 columns, and what the documentation shows is what is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.genetics.test_family_risk import large_family

from lekti.genetics.family_risk import family_risk
from lekti.outputs.family_text import family_text
from lekti.patients.family_library import load_family
from lekti.patients.family_numbers import planned_tests
from lekti.patients.read_family import read_family

TASK = Path(__file__).parents[2] / "docs" / "tasks" / "ask-about-a-family.md"


def text(name: str) -> str:
    return family_text(family_risk(load_family(name), planned=planned_tests()))


@pytest.mark.parametrize(
    ("name", "start"), [("siblings", "$ lekti family siblings\n"), ("aunt", "What one test")]
)
def test_the_documented_output_is_what_is_printed(name: str, start: str):
    blocks = re.findall(r"```text\n(.*?)```", TASK.read_text("utf-8"), flags=re.DOTALL)
    shown = next(block for block in blocks if block.startswith(start)).removeprefix(
        "$ lekti family siblings\n"
    )
    assert shown in text(name) + "\n"


def test_many_people_and_couples_are_cut_with_a_word():
    lines = family_text(family_risk(large_family(), planned=planned_tests())).splitlines()
    assert max(map(len, lines)) <= 80
    assert any("20 more people" in line for line in lines)


def test_a_person_alone_is_answered_without_a_couple():
    family = read_family("lekti_family: 1\npeople: {P: {status: healthy}}\n", name="one.yaml")
    told = family_text(family_risk(family, planned=planned_tests()))
    assert "No couple in this family" in told
    assert "1 in 224" in told


def test_a_share_of_cousin_marriages_tells_how_many_affected_children_come_from_them():
    population = "population: {alleles: 0.002236, first_cousins: 1 %}"
    lines = f"lekti_family: 1\n{population}\npeople: {{P: {{status: healthy}}}}\n"
    told = family_text(family_risk(read_family(lines, name="one.yaml"), planned=planned_tests()))
    assert "23 % are born to first cousins" in told.replace("\n", " ")
