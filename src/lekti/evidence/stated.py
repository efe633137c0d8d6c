"""The quantities a text states, in digits or words, with unit, comparator and sign; shares such as 9/12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

from lekti.base.tables import knowledge_table
from lekti.evidence.solid import solid
from lekti.evidence.stated_units import unit_as_read, unit_pattern

_COMPARATORS = (
    ("~", r"~|≈|about|approximately|around|roughly|nearly|almost|some"),
    (">=", r"≥|at least|no less than|not less than|minimum of"),
    ("<=", r"≤|at most|up to|no more than|not more than|maximum of"),
    (">", r">|more than|greater than|higher than|above|over|exceeding|exceeded|older than|longer than"),
    ("<", r"<|less than|fewer than|lower than|below|under|younger than|shorter than"),
)
_DIGITS = (
    r"(?<![\w.])(?<!\d[,/])(?<![A-Za-z]-)(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:\s?[x×]\s?10\s?\^(?P<power>-?\d+))?"
)
_MOST_WORDS = 4


@dataclass(frozen=True)
class Stated:
    """One quantity as a text states it; `how` names what it took to read it, if not digits as printed."""

    value: Fraction
    unit: str
    comparator: str
    start: int
    end: int
    how: str = ""


@dataclass(frozen=True)
class _Patterns:
    quantity: re.Pattern[str]
    numbers: dict[str, Fraction]
    parts: dict[str, Fraction]


@cache
def _patterns() -> _Patterns:
    rows = list(knowledge_table("evidence/number_words.tsv"))
    numbers = {row["word"]: Fraction(row["value"]) for row in rows if row["kind"] == "number"}
    parts = {row["word"]: Fraction(row["value"]) for row in rows if row["kind"] == "part"}
    unit = unit_pattern()
    word = "|".join(sorted([*numbers, *parts], key=len, reverse=True))
    next_one = rf"-(?:{word})|\s(?:hundred|thousand|{'|'.join(parts)})|(?<=ty)\s(?:{word})"
    after_hundred = rf"(?:(?<=hundred)|(?<=thousand))\s(?:and\s)?(?:{word})"
    words = rf"\b(?P<words>(?:{word})(?:{next_one}|{after_hundred}){{0,{_MOST_WORDS}}})(?=\b|fold)"
    comparator = "|".join(f"(?P<c{number}>{pattern})" for number, (_, pattern) in enumerate(_COMPARATORS))
    return _Patterns(
        re.compile(
            rf"(?:(?:\b|(?=[~≈≥≤<>]))(?:{comparator})\s?)?(?P<sign>(?<![\w)\]])[-+]\s?)?(?:{_DIGITS}|{words})"
            rf"(?:\s?-?(?P<unit>{unit})(?![A-Za-z]))?",
            re.IGNORECASE,
        ),
        numbers,
        parts,
    )


def stated_in(text: str) -> tuple[Stated, ...]:
    """Return the quantities of a text in order. A number without a unit takes that of the next in its range.

    >>> [(float(one.value), one.unit, one.how) for one in stated_in("from 1,078 to 55.8 IU/mL at six years")]
    [(1078.0, 'IU/mL', 'thousands separator'), (55.8, 'IU/mL', ''), (6.0, 'year', 'number word')]
    """
    form = solid(text).form
    found = list(_each(form))
    for number in range(len(found) - 2, -1, -1):
        between = form[found[number].end : found[number + 1].start]
        if not found[number].unit and re.fullmatch(r"\s?(?:-|to|and|or|±|,|→|->)\s?", between):
            found[number] = replace(found[number], unit=found[number + 1].unit)
    return tuple(found)


def shares_in(text: str) -> tuple[tuple[Fraction, Fraction, str], ...]:
    """Return the shares of a text as part, whole and how it was read: `9 of 12`, `9/12`, `one in four`.

    >>> [(int(part), int(whole)) for part, whole, _ in shares_in("one in four, 9 of the 12 patients")]
    [(1, 4), (9, 12)]
    """
    form = solid(text).form
    found = list(_each(form))
    shares: list[tuple[Fraction, Fraction, str]] = []
    for left, right in pairwise(found):
        between = form[left.end : right.start]
        if re.fullmatch(
            r"\s?(?:\([^()]{0,20}\)\s?)?(?:/|of|in|out of|of the|of all)\s?(?:[a-z]+\s)?", between
        ):
            shares.append((left.value, right.value, left.how or right.how))
    return tuple(shares)


def _each(form: str) -> Iterator[Stated]:
    patterns = _patterns()
    for match in patterns.quantity.finditer(form):
        value, how = _value(match, patterns)
        if match["sign"] and match["sign"].startswith("-"):
            value = -value
        comparator = next((sign for number, (sign, _) in enumerate(_COMPARATORS) if match[f"c{number}"]), "")
        yield Stated(value, unit_as_read(match["unit"] or ""), comparator, match.start(), match.end(), how)


def _value(match: re.Match[str], patterns: _Patterns) -> tuple[Fraction, str]:
    if match["digits"]:
        value = Fraction(match["digits"].replace(",", ""))
        if match["power"]:
            power = max(-99, min(99, int(match["power"])))
            return value * Fraction(10) ** power, "power of ten"
        return value, "thousands separator" if "," in match["digits"] else ""
    total = Fraction(0)
    for word in re.findall(r"[a-z]+", match["words"].lower()):
        if word in patterns.parts:
            total = (total or Fraction(1)) * patterns.parts[word]
        elif word in patterns.numbers:
            value = patterns.numbers[word]
            total = (total or Fraction(1)) * value if value >= 100 else total + value
    return total, "number word"
