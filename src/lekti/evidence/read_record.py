"""One file in, one record out, whatever its layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lekti.base.errors import InputError, shown
from lekti.evidence.html_text import html_text, is_html
from lekti.evidence.read_jats import find_article, read_jats
from lekti.evidence.read_markdown import read_markdown
from lekti.evidence.read_nbib import is_nbib, read_nbib
from lekti.evidence.read_page import is_answer_page, read_page
from lekti.evidence.read_pubmed_text import is_pubmed_text, read_pubmed_text
from lekti.evidence.read_pubmed_xml import ARTICLES, SET, read_pubmed_xml
from lekti.evidence.record import Record
from lekti.evidence.safe_xml import parse_xml
from lekti.evidence.same_patient import group_of

LARGEST_BYTES = 20_000_000
LAYOUTS = "Markdown with front matter, an answer page, PubMed XML, nbib or text, or JATS"


def read_record(source: bytes, *, name: str) -> Record:
    """Return the record of one file; `name` stands for it in messages.

    `raw` gives the bytes back: `record.raw.encode() == source`. Raises `InputError` for a file that is empty,
    too large, no text, or in no layout that lekti reads.
    """
    return _finished(source, name, _read_layout)


def read_text_page(source: bytes, *, name: str, address: str = "") -> Record:
    """Return the record of any text, taken as a page; it needs no layout and no address."""
    return _finished(source, name, lambda text, where: _read_any_page(text, where, address))


def read_record_file(path: Path) -> Record:
    """Return the record of a file, or raise `InputError`."""
    return read_record(file_bytes(path), name=str(path))


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a user's file, never more than the largest record; raises `InputError`."""
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is no file" if path.exists() else "does not exist"
            raise InputError(f"{path} {what}", expected=f"a record: {LAYOUTS}")
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{shown(str(path), 200)} cannot be read", expected="a record") from error


def _finished(source: bytes, name: str, read: Callable[[str, str], Record]) -> Record:
    raw = _decoded(source, name)
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{name} is empty", expected=f"a record: {LAYOUTS}")
    try:
        record = read(text, name)
    except RecursionError as error:
        raise InputError("The file is nested too deeply", where=name, expected="one record") from error
    return replace(record, raw=raw, group=group_of(record.ids))


def _decoded(source: bytes, name: str) -> str:
    if len(source) > LARGEST_BYTES:
        raise InputError(f"{name} is too large", expected=f"at most {LARGEST_BYTES / 1e6:g} MB")
    if source.startswith(b"%PDF"):
        raise InputError(f"{name} is a PDF", expected=f"a record: {LAYOUTS}", fix="Save its text first.")
    if b"\x00" in source:
        raise InputError(f"{name} is a binary file", expected=f"a record in UTF-8 text: {LAYOUTS}")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"Byte {source[error.start]:#04x} is not UTF-8 text",
            where=f"{name}:{line}",
            expected="a record in UTF-8",
            fix="Save the file as UTF-8.",
        ) from error


def _read_layout(text: str, name: str) -> Record:
    begin = text.lstrip()
    if begin.startswith("<"):
        return _read_any_page(text, name) if is_html(text) else _read_xml(text, name)
    if begin.startswith("---\n"):
        return read_markdown(begin, name=name)
    if is_nbib(text):
        return read_nbib(text, name=name)
    if is_pubmed_text(text):
        return read_pubmed_text(text, name=name)
    if is_answer_page(text):
        return read_page(text, name=name)
    raise InputError(
        f"{name} is in no layout that lekti knows",
        expected=LAYOUTS,
        fix="Any other page of text is taken with --from-text.",
    )


def _read_any_page(text: str, name: str, address: str = "") -> Record:
    return read_page(html_text(text) if is_html(text) else text, name=name, address=address)


def _read_xml(text: str, name: str) -> Record:
    root = parse_xml(text, name=name)
    if root.tag == SET or root.tag in ARTICLES:
        return read_pubmed_xml(root, text, name=name)
    if find_article(root) is not None:
        return read_jats(root, text, name=name)
    raise InputError(
        f"The XML is no paper: its root is <{shown(root.tag, 40)}>", where=name, expected="PubMed XML or JATS"
    )
