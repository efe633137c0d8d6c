"""What is whole or not there: a number with sign, comparator and unit; the description of a variant."""

from __future__ import annotations

import re
from functools import cache

from lekti.base.tables import knowledge_table

TABLE = "evidence/units.tsv"
_COMPARATORS = (
    "less than|more than|fewer than|greater than|higher than|lower than|older than|younger than|longer than"
    "|shorter than|at least|at most|up to|above|below|over|under|about|approximately|around|nearly|almost"
    "|only"
)
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?:\s?[x×*]\s?10\s?\^?\s?-?\d+)?(?:\^-?\d+)?"
_SIGN = r"(?:(?<![\w)\]])[-+±]\s?)?"
_LINK = r"\s?(?:-{1,2}|±|\+/-|/|:| to | of | of the | out of | in )\s?"
VARIANT = re.compile(
    r"(?<![\w.])(?:(?:N[CGMPR]|LRG|ENS[TP])_?\d+(?:\.\d+)?(?:\([A-Za-z0-9]+\))?:)?"
    r"(?:[cgmnr]\.(?:\[[^\[\]\s]{1,80}\]|[-*]?\d[\w*?=+>-]{0,80}(?:\(\d+\))?)"
    r"|p\.(?:\([^()\s]{1,60}\)|[A-Z*=?][\w*=?]{0,60}))(?<!-)"
)
_SENTENCE_END = re.compile(
    r"[.!?][\"')\]]{0,3}\s+(?=[\"'(\[]{0,2}(?:[A-Z0-9]|[cgmnpr]\.\S{0,30}\d))|(?<=[A-Z]{3}):\s+(?=[A-Z0-9])"
)
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|vs|al|figs?|dr|prof|approx|ca|cf|st|mr|mrs|nos?|eq|resp|etc)\.$", re.IGNORECASE
)
_NAME = re.compile(r"(?=.*[A-Z])(?:(?=.*\d)|(?=(?:.*[A-Z]){2}))[A-Za-z0-9/+-]{2,}")


@cache
def quantity_pattern() -> re.Pattern[str]:
    """Return the pattern of a number with all that belongs to it: comparator, sign, range and unit."""
    unit = rf"(?:{_units()})(?:\^?-?[1-4](?![\d.]))?"
    units = rf"{unit}(?:\s?(?:/|\bper\b)\s?{unit}){{0,3}}"
    tail = rf"(?:\s?-?{units}(?![A-Za-z])|\s?[%‰])?"
    return re.compile(
        rf"(?:(?:[<>≤≥=≈~]{{1,2}}|\b(?:{_COMPARATORS}))\s?)?{_SIGN}(?<![\w.^]){_NUMBER}"
        rf"(?:{_LINK}{_SIGN}{_NUMBER}(?![\d.]*\w)){{0,4}}{tail}(?:\s?[-±]\s?{_NUMBER}{tail})?",
        re.IGNORECASE,
    )


@cache
def _units() -> str:
    units = sorted((row["unit"] for row in knowledge_table(TABLE)), key=len, reverse=True)
    return "|".join(re.escape(unit) for unit in units)


@cache
def _unit_pattern() -> re.Pattern[str]:
    unit = rf"(?:{_units()})(?:\^?-?[1-4])?"
    return re.compile(rf"{unit}(?:(?:/|\bper\b){unit}){{0,3}}")


def bound_spans(form: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that a quote may hold whole or not at all, in order.

    >>> [form[a:b] for form in ["P < 0.05 in c.1302+5G>C, -1.68 of 5 mg"] for a, b in bound_spans(form)]
    ['< 0.05', 'c.1302+5G>C', '-1.68 of 5 mg']
    """
    variants = [match.span() for match in VARIANT.finditer(form)]
    quantities = [match.span() for match in quantity_pattern().finditer(form)]
    return sorted(variants + [span for span in quantities if not _within(span, variants)])


def _within(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] < stop for start, stop in others)


def sentence_starts(form: str) -> list[int]:
    """Return where sentences begin; a stop behind an abbreviation ends none."""
    ends = (
        match.end()
        for match in _SENTENCE_END.finditer(form)
        if not _ABBREVIATION.search(form, max(0, match.start() - 12), match.start() + 1)
    )
    return [0, *ends]


def is_variant(word: str) -> bool:
    """Whether a word is a description of a variant, such as c.1302+5G>C."""
    return VARIANT.fullmatch(word) is not None


def is_unit(word: str) -> bool:
    """Whether a word is a unit of the table, or several joined by a slash."""
    return _unit_pattern().fullmatch(word) is not None


def is_name(word: str) -> bool:
    """Whether a word looks like the name of a gene, protein or cell: capitals with digits, or two capitals.

    >>> [word for word in ("SPINK5", "IgE", "IL-4", "Skin", "LEKTI", "boy") if is_name(word)]
    ['SPINK5', 'IgE', 'IL-4', 'LEKTI']
    """
    return _NAME.fullmatch(word) is not None
