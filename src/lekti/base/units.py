"""Conversion between units, with the international unit (IU) as a kind of its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from lekti.base.errors import InputError


@cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry()
    registry.define("IU = [international_unit]")
    return registry


def convert(value: float, unit: str, to: str, *, where: str = "") -> float:
    """Return `value` in another unit; raise `InputError` when the two do not measure the same thing.

    >>> round(convert(1107.217, "L/mol/s", "L/nmol/day"), 8)
    0.09566355
    """
    import pint

    try:
        return float(_registry().Quantity(value, unit).to(to).magnitude)
    except (pint.DimensionalityError, pint.UndefinedUnitError) as error:
        raise InputError(f"unit '{unit}' does not fit", where=where, expected=f"a unit like {to}") from error
