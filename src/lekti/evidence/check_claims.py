"""The check of all claims: are the words that each rests on in its record, and do they state its value?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lekti.evidence.claim import Claim, Evidence
from lekti.evidence.derive import derivation
from lekti.evidence.place import locate
from lekti.evidence.prose import normal
from lekti.evidence.quote import Prepared, check_quote, prepare
from lekti.evidence.record import Record, Section
from lekti.evidence.solid import fingerprint
from lekti.evidence.verdict import Conflict, Verdict

FindRecord = Callable[[str], Record | None]
DERIVED = frozenset({"supports"})
"""Evidence that must state the claim's value; what supports only part of it need not."""


@dataclass(frozen=True)
class Checked:
    """The verdict on one piece of evidence of one claim."""

    claim: Claim
    evidence: Evidence
    verdict: Verdict

    @property
    def outcome(self) -> str:
        """One of passed, failed, missing and not anchored; only the first is a success."""
        return self.verdict.outcome("not anchored")


@dataclass(frozen=True)
class ClaimCheck:
    """The verdicts on all standing claims, and the counts, each outcome apart."""

    checked: tuple[Checked, ...]

    def count(self, outcome: str) -> int:
        """Return how many pieces of evidence have an outcome."""
        return sum(one.outcome == outcome for one in self.checked)

    @property
    def counts(self) -> Mapping[str, int]:
        """The counts: checked is passed and failed together; nothing else was checked."""
        names = {
            "passed": "passed",
            "failed": "failed",
            "missing": "record_missing",
            "not anchored": "not_anchored",
        }
        counts = {name: self.count(outcome) for outcome, name in names.items()}
        return {"checked": counts["passed"] + counts["failed"], **counts}

    @property
    def is_good(self) -> bool:
        """Whether something was checked and nothing failed."""
        return self.counts["checked"] > 0 and self.counts["failed"] == 0


def check_claims(claims: Iterable[Claim], find: FindRecord) -> ClaimCheck:
    """Check all evidence of the given claims against the user's own copies of the records."""
    ready: dict[str, Prepared | None] = {}
    checked: list[Checked] = []
    for claim in claims:
        for evidence in claim.evidence:
            if evidence.anchor.state == "anchored" and evidence.record_id not in ready:
                record = find(evidence.record_id)
                ready[evidence.record_id] = prepare(record) if record else None
            verdict = check_evidence(claim, evidence, ready.get(evidence.record_id))
            checked.append(Checked(claim, evidence, verdict))
    return ClaimCheck(tuple(checked))


def check_evidence(claim: Claim, evidence: Evidence, record: Prepared | None) -> Verdict:
    """Return the verdict on one piece of evidence; a record that is not at hand is never a success."""
    anchor = evidence.anchor
    if anchor.state != "anchored":
        return Verdict(
            "not_anchored", f"No one has tied it to words of {evidence.record_id}: it is {anchor.state}"
        )
    if record is None:
        return Verdict("record_missing", f"{evidence.record_id} is not at hand")
    sections = [passage.section for passage in record.named(anchor.section)]
    if not sections:
        return Verdict("wrong_section", f"{evidence.record_id} has no section {anchor.section}")
    verdicts = [_in_section(claim, evidence, record, section) for section in sections]
    return next((verdict for verdict in verdicts if verdict.stands), verdicts[0])


def _in_section(claim: Claim, evidence: Evidence, record: Prepared, section: Section) -> Verdict:
    anchor = evidence.anchor
    place = locate(section.text, anchor)
    if fingerprint(section.text) != anchor.prose_sha256:
        return _changed(section, place)
    if place is None:
        told = f"The {section.name} is unchanged and does not hold the words; {anchor.where} was changed"
        return Verdict("not_found", told, section=section.name)
    words = normal(section.text).text[slice(*place)]
    verdict = check_quote(record, words, section=section.name)
    return _valued(claim, evidence, verdict, words) if verdict.stands else verdict


def _changed(section: Section, place: tuple[int, int] | None) -> Verdict:
    """Return the verdict for a section that is not the one that was anchored in; nothing is anchored anew."""
    told = f"The {section.name} is not the text that was anchored in"
    if place is None:
        return Verdict("record_changed", f"{told}, and the words are not in it", section=section.name)
    now = f"{told}; the words are at {place[0]} to {place[1]} now. `lekti evidence anchor` ties them anew"
    return Verdict("record_changed", now, section=section.name, start=place[0], end=place[1])


def _valued(claim: Claim, evidence: Evidence, verdict: Verdict, words: str) -> Verdict:
    """Return the verdict with the claim's value looked for in the words."""
    if claim.quantity is None or evidence.direction not in DERIVED:
        return verdict
    derived = derivation(claim.quantity, words)
    if derived.follows:
        steps = f". {derived.sentence}"
        return Verdict(
            verdict.kind, f"{verdict.sentence}{steps}", (*verdict.repairs, *derived.steps), verdict.section,
            verdict.start, verdict.end,
        )  # fmt: skip
    conflict = Conflict("number", f"{claim.quantity.text} {claim.quantity.unit}", words[:80])
    return Verdict(
        "token_conflict", derived.sentence, (), verdict.section, verdict.start, verdict.end, (conflict,)
    )
