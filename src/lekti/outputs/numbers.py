"""How numbers, ages and units are printed: two figures predicted, the figures of the source measured."""

from __future__ import annotations

import math

YEAR = 365.25
MONTH = 30.4375
THIN = "\u202f"  # narrow and unbreakable: "90 %" never falls apart at a line end
MINUS = "−"
SIGNS = {"none": "", "above": f">{THIN}", "below": f"<{THIN}"}

_UNITS = {
    "[IU]/mL": "IU/mL",
    "{NRS}": "NRS",
    "g/m2/h": "g/m²/h",
    "1/year": "per year",
    "1/a": "per year",
    "{score}": "",
    "1": "",
}


def predicted(value: float) -> str:
    """Return a predicted number with two significant figures, a real minus and thousands apart.

    >>> [predicted(x) for x in (34.4, 642.0, 1187.0, 2.94, 0.0831, -61.2)]
    ['34', '640', '1,200', '2.9', '0.083', '−61']
    """
    if not math.isfinite(value):
        return "no value"
    if value == 0:
        return "0"
    if 0 < abs(value) < 0.001:
        return f"<{THIN}0.001" if value > 0 else "0"
    power = math.floor(math.log10(abs(value)))
    rounded = round(value, 1 - power)
    power = math.floor(math.log10(abs(rounded)))
    return _minus(f"{rounded:,.{max(0, 1 - power)}f}")


def interval(low: float, high: float) -> str:
    """Return two predicted ends as `10 to 110`."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    return f"{predicted(low)} to {predicted(high)}"


def measured(value: float, censoring: str = "none") -> str:
    """Return a measured number with its own figures and the sign of its censoring.

    >>> measured(55.8), measured(1078.0)
    ('55.8', '1,078')
    """
    whole = value == int(value) if math.isfinite(value) else False
    text = f"{int(value):,}" if whole else f"{value:,.10g}"
    return SIGNS[censoring] + _minus(text)


def percent(value: float) -> str:
    """Return a whole percentage with its narrow space."""
    return f"{_minus(str(round(value)))}{THIN}%"


def unit(text: str) -> str:
    """Return a unit as it is printed; UCUM forms are turned into the usual ones."""
    return _UNITS.get(text, text)


def age(days: float) -> str:
    """Return an age in words: days up to two months, months up to two years, else years.

    >>> age(0.0), age(18 * 30.4375), age(6 * 365.25)
    ('birth', '18 months', '6.0 years')
    """
    if days == 0:
        return "birth"
    if abs(days) < 2 * MONTH:
        return _counted(days, "day")
    if abs(days) < 2 * YEAR - 1:
        return _counted(days / MONTH, "month")
    return f"{_minus(f'{days / YEAR:.1f}')} years"


def short_age(days: float) -> str:
    """Return an age for a table cell or a label: `12 d`, `18 mo` or `6.0 y`."""
    if days == 0:
        return "birth"
    if abs(days) < 2 * MONTH:
        return f"{_minus(str(round(days)))} d"
    if abs(days) < 2 * YEAR - 1:
        return f"{_minus(str(round(days / MONTH)))} mo"
    return f"{_minus(f'{days / YEAR:.1f}')} y"


def duration(days: float) -> str:
    """Return a span of time in words: days, weeks, months, or years from three years on.

    >>> duration(10), duration(275), duration(1500)
    ('10 days', '9 months', '4.1 years')
    """
    if days < 21:
        return _counted(days, "day")
    if days < 2 * MONTH:
        return _counted(days / 7, "week")
    if days < 3 * YEAR:
        return _counted(days / MONTH, "month")
    return f"{days / YEAR:.1f} years"


def every(days: float) -> str:
    """Return a dosing interval in words.

    >>> every(28), every(7), every(1), every(10)
    ('every 4 weeks', 'every week', 'every day', 'every 10 days')
    """
    size, name = (days / 7, "week") if days % 7 == 0 else (days, "day")
    return f"every {name}" if size == 1 else f"every {size:g} {name}s"


def plain_age(days: float) -> dict[str, float]:
    """Return an age as data, in days and in years."""
    return {"days": round(days, 6), "years": round(days / YEAR, 6)}


def plain_number(value: float) -> float | None:
    """Return a number as data; what is not finite becomes None, for JSON has no word for it."""
    return float(value) if math.isfinite(value) else None


def _counted(size: float, name: str) -> str:
    count = round(size)
    return f"{_minus(str(count))} {name}{'' if abs(count) == 1 else 's'}"


def _minus(text: str) -> str:
    return text.replace("-", MINUS)
