"""Markdown records with a YAML head, written as DisMech and linkml-reference-validator keep them."""

from __future__ import annotations

import re

from lekti.evidence.front_matter import write_front_matter
from lekti.evidence.read_pubmed_text import one_line
from lekti.evidence.record import Record, Section
from lekti.evidence.section_names import is_known_heading

_ORDER = (
    "reference_id",
    "title",
    "authors",
    "journal",
    "year",
    "doi",
    "keywords",
    "publication_types",
    "content_type",
)
_KINDS = {
    "abstract_only": "abstract_only",
    "full_text": "full_text",
    "page": "url",
    "metadata_only": "unavailable",
}
_NOT_WRITTEN = frozenset({"title", "authors", "citation", "identifiers", "keywords", "header"})


def write_markdown(record: Record) -> str:
    """Return a record as Markdown; one that was read as Markdown comes back as it was.

    Every key of its head is kept if it came from a head. Each paragraph stands on one line.
    """
    if record.form == "markdown":
        return record.raw
    head = write_front_matter(_keys(record))
    return f"---\n{head}---\n\n{_header(record)}\n## Content\n\n{_content(record)}\n"


def _keys(record: Record) -> dict[str, object]:
    doi = _value(record, "DOI:")
    pmcid = _value(record, "PMCID:")
    keys: dict[str, object] = {
        "reference_id": record.id,
        "title": record.title,
        "authors": list(record.authors),
        "journal": record.journal,
        "year": record.year,
        "doi": doi if not record.id.startswith("DOI:") else "",
        "pmcid": pmcid if not record.id.startswith("PMCID:") else "",
        "content_type": _KINDS[record.content],
    }
    for key in ("keywords", "publication_types", "corrections"):
        keys[key] = record.front_matter.get(key)
    ordered = {key: keys.pop(key) for key in _ORDER if key in keys} | keys
    return {key: value for key, value in ordered.items() if value or key == "title"}


def _value(record: Record, prefix: str) -> str:
    return next((each.removeprefix(prefix) for each in record.ids if each.startswith(prefix)), "")


def _header(record: Record) -> str:
    doi = _value(record, "DOI:")
    lines = [f"# {record.title}"]
    lines += [f"**Authors:** {', '.join(record.authors)}"] if record.authors else []
    lines += [f"**Journal:** {record.journal} ({record.year})"] if record.journal else []
    lines += [f"**DOI:** [{doi}](https://doi.org/{doi})"] if doi else []
    return "\n".join(lines) + "\n"


def _content(record: Record) -> str:
    parts: list[str] = []
    kept = [section for section in record.sections if section.name not in _NOT_WRITTEN]
    plain = ("abstract", "copyright") if record.content == "abstract_only" else ()
    order = {name: number for number, name in enumerate(plain)}
    for section in sorted(kept, key=lambda section: order.get(section.name, len(order))):
        if section.name not in plain:
            parts.append(f"## {section.name.capitalize()}")
        parts += _paragraphs(section)
    return "\n\n".join(parts)


def _paragraphs(section: Section) -> list[str]:
    """Return the paragraphs of a section; one that looks like a heading joins the paragraph before it."""
    texts: list[str] = []
    for text in (one_line(each) for each in re.split(r"\n\s*\n", section.text) if each.strip()):
        if texts and (text.startswith("#") or is_known_heading(text)):
            texts[-1] += " " + text
        else:
            texts.append(text)
    return texts
