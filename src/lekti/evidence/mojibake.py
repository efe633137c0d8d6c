"""Characters that were decoded twice: which ones stand there, and which were meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_MOST_TIMES = 3
_HONEST = frozenset({"Å\u00a0"})
"""An ångström before a blank; it could also be a garbled Š."""
_OTHERS = frozenset("µªº²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉¼½¾\u00ad\ufeff\u200b")
_CP1252 = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(128, 256)}


@dataclass(frozen=True)
class Garbled:
    """Some characters, what they stand for, and where they begin."""

    found: str
    meant: str
    start: int


def find_garbled(text: str) -> Iterator[Garbled]:
    """Yield every run of characters that is UTF-8 read as Windows-1252, once or several times.

    >>> [(each.found, each.meant) for each in find_garbled("Â© 2025, the skinâ€™s")]
    [('Â©', '©'), ('â€™', '’')]
    """
    for run in _RUN.finditer(text):
        position = 0
        while position < len(run[0]) - 1:
            length, meant = _longest(run[0][position : position + 24])
            if length:
                yield Garbled(run[0][position : position + length], meant, run.start() + position)
            position += length or 1


def _longest(text: str) -> tuple[int, str]:
    """Return how many characters at the beginning stand for one other, and which."""
    for length in range(len(text), 1, -1):
        meant = _meant(text[:length])
        if meant and text[:length] not in _HONEST:
            return length, meant
    return 0, ""


def _meant(text: str) -> str:
    """Return the one character that a text stands for, or nothing."""
    for _ in range(_MOST_TIMES):
        try:
            text = _as_bytes(text).decode("utf-8")
        except (UnicodeDecodeError, KeyError):
            return ""
        if len(text) == 1:
            return text if _is_plausible(text) else ""
    return ""


def _is_plausible(sign: str) -> bool:
    """Tell whether papers on medicine use a character: Latin or Greek letters, marks, symbols, blanks."""
    script = unicodedata.name(sign, "").partition(" ")[0]
    return script in ("LATIN", "GREEK") or unicodedata.category(sign)[0] in "PSZ" or sign in _OTHERS


def _as_bytes(text: str) -> bytes:
    """Return the bytes whose Windows-1252 reading a text is; its five unused bytes stand for themselves."""
    return bytes(_CP1252[sign] if sign in _CP1252 else _latin(sign) for sign in text)


def _latin(sign: str) -> int:
    if ord(sign) > 255:
        raise KeyError(sign)
    return ord(sign)
