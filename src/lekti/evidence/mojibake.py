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
        signs = [Garbled(sign, sign, run.start() + place) for place, sign in enumerate(run[0])]
        for _ in range(_MOST_TIMES):
            before, signs = len(signs), _joined(signs)
            if len(signs) == before:
                break
        yield from (each for each in signs if len(each.found) > 1 and _is_plausible(each.meant))


def _joined(signs: list[Garbled]) -> list[Garbled]:
    """Return the signs with each sequence that spells one character in UTF-8 joined into it."""
    joined: list[Garbled] = []
    place = 0
    while place < len(signs):
        length = _length(_byte(signs[place].meant))
        parts = signs[place : place + length]
        meant = _decoded([_byte(part.meant) for part in parts]) if len(parts) == length > 1 else ""
        found = "".join(part.found for part in parts)
        if meant and found not in _HONEST and (_is_plausible(meant) or _byte(meant)):
            joined.append(Garbled(found, meant, signs[place].start))
            place += length
        else:
            joined.append(signs[place])
            place += 1
    return joined


def _length(first: int) -> int:
    """Return how many bytes UTF-8 needs for a character that begins with this byte; 1 for no beginning."""
    return 2 if 0xC2 <= first < 0xE0 else 3 if 0xE0 <= first < 0xF0 else 4 if 0xF0 <= first < 0xF5 else 1


def _decoded(content: list[int]) -> str:
    try:
        return bytes(content).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _byte(sign: str) -> int:
    """Return the byte whose Windows-1252 reading a sign is, 0 for none; unused bytes stand for themselves."""
    return _CP1252.get(sign, ord(sign) if 0x7F < ord(sign) < 0x100 else 0)


def _is_plausible(sign: str) -> bool:
    """Tell whether papers on medicine use a character: Latin or Greek letters, marks, symbols, blanks."""
    script = unicodedata.name(sign, "").partition(" ")[0]
    return script in ("LATIN", "GREEK") or unicodedata.category(sign)[0] in "PSZ" or sign in _OTHERS
