"""Points of the ACMG/AMP criteria: sum, posterior probability and class words."""

from __future__ import annotations

from functools import cache

from lekti.base.tables import knowledge_table

POINTS = {"supporting": 1, "moderate": 2, "strong": 4, "very_strong": 8, "stand_alone": 8}
SOURCE = "PMC8011844"
"""Tavtigian 2020, points of each strength and classes by points."""


def posterior(points: int) -> float:
    """Return the probability of being pathogenic: prior 0.1, odds 350 to the power of points/8.

    >>> round(posterior(4), 3), round(posterior(10), 3)
    (0.675, 0.994)
    """
    prior = limit("prior")
    odds = limit("odds_very_strong") ** (points / 8)
    return odds * prior / ((odds - 1) * prior + 1)


def class_word(points: int) -> str:
    """Return the class that a final sum of points would have.

    >>> class_word(10), class_word(6), class_word(0), class_word(-7)
    ('pathogenic', 'likely pathogenic', 'uncertain significance', 'benign')
    """
    for least, word in ((10, "pathogenic"), (6, "likely pathogenic"), (0, "uncertain significance")):
        if points >= least:
            return word
    return "likely benign" if points >= -6 else "benign"


def limit(name: str) -> float:
    """Return a limit of `acmg_limits.tsv`."""
    return _limits()[name]


@cache
def _limits() -> dict[str, float]:
    return {row["id"]: row.number("value") for row in knowledge_table("genetics/acmg_limits.tsv")}
