"""The answer page for families: sections of statements, each tied to the claims it rests on.

A statement stands only while every claim it rests on stands; the page never says more than its claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lekti.base.errors import ModelError, shown
from lekti.base.tables import Row, Table, knowledge_table
from lekti.evidence.claim import Claim, Claims

FOLDER = "explain"
LOOKS = ("lead", "prose", "list", "box")


@dataclass(frozen=True)
class Statement:
    """One or a few simple sentences, and the claims they rest on; `label` is the name of a step."""

    text: str
    claims: tuple[Claim, ...]
    label: str = ""


@dataclass(frozen=True)
class Block:
    """Statements that stand together: a paragraph, a list, the steps of the chain, or the chances."""

    kind: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Section:
    """A question and its answer."""

    id: str
    heading: str
    look: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The words of the answer; every statement ends with a stop."""
        parts = (f"{one.label}. {one.text}" if one.label else one.text for one in self.statements())
        return " ".join(part if part[-1] in ".?!" else part.rstrip(":") + "." for part in parts)

    def statements(self) -> tuple[Statement, ...]:
        """Return the statements of all its blocks."""
        return tuple(one for block in self.blocks for one in block.statements)


@dataclass(frozen=True)
class Term:
    """A word of the glossary."""

    id: str
    word: str
    meaning: str


@dataclass(frozen=True)
class Review:
    """Who reviewed the page and when; nobody where `name` is empty. `months` to the next check of facts."""

    name: str
    day: str
    months: int


@dataclass(frozen=True)
class AnswerPage:
    """Everything the page says."""

    sections: tuple[Section, ...]
    glossary: tuple[Term, ...]
    review: Review

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims of the page in the order of their notes, each once."""
        found = {one.id: one for section in self.sections for st in section.statements() for one in st.claims}
        return tuple(found.values())

    def sections_on(self, claim_id: str) -> tuple[str, ...]:
        """Return the headings of the sections in which a statement rests on a claim."""
        return tuple(
            section.heading
            for section in self.sections
            if any(one.id == claim_id for st in section.statements() for one in st.claims)
        )

    def facts_checked(self) -> date:
        """Return the day on which the claim that was looked at longest ago was entered or checked."""
        return min(date.fromisoformat(one.checked_on or one.entered_on) for one in self.claims())

    def twice_checked(self) -> bool:
        """Tell whether someone has checked every claim after it was entered."""
        return all(one.checked_by for one in self.claims())

    def next_check(self) -> date:
        """Return the day on which the facts are due again."""
        checked = self.facts_checked()
        months = checked.month - 1 + self.review.months
        return date(checked.year + months // 12, months % 12 + 1, min(checked.day, 28))


def answer_page(claims: Claims) -> AnswerPage:
    """Return the page as far as the claims carry it; an empty list, paragraph or section is left out.

    Raises `ModelError` with file and line for a statement without a claim or with an unknown one, and when
    no statement is left.
    """
    rows = knowledge_table(f"{FOLDER}/page.tsv")
    headings = knowledge_table(f"{FOLDER}/sections.tsv")
    _known_sections(rows, {row["id"] for row in headings})
    sections = tuple(section for row in headings if (section := _section(row, rows, claims)).blocks)
    if not sections:
        raise ModelError("No statement of the answer page stands", expected="at least one standing claim")
    return AnswerPage(sections, glossary(sections), read_review(knowledge_table(f"{FOLDER}/review.tsv")))


def glossary(sections: Iterable[Section]) -> tuple[Term, ...]:
    """Return the words of the glossary that the page uses, in alphabetical order."""
    text = " ".join(section.text for section in sections)
    terms = (
        Term(row["id"], row["word"], row["meaning"]) for row in knowledge_table(f"{FOLDER}/glossary.tsv")
    )
    used = [term for term in terms if term_pattern(term).search(text)]
    return tuple(sorted(used, key=lambda term: term.word.lower()))


def term_pattern(term: Term) -> re.Pattern[str]:
    """Return what finds a word of the glossary, also at the start of a sentence and in the plural."""
    return re.compile(rf"(?<![\w-]){re.escape(term.word)}(?:s|ies)?(?![\w-])", re.IGNORECASE)


def read_review(table: Table) -> Review:
    """Return the review that is recorded; raise `ModelError` for a name without a day or the reverse."""
    row = table.rows[0]
    if len(table) != 1 or bool(row["name"]) != bool(row["day"]):
        raise ModelError("The review is half recorded", where=row.where, expected="a name and a day, or none")
    try:
        day = date.fromisoformat(row["day"]).isoformat() if row["day"] else ""
        return Review(row["name"], day, int(row["months"]))
    except ValueError as error:
        expected = "a day such as 2026-11-22, and whole months"
        raise ModelError("The review cannot be read", where=row.where, expected=expected) from error


def _section(row: Row, rows: Table, claims: Claims) -> Section:
    if row["look"] not in LOOKS:
        raise ModelError(f"look '{shown(row['look'])}'", where=row.where, expected=", ".join(LOOKS))
    own = [one for one in rows if one["section"] == row["id"]]
    blocks = [
        Block(kind, tuple(_standing(group, claims)))
        for kind, group in groupby(own, key=lambda one: one["block"])
    ]
    return Section(row["id"], row["heading"], row["look"], tuple(one for one in blocks if one.statements))


def _standing(rows: Iterable[Row], claims: Claims) -> Iterable[Statement]:
    for row in rows:
        rests_on = tuple(claims.get(one.strip()) for one in row["claims"].split(";") if one.strip())
        if not rests_on:
            raise ModelError("A statement rests on no claim", where=row.where, expected="ids such as CL0029")
        if all(claim.active for claim in rests_on):
            label, bar, text = row["text"].rpartition("|")
            yield Statement(text, rests_on, label if bar else "")


def _known_sections(rows: Table, known: set[str]) -> None:
    for row in rows:
        if row["section"] not in known:
            where = row.where
            raise ModelError(
                f"'{shown(row['section'])}' is no section", where=where, expected=", ".join(known)
            )
