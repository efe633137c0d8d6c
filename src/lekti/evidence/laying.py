"""Where words stand in a passage: as one stretch, or as parts in order with words left out between them."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from lekti.base.made_once import made_once
from lekti.evidence.citations import Mark
from lekti.evidence.edges import cut_conflict, leading_symbols, trailing_symbols, turned_conflict, widened
from lekti.evidence.elision import gap_conflict
from lekti.evidence.gaps import Laid, citations_agree, differences
from lekti.evidence.passage import Passage
from lekti.evidence.solid import Solid
from lekti.evidence.verdict import Conflict

LEAST_LETTERS_OF_A_PART = 3
MOST_PLACES = 40
"""Words that stand in more places of a section are looked at in the first of them."""
_NO_REPAIRS = frozenset[str]()
_NO_SYMBOLS = ("", "")


@dataclass
class Words:
    """Quoted words ready to be laid on a text, the citation marks that were left out of them, and whether
    no part of the quote stands before them; never changed, as `Solid` is not."""

    solid: Solid
    marks: tuple[Mark, ...] = ()
    first: bool = True

    @made_once
    def symbols(self) -> tuple[str, str]:
        """The signs with a meaning at the two ends."""
        form, (start, end) = self.solid.form, self.solid.core
        return leading_symbols(form[:start]), trailing_symbols(form[end:])

    @made_once
    def core(self) -> str:
        """The words from the first letter or digit to the last."""
        return self.solid.form[slice(*self.solid.core)]


class Place(NamedTuple):
    """Where words stand in a passage, in places of its form, and the repairs that they need there."""

    start: int
    end: int
    repairs: Set[str]


@dataclass
class Conflicts:
    """What stands against a quote at the places where its letters were found."""

    noted: list[tuple[Passage, Conflict]] = field(default_factory=list[tuple[Passage, Conflict]])

    def note(self, passage: Passage, conflict: Conflict) -> None:
        """Keep a conflict."""
        self.noted.append((passage, conflict))


def whole_tokens(words: Words, passage: Passage) -> bool:
    """Whether words stand somewhere in a passage, whatever stands around them."""
    return next(_laid(words, passage, Conflicts()), None) is not None


def stretches(words: Words, passage: Passage, conflicts: Conflicts) -> Iterator[Place]:
    """Yield the places where the words stand whole and unturned; note what is wrong at the others."""
    for place in _laid(words, passage, conflicts):
        turned = turned_conflict(passage, place.start, place.end)
        if turned is None:
            yield place
        else:
            conflicts.note(passage, turned)


def _laid(words: Words, passage: Passage, conflicts: Conflicts) -> Iterator[Place]:
    lower, text = words.solid.lower, passage.solid.lower
    at = text.find(lower) if lower else -1
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        span, repairs = _exactly(words, passage, at)
        if isinstance(span, Conflict):
            conflicts.note(passage, span)
        else:
            yield Place(*span, repairs)
        at = text.find(lower, at + 1)


def _exactly(words: Words, passage: Passage, at: int) -> tuple[tuple[int, int] | Conflict, Set[str]]:
    """Return the range of words laid at a letter and their repairs, or the first conflict."""
    text, count = passage.solid, len(words.solid.lower)
    start, end = text.places[at], text.places[at + count - 1] + 1
    repairs: Set[str] = _NO_REPAIRS
    if words.core != text.form[start:end]:
        repairs, conflict = differences(Laid(words.solid, text, at, count, end, words.first))
        if conflict:
            return conflict, repairs
    if words.marks or passage.marks:
        conflict = citations_agree(words.marks, passage.marks, at, count)
        if conflict:
            return conflict, repairs
    if words.symbols != _NO_SYMBOLS:
        span = widened(passage, start, end, words.symbols)
        if isinstance(span, Conflict):
            return span, repairs
        start, end = span
    return cut_conflict(passage, start, end) or (start, end), repairs


def in_order(parts: tuple[Words, ...], passage: Passage, conflicts: Conflicts) -> tuple[Place, ...]:
    """Return places for all parts, one after the other with fair gaps, or nothing."""
    text = passage.solid.lower
    for part in parts:
        if len(part.solid.lower) < LEAST_LETTERS_OF_A_PART or part.solid.lower not in text:
            return ()
    chains: list[tuple[Place, ...]] = [()]
    for part in parts:
        places = list(_laid(part, passage, conflicts))
        longer = [_lengthened(chains, place, passage, conflicts) for place in places]
        chains = [chain for chain in longer if chain]
        if not chains:
            _note_order(part, places, passage, conflicts)
            return ()
    for chain in chains:
        turned = turned_conflict(passage, chain[0].start, chain[-1].end)
        if turned is None:
            return chain
        conflicts.note(passage, turned)
    return ()


def _lengthened(
    chains: list[tuple[Place, ...]], place: Place, passage: Passage, conflicts: Conflicts
) -> tuple[Place, ...]:
    """Return the first chain that a place continues, with that place, or nothing."""
    for chain in chains:
        if not chain:
            return (place,)
        if chain[-1].end > place.start:
            continue
        hidden = gap_conflict(passage, chain[-1].end, place.start)
        if hidden is None:
            return (*chain, place)
        conflicts.note(passage, hidden)
    return ()


def _note_order(part: Words, places: list[Place], passage: Passage, conflicts: Conflicts) -> None:
    if places and not conflicts.noted:
        conflicts.note(passage, Conflict("order", part.solid.form[:60], "in front of the part before it"))
