"""The measurements of a phenopacket that lekti has a quantity and a unit for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from lekti.base.errors import shown
from lekti.patients.case import Exact, Measurement, Unstated
from lekti.patients.measurements import Quantity, Unit, check_value, model_value, quantities
from lekti.patients.packet import Part
from lekti.patients.phenopacket_time import time_of


@dataclass(frozen=True)
class Measured:
    """Measurements, the weight that describes the subject, and what was left out."""

    measurements: tuple[Measurement, ...]
    weight_kg: float | None
    weight_age_days: float | None
    left_out: tuple[str, ...]


def read_measurements(packet: Part, *, source: str) -> Measured:
    """Return the measurements of a packet.

    The latest dated weight, or else the first undated one, becomes the weight of the subject and is
    no measurement of the course. Raises `InputError` for values out of the physical range.
    """
    found: list[Measurement] = []
    left_out: list[str] = []
    for part in packet.items("measurements"):
        measurement = _measurement(part, source, left_out)
        if measurement is not None:
            found.append(measurement)
    weight = _subject_weight(found)
    course = [one for one in found if one is not weight]
    numbered = tuple(replace(one, id=f"{one.quantity}-{n}") for n, one in enumerate(course, start=1))
    if weight is None:
        return Measured(numbered, None, None, tuple(left_out))
    age = weight.when.age_days if isinstance(weight.when, Exact) else None
    return Measured(numbered, model_value(weight), age, tuple(left_out))


def _measurement(part: Part, source: str, left_out: list[str]) -> Measurement | None:
    assay, value = part.find("assay"), part.find("value")
    code = (assay.text("id") if assay else None) or ""
    quantity = _by_loinc().get(code)
    amount = value.find("quantity") if value else None
    unit = _unit(quantity, amount) if quantity and amount else None
    if assay is None or quantity is None or amount is None or unit is None:
        told = shown(code, 20) or "without a code"
        left_out.append(f"a measurement ({told}) whose quantity or unit lekti does not know")
        return None
    if assay.peek("label") == quantity.loinc_label:
        assay.text("label")
    number = amount.number("value")
    if number is None:
        left_out.append(f"a measurement of {quantity.label} without a value")
        return None
    check_value(quantity.id, number, unit.text, where=part.where(code))
    time = part.find("timeObserved")
    when = (time_of(time) if time else None) or Unstated()
    return Measurement("", quantity.id, number, unit.text, when, source=source)


def _unit(quantity: Quantity, amount: Part) -> Unit | None:
    part = amount.find("unit")
    code, label = (part.text("id"), part.text("label")) if part else (None, None)
    for unit in quantity.units:
        if code == f"UCUM:{unit.ucum}" or (code is None and label == unit.text):
            return unit
    return None


def _subject_weight(found: list[Measurement]) -> Measurement | None:
    weights = [one for one in found if one.quantity == "weight"]
    dated = [(one.when.age_days, n) for n, one in enumerate(weights) if isinstance(one.when, Exact)]
    if dated:
        return weights[max(dated)[1]]
    return next((one for one in weights if isinstance(one.when, Unstated)), None)


@cache
def _by_loinc() -> dict[str, Quantity]:
    return {quantity.loinc: quantity for quantity in quantities().values() if quantity.loinc}
