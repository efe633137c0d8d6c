"""Reading what a claim counts or measures: `55.8`, `>2500`, `1078 -> 55.8`, `20..50`, `23/43`."""

from __future__ import annotations

import re

from lekti.base.errors import ModelError, shown
from lekti.evidence.claim import Quantity, Shape

_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_COMPARATORS = ("<=", ">=", "<", ">", "~")
_SHAPES: tuple[tuple[Shape, str], ...] = (
    ("change", rf"({_NUMBER}) -> ({_NUMBER})"),
    ("range", rf"({_NUMBER})\.\.({_NUMBER})"),
    ("share", r"(\d+)/(\d+)"),
    ("number", rf"({_NUMBER})"),
)


def read_quantity(text: str, unit: str, *, where: str) -> Quantity:
    """Read a quantity as it is written in a table of claims; raise `ModelError` with file and line.

    >>> read_quantity("1078 -> 55.8", "IU/mL", where="x.tsv:2").numbers
    ('1078', '55.8')
    """
    if not unit:
        raise ModelError(f"The value '{shown(text)}' has no unit", where=where, expected="a unit, or 1")
    comparator = next((sign for sign in _COMPARATORS if text.startswith(sign)), "")
    for shape, pattern in _SHAPES:
        match = re.fullmatch(pattern, text.removeprefix(comparator))
        if match and not (comparator and shape in ("range", "share")):
            quantity = Quantity(text, shape, comparator, match.groups(), unit)
            return _sensible(quantity, where)
    raise ModelError(
        f"The value '{shown(text)}' is not understood",
        where=where,
        expected="a number such as 55.8, >2500, ~0.4, 1078 -> 55.8, 20..50 or 23/43",
    )


def _sensible(quantity: Quantity, where: str) -> Quantity:
    first, last = quantity.values[0], quantity.values[-1]
    if quantity.shape == "range" and first >= last:
        raise ModelError(f"The range {quantity.text} does not rise", where=where, expected="low..high")
    if quantity.shape == "share" and not 0 <= first <= last:
        raise ModelError(f"The share {quantity.text} is above one", where=where, expected="part/whole")
    return quantity


def missing_numbers(quantity: Quantity, sentence: str) -> tuple[str, ...]:
    """Return the numbers of a quantity that a sentence does not print, thousands commas aside.

    A number above a thousand may be printed with commas; `1 in 4` and the like must print both numbers.
    """
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", sentence)
    printed = set(re.findall(r"(?<![\w.])[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d])(?!\.\d)", plain))
    printed |= {number.lstrip("+-") for number in printed}
    return tuple(number for number in quantity.numbers if number.lstrip("+-") not in printed)
