"""The family files on the documentation pages are read, and the page's answers are what the program says."""

from __future__ import annotations

import re
from pathlib import Path

from lekti.genetics.family_risk import family_risk
from lekti.patients.family_numbers import planned_tests
from lekti.patients.read_family import read_family
from lekti.patients.read_ped import read_ped

DOCS = Path(__file__).parents[2] / "docs"
FILE = (DOCS / "reference" / "family-file.md").read_text("utf-8")
TASK = (DOCS / "tasks" / "ask-about-a-family.md").read_text("utf-8")


def _blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, flags=re.DOTALL)


def test_the_documented_yaml_file_is_read():
    family = read_family(_blocks(FILE, "yaml")[0], name="my.yaml")
    told = family_risk(family, planned=planned_tests()).asked
    assert told is not None
    assert told.mother == "II-2"


def test_the_documented_ped_files_are_read():
    long = _blocks(FILE, "text")[0]
    short = next(block for block in _blocks(TASK, "text") if block.startswith("F1"))
    assert [len(read_ped(text, name="my.ped").people) for text in (long, short)] == [4, 3]
    tested = read_ped(long, name="my.ped").by_id["II-2"]
    assert tested.tests[0].sensitivity.value == 0.875
