"""Chances as counsellors write them: a natural frequency first, then the percentage, then the range."""

from __future__ import annotations

import math

from lekti.genetics.family_risk import Chance
from lekti.outputs.numbers import THIN

_BASES = (1, 2, 3, 4, 5, 6, 8, 10, 12)
_EXACT = 0.012


def one_in(chance: float) -> str:
    """Return a chance as a natural frequency: `2 in 3`, `1 in 224`, `1 in 14,000`.

    >>> [one_in(x) for x in (0.25, 2 / 3, 0.00446216, 1 / 51, 243 / 755, 7.0e-5)]
    ['1 in 4', '2 in 3', '1 in 224', '1 in 51', '32 in 100', '1 in 14,000']
    """
    count, base = natural(chance)
    return f"{count:,} in {base:,}"


def natural(chance: float) -> tuple[int, int]:
    """Return a chance as a count and a base: 1 in N, all but 1 in N, the smallest base that fits, or 100."""
    if chance <= 0.0:
        return 0, 1
    if chance < 0.1:
        return 1, _rounded(1.0 / chance)
    if chance > 0.95:
        base = _rounded(1.0 / (1.0 - chance)) if chance < 1.0 else 1
        return max(base - 1, 1), base
    for base in _BASES:
        count = round(chance * base)
        if count and abs(count / base - chance) <= _EXACT * min(chance, max(1.0 - chance, 1e-12)):
            return count, base
    return round(chance * 100), 100


def percent_of(chance: float) -> str:
    """Return a chance as a percentage with two significant figures; halves of a percent stay exact.

    >>> [percent_of(x).replace(chr(8239), " ") for x in (0.25, 0.125, 2 / 3, 0.00446216, 0.99987)]
    ['25 %', '12.5 %', '67 %', '0.45 %', '99.99 %']
    """
    value = 100.0 * chance
    if value >= 99.5 and value < 100.0:
        return f"{min(value, 99.99):.2f}{THIN}%" if value >= 99.95 else f"{value:.1f}{THIN}%"
    if abs(2.0 * value - round(2.0 * value)) < 1e-6:
        return f"{round(value, 1):g}{THIN}%"
    if value >= 10.0:
        return f"{value:.0f}{THIN}%"
    if value < 1e-6:
        return f"<{THIN}0.000001{THIN}%"
    return f"{value:.{1 - math.floor(math.log10(value))}f}{THIN}%"


def both_framings(chance: Chance) -> str:
    """Return `1 in 4 (25 %)`, or a word where there is no doubt, or next to none."""
    word = _word(chance.value)
    return word or f"{one_in(chance.value)} ({percent_of(chance.value)})"


def range_of(chance: Chance) -> str:
    """Return the range as `1 in 449 to 1 in 1,267`, nothing where the chance does not depend on it."""
    if chance.is_certain or _word(chance.value):
        return ""
    return f"{one_in(chance.high)} to {one_in(chance.low)}"


def with_range(chance: Chance) -> str:
    """Return a chance in one framing with its range in brackets: `1 in 896 (449 to 1,267)`."""
    word = _word(chance.value)
    if word or chance.is_certain:
        return word or one_in(chance.value)
    counts = [natural(end) for end in (chance.value, chance.high, chance.low)]
    if all(count == 1 for count, _ in counts):
        return f"1 in {counts[0][1]:,} ({counts[1][1]:,} to {counts[2][1]:,})"
    return f"{one_in(chance.value)} ({range_of(chance)})"


def other_side(chance: float) -> str:
    """Return what is left: `3 in 4` beside 1 in 4, with the same denominator."""
    count, base = natural(chance)
    return f"{base - count:,} in {base:,}"


def _word(value: float) -> str:
    if value >= 1.0 - 1e-9:
        return "certain"
    if value > 0.995:
        return f"nearly certain ({percent_of(value)})"
    return "no" if value <= 1e-12 else ""


def _rounded(count: float) -> int:
    """Return whole numbers to 10,000, then two significant figures."""
    whole = round(count)
    if whole < 10_000:
        return whole
    step = 10 ** (len(str(whole)) - 2)
    return round(count / step) * step
