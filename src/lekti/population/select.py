"""Selection of virtual people whose spread matches a published one, by the ratio of two densities.

R. J. Allen, T. R. Rieger and C. J. Musante, Efficient generation and selection of virtual populations in
quantitative systems pharmacology models, CPT Pharmacometrics Syst Pharmacol 5:140, 2016,
DOI:10.1002/psp4.12063. A plausible person is kept with a chance proportional to the density of the published
distribution over the density of plausible people, at what this person shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST = 0.98
"""Quantile of the ratios that counts as certain to be kept, so that one odd person does not refuse all the
others; assumed."""


@dataclass(frozen=True)
class Spread:
    """A published distribution between people, log-normal: mean and SD in the unit of the readout."""

    mean: float
    sd: float

    @property
    def logs(self) -> tuple[float, float]:
        """Return mean and SD of the logarithm.

        >>> mean, sd = Spread(9.69, 2.94).logs
        >>> round(mean, 3), round(sd, 3)
        (2.227, 0.297)
        """
        variance = np.log1p((self.sd / self.mean) ** 2)
        return float(np.log(self.mean) - variance / 2), float(np.sqrt(variance))


@dataclass(frozen=True, eq=False)
class Selection:
    """The chance of each plausible person to be kept, and how many people the ratios are worth."""

    chances: np.ndarray
    effective: float


def selection(values: np.ndarray, spreads: Sequence[Spread]) -> Selection:
    """Return the chance of each person to be kept; `values` is [people, readouts], all above 0.

    The density of plausible people is a Gaussian kernel estimate of logarithms; published spreads count as
    independent of each other. Without any spread, everybody is kept.
    """
    people = len(values)
    if not spreads:
        return Selection(np.ones(people), float(people))
    from scipy.stats import gaussian_kde, norm

    logs = np.log(values)
    wanted = np.zeros(people)
    for place, spread in enumerate(spreads):
        mean, sd = spread.logs
        wanted += norm.logpdf(logs[:, place], mean, sd)
    ratio = np.exp(wanted - gaussian_kde(logs.T).logpdf(logs.T))
    chances = np.minimum(ratio / np.quantile(ratio, MOST), 1.0)
    return Selection(chances, float(ratio.sum() ** 2 / (ratio**2).sum()))
