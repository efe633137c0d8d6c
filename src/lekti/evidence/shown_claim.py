"""A claim as it is shown: what it says, where it comes from, the words at hand, and what rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from lekti.evidence.anchoring import Words, anchored_words
from lekti.evidence.bibliography import entry_of
from lekti.evidence.citation import FindRecord
from lekti.evidence.claim import Claim, Claims, Evidence, Thing
from lekti.evidence.read_claims import load_words
from lekti.evidence.record import Record


def claim_text(claim: Claim, claims: Claims, find: FindRecord, *, answers: Sequence[str] = ()) -> str:
    """Return a claim as text; quoted words come from the user's own copy of the record.

    `answers` are the headings of the answer page under which something rests on the claim.
    """
    value = f", {claim.quantity.text} {claim.quantity.unit}" if claim.quantity else ""
    sign = f", sign {claim.sign}" if claim.sign else ""
    aim = f" {_thing(claim.object)}" if claim.object else ""
    lines = [
        f"{claim.id}  {claim.statement}",
        f"    {_thing(claim.subject)} · {claim.relation} ·{aim}{sign}{value}".rstrip(" ·"),
        *([f"    where: {claim.context.words()}"] if claim.context.words() else []),
        *([f"    note: {claim.note}"] if claim.note else []),
        f"    {claim.status}; entered by {claim.entered_by} on {claim.entered_on}; {_checked(claim)}",
    ]
    for one in claim.evidence:
        lines += _evidence_lines(one, find)
    resting = [_link(link.kind, link.name, link.how) for link in claims.resting_on(claim.id)]
    resting += [f"answer page (lekti explain) under '{heading}'" for heading in answers]
    lines.append(f"  rests on it: {'; '.join(resting) or 'nothing'}")
    return "\n".join(lines)


def claim_object(
    claim: Claim, claims: Claims, find: FindRecord, *, answers: Sequence[str] = ()
) -> dict[str, object]:
    """Return a claim as plain data, with the words at hand."""
    plain = asdict(claim)
    for one, cells in zip(claim.evidence, plain["evidence"], strict=True):
        record = _record(one, find)
        words = _words(one, record)
        cells["record_at_hand"] = record is not None
        cells["words"] = asdict(words) if words else None
    plain["rests_on_it"] = [asdict(link) for link in claims.resting_on(claim.id)]
    plain["answers"] = list(answers)
    return plain


def _evidence_lines(one: Evidence, find: FindRecord) -> list[str]:
    meaning = load_words().meanings[("eco", one.eco)]
    count = f", n {one.n}" if one.n else ""
    where = one.locator or "place not known"
    lines = [
        f"  {one.id}  {one.record_id}, {where}: {one.direction}",
        f"      {one.design}{count}; {meaning} ({one.eco}); level {one.level}",
        *([f"      note: {one.note}"] if one.note else []),
    ]
    record = _record(one, find)
    if one.anchor.state != "anchored":
        return [*lines, f"      {one.anchor.state}: the words were never checked"]
    place = f"{one.anchor.section}, {one.anchor.start} to {one.anchor.end}"
    if record is None:
        return [
            *lines,
            f"      anchored ({place}); the record is not at hand: lekti record add {one.record_id}",
        ]
    words = _words(one, record)
    if words is None:
        return [*lines, f"      anchored ({place}); the record at hand has other words there"]
    return [*lines, f"      anchored ({place}): … {words.before}[[{words.quoted}]]{words.after} …"]


def _record(one: Evidence, find: FindRecord) -> Record | None:
    return next((found for each in entry_of(one.record_id).ids if (found := find(each))), None)


def _words(one: Evidence, record: Record | None) -> Words | None:
    return anchored_words(record, one.anchor) if record and one.anchor.state == "anchored" else None


def _thing(thing: Thing) -> str:
    return f"{thing.label} ({', '.join(thing.ids)})" if thing.ids else thing.label


def _link(kind: str, name: str, how: str) -> str:
    return f"{kind} {name} ({how})" if how else f"{kind} {name}"


def _checked(claim: Claim) -> str:
    if claim.checked_by:
        return f"checked by {claim.checked_by} on {claim.checked_on}"
    if claim.compared:
        one = claim.compared
        return f"not checked against its record; compared with {one.against} by {one.by} on {one.on}"
    return "not checked by a second person"
