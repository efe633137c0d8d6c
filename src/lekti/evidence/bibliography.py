"""Who wrote a record, where and when: facts that ship with lekti, completed by the user's own copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from lekti.base.errors import ModelError, shown
from lekti.base.tables import Row, knowledge_table
from lekti.evidence.read_claims import load_words
from lekti.evidence.record import Record

KINDS = ("article", "abstract", "trial", "dataset", "database", "code", "label", "page", "software")


@dataclass(frozen=True)
class Entry:
    """One record of the bibliography; what is not known is empty, `complete` is for the list of authors."""

    id: str
    ids: tuple[str, ...]
    kind: str
    authors: tuple[str, ...]
    complete: bool
    title: str
    container: str
    year: str
    detail: str

    def link(self) -> str:
        """Return the first web address of the record, or nothing."""
        words = load_words()
        return next((address for one in self.ids if (address := words.address(one))), "")

    def id_of(self, prefix: str) -> str:
        """Return its id in one family, such as DOI, without the prefix; or nothing."""
        return next((one.partition(":")[2] for one in self.ids if one.startswith(f"{prefix}:")), "")


@cache
def load_bibliography() -> Mapping[str, Entry]:
    """Return the shipped bibliography by every id of every record."""
    entries: dict[str, Entry] = {}
    for row in knowledge_table("claims/bibliography.tsv"):
        entry = _entry(row)
        for one in entry.ids:
            if one in entries:
                raise ModelError(f"{one} belongs to two records", where=row.where)
            entries[one] = entry
    return entries


def entry_of(record_id: str, record: Record | None = None) -> Entry:
    """Return what is known about a record: its own words if it is at hand, else the shipped facts.

    A record that neither names gets an entry with nothing but its id.
    """
    shipped = load_bibliography().get(record_id)
    entry = shipped or Entry(record_id, (record_id,), "article", (), False, "", "", "", "")
    return _completed(entry, record) if record else entry


def canonical(record_id: str) -> str:
    """Return the id under which a record stands in the bibliography; an unknown one stays as it is.

    >>> canonical("PMCID:PMC12221484")
    'PMID:40607310'
    """
    entry = load_bibliography().get(record_id)
    return entry.id if entry else record_id


def _completed(entry: Entry, record: Record) -> Entry:
    return replace(
        entry,
        ids=tuple(dict.fromkeys((*entry.ids, *record.ids))),
        authors=record.authors or entry.authors,
        complete=bool(record.authors) or entry.complete,
        title=record.title.rstrip(".") or entry.title,
        container=record.journal or entry.container,
        year=record.year or entry.year,
    )


def _entry(row: Row) -> Entry:
    words = load_words()
    if row["kind"] not in KINDS:
        raise ModelError(f"kind '{shown(row['kind'])}'", where=row.where, expected=", ".join(KINDS))
    ids = (row["id"], *(part.strip() for part in row["ids"].split(";") if part.strip()))
    for one in ids:
        words.check_id(one, where=row.where)
    authors = tuple(part.strip() for part in row["authors"].split(";") if part.strip())
    return Entry(
        id=row["id"],
        ids=ids,
        kind=row["kind"],
        authors=tuple(name for name in authors if name != "others"),
        complete=bool(authors) and "others" not in authors,
        title=row["title"],
        container=row["container"],
        year=row["year"],
        detail=row["detail"],
    )
