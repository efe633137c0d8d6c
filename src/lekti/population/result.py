"""What a run gives back: every virtual patient over time, and each measurement beside its prediction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

    from lekti.patients.case import Case, When
    from lekti.population.attribution import Attribution
    from lekti.population.conditions import Forecasts


@dataclass(frozen=True)
class Comparison:
    """One measured value beside what the virtual patients say; ages are days since birth.

    `credibility` holds (age, credibility, median, 5 % and 95 % quantile) per possible date and is empty
    for an exact date; then `inside` says whether the value lies in the 90 % interval. Credibility is
    2 · min(P(x ≤ observed), P(x ≥ observed)) over the virtual patients.
    """

    id: str
    quantity: str
    label: str
    unit: str
    observed: float
    censoring: str
    when: When
    median: float
    interval50: tuple[float, float]
    interval90: tuple[float, float]
    inside: bool | None
    credibility: tuple[tuple[float, float, float, float, float], ...]
    inside_from: float | None
    inside_until: float | None
    source: str
    verdict: str


@dataclass(frozen=True)
class Change:
    """How far a quantity moved between two measured values, beside what the virtual patients say.

    `observed` is later over earlier. A virtual patient's change at an age is their value then over their
    median on the possible dates of the earlier value; patients count by how near that median lies to the
    earlier value, and `effective` is the number that makes. `credibility` and the two ages are as in
    `Comparison`; an exact date of the later value makes one entry.
    """

    id: str
    quantity: str
    label: str
    earlier: str
    later: str
    earlier_value: float
    later_value: float
    unit: str
    observed: float
    effective: float
    credibility: tuple[tuple[float, float, float, float, float], ...]
    inside_from: float | None
    inside_until: float | None
    source: str
    verdict: str


@dataclass(frozen=True)
class Reading:
    """The same values beside another named reading of the model, where sources leave two open."""

    name: str
    comparisons: tuple[Comparison, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Result:
    """One case, simulated: dims of `dataset` are exactly (patients, times); `times` is the age in days.

    `plans` holds the same virtual patients under other plans, dims (plans, patients, times), or is None.
    """

    case: Case
    dataset: xr.Dataset
    seed: int
    versions: Mapping[str, str]
    comparisons: tuple[Comparison, ...]
    outcomes: tuple[str, ...]
    plans: xr.Dataset | None
    changes: tuple[Change, ...] = ()
    other: Reading | None = None
    forecasts: tuple[Forecasts, ...] = ()
    attributions: tuple[Attribution, ...] = ()
