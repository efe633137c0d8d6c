"""Words and signs of a text, and the one rule by which a mutant is left out: its exact words stand there."""

from __future__ import annotations

import re
import unicodedata

LEFT_OUT = "its exact words stand in the same section"

_CUES = re.compile(
    r"\b(?:no|not|nor|never|neither|none|nobody|nothing|without|cannot|absent|lack|lacks|lacked|failed|fails|hardly|unless"
    r"|may|might|could|can|probably|likely|possibly|possible|perhaps|appears?|seems?|suggests?|consistent|propose"
    r"|should|would|unknown|uncertain|usually|often|fewer)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"(?<![^\s(\[=<>≤≥])[+\-−–±]\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|[^\W\d_]+|\S")
_ELISION = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\.{3}\)|…|\.{3,}|\. \. \.)\s*")
_MARK = "\x1f"


def tokens(text: str) -> list[str]:
    """Return words, numbers with their sign, and other signs; a dash inside a range is no sign."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def trail(text: str) -> str:
    """Return the tokens of a text as one string that can be searched for whole tokens."""
    return _MARK + _MARK.join(tokens(text)) + _MARK


def stands(quote: str, section_trail: str) -> bool:
    """Tell whether the exact words of a quote stand in a section, elided parts one after the other.

    A full stop at the end is no word: a quote may end with one where the section goes on.
    """
    place = 0
    parts = [part for part in _ELISION.split(quote.rstrip(" .")) if part.strip()]
    for part in parts:
        searched = trail(part)
        found = section_trail.find(searched, place)
        if found < 0:
            return False
        place = found + len(searched) - 1
    return bool(parts)


def cues(text: str) -> bool:
    """Tell whether a text negates or hedges."""
    return bool(_CUES.search(text))
