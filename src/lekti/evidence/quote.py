"""The check of one quote: are these words in the record, in this order, with nothing turned around?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from lekti.evidence.elision import MOST_PARTS
from lekti.evidence.laying import Conflicts, Place, Words, in_order, stretches, whole_tokens
from lekti.evidence.nearest import nearest
from lekti.evidence.passage import Passage, Prepared, prepare
from lekti.evidence.readings import NOTE, Reading, readings
from lekti.evidence.record import Record
from lekti.evidence.repairs import repairs_between
from lekti.evidence.solid import Solid, solid
from lekti.evidence.verdict import Conflict, Verdict

LEAST_LETTERS = 8
_TWO_WORDS = re.compile(r"[^\W_]\S*\s+[\W_]*[^\W_]")


class _Standing(NamedTuple):
    """A reading of a quote and the places of a passage in which it stands."""

    reading: Reading
    passage: Passage
    places: tuple[Place, ...]


@dataclass
class _Search:
    """A quote looked for in the passages where it may stand, and all that was found out on the way."""

    ready: Prepared
    quote: str
    section: str | None
    words: Solid
    wanted: tuple[Passage, ...]
    readings: list[Reading] = field(default_factory=list[Reading])
    conflicts: Conflicts = field(default_factory=Conflicts)
    standing: _Standing | None = None


def check_quote(record: Record | Prepared, quote: str, *, section: str | None = None) -> Verdict:
    """Return whether the words of a quote stand in a record, and where, or why not.

    Only sections that may be quoted count, or only `section`. Make a record that is asked often ready with
    `prepare` once.
    """
    search = _searched(record, quote, section)
    if search is None:
        return Verdict(
            "not_found", f"The quote is too short: two words of {LEAST_LETTERS} letters are the least"
        )
    if search.standing is not None:
        return _standing(search.standing, quote)
    if search.conflicts.noted:
        return _conflicting(*search.conflicts.noted[0])
    elsewhere = _elsewhere(search) if search.readings else None
    return elsewhere or nearest(search.wanted, search.words.form)


def quote_stands(record: Record | Prepared, quote: str, *, section: str | None = None) -> bool:
    """Return whether `check_quote` lets a quote stand, without working out what it says about it."""
    search = _searched(record, quote, section)
    return search is not None and search.standing is not None


def _searched(record: Record | Prepared, quote: str, section: str | None) -> _Search | None:
    """Return the search for a quote, or None when it is too short to be one."""
    ready = record if isinstance(record, Prepared) else prepare(record)
    words = solid(quote)
    if len(words.lower) < LEAST_LETTERS or not _TWO_WORDS.search(words.form):
        return None
    wanted = ready.quotable
    if section is not None:
        wanted = tuple(passage for passage in ready.named(section) if passage.section.quotable)
    search = _Search(ready, quote, section, words, wanted)
    for reading in readings(words, ready.has_citations):
        if reading.may_stand_in(ready.letters):
            search.readings.append(reading)
            search.standing = _stand_in_one(reading, wanted, search.conflicts)
            if search.standing is not None:
                break
    return search


def _stand_in_one(reading: Reading, passages: Iterable[Passage], conflicts: Conflicts) -> _Standing | None:
    """Return where in the first of the passages a reading stands, or None; note what is against it."""
    for passage in passages:
        text = passage
        if reading.cited:
            text = passage.without_citations or (passage if reading.words.marks else None)
        if text is not None and reading.may_stand_in(text.solid.lower):
            places = _places(reading, text, conflicts)
            if places:
                return _Standing(reading, text, places)
    return None


def _places(reading: Reading, text: Passage, conflicts: Conflicts) -> tuple[Place, ...]:
    """Return where a reading stands in a passage, part by part, or nothing; note what is against it."""
    place = next(stretches(reading.words, text, conflicts), None)
    if place is not None and _keeps_notes(reading, text, place):
        return (place,)
    if not 1 <= len(reading.parts) <= MOST_PARTS:
        return ()
    places = in_order(reading.parts, text, conflicts)
    return places if all(_keeps_notes(reading, text, place) for place in places) else ()


def _keeps_notes(reading: Reading, passage: Passage, place: Place) -> bool:
    """Whether a reading has no note, or the sentences around it no brackets that the note would replace."""
    if NOTE not in reading.repairs:
        return True
    start = passage.sentence_of(place.start)[0]
    return "[" not in passage.form[start : passage.sentence_of(place.end - 1)[1]]


def _standing(standing: _Standing, quote: str) -> Verdict:
    """Return the verdict on a quote that stands: where, and after which repairs."""
    reading, passage, places = standing
    first, elided = places[0], len(places) > 1
    names: Set[str] = reading.repairs.union(*(place.repairs for place in places))
    if reading.cited:
        names |= {"citation number"}
    if not elided:
        printed = passage.solid.printed(first.start, first.end)
        names = names.union(repairs_between(_core(quote), printed))
    elif "…" in quote:
        names |= {"ellipsis character"}
    kind = "elided" if elided else "repaired" if names else "exact"
    name = passage.section.name
    ranges = tuple(passage.in_prose(place.start, place.end) for place in places)
    after = f" after repair of: {', '.join(sorted(names))}" if names else ""
    how = f"as {len(places)} parts in order" if elided else "word for word"
    return Verdict(
        kind, f"The quote stands in the {name}, {how}{after}", tuple(sorted(names)), name,
        ranges[0][0], ranges[-1][1], parts=ranges,
    )  # fmt: skip


def _core(quote: str) -> str:
    """Return a quote without the white space and punctuation around it."""
    return quote.strip().strip(" \t\r\n\"'“”‘’.,;:…")


def _conflicting(passage: Passage, conflict: Conflict) -> Verdict:
    name = passage.section.name
    return Verdict(
        "token_conflict", f"In the {name}, {conflict.words()}", section=name, conflicts=(conflict,)
    )


def _elsewhere(search: _Search) -> Verdict | None:
    """Return a verdict when the quote stands in a section that was not asked for, or in no single one."""
    asked = {id(passage) for passage in search.wanted}
    others = [passage for passage in search.ready.passages if id(passage) not in asked]
    where = f"not in the {search.section}" if search.section else "which supports no claim"
    for reading in search.readings:
        standing = _stand_in_one(reading, others, Conflicts())
        if standing is not None:
            found = _standing(standing, search.quote)
            sentence = f"The words stand in the {found.section}, {where}"
            return Verdict("wrong_section", sentence, (), found.section, found.start, found.end)
    parts = search.readings[0].parts
    homes = [_home(search.ready, part) for part in parts] if len(parts) > 1 else []
    if homes and all(homes):
        return Verdict(
            "wrong_section", f"The parts stand in different sections: {', '.join(dict.fromkeys(homes))}"
        )
    return None


def _home(ready: Prepared, part: Words) -> str:
    """Return the name of the first section in which a part stands, or nothing."""
    for passage in ready.passages:
        if whole_tokens(part, passage):
            return passage.section.name
    return ""
