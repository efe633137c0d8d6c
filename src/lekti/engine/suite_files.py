"""The files of one case of the SBML Test Suite: what to simulate, and what should come out."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lekti.base.errors import InputError, shown
from lekti.base.files import read_user_text

MOST_BYTES = 20_000_000
MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Settings:
    """The time course to simulate, the variables to write, and how far off a value may be.

    `amounts` and `concentrations` name the species that are written as an amount or a concentration; any
    other variable is written as the model means it.
    """

    start: float
    duration: float
    steps: int
    variables: tuple[str, ...]
    amounts: frozenset[str]
    concentrations: frozenset[str]
    absolute: float
    relative: float

    def times(self) -> np.ndarray:
        """Return the output times."""
        return self.start + self.duration * np.arange(self.steps + 1) / self.steps


def read_settings(path: Path) -> Settings:
    """Read a settings file (`NNNNN-settings.txt`); raise `InputError` for a line that cannot be used."""
    text = read_user_text(path, limit_bytes=MOST_BYTES, noun="settings file")
    said: dict[str, tuple[str, str]] = {}
    for line, content in enumerate(text.splitlines(), start=1):
        key, colon, value = content.partition(":")
        if colon:
            said[key.strip()] = (value.strip(), f"{path}:{line}")
    steps = _number(said, "steps", path, least=1)
    if steps != int(steps) or steps > MOST_STEPS:
        raise InputError(f"steps {steps:g}", where=said["steps"][1], expected=f"1 to {MOST_STEPS:,}")
    duration = _number(said, "duration", path)
    if duration == 0.0:
        raise InputError("duration 0", where=said["duration"][1], expected="a number above 0")
    names = _names(said, "variables")
    if not names:
        raise InputError(
            "No variables are named", where=str(path), expected="a line such as variables: S1, S2"
        )
    return Settings(
        start=_number(said, "start", path),
        duration=duration,
        steps=int(steps),
        variables=names,
        amounts=frozenset(_names(said, "amount")),
        concentrations=frozenset(_names(said, "concentration")),
        absolute=_number(said, "absolute", path),
        relative=_number(said, "relative", path),
    )


def read_results(path: Path) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the variables and the expected values [times, 1 + variables] of a results file."""
    text = read_user_text(path, limit_bytes=MOST_BYTES, noun="results file")
    rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    names = tuple(name.strip() for name in rows[0][1:])
    values: list[list[float]] = []
    for line, row in enumerate(rows[1:], start=2):
        try:
            values.append([float(cell) for cell in row])
        except ValueError as error:
            what = f"{shown(str(error))}"
            raise InputError(what, where=f"{path}:{line}", expected="numbers, INF or NaN") from error
        if len(row) != len(rows[0]):
            raise InputError(f"{len(row)} values", where=f"{path}:{line}", expected=f"{len(rows[0])}")
    if not values:
        raise InputError("The file holds no values", where=str(path), expected="a row per time")
    return names, np.array(values)


def results_text(names: tuple[str, ...], times: np.ndarray, values: np.ndarray) -> str:
    """Return a results file: a header, then one row per time, numbers with all their digits."""
    lines = [",".join(("time", *names))]
    lines += [",".join(_written(x) for x in (t, *row)) for t, row in zip(times, values, strict=True)]
    return "\n".join(lines) + "\n"


def _written(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return repr(float(value))


def _number(said: Mapping[str, tuple[str, str]], key: str, path: Path, least: float = 0.0) -> float:
    if key not in said:
        raise InputError(f"'{key}' is missing", where=str(path), expected=f"a line {key}: NUMBER")
    text, where = said[key]
    try:
        value = float(text)
    except ValueError as error:
        raise InputError(f"{key} '{shown(text)}'", where=where, expected="a number") from error
    if not (math.isfinite(value) and value >= least):
        raise InputError(f"{key} {value:g}", where=where, expected=f"a number of at least {least:g}")
    return value


def _names(said: Mapping[str, tuple[str, str]], key: str) -> tuple[str, ...]:
    text = said.get(key, ("", ""))[0]
    return tuple(name for name in (part.strip() for part in text.split(",")) if name)
