"""Which papers tell of the same person, so that one person is not counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from lekti.base.tables import knowledge_table


def group_of(ids: Iterable[str]) -> str:
    """Return the name of the group of papers about one person, or nothing.

    >>> group_of(["PMID:38406644"]) == group_of(["PMID:38634098"]) != ""
    True
    """
    groups = _groups()
    return next((groups[each] for each in ids if each in groups), "")


def papers_of(group: str) -> tuple[str, ...]:
    """Return the identifiers of the papers in a group."""
    return tuple(record for record, name in _groups().items() if group and name == group)


@cache
def _groups() -> dict[str, str]:
    return {row["record"]: row["group"] for row in knowledge_table("records/same_patient.tsv")}
