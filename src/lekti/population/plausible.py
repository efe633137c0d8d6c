"""Plausible people: an untreated body inside physiological ranges, with a healthy twin who is healthy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from lekti.base.tables import knowledge_table
from lekti.engine.run import Run


@dataclass(frozen=True)
class Range:
    """What an output may be in an untreated person."""

    output: str
    low: float
    high: float


@cache
def plausible_ranges() -> tuple[Range, ...]:
    """Return the ranges of `knowledge/populations/plausible.tsv`."""
    table = knowledge_table("populations/plausible.tsv")
    return tuple(Range(row["output"], row.number("low"), row.number("high")) for row in table)


def is_plausible(run: Run) -> np.ndarray:
    """Return who was solved and lies inside every range at the first time of an untreated run [people]."""
    good = np.array([outcome.ok for outcome in run.outcomes])
    for one in plausible_ranges():
        values = run[one.output][:, 0]
        good &= (values >= one.low) & (values <= one.high)
    return good
