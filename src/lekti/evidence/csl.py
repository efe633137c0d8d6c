"""Citations as CSL-JSON, the form that Zotero, pandoc and citeproc read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lekti.evidence.bibliography import Entry
from lekti.evidence.bibtex import bibtex_key
from lekti.evidence.citation import Citation

_TYPES = {
    "article": "article-journal",
    "abstract": "paper-conference",
    "dataset": "dataset",
    "database": "dataset",
    "code": "software",
    "software": "software",
    "page": "webpage",
    "label": "webpage",
    "trial": "webpage",
}


def csl_items(citations: Iterable[Citation]) -> list[dict[str, object]]:
    """Return one CSL-JSON item for each citation; the reasons stand in `note`, one on a line."""
    return [_item(citation) for citation in citations]


def _item(citation: Citation) -> dict[str, object]:
    entry = citation.entry
    item: dict[str, object] = {
        "id": bibtex_key(entry),
        "type": _TYPES[entry.kind],
        "title": entry.title,
        "author": _authors(entry),
        "container-title": entry.container,
        "issued": {"date-parts": [[int(entry.year)]]} if re.fullmatch(r"\d{4}", entry.year) else None,
        "DOI": entry.id_of("DOI"),
        "PMID": entry.id_of("PMID"),
        "PMCID": entry.id_of("PMCID"),
        "URL": entry.link(),
        "note": "\n".join(f"cited for {reason.words()}" for reason in citation.reasons),
    }
    return {name: value for name, value in item.items() if value}


def _authors(entry: Entry) -> list[dict[str, str]]:
    names = [_name(author, entry) for author in entry.authors]
    return names if entry.complete or not names else [*names, {"literal": "others"}]


def _name(author: str, entry: Entry) -> dict[str, str]:
    family, _, initials = author.rpartition(" ")
    if entry.kind != "article":
        return {"literal": author}
    if family and re.fullmatch(r"[A-Z]{1,4}", initials):
        return {"family": family, "given": " ".join(f"{letter}." for letter in initials)}
    return {"family": author}
