"""From the course of a case file to treatments and dated events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lekti.base.errors import InputError
from lekti.patients.case import (
    Admission,
    Censoring,
    Course,
    Direction,
    Dose,
    Infection,
    Measurement,
    Observation,
    Treatment,
)
from lekti.patients.drugs import Drug, check_dose, drug_of, level_of
from lekti.patients.measurements import check_value, quantity_of, unit_of
from lekti.patients.place import Place
from lekti.patients.read_values import Dating, amount, bounded_value, count, read_dating, source_of
from lekti.patients.when import read_age, read_duration

_SHORTEST_DAYS = 1.0
_LONGEST_DAYS = 3652.5


@dataclass(frozen=True)
class _Known:
    """What events may refer to: the records and the treatments of the file."""

    records: tuple[str, ...]
    treatments: Mapping[str, Treatment]

    def dating(self, place: Place) -> Dating:
        return read_dating(place, self.records, self.treatments)


def read_course(place: Place | None, records: tuple[str, ...]) -> Course:
    """Return the course at a place, with every reference between its parts checked."""
    if place is None:
        return Course()
    given = [_treatment(item, records) for item in place.items("treatments")]
    _refuse_repeats(zip(place.items("treatments"), (one.id for one in given), strict=True))
    known = _Known(records, {one.id: one for one in given})
    course = Course(
        treatments=tuple(given),
        measurements=tuple(_measurement(*one, known) for one in _numbered(place, "measurements")),
        observations=tuple(_observation(*one, known) for one in _numbered(place, "observations")),
        admissions=tuple(_admission(*one, known) for one in _numbered(place, "admissions")),
        infections=tuple(_infection(*one, known) for one in _numbered(place, "infections")),
    )
    places = (
        item
        for key in ("measurements", "observations", "admissions", "infections")
        for item in place.items(key)
    )
    _refuse_repeats(zip(places, (event.id for event in course.events), strict=True))
    return course


def _treatment(place: Place, records: tuple[str, ...]) -> Treatment:
    drug = drug_of(place.need("drug").text, where=place.need("drug").where)
    if drug.is_course:
        return _course_of(place, drug, records)
    _refuse(place, ("level",), f"{drug.label} is given in doses", "dose, route and every")
    _check_route(place.need("route"), drug)
    start, stop = _start_and_stop(place)
    first = place.find("first_dose")
    return Treatment(
        id=place.word("id", drug.id),
        drug=drug.id,
        dose=_dose(place.need("dose"), drug),
        route=drug.route,
        interval_days=_interval(place.need("every")),
        start=start,
        stop=stop,
        first_dose=None if first is None else _dose(first, drug),
        source=source_of(place, records),
    )


def _course_of(place: Place, drug: Drug, records: tuple[str, ...]) -> Treatment:
    told = f"level ({' or '.join(drug.levels)}) with start and stop"
    _refuse(place, ("dose", "first_dose", "every"), f"{drug.label} is given as a course, not in doses", told)
    level, route = place.find("level"), place.find("route")
    if route is not None:
        _check_route(route, drug)
    start, stop = _start_and_stop(place)
    return Treatment(
        id=place.word("id", drug.id),
        drug=drug.id,
        dose=None,
        route=drug.route,
        interval_days=None,
        start=start,
        stop=stop,
        source=source_of(place, records),
        level=level_of(drug, level and level.text, where=place.where if level is None else level.where),
    )


def _refuse(place: Place, keys: Iterable[str], said: str, expected: str) -> None:
    for key in keys:
        found = place.find(key)
        if found is not None:
            raise InputError(f"{said}, so it has no {key}", where=found.where, expected=expected)


def _check_route(route: Place, drug: Drug) -> None:
    if route.text != drug.route:
        raise InputError(f"{drug.label} by the {route.text} route", where=route.where, expected=drug.route)


def _dose(place: Place, drug: Drug) -> Dose:
    dose = Dose(*amount(place, f"a dose in {' or '.join(drug.largest)}, such as 300 mg"))
    check_dose(drug, dose, where=place.where)
    return dose


def _interval(place: Place) -> float | None:
    if place.text == "once":
        return None
    days = read_duration(
        place.value, where=place.where, noun="an interval", form="4 weeks, 28 days, P28D or once"
    )
    if not _SHORTEST_DAYS <= days <= _LONGEST_DAYS:
        expected = "an interval from 1 day to 10 years, or once"
        raise InputError(f"Interval {place.text}", where=place.where, expected=expected)
    return days


def _start_and_stop(place: Place) -> tuple[float, float | None]:
    start, stop = place.need("start"), place.find("stop")
    start_days = read_age(start.value, where=start.where)
    if stop is None:
        return start_days, None
    stop_days = read_age(stop.value, where=stop.where)
    if stop_days <= start_days:
        raise InputError(
            f"The treatment stops at {stop.text} and starts at {start.text}",
            where=stop.where,
            expected="a stop after the start",
        )
    return start_days, stop_days


def _numbered(place: Place, key: str) -> Iterable[tuple[Place, int]]:
    return ((item, number) for number, item in enumerate(place.items(key), start=1))


def _measurement(place: Place, number: int, known: _Known) -> Measurement:
    quantity, unit, value = place.need("quantity").text, place.need("unit"), place.need("value")
    measured, bound = bounded_value(value)
    censoring: Censoring = bound  # type: ignore[assignment]
    unit_text = unit_of(quantity, unit.text, where=unit.where).text
    check_value(quantity, measured, unit_text, where=value.where)
    dating = known.dating(place)
    return Measurement(
        id=place.word("id", f"{quantity}-{number}"),
        quantity=quantity,
        value=measured,
        unit=unit_text,
        when=dating.when,
        censoring=censoring,
        after=dating.after,
        before=dating.before,
        source=dating.source,
        note=place.word("note", "") or None,
    )


def _observation(place: Place, number: int, known: _Known) -> Observation:
    quantity = quantity_of(place.need("quantity").text, where=place.need("quantity").where).id
    direction: Direction = place.need("direction").text  # type: ignore[assignment]
    dating = known.dating(place)
    return Observation(
        id=place.word("id", f"{quantity}-{direction}-{number}"),
        quantity=quantity,
        direction=direction,
        when=dating.when,
        after=dating.after,
        before=dating.before,
        source=dating.source,
        note=place.word("note", "") or None,
    )


def _admission(place: Place, number: int, known: _Known) -> Admission:
    dating = known.dating(place)
    return Admission(
        id=place.word("id", f"admission-{number}"),
        when=dating.when,
        cause=place.word("cause", "unstated"),
        count=count(place),
        after=dating.after,
        before=dating.before,
        source=dating.source,
    )


def _infection(place: Place, number: int, known: _Known) -> Infection:
    dating = known.dating(place)
    return Infection(
        id=place.word("id", f"infection-{number}"),
        when=dating.when,
        site=place.word("site", "unstated"),
        organism=place.word("organism", "unstated"),
        count=count(place),
        after=dating.after,
        before=dating.before,
        source=dating.source,
    )


def _refuse_repeats(named: Iterable[tuple[Place, str]]) -> None:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            found = place.find("id")
            raise InputError(
                f"Id '{name}' stands twice",
                where=place.where if found is None else found.where,
                fix="Give each its own id.",
            )
        seen.add(name)
