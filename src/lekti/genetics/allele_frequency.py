"""From how common a recessive disease is to how common its alleles and carriers are, with inbreeding."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

from lekti.base.errors import InputError
from lekti.genetics.pedigree import Population

if TYPE_CHECKING:
    import numpy as np

_Numbers = TypeVar("_Numbers", float, "np.ndarray")
FIRST_COUSIN_INBREEDING = 1 / 16


def frequency_from_incidence(incidence: float, inbreeding: float = 0.0) -> float:
    """Return q, the frequency of all disease alleles, that solves q²(1 - F) + qF = incidence.

    Hardy-Weinberg proportions with mean inbreeding F; sqrt(incidence) when F is 0.

    >>> round(1 / carriers_among_healthy(frequency_from_incidence(1 / 200_000)), 1)
    224.1
    """
    free = 1.0 - inbreeding
    # The root of a quadratic in the form that does not cancel: q = 2I / (F + sqrt(F² + 4(1-F)I)).
    return 2.0 * incidence / (inbreeding + math.sqrt(inbreeding**2 + 4.0 * free * incidence))


def frequency_from_carriers(carriers: float) -> float:
    """Return q from the share of carriers among healthy people of a population that mates at random.

    Solves 2q / (1 + q) = carriers.
    """
    return carriers / (2.0 - carriers)


def affected_at_birth(frequency: _Numbers, inbreeding: float = 0.0) -> _Numbers:
    """Return the share born with two faulty copies: q²(1 - F) + qF; a number or an array."""
    return frequency**2 * (1.0 - inbreeding) + frequency * inbreeding


def carriers_among_healthy(frequency: float, inbreeding: float = 0.0) -> float:
    """Return the share of carriers among people without two copies; 2q / (1 + q) when F is 0."""
    carriers = 2.0 * frequency * (1.0 - frequency) * (1.0 - inbreeding)
    return carriers / (1.0 - affected_at_birth(frequency, inbreeding))


def share_from_first_cousins(frequency: float, first_cousins: float) -> float:
    """Return the share of affected children whose parents are first cousins (Dahlberg).

    `first_cousins` is the share of such marriages: c(1 + 15q) / (c + 16q - cq).

    >>> round(share_from_first_cousins((1 / 200_000) ** 0.5, 0.01), 6)
    0.225887
    """
    c, q = first_cousins, frequency
    return c * (1.0 + 15.0 * q) / (c + 16.0 * q - c * q)


def mean_inbreeding(population: Population) -> float:
    """Return the mean F of a population: as told, or a sixteenth of the share of first-cousin marriages."""
    if population.first_cousins is not None:
        return population.first_cousins * FIRST_COUSIN_INBREEDING
    return population.inbreeding


def allele_frequency(population: Population, frequency: float) -> float:
    """Return q for one value of what is known of the population."""
    if population.kind == "incidence":
        found = frequency_from_incidence(frequency, mean_inbreeding(population))
    elif population.kind == "carriers":
        found = frequency_from_carriers(frequency)
    else:
        found = frequency
    if not 0.0 < found < 1.0:
        raise InputError(f"An allele frequency of {found:g}", expected="a share between 0 and 1")
    return found
