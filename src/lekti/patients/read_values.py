"""Single values of a case file: amounts, times, counts and sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lekti.base.errors import InputError, shown
from lekti.patients.case import Treatment
from lekti.patients.nearest import did_you_mean
from lekti.patients.place import Place
from lekti.patients.when import AGE_FORM, Between, Exact, Unstated, When, read_age

_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][+-]\d+)?"
_AMOUNT = re.compile(rf"\s*({_NUMBER})\s*([A-Za-zµ%][A-Za-z0-9µ%/^]*)\s*")
_BOUND = re.compile(rf"\s*([<>])\s*({_NUMBER})\s*")


@dataclass(frozen=True)
class Dating:
    """When an event happened, as far as the record tells, and the record."""

    when: When
    after: str | None
    before: str | None
    source: str


def amount(place: Place, expected: str) -> tuple[float, str]:
    """Return the number and the unit of a text such as `300 mg`."""
    match = _AMOUNT.fullmatch(place.text)
    if match is None or len(match[1]) > 30:
        raise InputError(f"'{shown(place.text, 40)}' is not an amount", where=place.where, expected=expected)
    return float(match[1]), match[2]


def bounded_value(place: Place) -> tuple[float, str]:
    """Return a measured value and its censoring: 2500.0 and "above" for `">2500"`."""
    if isinstance(place.value, int | float) and not isinstance(place.value, bool):
        return float(place.value), "none"
    match = _BOUND.fullmatch(place.text)
    if match is None or len(match[2]) > 30:
        raise InputError(
            f"Value '{shown(place.text, 40)}' is not a number",
            where=place.where,
            expected='a number such as 1078, or a bound in quotes such as ">2500"',
        )
    return float(match[2]), "above" if match[1] == ">" else "below"


def when(place: Place) -> When:
    """Return the time at a place: exact, an interval, or unstated."""
    if not place.is_mapping:
        if place.text == "unstated":
            return Unstated()
        return Exact(_age(place))
    start, end = place.need("from"), place.find("to")
    from_days = _age(start)
    if end is None:
        return Between(from_days)
    to_days = _age(end)
    if to_days < from_days:
        raise InputError(
            f"The interval ends at {end.text}, before it starts at {start.text}",
            where=end.where,
            expected="to later than from",
        )
    return Between(from_days, to_days)


def count(place: Place) -> int | None:
    """Return how many times something happened; 1 when not told, None when several of unstated number."""
    found = place.find("count")
    if found is None:
        return 1
    if isinstance(found.value, int) and found.value >= 1:
        return found.value
    if found.text == "unstated":
        return None
    raise InputError(f"count {found.text}", where=found.where, expected="a whole number from 1, or unstated")


def source_of(place: Place, records: tuple[str, ...], *, default: str = "") -> str:
    """Return the record a value comes from; it stands in the list of records."""
    source = place.find("source")
    if source is None:
        return default
    if source.text not in records:
        raise InputError(
            f"Source {source.text} is not in the list of records",
            where=source.where,
            fix="Add it to records.",
        )
    return source.text


def _age(place: Place) -> float:
    if not isinstance(place.value, str):
        return read_age(place.value, where=place.where)
    if place.text.strip().lower() == "unstated":
        raise InputError("An interval has stated ends", where=place.where, expected=AGE_FORM)
    return read_age(place.text, where=place.where)


def read_dating(place: Place, records: tuple[str, ...], treatments: Mapping[str, Treatment]) -> Dating:
    """Return the time of an event and the treatments it is told to follow or precede.

    Raises `InputError` for a treatment that is not in the course and for a time that contradicts it.
    """
    after, before = _treatment(place, "after", treatments), _treatment(place, "before", treatments)
    at = place.need("at")
    told = when(at)
    if after is not None and told.latest is not None and told.latest < treatments[after].start:
        raise InputError(
            f"{at.text or 'The interval'} lies before the start of {after}",
            where=at.where,
            expected="a later age, or none of after",
        )
    if before is not None and told.earliest is not None and told.earliest > treatments[before].start:
        raise InputError(
            f"{at.text or 'The interval'} lies after the start of {before}",
            where=at.where,
            expected="an earlier age, or none of before",
        )
    return Dating(told, after, before, source_of(place, records))


def _treatment(place: Place, key: str, treatments: Mapping[str, Treatment]) -> str | None:
    found = place.find(key)
    if found is None or found.text in treatments:
        return None if found is None else found.text
    raise InputError(
        f"Treatment '{found.text}' is not in this course",
        where=found.where,
        expected=f"the id of a treatment: {', '.join(treatments) or 'there is none'}",
        fix=did_you_mean(found.text, treatments),
    )
