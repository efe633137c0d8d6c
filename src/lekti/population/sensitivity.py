"""Global sensitivity: which numbers decide a prediction, by a screen (Morris) and shares of variance (Sobol).

The screen moves one number at a time over every number that varies (M. D. Morris, Technometrics 33:161,
1991). Those that matter most then become factors of their own, all others together one more factor, and the
variance of each readout is shared out (A. Saltelli and others, Computer Physics Communications 181:259,
2010). Both by the library SALib (DOI:10.18174/sesmo.18155).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lekti.base.errors import InputError, MachineError
from lekti.base.files import write_new_text
from lekti.base.provenance import checksum
from lekti.engine.kernel import Kernel
from lekti.engine.simulate import simulate
from lekti.model.netherton import model_checksum, netherton_system
from lekti.patients.case import Case
from lekti.population.factors import Factors, factors_of, people_at
from lekti.population.follow import TOLERANCE
from lekti.population.given import YEAR, planned, schedule_of
from lekti.population.people import Progress, with_healthy_twin, with_usual_ige

READOUTS = {"ige": "log", "itch_nrs": "as it is", "tewl": "log", "infection_rate": "log"}
"""Outputs, and whether shares are of the variance of the logarithm."""

OTHERS = "all others"
CHUNK = 128
LEVELS = 4
SCREEN_EDGE = 0.05
"""The screen moves a number between the 5th and the 95th percentile of its prior."""

MOST_LOST = 0.01
"""Share of people no solver could follow above which nothing is said; fewer count as the median."""


@dataclass(frozen=True)
class Settings:
    """Trajectories of the screen, numbers that go on, base samples of stage two (a power of 2), the seed."""

    trajectories: int
    factors: int
    samples: int
    seed: int


@dataclass(frozen=True)
class Index:
    """Share of the variance of one factor, alone and with all it works with; half a 95 % interval each."""

    name: str
    alone: float
    alone_half: float
    total: float
    total_half: float


@dataclass(frozen=True)
class Answer:
    """One readout under one plan: its indices in falling order of the total, and its 90 % range."""

    plan: str
    readout: str
    indices: tuple[Index, ...]
    range90: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What was found; `screen` is the largest effect of each number, in SDs of a readout."""

    case: Case
    age_days: float
    settings: Settings
    screen: Mapping[str, float]
    answers: tuple[Answer, ...]
    people: int
    lost: int


def sensitivity(case: Case, folder: Path, settings: Settings, *, progress: Progress) -> Sensitivity:
    """Run or resume an analysis that keeps its steps in a folder; the seed alone decides the result.

    Read off one year after the last treatment begins (at one year of age without any), with and without the
    treatments. Raises `InputError` for a folder that holds another analysis, `MachineError` if more than
    `MOST_LOST` of the people could not be followed.
    """
    factors, age = factors_of(case), read_off_days(case)
    _claim(folder, case, settings)
    lab = _Lab(factors, age, folder, progress)
    screen = _screen(lab, settings)
    chosen = sorted(screen, key=lambda name: -screen[name])[: settings.factors]
    problem, shares = _second_sample(factors, chosen, settings)
    values, lost = _without_lost(lab.run("sobol", shares))
    answers = tuple(
        _answer(problem, plan, readout, values[:, place, column], settings)
        for place, plan in enumerate(lab.plans)
        for column, readout in enumerate(READOUTS)
    )
    return Sensitivity(case, age, settings, screen, answers, len(shares), lost)


def read_off_days(case: Case) -> float:
    """Return the age in days at which readouts are read off."""
    return max([one.start for one in case.course.treatments], default=0.0) + YEAR


@dataclass(frozen=True, eq=False)
class _Lab:
    factors: Factors
    age: float
    folder: Path
    progress: Progress

    @property
    def plans(self) -> tuple[str, ...]:
        return ("untreated", "the course") if self.factors.case.course.treatments else ("untreated",)

    def run(self, stage: str, shares: np.ndarray) -> np.ndarray:
        """Return readouts [people, plans, readouts] of each row of shares, chunk by chunk from the folder."""
        found: list[np.ndarray] = []
        for start in range(0, len(shares), CHUNK):
            part = shares[start : start + CHUNK]
            path = self.folder / f"{stage}_{start // CHUNK:04d}.npz"
            found.append(_kept(path, part) if path.exists() else self._made(path, part))
            self.progress(f"stage {stage}", start + len(part), len(shares))
        return np.concatenate(found)

    def _made(self, path: Path, shares: np.ndarray) -> np.ndarray:
        values = _followed(self.factors, shares, self.age, treated=len(self.plans) == 2)
        part = path.with_suffix(".part.npz")
        np.savez(part, shares=shares, values=values)
        part.replace(path)
        return values


def _kept(path: Path, shares: np.ndarray) -> np.ndarray:
    with np.load(path) as kept:
        if not np.array_equal(kept["shares"], shares):
            raise InputError(f"{path} belongs to another analysis", fix="Choose another --out")
        return np.asarray(kept["values"])


