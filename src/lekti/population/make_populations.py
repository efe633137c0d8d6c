"""Make the virtual populations of a calibration: plausible people, selected to the published spread."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lekti.base.errors import InputError, MachineError
from lekti.base.seeds import patient_shares
from lekti.engine.kernel import Kernel
from lekti.model.netherton import netherton_system
from lekti.population.calibrate import fit_targets
from lekti.population.forecast import Size, forecasts, shown_by
from lekti.population.group_file import read_group, write_group
from lekti.population.groups import TRIES, Group, draw_group
from lekti.population.people import Progress
from lekti.population.score import TAIL, is_inside
from lekti.population.select import Selection, Spread, selection
from lekti.population.shipped import (
    POPULATIONS,
    TYPICAL_FILE,
    model_key,
    population_file,
    population_key,
    shipped_folder,
)
from lekti.population.target_words import population_kinds, readout_words
from lekti.population.targets import Target
from lekti.population.typical import Typical, read_typical

NO_SPREAD = "no spread between people is published among the rows of role fit: nothing to select on"


@dataclass(frozen=True)
class Made:
    """What making one population gave: how many were drawn, plausible and kept, and what they are worth."""

    population: str
    draws: int
    plausible: int
    kept: int
    effective: float
    selected_on: tuple[str, ...]

    @property
    def acceptance(self) -> float:
        """The share of draws that are in the file."""
        return self.kept / self.draws


def make_populations(
    folder: Path, typical: Typical, size: Size, *, kernel: Kernel, progress: Progress
) -> tuple[Made, ...]:
    """Make every population that ships, or take those that the folder already holds for the same settings.

    A population depends on its typical values, its kind and `size` alone.
    """
    made: list[Made] = []
    for place, population in enumerate(POPULATIONS):
        path = population_file(folder, population)
        made.append(_held(path, typical, size) or _make(path, population, typical, size, kernel))
        progress("making populations", place + 1, len(POPULATIONS))
    return tuple(made)


def spread_targets(population: str) -> tuple[Target, ...]:
    """Return the rows of role fit that give the spread of a level between the people of a population."""
    return tuple(
        row
        for row in fit_targets()
        if row.population == population and row.spread > 0 and readout_words()[row.readout].kind == "level"
    )


def ship(folder: Path) -> tuple[str, ...]:
    """Copy a finished calibration into the package; returns the names of the files.

    Raises `InputError` if the folder holds none, or one of another model.
    """
    names = (TYPICAL_FILE, *(population_file(folder, name).name for name in POPULATIONS))
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise InputError(f"{folder} has no {missing[0]}", expected="a folder of a finished lekti calibrate")
    typical, about = read_typical(folder / TYPICAL_FILE)
    same = about.get("model_key") == model_key()
    for name in POPULATIONS:
        told = read_group(population_file(folder, name), netherton_system())[1]
        same &= told.get("typical_sha256") == typical.origin
        same &= told.get("population_key") == population_key(name)
    if not same:
        raise InputError(f"{folder} was calibrated on another model", expected="the model as it is now")
    _copy(folder, shipped_folder(), names)
    return names


def check_shippable() -> None:
    """Raise `MachineError` if the package cannot be written, before any work is done."""
    target = shipped_folder()
    if not os.access(target, os.W_OK):
        raise MachineError(f"{target} cannot be written", fix="Leave --ship out, or install lekti elsewhere")


def _copy(folder: Path, target: Path, names: Sequence[str]) -> None:
    """Copy files beside those they replace first, so that a full disk leaves all of them as they were."""
    parts = {name: target / f"{name}.part" for name in names}
    try:
        for name, part in parts.items():
            part.write_bytes((folder / name).read_bytes())
        for name, part in parts.items():
            part.replace(target / name)
    except OSError as error:
        raise MachineError(
            f"{target} cannot be written: {error.strerror}", fix=f"The calibration stays in {folder}"
        ) from error
    finally:
        for part in parts.values():
            if part.is_file():
                part.unlink()


def _held(path: Path, typical: Typical, size: Size) -> Made | None:
    """Return what a file says it is, None if it is missing or made of something else."""
    if not path.is_file():
        return None
    about = read_group(path, netherton_system())[1]
    if any(about.get(name) != value for name, value in _rests_on(path.stem, typical, size).items()):
        return None
    return _told(about)


def _told(about: Mapping[str, object]) -> Made:
    numbers = {name: about[name] for name in ("draws", "plausible", "kept", "effective")}
    draws, plausible, kept, effective = (float(str(value)) for value in numbers.values())
    chosen = about["selected_on"]
    ids = tuple(str(one) for one in chosen) if isinstance(chosen, list) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return Made(str(about["population"]), int(draws), int(plausible), int(kept), effective, ids)


def _rests_on(population: str, typical: Typical, size: Size) -> dict[str, object]:
    return {
        "typical_sha256": typical.origin,
        "population_key": population_key(population),
        "sets": size.sets,
        "people_per_set": size.per_set,
        "seed": size.seed,
    }


def _make(path: Path, population: str, typical: Typical, size: Size, kernel: Kernel) -> Made:
    system, kind = netherton_system(), population_kinds()[population]
    drawn = draw_group(
        system, kind, typical=typical, sets=size.sets, per_set=size.per_set, seed=size.seed, kernel=kernel
    )
    broken = np.unique(drawn.sets[drawn.tries == 0])
    whole = drawn.part(np.flatnonzero(~np.isin(drawn.sets, broken)))
    if not len(whole.tries):
        raise MachineError(
            f"No set of typical values gives a whole population {population}", fix="Raise --each"
        )
    rows = spread_targets(population)
    chosen = _selected(whole, rows, typical, size, kernel)
    kept = patient_shares(size.seed, np.arange(len(whole.tries)), f"{population} selection") < chosen.chances
    group = whole.part(np.flatnonzero(kept))
    draws = int(drawn.tries.sum() + TRIES * (drawn.tries == 0).sum())
    made = Made(
        population, draws, len(whole.tries), len(group.tries), chosen.effective, tuple(row.id for row in rows)
    )
    told = {
        **_rests_on(population, typical, size),
        **{name: getattr(made, name) for name in ("draws", "plausible", "kept", "effective")},
        "acceptance": made.acceptance,
        "selected_on": list(made.selected_on),
        "selection": "ratio of densities (DOI:10.1002/psp4.12063)" if rows else NO_SPREAD,
        "fit": _fit(group, typical, size, kernel),
    }
    write_group(group, system, path, about=told)
    return made


def _selected(
    whole: Group, rows: Sequence[Target], typical: Typical, size: Size, kernel: Kernel
) -> Selection:
    if not rows:
        return selection(np.empty((len(whole.tries), 0)), ())
    shown = shown_by(
        rows,
        typical=typical,
        size=size,
        progress=lambda what, done, total: None,
        kernel=kernel,
        ready=lambda kind: whole,
    )
    values = np.stack([shown[row.id].values.mean(axis=1) for row in rows], axis=1)
    return selection(values, [Spread(row.middle, row.spread) for row in rows])


def _fit(group: Group, typical: Typical, size: Size, kernel: Kernel) -> list[dict[str, object]]:
    """Return what the people show of the rows of role fit about their population."""
    rows = [row for row in fit_targets() if row.population == group.kind.id]
    found = forecasts(
        rows,
        typical=typical,
        size=size,
        progress=lambda what, done, total: None,
        kernel=kernel,
        ready=lambda kind: group,
    )
    return [
        {
            "id": one.target.id,
            "observed": one.target.middle,
            "median": one.quantile(0.5),
            "low": one.quantile(TAIL),
            "high": one.quantile(1 - TAIL),
            "inside": bool(is_inside(one)),
        }
        for one in found
    ]
