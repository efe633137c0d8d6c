"""What a record is: one paper or page, cut into named sections, with all that its file said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Form = Literal["markdown", "answer_page", "pubmed_xml", "nbib", "pubmed_text", "jats"]
Content = Literal["abstract_only", "full_text", "page", "metadata_only"]

NOT_QUOTABLE = frozenset(
    {"affiliations", "authors", "conflict of interest", "copyright", "disclaimer", "header", "identifiers"}
    | {"citation", "keywords", "notes", "references"}
)
"""Sections that say nothing about the disease: a quote from them supports no claim."""


@dataclass(frozen=True)
class Section:
    """A named part of a record; its text is as in the file, line breaks included.

    Names are "title", "abstract", "introduction", "methods", "results", "discussion", "conclusion",
    "short answer" and "answer" (of a page), "table 1", "figure 1", or the heading in lower case.
    A name stands once in a record.
    """

    name: str
    text: str
    quotable: bool


@dataclass(frozen=True)
class Finding:
    """Something wrong with a record, reported and never repaired; `where` is its section or line."""

    code: str
    sentence: str
    where: str


@dataclass(frozen=True)
class Record:
    """One paper or page in one form.

    `id` is the first there is of PMID, PMCID, DOI, url and `text:` with 12 digits of the SHA-256; `ids`
    holds them all. `raw` is the file as it was read, from which `raw.encode()` gives its bytes back.
    `group` names the papers that tell of the same patient. `others` are the same paper in other forms.
    """

    id: str
    ids: tuple[str, ...]
    title: str
    authors: tuple[str, ...]
    journal: str
    year: str
    content: Content
    sections: tuple[Section, ...]
    front_matter: Mapping[str, object]
    form: Form
    raw: str
    group: str = ""
    others: tuple[Record, ...] = ()

    def section(self, name: str) -> Section | None:
        """Return the section with this name, or None."""
        return next((section for section in self.sections if section.name == name), None)

    def forms(self) -> Iterator[Record]:
        """Yield this record and the same paper in its other forms, the fullest first."""
        yield self
        yield from self.others
