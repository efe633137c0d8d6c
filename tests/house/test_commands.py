"""Every command and option is documented, and the command page is what the program prints."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("command_page", ROOT / "tools" / "command_page.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGE = _load()
SAMPLE = """Usage: lekti [OPTIONS] COMMAND [ARGS]...

  Say something.

Arguments:
  case <str>  [required]
  folder <str>  Where.

Options:
  -q, --quiet
  --seed <int>           [default: 1]
  --out DIR              Where the result goes.
  --until AGE
                         Age at the end.
  --help                 Show this message and exit.

Commands:
  run   Run a case.
  case  Case files.
"""


@pytest.fixture(scope="module")
def helps() -> list[tuple[str, str]]:
    return PAGE.all_help()


def test_command_page_is_what_the_program_prints(helps: list[tuple[str, str]]) -> None:
    page = PAGE.PAGE.read_text("utf-8")
    missing = [name for name, text in helps if f"## {name}\n\n```text\n{text}\n```" not in page]
    assert not missing, "make docs writes the page anew"
    assert page.count("\n## ") == len(helps), "make docs writes the page anew"


def test_every_argument_and_option_says_what_it_is(helps: list[tuple[str, str]]) -> None:
    assert {
        name: PAGE.entries_without_words(text) for name, text in helps if PAGE.entries_without_words(text)
    } == {}


def test_every_command_says_what_it_does(helps: list[tuple[str, str]]) -> None:
    for name, text in helps:
        _, _, words = text.partition("\n\n")
        assert words.startswith("  "), f"{name} has no sentence"


def test_commands_and_silent_entries_are_found_in_a_help_text() -> None:
    assert PAGE.commands_in(SAMPLE) == ["run", "case"]
    assert [entry.split()[0] for entry in PAGE.entries_without_words(SAMPLE)] == ["case", "-q,", "--seed"]
