"""What was seen, ready to be drawn: a value with a date, a range of dates or none, or words only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lekti.outputs.given import relation
from lekti.outputs.numbers import measured, short_age
from lekti.patients.case import Admission, Course, Event, Infection, Observation, When
from lekti.patients.measurements import quantity_of
from lekti.patients.possible_ages import possible_ages

if TYPE_CHECKING:
    from lekti.population.result import Comparison, Result

Kind = Literal["exact", "range", "undated"]
DIRECTIONS = {"up": "higher", "down": "lower", "same": "unchanged"}


@dataclass(frozen=True)
class Sight:
    """One measured value and its possible dates (age in days), first to last on the axis."""

    id: str
    quantity: str
    kind: Kind
    value: float
    censoring: str
    first: float
    last: float
    opens: bool
    ages: tuple[float, ...]
    credibility: tuple[float, ...]
    label: str


@dataclass(frozen=True)
class Told:
    """Something told in words only: a quantity, perhaps a direction, never a number."""

    quantity: str
    direction: str | None
    first: float
    last: float
    label: str


def sights(result: Result, *, first: float, last: float) -> tuple[Sight, ...]:
    """Return every measured value whose possible dates touch the axis from `first` to `last` days."""
    found = (_sight(result, each, first, last) for each in result.comparisons if math.isfinite(each.observed))
    return tuple(each for each in found if each is not None)


def told(result: Result, *, first: float, last: float) -> tuple[Told, ...]:
    """Return what the records tell in words: directions, and infections and stays without a count."""
    course = result.case.course
    found = [_observation(course, each, last) for each in course.observations]
    for quantity, events in (("infection_rate", course.infections), ("admission_rate", course.admissions)):
        event = next((each for each in events if each.count is None), None)
        if event is not None:
            words = f"several, no count{_after_comma(relation(result.case, event))}"
            found.append(Told(quantity, None, *possible_ages(course, event, until_days=last), words))
    return tuple(each for each in found if each.first <= last and each.last >= first)


def event_named(course: Course, name: str) -> Event | None:
    """Return the event of that id, or None when the course does not hold it."""
    return next((each for each in course.events if each.id == name), None)


def when_in_words(when: When, related: str = "") -> str:
    """Return when something was seen: `6.0 y`, `18 mo to 6.0 y`, or `not stated` with what is known."""
    if when.kind == "exact":
        return short_age(when.age_days)
    if when.kind == "interval":
        return _range_in_words(when.from_days, when.to_days)
    return f"not stated{_after_comma(related)}"


def counted(events: tuple[Infection, ...] | tuple[Admission, ...]) -> str:
    """Return how many there were: a number, or `several` where one has no count; empty for none."""
    if not events:
        return ""
    counts = [each.count for each in events]
    known = sum(count for count in counts if count is not None)
    return str(known) if None not in counts else "several"


def _sight(result: Result, one: Comparison, first: float, last: float) -> Sight | None:
    low, high, opens = _possible(result, one, first, last)
    if low > last or high < first:
        return None
    steps = [step for step in one.credibility if first <= step[0] <= last and math.isfinite(step[1])]
    kind: Kind = "exact" if one.when.kind == "exact" else "range"
    if kind == "range" and len(steps) >= 2 and (opens or one.when.kind == "unstated"):
        kind = "undated"
    return Sight(
        one.id,
        one.quantity,
        kind,
        one.observed,
        one.censoring,
        max(low, first),
        min(high, last),
        opens,
        tuple(step[0] for step in steps),
        tuple(step[1] for step in steps),
        _label(result, one),
    )


def _possible(result: Result, one: Comparison, first: float, last: float) -> tuple[float, float, bool]:
    """Return the earliest and latest possible age and whether the dates go on past the axis."""
    event = event_named(result.case.course, one.id)
    if event is None:
        low, high = one.when.earliest, one.when.latest
        return (first if low is None else low), (last if high is None else high), high is None
    low, high = possible_ages(result.case.course, event, until_days=last)
    return low, high, event.when.latest is None and event.before is None


def _label(result: Result, one: Comparison) -> str:
    value = measured(one.observed, one.censoring)
    if one.when.kind == "exact":
        return value
    if one.when.kind == "interval":
        return f"{value} {_range_in_label(one.when.from_days, one.when.to_days)}"
    event = event_named(result.case.course, one.id)
    related = relation(result.case, event) if event is not None else ""
    return f"{value} {related}".rstrip() + ", date not stated"


def _observation(course: Course, event: Observation, last: float) -> Told:
    low, high = possible_ages(course, event, until_days=last)
    words = f"{DIRECTIONS[event.direction]}, told in words"
    shown = quantity_of(event.quantity).output or event.quantity
    return Told(shown, event.direction, low, high, words)


def _range_in_words(low: float, high: float | None) -> str:
    return f"{short_age(low)} to {short_age(high)}" if high is not None else f"from {short_age(low)}"


def _range_in_label(low: float, high: float | None) -> str:
    return (
        f"between {short_age(low)} and {short_age(high)}" if high is not None else f"after {short_age(low)}"
    )


def _after_comma(words: str) -> str:
    return f", {words}" if words else ""
