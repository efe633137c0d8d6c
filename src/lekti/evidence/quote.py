"""The check of one quote: are these words in the record, in this order, with nothing turned around?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lekti.evidence.citations import Mark, cut_marks
from lekti.evidence.cues import cues_in
from lekti.evidence.elision import ELLIPSIS, MOST_PARTS, parts_of
from lekti.evidence.laying import Conflicts, Place, Words, in_order, stretches, whole_tokens
from lekti.evidence.nearest import nearest
from lekti.evidence.passage import Passage, Prepared, prepare
from lekti.evidence.record import Record
from lekti.evidence.repairs import repairs_between
from lekti.evidence.solid import Solid, solid
from lekti.evidence.verdict import Conflict, Verdict

LEAST_LETTERS = 8
_TWO_WORDS = re.compile(r"[^\W_]\S*\s+[\W_]*[^\W_]")
_MAY_BE_MARKED = re.compile(
    r"[\[(⁰¹²³⁴⁵⁶⁷⁸⁹.,;](?:(?<=[\[(])\s?(?:refs?\b|[\d⁰¹²³⁴⁵⁶⁷⁸⁹])|(?<=[⁰¹²³⁴⁵⁶⁷⁸⁹])|(?<=[a-z)\]][.,;])\d)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s?\[[^\[\]\d]{1,80}\]")
_NONE = frozenset[str]()
_TURNS = frozenset({"negation", "hedge", "direction"})


@dataclass(frozen=True)
class _Reading:
    """One way to read a quote: as it is, without citation marks, or without its writer's notes."""

    words: Words
    parts: tuple[Words, ...]
    cited: bool = False
    repairs: frozenset[str] = _NONE


def check_quote(record: Record | Prepared, quote: str, *, section: str | None = None) -> Verdict:
    """Return whether the words of a quote stand in a record, and where, or why not.

    Only sections that may be quoted count, or only `section`. Make a record that is asked often ready with
    `prepare` once.
    """
    ready = record if isinstance(record, Prepared) else prepare(record)
    words = solid(quote)
    if len(words.lower) < LEAST_LETTERS or not _TWO_WORDS.search(words.form):
        return Verdict(
            "not_found", f"The quote is too short: two words of {LEAST_LETTERS} letters are the least"
        )
    wanted = (
        ready.quotable if section is None else tuple(p for p in ready.named(section) if p.section.quotable)
    )
    conflicts = Conflicts()
    readings: list[_Reading] = []
    for reading in _readings(words, ready.has_citations):
        if not reading.parts and reading.words.solid.lower not in ready.letters:
            continue
        readings.append(reading)
        for passage in wanted:
            verdict = _stand(reading, passage, quote, conflicts)
            if verdict is not None:
                return verdict
    if conflicts.noted:
        return _conflicting(*conflicts.noted[0])
    return _elsewhere(ready, wanted, readings, quote, section) or nearest(wanted, words.form)


def _readings(words: Solid, cited: bool) -> Iterator[_Reading]:
    """Yield the ways to read a quote, the most literal first; `cited`: the record has citation marks."""
    plain = _reading(words)
    yield plain
    cut = cut_marks(words) if _MAY_BE_MARKED.search(words.prose.text) else None
    if cut:
        yield _reading(*cut, cited=True)
    elif cited:
        yield _Reading(plain.words, plain.parts, cited=True)
    if "[" not in words.form:
        return
    notes = [match.span() for match in _NOTE.finditer(words.prose.text) if _is_note(match[0])]
    if notes:
        yield _reading(words.without(notes), repairs=frozenset({"bracketed note"}))


def _is_note(found: str) -> bool:
    """Whether square brackets hold words of the one who quotes, none of which turns a statement."""
    return not ELLIPSIS.fullmatch(found) and not any(cue.kind in _TURNS for cue in cues_in(found))


def _reading(
    text: Solid, marks: tuple[Mark, ...] = (), *, cited: bool = False, repairs: frozenset[str] = _NONE
) -> _Reading:
    if ".." not in text.form and ". ." not in text.form:
        return _Reading(Words(text, marks), (), cited, repairs)
    ranges = parts_of(text.form)
    parts = tuple(Words(text.part(a, b), first=a == ranges[0][0]) for a, b in ranges[: MOST_PARTS + 1])
    return _Reading(Words(text, marks), parts, cited, repairs)


def _stand(reading: _Reading, passage: Passage, quote: str, conflicts: Conflicts) -> Verdict | None:
    """Return the verdict when a reading stands in a passage; note what stands against it otherwise."""
    text = passage
    if reading.cited:
        text = passage.without_citations or (passage if reading.words.marks else None)
    if text is None:
        return None
    place = None
    if reading.words.may_stand_in(text):
        place = next(stretches(reading.words, text, conflicts), None)
    if place is not None and "bracketed note" in reading.repairs:
        place = place if _has_no_note(text, place) else None
    if place is not None:
        return _standing(reading, text, (place,), quote)
    if not 1 <= len(reading.parts) <= MOST_PARTS:
        return None
    places = in_order(reading.parts, text, conflicts)
    if "bracketed note" in reading.repairs and not all(_has_no_note(text, place) for place in places):
        return None
    return _standing(reading, text, places, quote) if places else None


def _has_no_note(passage: Passage, place: Place) -> bool:
    """Whether the sentences around a place have no square brackets, which the quote's note would replace."""
    start = passage.sentence_of(place.start)[0]
    return "[" not in passage.form[start : passage.sentence_of(place.end - 1)[1]]


def _standing(reading: _Reading, passage: Passage, places: tuple[Place, ...], quote: str) -> Verdict:
    elided = len(places) > 1
    printed = [passage.solid.printed(place.start, place.end) for place in places]
    names = reading.repairs.union(*(place.repairs for place in places))
    if reading.cited:
        names |= {"citation number"}
    if not elided:
        names |= set(repairs_between(_core(quote), printed[0]))
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


def _elsewhere(
    ready: Prepared, wanted: tuple[Passage, ...], readings: list[_Reading], quote: str, section: str | None
) -> Verdict | None:
    """Return a verdict when the quote stands in a section that was not asked for, or in no single one."""
    if not readings:
        return None
    asked = {id(passage) for passage in wanted}
    others = [passage for passage in ready.passages if id(passage) not in asked]
    where = f"not in the {section}" if section else "which supports no claim"
    for reading in readings:
        for passage in others:
            found = _stand(reading, passage, quote, Conflicts())
            if found is not None:
                sentence = f"The words stand in the {found.section}, {where}"
                return Verdict("wrong_section", sentence, (), found.section, found.start, found.end)
    parts = readings[0].parts
    homes = [_home(ready, part) for part in parts] if len(parts) > 1 else []
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
