"""Calibration: typical values drawn from their priors towards the `fit` targets, step by step, resumable."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from lekti.base.errors import InputError
from lekti.base.files import write_new_text
from lekti.base.provenance import checksum
from lekti.engine.kernel import Kernel
from lekti.population.ensemble import Observations, smooth
from lekti.population.forecast import Size, middles, shown_by
from lekti.population.judged import population_kernel
from lekti.population.people import Progress
from lekti.population.scale import scaled
from lekti.population.shipped import model_key
from lekti.population.target_words import readout_words, regimens
from lekti.population.targets import Target, shipped_targets
from lekti.population.typical import Typical, free_names, prior_typical

LEAST_DEVIATION = 0.02
"""SD of error below which no target is trusted, on the scale of scores; assumed."""

RANGE_SDS = 1.645
"""Half a published range counts as this many SDs."""


@dataclass(frozen=True)
class Settings:
    """How many sets, people in each, steps of the smoother, and the seed."""

    sets: int
    per_set: int
    steps: int
    seed: int


@dataclass(frozen=True, eq=False)
class Calibration:
    """Typical values before and after, and what they predict [sets, targets]; NaN where not plausible."""

    targets: tuple[Target, ...]
    seen: Observations
    before: Typical
    after: Typical
    predicted_before: np.ndarray
    predicted_after: np.ndarray
    kernel: Kernel

    @property
    def plausible(self) -> np.ndarray:
        """Return which sets after the calibration are plausible for every target."""
        return np.asarray(np.isfinite(self.predicted_after).all(axis=1))


def fit_targets(without: Collection[str] = ()) -> tuple[Target, ...]:
    """Return the shipped targets that a calibration uses: role `fit`, of the model's outputs.

    Rows about a parameter are left out, because the parameter's prior holds them already, and rows about the
    populations `without`. Raises `InputError` for a population that no row of role fit is about.
    """
    rows = [row for row in shipped_targets() if row.role == "fit"]
    known = sorted({row.population for row in rows})
    unknown = [one for one in without if one not in known]
    if unknown:
        raise InputError(f"No row of role fit is about '{unknown[0]}'", expected=f"one of {', '.join(known)}")
    found = tuple(
        row
        for row in rows
        if row.population not in without
        and readout_words()[row.readout].output
        and readout_words()[row.readout].kind != "parameter"
        and regimens()[row.regimen].modelled
    )
    if not found:
        raise InputError("No row of role fit is left", expected="at least one", fix="Leave out less")
    return found


def calibrate(
    folder: Path, settings: Settings, *, targets: Sequence[Target] | None = None, progress: Progress
) -> Calibration:
    """Run or resume a calibration that keeps its steps in a folder; the seed alone decides the result.

    `targets` are those of `fit_targets` if nothing else is said. Raises `InputError` for a target whose role
    is not `fit`, and for a folder that holds another calibration.
    """
    targets = fit_targets() if targets is None else tuple(targets)
    check_roles(targets)
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, settings, targets)
    seen = observations(targets)
    before = prior_typical(sets=settings.sets, seed=settings.seed)
    kernel = population_kernel(before, targets, seed=settings.seed).kernel
    done = smooth(
        before.scores,
        seen,
        steps=settings.steps,
        seed=settings.seed,
        predict=lambda step, scores: _predicted(
            folder / f"step_{step}.npz",
            scores,
            targets,
            settings,
            kernel=kernel,
            progress=_named(progress, step, settings),
        ),
    )
    after = Typical(before.names, done.scores)
    return Calibration(targets, seen, before, after, done.predicted_before, done.predicted_after, kernel)


def check_roles(targets: Sequence[Target]) -> None:
    """Raise `InputError` if a row enters a fit that must not."""
    for target in targets:
        if target.role != "fit":
            raise InputError(
                f"Target '{target.id}' has the role {target.role}", where=target.where, expected="fit"
            )


def observations(targets: Sequence[Target]) -> Observations:
    """Return observed values and the SD of their error on the scale of scores."""
    values = np.array([float(scaled(target, np.array([target.middle]))[0]) for target in targets])
    return Observations(values, np.array([_deviation(target) for target in targets]))


def _deviation(target: Target) -> float:
    readout = readout_words()[target.readout]
    study = readout.study_sd / 100.0 if readout.scale == "percent" else readout.study_sd
    width = 0.0
    if target.value is None:
        low, high = scaled(target, np.array([target.low, target.high]))
        width = float(high - low) / 2 / RANGE_SDS
    return float(np.sqrt(study**2 + width**2 + LEAST_DEVIATION**2))


def _predicted(
    path: Path,
    scores: np.ndarray,
    targets: Sequence[Target],
    settings: Settings,
    *,
    kernel: Kernel,
    progress: Progress,
) -> np.ndarray:
    """Return what each set predicts [sets, targets] from the file of a step, or simulate and write it."""
    known = _step(path, scores, (settings.sets, len(targets))) if path.exists() else None
    if known is not None:
        return known
    size = Size(settings.sets, settings.per_set, settings.seed)
    typical = Typical(free_names(), scores)
    shown = shown_by(targets, typical=typical, size=size, progress=progress, kernel=kernel)
    predicted = np.full((settings.sets, len(targets)), np.nan)
    for column, target in enumerate(targets):
        for one, value in middles(target, shown[target.id]).items():
            predicted[one, column] = scaled(target, np.array([value]))[0]
    part = path.with_suffix(".part.npz")
    np.savez(part, scores=scores, predicted=predicted)
    part.replace(path)
    return predicted


def _step(path: Path, scores: np.ndarray, shape: tuple[int, int]) -> np.ndarray | None:
    """Return what the file of a step holds for these scores, None for other scores.

    Raises `InputError` for a file that is damaged: nothing of a user is written over unasked.
    """
    try:
        with path.open("rb") as file, np.load(file) as kept:
            same, predicted = np.array_equal(kept["scores"], scores), np.asarray(kept["predicted"])
    except (OSError, EOFError, KeyError, ValueError, TypeError, BadZipFile, zlib.error) as error:
        raise _damaged(path) from error
    if not same:
        return None
    if predicted.shape != shape or predicted.dtype != np.float64:
        raise _damaged(path)
    return predicted


def _damaged(path: Path) -> InputError:
    return InputError(
        f"{path} is damaged", expected="a step that lekti calibrate wrote", fix="Remove it to take it again"
    )


def _named(progress: Progress, step: int, settings: Settings) -> Progress:
    """Return the progress of one step, under its own name."""
    name = f"step {step + 1} of {settings.steps + 1}"
    return lambda what, done, total: progress(name, done, total)


def _claim(folder: Path, settings: Settings, targets: Sequence[Target]) -> None:
    """Write what this folder calibrates, or refuse a folder that calibrates something else."""
    told = about(settings, targets)
    path = folder / "calibration.json"
    if not path.exists():
        _refuse_foreign(folder)
        write_new_text(path, json.dumps(told, indent=1) + "\n")
        return
    try:
        known = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        known = None
    if known != told:
        raise InputError(
            f"{folder} holds another calibration",
            expected="the same settings, model and targets",
            fix="Choose another --out, or remove the folder",
        )


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder with files of others, which a calibration could write over."""
    names = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
    if names:
        raise InputError(
            f"{folder} is not empty and holds no calibration ({', '.join(names[:3])})",
            expected="a new folder, or that of a calibration",
            fix="Choose another --out",
        )


def about(settings: Settings, targets: Sequence[Target]) -> Mapping[str, object]:
    """Return what a calibration rests on."""
    return {**asdict(settings), "model_key": model_key(), "targets_sha256": targets_checksum(targets)}


def targets_checksum(targets: Sequence[Target]) -> str:
    """Return the SHA-256 of what targets say, wherever they stand."""
    return checksum("\n".join(repr(replace(target, where="")) for target in targets))
