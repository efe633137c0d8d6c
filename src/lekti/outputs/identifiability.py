"""Practical identifiability: how much a calibration narrowed the prior of each number, against chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from lekti.base.errors import InputError
from lekti.base.provenance import USE
from lekti.model.parameters import load_parameters
from lekti.outputs.numbers import THIN
from lekti.population.typical import SETTING, Typical

NARROWED, AS_BEFORE, NOT_MOVED = "narrowed", "as before", "not moved"
SURE = 2.0
"""A narrowing counts as more than chance beyond this many SDs of what chance does."""


@dataclass(frozen=True)
class Known:
    """One number that varies: the SD left of its typical value, and how far its middle moved.

    The second is in SDs of the prior. Both are None for a number with a source, which is left as published.
    """

    id: str
    module: str
    provenance: str
    left: float | None
    moved: float | None
    verdict: str


@dataclass(frozen=True, eq=False)
class Identifiability:
    """Every number that varies, the SD that chance alone gives to the ratio, and where it was calibrated."""

    rows: tuple[Known, ...]
    chance: float
    sets: int
    origin: str

    @property
    def limit(self) -> float:
        """The ratio below which a narrowing counts as more than chance."""
        return 1.0 - SURE * self.chance

    def count(self, verdict: str) -> int:
        """Return how many numbers have a verdict."""
        return sum(one.verdict == verdict for one in self.rows)


def identifiability(typical: Typical, about: Mapping[str, object]) -> Identifiability:
    """Return what a calibration says of each number; `about` as `read_typical` gives it.

    Data can only narrow a prior, so ratios above 1 show what chance does; ratios below are judged by it.
    Raises `InputError` for typical values that do not say how they were narrowed.
    """
    left = _spread_left(about)
    above = np.array([value - 1.0 for value in left.values() if value > 1.0])
    chance = float(np.sqrt(np.mean(above**2))) if len(above) else 0.0
    middles = dict(zip(typical.names, (float(one) for one in typical.scores.mean(axis=0)), strict=True))
    rows = [_row(name, left, middles, 1.0 - SURE * chance) for name in _names(typical)]
    ordered = sorted(rows, key=lambda one: (one.left is None, one.left or 0.0, one.id))
    return Identifiability(tuple(ordered), chance, len(typical.scores), typical.origin)


def identifiability_object(found: Identifiability) -> dict[str, object]:
    """Return the table as plain data."""
    return {
        "use": USE,
        "calibration": found.origin,
        "sets": found.sets,
        "chance_sd": round(found.chance, 4),
        "narrowed_below": round(found.limit, 4),
        "narrowed": found.count(NARROWED),
        "as_before": found.count(AS_BEFORE),
        "not_moved": found.count(NOT_MOVED),
        "numbers": [asdict(one) for one in found.rows],
    }


def identifiability_text(found: Identifiability) -> str:
    """Return the table and what it comes to, as lines."""
    lines = [f"{'number':<34}{'module':<14}{'SD left':>8}{'moved, SDs':>12}  verdict", "─" * 82]
    for one in found.rows:
        left, moved = cells(one)
        lines.append(f"{one.id[:33]:<34}{one.module:<14}{left:>8}{moved:>12}  {one.verdict}")
    return "\n".join([*lines, "", summary(found)])


def cells(one: Known) -> tuple[str, str]:
    """Return the two numbers of a row as printed."""
    left = "-" if one.left is None else f"{one.left:.2f}"
    moved = "-" if one.moved is None else f"{one.moved:+.2f}".replace("-", "−")
    return left, moved


def summary(found: Identifiability) -> str:
    """Return what the table comes to in words."""
    return (
        f"Of {len(found.rows)} numbers that vary, data narrowed {found.count(NARROWED)} by more than chance "
        f"does (SD left below {found.limit:.2f}; chance alone: {100 * found.chance:.0f}{THIN}% of the SD), "
        f"{found.count(AS_BEFORE)} keep their prior, and {found.count(NOT_MOVED)} have a source and are not "
        "moved."
    )


def _names(typical: Typical) -> Sequence[str]:
    varying = [one.id for one in load_parameters() if one.prior.varies]
    return [*varying, *(name for name in typical.names if name.startswith(SETTING))]


def _row(name: str, left: Mapping[str, float], middles: Mapping[str, float], limit: float) -> Known:
    owners = {one.id: one for one in load_parameters()}
    owner = owners[name.removeprefix(SETTING)]
    if name not in left:
        return Known(name, owner.module, owner.provenance, None, None, NOT_MOVED)
    verdict = NARROWED if left[name] < limit else AS_BEFORE
    provenance = "assumed" if name.startswith(SETTING) else owner.provenance
    return Known(name, owner.module, provenance, left[name], middles.get(name, 0.0), verdict)


def _spread_left(about: Mapping[str, object]) -> Mapping[str, float]:
    fit = about.get("fit")
    found = fit.get("spread_left") if isinstance(fit, dict) else None  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(found, dict):
        raise InputError("These typical values do not say what was narrowed", fix="Run lekti calibrate again")
    return {str(name): float(str(value)) for name, value in found.items()}  # pyright: ignore[reportUnknownArgumentType]
