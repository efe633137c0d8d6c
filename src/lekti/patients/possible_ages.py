"""The ages at which an event can have happened, given what the record says about its time."""

from __future__ import annotations

from lekti.patients.case import Course, Event


def possible_ages(course: Course, event: Event, *, until_days: float) -> tuple[float, float]:
    """Return the first and last possible age of an event in days.

    A missing bound is taken from `after` and `before` (starts of treatments), then from birth and
    `until_days`. An exact time gives the same age twice.

    >>> from lekti.patients.case import Course, Measurement, Unstated
    >>> ige = Measurement("ige-1", "ige", 1078.0, "IU/mL", Unstated())
    >>> possible_ages(Course(), ige, until_days=365.0)
    (0.0, 365.0)
    """
    earliest, latest = event.when.earliest, event.when.latest
    first = 0.0 if earliest is None else earliest
    last = max(until_days, first) if latest is None else latest
    if event.when.kind == "exact":
        return first, last
    if event.after is not None:
        first = max(first, course.treatment(event.after).start)
    if event.before is not None:
        last = min(last, course.treatment(event.before).start)
    return first, max(first, last)
