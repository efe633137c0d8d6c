"""How sure a finite number of virtual patients is of where a 90 % interval begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lekti.population.compare import Step
from lekti.population.share import share_range

EDGE = 0.05
"""Share of the virtual patients beyond each end of a 90 % interval."""


@dataclass(frozen=True)
class Sampling:
    """The first age in days at which a value may lie inside, and at which it surely does; None if never."""

    possible_from: float | None
    certain_from: float | None


def sampling_of(steps: Sequence[Step], effective: float) -> Sampling:
    """Return what another draw of as many virtual patients could say of when a value becomes credible."""
    ranges = [(step[0], *share_range(step[1] / 2, effective)) for step in steps]
    return Sampling(
        possible_from=_first([(age, high >= EDGE) for age, _, high in ranges]),
        certain_from=_first([(age, low >= EDGE) for age, low, _ in ranges]),
    )


def _first(ages: Sequence[tuple[float, bool]]) -> float | None:
    return next((age for age, there in ages if there), None)
