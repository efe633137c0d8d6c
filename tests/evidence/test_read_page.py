"""An answer page is cut into its head, short answer, answer and disclaimer."""

from __future__ import annotations

import pytest

from lekti.base.errors import InputError
from lekti.evidence.read_page import is_answer_page, read_page


@pytest.mark.parametrize(
    ("head", "keys"),
    [
        (
            "Short answer · Medically reviewed summary · Last updated: 2026-04-07",
            {"medically_reviewed": True, "last_updated": "2026-04-07"},
        ),
        ("Short answer | Updated 3 May 2026", {"last_updated": "3 May 2026"}),
        (
            "Medically reviewed by: Dr A. Person (2026-02-03) · Last updated on May 4, 2026",
            {
                "medically_reviewed": True,
                "reviewer": "Dr A. Person",
                "reviewed_on": "2026-02-03",
                "last_updated": "May 4, 2026",
            },
        ),
        ("Short answer · Not medically reviewed", {"medically_reviewed": False}),
    ],
)
def test_the_head_says_who_reviewed_it_and_when(head: str, keys: dict[str, object]):
    record = read_page(f"{head}\nTL;DR: Skin.\n", name="x")
    assert dict(record.front_matter) == keys
    assert [section.name for section in record.sections] == ["header", "short answer"]


def test_the_year_is_that_of_the_last_change():
    assert read_page("Short answer · Last updated: 2026-04-07\nTL;DR: a", name="x").year == "2026"
    assert read_page("TL;DR: a", name="x").year == ""


def test_only_the_short_answer_and_the_answer_can_be_quoted():
    text = "Short answer · reviewed\nTL;DR: Skin.\n\n# Why?\nBecause.\nDisclaimer: No advice.\n"
    record = read_page(text, name="x")
    assert {section.name: section.quotable for section in record.sections} == {
        "header": False,
        "short answer": True,
        "answer": True,
        "disclaimer": False,
    }
    assert record.title == "Why?"


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("TL;DR: a", True),
        ("\n\nShort answer · b\n", True),
        ("Words | more words", False),
        ("A text that was reviewed.", False),
        ("", False),
    ],
)
def test_a_page_is_known_by_its_first_lines(text: str, is_page: bool):
    assert is_answer_page(text) == is_page


def test_a_page_without_words_is_refused():
    with pytest.raises(InputError, match="holds no words"):
        read_page("---\n...\n", name="x")
