"""Files with several papers, as PubMed saves them, cut into one text for each."""

from __future__ import annotations

import re
from collections.abc import Callable

from lekti.base.errors import InputError
from lekti.evidence.read_record import read_record
from lekti.evidence.record import Record

MOST_RECORDS = 10_000
_OPENINGS = ("<PubmedArticle>", "<PubmedBookArticle>")
_TAGGED = re.compile(r"PMID- ?\d")
_NUMBERED = re.compile(r"\d{1,6}\. \S")
_ENDS = re.compile(r"^PMID:[ \t]*\d", re.MULTILINE)


def read_records(source: bytes, *, name: str) -> tuple[Record, ...]:
    """Return every record of a file; a file with one record gives its bytes back.

    PubMed XML, nbib and PubMed text may hold several papers. Raises `InputError` as `read_record` does,
    naming the paper by its number in the file.
    """
    parts = _parts(source)
    if len(parts) > MOST_RECORDS:
        raise InputError(f"{name} holds {len(parts)} papers", expected=f"at most {MOST_RECORDS}")
    if len(parts) < 2:
        return (read_record(source, name=name),)
    return tuple(
        read_record(part.encode("utf-8"), name=f"{name}, paper {number}")
        for number, part in enumerate(parts, 1)
    )


def _parts(source: bytes) -> list[str]:
    try:
        text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return []
    begin = text.lstrip()
    cut: Callable[[str], list[str]] | None = None
    if begin.startswith("PMID-"):
        cut = _cut_tagged
    elif begin[:1].isdigit():
        cut = _cut_numbered
    elif "<PubmedArticleSet" in begin[:2000] and begin.startswith("<") and "<!ENTITY" not in begin:
        cut = _cut_xml
    return cut(begin) if cut else []


def _cut_tagged(text: str) -> list[str]:
    return _cut_before(text, _TAGGED, blank_lines=1)


def _cut_numbered(text: str) -> list[str]:
    """Return the papers of a PubMed text: each ends with its PMID, or it is no such text."""
    parts = _cut_before(text, _NUMBERED, blank_lines=2)
    return parts if all(_ENDS.search(part) for part in parts) else []


def _cut_before(text: str, first: re.Pattern[str], *, blank_lines: int) -> list[str]:
    """Cut a text before each line that begins as `first` says and has blank lines above it."""
    parts: list[list[str]] = [[]]
    blank = 0
    for line in text.split("\n"):
        if blank >= blank_lines and first.match(line):
            parts.append([])
        blank = 0 if line.strip() else blank + 1
        parts[-1].append(line)
    return ["\n".join(lines).strip("\n") + "\n" for lines in parts]


def _cut_xml(text: str) -> list[str]:
    articles: list[str] = []
    place = 0
    while starts := [at for opening in _OPENINGS if (at := text.find(opening, place)) >= 0]:
        start = min(starts)
        closing = "</" + text[start + 1 : text.index(">", start) + 1]
        end = text.find(closing, start)
        if end < 0:
            break
        place = end + len(closing)
        articles.append(text[start:place])
    return [f"<PubmedArticleSet>\n{article}\n</PubmedArticleSet>\n" for article in articles]
