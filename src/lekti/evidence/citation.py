"""A citation: one record, and every reason for which it is cited; as text for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lekti.evidence.bibliography import Entry, canonical, entry_of
from lekti.evidence.claim import Claim
from lekti.evidence.record import Record

MOST_REASONS = 6
"""Reasons printed in a line of text; all of them stand in JSON."""

MOST_CLAIMS = 3
"""Claims printed behind one reason."""

FindRecord = Callable[[str], Record | None]
"""Gives the user's own copy of a record, or None."""


def no_records(record_id: str) -> None:
    """Find no record: only the shipped bibliography is used."""


@dataclass(frozen=True)
class Reason:
    """Why a record is cited: what rests on it, such as `number klk5_kon`, and through which claim."""

    what: str
    claim_id: str = ""

    def words(self) -> str:
        """Return the reason in words."""
        return f"{self.what} ({self.claim_id})" if self.claim_id else self.what


@dataclass(frozen=True)
class Citation:
    """One record and the reasons it is cited for."""

    entry: Entry
    reasons: tuple[Reason, ...]


def gather(reasons: Iterable[tuple[str, Reason]], find: FindRecord = no_records) -> tuple[Citation, ...]:
    """Return one citation for each record, with its reasons in the order given, sorted by author and year.

    `reasons` are pairs of a record id, in any of its spellings, and a reason.
    """
    by_record: dict[str, dict[Reason, None]] = {}
    for record_id, reason in reasons:
        by_record.setdefault(canonical(record_id), {})[reason] = None
    found = [Citation(_entry(one, find), tuple(why)) for one, why in by_record.items()]
    return tuple(sorted(found, key=lambda one: (_sort_name(one.entry), one.entry.year, one.entry.id)))


def reasons_of_claim(claim: Claim) -> tuple[tuple[str, Reason], ...]:
    """Return the records of a claim that stands, each for what it says; a withdrawn claim gives none."""
    if not claim.active:
        return ()
    return tuple(
        (one.record_id, Reason(f"{one.direction}: {claim.statement.rstrip('.')}", claim.id))
        for one in claim.evidence
    )


def citation_text(citation: Citation) -> str:
    """Return a reference as people read it, and below it why it is cited."""
    entry = citation.entry
    authors = ", ".join(entry.authors) + ("" if entry.complete or not entry.authors else " and others")
    where = " ".join(part for part in (entry.container, entry.year) if part)
    where += f";{entry.detail}" if entry.detail and entry.container else ""
    title = entry.title or "(title not entered here)"
    ids = [one for one in entry.ids if not one.startswith(("url:", "text:", "lekti:"))]
    parts = [part.rstrip(".") for part in (authors, title, where, ", ".join(ids), entry.link()) if part]
    return f"{'. '.join(parts)}\n    for: {shortened(citation.reasons)}"


def shortened(reasons: tuple[Reason, ...]) -> str:
    """Return the first reasons on one line, the claims behind each together, and how many are left."""
    claims: dict[str, list[str]] = {}
    for reason in reasons:
        claims.setdefault(reason.what, []).append(reason.claim_id)
    shown = [_with_claims(what, ids) for what, ids in list(claims.items())[:MOST_REASONS]]
    left = len(claims) - MOST_REASONS
    return "; ".join(shown) + (f"; and {left} more" if left > 0 else "")


def _with_claims(what: str, ids: list[str]) -> str:
    if not ids[0]:
        return what
    more = f" and {len(ids) - MOST_CLAIMS} more" if len(ids) > MOST_CLAIMS else ""
    return f"{what} ({', '.join(ids[:MOST_CLAIMS])}{more})"


def _entry(record_id: str, find: FindRecord) -> Entry:
    shipped = entry_of(record_id)
    return entry_of(record_id, next((found for one in shipped.ids if (found := find(one))), None))


def _sort_name(entry: Entry) -> str:
    return (entry.authors[0] if entry.authors else entry.container or entry.title or entry.id).lower()
