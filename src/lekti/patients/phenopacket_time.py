"""Time elements of a phenopacket, both ways; calendar times are never read or written."""

from __future__ import annotations

from typing import Any

from lekti.base.errors import InputError
from lekti.patients.case import Between, Exact, When
from lekti.patients.packet import Part
from lekti.patients.phenopacket_codes import onset_class_of, onset_classes
from lekti.patients.when import iso_text, read_age


def time_of(part: Part) -> When | None:
    """Return the time of a phenopacket time element: an age, an age range or an onset class; else None."""
    if (age := part.find("age")) is not None:
        return _age(age)
    if (span := part.find("ageRange")) is not None:
        return _interval(span)
    named = part.find("ontologyClass")
    if named is not None and named.peek("id") in onset_classes():
        label, ages = onset_classes()[named.text("id") or ""]
        if named.peek("label") == label:
            named.text("label")
        return ages
    return None


def _age(part: Part) -> Exact | None:
    duration = part.text("iso8601duration")
    return None if duration is None else Exact(read_age(duration, where=part.where(duration)))


def _interval(span: Part) -> Between | None:
    start, end = span.find("start"), span.find("end")
    if start is None or end is None:
        return None
    first, last = _age(start), _age(end)
    if first is None or last is None:
        return None
    if last.age_days < first.age_days:
        raise InputError(
            "An age range ends before it starts",
            where=span.where(end.value["iso8601duration"]),
            expected="an end after the start",
        )
    return Between(first.age_days, last.age_days)


def onset_element(when: When) -> dict[str, Any] | None:
    """Return the time element of an onset: a class where one means these ages, else an age or interval."""
    named = onset_class_of(when)
    if named is not None:
        return {"ontologyClass": {"id": named[0], "label": named[1]}}
    return time_element(when)


def time_element(when: When) -> dict[str, Any] | None:
    """Return the time element of an age or a closed interval; None if it cannot be written."""
    if isinstance(when, Exact):
        return {"age": _written(when.age_days)}
    if isinstance(when, Between) and when.to_days is not None:
        return {"ageRange": {"start": _written(when.from_days), "end": _written(when.to_days)}}
    return None


def _written(days: float) -> dict[str, str]:
    return {"iso8601duration": iso_text(days)}
