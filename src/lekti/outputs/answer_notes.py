"""The notes of the answer page: a number per claim, and the sources the claims rest on, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lekti.base.tables import knowledge_table
from lekti.evidence.bibliography import Entry, canonical, entry_of
from lekti.evidence.claim import Claim

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a claim is supported: the number of the source, the place in it, and how strong that is."""

    source: int
    words: str


@dataclass(frozen=True)
class Note:
    """A footnote: its number, its claim, and the places that support it."""

    number: int
    claim: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Source:
    """One record in print: its number, what it is, and its address (empty where there is none)."""

    number: int
    id: str
    text: str
    link: str


@dataclass(frozen=True)
class Notes:
    """All footnotes by claim, and all sources."""

    by_claim: dict[str, Note]
    sources: tuple[Source, ...]


def notes_of(claims: Iterable[Claim]) -> Notes:
    """Number the claims in the order they are given, and the records in the order they are first named."""
    numbers: dict[str, int] = {}
    by_claim: dict[str, Note] = {}
    words = _plain_words()
    for number, claim in enumerate(claims, start=1):
        places: list[Place] = []
        for one in claim.evidence:
            source = numbers.setdefault(canonical(one.record_id), len(numbers) + 1)
            kind, level = words["design", one.design], words["level", one.level]
            partly = "" if one.direction == "supports" else one.direction
            places.append(
                Place(source, ", ".join(part for part in (one.locator, kind, level, partly) if part))
            )
        by_claim[claim.id] = Note(number, claim.id, tuple(places))
    return Notes(by_claim, tuple(_source(record, number) for record, number in numbers.items()))


def long_day(day: date) -> str:
    """Return a day in words.

    >>> long_day(date(2026, 11, 22))
    '22 November 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _source(record: str, number: int) -> Source:
    entry = entry_of(record)
    address = entry.link()
    return Source(number, record, _in_print(entry), address if address.startswith("http") else "")


def _in_print(entry: Entry) -> str:
    authors = ", ".join(entry.authors[:3]) + (
        "" if len(entry.authors) <= 3 and entry.complete else " and others"
    )
    where = " ".join(part for part in (entry.container, entry.year) if part)
    parts = (authors if entry.authors else "", entry.title, where)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _plain_words() -> dict[tuple[str, str], str]:
    rows = knowledge_table("explain/evidence_words.tsv")
    return {(row["kind"], row["word"]): row["plain"] for row in rows}
