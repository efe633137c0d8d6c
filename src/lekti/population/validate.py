"""Validation: every target beside its forecast, with coverage and scores over the rows never looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.base.provenance import checksum
from lekti.engine.kernel import Kernel
from lekti.model.netherton import model_checksum
from lekti.population.behaviours import Behaviour
from lekti.population.forecast import Forecast, Size, forecasts
from lekti.population.groups import Group
from lekti.population.people import Progress
from lekti.population.score import Coverage, Score, carried_over, coverage_of, no_change, score_of
from lekti.population.shipped import shipped_group
from lekti.population.target_words import PopulationKind
from lekti.population.targets import Target, shipped_targets
from lekti.population.typical import Typical, origin_of


@dataclass(frozen=True)
class Comparison:
    """The model beside a naive predictor, on the rows for which both say something."""

    naive: str
    model: Score
    other: Score

    @property
    def better(self) -> bool:
        """Whether the model's mean CRPS is the smaller one."""
        return self.model.crps < self.other.crps


@dataclass(frozen=True, eq=False)
class Validation:
    """All forecasts, and over the `test` rows: coverage, score, and the comparison with naive predictors.

    `behaviours` are held beside them; they are judged yes or no and count in no coverage.
    """

    forecasts: tuple[Forecast, ...]
    behaviours: tuple[Behaviour, ...]
    coverage: Coverage
    score: Score
    comparisons: tuple[Comparison, ...]
    size: Size
    model: str
    typical: str
    shipped: tuple[str, ...] = ()

    @property
    def silent(self) -> tuple[Forecast, ...]:
        """Return the `test` rows that the model says nothing about."""
        return tuple(one for one in self.forecasts if one.target.role == "test" and not one.made)


def validate(
    targets: Sequence[Target],
    *,
    typical: Typical,
    size: Size,
    behaviours: Sequence[Behaviour] = (),
    kernel: Kernel | None = None,
    progress: Progress,
) -> Validation:
    """Return the forecasts of targets and how good they are; repeatable from the seed of `size`.

    Populations that ship for these typical values are used as they are; all others are drawn.
    """
    shipped: dict[str, Group] = {}

    def ready(kind: PopulationKind) -> Group | None:
        group = shipped_group(kind, typical)
        if group is not None:
            shipped[kind.id] = group
        return group

    made = forecasts(
        targets,
        typical=typical,
        size=size,
        progress=progress,
        kernel=kernel,
        ready=ready,
    )
    tests = [one for one in made if one.target.role == "test" and one.made]
    return Validation(
        forecasts=made,
        behaviours=tuple(behaviours),
        coverage=coverage_of(tests),
        score=score_of([(one.target, one.sample) for one in tests]),
        comparisons=_comparisons(tests),
        size=size,
        model=validation_key(targets),
        typical=origin_of(typical),
        shipped=tuple(sorted(shipped)),
    )


def validation_key(targets: Sequence[Target]) -> str:
    """Return the SHA-256 of the model and the targets that a validation speaks of."""
    return checksum(model_checksum() + "\n".join(repr(target) for target in targets))


def _comparisons(tests: Sequence[Forecast]) -> tuple[Comparison, ...]:
    known = shipped_targets()
    naive = {
        "the effect seen in atopic dermatitis": [carried_over(one.target, known) for one in tests],
        "no change": [no_change(one.target) for one in tests],
    }
    found: list[Comparison] = []
    for name, values in naive.items():
        pairs = [(one, value) for one, value in zip(tests, values, strict=True) if value is not None]
        if pairs:
            model = score_of([(one.target, one.sample) for one, _ in pairs])
            other = score_of([(one.target, np.array([value])) for one, value in pairs])
            found.append(Comparison(name, model, other))
    return tuple(found)
