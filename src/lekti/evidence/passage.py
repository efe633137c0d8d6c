"""A section made ready for many checks: its solid form, sentences, bound tokens and turning words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from lekti.base.made_once import made_once
from lekti.evidence.citations import Mark, cut_marks
from lekti.evidence.cues import Cue, cues_in
from lekti.evidence.record import Record, Section
from lekti.evidence.solid import Solid, solid
from lekti.evidence.tokens import bound_spans, sentence_starts

FEW_PLACES = 6
EDGE = "\"'.,;:!?()[]{}"


def words_of(form: str) -> list[str]:
    """Return the words of a text without the punctuation around them; punctuation alone is kept as it is."""
    return [word.strip(EDGE) or word for word in form.split()]


@dataclass(frozen=True)
class Passage:
    """A section and all that a check of a quote asks about it; each part is made when first asked for."""

    section: Section
    solid: Solid
    marks: tuple[Mark, ...] = ()

    @property
    def form(self) -> str:
        """The text in which places are counted here."""
        return self.solid.form

    @made_once
    def sentences(self) -> list[int]:
        """Where sentences begin."""
        return sentence_starts(self.form)

    @made_once
    def cues(self) -> tuple[Cue, ...]:
        """The words that turn or weaken, in order."""
        return cues_in(self.form)

    @made_once
    def _cue_starts(self) -> list[int]:
        return [cue.start for cue in self.cues]

    @made_once
    def _bound(self) -> tuple[list[int], list[int]]:
        spans = bound_spans(self.form)
        return [start for start, _ in spans], [end for _, end in spans]

    @made_once
    def words(self) -> list[str]:
        """The words in order, as they are written."""
        return words_of(self.form)

    @made_once
    def word_keys(self) -> list[str]:
        """The words in lower case."""
        return list(map(str.lower, self.words))

    @made_once
    def word_places(self) -> dict[str, list[int]]:
        """For each word in lower case, its numbers in the order of the text."""
        places: dict[str, list[int]] = {}
        for number, word in enumerate(self.word_keys):
            places.setdefault(word, []).append(number)
        return places

    @made_once
    def rare_places(self) -> dict[str, list[int]]:
        """The same for the words that stand in few places."""
        return {word: found for word, found in self.word_places.items() if len(found) <= FEW_PLACES}

    @made_once
    def without_citations(self) -> Passage | None:
        """The same section without its citation marks, or None where it has none."""
        cut = cut_marks(self.solid)
        return None if cut is None else Passage(self.section, cut[0], cut[1])

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a place begins and ends."""
        number = bisect_right(self.sentences, place) - 1
        last = number + 1 == len(self.sentences)
        return self.sentences[number], len(self.form) if last else self.sentences[number + 1]

    def clause_of(self, place: int) -> tuple[int, int]:
        """Return where the clause around a place begins and ends: a sentence, or a part of one."""
        start, end = self.sentence_of(place)
        left = self.form.rfind(";", start, place)
        right = self.form.find(";", place, end)
        return (start if left < 0 else left + 1), (end if right < 0 else right + 1)

    def cues_between(self, start: int, end: int) -> Sequence[Cue]:
        """Return the cues that stand wholly in a stretch."""
        first = bisect_left(self._cue_starts, start)
        last = bisect_left(self._cue_starts, end)
        return [cue for cue in self.cues[first:last] if cue.end <= end]

    def bound_around(self, place: int) -> tuple[int, int] | None:
        """Return the number or variant that a cut at this place would go through."""
        starts, ends = self._bound
        number = bisect_left(starts, place) - 1
        if number >= 0 and starts[number] < place < ends[number]:
            return starts[number], ends[number]
        return None

    def in_prose(self, start: int, end: int) -> tuple[int, int]:
        """Return a range of the form as a range of the section's prose."""
        return self.solid.origin[start], self.solid.origin[end - 1] + 1


@dataclass(frozen=True)
class Prepared:
    """A record whose sections are ready for checking, in all its forms, the fullest first."""

    record: Record
    passages: tuple[Passage, ...]

    @made_once
    def quotable(self) -> tuple[Passage, ...]:
        """The passages that may be quoted."""
        return tuple(passage for passage in self.passages if passage.section.quotable)

    @made_once
    def letters(self) -> str:
        """The letters and digits of all sections, with and without citation marks, in lower case."""
        texts = [passage.solid.lower for passage in self.passages]
        cut = [passage.without_citations for passage in self.passages]
        return "\n".join([*texts, *(passage.solid.lower for passage in cut if passage)])

    @made_once
    def has_citations(self) -> bool:
        """Whether any section has citation marks between its words."""
        return any(passage.without_citations for passage in self.passages)

    def named(self, name: str) -> tuple[Passage, ...]:
        """Return the passages of sections with this name, in any case."""
        wanted = name.strip().lower()
        return tuple(passage for passage in self.passages if passage.section.name.lower() == wanted)


def prepare(record: Record) -> Prepared:
    """Return a record made ready for many checks."""
    sections = [section for form in record.forms() for section in form.sections]
    return Prepared(record, tuple(Passage(section, solid(section.text)) for section in sections))
