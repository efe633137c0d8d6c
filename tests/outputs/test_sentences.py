"""Every sentence can be filled, and none promises anything."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import lekti.outputs
from lekti.base.tables import knowledge_table
from lekti.outputs.sentences import say

TABLE = {row["id"]: row["text"] for row in knowledge_table("wording/sentences.tsv")}
ROOM = Path(lekti.outputs.__file__).parent


def used() -> set[str]:
    found: set[str] = set()
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_no_sentence_lies_unused() -> None:
    words = used()
    endings = {"title_from_until", "title_at_once_until"}  # put together from a name and an ending
    assert set(TABLE) - words - endings == set()


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_sentence_is_filled_without_a_gap(name: str) -> None:
    gaps = set(re.findall(r"\{(\w+)\}", TABLE[name]))
    assert "{" not in say(name, **dict.fromkeys(gaps, "x"))


@pytest.mark.parametrize(
    "word", ["will help", "safe ", "recommended", "significant", "sufferer", "normal child"]
)
def test_words_that_promise_or_judge_are_absent(word: str) -> None:
    template = (ROOM.parent / "knowledge" / "wording" / "report.html.j2").read_text("utf-8")
    page = re.sub(r"\{\{.*?\}\}", "", template)  # the words, without the places to fill
    assert not [name for name, text in TABLE.items() if word in text]
    assert word not in page


def test_a_percent_sign_never_stands_alone_on_a_line() -> None:
    assert " %" not in say("course_caption", patients=1, person="boy")
