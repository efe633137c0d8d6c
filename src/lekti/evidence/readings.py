"""The ways to read a quote: as it is, without citation marks, or without the notes of the one who quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lekti.evidence.citations import Mark, cut_marks
from lekti.evidence.cues import cues_in
from lekti.evidence.elision import ELLIPSIS, MOST_PARTS, parts_of
from lekti.evidence.laying import Words
from lekti.evidence.solid import Solid

NOTE = "bracketed note"
_NOTE = re.compile(r"\s?\[[^\[\]\d]{1,80}\]")
_NONE = frozenset[str]()
_TURNS = frozenset({"negation", "hedge", "direction"})


class Reading(NamedTuple):
    """One way to read a quote: its words, its parts if it leaves words out, and the repairs that it takes."""

    words: Words
    parts: tuple[Words, ...]
    cited: bool = False
    repairs: frozenset[str] = _NONE

    def may_stand_in(self, letters: str) -> bool:
        """Whether all its letters are among the letters of a text, part by part if it has parts."""
        if not self.parts:
            return self.words.solid.lower in letters
        return all(part.solid.lower in letters for part in self.parts)


def readings(words: Solid, cited: bool) -> Iterator[Reading]:
    """Yield the ways to read a quote, the most literal first; `cited`: the record has citation marks."""
    plain = _reading(words)
    yield plain
    cut = cut_marks(words)
    if cut:
        yield _reading(*cut, cited=True)
    elif cited:
        yield Reading(plain.words, plain.parts, cited=True)
    if "[" not in words.form:
        return
    notes = [match.span() for match in _NOTE.finditer(words.prose.text) if _is_note(match[0])]
    if notes:
        yield _reading(words.without(notes), repairs=frozenset({NOTE}))


def _is_note(found: str) -> bool:
    """Whether square brackets hold words of the one who quotes, none of which turns a statement."""
    return not ELLIPSIS.fullmatch(found) and not any(cue.kind in _TURNS for cue in cues_in(found))


def _reading(
    text: Solid, marks: tuple[Mark, ...] = (), *, cited: bool = False, repairs: frozenset[str] = _NONE
) -> Reading:
    if ".." not in text.form and ". ." not in text.form:
        return Reading(Words(text, marks), (), cited, repairs)
    ranges = parts_of(text.form)
    parts = tuple(Words(text.part(a, b), first=a == ranges[0][0]) for a, b in ranges[: MOST_PARTS + 1])
    return Reading(Words(text, marks), parts, cited, repairs)
