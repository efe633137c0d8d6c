"""The same virtual patients under other plans: what each plan gives, and how much of a fall is whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lekti.outputs.given import drug_names, given_drugs
from lekti.outputs.numbers import YEAR
from lekti.outputs.panels import Panel, read_panels
from lekti.outputs.series import LEVELS

if TYPE_CHECKING:
    from lekti.population.result import Comparison, Result

_LEAST_FALL = 0.05


@dataclass(frozen=True)
class Plan:
    """One plan: its name and the value of every solved virtual patient at the age compared."""

    name: str
    values: np.ndarray

    @property
    def quantiles(self) -> np.ndarray:
        """The five quantiles over the virtual patients."""
        return np.quantile(self.values, LEVELS)


@dataclass(frozen=True)
class Plans:
    """Plans at one age: the quantity, the drug added last and the days since it began, what was observed."""

    panel: Panel
    added: str | None
    age_days: float
    since_days: float
    plans: tuple[Plan, ...]
    observed: Comparison | None


@dataclass(frozen=True)
class Difference:
    """The last plan against the one before it, patient by patient; ratios are (median, 5 %, 95 %)."""

    ratio: tuple[float, float, float]
    lower_of_100: int
    share: tuple[float, float, float] | None


def compare_plans(result: Result, *, output: str = "ige") -> Plans | None:
    """Return the plans of a result one year after the last drug began, or at the last age before that.

    Returns None when the run holds no plans, one plan only, or not this output. Patients that failed
    under any plan are left out of all, so that every plan is told by the same patients.
    """
    data = result.plans
    if data is None or output not in data or data.sizes.get("plans", 0) < 2:
        return None
    ages = np.asarray(data["times"].values, dtype=float)
    drugs = given_drugs(result.case, float(ages[-1]))
    added = max(drugs, key=lambda drug: drug.start, default=None)
    start = added.start if added is not None else 0.0
    index = int(np.argmin(np.abs(ages - min(start + YEAR, float(ages[-1])))))
    values = np.asarray(data[output].transpose("plans", "patients", "times").values, dtype=float)[:, :, index]
    solved = np.isfinite(values).all(axis=0)
    if not solved.any():
        return None
    names = plan_names([str(name) for name in data["plans"].values])
    plans = tuple(Plan(name, row[solved]) for name, row in zip(names, values, strict=True))
    panel = next(panel for panel in read_panels() if panel.output == output)
    age_days = float(ages[index])
    drug = added.drug if added is not None else None
    return Plans(panel, drug, age_days, age_days - start, plans, _observed(result, output, start))


def plan_names(labels: Sequence[str]) -> list[str]:
    """Return the names of plans with the short names of their drugs; a drug by itself is `alone`.

    >>> plan_names(["No treatment", "ivig", "ivig and dupilumab"])
    ['No treatment', 'IVIG alone', 'IVIG and dupilumab']
    """
    names = drug_names(in_sentence=True)
    told: list[str] = []
    for label in labels:
        drugs = [names.get(part, part) for part in label.split(" and ")]
        words = " and ".join(drugs)
        alone = " alone" if len(drugs) == 1 and label in names and len(labels) > 2 else ""
        told.append(words[:1].upper() + words[1:] + alone)
    return told


def difference(plans: Plans) -> Difference:
    """Return the last plan against the one before it, and its share of the whole fall from the first plan."""
    before, last = plans.plans[-2].values, plans.plans[-1].values
    ratio = _three(last / np.maximum(before, 1e-12))
    lower = round(100 * float((last < before).mean()))
    return Difference(ratio, lower, _share(plans) if len(plans.plans) > 2 else None)


def _share(plans: Plans) -> tuple[float, float, float] | None:
    """Return what part of the fall from the first plan to the last comes with the last step."""
    first, before, last = (plans.plans[index].values for index in (0, -2, -1))
    fell = (first - last) > _LEAST_FALL * np.abs(first)
    if fell.mean() < 0.5:
        return None
    return _three((before - last)[fell] / (first - last)[fell])


def _three(values: np.ndarray) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return float(middle), float(low), float(high)


def _observed(result: Result, output: str, start: float) -> Comparison | None:
    """Return the last value of this quantity that can have been taken after the last drug began."""
    found = [each for each in result.comparisons if each.quantity == output]
    late = [each for each in found if (each.when.latest or np.inf) > start]
    return (late or found or [None])[-1]
