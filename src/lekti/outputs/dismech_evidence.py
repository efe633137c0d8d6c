"""Evidence of claims as DisMech evidence items; quoted words only from the user's own copy of a record."""

from __future__ import annotations

from collections.abc import Iterable

from lekti.evidence.anchoring import anchored_words
from lekti.evidence.bibliography import entry_of
from lekti.evidence.citation import FindRecord
from lekti.evidence.claim import Claim, Evidence
from lekti.evidence.read_claims import load_words

Plain = dict[str, object]

NO_ADDRESS = ("text:", "lekti:")
"""Records that nobody else can look up: they are left out."""


def evidence_items(claims: Iterable[Claim], find: FindRecord) -> list[Plain]:
    """Return the evidence of claims that stand, each record and claim once; a withdrawn claim gives none."""
    return [
        _item(claim, one, find)
        for claim in claims
        if claim.active
        for one in claim.evidence
        if not one.record_id.startswith(NO_ADDRESS)
    ]


def _item(claim: Claim, one: Evidence, find: FindRecord) -> Plain:
    codes = load_words().codes
    item: Plain = {"reference": _reference(one.record_id)}
    if entry_of(one.record_id).title:
        item["reference_title"] = entry_of(one.record_id).title
    item["supports"] = codes[("direction", one.direction)]
    item["evidence_source"] = codes[("eco", one.eco)]
    words = _words(one, find)
    if words:
        item["snippet"] = words
    item["explanation"] = _explanation(claim, one)
    return item


def _reference(record_id: str) -> str:
    return record_id.removeprefix("url:")


def _words(one: Evidence, find: FindRecord) -> str:
    if one.anchor.state != "anchored":
        return ""
    record = next((held for each in entry_of(one.record_id).ids if (held := find(each))), None)
    words = anchored_words(record, one.anchor) if record else None
    return words.quoted if words else ""


def _explanation(claim: Claim, one: Evidence) -> str:
    place = f"{one.locator}, " if one.locator else ""
    count = f", n = {one.n}" if one.n else ""
    note = f" {one.note[0].upper()}{one.note[1:]}." if one.note else ""
    return f"{claim.statement} [{claim.id}; {place}{one.design}{count}; {one.anchor.state}]{note}"
