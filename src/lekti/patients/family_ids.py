"""Ids of people in a family: numbers and family words; anything that could be a name is refused."""

from __future__ import annotations

import re
from functools import cache

from lekti.base.errors import InputError, shown
from lekti.base.tables import knowledge_table
from lekti.patients.privacy import is_date

LONGEST_ID = 24
ID_FORM = "a number such as II-3, or a family word such as mother or uncle-2"
_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._'-]*")
_ROMAN = re.compile(r"[IVXivx]+")


def read_id(text: str, *, where: str) -> str:
    """Return an id, or raise `InputError`; an id that could be a name is not repeated in the message.

    >>> read_id("II-3", where=""), read_id("mothers-brother", where="")
    ('II-3', 'mothers-brother')
    """
    if len(text) > LONGEST_ID:
        raise InputError("An id this long is refused", where=where, expected=f"at most {LONGEST_ID} signs")
    if not _SHAPE.fullmatch(text) or is_date(text):
        raise InputError("An id is neither a number nor a family word", where=where, expected=ID_FORM)
    if not all(_is_plain(run, text) for run in re.findall(r"[A-Za-z]+", text)):
        raise InputError(
            "An id looks like a name, and a family file names nobody", where=where, expected=ID_FORM
        )
    return text


def read_label(text: str, *, where: str) -> str:
    """Return the label of a variant: a letter, and perhaps up to three more letters or digits."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,3}", text) or text in ("gene", "none"):
        raise InputError(
            f"'{shown(text, 20)}' is no label of a variant", where=where, expected="a short one such as A"
        )
    return text


def _is_plain(run: str, whole: str) -> bool:
    word = run.lower()
    if word in _words() or word.removesuffix("s") in _words() or _ROMAN.fullmatch(run):
        return True
    return len(run) == 1 or (len(run) <= 3 and any(sign.isdigit() for sign in whole))


@cache
def _words() -> frozenset[str]:
    return frozenset(row["word"] for row in knowledge_table("schema/family_words.tsv"))
