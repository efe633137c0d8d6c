"""What a case file never holds: names, dates, contact details and free text."""

from __future__ import annotations

import re
from functools import cache

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.patients.yaml_tree import DATE_REFUSED, Leaf, Node, keys, leaves

LONGEST_TEXT = 120
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d-\d\d?-\d\d?(?!\d)"
    r"|^\s*(?:19|20)\d\d[-./]\d\d?(?:[-./]\d\d?)?\s*$"
    r"|^\s*\d\d?[-./]\d\d?[-./](?:\d\d)?\d\d\s*$"
    rf"|^\s*(?:\d\d?\.?\s+)?{_MONTHS}\.?,?\s+(?:\d\d?,?\s+)?(?:19|20)\d\d\s*$",
    re.IGNORECASE,
)


def refuse_private(tree: Node, *, name: str, noun: str = "case file") -> None:
    """Raise `InputError` with `name`:line for a key or value that could tell who the person is.

    The value itself is never repeated in the message. `noun` names the file.
    """
    for key, line in keys(tree):
        reason = refused_keys().get(key.lower().replace("-", "_").replace(" ", "_"))
        if reason is not None:
            raise InputError(
                f"Key '{key}' is refused: {reason.replace('case file', noun)}",
                where=f"{name}:{line}",
                fix="Remove the line.",
            )
    for leaf in leaves(tree):
        _refuse_value(leaf, f"{name}:{leaf.line}", noun)


@cache
def refused_keys() -> dict[str, str]:
    """Return the keys a case file never holds, each with its reason."""
    return {row["key"]: row["reason"] for row in knowledge_table("schema/refused_keys.tsv")}


def is_date(text: str) -> bool:
    """Say whether a text is or holds a calendar date."""
    return _DATE.search(text) is not None


def _refuse_value(leaf: Leaf, where: str, noun: str) -> None:
    if not isinstance(leaf.value, str):
        return
    if is_date(leaf.text):
        told = DATE_REFUSED.replace("case file", noun)
        raise InputError(told, where=where, expected="an age such as 6 years")
    if len(leaf.text) > LONGEST_TEXT or "\n" in leaf.text:
        raise InputError(
            f"A text this long is refused: a {noun} holds no free text",
            where=where,
            expected=f"at most {LONGEST_TEXT} characters on one line",
        )
