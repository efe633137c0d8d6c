"""The change between two measured values: as the finding of a run, a row of the table, and plain data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lekti.outputs.given import drug_names
from lekti.outputs.numbers import (
    MINUS,
    THIN,
    age,
    duration,
    measured,
    plain_age,
    plain_number,
    short_age,
    unit,
)
from lekti.outputs.panels import read_panels
from lekti.outputs.sampling import sampling_of
from lekti.outputs.sentences import say

if TYPE_CHECKING:
    from lekti.patients.case import Treatment
    from lekti.population.result import Change, Result


@dataclass(frozen=True)
class ChangeWords:
    """A change in words: title and lead of a finding, and the cells of a table row."""

    title: str
    lead: str
    observed: str
    predicted: str
    interval: str
    verdict: str


def change_between(result: Result) -> tuple[Change, Treatment] | None:
    """Return the last change across the start of a treatment, with that treatment, or None."""
    for change in reversed(result.changes):
        starts = [
            one for one in result.case.course.treatments if one.start <= change.credibility[0][0] + 1e-9
        ]
        if starts and all(math.isfinite(part) for part in change.credibility[-1]):
            return change, max(starts, key=lambda one: one.start)
    return None


def change_in_words(change: Change, treatment: Treatment) -> ChangeWords:
    """Return what the virtual patients say of one change."""
    step = max(change.credibility, key=lambda each: (each[1], each[0]))
    return ChangeWords(
        title=_title(change, treatment),
        lead=_lead(change, treatment),
        observed=signed_percent(change.observed, exact=True),
        predicted=f"{signed_percent(step[2])} at {short_age(step[0])}",
        interval=f"{signed_percent(step[3])} to {signed_percent(step[4])}",
        verdict=_verdict(change, treatment),
    )


def change_object(change: Change) -> dict[str, Any]:
    """Return a change as plain values that JSON can hold; ratios are later over earlier."""
    return {
        "id": change.id,
        "quantity": change.quantity,
        "earlier": change.earlier,
        "later": change.later,
        "observed_ratio": change.observed,
        "effective_patients": round(change.effective, 3),
        "credibility": steps_object(change.credibility),
        "inside_from": age_or_none(change.inside_from),
        "inside_until": age_or_none(change.inside_until),
        "possible_from": age_or_none(sampling_of(change.credibility, change.effective).possible_from),
        "certain_from": age_or_none(sampling_of(change.credibility, change.effective).certain_from),
        "verdict": change.verdict,
    }


def steps_object(steps: Sequence[tuple[float, float, float, float, float]]) -> list[dict[str, Any]]:
    """Return the credibility of a value at each of its possible ages as plain values."""
    return [
        {
            **plain_age(days),
            "credibility": plain_number(credibility),
            "median": plain_number(median),
            "interval90": [plain_number(low), plain_number(high)],
        }
        for days, credibility, median, low, high in steps
    ]


def age_or_none(days: float | None) -> dict[str, float] | None:
    """Return an age as plain values, or None where there is none."""
    return None if days is None else plain_age(days)


def signed_percent(ratio: float, *, exact: bool = False) -> str:
    """Return a ratio as a change in percent.

    >>> signed_percent(0.0518, exact=True), signed_percent(0.102)
    ('−94.8\\u202f%', '−90\\u202f%')
    """
    change = 100 * (ratio - 1)
    text = f"{abs(change):.1f}" if exact else f"{abs(change):.0f}"
    sign = MINUS if change < 0 else "+"
    return f"{sign}{text}{THIN}%"


def _title(change: Change, treatment: Treatment) -> str:
    words = {
        "kind": "fall" if change.observed < 1 else "rise",
        "name": _in_words(change.quantity, change.label),
        "earlier": measured(change.earlier_value),
        "later": measured(change.later_value),
        "unit": unit(change.unit),
        "drug": drug_names(in_sentence=True)[treatment.drug],
        "last": age(change.credibility[-1][0]),
    }
    sampling = sampling_of(change.credibility, change.effective)
    if sampling.possible_from is None:
        return say("change_never", **words)
    if change.inside_from is None or change.inside_until is None or sampling.certain_from is None:
        return say("change_edge", **words)
    if change.inside_from <= change.credibility[0][0] + 1:
        return say("change_at_once", **words)
    return say("change_from", time=duration(change.inside_from - treatment.start), **words)


def _lead(change: Change, treatment: Treatment) -> str:
    days, _, median, low, high = change.credibility[-1]
    falls = change.observed < 1
    reached = [step[0] for step in change.credibility if (step[2] <= change.observed) == falls]
    half = (
        say("change_half", time=duration(reached[0] - treatment.start))
        if reached
        else say("change_half_never", last=age(days))
    )
    told = say(
        "change_end",
        last=age(days),
        median=signed_percent(median),
        interval=f"{signed_percent(low)} to {signed_percent(high)}",
        effective=f"{change.effective:.0f}",
        earlier=measured(change.earlier_value),
        unit=unit(change.unit),
    )
    return " ".join(part for part in (half, told, _sampling(change, treatment)) if part)


def _sampling(change: Change, treatment: Treatment) -> str:
    """Return how uncertain the date is because virtual patients are few, or nothing where it is not."""
    found = sampling_of(change.credibility, change.effective)
    if found.possible_from is None or found.possible_from == found.certain_from:
        return ""
    effective, wait = f"{change.effective:.0f}", found.possible_from - treatment.start
    first = duration(wait) if wait >= 1 else say("sampling_first_day")
    if change.inside_from is None or found.certain_from is None:
        return say("change_sampling_edge", effective=effective, first=first)
    drug = drug_names(in_sentence=True)[treatment.drug]
    last = duration(found.certain_from - treatment.start)
    return say("change_sampling", effective=effective, first=first, last=last, drug=drug)


def _verdict(change: Change, treatment: Treatment) -> str:
    sampling = sampling_of(change.credibility, change.effective)
    if sampling.possible_from is not None and sampling.certain_from is None:
        return "at the edge"
    if change.inside_from is None or change.inside_until is None:
        return "outside at every date"
    first, last = change.credibility[0][0], change.credibility[-1][0]
    if change.inside_from <= first + 1 and change.inside_until >= last - 1:
        return "inside at every date"
    start = duration(change.inside_from - treatment.start)
    if change.inside_until >= last - 1:
        return f"inside from {start}"
    return f"inside from {start} to {duration(change.inside_until - treatment.start)}"


def _in_words(quantity: str, label: str) -> str:
    return {panel.output: panel.in_words for panel in read_panels()}.get(quantity, label)
