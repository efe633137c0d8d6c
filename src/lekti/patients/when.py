"""Ages: read from and written as text, in days since birth; an age may be exact, an interval or unstated."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from lekti.base.errors import InputError, shown

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = 30.4375
DAYS_PER_WEEK = 7.0
OLDEST_YEARS = 120
AGE_FORM = "an age with its unit, such as 6 years, 18 months, 9 weeks, 12 days or P1Y6M"

_UNITS = {
    "years": DAYS_PER_YEAR, "year": DAYS_PER_YEAR, "yr": DAYS_PER_YEAR, "y": DAYS_PER_YEAR,
    "months": DAYS_PER_MONTH, "month": DAYS_PER_MONTH, "mo": DAYS_PER_MONTH,
    "weeks": DAYS_PER_WEEK, "week": DAYS_PER_WEEK, "wk": DAYS_PER_WEEK, "w": DAYS_PER_WEEK,
    "days": 1.0, "day": 1.0, "d": 1.0,
}  # fmt: skip
_NUMBER = r"\d+(?:\.\d+)?(?:[eE][+-]\d+)?"
_PART = re.compile(rf"\s*({_NUMBER})\s*([a-z]+)", re.IGNORECASE)
_ISO = re.compile(
    r"P(?:(?P<y>\d+(?:\.\d+)?)Y)?(?:(?P<m>\d+(?:\.\d+)?)M)?(?:(?P<w>\d+(?:\.\d+)?)W)?"
    r"(?:(?P<d>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<th>\d+(?:\.\d+)?)H)?(?:(?P<tm>\d+(?:\.\d+)?)M)?(?:(?P<ts>\d+(?:\.\d+)?)S)?)?"
)
_ISO_DAYS = {
    "y": DAYS_PER_YEAR, "m": DAYS_PER_MONTH, "w": DAYS_PER_WEEK, "d": 1.0,
    "th": 1 / 24, "tm": 1 / 1440, "ts": 1 / 86400,
}  # fmt: skip


@dataclass(frozen=True)
class Exact:
    """One age in days."""

    age_days: float

    kind: ClassVar[Literal["exact"]] = "exact"

    @property
    def earliest(self) -> float | None:
        """Return the first possible age."""
        return self.age_days

    @property
    def latest(self) -> float | None:
        """Return the last possible age."""
        return self.age_days


@dataclass(frozen=True)
class Between:
    """Some age from `from_days` to `to_days`; None leaves the end open."""

    from_days: float
    to_days: float | None = None

    kind: ClassVar[Literal["interval"]] = "interval"

    @property
    def earliest(self) -> float | None:
        """Return the first possible age."""
        return self.from_days

    @property
    def latest(self) -> float | None:
        """Return the last possible age, or None for an open end."""
        return self.to_days


@dataclass(frozen=True)
class Unstated:
    """An age the record does not give."""

    kind: ClassVar[Literal["unstated"]] = "unstated"

    @property
    def earliest(self) -> float | None:
        """Return None: nothing is known."""
        return None

    @property
    def latest(self) -> float | None:
        """Return None: nothing is known."""
        return None


When = Exact | Between | Unstated


def read_age(text: object, *, where: str = "") -> float:
    """Return an age in days, from 0 to 120 years.

    Raises `InputError` for text without a unit, calendar dates, and ages out of range.

    >>> read_age("6 years"), read_age("P1Y6M"), read_age("birth")
    (2191.5, 547.875, 0.0)
    """
    if isinstance(text, str) and text.strip().lower() == "birth":
        return 0.0
    days = read_duration(text, where=where, noun="an age", form=f"{AGE_FORM}, or birth")
    if not 0 <= days <= OLDEST_YEARS * DAYS_PER_YEAR:
        raise InputError(f"Age {text} is out of range", where=where, expected=f"0 to {OLDEST_YEARS} years")
    return days


def read_duration(
    text: object,
    *,
    where: str = "",
    noun: str = "a duration",
    form: str = "a duration such as 4 weeks or P28D",
) -> float:
    """Return a duration in days, read from words ("4 weeks", "6 years 3 months") or ISO 8601 ("P28D").

    >>> read_duration("4 weeks")
    28.0
    """
    if not isinstance(text, str):
        told = "; a calendar year is refused" if _is_calendar_year(text) else ""
        raise InputError(f"{text} is not {noun}: it has no unit{told}", where=where, expected=form)
    sign, bare = (-1.0, text.strip()[1:]) if text.strip().startswith("-") else (1.0, text.strip())
    days = _iso_days(bare) if bare.startswith("P") else _worded_days(bare)
    if days is None or not math.isfinite(days):
        told = ": it has no unit" if re.fullmatch(_NUMBER, bare) else ""
        raise InputError(f"'{shown(text, 40)}' is not {noun}{told}", where=where, expected=form)
    return sign * days


def age_text(days: float) -> str:
    """Write an age or duration so that `read_age` gives back exactly the same days.

    >>> age_text(2191.5), age_text(547.875), age_text(28.0), age_text(10.5), age_text(0.0)
    ('6 years', '18 months', '4 weeks', '10.5 days', 'birth')
    """
    if days == 0:
        return "birth"
    months = days / DAYS_PER_MONTH
    if months >= 1 and months.is_integer():
        years, rest = divmod(int(months), 12)
        if rest == 0:
            return _counted(years, "year")
        if months <= 24:
            return _counted(int(months), "month")
        return f"{_counted(years, 'year')} {_counted(rest, 'month')}"
    if days >= DAYS_PER_WEEK and (days / DAYS_PER_WEEK).is_integer():
        return _counted(int(days / DAYS_PER_WEEK), "week")
    return _counted(int(days), "day") if days.is_integer() else f"{days!r} days"


def iso_text(days: float) -> str:
    """Write an age as an ISO 8601 duration that reads back as exactly the same days.

    >>> iso_text(2191.5), iso_text(547.875), iso_text(12.0)
    ('P6Y', 'P1Y6M', 'P12D')
    """
    months = days / DAYS_PER_MONTH
    if months >= 1 and months.is_integer():
        years, rest = divmod(int(months), 12)
        return "P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return f"P{int(days)}D" if days.is_integer() else f"P{_plain_decimal(days)}D"


def _iso_days(text: str) -> float | None:
    match = _ISO.fullmatch(text)
    found = {name: part for name, part in match.groupdict().items() if part} if match else {}
    if not found or text.endswith("T"):
        return None
    return sum(float(part) * _ISO_DAYS[name] for name, part in found.items())


def _worded_days(text: str) -> float | None:
    days, last, position = 0.0, math.inf, 0
    while position < len(text):
        part = _PART.match(text, position)
        unit = _UNITS.get(part[2].lower()) if part else None
        if part is None or unit is None or unit >= last:
            return None
        days, last, position = days + float(part[1]) * unit, unit, part.end()
    return days if position else None


def _is_calendar_year(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 1900 <= number <= 2100


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _plain_decimal(days: float) -> str:
    from decimal import Decimal

    return format(Decimal(repr(days)), "f")
