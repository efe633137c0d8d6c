"""The answer page as one JSON object, and as plain text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from lekti.base.provenance import USE, checksum
from lekti.base.tables import knowledge_table
from lekti.outputs.answer_html import texts_of, wording
from lekti.outputs.answer_notes import notes_of
from lekti.outputs.answer_page import FOLDER, AnswerPage, Section
from lekti.outputs.readability import reading

WIDTH = 80


def answer_object(page: AnswerPage) -> dict[str, Any]:
    """Return everything the page says, with the claims, sources and reading grades behind it."""
    notes = notes_of(page.claims())
    return {
        "title": wording(page, notes)["title"],
        "use": USE,
        "reviewed_by": page.review.name or None,
        "reviewed_on": page.review.day or None,
        "facts_checked": page.facts_checked().isoformat(),
        "next_check": page.next_check().isoformat(),
        "sections": [_section(section) for section in page.sections],
        "glossary": [{"word": term.word, "meaning": term.meaning} for term in page.glossary],
        "claims": {claim.id: claim.statement for claim in page.claims()},
        "sources": [{"number": one.number, "id": one.id, "text": one.text} for one in notes.sources],
        "reading": reading_table(page),
    }


def reading_table(page: AnswerPage) -> list[dict[str, Any]]:
    """Return per section the words, the grade, textstat's grade where it was measured on these very words,
    and the words of four or more syllables.
    """
    measured = measured_grades()
    return [
        {
            "section": name,
            "words": found.words,
            "grade": round(found.grade, 1),
            "textstat": measured.get((name, checksum(text)[:12])),
            "hard_words": list(found.hard),
        }
        for name, text in texts_of(page).items()
        for found in (reading(text),)
    ]


def measured_grades() -> Mapping[tuple[str, str], float]:
    """Return the grades that textstat gave, by section and by the checksum of the words it read."""
    rows = knowledge_table(f"{FOLDER}/textstat.tsv")
    return {(row["section"], row["text"]): row.number("grade") for row in rows}


def answer_text(page: AnswerPage) -> str:
    """Return the page as plain text, with the ids of the claims behind every statement."""
    fixed = wording(page, notes_of(page.claims()))
    reviewed = fixed["reviewed" if page.review.name else "not_reviewed"]
    head = [fixed["title"], "", *_wrapped(f"{reviewed} {fixed['facts']} {fixed['disclaimer']}")]
    return "\n".join([*head, *(line for section in page.sections for line in _lines(section))])


def _lines(section: Section) -> list[str]:
    lines = ["", section.heading]
    for block in section.blocks:
        words = [
            _cited(f"{one.label}: {one.text}" if one.label else one.text, one.claims)
            for one in block.statements
        ]
        together = [" ".join(words)] if block.kind not in ("list", "steps") else [f"- {one}" for one in words]
        for one in together:
            lines += _wrapped(one, "  " if one.startswith("- ") else "")
    return lines


def _cited(text: str, claims: tuple[Any, ...]) -> str:
    return f"{text} [{', '.join(claim.id for claim in claims)}]"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def _section(section: Section) -> dict[str, Any]:
    statements = [
        {"text": one.text, "claims": [claim.id for claim in one.claims]}
        | ({"label": one.label} if one.label else {})
        for one in section.statements()
    ]
    return {"id": section.id, "heading": section.heading, "statements": statements}
