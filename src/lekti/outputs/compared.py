"""The table "Observed beside predicted": one row per thing seen, with the verdict in plain words."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lekti.outputs.change import change_between, change_in_words, signed_percent
from lekti.outputs.given import anchor, relation
from lekti.outputs.numbers import duration, interval, measured, predicted, short_age, unit
from lekti.outputs.observed import DIRECTIONS, event_named, when_in_words
from lekti.outputs.panels import read_panels
from lekti.outputs.run_record import RunRecord
from lekti.patients.measurements import quantity_of

if TYPE_CHECKING:
    from lekti.patients.case import Measurement, Observation
    from lekti.population.result import Change, Comparison, Result

YEAR = 365.25


@dataclass(frozen=True)
class Compared:
    """One row: what was seen, when, and what the virtual patients say about it."""

    quantity: str
    when: str
    observed: str
    predicted: str
    interval: str
    verdict: str
    source: str
    fitted: bool
    reading: str = ""


def compared_rows(result: Result, record: RunRecord) -> tuple[Compared, ...]:
    """Return a row per measurement and per thing told in words, in the order of the case."""
    by_id = {each.id: each for each in result.comparisons}
    course = result.case.course
    rows = [
        _compared(result, by_id[each.id], record) if each.id in by_id else _not_compared(result, each)
        for each in course.measurements
    ]
    told = {each.id for each in course.measurements}
    rows += [_compared(result, each, record) for each in result.comparisons if each.id not in told]
    rows += [_changed(result, each) for each in result.changes]
    return (*rows, *(_in_words(result, each) for each in course.observations))


def other_rows(result: Result, record: RunRecord) -> tuple[Compared, ...]:
    """Return the rows of the other reading of the model, empty when there is none."""
    if result.other is None:
        return ()
    rows = [_compared(result, each, record) for each in result.other.comparisons]
    rows += [_changed(result, each) for each in result.other.changes]
    return tuple(replace(row, reading=result.other.name) for row in rows)


def _changed(result: Result, one: Change) -> Compared:
    found = change_between(replace(result, changes=(one,)))
    words = change_in_words(*found) if found is not None else None
    return Compared(
        quantity=_name(one.quantity, one.label),
        when=f"change from {measured(one.earlier_value)} to {measured(one.later_value)}",
        observed=signed_percent(one.observed, exact=True),
        predicted=words.predicted if words is not None else "no value",
        interval=words.interval if words is not None else "",
        verdict=words.verdict if words is not None else "cannot tell",
        source=one.source,
        fitted=False,
    )


def _compared(result: Result, one: Comparison, record: RunRecord) -> Compared:
    event = event_named(result.case.course, one.id)
    at, middle, low, high = one.when.earliest, one.median, one.interval90[0], one.interval90[1]
    shown = predicted(middle)
    if one.credibility:
        at, _, middle, low, high = max(one.credibility, key=lambda step: step[1])
        shown = f"{predicted(middle)} at {short_age(at)}"
    return Compared(
        quantity=_name(one.quantity, one.label),
        when=when_in_words(one.when, relation(result.case, event) if event is not None else ""),
        observed=f"{measured(one.observed, one.censoring)} {unit(one.unit)}".strip(),
        predicted=shown,
        interval=interval(low, high),
        verdict=_verdict(result, one),
        source=one.source,
        fitted=one.id in record.fitted,
    )


def _verdict(result: Result, one: Comparison) -> str:
    """Return inside or outside, and for a value without a single date from when to when it is inside."""
    if one.inside is not None:
        return "inside" if one.inside else "outside"
    if not one.credibility or not math.isfinite(one.median):
        return "cannot tell"
    if one.inside_from is None or one.inside_until is None:
        return "outside at every date"
    first, last = one.credibility[0][0], one.credibility[-1][0]
    late, early = one.inside_from > first + 1, one.inside_until < last - 1
    if not late and not early:
        return "inside at every date"
    event = event_named(result.case.course, one.id)
    found = anchor(result.case, event) if event is not None else None
    if late and found is not None and found[0] == "after":
        start = found[1].start
        until = f" to {duration(one.inside_until - start)}" if early else ""
        return f"inside from {duration(one.inside_from - start)}{until}"
    return f"inside {short_age(one.inside_from)} to {short_age(one.inside_until)}"


def _not_compared(result: Result, one: Measurement) -> Compared:
    output = quantity_of(one.quantity).output
    reason = "not in this version" if output is None else "after the end of the run"
    return Compared(
        quantity=_name(one.quantity, quantity_of(one.quantity).label),
        when=when_in_words(one.when, relation(result.case, one)),
        observed=f"{measured(one.value, one.censoring)} {unit(one.unit)}".strip(),
        predicted=reason,
        interval="",
        verdict="cannot tell",
        source=one.source,
        fitted=False,
    )


def _in_words(result: Result, one: Observation) -> Compared:
    quantity = quantity_of(one.quantity)
    change = _change(result, one) if quantity.output is not None else None
    return Compared(
        quantity=_name(one.quantity, quantity.label),
        when=when_in_words(one.when, relation(result.case, one)),
        observed=f"{DIRECTIONS[one.direction]}, in words",
        predicted=f"{predicted(change[1])} in 12 mo" if change is not None else _why_not(quantity.output),
        interval=interval(change[0], change[2]) if change is not None else "",
        verdict=_direction(one, change),
        source=one.source,
        fitted=False,
    )


def _why_not(output: str | None) -> str:
    return "not in this version" if output is None else "no year to compare"


def _change(result: Result, one: Observation) -> tuple[float, float, float] | None:
    """Return the change within each patient (5 %, median, 95 %) in the year after the treatment begins."""
    found, output = anchor(result.case, one), quantity_of(one.quantity).output
    if found is None or found[0] != "after" or output not in result.dataset:
        return None
    ages = np.asarray(result.dataset["times"].values, dtype=float)
    start = found[1].start
    if ages[-1] < start + YEAR - 1:
        return None
    values = np.asarray(result.dataset[output].transpose("patients", "times").values, dtype=float)
    before = values[:, max(int(np.searchsorted(ages, start + 1e-6)) - 1, 0)]
    after = values[:, max(int(np.searchsorted(ages, start + YEAR + 1e-6)) - 1, 0)]
    change = (after - before)[np.isfinite(after - before)]
    if not len(change):
        return None
    low, middle, high = np.quantile(change, [0.05, 0.5, 0.95])
    return float(low), float(middle), float(high)


def _direction(one: Observation, change: tuple[float, float, float] | None) -> str:
    if change is None or one.direction == "same" or change[0] <= 0 <= change[2]:
        return "cannot tell"
    same = (change[1] > 0) == (one.direction == "up")
    return "same direction" if same else "other direction"


def _name(quantity: str, label: str) -> str:
    names = {panel.output: panel.name for panel in read_panels()}
    return names.get(quantity, label[:1].upper() + label[1:])
