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


def dimensions(unit: str) -> tuple[float, dict[str, float]]:
    """Return a unit as a factor and powers of base dimensions.

    >>> dimensions("mg/L") == dimensions("ug/mL")
    True
    """
    base: Any = _registry().Quantity(1.0, unit).to_base_units()
    return float(base.magnitude), {str(name): float(power) for name, power in base.dimensionality.items()}
