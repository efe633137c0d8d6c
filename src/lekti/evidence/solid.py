"""The solid form of a text: its letters and digits alone, by which a quote is laid on a record."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from lekti.base.made_once import made_once
from lekti.evidence.prose import Prose, normal
from lekti.evidence.repairs import one_shape, places_of_shapes

_SOLID = re.compile(r"[^\W_]")
_NOT_SOLID = re.compile(r"[\W_]+")
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_LOWER_CASE = bytes(range(128)).lower() + bytes(range(128, 256))
_HYPHEN_IN_A_WORD = re.compile(r"(?<=[^\W\d_])-\s?(?=[^\W\d_])")


@dataclass
class Solid:
    """A prose with every character in one shape (`form`), and where its letters and digits stand in it.

    `origin[i]` is the place of `form[i]` in the prose; one entry more than the form. Nobody changes one; it
    is not frozen because a check makes one per quote, and a frozen one takes four times as long to make.
    """

    prose: Prose
    form: str
    known_origin: Sequence[int] | None = None
    part_of: tuple[Solid, int] | None = None

    @made_once
    def origin(self) -> Sequence[int]:
        """Where each character of the form stands in the prose; worked out when first asked for."""
        if self.part_of is not None:
            whole, start = self.part_of
            return whole.origin[start : start + len(self.form) + 1]
        return places_of_shapes(self.prose.text) if self.known_origin is None else self.known_origin

    @made_once
    def places(self) -> list[int]:
        """Where each letter and digit stands in the form."""
        return list(compress(range(len(self.form)), map(str.isalnum, self.form)))

    @made_once
    def core(self) -> tuple[int, int]:
        """Where the first letter or digit stands in the form, and the end of the last."""
        first = _SOLID.search(self.form)
        if first is None:
            return 0, 0
        end = len(self.form)
        while not self.form[end - 1].isalnum():
            end -= 1
        return first.start(), end

    @made_once
    def letters(self) -> str:
        """The letters and digits, in their own case."""
        if self.form.isascii():
            return self.form.encode().translate(None, _SIGNS).decode()
        return _NOT_SOLID.sub("", self.form)

    @made_once
    def lower(self) -> str:
        """The letters and digits in lower case, one for one."""
        if self.form.isascii():
            return self.form.encode().translate(_LOWER_CASE, _SIGNS).decode()
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
        return Solid(self.prose, self.form[start:end], part_of=(self, start))

    def without(self, ranges: Sequence[tuple[int, int]]) -> Solid:
        """Return the same text with ranges of its prose, in order, left out."""
        pieces: list[str] = []
        origin: list[int] = []
        done = 0
        for start, stop in ranges:
            left, right = bisect_left(self.origin, start), bisect_left(self.origin, stop)
            pieces.append(self.form[done:left])
            origin.extend(self.origin[done:left])
            done = max(done, right)
        pieces.append(self.form[done:])
        origin.extend(self.origin[done:] or self.origin[-1:])
        return Solid(self.prose, "".join(pieces), origin)


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
