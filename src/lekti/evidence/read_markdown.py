"""Markdown records with a YAML head, as DisMech and linkml-reference-validator keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lekti.base.errors import InputError
from lekti.evidence.front_matter import read_front_matter, split_front_matter
from lekti.evidence.identifiers import in_order, keep_id
from lekti.evidence.read_pubmed_text import (
    Paper,
    full_text_parts,
    is_copyright,
    is_pubmed_text,
    one_line,
    paragraphs,
    read_paper,
)
from lekti.evidence.record import Content, Record
from lekti.evidence.section_names import numbered

KEYS_OF_IDS = ("reference_id", "pmid", "pmcid", "doi")
ABSTRACT_ONLY = frozenset({"abstract_only", "unavailable", "no_pmc", "pmc_restricted", "summary"})
PAGES = frozenset({"url", "local_file"})
_CONTENT_LINE = re.compile(r"^## Content[ \t]*$", re.MULTILINE)
_HEADER_LINE = re.compile(r"\*\*(?:Authors|Journal|DOI|Year|Keywords):\*\*[^\n]*\n*|\s*\n")


def read_markdown(text: str, *, name: str) -> Record:
    """Return the record of a Markdown file; every key of its head is kept.

    `text` has line feeds only. Raises `InputError` for a broken head or one without `reference_id`.
    """
    head, body, line = split_front_matter(text, name=name)
    keys = read_front_matter(head, name=name)
    if not isinstance(keys.get("reference_id"), str):
        raise InputError(
            "The front matter has no reference_id", where=f"{name}:1", expected="reference_id: PMID:1"
        )
    title = one_line(word(keys, "title"))
    content = _below_header(body, title)
    paper = _read_content(content, keys, f"{name}:{line}")
    if not paper.text("title") and title:
        paper.parts.insert(0, ("title", title))
    ids = in_order([*_ids_of_keys(keys), *paper.ids], text)
    return Record(
        id=ids[0],
        ids=ids,
        title=title or one_line(paper.text("title")),
        authors=words(keys, "authors") or paper.authors,
        journal=word(keys, "journal") or paper.journal,
        year=word(keys, "year") or paper.year,
        content=_how_much(paper, word(keys, "content_type")),
        sections=numbered(paper.parts),
        front_matter=keys,
        form="markdown",
        raw=text,
    )


def word(keys: Mapping[str, object], key: str) -> str:
    """Return the value of a key as text; nothing for a missing key, a list or a mapping."""
    value = keys.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def words(keys: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the values of a key that holds a list, as texts."""
    value = keys.get(key)
    return tuple(str(each) for each in value if each is not None) if isinstance(value, list) else ()


def _ids_of_keys(keys: Mapping[str, object]) -> list[str | None]:
    found: list[str | None] = []
    for key in KEYS_OF_IDS:
        value = word(keys, key)
        prefixed = value if key == "reference_id" or ":" in value else f"{key}:{value}"
        found.append(keep_id(prefixed) if value else None)
    return found


def _below_header(body: str, title: str) -> str:
    """Return what stands below `## Content`, or below the header if there is no such line.

    The title is stepped over first, so that a title which holds such a line does no harm.
    """
    start = 0
    parts = r"\s+".join(re.escape(part) for part in title.split())
    heading = re.match(rf"\s*# {parts}[ \t]*(?:\n|$)", body) if parts else re.match(r"\s*# [^\n]*\n", body)
    if heading:
        start = heading.end()
    while (line := _HEADER_LINE.match(body, start)) and line.end() > start:
        start = line.end()
    content = _CONTENT_LINE.search(body, start)
    return body[content.end() :] if content else body[start:]


def _read_content(content: str, keys: Mapping[str, object], name: str) -> Paper:
    if is_pubmed_text(content):
        return read_paper(content, name=name)
    blocks = paragraphs(content)
    paper = Paper()
    kind = word(keys, "content_type")
    if kind and kind not in ABSTRACT_ONLY:
        paper.parts = full_text_parts(blocks)
        return paper
    for label, text in full_text_parts(blocks):
        name_of_part = "abstract" if label == "full text" else label
        *before, last = text.split("\n\n")
        if name_of_part == "abstract" and before and is_copyright(last):
            paper.parts += [("abstract", "\n\n".join(before)), ("copyright", last)]
        else:
            paper.parts.append((name_of_part, text))
    return paper


def _how_much(paper: Paper, kind: str) -> Content:
    if kind in PAGES:
        return "page"
    if kind in ABSTRACT_ONLY:
        return "abstract_only" if paper.text("abstract") else "metadata_only"
    return paper.content()
