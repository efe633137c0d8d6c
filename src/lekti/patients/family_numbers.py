"""Shares written by people, and the numbers a family answer uses when the file gives none."""

from __future__ import annotations

import math
import re

from lekti.base.errors import InputError, shown
from lekti.base.tables import Row, knowledge_table
from lekti.genetics.family_risk import PlannedTests
from lekti.genetics.pedigree import GENE, Population, Range

SHARE_FORM = "a share such as 1/200000, 1 in 200,000, 0.9 or 5 %"
_DECIMAL = r"\d{1,15}(?:\.\d{1,15})?(?:[eE]-?\d{1,2})?"
_SHARE = re.compile(rf"({_DECIMAL})\s*(%|(?:/|\s+in\s+)\s*({_DECIMAL}))?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def read_share(text: str, *, where: str, noun: str, most: float = 1.0) -> float:
    """Return a number from 0 to `most` that is written as a fraction, a decimal or a percentage.

    >>> read_share("1 in 200,000", where="", noun="incidence")
    5e-06
    """
    match = _SHARE.fullmatch(_THOUSANDS.sub("", text.strip()))
    if match is None:
        raise InputError(f"{noun} '{shown(text, 30)}' is no share", where=where, expected=SHARE_FORM)
    parts = float(match[3]) if match[3] else 100.0 if match[2] else 1.0
    share = float(match[1]) / parts if parts > 0.0 else math.inf
    if not 0.0 <= share <= most:
        raise InputError(f"{noun} {shown(text, 30)}", where=where, expected=f"a share from 0 to {most:g}")
    return share


def default_population(*, inbreeding: float = 0.0, first_cousins: float | None = None) -> Population:
    """Return the population of a file that tells none: the incidence of the disease and its range."""
    return Population("incidence", known_number("incidence"), inbreeding, first_cousins, known_share())


def known_number(number_id: str) -> Range:
    """Return a number of `genetics/family_numbers.tsv` with its range and source."""
    row = number_row(number_id)
    return Range(row.number("value"), row.number("low"), row.number("high"), row["source"])


def number_row(number_id: str) -> Row:
    """Return the row of a number of `genetics/family_numbers.tsv`."""
    return next(row for row in knowledge_table("genetics/family_numbers.tsv") if row["id"] == number_id)


def known_share() -> float:
    """Return the part of all disease alleles that a variant named in a file makes up; assumed."""
    return known_number("known_share").value


def sensitivity_of(looks_for: tuple[str, ...]) -> Range:
    """Return the sensitivity of a test: of the whole gene, or for variants that are known."""
    return known_number("gene_sensitivity" if looks_for == (GENE,) else "variant_sensitivity")


def planned_tests() -> PlannedTests:
    """Return the tests still to do: of the whole gene, and for variants known in the family."""
    return PlannedTests(known_number("gene_sensitivity"), known_number("variant_sensitivity"))
