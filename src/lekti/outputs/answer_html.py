"""The answer page as one file of HTML: opens offline, prints well, needs no JavaScript."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lekti.base.provenance import USE
from lekti.base.tables import knowledge_table, knowledge_text
from lekti.outputs.answer_notes import Notes, long_day, notes_of
from lekti.outputs.answer_page import FOLDER, AnswerPage, Section, Statement, Term, term_pattern
from lekti.outputs.json_ld import json_ld
from lekti.outputs.readability import reading
from lekti.outputs.tokens import DARK, LIGHT, MONO, SANS, SERIF, css_variables


@dataclass
class _Terms:
    """The words of the glossary that have not been linked yet on the way down the page."""

    left: list[Term]


def answer_html(page: AnswerPage) -> str:
    """Return the page as HTML; the same page gives the same text, byte for byte."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: knowledge_text(f"{FOLDER}/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    notes = notes_of(page.claims())
    terms = _Terms(list(page.glossary))
    fixed = wording(page, notes)
    return environment.get_template("page.html.j2").render(
        style=_style(),
        data=_script_safe(json_ld(page, notes, fixed)),
        sections=[_section(section, notes, terms) for section in page.sections],
        page=page,
        notes=notes,
        words=fixed,
        use=USE,
    )


def wording(page: AnswerPage, notes: Notes) -> dict[str, str]:
    """Return the fixed words of the page with its days, numbers and grades filled in."""
    fixed = _fixed(page, notes)
    grades = [round(grade) for grade in grades_of(page).values()]
    return fixed | {"reading": fixed["reading"].format(low=max(0, min(grades)), high=max(grades))}


def grades_of(page: AnswerPage) -> Mapping[str, float]:
    """Return the reading grade of every section, of the glossary and of the words about the page itself."""
    return {name: reading(text).grade for name, text in texts_of(page).items()}


def texts_of(page: AnswerPage) -> Mapping[str, str]:
    """Return all running text of the page by section; only the lists of notes and sources are not in it."""
    fixed = _fixed(page, notes_of(page.claims()))
    reviewed = "reviewed" if page.review.name else "not_reviewed"
    about = ("for", reviewed, "facts", "one_reader", "disclaimer", "notes")
    texts = {section.id: section.text for section in page.sections}
    texts["glossary"] = " ".join(f"{term.word}: {term.meaning}" for term in page.glossary)
    return texts | {"about": " ".join(fixed[name] for name in about)}


def _fixed(page: AnswerPage, notes: Notes) -> dict[str, str]:
    """Return the fixed words, all filled in but the reading grades."""
    text = {row["id"]: row["text"] for row in knowledge_table(f"{FOLDER}/wording.tsv")}
    day, due = long_day(page.facts_checked()), long_day(page.next_check())
    text["facts"] = text["facts"].format(day=day, due=due, sources=len(notes.sources))
    reviewed = long_day(date.fromisoformat(page.review.day)) if page.review.day else ""
    text["reviewed"] = text["reviewed"].format(name=page.review.name, day=reviewed)
    return text


def _section(section: Section, notes: Notes, terms: _Terms) -> dict[str, Any]:
    blocks = [
        {"kind": block.kind, "statements": [_statement(one, notes, terms) for one in block.statements]}
        for block in section.blocks
    ]
    return {"id": section.id, "heading": section.heading, "look": section.look, "blocks": blocks}


def _statement(statement: Statement, notes: Notes, terms: _Terms) -> dict[str, Any]:
    numbers = [notes.by_claim[claim.id].number for claim in statement.claims]
    return {"label": statement.label, "words": _linked(statement.text, terms), "notes": numbers}


def _linked(text: str, terms: _Terms) -> list[dict[str, str]]:
    """Return the text in pieces; where a word of the glossary stands for the first time, with its id."""
    for term in terms.left:
        found = term_pattern(term).search(text)
        if found:
            terms.left.remove(term)
            before, after = _linked(text[: found.start()], terms), _linked(text[found.end() :], terms)
            return [*before, {"text": found[0], "term": term.id}, *after]
    return [{"text": text, "term": ""}] if text else []


def _style() -> str:
    fonts = f"--sans:{SANS};--serif:{SERIF};--mono:{MONO};"
    return (
        f":root{{{css_variables(LIGHT)}{fonts}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{css_variables(DARK)}}}}}"
        f"@media print{{:root{{{css_variables(LIGHT, important=True)}}}}}\n"
        + knowledge_text(f"{FOLDER}/page.css")
    )


def _script_safe(data: Mapping[str, Any]) -> str:
    """Return JSON that no text in it can end the script element of the page."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
