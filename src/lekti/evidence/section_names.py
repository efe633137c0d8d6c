"""Which name a heading gives its section, and which sections can be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from lekti.base.tables import knowledge_table
from lekti.evidence.record import NOT_QUOTABLE, Section

_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,4}\.)\s+")
LONGEST_NAME = 80


def section_name(heading: str) -> str:
    """Return the name of the section that a heading opens.

    >>> section_name("2. Materials and Methods")
    'methods'
    >>> section_name("Laboratory")
    'laboratory'
    """
    plain = plain_heading(heading)
    return _names().get(plain, plain[:LONGEST_NAME] or "text")


def is_known_heading(line: str) -> bool:
    """Tell whether a line by itself is a heading that papers use."""
    first, last = line[:1], line.rstrip()[-1:]
    looks = len(line) <= LONGEST_NAME and (first.isupper() or first.isdigit()) and last != "."
    return looks and plain_heading(line) in _names()


def plain_heading(heading: str) -> str:
    """Return a heading in lower case, without its number, marks and doubled spaces."""
    words = " ".join(heading.split()).strip("#*_ ").rstrip(":.")
    return _NUMBER.sub("", words).lower().replace("’", "'")


def section(name: str, text: str) -> Section:
    """Return a section; whether it can be quoted follows from its name."""
    return Section(name, text, name not in NOT_QUOTABLE)


def numbered(parts: Iterable[tuple[str, str]]) -> tuple[Section, ...]:
    """Return sections with one name each: a name that comes again gets a number; empty parts are dropped.

    >>> [part.name for part in numbered([("results", "a"), ("results", "b")])]
    ['results', 'results (2)']
    """
    seen: dict[str, int] = {}
    sections: list[Section] = []
    for name, text in parts:
        if not text.strip():
            continue
        seen[name] = seen.get(name, 0) + 1
        label = name if seen[name] == 1 else f"{name} ({seen[name]})"
        sections.append(Section(label, text, name not in NOT_QUOTABLE))
    return tuple(sections)


@cache
def _names() -> dict[str, str]:
    table = knowledge_table("records/section_names.tsv")
    return {row["heading"]: row["section"] for row in table}
