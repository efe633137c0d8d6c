"""What a result rests on: the model, the records of its case, and lekti itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lekti.base.errors import InputError, shown
from lekti.evidence.citation import Reason
from lekti.evidence.claim import Claims
from lekti.evidence.read_claims import load_claims
from lekti.model.cited import reasons_of_model
from lekti.outputs.files import DATASET

MOST_BYTES = 10_000_000


def reasons_of_result(folder: Path, claims: Claims | None = None) -> tuple[tuple[str, Reason], ...]:
    """Return (record id, reason) for a result: `result.zarr`, or the folder that holds it.

    Raises `InputError` where there is no result of lekti.
    """
    attributes = result_attributes(folder)
    run = str(attributes.get("run_sha256", ""))[:8]
    own = Reason(f"the program and model that made run {run}" if run else "the program that made the result")
    values = tuple(
        (source, Reason(f"values of the case {attributes.get('case', '')}".strip()))
        for source in _case_sources(attributes)
    )
    case = reasons_of_case(str(attributes.get("case", "")), claims)
    return (("lekti:model", own), *values, *case, *reasons_of_model(claims))


def reasons_of_case(case: str, claims: Claims | None = None) -> tuple[tuple[str, Reason], ...]:
    """Return (record id, reason) for each entry of a built-in case that rests on a claim."""
    known = claims or load_claims()
    found: list[tuple[str, Reason]] = []
    for link in known.links:
        label, _, entry = link.name.partition(":")
        if link.kind == "case" and label == case:
            claim = known.get(link.claim_id)
            reason = Reason(f"{entry} of the case {case}", claim.id)
            found.extend((record, reason) for record in claim.records if claim.active)
    return tuple(found)


def result_attributes(folder: Path) -> dict[str, Any]:
    """Return the attributes of a result of lekti; raise `InputError` where there is none."""
    inside = folder / DATASET
    described = (inside if inside.is_dir() else folder) / "zarr.json"
    if not described.is_file():
        raise InputError(
            f"{shown(str(folder), 120)} holds no result",
            expected="a claim such as CL0101, a module such as barrier, model, result.zarr or its folder",
        )
    if described.stat().st_size > MOST_BYTES:
        raise InputError(f"{described} is too large", expected="the description of a result of lekti")
    try:
        attributes = json.loads(described.read_text("utf-8")).get("attributes", {})
    except (ValueError, AttributeError, RecursionError) as error:
        raise InputError(f"{described} is not understood", expected="a result of lekti") from error
    if not isinstance(attributes, dict) or "model_sha256" not in attributes:
        raise InputError(f"{described} is no result of lekti", expected="the attribute model_sha256")
    return attributes


def _case_sources(attributes: dict[str, Any]) -> tuple[str, ...]:
    found = attributes.get("case_sources", "[]")
    try:
        names = json.loads(found) if isinstance(found, str) else []
    except ValueError:
        return ()
    return tuple(str(name) for name in names) if isinstance(names, list) else ()
