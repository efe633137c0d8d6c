"""Units as a text writes them: how they are read, and by what factor one becomes another."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from lekti.base.tables import knowledge_table

TABLE = "evidence/units.tsv"
_POWER = re.compile(r"(.+?)(?:\^?(-?[1-4]))?")
_PER = re.compile(r"\s?(?:/|\bper\b)\s?")


@dataclass(frozen=True)
class _Units:
    means: dict[str, str]
    measures: dict[str, tuple[str, Fraction]]


@cache
def _units() -> _Units:
    rows = list(knowledge_table(TABLE))
    means = {row["unit"]: row["means"] for row in rows}
    in_lower_case = {row["unit"].lower(): row["means"] for row in rows}
    measures = {
        row["means"]: (row["measures"], Fraction(row["factor"])) for row in rows if row["factor"] != "-"
    }
    return _Units({**in_lower_case, **means}, measures)


@cache
def unit_pattern() -> str:
    """Return the pattern of one unit, or of several joined by a slash or "per"."""
    names = sorted((row["unit"] for row in knowledge_table(TABLE)), key=len, reverse=True)
    one = rf"(?:{'|'.join(re.escape(name) for name in names)})(?:\^?-?[1-4](?!\d))?"
    return rf"{one}(?:\s?(?:/|per\s)\s?{one}){{0,3}}"


def unit_as_read(unit: str) -> str:
    """Return a unit with each of its parts in one spelling; what is not in the table stays as it is.

    >>> unit_as_read("years"), unit_as_read("kU/L"), unit_as_read("IU per ml")
    ('year', 'kIU/L', 'IU/mL')
    """
    means = _units().means
    read: list[str] = []
    for name, power in _parts(unit.replace("\u00b5", "\u03bc")):
        read.append(means.get(name, means.get(name.lower(), name)) + (f"^{power}" if power else ""))
    return "/".join(read)


def _parts(unit: str) -> list[tuple[str, str]]:
    matches = [_POWER.fullmatch(piece) for piece in _PER.split(unit)]
    return [(match[1], match[2] or "") for match in matches if match]


def is_known_unit(unit: str) -> bool:
    """Whether every part of a unit, as read, is in the table."""
    known = set(_units().means.values())
    return all(name in known for name, _ in _parts(unit))


def conversion(unit: str, to: str) -> Fraction | None:
    """Return the factor from one unit to another, both as read, or None where they measure different things.

    >>> conversion("kIU/L", "IU/mL"), conversion("mg", "IU"), conversion("year", "month")
    (Fraction(1, 1), None, Fraction(12, 1))
    """
    first, second = _measured(unit), _measured(to)
    if first is None or second is None or first[0] != second[0]:
        return None
    return first[1] / second[1]


def _measured(unit: str) -> tuple[dict[str, int], Fraction] | None:
    """Return what a unit measures, as powers, and its size in base units."""
    powers: Counter[str] = Counter()
    size = Fraction(1)
    for place, (name, power) in enumerate(_parts(unit)):
        if name not in _units().measures:
            return None
        measures, factor = _units().measures[name]
        times = int(power or 1) * (-1 if place else 1)
        size *= factor**times
        above, _, below = measures.partition("/")
        powers[above] += times
        if below:
            powers[below] -= times
    return {name: power for name, power in powers.items() if power}, size
