"""Anchoring: tying a piece of evidence to words of a record at hand."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.base.errors import AnswerIsNo, InputError, shown
from lekti.evidence.claim import Anchor, Claim, Evidence
from lekti.evidence.derive import derivation
from lekti.evidence.prose import normal
from lekti.evidence.quote import check_quote
from lekti.evidence.record import Record, Section
from lekti.evidence.solid import fingerprint

AROUND = 80
"""Characters of context shown on either side of quoted words."""


@dataclass(frozen=True)
class Words:
    """Quoted words as they stand in a record, with what stands around them."""

    before: str
    quoted: str
    after: str


def anchor_quote(record: Record, quote: str, *, day: str, section: str | None = None) -> Anchor:
    """Return the anchor of words that stand in a record in one piece; `day` is when it was made.

    Raises `AnswerIsNo` with the reason when they do not stand there as quoted.
    """
    verdict = check_quote(record, quote, section=section)
    if not verdict.stands:
        raise AnswerIsNo(verdict.sentence, where=record.id)
    if verdict.kind == "elided":
        raise AnswerIsNo("The quote leaves words out", where=record.id, expected="words in one piece")
    prose = normal(_section(record, verdict.section).text)
    return Anchor(
        state="anchored",
        section=verdict.section,
        start=verdict.start,
        end=verdict.end,
        quote_sha256=fingerprint(prose.text[verdict.start : verdict.end]),
        prose_sha256=fingerprint(prose.text),
        anchored_on=day,
    )


def check_value(claim: Claim, quote: str) -> None:
    """Raise `AnswerIsNo` when the value of a claim, if it has one, does not follow from a quote."""
    derived = derivation(claim.quantity, quote) if claim.quantity else None
    if derived is not None and not derived.follows:
        raise AnswerIsNo(derived.sentence, where=claim.id)


def chosen_evidence(claim: Claim, record_id: str = "") -> Evidence:
    """Return the evidence that rests on a record, or the only one; raise `InputError` otherwise."""
    there_are = ", ".join(f"{one.id} ({one.record_id})" for one in claim.evidence)
    found = [one for one in claim.evidence if record_id in ("", one.id, one.record_id)]
    if len(found) == 1:
        return found[0]
    what = (
        f"{claim.id} rests on more than one record" if found else f"{claim.id} rests on no {shown(record_id)}"
    )
    raise InputError(what, expected=f"--record with one of {there_are}")


def anchored_words(record: Record, anchor: Anchor) -> Words | None:
    """Return the words an anchor points at, or None when that prose is not the one that was anchored.

    Every form of the record is tried: the same abstract in another layout serves as well.
    """
    for form in record.forms():
        for section in form.sections:
            if section.name == anchor.section and fingerprint(section.text) == anchor.prose_sha256:
                words = _cut(normal(section.text).text, anchor)
                if fingerprint(words.quoted) == anchor.quote_sha256:
                    return words
    return None


def _cut(text: str, anchor: Anchor) -> Words:
    first, last = max(anchor.start - AROUND, 0), anchor.end + AROUND
    return Words(text[first : anchor.start], text[anchor.start : anchor.end], text[anchor.end : last])


def _section(record: Record, name: str) -> Section:
    found = next((one for form in record.forms() if (one := form.section(name))), None)
    if found is None:
        raise InputError(f"{record.id} has no section {shown(name)}")
    return found
