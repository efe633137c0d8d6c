"""Typed text made plain: one kind of dash, arrow and space, upper-case bases; each repair is told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lekti.base.errors import InputError, shown

LONGEST = 200
"""Signs in one description; a longer text is no description of one change."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣-"), "-")
_ARROWS = re.compile(r"(?<=[ACGTacgt])(?:-+>|=+>|→|➔|➜|➝|⟶|⇒|›|»|&gt;|/)(?=[ACGTacgt])")
_PROTEIN = re.compile(r"[\s,;]*(?P<protein>\(?(?:NP_\d+(?:\.\d+)?:)?\(?p\..*)$", re.DOTALL)
_BASES = re.compile(r"(?<![A-Za-z])(?:del|dup|ins|inv)?[acgt]+(?:>[ACGTacgt]+|ins[acgt]+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Tidied:
    """A description in plain signs, and its protein part apart."""

    change: str
    protein: str | None


def tidy(text: str) -> Tidied:
    """Return a typed description without spaces and with plain dashes and arrows.

    Raises `InputError` for an empty text and for one of more than 200 signs.

    >>> tidy(" c.1302 + 5 g → C ").change
    'c.1302+5G>C'
    """
    if not text.strip():
        raise InputError("No variant is named", expected='a description such as "c.1302+5G>C"')
    if len(text) > LONGEST:
        raise InputError(
            f"'{shown(text)}' has {len(text):,} signs", expected=f"one variant, at most {LONGEST} signs"
        )
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    plain = plain.strip().strip("\"'`“”‘’").strip()
    told = _PROTEIN.search(plain)
    protein = None
    if told is not None and told.start() > 0:
        plain, protein = plain[: told.start()], re.sub(r"\s+", "", told["protein"]).strip(",;")
    squeezed = re.sub(r"\s+", "", plain).rstrip(".,;")
    arrowed = _ARROWS.sub(">", squeezed)
    return Tidied(_upper_bases(arrowed), protein)


def _upper_bases(change: str) -> str:
    """Return the change with its bases in capitals and its words (del, dup, ins) in small letters."""
    found = _BASES.search(change)
    if found is None or not re.search(r"\d", change[: found.start()]):
        return change
    edit = found[0].upper()
    for word in ("DELINS", "DEL", "DUP", "INS", "INV"):
        edit = re.sub(f"^{word}" if word != "INS" else word, word.lower(), edit)
    return change[: found.start()] + edit
