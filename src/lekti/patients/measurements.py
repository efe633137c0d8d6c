"""What can be measured, in which units, and how a value becomes the unit of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import InputError
from lekti.base.tables import Row, knowledge_table
from lekti.patients.case import Measurement
from lekti.patients.nearest import did_you_mean

_SPELLINGS = str.maketrans({"µ": "u", "μ": "u", "²": "2", "⁹": "9", "·": "/"})


@dataclass(frozen=True)
class Unit:
    """A unit of a quantity: one such unit is `factor` units of the quantity; `ucum` is its UCUM code."""

    text: str
    factor: float
    ucum: str
    source: str


@dataclass(frozen=True)
class Quantity:
    """Something measured or observed; `output` is the model's readout, or None if the model has none.

    `low` and `high` (in `unit`) are the physical range; both are None for words-only quantities.
    """

    id: str
    label: str
    unit: str
    output: str | None
    low: float | None
    high: float | None
    loinc: str | None
    loinc_label: str | None
    units: tuple[Unit, ...]

    @property
    def words_only(self) -> bool:
        """Say whether the quantity has no scale and takes observations only."""
        return not self.units


@cache
def quantities() -> Mapping[str, Quantity]:
    """Return all quantities by id."""
    units: dict[str, list[Unit]] = {}
    for row in knowledge_table("measurements/units.tsv"):
        unit = Unit(row["unit"], row.number("factor"), row["ucum"], row["source"])
        units.setdefault(row["quantity"], []).append(unit)
    table = knowledge_table("measurements/quantities.tsv")
    return {row["id"]: _quantity(row, tuple(units.get(row["id"], ()))) for row in table}


def quantity_of(quantity_id: str, *, where: str = "") -> Quantity:
    """Return one quantity, or raise `InputError` with the nearest known name."""
    found = quantities().get(quantity_id)
    if found is None:
        raise InputError(
            f"Quantity '{quantity_id}' is not known",
            where=where,
            expected=f"one of {', '.join(quantities())}",
            fix=did_you_mean(quantity_id, quantities()),
        )
    return found


def unit_of(quantity_id: str, text: str, *, where: str = "") -> Unit:
    """Return the unit of a quantity that a text names, or raise `InputError` with the units that fit.

    >>> unit_of("ige", "kU/L").factor
    1.0
    """
    quantity = quantity_of(quantity_id, where=where)
    wanted = text.strip().translate(_SPELLINGS).replace("^2", "2")
    for unit in quantity.units:
        if wanted == unit.text:
            return unit
    raise InputError(
        f"Unit '{text}' does not fit {quantity.label}",
        where=where,
        expected=" or ".join(unit.text for unit in quantity.units)
        or "no value: this quantity is told in words",
    )


def convert(quantity_id: str, value: float, unit: str, *, where: str = "") -> float:
    """Return a value in the quantity's own unit (the unit of the model's readout).

    >>> round(convert("ige", 242.0, "ng/mL"), 6), convert("igg", 700.0, "mg/dL")
    (100.0, 7.0)
    """
    return value * unit_of(quantity_id, unit, where=where).factor


def model_value(measurement: Measurement) -> float:
    """Return the value of a measurement in the quantity's own unit."""
    return convert(measurement.quantity, measurement.value, measurement.unit)


def check_value(quantity_id: str, value: float, unit: str, *, where: str = "") -> None:
    """Raise `InputError` unless the unit fits and the value lies in the physical range."""
    quantity = quantity_of(quantity_id, where=where)
    converted = convert(quantity_id, value, unit, where=where)
    if quantity.low is None or quantity.high is None or quantity.low <= converted <= quantity.high:
        return
    raise InputError(
        f"{quantity.label} {value:g} {unit} is out of the physical range",
        where=where,
        expected=f"{quantity.low:g} to {quantity.high:g} {quantity.unit}",
    )


def _quantity(row: Row, units: tuple[Unit, ...]) -> Quantity:
    return Quantity(
        id=row["id"],
        label=row["label"],
        unit=row["unit"],
        output=row["output"] or None,
        low=row.number("low") if row["low"] else None,
        high=row.number("high") if row["high"] else None,
        loinc=row["loinc"] or None,
        loinc_label=row["loinc_label"] or None,
        units=units,
    )
