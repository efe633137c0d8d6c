"""LEKTI activity left in the virtual versions of a person: before and after the signs seen were asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lekti.base.errors import AnswerIsNo
from lekti.outputs.sentences import say

if TYPE_CHECKING:
    from lekti.population.person import PersonLeft
    from lekti.population.result import Result

Range = tuple[float, float, float]
_ALLELES = ("lekti_allele_a", "lekti_allele_b")


@dataclass(frozen=True)
class LektiLeft:
    """5 %, 50 % and 95 % quantile of the activity left, 0 to 1, and what became of the draws.

    `prior` is None in a result that does not hold it; `diseased` and `kept` are shares of all draws.
    """

    conditioned: Range
    prior: Range | None
    diseased: float
    kept: float


def lekti_left(result: Result) -> LektiLeft | None:
    """Return the activity left in a run, or None where no virtual version has one."""
    if not all(name in result.dataset for name in _ALLELES):
        return None
    both = [np.asarray(result.dataset[name].values, dtype=float) for name in _ALLELES]
    left = np.mean(both, axis=0)
    known = left[np.isfinite(left)]
    if not known.size:
        return None
    attributes = result.dataset.attrs
    prior = json.loads(str(attributes.get("lekti_prior", "[]")))
    return LektiLeft(
        conditioned=_range(known),
        prior=(prior[0], prior[1], prior[2]) if len(prior) == 3 else None,
        diseased=float(attributes.get("draws_with_disease", 1.0)),
        kept=float(attributes.get("draws_kept", 1.0)),
    )


def left_of(drawn: PersonLeft) -> LektiLeft:
    """Return the activity left in virtual versions that were drawn and not followed."""
    if not drawn.conditioned.size:
        raise AnswerIsNo("No draw showed the signs of this person", fix="Look at the alleles and the signs")
    return LektiLeft(_range(drawn.conditioned), _range(drawn.prior), drawn.with_disease, drawn.kept)


def range_text(found: Range) -> str:
    """Return an activity in percent with its 90 % interval.

    >>> range_text((0.01, 0.09, 0.2))
    '9 % of normal (1 to 20)'
    """
    low, middle, high = (f"{100 * value:.0f}" for value in found)
    return f"{middle} % of normal ({low} to {high})"


def before_text(found: LektiLeft) -> str:
    """Return what was left before the signs were asked for, or nothing where none was asked for."""
    if found.prior is None or found.kept >= 1:
        return ""
    share = f"{100 * (1 - found.diseased):.0f}"
    return say("lekti_prior", prior=range_text(found.prior), share=share)


def lekti_object(found: LektiLeft | None) -> dict[str, Any] | None:
    """Return the activity left as plain values for JSON."""
    if found is None:
        return None
    return {
        "conditioned": list(found.conditioned),
        "prior": None if found.prior is None else list(found.prior),
        "draws_with_disease": found.diseased,
        "draws_kept": found.kept,
    }


def _range(values: np.ndarray) -> Range:
    low, middle, high = (float(one) for one in np.quantile(values, [0.05, 0.5, 0.95]))
    return low, middle, high
