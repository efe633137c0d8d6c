"""Citations as BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lekti.evidence.bibliography import Entry
from lekti.evidence.citation import Citation, shortened

_TYPES = {"article": "article", "code": "software", "software": "software", "dataset": "dataset"}
_SPECIAL = re.compile(r"[&%$#_{}]")


def bibtex(citations: Iterable[Citation]) -> str:
    """Return one BibTeX entry for each citation; the reasons stand in `note`, the id in the key.

    >>> bibtex_key(Entry("PMID:1", ("PMID:1",), "article", ("Borgoño",), False, "", "", "2007", ""))
    'borgono2007_1'
    """
    return "\n\n".join(_entry(citation) for citation in citations) + "\n"


def bibtex_key(entry: Entry) -> str:
    """Return the key of an entry: first author, year and the end of its id; small letters and digits."""
    first = re.sub(r" [A-Z]{1,4}$", "", entry.authors[0]) if entry.authors else entry.kind
    author = re.sub(r"[^a-z]", "", _plain(first.lower())) or entry.kind
    tail = re.sub(r"[^a-z0-9]", "", _plain(entry.id.rpartition(":")[2].rpartition("/")[2].lower()))
    number = re.search(r"\d+[a-z]?$", tail)
    return f"{author}{entry.year}_{number[0] if number else tail[-16:]}"


def _entry(citation: Citation) -> str:
    entry = citation.entry
    authors = " and ".join((*(_name(one, entry) for one in entry.authors), *_others(entry)))
    volume = re.fullmatch(r"(\d+)(?:\((\d+)\))?(?::(\S+))?", entry.detail)
    fields = {
        "author": authors,
        "title": f"{{{_safe(entry.title)}}}" if entry.title else "",
        "journal" if entry.kind == "article" else "howpublished": _safe(entry.container),
        "year": entry.year,
        "volume": volume[1] if volume else "",
        "number": (volume[2] or "") if volume else "",
        "pages": (volume[3] or "") if volume else "",
        "doi": entry.id_of("DOI"),
        "pmid": entry.id_of("PMID"),
        "pmcid": entry.id_of("PMCID"),
        "url": entry.link(),
        "note": _safe(f"cited for {shortened(citation.reasons)}"),
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return f"@{_TYPES.get(entry.kind, 'misc')}{{{bibtex_key(entry)},\n" + ",\n".join(lines) + "\n}"


def _others(entry: Entry) -> tuple[str, ...]:
    return ("others",) if entry.authors and not entry.complete else ()


def _name(author: str, entry: Entry) -> str:
    """Return `Family, Initials`; the name of an institution stands in braces."""
    if entry.kind != "article":
        return f"{{{_safe(author)}}}"
    family, _, initials = author.rpartition(" ")
    if family and re.fullmatch(r"[A-Z]{1,4}", initials):
        return f"{_safe(family)}, {' '.join(f'{letter}.' for letter in initials)}"
    return f"{{{_safe(author)}}}"


def _safe(text: str) -> str:
    return _SPECIAL.sub(
        lambda sign: f"\\{sign[0]}", text.replace("\\", "/").replace("~", "-").replace("^", "")
    )


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign) and sign.isascii())
