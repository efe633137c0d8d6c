"""Answer pages: a head line, a short answer marked TL;DR, paragraphs, and a disclaimer."""

from __future__ import annotations

import re

from lekti.base.errors import InputError
from lekti.evidence.identifiers import in_order
from lekti.evidence.record import Record
from lekti.evidence.section_names import numbered

_SHORT = re.compile(r"\s*(?:TL;DR|Short answer|In short)\s*:", re.IGNORECASE)
_HEAD = re.compile(r"short answer|reviewed|last updated|updated on|published", re.IGNORECASE)
_DISCLAIMER = re.compile(r"\s*(?:medical\s+)?disclaimer\b", re.IGNORECASE)
_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})\b")
_UPDATED = re.compile(r"(?:last\s+)?updated(?:\s+on)?\s*:?\s*(.+)", re.IGNORECASE)
_REVIEWER = re.compile(r"(?:medically\s+)?reviewed\s+by\s*:?\s*(.+)", re.IGNORECASE)
_REVIEWED = re.compile(r"(?:medically|clinically|medical)\b.*\breview", re.IGNORECASE)
_QUESTION = re.compile(r"(?:#+\s*)?([A-Z][^.?!\n]{3,150}\?)\s*")


def is_answer_page(text: str) -> bool:
    """Tell whether a text has a head line or a short answer, as pages that answer a question do."""
    lines = [line for line in text.strip().split("\n") if line.strip()][:6]
    return bool(lines) and (_is_head(lines[0]) or any(_SHORT.match(line) for line in lines))


def read_page(text: str, *, name: str, address: str = "") -> Record:
    """Return the record of an answer page; a page without an address is known by its text.

    `text` has line feeds only. Raises `InputError` for a page without words.
    """
    lines = [line for line in text.removeprefix("\ufeff").split("\n") if line.strip()]
    if not any(sign.isalpha() for line in lines for sign in line):
        raise InputError("The page holds no words", where=name, expected="the text of a page")
    parts = _parts(lines)
    keys = _keys(dict(parts).get("header", ""))
    updated = str(keys.get("last_updated", ""))
    year = re.search(r"\b[12]\d{3}\b", updated)
    ids = in_order([address or None], text)
    return Record(
        id=ids[0],
        ids=ids,
        title=_title(lines),
        authors=(),
        journal="",
        year=year[0] if year else "",
        content="page",
        sections=numbered(parts),
        front_matter=keys,
        form="answer_page",
        raw=text,
    )


def _parts(lines: list[str]) -> list[tuple[str, str]]:
    """Sort the lines: the head, the short answer however often it stands, the answer, the disclaimer."""
    parts: dict[str, list[str]] = {"header": [], "short answer": [], "answer": [], "disclaimer": []}
    for number, line in enumerate(lines):
        if number == 0 and _is_head(line):
            parts["header"].append(line)
        elif _SHORT.match(line):
            parts["short answer"].append(line)
        elif _DISCLAIMER.match(line):
            parts["disclaimer"].append(line)
        else:
            parts["answer"].append(line)
    return [(label, "\n\n".join(texts)) for label, texts in parts.items()]


def _is_head(line: str) -> bool:
    return (
        len(line) < 300
        and not _SHORT.match(line)
        and ("·" in line or "|" in line)
        and bool(_HEAD.search(line))
    )


def _keys(head: str) -> dict[str, object]:
    keys: dict[str, object] = {}
    for item in re.split(r"\s*[·|]\s*", head.strip()):
        if match := _UPDATED.fullmatch(item):
            keys["last_updated"] = match[1].strip()
        elif match := _REVIEWER.fullmatch(item):
            keys["medically_reviewed"] = True
            keys["reviewer"] = _DATE.sub("", match[1]).strip(" ,;-–()")
            if date := _DATE.search(match[1]):
                keys["reviewed_on"] = date[1]
        elif _REVIEWED.search(item):
            keys["medically_reviewed"] = not re.search(r"\b(?:not|un|never)\b", item, re.IGNORECASE)
            if date := _DATE.search(item):
                keys["reviewed_on"] = date[1]
    return keys


def _title(lines: list[str]) -> str:
    """Return the first heading or question of the page, or nothing."""
    for line in lines:
        if line.startswith("# "):
            return line[2:].strip()
        if match := re.search(r"(?:^|(?<=[.!?]) )" + _QUESTION.pattern, line):
            return match[1].strip()
    return ""
