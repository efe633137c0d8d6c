"""Infections and hospital stays of each virtual patient, drawn by chance from hazards of their own course.

An event happens where the integral of its hazard since birth reaches the sum of as many Exp(1) draws. The
draws are those of the engine's random events (`lekti.engine.luck`): they depend on the seed, the patient and
the number of the event, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lekti.engine.luck import digest_of, shares, waiting_times
from lekti.model.system import System
from lekti.population.given import YEAR

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True)
class Kind:
    """A kind of infection: what is counted, its name, its hazard a year, and the share that is admitted."""

    output: str
    event: str
    hazard: str
    admitted: str


KINDS = (
    Kind("skin_infections", "skin infection", "skin_infection_rate", "skin_admitted"),
    Kind("airway_infections", "airway infection", "airway_infection_rate", "airway_admitted"),
    Kind(
        "bloodstream_infections",
        "bloodstream infection",
        "bloodstream_infection_rate",
        "bloodstream_admitted",
    ),
)

ADMISSIONS = "admissions"

LABELS = {
    "skin_infections": "Skin infections since birth, counted",
    "airway_infections": "Infections of the airways and all others since birth, counted",
    "bloodstream_infections": "Bloodstream infections since birth, counted",
    ADMISSIONS: "Hospital stays since birth, counted",
}
"""What is counted, with its long name."""

COUNTS = tuple(LABELS)


@dataclass(frozen=True, eq=False)
class Chances:
    """One kind of infection of some patients: ages in days [times], hazard a year [patients, times].

    `admitted` is the chance of each patient [patients] that an infection brings them into hospital.
    """

    ages: np.ndarray
    hazard: np.ndarray
    admitted: np.ndarray


def counted(
    dataset: xr.Dataset, parameters: np.ndarray, system: System, *, seed: int
) -> Mapping[str, xr.Variable]:
    """Return what is counted of every patient of a run since birth, dims (patients, times).

    `dataset` holds the hazards, `parameters` is [patients, parameters]. One without a course has NaN.
    """
    import xarray as xr

    ages = np.asarray(dataset["times"].values, dtype=float)
    found = {name: np.zeros((len(parameters), len(ages)), dtype=np.float32) for name in COUNTS}
    for kind in KINDS:
        chances = Chances(
            ages=ages,
            hazard=np.asarray(dataset[kind.hazard].values, dtype=float),
            admitted=parameters[:, system.parameters.index(kind.admitted)],
        )
        infections, stays = count(kind.event, chances, seed=seed, keys=np.arange(len(parameters)))
        found[kind.output] += infections
        found[ADMISSIONS] += stays
    return {
        name: xr.Variable(("patients", "times"), values, {"units": "1", "long_name": LABELS[name]})
        for name, values in found.items()
    }


def count(event: str, chances: Chances, *, seed: int, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how often an event happened until each age, and how often it was admitted, [patients, times].

    `keys` [patients] are the names of the patients. Ages must rise; nothing happens before the first.
    """
    reached = _integral(chances)
    most = float(np.nanmax(reached, initial=0.0))
    numbers = np.arange(int(most + 8.0 * np.sqrt(most)) + 20)
    moments = np.cumsum(waiting_times(seed, keys, digest_of(event), numbers), axis=1)
    stays = shares(seed, keys, digest_of(f"admission of a {event}"), numbers) < chances.admitted[:, None]
    so_far = np.concatenate([np.zeros((len(keys), 1)), np.cumsum(stays, axis=1)], axis=1)
    infections, admissions = np.full_like(reached, np.nan), np.full_like(reached, np.nan)
    for patient in np.flatnonzero(np.isfinite(reached).all(axis=1)):
        happened = np.searchsorted(moments[patient], reached[patient], side="right")
        infections[patient], admissions[patient] = happened, so_far[patient, happened]
    return infections, admissions


def _integral(chances: Chances) -> np.ndarray:
    """Return the integral of the hazard from the first age on, by trapezoids; below 0 it counts as 0."""
    hazard = np.maximum(chances.hazard, 0.0)
    steps = 0.5 * (hazard[:, 1:] + hazard[:, :-1]) * np.diff(chances.ages) / YEAR
    return np.concatenate([np.zeros((len(hazard), 1)), np.cumsum(steps, axis=1)], axis=1)
