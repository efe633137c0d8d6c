"""Citation marks between words: numbers in brackets or raised, which a quote may leave out."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from lekti.evidence.solid import Solid

_LIST = r"[1-9]\d{0,2}(?:\s?[,;–-]\s?[1-9]\d{0,2}){0,19}(?!\d)"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = re.compile(
    rf"""\s?\[\s?(?:refs?\.?\s)?{_LIST}\s?\]
    |\s?\[\s?[{_RAISED}][{_RAISED},;⁻–\s-]{{0,40}}\]
    |(?:(?<=[a-z]{{3}})|(?<=[.,;:)\]"'’”]))[{_RAISED}][{_RAISED},⁻–-]{{0,30}}(?![\w])
    |(?<=[a-z]{{3}})\s?\({_LIST}\)(?=[\s.,;:]|$)
    |(?<=[a-z)\]][.,;]){_LIST}(?=\s+[A-Z("']|\s*$)""",
    re.VERBOSE,
)
_SIGN_OF_A_MARK = re.compile(
    rf"""[\[({_RAISED}.,;](?:
    (?<=\[)\s?(?:(?:refs?\.?\s)?{_LIST}\s?\]|[{_RAISED}][{_RAISED},;⁻–\s-]{{0,40}}\])
    |(?:(?<=[a-z]{{3}}\()|(?<=[a-z]{{3}}\s\()){_LIST}\)(?=[\s.,;:]|$)
    |(?:(?<=[a-z]{{3}}[{_RAISED}])|(?<=[.,;:)\]"'’”][{_RAISED}]))[{_RAISED},⁻–-]{{0,30}}(?![\w])
    |(?<=[a-z)\]][.,;]){_LIST}(?=\s+[A-Z("']|\s*$))""",
    re.VERBOSE,
)
"""Found in the same texts as a mark; it begins with a set of characters, which Python looks for fast."""


@dataclass(frozen=True)
class Mark:
    """A citation mark that was left out: after how many letters and digits it stood, and its text."""

    index: int
    text: str

    @property
    def round(self) -> bool:
        """Whether it stands in round brackets, as a count of people may also do."""
        return self.text.strip().startswith("(")


def cut_marks(text: Solid) -> tuple[Solid, tuple[Mark, ...]] | None:
    """Return a text without its citation marks, and the marks; None where it has none."""
    if not _SIGN_OF_A_MARK.search(text.prose.text):
        return None
    found = list(_MARK.finditer(text.prose.text))
    cut = text.without([match.span() for match in found])
    origin = cut.origin.__getitem__
    return cut, tuple(Mark(bisect_left(cut.places, match.start(), key=origin), match[0]) for match in found)
