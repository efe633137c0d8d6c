"""Kinship of every pair of people and inbreeding of their children, from the pedigree alone."""

from __future__ import annotations

import numpy as np

from lekti.genetics.pedigree import Family

_KNOWN = (
    (1 / 4, "as for brother and sister, or parent and child"),
    (1 / 8, "as for half-siblings, uncle and niece, or double first cousins"),
    (1 / 16, "as for first cousins"),
    (1 / 32, "as for first cousins once removed"),
    (1 / 64, "as for second cousins"),
)


def kinship_matrix(family: Family) -> np.ndarray:
    """Return the kinship coefficients, shape (people, people), in the order of `family.people`.

    A founder's own coefficient is (1 + F) / 2 with the inbreeding told for them, 0 if none is told;
    identical twins share theirs. Founders are taken as unrelated.
    """
    index = {person.id: at for at, person in enumerate(family.people)}
    kinship = np.zeros((len(index), len(index)))
    for at, person in enumerate(family.people):
        twin = index.get(person.identical_twin, at)
        if twin < at:
            kinship[at, :at] = kinship[twin, :at]
            kinship[at, at] = kinship[twin, twin]
        elif person.is_founder:
            kinship[at, at] = (1.0 + (person.inbreeding or 0.0)) / 2.0
        else:
            father, mother = index[person.father], index[person.mother]
            kinship[at, :at] = (kinship[father, :at] + kinship[mother, :at]) / 2.0
            kinship[at, at] = (1.0 + kinship[father, mother]) / 2.0
        kinship[:at, at] = kinship[at, :at]
    return kinship


def in_words(inbreeding: float) -> str:
    """Say how closely two parents are related, from the inbreeding coefficient of their child.

    >>> in_words(1 / 16)
    'related (F 1/16, as for first cousins)'
    """
    if inbreeding <= 0.0:
        return "not related, as far as this pedigree tells"
    for known, words in _KNOWN:
        if abs(inbreeding - known) < 1e-9:
            return f"related (F 1/{round(1 / known)}, {words})"
    return f"related (F {inbreeding:.3g})"
