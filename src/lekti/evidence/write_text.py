"""Records as plain text: nbib with tags, the text layout of PubMed, and answer pages."""

from __future__ import annotations

import re
import textwrap

from lekti.evidence.read_pubmed_text import one_line
from lekti.evidence.record import Record

_WIDTH = 80
_BEHIND_A_HYPHEN = re.compile(r"(?<=[-\u2010\u2011]) ")
_KEPT_BLANK = "\x00"
"""Stands for a blank at which no line may end."""
_TAGS = (("title", "TI"), ("abstract", "AB"), ("copyright", "CI"))


def write_nbib(record: Record) -> str:
    """Return a citation with tags, as PubMed saves it."""
    lines = [_tagged("PMID", _value(record, "PMID:"))]
    lines += [_tagged(tag, _text(record, name)) for name, tag in _TAGS]
    lines += [_tagged("AU", author) for author in record.authors]
    lines += [_tagged("AD", line) for line in _text(record, "affiliations").split("\n")]
    lines += [_tagged("OT", line) for line in _text(record, "keywords").split("\n")]
    lines += [_tagged("COIS", _text(record, "conflict of interest"))]
    lines += [_tagged("TA", record.journal), _tagged("DP", record.year)]
    lines += [_tagged("PMC", _value(record, "PMCID:"))]
    if doi := _value(record, "DOI:"):
        lines.append(f"AID - {doi} [doi]")
    lines.append(_tagged("SO", _text(record, "citation")))
    return "\n".join(line for line in lines if line) + "\n"


def write_pubmed_text(record: Record) -> str:
    """Return a record as PubMed prints it: citation, title, authors, abstract, identifiers, interests."""
    doi, pmcid, pmid = (_value(record, prefix) for prefix in ("DOI:", "PMCID:", "PMID:"))
    citation = _text(record, "citation") or f"1. {record.journal or 'No journal'}. {record.year or '1000'}."
    ids = [f"DOI: {doi}" if doi else "", f"PMCID: {pmcid}" if pmcid else "", f"PMID: {pmid}" if pmid else ""]
    authors = ", ".join(record.authors) + "." if record.authors else "[No authors listed]"
    interests = _text(record, "conflict of interest").removeprefix("Conflict of interest statement:").strip()
    affiliations = _text(record, "affiliations").removeprefix("Author information:").strip()
    blocks = [
        citation if re.match(r"\d+\. ", citation) else f"1. {citation}",
        _wrapped(_text(record, "title") or record.title or "No title"),
        _wrapped(authors),
        "Author information:\n" + affiliations if affiliations else "",
        *_paragraphs(_text(record, "abstract")),
        _wrapped(_text(record, "copyright")),
        "\n".join(each for each in ids if each),
        _wrapped("Conflict of interest statement: " + interests) if interests else "",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def write_page(record: Record) -> str:
    """Return the quotable words of a record as a page with a short answer."""
    keys = record.front_matter
    updated = keys.get("last_updated") or record.year
    head = "Short answer" + (f" · Last updated: {updated}" if updated else "")
    short = one_line(_text(record, "short answer") or _text(record, "abstract"))
    answers = [each for each in record.sections if each.quotable and each.name not in ("title", "abstract")]
    lines = [_text(record, "header") or head]
    lines += [short if short.startswith("TL;DR") else f"TL;DR: {short}"] if short else []
    for section in answers:
        if section.name != "short answer":
            lines += [one_line(block) for block in re.split(r"\n\s*\n", section.text)]
    return "\n".join([*lines, _text(record, "disclaimer")]).strip() + "\n"


def _text(record: Record, name: str) -> str:
    section = record.section(name)
    return section.text.strip() if section else ""


def _value(record: Record, prefix: str) -> str:
    return next((each.removeprefix(prefix) for each in record.ids if each.startswith(prefix)), "")


def _tagged(tag: str, text: str) -> str:
    """Return a tag with its value, folded; nothing for no value."""
    if not text.strip():
        return ""
    return _filled(text, _WIDTH + 6, first=f"{tag:<4}- ", then=" " * 6)


def _wrapped(text: str) -> str:
    return _filled(text, _WIDTH)


def _filled(text: str, width: int, *, first: str = "", then: str = "") -> str:
    """Return a text in lines; none ends behind a hyphen, which a reader would take for one of layout."""
    kept = _BEHIND_A_HYPHEN.sub(_KEPT_BLANK, one_line(text))
    lines = textwrap.fill(
        kept,
        width=width,
        initial_indent=first,
        subsequent_indent=then,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return lines.replace(_KEPT_BLANK, " ")


def _paragraphs(text: str) -> list[str]:
    return [_wrapped(block) for block in re.split(r"\n\s*\n", text) if block.strip()]
