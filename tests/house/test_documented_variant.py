"""The page on variants shows what the program prints, and its examples are read as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lekti.base.errors import InputError
from lekti.cli.main import app
from lekti.genetics.describe import describe

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tasks" / "read-a-variant.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`.+?) \| (c\.[0-9+_]+\w*(?:>\w)?)", PAGE, flags=re.MULTILINE)


def test_the_card_on_the_page_is_what_the_program_prints():
    printed = CliRunner().invoke(app, ["variant", "NM_006846.4:c.1302+5G>C"]).stdout.rstrip()
    assert f"```text\n{printed}\n```" in PAGE


@pytest.mark.parametrize(("typed", "key"), [row for row in ROWS if ", c." not in row[1]])
def test_names_of_the_page_are_read_as_it_says(typed: str, key: str):
    names = re.findall(r"`([^`]+)`", typed)
    assert names
    assert key in {describe(name).label for name in names}


def test_the_table_of_names_was_found():
    assert len(ROWS) >= 5


def test_the_refusal_on_the_page_is_the_one_that_is_given():
    with pytest.raises(InputError) as caught:
        describe("c.1300+5G>C")
    assert f"lekti: {caught.value}" in PAGE
