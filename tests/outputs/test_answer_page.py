"""The answer page says what its claims carry, in simple words, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from lekti.base.errors import ModelError
from lekti.base.tables import knowledge_table, read_table
from lekti.evidence.read_claims import load_claims
from lekti.outputs.answer_html import answer_html, grades_of
from lekti.outputs.answer_page import AnswerPage, answer_page, read_review, term_pattern

QUESTIONS = [row["id"] for row in knowledge_table("explain/sections.tsv")]
HIGHEST_GRADE = 8.0
TARGET = 6.0


@pytest.fixture(scope="module")
def page() -> AnswerPage:
    return answer_page(load_claims())


def test_every_question_has_its_answer_and_the_short_one_is_first(page: AnswerPage) -> None:
    assert [section.id for section in page.sections] == QUESTIONS
    assert QUESTIONS[0] == "short"
    assert {"what", "why", "inherited", "found", "helps", "research", "unknown", "doctor"} < set(QUESTIONS)
    assert {"careful", "urgent"} < set(QUESTIONS)


def test_every_statement_rests_on_standing_claims_with_a_record(page: AnswerPage) -> None:
    for section in page.sections:
        for one in section.statements():
            assert one.claims
            assert all(claim.active and claim.records for claim in one.claims)


def test_every_section_can_be_read_at_grade_8_and_nearly_all_at_6(page: AnswerPage) -> None:
    grades = grades_of(page)
    assert {"glossary", "about", *QUESTIONS} == set(grades)
    assert max(grades.values()) <= HIGHEST_GRADE
    assert sorted(grades.values())[-2] <= TARGET


@pytest.mark.parametrize("claim_id", ["CL0706", "CL0029", "CL0114"])
def test_a_statement_whose_claim_is_withdrawn_disappears(page: AnswerPage, claim_id: str) -> None:
    gone = [one.text for section in page.sections for one in section.statements()
            if claim_id in [claim.id for claim in one.claims]]  # fmt: skip
    assert gone
    less = answer_page(load_claims().without(claim_id))
    html = answer_html(less)
    left = [one.text for section in less.sections for one in section.statements()]
    assert not set(gone) & set(left)
    assert claim_id not in html
    assert len(left) == sum(len(section.statements()) for section in page.sections) - len(gone)


def test_a_list_a_section_and_its_links_disappear_with_their_last_statement(page: AnswerPage) -> None:
    urgent = next(section for section in page.sections if section.id == "urgent")
    ids = [claim.id for one in urgent.statements() for claim in one.claims]
    less = answer_page(load_claims().without(*ids))
    assert "urgent" not in [section.id for section in less.sections]
    assert 'href="#urgent"' not in answer_html(less)


def test_without_any_claim_there_is_no_page() -> None:
    claims = load_claims()
    with pytest.raises(ModelError, match="No statement"):
        answer_page(claims.without(*(claim.id for claim in claims)))


def test_no_dose_and_no_promise_is_on_the_page(page: AnswerPage) -> None:
    text = " ".join(section.text for section in page.sections)
    assert not re.search(r"\d\s?(?:mg|µg|g/kg|mg/kg|mL|IU)\b", text)
    assert not re.search(r"\b(?:will help|cures?|guarantee|safe to use|recommended)\b", text)


def test_numbers_of_a_statement_stand_in_one_of_its_claims(page: AnswerPage) -> None:
    for section in page.sections:
        for one in section.statements():
            said = " ".join(claim.statement.replace(",", "") for claim in one.claims)
            said += " in 100" if "%" in said else ""
            said += " 1 in 4, 3 in 4" if "25 %" in said else ""
            numbers = re.findall(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])", one.text.replace(",", ""))
            missing = [number for number in numbers if not re.search(rf"\b{re.escape(number)}\b", said)]
            assert not missing, one.text


def test_medical_words_are_explained(page: AnswerPage) -> None:
    text = " ".join(section.text for section in page.sections)
    used = [row["word"] for row in knowledge_table("explain/syllables.tsv") if int(row["syllables"]) > 3]
    explained = " ".join(f"{term.word} {term.meaning}" for term in page.glossary).lower()
    plain = {"temperature"}
    hard = [word for word in used if re.search(rf"\b{re.escape(word)}\b", text) and word.lower() not in plain]
    assert len(hard) >= 5
    assert [word for word in hard if word[0].isalpha() and word.lower() not in explained] == []


def test_the_glossary_holds_used_words_only_in_alphabetical_order(page: AnswerPage) -> None:
    text = " ".join(section.text for section in page.sections)
    words = [term.word.lower() for term in page.glossary]
    assert words == sorted(words)
    assert all(term_pattern(term).search(text) for term in page.glossary)


def test_facts_are_as_old_as_the_claim_that_was_looked_at_longest_ago(page: AnswerPage) -> None:
    days = [date.fromisoformat(claim.checked_on or claim.entered_on) for claim in page.claims()]
    assert page.facts_checked() == min(days)
    assert (page.next_check() - page.facts_checked()).days in range(175, 190)


def test_nobody_has_reviewed_the_page_yet(page: AnswerPage) -> None:
    assert page.review.name == ""
    assert "Not medically reviewed." in answer_html(page)


def test_a_recorded_reviewer_is_named_with_the_day(page: AnswerPage) -> None:
    review = read_review(read_table("name\tday\tmonths\nDr. Example\t2026-12-01\t6\n", name="review.tsv"))
    html = answer_html(replace(page, review=review))
    assert "Reviewed by Dr. Example on 1 December 2026." in html
    assert "Not medically reviewed" not in html
    assert '"lastReviewed": "2026-12-01"' in html


@pytest.mark.parametrize(
    "row", ["Dr. Example\t\t6", "\t2026-12-01\t6", "Dr. Example\tyesterday\t6", "\t\tsix"]
)
def test_half_a_review_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(ModelError, match=r"review\.tsv:2"):
        read_review(read_table(f"name\tday\tmonths\n{row}\n", name="review.tsv"))
