"""Where anchored words stand in a section now: at their range, or where the layout moved them, or nowhere."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right

from lekti.evidence.claim import Anchor
from lekti.evidence.solid import Solid, fingerprint, solid, without_hyphens

_SLACK = 12
"""How many characters layout may add to the same words or take: hyphens, spelled-out letters. Assumed."""
_WORD_START = re.compile(r"(?<!\w)\S")
_WORD_END = re.compile(r"(?<=\S)(?!\w)")


def locate(section_text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Return the range of an anchor's words in the normal prose of a section, or None if they are not there.

    The words are known by their SHA-256 alone, so every stretch of about their length is looked at.
    """
    text = solid(section_text)
    prose = text.prose.text
    if fingerprint(prose[max(0, anchor.start) : anchor.end]) == anchor.quote_sha256:
        return anchor.start, anchor.end
    return _searched(text, anchor)


def _searched(text: Solid, anchor: Anchor) -> tuple[int, int] | None:
    form = text.form
    ends = [match.start() for match in _WORD_END.finditer(form)]
    length = anchor.end - anchor.start
    for slack in (0, _SLACK):
        for match in _WORD_START.finditer(form):
            start = match.start()
            for end in _between(ends, start + length - slack, start + length + slack):
                words = without_hyphens(form[start:end])
                if hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest() == anchor.quote_sha256:
                    return text.origin[start], text.origin[end - 1] + 1
    return None


def _between(ends: list[int], low: int, high: int) -> list[int]:
    return ends[bisect_left(ends, low) : bisect_right(ends, high)]
