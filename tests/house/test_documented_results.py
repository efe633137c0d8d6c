"""The page on result files names every variable, attribute, column and key that a run writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lekti.outputs.arrays import QUANTILES
from lekti.population.readouts import READOUTS, SET_PER_PATIENT

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "result-files.md").read_text("utf-8")
WORDS = set(re.findall(r"`([a-z0-9_]+)`", PAGE))


def _keys(source: str, after: str) -> set[str]:
    """Return the keys of the dictionary a function of a source file writes."""
    text = (ROOT / "src" / "lekti" / source).read_text("utf-8")
    body = text[text.index(after) + 1 :].split("\ndef ")[0]
    return set(re.findall(r'^ +"([a-z0-9_]+)": ', body, flags=re.MULTILINE))


def test_every_variable_and_column_is_named() -> None:
    assert {*READOUTS, *SET_PER_PATIENT, "outcome", *QUANTILES} - WORDS == set()


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("outputs/json_object.py", "def json_object"),
        ("outputs/json_object.py", "def _measurement"),
        ("outputs/change.py", "def change_object"),
        ("population/run_case.py", "def _provenance"),
    ],
)
def test_every_key_is_named(source: str, after: str) -> None:
    keys = _keys(source, after)
    assert len(keys) > 6
    assert keys - WORDS == set()
