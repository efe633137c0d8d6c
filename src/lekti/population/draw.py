"""Virtual patients: parameters drawn from their priors, one number per patient, parameter and attempt."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from lekti.base.errors import ModelError
from lekti.base.seeds import patient_shares
from lekti.base.tables import knowledge_table
from lekti.model.parameters import Parameter

SHARED = 0.5
"""Assumed: half of the variance of an assumed number is ignorance that all people share."""


def draw_parameters(
    parameters: Iterable[Parameter], *, patients: Sequence[int], seed: int, attempt: int = 0
) -> dict[str, np.ndarray]:
    """Draw every parameter that varies for the patients named by number, shape [patients] each.

    A draw depends on the seed, the patient, the attempt and the parameter alone: adding a parameter or a
    patient leaves all other draws as they were. Correlations (`correlations.tsv`) hold between logarithms.
    """
    varying = {parameter.id: parameter for parameter in parameters if parameter.prior.varies}
    normal = {name: _normals(name, patients, (seed, attempt)) for name in varying}
    correlate(normal)
    return {name: quantile(parameter, normal[name]) for name, parameter in varying.items()}


def draw_in_sets(
    parameters: Iterable[Parameter],
    *,
    patients: Sequence[int] | np.ndarray,
    typical: Callable[[str], np.ndarray],
    seed: int,
    attempt: int = 0,
) -> dict[str, np.ndarray]:
    """Draw parameters for patients who share, set by set, what is not known about everybody.

    The spread of an assumed number is partly between people and partly our ignorance of the typical value:
    `SHARED` of its variance belongs to the set. A number with a source varies between people alone. One
    patient taken at random follows the same distribution as in `draw_parameters` if the scores that `typical`
    gives each patient for a parameter are standard-normal.
    """
    varying = {parameter.id: parameter for parameter in parameters if parameter.prior.varies}
    normal: dict[str, np.ndarray] = {}
    for name, parameter in varying.items():
        own = _normals(name, patients, (seed, attempt))
        if parameter.provenance == "assumed":
            own = math.sqrt(SHARED) * typical(name) + math.sqrt(1 - SHARED) * own
        normal[name] = own
    correlate(normal)
    return {name: quantile(parameter, normal[name]) for name, parameter in varying.items()}


def correlate(normal: dict[str, np.ndarray]) -> None:
    """Bring in the correlations between logarithms of `correlations.tsv`."""
    for row in knowledge_table("model/correlations.tsv"):
        first, second, link = row["first"], row["second"], row.number("correlation")
        if first in normal and second in normal:
            normal[second] = link * normal[first] + math.sqrt(1 - link**2) * normal[second]


def quantile(parameter: Parameter, normal: np.ndarray) -> np.ndarray:
    """Return the value of a parameter at given standard-normal scores.

    Priors: `lognormal(s)` median value, log SD s · `complement(s)` log-normal distance from 1, at most 1 ·
    `beta_sd(s)` mean value, SD s, inside 0 to 1 · `bernoulli(p)` · `half_zero(top)` zero for half of the
    people, uniform up to top for the rest · `responder(p, low, high)` 1 for a share p, uniform for the rest.
    """
    prior, value = parameter.prior, parameter.value
    numbers = prior.numbers
    share = _share(normal)
    if prior.name == "lognormal":
        return value * np.exp(numbers[0] * normal)
    if prior.name == "complement":
        return 1 - np.minimum((1 - value) * np.exp(numbers[0] * normal), 1)
    if prior.name == "beta_sd":
        return _beta(value, numbers[0], share)
    if prior.name == "bernoulli":
        return np.where(share < numbers[0], 1.0, 0.0)
    if prior.name == "half_zero":
        return np.maximum(2 * share - 1, 0) * numbers[0]
    if prior.name == "responder":
        full, low, high = numbers
        return np.where(share < full, 1.0, low + (high - low) * (share - full) / (1 - full))
    raise ModelError(f"prior '{prior.name}' is not known", where=parameter.where)


def prior_table(parameters: Iterable[Parameter]) -> Mapping[str, int]:
    """Count the parameters by provenance."""
    counts: dict[str, int] = {}
    for parameter in parameters:
        counts[parameter.provenance] = counts.get(parameter.provenance, 0) + 1
    return counts


def _normals(stream: str, patients: Sequence[int] | np.ndarray, key: tuple[int, int]) -> np.ndarray:
    from scipy.special import ndtri

    seed, attempt = key
    return np.asarray(ndtri(patient_shares(seed, patients, stream, attempt)))


def _share(normal: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    return np.asarray(ndtr(normal))


def _beta(mean: float, deviation: float, share: np.ndarray) -> np.ndarray:
    from scipy.special import betaincinv

    size = mean * (1 - mean) / deviation**2 - 1
    return np.asarray(betaincinv(mean * size, (1 - mean) * size, share))
