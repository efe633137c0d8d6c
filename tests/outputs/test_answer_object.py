"""The page as an object and as text says the same as the HTML, and names every claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from lekti.base.provenance import USE
from lekti.evidence.read_claims import load_claims
from lekti.outputs.answer_notes import notes_of
from lekti.outputs.answer_object import answer_object, answer_text, reading_table
from lekti.outputs.answer_page import AnswerPage, answer_page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def page() -> AnswerPage:
    return answer_page(load_claims())


def test_the_object_holds_statements_claims_sources_and_grades(page: AnswerPage) -> None:
    told = answer_object(page)
    assert told["use"] == USE
    assert told["reviewed_by"] is None
    assert len(told["claims"]) == len(page.claims())
    assert {row["section"] for row in told["reading"]} >= {"short", "urgent", "glossary", "about"}
    named = {
        claim for section in told["sections"] for one in section["statements"] for claim in one["claims"]
    }
    assert named == set(told["claims"])


def test_textstat_was_asked_about_the_very_words_of_every_section(page: AnswerPage) -> None:
    stale = [row["section"] for row in reading_table(page) if row["textstat"] is None]
    assert [name for name in stale if name != "about"] == [], "run python tools/reading_grade.py"


def test_the_documented_grades_are_those_of_the_page(page: AnswerPage) -> None:
    lines = (ROOT / "docs" / "tasks" / "explain.md").read_text("utf-8").splitlines()
    for row in reading_table(page):
        if row["section"] != "about":
            assert f"| {row['section']} | {row['grade']} | {row['textstat']} |" in lines


def test_changed_words_have_no_grade_of_textstat() -> None:
    changed = answer_page(load_claims().without("CL0706"))
    rows = {row["section"]: row["textstat"] for row in reading_table(changed)}
    assert rows["careful"] is None
    assert rows["short"] is not None


def test_differences_above_one_grade_are_where_textstat_hears_too_few_syllables(page: AnswerPage) -> None:
    for row in reading_table(page):
        if row["textstat"] is not None and abs(row["grade"] - row["textstat"]) > 1.0:
            assert row["grade"] > row["textstat"], row["section"]


def test_the_text_names_the_claims_and_keeps_to_80_columns(page: AnswerPage) -> None:
    text = answer_text(page)
    assert max(map(len, text.splitlines())) <= 80
    assert "Not medically reviewed." in text
    words = " ".join(text.split())
    for section in page.sections:
        assert section.heading in text
        assert all(claim.id in words for one in section.statements() for claim in one.claims)


def test_notes_number_each_claim_and_each_record_once(page: AnswerPage) -> None:
    notes = notes_of(page.claims())
    assert [note.number for note in notes.by_claim.values()] == list(range(1, len(page.claims()) + 1))
    assert [source.number for source in notes.sources] == list(range(1, len(notes.sources) + 1))
    assert len({source.id for source in notes.sources}) == len(notes.sources)
    named = {place.source for note in notes.by_claim.values() for place in note.places}
    assert named == {source.number for source in notes.sources}
    assert all(source.text.strip(".") for source in notes.sources)
