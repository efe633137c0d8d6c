"""The records a report names: numbered in the order they appear, with a link where one exists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lekti.patients.case import OWN_RECORD

_LINKS = (
    (re.compile(r"^PMID:\s?(\d+)$"), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (re.compile(r"^(PMC\d+)$"), "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
    (re.compile(r"^DOI:\s?(10\.\d{4,9}/[\w.()/:;-]+)$", re.IGNORECASE), "https://doi.org/{}"),
)


@dataclass(frozen=True)
class Source:
    """One record: its number on the page, its name, and its address or nothing."""

    number: int
    name: str
    link: str


def numbered(names: Iterable[str]) -> dict[str, Source]:
    """Return the sources by name, numbered from 1 in the order they first appear."""
    unique = [name for name in dict.fromkeys(names) if name and name != "-"]
    return {name: Source(number, told(name), link(name)) for number, name in enumerate(unique, start=1)}


def link(name: str) -> str:
    """Return the address of a record, or nothing for a record without one.

    >>> link("PMID:40607310")
    'https://pubmed.ncbi.nlm.nih.gov/40607310/'
    """
    for pattern, address in _LINKS:
        match = pattern.match(name)
        if match:
            return address.format(match[1])
    return ""


def told(name: str) -> str:
    """Return the name of a record as it is printed."""
    return "the case file itself" if name == OWN_RECORD else name
