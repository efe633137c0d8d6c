"""The one object that `lekti run --json` prints: case, seed, versions, each value beside its prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lekti.base.provenance import USE
from lekti.outputs.attributed import attribution_object
from lekti.outputs.change import age_or_none, change_object, steps_object
from lekti.outputs.counts import counts_object
from lekti.outputs.forecasts import forecasts_object
from lekti.outputs.given import relation
from lekti.outputs.harms import harms_object
from lekti.outputs.lekti_left import lekti_left, lekti_object
from lekti.outputs.numbers import plain_age, plain_number
from lekti.outputs.observed import event_named
from lekti.outputs.run_record import run_record

if TYPE_CHECKING:
    from lekti.patients.case import When
    from lekti.population.result import Comparison, Result


def json_object(result: Result) -> dict[str, Any]:
    """Return the result as plain values that JSON can hold; what is not a number is null.

    Ages stand in days and in years. `inside` is null for a value without a single date; then
    `credibility` lists its possible dates, and `inside_from` and `inside_until` say when it fits.
    """
    record = run_record(result)
    return {
        "case": result.case.id,
        "use": USE,
        "seed": result.seed,
        "patients": record.patients,
        "failed": record.failed,
        "run": record.run,
        "model_sha256": record.model or None,
        "versions": dict(result.versions),
        "lekti": lekti_object(lekti_left(result)),
        "until": plain_age(float(result.dataset["times"].values[-1])),
        "treatments": harms_object(result.case),
        "measurements": [_measurement(result, one) for one in result.comparisons],
        "changes": [change_object(one) for one in result.changes],
        "other_reading": _other(result),
        "counts": counts_object(result),
        "forecasts": [forecasts_object(one) for one in result.forecasts],
        "attributions": [attribution_object(one) for one in result.attributions],
    }


def _other(result: Result) -> dict[str, Any] | None:
    if result.other is None:
        return None
    return {
        "name": result.other.name,
        "measurements": [_measurement(result, one) for one in result.other.comparisons],
        "changes": [change_object(one) for one in result.other.changes],
    }


def _measurement(result: Result, one: Comparison) -> dict[str, Any]:
    event = event_named(result.case.course, one.id)
    return {
        "id": one.id,
        "quantity": one.quantity,
        "unit": one.unit,
        "when": _when(one.when, relation(result.case, event) if event is not None else ""),
        "observed": plain_number(one.observed),
        "censoring": one.censoring,
        "predicted": {
            "median": plain_number(one.median),
            "interval50": [plain_number(end) for end in one.interval50],
            "interval90": [plain_number(end) for end in one.interval90],
        },
        "inside": one.inside,
        "credibility": steps_object(one.credibility),
        "inside_from": age_or_none(one.inside_from),
        "inside_until": age_or_none(one.inside_until),
        "verdict": one.verdict,
        "source": one.source,
    }


def _when(when: When, related: str) -> dict[str, Any]:
    return {
        "kind": when.kind,
        "earliest": plain_age(when.earliest) if when.earliest is not None else None,
        "latest": plain_age(when.latest) if when.latest is not None else None,
        "relation": related or None,
    }