def _followed(factors: Factors, shares: np.ndarray, age: float, *, treated: bool) -> np.ndarray:
    """Return readouts [people, plans, readouts] at an age; NaN for people no solver could follow."""
    system, kernel = netherton_system(), Kernel()
    case = factors.case
    matrix = with_healthy_twin(system, people_at(system, factors, shares), kernel)
    matrix, _, ends = with_usual_ige(system, matrix, case, age, kernel)
    age_start = system.defaults[system.parameters.index("age_start")]
    plans = (planned(case, "none"), case) if treated else (planned(case, "none"),)
    values = np.full((len(shares), len(plans), len(READOUTS)), np.nan)
    able = np.array([end.ok for end in ends.outcomes])
    for place, one in enumerate(plans):
        run = simulate(
            system,
            matrix[able],
            times=[age - age_start],
            doses=schedule_of(system, one, until_days=age).doses(system, matrix[able]),
            outputs=list(READOUTS),
            solver=kernel,
            tolerance=TOLERANCE,
        )
        solved = np.array([outcome.ok for outcome in run.outcomes])
        values[able, place] = np.where(solved[:, np.newaxis], run.values[:, 0], np.nan)
    return values


def _screen(lab: _Lab, settings: Settings) -> Mapping[str, float]:
    """Return by name the largest mean size of an elementary effect, in SDs of the readout it acts on."""
    from SALib.analyze import morris as analysis
    from SALib.sample import morris

    names = list(lab.factors.names)
    problem = {
        "num_vars": len(names),
        "names": names,
        "bounds": [[SCREEN_EDGE, 1 - SCREEN_EDGE]] * len(names),
    }
    shares = np.asarray(
        morris.sample(problem, settings.trajectories, num_levels=LEVELS, seed=settings.seed + 1)
    )
    values, _ = _without_lost(lab.run("screen", shares))
    largest = np.zeros(len(names))
    for plan in range(values.shape[1]):
        for column, scale in enumerate(READOUTS.values()):
            seen = _scaled(values[:, plan, column], scale)
            effects = analysis.analyze(
                problem, shares, seen / seen.std(), num_levels=LEVELS, seed=settings.seed + 1
            )
            largest = np.maximum(largest, np.nan_to_num(np.asarray(effects["mu_star"], dtype=np.float64)))
    return dict(zip(names, (float(one) for one in largest), strict=True))


def _second_sample(
    factors: Factors, chosen: list[str], settings: Settings
) -> tuple[dict[str, Any], np.ndarray]:
    """Return the problem and its sample: one group for each chosen number, one for all others."""
    from SALib.sample import sobol

    names = list(factors.names)
    groups = [name if name in chosen else OTHERS for name in names]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names), "groups": groups}
    shares = sobol.sample(problem, settings.samples, calc_second_order=False, seed=settings.seed + 1)
    return problem, np.asarray(shares)


def _answer(
    problem: dict[str, Any], plan: str, readout: str, values: np.ndarray, settings: Settings
) -> Answer:
    from SALib.analyze import sobol

    seen = _scaled(values, READOUTS[readout])
    found = sobol.analyze(
        problem, (seen - seen.mean()) / seen.std(), calc_second_order=False, seed=settings.seed + 1
    )
    groups = dict.fromkeys(problem["groups"])
    columns = [np.asarray(found[name], dtype=np.float64) for name in ("S1", "S1_conf", "ST", "ST_conf")]
    indices = [
        Index(name, *(float(column[place]) for column in columns)) for place, name in enumerate(groups)
    ]
    low, high = (float(one) for one in np.quantile(values, [0.05, 0.95]))
    return Answer(plan, readout, tuple(sorted(indices, key=lambda one: -one.total)), (low, high))


def _scaled(values: np.ndarray, scale: str) -> np.ndarray:
    return np.log(values) if scale == "log" else values


def _without_lost(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Return values with the median in place of people no solver could follow, and how many those are."""
    lost = np.asarray(~np.isfinite(values).all(axis=(1, 2)))
    if lost.mean() > MOST_LOST:
        raise MachineError(
            f"{int(lost.sum())} of {len(values)} people could not be followed",
            expected=f"at most {100 * MOST_LOST:g} %",
        )
    filled = np.where(lost[:, np.newaxis, np.newaxis], np.median(values[~lost], axis=0), values)
    return filled, int(lost.sum())


def _claim(folder: Path, case: Case, settings: Settings) -> None:
    """Write what this folder analyses, or refuse a folder that analyses something else."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {**asdict(settings), "case_sha256": checksum(repr(case)), "model_sha256": model_checksum()}
    path = folder / "sensitivity.json"
    if not path.exists():
        write_new_text(path, json.dumps(told, indent=1) + "\n")
        return
    try:
        known = json.loads(path.read_text("utf-8"))
    except ValueError:
        known = None
    if known != told:
        raise InputError(
            f"{folder} holds another analysis",
            expected="the same settings, case and model",
            fix="Choose another --out, or remove the folder",
        )
