"""What a run tells beside its course: forecasts that were told less or more, and which drug did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from lekti.patients.case import Case, Measurement
from lekti.patients.measurements import quantity_of
from lekti.population.attribution import MOST_DRUGS, Attribution, attribute, choices, drugs_of_course
from lekti.population.compare import Window
from lekti.population.conditions import ANYONE, PERSON, Forecasts, anyone_like, forecasts_of
from lekti.population.follow import Cohort, follow
from lekti.population.given import YEAR, schedule_of, with_treatments
from lekti.population.people import draw_people
from lekti.population.result import Change
from lekti.population.typical import Typical
from lekti.population.windows import OTHER_OUTPUTS, OTHER_READING, windows_of

if TYPE_CHECKING:
    import xarray as xr

ASIDE = 200
"""Virtual patients of an aside at most: enough for a 90 % interval, and cheap beside a long run."""

READING = "clearance of IgE is a trait of the person"
"""The default reading of the published law of IgE clearance (docs/decisions/0003)."""

LATER_YEARS = (1.0, 3.0, 5.0)
"""Years after the last treatment began at which a change without a date is attributed."""


@dataclass(frozen=True, eq=False)
class Told:
    """A finished run as its asides need it: case, seed, typical values, the course, the changes it found."""

    case: Case
    seed: int
    typical: Typical | None
    dataset: xr.Dataset
    changes: Sequence[Change]

    @property
    def ages(self) -> np.ndarray:
        """Return the ages in days that the run holds."""
        return np.asarray(self.dataset["times"])

    @property
    def until(self) -> float:
        """Return the age in days at which the run ends."""
        return float(self.ages[-1])

    def nearest(self, age: float) -> float:
        """Return the age of the run that lies nearest."""
        return float(self.ages[np.argmin(np.abs(self.ages - age))])


def forecasts_of_run(cohort: Cohort, told: Told) -> tuple[Forecasts, ...]:
    """Return forecasts of each value taken after a treatment began; empty where there is none.

    People of whom only the disease is known are drawn afresh, at most `ASIDE` of them, and get the same
    treatments. Under each reading of the model the forecasts stand beside each other.
    """
    windows = windows_of(told.case, told.dataset)
    later = [one for one in told.case.course.measurements if _after_a_start(told.case, windows.get(one.id))]
    if not later:
        return ()
    ages = np.unique(np.concatenate([windows[one.id].ages for one in later]))
    outputs = sorted({output for one in later for output in _outputs(one).values()})
    values = _anyone(cohort, told, ages, outputs)
    found: list[Forecasts] = []
    for one in later:
        earlier = _earlier(told, one)
        for reading, output in _outputs(one).items():
            person = windows_of(told.case, _read_as(told.dataset, one, output))
            column = values[:, np.searchsorted(ages, person[one.id].ages), outputs.index(output)]
            asked = {ANYONE: replace(person[one.id], values=column), PERSON: person[one.id]}
            before = person.get(earlier.id) if earlier is not None else None
            found.append(forecasts_of(one, asked, earlier=earlier, before=before, reading=reading))
    return tuple(found)


def attributions_of_run(cohort: Cohort, told: Told) -> tuple[Attribution, ...]:
    """Return what each drug did to each change, for every date the earlier value may have at either end.

    The same virtual patients, at most `ASIDE` of them, are followed under every choice of the drugs. Empty
    where nothing changed across a treatment, and above `MOST_DRUGS` drugs.
    """
    drugs = drugs_of_course(told.case)
    if not told.changes or not 1 <= len(drugs) <= MOST_DRUGS:
        return ()
    measured = {one.id: one for one in told.case.course.measurements}
    dates = {one.id: _dates(told, one) for one in told.changes}
    ages = np.unique([age for pairs in dates.values() for pair in pairs for age in pair])
    outputs = sorted({output for one in told.changes for output in _outputs(measured[one.later]).values()})
    levels = {given: _under(cohort, told, given, ages, outputs) for given in choices(drugs)[:-1]}
    levels[frozenset(drugs)] = _factual(told, ages, outputs)
    return tuple(
        attribute(
            {given: values[:, :, outputs.index(output)] for given, values in levels.items()},
            ages,
            drugs=drugs,
            between=between,
            earlier=measured[one.earlier],
            reading=reading,
        )
        for one in told.changes
        for reading, output in _outputs(measured[one.later]).items()
        for between in dates[one.id]
    )


def _anyone(cohort: Cohort, told: Told, ages: np.ndarray, outputs: Sequence[str]) -> np.ndarray:
    """Return outputs [patients, ages, outputs] of people of whom only the disease is known."""
    other = anyone_like(told.case)
    people = draw_people(
        cohort.system,
        other,
        patients=min(ASIDE, len(cohort.people.parameters)),
        seed=told.seed,
        until_days=told.until,
        progress=cohort.progress,
        kernel=cohort.verdict.kernel,
        typical=told.typical,
    )
    schedule = schedule_of(cohort.system, other, until_days=float(ages[-1]))
    return follow(
        replace(cohort, people=people),
        schedule,
        ages,
        what="forecast from the disease alone",
        outputs=outputs,
    )[0]


def _under(
    cohort: Cohort, told: Told, given: frozenset[str], ages: np.ndarray, outputs: Sequence[str]
) -> np.ndarray:
    """Return outputs [patients, ages, outputs] when only these drugs are given."""
    kept = [one.id for one in told.case.course.treatments if one.drug in given]
    part = with_treatments(told.case, kept)
    schedule = schedule_of(cohort.system, part, until_days=float(ages[-1]))
    what = " and ".join(sorted(given)) or "no treatment"
    return follow(cohort, schedule, ages, what=f"attribution: {what}", outputs=outputs, first=ASIDE)[0]


def _factual(told: Told, ages: np.ndarray, outputs: Sequence[str]) -> np.ndarray:
    """Return outputs [patients, ages, outputs] of the run itself, in which every drug is given."""
    places = np.searchsorted(told.ages, ages)
    return np.stack([np.asarray(told.dataset[name])[:ASIDE, places] for name in outputs], axis=2)


def _dates(told: Told, change: Change) -> list[tuple[float, float]]:
    """Return the pairs of ages between which a change is attributed."""
    window = windows_of(told.case, told.dataset)[change.earlier].ages
    first, last = change.credibility[0][0], change.credibility[-1][0]
    starts = [one.start for one in told.case.course.treatments if one.start <= first]
    later = [max(starts) + years * YEAR for years in LATER_YEARS] if starts else []
    after = [told.nearest(age) for age in later if first < age <= last] or [last]
    return list(product(dict.fromkeys((float(window[0]), float(window[-1]))), after))


def _after_a_start(case: Case, window: Window | None) -> bool:
    return window is not None and any(one.start <= window.ages[0] for one in case.course.treatments)


def _earlier(told: Told, later: Measurement) -> Measurement | None:
    """Return the last value that makes a change with this one, or None."""
    known = [one.earlier for one in told.changes if one.later == later.id]
    return next((one for one in told.case.course.measurements if known and one.id == known[-1]), None)


def _outputs(measurement: Measurement) -> Mapping[str, str]:
    """Return by reading of the model the output that stands for a measured quantity."""
    output = quantity_of(measurement.quantity).output or ""
    if output in OTHER_OUTPUTS:
        return {READING: output, OTHER_READING: OTHER_OUTPUTS[output]}
    return {"": output}


def _read_as(dataset: xr.Dataset, measurement: Measurement, output: str) -> xr.Dataset:
    """Return the dataset with this output in the place of the one that stands for a quantity."""
    name = quantity_of(measurement.quantity).output or ""
    return dataset if output == name else dataset.drop_vars([name]).rename({output: name})
