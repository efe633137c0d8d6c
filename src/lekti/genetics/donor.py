"""Donor sites against a first-order matrix: the part that needs no sequence, and the full score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import Variant

PLACES = ("-3", "-2", "-1", "+1", "+2", "+3", "+4", "+5", "+6")
FLOOR = 0.005
"""Stands for a printed 0: half of the last digit of the matrix (assumed)."""

SOURCE = "Zhang 1998, Hum Mol Genet 7:919 (table 14.3 of Deonier et al.)"


@dataclass(frozen=True)
class DonorChange:
    """What one base does to the score of a donor, in bits; `at_least` where the matrix prints 0."""

    exon: int
    position: str
    bits: float
    at_least: bool
    source: str = SOURCE


def donor_change(variant: Variant) -> DonorChange | None:
    """Return how far a substitution moves the score of its donor, or None where it stands at no donor.

    The other eight bases cancel, so no sequence is needed. Below 0 is weaker.

    >>> from lekti.genetics.hgvs import read_variant
    >>> round(donor_change(read_variant("c.1302+5G>C")).bits, 2)
    -3.64
    """
    place = donor_place(variant)
    if place is None or variant.kind != "sub":
        return None
    exon, position = place
    odds = _odds()[position]
    old, new = odds[variant.deleted], odds[variant.inserted]
    row = _matrix()[position]
    return DonorChange(exon, position, new - old, row[variant.inserted] == 0 or row[variant.deleted] == 0)


def donor_place(variant: Variant) -> tuple[int, str] | None:
    """Return the exon and the position (-3 to +6) at whose donor a change of one place stands."""
    start = variant.start
    if start != variant.end or start.region != "coding" or start.offset > 6 or start.offset < 0:
        return None
    for exon in gene().exons[:-1]:
        if exon.last is None:
            continue
        if start.offset > 0 and exon.last == start.base:
            return exon.number, f"+{start.offset}"
        if start.offset == 0 and 0 <= exon.last - start.base < 3:
            return exon.number, f"-{exon.last - start.base + 1}"
    return None


def donor_score(nine: str) -> float:
    """Return the log-odds score in bits of nine bases: the last three of the exon and six of the intron.

    >>> round(donor_score("CAGGTAAGT") - donor_score("CAGGTAACT"), 2)
    3.64
    """
    if len(nine) != len(PLACES) or set(nine) - set("ACGT"):
        raise InputError(f"'{nine[:20]}' is no donor", expected="nine bases of A, C, G and T")
    return sum(_odds()[place][base] for place, base in zip(PLACES, nine, strict=True))


@cache
def _matrix() -> dict[str, dict[str, float]]:
    return {
        row["position"]: {base: row.number(base) for base in "ACGT"}
        for row in knowledge_table("genetics/donor_matrix.tsv")
    }


@cache
def _odds() -> dict[str, dict[str, float]]:
    background = _matrix()["background"]
    return {
        place: {
            base: math.log2(max(share, FLOOR) / background[base]) for base, share in _matrix()[place].items()
        }
        for place in PLACES
    }
