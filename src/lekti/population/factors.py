"""What may differ between virtual versions of one person, as numbers from 0 to 1 that are independent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lekti.genetics.allele import same_variant
from lekti.genetics.residual import Residual, residual_of
from lekti.model.parameters import Parameter, load_parameters, weight_parameters
from lekti.model.system import System
from lekti.patients.case import Case
from lekti.population.draw import correlate, quantile

LEKTI = ("lekti_allele_a", "lekti_allele_b")
"""The names of the residual activity of both alleles; one variant on both copies is one factor."""

EDGE = 1e-6
"""Shares are kept this far from 0 and 1, where a prior without bounds has no value."""


@dataclass(frozen=True, eq=False)
class Factors:
    """The numbers that vary for the person of a case, in a fixed order."""

    case: Case
    parameters: tuple[Parameter, ...]
    residuals: tuple[Residual, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all factors."""
        return (*(one.id for one in self.parameters), *LEKTI[: len(self.residuals)])


def factors_of(case: Case) -> Factors:
    """Return what varies between virtual versions of the person of a case."""
    first, second = case.alleles
    alleles = (first,) if same_variant(first, second) else (first, second)
    residuals = tuple(residual_of(one) for one in alleles)
    varying = tuple(one for one in load_parameters() if one.prior.varies)
    return Factors(case, varying, residuals if any(one.fixed is None for one in residuals) else ())


def people_at(system: System, factors: Factors, shares: np.ndarray) -> np.ndarray:
    """Return parameters [people, parameters] at shares [people, factors] of their priors.

    A share is the part of the prior that lies below. Correlated parameters are made of independent shares:
    the second of two also moves with the first.
    """
    from scipy.special import ndtri

    inside = np.clip(shares, EDGE, 1 - EDGE)
    matrix = np.tile(np.asarray(system.defaults), (len(shares), 1))
    for name, value in weight_parameters(factors.case.subject.sex).items():
        matrix[:, system.parameters.index(name)] = value
    normal = {one.id: np.asarray(ndtri(inside[:, place])) for place, one in enumerate(factors.parameters)}
    correlate(normal)
    for one in factors.parameters:
        matrix[:, system.parameters.index(one.id)] = quantile(one, normal[one.id])
    for place, values in enumerate(_activities(factors, inside)):
        matrix[:, system.parameters.index(LEKTI[place])] = values
    return matrix


def _activities(factors: Factors, inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the residual activity of both alleles."""
    from scipy.special import betaincinv

    known = factors.residuals or tuple(residual_of(one) for one in factors.case.alleles)
    drawn = [
        np.full(len(inside), one.fixed)
        if one.fixed is not None
        else np.asarray(betaincinv(one.alpha, one.beta, inside[:, len(factors.parameters) + place]))
        for place, one in enumerate(known)
    ]
    return drawn[0], drawn[-1]
