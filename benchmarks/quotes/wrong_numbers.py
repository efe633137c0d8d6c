"""Wrong quotes by their numbers: signs, digits, decimals, units, comparators, variants."""

from __future__ import annotations

import re
from itertools import pairwise

from benchmarks.quotes.pieces import replaced, swapped, swaps

_NUMBER = re.compile(r"(?<![\w.,+\-−–⁻/>^×])(?<!× )\d+(?:[.,]\d+)*(?!\w|[+\-]\d+[A-Z])")
_ANY_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_CITATION = re.compile(r"\[[\d,–]+\]")
_SIGNED = re.compile(r"(?:(?<=[\s(\[])|^)[−\-](?=\d)")
_HGVS = re.compile(r"[cg]\.[\d_,]+(?:[+\-_]\d+)*(?:[A-Z]>[A-Z]|del\w*|dup\w*)?|p\.[A-Z][a-z]{2}\d+\w*")
_OFFSET = re.compile(r"(?<=\d)([+\-])(\d+)(?=[A-Z_d])")


def _numbers(quote: str, pattern: re.Pattern[str] = _NUMBER) -> list[re.Match[str]]:
    """Return the numbers of a quote; those of citations and of variants are not among them."""
    taken = [found.span() for rule in (_CITATION, _HGVS) for found in rule.finditer(quote)]
    numbers = pattern.finditer(quote)
    return [one for one in numbers if not any(start <= one.start() < end for start, end in taken)]


def sign_flip(quote: str) -> list[str]:
    """Return quotes in which a sign is lost, changed or added, the sign of a power included."""
    made = [
        quote[: one.start()] + new + quote[one.end() :]
        for one in _SIGNED.finditer(quote)
        for new in ("", "+")
    ]
    made += [replaced(quote, one, "−" + one[0]) for one in _numbers(quote)]
    made += [replaced(quote, one, "-" + one[0]) for one in _numbers(quote)]
    made += swapped(quote, (("±", "+"), ("±", "−"), ("⁻", ""), ("⁻", "⁺")))
    return made + [replaced(quote, one, "⁻" + one[0]) for one in re.finditer("(?<=10)[²³⁴⁵⁶⁷⁸⁹]", quote)]


def intron_offset(quote: str) -> list[str]:
    """Return quotes in which the place in an intron is another one."""
    made: list[str] = []
    for variant in _HGVS.finditer(quote):
        for one in _OFFSET.finditer(quote, *variant.span()):
            other = "-" if one[1] == "+" else "+"
            news = (other + one[2], one[1] + str(int(one[2]) + 1), one[1] + one[2] + "0", "", one[1] + "1")
            made += [replaced(quote, one, new) for new in news if new != one[0]]
    return made


def variant_change(quote: str) -> list[str]:
    """Return quotes in which a variant has another base, residue, place or kind."""
    made: list[str] = []
    for variant in _HGVS.finditer(quote):
        words = variant[0]
        news = [re.sub(r"([A-Z])>([A-Z])", r"\2>\1", words), words.replace("del", "dup", 1), "n" + words[1:]]
        news += [words.replace("dup", "del", 1), re.sub("Ter$", "Gly", words), words.replace("fs", "", 1)]
        digits = re.search(r"\d{2,}", words)
        if digits:
            turned = digits[0][::-1] if digits[0][::-1] != digits[0] else str(int(digits[0]) + 7)
            news += [replaced(words, digits, turned), replaced(words, digits, digits[0][:-1])]
            news.append(replaced(words, digits, str(int(digits[0]) + 1)))
        made += [replaced(quote, variant, new) for new in news if new != words]
    return made


def digit_drop(quote: str) -> list[str]:
    """Return quotes in which a number has lost its first, last or an inner digit."""
    made: list[str] = []
    for one in _numbers(quote, _ANY_NUMBER):
        places = [i for i, sign in enumerate(one[0]) if sign.isdigit()]
        for i in places if len(places) > 1 else ():
            left = (one[0][:i] + one[0][i + 1 :]).strip(".,")
            made.append(replaced(quote, one, left))
    return made


def digit_change(quote: str) -> list[str]:
    """Return quotes in which one digit of a number is another one, or two neighbours are swapped."""
    made: list[str] = []
    for one in _numbers(quote, _ANY_NUMBER):
        for i, sign in enumerate(one[0]):
            if sign.isdigit():
                made.append(replaced(quote, one, one[0][:i] + str((int(sign) + 3) % 10) + one[0][i + 1 :]))
        for i in range(len(one[0]) - 1):
            a, b = one[0][i], one[0][i + 1]
            if a.isdigit() and b.isdigit() and a != b:
                made.append(replaced(quote, one, one[0][:i] + b + a + one[0][i + 2 :]))
    return made


def decimal_shift(quote: str) -> list[str]:
    """Return quotes in which the point of a number has moved, is gone, or has become a blank."""
    made: list[str] = []
    for one in _numbers(quote, _ANY_NUMBER):
        words = one[0]
        if words.count(".") == 1 and "," not in words:
            whole, part = words.split(".")
            news = [
                whole + part,
                f"{whole} {part}",
                f"{whole}{part[0]}.{part[1:] or '0'}",
                f"0.{whole}{part}",
            ]
        else:
            news = [words + "0", words[:-1] + "." + words[-1] if len(words) > 1 else "0." + words]
        made += [replaced(quote, one, new) for new in news if new != words]
    return made


def unit_swap(quote: str) -> list[str]:
    """Return quotes in which the unit behind a number is another one."""
    made: list[str] = []
    for unit, other in swaps("unit"):
        edge = r"(?![\w²³⁻])" if unit[-1].isalpha() else ""
        pattern = rf"(?<=\d)(\s?(?:[\w°µμ²]+[/ ])??){re.escape(unit)}{edge}"
        for one in re.finditer(pattern, quote):
            made.append(quote[: one.start()] + one[1] + other + quote[one.end() :])
    return made


def comparator_flip(quote: str) -> list[str]:
    """Return quotes in which a comparison runs the other way or loses its edge."""
    return swapped(quote, swaps("comparator"), skip=_HGVS)


def numbers_swapped(quote: str) -> list[str]:
    """Return quotes in which two neighbouring numbers have changed places."""
    numbers = _numbers(quote)
    made: list[str] = []
    for one, two in pairwise(numbers):
        if one[0] != two[0]:
            made.append(
                quote[: one.start()] + two[0] + quote[one.end() : two.start()] + one[0] + quote[two.end() :]
            )
    return made
