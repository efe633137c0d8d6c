"""The solid form of a text: its letters and digits alone, by which a quote is laid on a record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lekti.evidence.prose import Prose, normal
from lekti.evidence.repairs import one_shape, places_of_shapes

_SOLID = re.compile(r"[^\W_]")
_NOT_SOLID = re.compile(r"[\W_]+")
_NO_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
_HYPHEN_IN_A_WORD = re.compile(r"(?<=[^\W\d_])-\s?(?=[^\W\d_])")


@dataclass(frozen=True)
class Solid:
    """A prose with every character in one shape (`form`), and where its letters and digits stand in it.

    `origin[i]` is the place of `form[i]` in the prose; one entry more than the form.
    """

    prose: Prose
    form: str
    known_origin: Sequence[int] | None = None

    @cached_property
    def origin(self) -> Sequence[int]:
        """Where each character of the form stands in the prose; worked out when first asked for."""
        return places_of_shapes(self.prose.text) if self.known_origin is None else self.known_origin

    @cached_property
    def places(self) -> list[int]:
        """Where each letter and digit stands in the form."""
        return [match.start() for match in _SOLID.finditer(self.form)]

    @cached_property
    def core(self) -> tuple[int, int]:
        """Where the first letter or digit stands in the form, and the end of the last."""
        first = _SOLID.search(self.form)
        if first is None:
            return 0, 0
        end = len(self.form)
        while not _SOLID.match(self.form, end - 1):
            end -= 1
        return first.start(), end

    @cached_property
    def letters(self) -> str:
        """The letters and digits, in their own case."""
        return _NOT_SOLID.sub("", self.form)

    @cached_property
    def lower(self) -> str:
        """The letters and digits in lower case, one for one."""
        if self.form.isascii():
            return self.form.lower().translate(_NO_SIGNS)
        lower = self.letters.lower()
        if len(lower) == len(self.letters):
            return lower
        return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in self.letters)

    def gap(self, index: int) -> str:
        """Return what stands between a letter and the one before it."""
        return self.form[self.places[index - 1] + 1 : self.places[index]]

    def printed_gap(self, index: int) -> str:
        """Return the raw text from the letter before to the beginning of this one, both included."""
        return self.printed(self.places[index - 1], self.places[index] + 1)

    def printed(self, start: int, stop: int) -> str:
        """Return the raw text behind a range of the form."""
        return self.prose.words_as_printed(self.origin[start], self.origin[stop - 1] + 1)

    def part(self, start: int, end: int) -> Solid:
        """Return a stretch of the form as a text of its own; its places in the prose stay."""
        return replace(self, form=self.form[start:end], known_origin=self.origin[start : end + 1])

    def without(self, ranges: Sequence[tuple[int, int]]) -> Solid:
        """Return the same text with ranges of its prose left out."""
        kept: list[int] = []
        place = 0
        limits = [(start, stop) for start, stop in ranges if start < stop]
        for index, origin in enumerate(self.origin):
            while place < len(limits) and origin >= limits[place][1]:
                place += 1
            if place == len(limits) or origin < limits[place][0]:
                kept.append(index)
        if not kept or kept[-1] != len(self.form):
            kept.append(len(self.form))
        form = "".join(self.form[index] for index in kept[:-1])
        return replace(self, form=form, known_origin=[self.origin[index] for index in kept])


def solid(text: str) -> Solid:
    """Return the solid form of a raw text."""
    return of_prose(normal(text))


def of_prose(prose: Prose) -> Solid:
    """Return the solid form of a prose."""
    return Solid(prose, one_shape(prose.text))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text that is the same for the same words in any layout and typography.

    A hyphen between two letters is not counted, for nobody can tell a hyphen at the end of a line from one
    in the word.

    >>> fingerprint("skin inflam-\\n  mation") == fingerprint("skin <b>in\\ufb02ammation</b>")
    True
    >>> fingerprint("c.1302+5G>C") == fingerprint("c.1302-5G>C")
    False
    """
    form = without_hyphens(of_prose(normal(text)).form)
    return hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()


def without_hyphens(form: str) -> str:
    """Return a form without the hyphens between two letters, as fingerprints are taken of it."""
    return " ".join(_HYPHEN_IN_A_WORD.sub("", form).split())
