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


def refuse_private(tree: Node, *, name: str) -> None:
    """Raise `InputError` with `name`:line for a key or value that could tell who the person is.

    The value itself is never repeated in the message.
    """
    for key, line in keys(tree):
        reason = refused_keys().get(key.lower().replace("-", "_").replace(" ", "_"))
        if reason is not None:
            raise InputError(
                f"Key '{key}' is refused: {reason}", where=f"{name}:{line}", fix="Remove the line."
            )
    for leaf in leaves(tree):
        _refuse_value(leaf, f"{name}:{leaf.line}")


@cache
def refused_keys() -> dict[str, str]:
    """Return the keys a case file never holds, each with its reason."""
    return {row["key"]: row["reason"] for row in knowledge_table("schema/refused_keys.tsv")}


def _refuse_value(leaf: Leaf, where: str) -> None:
    if not isinstance(leaf.value, str):
        return
    if _DATE.search(leaf.text):
        raise InputError(DATE_REFUSED, where=where, expected="an age such as 6 years")
    if len(leaf.text) > LONGEST_TEXT or "\n" in leaf.text:
        raise InputError(
            "A text this long is refused: a case file holds no free text",
            where=where,
            expected=f"at most {LONGEST_TEXT} characters on one line",
        )
