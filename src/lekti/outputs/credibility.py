"""The credibility report: question, context of use, influence, evidence by category, and what is excluded.

Headings follow ICH M15 (general principles for model-informed drug development) and the credibility factors
of ASME V&V 40-2018. Words come from `knowledge/credibility/`, every number from the tables it speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lekti.base.errors import ModelError
from lekti.base.provenance import USE, versions
from lekti.base.tables import Row, knowledge_table
from lekti.model.netherton import model_checksum
from lekti.outputs.credibility_counts import (
    BehaviourRow,
    ModuleRow,
    at_source,
    behaviour_rows,
    calibrated,
    counts,
    entered_twice,
    module_rows,
    role_counts,
)
from lekti.outputs.numbers import THIN
from lekti.population.targets import shipped_targets

FOLDER = "credibility"


@dataclass(frozen=True)
class Statement:
    """A heading and what is said under it."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True)
class Factor:
    """One credibility factor: its area, its name, the evidence for it, and the page that shows it."""

    id: str
    area: str
    name: str
    text: str
    page: str


@dataclass(frozen=True)
class Proof:
    """What a long proof measured, its limit, and the file that proves it."""

    id: str
    factor: str
    what: str
    figure: str
    limit: str
    proof: str


@dataclass(frozen=True, eq=False)
class Credibility:
    """Everything the report says; `validation` is the object of `lekti validate --json`, or None."""

    statements: tuple[Statement, ...]
    factors: tuple[Factor, ...]
    proofs: tuple[Proof, ...]
    not_for: tuple[str, ...]
    modules: tuple[ModuleRow, ...]
    behaviours: tuple[BehaviourRow, ...]
    roles: Mapping[str, int]
    twice: Mapping[str, int] | None
    moved: Mapping[str, int] | None
    held: tuple[str, ...]
    counts: Mapping[str, int]
    validation: Mapping[str, Any] | None
    model_sha256: str
    versions: Mapping[str, str]


def credibility(validation: Mapping[str, Any] | None) -> Credibility:
    """Return the report; `validation` as `lekti validate --json` prints it, or None where it was not run."""
    found = counts()
    proofs = proof_rows()
    twice, moved = entered_twice(), calibrated()
    gaps: dict[str, object] = dict(found)
    gaps |= {f"proofs_{one}": _proofs_told(proofs, one) for one in _factors_with_gaps()}
    gaps["agreement"] = agreement(validation)
    gaps["twice"] = told("twice", **twice) if twice else told("twice_unknown")
    gaps["calibrated"] = told("calibrated", **moved) if moved else told("not_calibrated")
    return Credibility(
        statements=tuple(
            Statement(row["id"], row["heading"], _filled(row, gaps)) for row in _table("statements")
        ),
        factors=tuple(
            Factor(row["id"], row["area"], row["factor"], _filled(row, gaps), row["page"])
            for row in _table("factors")
        ),
        proofs=proofs,
        not_for=tuple(row["text"] for row in _table("not_for")),
        modules=module_rows(),
        behaviours=behaviour_rows(),
        roles=role_counts(shipped_targets()),
        twice=twice,
        moved=moved,
        held=at_source(),
        counts=found,
        validation=validation,
        model_sha256=model_checksum(),
        versions=versions(),
    )


def proof_rows() -> tuple[Proof, ...]:
    """Return what the long proofs measured."""
    return tuple(
        Proof(row["id"], row["factor"], row["what"], row["figure"], row["limit"], row["proof"])
        for row in _table("proofs")
    )


def told(sentence: str, **words: object) -> str:
    """Return the sentence of that id with its gaps filled; a space before % never breaks a line."""
    text = {row["id"]: row["text"] for row in _table("words")}[sentence]
    return text.format(**words).replace(" %", f"{THIN}%")


def agreement(validation: Mapping[str, Any] | None) -> str:
    """Return in words how predictions and observations of role test agree."""
    if validation is None:
        return told("not_validated")
    coverage = validation["coverage"]
    if not coverage["rows"]:
        return told("no_test_rows")
    parts = [
        told(
            "coverage",
            inside=coverage["inside"],
            rows=coverage["rows"],
            low=f"{100 * coverage['low']:.0f}",
            high=f"{100 * coverage['high']:.0f}",
            holds=told("holds" if coverage["holds_90_percent"] else "holds_not"),
        )
    ]
    for name, one in validation["naive"].items():
        if not one["model"]["rows"]:
            continue
        parts.append(told("better" if one["better"] else "not_better", name=name, **_rows(one)))
    if coverage["silent"]:
        parts.append(told("silent", rows=len(coverage["silent"])))
    return " ".join(parts)


def credibility_object(report: Credibility) -> dict[str, object]:
    """Return the report as plain data."""
    return {
        "use": USE,
        "headings": {one.id: {"heading": one.heading, "text": one.text} for one in report.statements},
        "evidence": [
            {"id": one.id, "area": one.area, "factor": one.name, "text": one.text, "page": one.page}
            for one in report.factors
        ],
        "proofs": [asdict(one) for one in report.proofs],
        "must_not_be_used_for": list(report.not_for),
        "modules": [
            {"name": one.name, "purpose": one.purpose, "numbers": dict(one.numbers)} for one in report.modules
        ],
        "behaviours": [asdict(one) for one in report.behaviours],
        "roles": dict(report.roles),
        "transcribed_twice": dict(report.twice) if report.twice else None,
        "calibrated": dict(report.moved) if report.moved else None,
        "checked_at_source": list(report.held),
        "counts": dict(report.counts),
        "validation": report.validation,
        "model_sha256": report.model_sha256,
        "versions": dict(report.versions),
    }


def credibility_text(report: Credibility) -> str:
    """Return the report in short: what was verified, calibrated and predicted."""
    lines = [f"{one.heading}\n  {one.text}" for one in report.statements[:2]]
    roles = ", ".join(f"{count} {role}" for role, count in report.roles.items())
    lines.append(f"Verified\n  {len(report.proofs)} figures of long proofs, each with its limit.")
    lines.append(f"Observations by role\n  {roles}.")
    lines.append(f"Predicted\n  {agreement(report.validation)}")
    lines.append("Must not be used for\n  " + "\n  ".join(report.not_for))
    return "\n".join(lines)


def _table(name: str) -> Sequence[Row]:
    return knowledge_table(f"{FOLDER}/{name}.tsv").rows


def _factors_with_gaps() -> tuple[str, ...]:
    return tuple(row["id"] for row in _table("factors"))


def _filled(row: Row, gaps: Mapping[str, object]) -> str:
    try:
        return row["text"].format_map(gaps)
    except (KeyError, ValueError) as error:
        raise ModelError(f"The gap {error} is not known", where=row.where) from error


def _proofs_told(proofs: Sequence[Proof], factor: str) -> str:
    lines = [f"{one.what[:1].upper()}{one.what[1:]}: {one.figure} (limit: {one.limit})." for one in proofs]
    return " ".join(line for line, one in zip(lines, proofs, strict=True) if one.factor == factor)


def _rows(one: Mapping[str, Any]) -> dict[str, object]:
    return {
        "rows": one["model"]["rows"],
        "model": f"{one['model']['crps']:.3g}",
        "other": f"{one['naive']['crps']:.3g}",
    }
