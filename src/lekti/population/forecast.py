"""Forecasts: what the model expects a target to be, as a sample with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lekti.base.seeds import patient_shares
from lekti.engine.kernel import Kernel
from lekti.model.netherton import netherton_system
from lekti.model.system import System
from lekti.population.arms import follow_arm
from lekti.population.groups import Group, draw_group
from lekti.population.people import Progress
from lekti.population.target_words import (
    PopulationKind,
    ReadoutWord,
    population_kinds,
    readout_words,
    regimens,
    trial_effects,
)
from lekti.population.targets import Target
from lekti.population.typical import Typical

FOLLOWING = "following populations"
"""What the progress bar says."""

WINDOW_DAYS = 20
"""Days that stand for a time that is only known as a window."""

RATE_EVERY_DAYS = 7.0
MEDIAN_VARIANCE = np.pi / 2
"""Variance of a sample median over that of a mean, for a normal distribution."""


@dataclass(frozen=True)
class Size:
    """How many sets of people, how many people in each, and the seed."""

    sets: int
    per_set: int
    seed: int


@dataclass(frozen=True, eq=False)
class Forecast:
    """The sample of one target; empty with a reason where the model cannot say anything."""

    target: Target
    sample: np.ndarray
    people: int
    reason: str

    @property
    def made(self) -> bool:
        """Whether there is a forecast."""
        return bool(len(self.sample))

    def quantile(self, share: float) -> float:
        """Return a quantile of the sample, NaN without one."""
        return float(np.quantile(self.sample, share)) if self.made else float("nan")


Arm = tuple[str, str]
"""A population and a regimen, by id."""


Ready = Callable[[PopulationKind], Group | None]
"""Gives the people of a population that need not be drawn, or None."""


def forecasts(
    targets: Sequence[Target],
    *,
    typical: Typical,
    size: Size,
    progress: Progress,
    kernel: Kernel | None = None,
    ready: Ready = lambda kind: None,
) -> tuple[Forecast, ...]:
    """Return the forecast of each target, in order; it depends on the target's words and the size alone.

    People whom `ready` does not give are drawn. Sets that are not plausible for the population of a target
    have no part in its forecast.
    """
    shown = shown_by(targets, typical=typical, size=size, progress=progress, kernel=kernel, ready=ready)
    return tuple(_forecast(target, shown[target.id], size) for target in targets)


@dataclass(frozen=True, eq=False)
class Shown:
    """What the people of plausible sets would show of one target: [people, days], and their sets."""

    values: np.ndarray
    sets: np.ndarray
    reason: str


def shown_by(
    targets: Sequence[Target],
    *,
    typical: Typical,
    size: Size,
    progress: Progress,
    kernel: Kernel | None = None,
    ready: Ready = lambda kind: None,
) -> Mapping[str, Shown]:
    """Return by target what virtual people would show, before trials and studies add their noise."""
    system = netherton_system()
    needs = _needs([target for target in targets if not _silence(target)])
    populations = sorted({population for population, _ in needs})
    found: dict[Arm, _ArmValues] = {}
    groups: dict[str, Group] = {}
    steps, done = len(populations) + len(needs), 0
    for population in populations:
        kind = population_kinds()[population]
        groups[population] = group = ready(kind) or draw_group(
            system,
            kind,
            typical=typical,
            sets=size.sets,
            per_set=size.per_set,
            seed=size.seed,
            kernel=kernel,
        )
        progress(FOLLOWING, done := done + 1, steps)
        for regimen in [regimen for who, regimen in needs if who == population]:
            days, outputs = needs[population, regimen]
            values = follow_arm(system, group, regimens()[regimen], days=days, outputs=outputs, kernel=kernel)
            found[population, regimen] = _ArmValues(np.asarray(days), tuple(outputs), values)
            progress(FOLLOWING, done := done + 1, steps)
    return {target.id: _shown(system, target, groups, found) for target in targets}


@dataclass(frozen=True, eq=False)
class _ArmValues:
    days: np.ndarray
    outputs: tuple[str, ...]
    values: np.ndarray

    def at(self, output: str, day: float) -> np.ndarray:
        """Return one output on a day, shape [people]."""
        return self.values[:, int(np.searchsorted(self.days, day)), self.outputs.index(output)]

    def until(self, output: str, day: float) -> np.ndarray:
        """Return the mean of one output from day 0 to a day, shape [people]."""
        inside = self.days <= day
        return self.values[:, inside, self.outputs.index(output)].mean(axis=1)


def _silence(target: Target) -> str:
    """Return why the model says nothing of a target, empty if it does."""
    readout = readout_words()[target.readout]
    if not readout.output:
        return f"the model has no readout '{readout.label}' yet"
    for regimen in (target.regimen, target.against):
        if regimen in regimens() and not regimens()[regimen].modelled:
            return f"the model has no module for '{regimens()[regimen].label}' yet"
    return ""


def _needs(targets: Iterable[Target]) -> dict[Arm, tuple[list[float], list[str]]]:
    """Return the days and outputs that each arm must give."""
    days: dict[Arm, set[float]] = {}
    outputs: dict[Arm, set[str]] = {}
    for target in targets:
        readout = readout_words()[target.readout]
        ratio = readout.kind == "ratio"
        for regimen in (target.regimen, target.against) if ratio else (target.regimen,):
            arm = target.population, regimen
            days.setdefault(arm, {0.0}).update(_days(target, ratio=ratio))
            outputs.setdefault(arm, set()).update(
                ["ige"] if readout.kind == "parameter" else [readout.output]
            )
    return {arm: (sorted(days[arm]), sorted(outputs[arm])) for arm in days}


def _days(target: Target, *, ratio: bool) -> list[float]:
    first, last = target.days
    if ratio:
        return [*np.arange(0.0, last, RATE_EVERY_DAYS), last]
    return [last] if first == last else list(np.linspace(first, last, WINDOW_DAYS))


def _shown(
    system: System, target: Target, groups: Mapping[str, Group], arms: Mapping[Arm, _ArmValues]
) -> Shown:
    reason = _silence(target)
    nobody = Shown(np.empty((0, 1)), np.empty(0, dtype=np.int64), reason)
    if reason:
        return nobody
    group = groups[target.population]
    each = _each(system, target, group, arms)
    implausible = np.unique(group.sets[group.tries == 0])
    known = np.isfinite(each).all(axis=1) & ~np.isin(group.sets, implausible)
    if not known.any():
        return replace(nobody, reason="no set of people could be drawn, or none has a dose")
    return Shown(each[known], group.sets[known], "")


def _forecast(target: Target, shown: Shown, size: Size) -> Forecast:
    if shown.reason:
        return Forecast(target, np.empty(0), 0, shown.reason)
    return Forecast(target, _summed(target, shown, size), len(shown.sets), "")


def _each(system: System, target: Target, group: Group, arms: Mapping[Arm, _ArmValues]) -> np.ndarray:
    """Return what each person would show, shape [people, days of the window]."""
    readout = readout_words()[target.readout]
    arm = arms[target.population, target.regimen]
    days = _days(target, ratio=readout.kind == "ratio")
    if readout.kind == "parameter":
        return group.parameters[:, [system.parameters.index(readout.output)]]
    if readout.kind == "ratio":
        other = arms[target.population, target.against]
        last = target.days[1]
        return np.stack([arm.until(readout.output, last), other.until(readout.output, last)], axis=1)
    values = np.stack([_reported(target, readout, arm, day) for day in days], axis=1)
    if readout.kind == "level":
        return values
    start = _reported(target, readout, arm, 0.0)[:, np.newaxis]
    if readout.kind == "gain":
        return values - start
    return 100.0 * (values / start - 1.0)


def _reported(target: Target, readout: ReadoutWord, arm: _ArmValues, day: float) -> np.ndarray:
    """Return an output on a day, less what being in a trial takes off."""
    values = arm.at(readout.output, day)
    name = readout.id.removesuffix("_change")
    if regimens()[target.regimen].trial and name in trial_effects():
        share, tau = trial_effects()[name]
        return values * (1.0 - share * (1.0 - np.exp(-day / tau)))
    return values


def middles(target: Target, shown: Shown) -> Mapping[int, float]:
    """Return the mean, median or ratio that each plausible set would show, by its number."""
    ratio = readout_words()[target.readout].kind == "ratio"
    middle = _ratio if ratio else np.median if target.statistic == "median" else np.mean
    return {int(one): float(middle(shown.values[shown.sets == one])) for one in np.unique(shown.sets)}


def _summed(target: Target, shown: Shown, size: Size) -> np.ndarray:
    """Return the sample of the statistic that was observed: one number a set, or one a person."""
    if readout_words()[target.readout].kind == "ratio":
        return _between_studies(target, np.array(list(middles(target, shown).values())), size)
    if target.statistic in ("person", "range"):
        return shown.values.ravel()
    pooled = [shown.values[shown.sets == one].ravel() for one in np.unique(shown.sets)]
    sample = np.array(list(middles(target, shown).values()))
    return _between_studies(target, _as_of_a_trial(target, sample, pooled, size), size)


def _between_studies(target: Target, sample: np.ndarray, size: Size) -> np.ndarray:
    """Return the sample with what differs between studies of the same people (`study_sd`)."""
    from scipy.special import ndtri

    readout = readout_words()[target.readout]
    shares = patient_shares(size.seed, np.arange(len(sample)), f"study {target.id}")
    deviation = readout.study_sd * ndtri(shares)
    return sample + deviation if readout.scale == "percent" else sample * np.exp(deviation)


def _ratio(rates: np.ndarray) -> float:
    return float(rates[:, 0].mean() / rates[:, 1].mean())


def _as_of_a_trial(
    target: Target, sample: np.ndarray, pooled: Sequence[np.ndarray], size: Size
) -> np.ndarray:
    """Return the sample with the sampling noise of a trial of n people in place of that of a set.

    Where n is not known the noise is left out: such an interval is a little too narrow. A share is made of
    people who did or did not, each by their own chance (`_as_of_people_counted`).
    """
    if target.statistic == "share":
        return _as_of_people_counted(target, sample, size)
    factor = MEDIAN_VARIANCE if target.statistic == "median" else 1.0
    within = factor * float(np.mean([one.var(ddof=1) for one in pooled if len(one) > 1] or [0.0]))
    people = float(np.mean([len(one) for one in pooled]))
    seen = float(sample.var(ddof=1)) if len(sample) > 1 else 0.0
    if seen <= 0.0:
        return sample
    wanted = max(seen - within / people, 0.0) + (within / target.n if target.n else 0.0)
    centre = sample.mean()
    return centre + (sample - centre) * np.sqrt(wanted / seen)


def _as_of_people_counted(target: Target, sample: np.ndarray, size: Size) -> np.ndarray:
    """Return percent of `n` people counted, where each set gives the chance of one of them in percent."""
    if not target.n:
        return sample
    from scipy.stats import binom

    shares = patient_shares(size.seed, np.arange(len(sample)), f"count {target.id}")
    return 100.0 * binom.ppf(shares, target.n, np.clip(sample, 0.0, 100.0) / 100.0) / target.n
