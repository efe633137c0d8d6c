"""Small cuts that all mutators share: put words in the place of a match, and swap words by `swaps.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SWAPS = Path(__file__).resolve().parent / "swaps.tsv"


@cache
def swaps(kind: str) -> tuple[tuple[str, str], ...]:
    """Return the rows of a kind: the words that stand there, and the words to put in their place."""
    rows = [line.split("\t") for line in SWAPS.read_text("utf-8").splitlines()[1:]]
    return tuple((old, new) for row_kind, old, new in rows if row_kind == kind)


def replaced(text: str, found: re.Match[str], new: str) -> str:
    """Return the text with the match replaced."""
    return text[: found.start()] + new + text[found.end() :]


def swapped(text: str, table: Iterable[tuple[str, str]], *, skip: re.Pattern[str] | None = None) -> list[str]:
    """Return one text per place where the first word of a row stands, with the second instead.

    Words are taken whole; a match inside what `skip` finds is left alone; a capital stays a capital.
    """
    taken = [found.span() for found in skip.finditer(text)] if skip else []
    made: list[str] = []
    for old, new in table:
        before = r"(?<!\w)" if old[0].isalnum() else ""
        after = r"(?!\w)" if old[-1].isalnum() else ""
        for found in re.finditer(before + re.escape(old) + after, text, re.IGNORECASE):
            if any(start <= found.start() < end for start, end in taken):
                continue
            capital = found[0][0].isupper() and not old[0].isupper() and bool(new)
            made.append(replaced(text, found, new[0].upper() + new[1:] if capital else new))
    return [one for one in made if one != text]
