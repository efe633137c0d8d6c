"""How checks of evidence are printed: lines for people, objects for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import typer

from lekti.base.provenance import USE
from lekti.evidence.check_claims import Checked, ClaimCheck
from lekti.evidence.check_yaml import CheckedPair, YamlCheck
from lekti.evidence.prose import normal
from lekti.evidence.record import Record
from lekti.evidence.verdict import Verdict

_LONGEST_LINE = 300


def print_object(told: Mapping[str, Any]) -> None:
    """Print one JSON object with the sentence on its use."""
    typer.echo(json.dumps({**told, "use": USE}, indent=2, ensure_ascii=False, allow_nan=False))


def one_line(text: str) -> str:
    """Return a text on one line, without signs that a terminal would obey."""
    line = " ".join(text.split())
    return "".join(sign for sign in line[:_LONGEST_LINE] if sign.isprintable())


def verdict_object(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as it stands in JSON."""
    place = (
        {"section": verdict.section, "start": verdict.start, "end": verdict.end} if verdict.section else {}
    )
    conflicts = [
        {"kind": conflict.kind, "quote": conflict.quote, "record": conflict.record}
        for conflict in verdict.conflicts
    ]
    return {
        "verdict": verdict.kind,
        "stands": verdict.stands,
        "sentence": verdict.sentence,
        "repairs": list(verdict.repairs),
        **place,
        "conflicts": conflicts,
    }


def quote_lines(record: Record, verdict: Verdict) -> list[str]:
    """Return the lines on one quote: the verdict, its reason, and where the words stand."""
    lines = [f"{verdict.kind}: {one_line(verdict.sentence)}."]
    if verdict.stands:
        section = next(one for form in record.forms() for one in form.sections if one.name == verdict.section)
        prose = normal(section.text).text
        before = prose[max(0, verdict.start - 40) : verdict.start]
        after = prose[verdict.end : verdict.end + 40]
        lines.append(f"{record.id}, {verdict.section}, {verdict.start} to {verdict.end} of its prose:")
        lines.append(one_line(f"… {before}[{prose[verdict.start : verdict.end]}]{after} …"))
    return lines


def claims_lines(check: ClaimCheck, *, everything: bool) -> list[str]:
    """Return a line for each failure, or for each verdict, and the counts, each outcome apart."""
    lines = [_claim_line(one) for one in check.checked if everything or one.outcome == "failed"]
    counts = check.counts
    passed = f"{counts['passed']} passed, {counts['failed']} failed"
    lines.append(f"{counts['checked']} pieces of evidence checked: {passed}.")
    lines.append(
        f"Not checked: {counts['record_missing']} records missing, {counts['not_anchored']} not anchored."
    )
    missing = dict.fromkeys(one.evidence.record_id for one in check.checked if one.outcome == "missing")
    if missing:
        lines.append(f"Missing: {', '.join(missing)}. `lekti record add` brings them in.")
    return lines


def _claim_line(one: Checked) -> str:
    return one_line(f"{one.evidence.id} {one.evidence.record_id} {one.verdict.kind}: {one.verdict.sentence}")


def claims_object(check: ClaimCheck) -> dict[str, Any]:
    """Return all verdicts on claims as one object."""
    verdicts = [
        {
            "claim": one.claim.id,
            "evidence": one.evidence.id,
            "record": one.evidence.record_id,
            "outcome": one.outcome,
            **verdict_object(one.verdict),
        }
        for one in check.checked
    ]
    return {"good": check.is_good, "counts": dict(check.counts), "evidence": verdicts}


def yaml_lines(check: YamlCheck, *, everything: bool) -> list[str]:
    """Return a line with file and line for each pair that did not pass, and the counts."""
    shown = [one for one in check.checked if everything or one.outcome in ("failed", "missing")]
    counts = check.counts
    return [
        *(_pair_line(one) for one in shown),
        f"{counts['checked']} snippets checked: {counts['passed']} passed, {counts['failed']} failed.",
        f"Not checked: {counts['record_missing']} records missing, {counts['no_snippet']} without a snippet.",
    ]


def _pair_line(one: CheckedPair) -> str:
    return one_line(f"{one.pair.where}: {one.pair.reference} {one.verdict.kind}: {one.verdict.sentence}")


def yaml_object(check: YamlCheck, name: str) -> dict[str, Any]:
    """Return all verdicts on a YAML file as one object."""
    pairs = [
        {
            "where": one.pair.where,
            "reference": one.pair.reference,
            "snippet": one.pair.snippet,
            "outcome": one.outcome,
            **verdict_object(one.verdict),
        }
        for one in check.checked
    ]
    return {"file": name, "good": check.is_good, "counts": dict(check.counts), "pairs": pairs}
