"""Whether a claim's value follows from its quoted words: as printed, or by a conversion that is named."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lekti.evidence.claim import Quantity
from lekti.evidence.stated import Stated, shares_in, stated_in
from lekti.evidence.stated_units import conversion, is_known_unit, unit_as_read

_PLAIN = frozenset({"", "1", "fraction", "ratio"})
_SHARE_STEP = "share of a whole"


@dataclass(frozen=True)
class Derivation:
    """Whether a value follows, the named steps it took, and a sentence for a reader."""

    follows: bool
    steps: tuple[str, ...]
    sentence: str


def derivation(quantity: Quantity, words: str) -> Derivation:
    """Return whether a claim's quantity follows from words of a record.

    Every number of it must be stated, with the same unit or one that converts to it, the same sign and the
    same comparator, in the same order. Words for numbers, shares (one in four = 25 %) and conversions of
    units count, and are named.
    """
    stated = stated_in(words)
    unit = unit_as_read(quantity.unit)
    if quantity.shape == "share":
        return _share(quantity, words, stated)
    steps: list[str] = []
    after = -1
    for number in quantity.numbers:
        found = _find(number, unit, quantity.comparator, [one for one in stated if one.start > after])
        found = found or _as_percentage(number, unit, words)
        if found is None:
            shown = f"{number} {quantity.unit}" if quantity.unit != "1" else number
            return Derivation(False, (), f"The quoted words do not state {quantity.comparator}{shown}")
        after = max(after, found[0])
        steps += found[1]
    return Derivation(True, tuple(dict.fromkeys(steps)), _told(steps))


def _told(steps: list[str]) -> str:
    return (
        f"The value follows from the words ({', '.join(dict.fromkeys(steps))})"
        if steps
        else "The value is stated"
    )


def _share(quantity: Quantity, words: str, stated: tuple[Stated, ...]) -> Derivation:
    part, whole = (Fraction(number) for number in quantity.numbers)
    for found_part, found_whole, how in shares_in(words):
        if (found_part, found_whole) == (part, whole):
            steps = [how] if how else []
            return Derivation(True, tuple(steps), _told(steps))
    values = [one.value for one in stated]
    if part in values and whole in values:
        return Derivation(True, ("part and whole named apart",), _told(["part and whole named apart"]))
    return Derivation(False, (), f"The quoted words do not state {quantity.text}")


def _find(number: str, unit: str, comparator: str, stated: list[Stated]) -> tuple[int, list[str]] | None:
    """Return where a number is stated and the steps it takes, the plainest first."""
    for one in stated:
        if one.value == Fraction(number) and one.comparator == comparator and _same_unit(one.unit, unit):
            return one.start, [one.how] if one.how else []
    for one in stated:
        if one.comparator == comparator and _converts(one, number, unit):
            return one.start, [*([one.how] if one.how else []), f"converted from {one.unit}"]
    return None


def _same_unit(found: str, wanted: str) -> bool:
    """Whether a stated unit is the claim's. What a claim counts, such as people, is no unit of a text."""
    if wanted in _PLAIN or not is_known_unit(wanted):
        return found in _PLAIN or wanted not in _PLAIN
    return found == wanted


def _converts(one: Stated, number: str, unit: str) -> bool:
    if not one.unit or unit == one.unit:
        return False
    if one.unit == "%" and unit in _PLAIN:
        return _rounds_to(one.value / 100, number)
    factor = conversion(one.unit, unit)
    return factor is not None and _rounds_to(one.value * factor, number)


def _rounds_to(value: Fraction, number: str) -> bool:
    """Whether a value, rounded to the digits a claim prints, is the claim's number."""
    digits = len(number.partition(".")[2]) if "e" not in number.lower() else 12
    step = Fraction(1, 10**digits)
    return abs(value - Fraction(number)) <= step / 2 and (value == 0) == (Fraction(number) == 0)


def _as_percentage(number: str, unit: str, words: str) -> tuple[int, list[str]] | None:
    """Return the share of a text that is this percentage or fraction, such as one in four for 25 %."""
    if unit not in {"%", *_PLAIN}:
        return None
    for part, whole, how in shares_in(words):
        value = (part / whole if whole else Fraction(0)) * (100 if unit == "%" else 1)
        if _rounds_to(value, number):
            return -1, [*([how] if how else []), _SHARE_STEP]
    for one in stated_in(words):
        if (
            one.how == "number word"
            and 0 < one.value < 1
            and unit == "%"
            and _rounds_to(one.value * 100, number)
        ):
            return one.start, [one.how, _SHARE_STEP]
    return None
