"""The SBML Test Suite: simulate one case as its settings say, and judge it by the suite's own rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lekti.base.errors import InputError, LektiError
from lekti.base.files import read_user_text
from lekti.engine.problem import Solver
from lekti.engine.run import OK, Outcome, Tolerance
from lekti.engine.simulate import simulate
from lekti.engine.suite_files import MOST_BYTES, Settings, read_results, read_settings
from lekti.model.read_sbml import SbmlModel, read_sbml_model
from lekti.model.sbml_document import NotHeldError

TIGHTER = 1e-2
"""The solver gets a hundredth of the tolerance that the case allows, and at most 1e-6."""


@dataclass(frozen=True)
class Verdict:
    """What became of a case: passed, refused or failed, the reason, and which engine solved it."""

    case: str
    verdict: str
    reason: str = ""
    engine: str = ""

    def as_object(self) -> dict[str, str]:
        """Return case, reason and engine as plain data."""
        return {"case": self.case, "reason": self.reason, "engine": self.engine}


def case_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders of the cases in a folder, or the folder itself if it is one case."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder", expected="a folder of SBML Test Suite cases")
    if _model_file(folder) is not None:
        return (folder,)
    found = tuple(sorted(path for path in folder.iterdir() if path.is_dir() and _model_file(path)))
    if not found:
        raise InputError(f"{folder} holds no cases", expected="folders such as 00001 with an SBML file")
    return found


def judged(folders: tuple[Path, ...], solver: Solver, name: str) -> Iterator[Verdict]:
    """Yield the verdict of each case in turn; `name` is what the solver is called."""
    for folder in folders:
        yield judge_case(folder, solver, name)


def judge_case(folder: Path, solver: Solver, engine: str) -> Verdict:
    """Simulate one case and compare every value with the expected one.

    A value passes if |value - expected| <= absolute + relative * |expected|; infinities and NaN must agree.
    """
    case = folder.name
    try:
        model = read_model_file(_only_model_file(folder))
        settings = read_settings(folder / f"{case}-settings.txt")
        names, expected = read_results(folder / f"{case}-results.csv")
        values, outcome = case_values(model, settings, solver)
    except NotHeldError as refusal:
        return Verdict(case, "refused", refusal.construct)
    except LektiError as error:
        return Verdict(case, "failed", error.sentence())
    if not outcome.ok:
        return Verdict(case, "failed", outcome.reason, engine)
    used = "reference" if outcome.code == "ok_reference" else engine
    reason = _difference(settings, names, expected, values)
    if reason:
        return Verdict(case, "failed", reason, used)
    return Verdict(case, "passed", outcome.reason, used)


def read_model_file(path: Path) -> SbmlModel:
    """Read an SBML file, or Antimony text in a file that ends in .ant."""
    text = read_user_text(path, limit_bytes=MOST_BYTES, noun="model file")
    if path.suffix == ".ant":
        from lekti.model.read_antimony import sbml_of_antimony

        text = sbml_of_antimony(text, name=path.name)
    return read_sbml_model(text, name=path.name)


def case_values(model: SbmlModel, settings: Settings, solver: Solver) -> tuple[np.ndarray, Outcome]:
    """Return the values [times, variables] that the settings ask for, and how the simulation ended."""
    wanted = [_wanted(model, settings, variable) for variable in settings.variables]
    outputs = tuple(dict.fromkeys(name for column in wanted for name in column if name))
    tolerance = Tolerance(
        relative=min(max(settings.relative * TIGHTER, 1e-9), 1e-6),
        absolute=min(max(settings.absolute * 1e-4, 1e-16), 1e-12),
    )
    run = simulate(
        model.system,
        model.system.parameter_row(),
        times=settings.times(),
        outputs=outputs,
        tolerance=tolerance,
        solver=solver,
        threads=1,
    )
    columns = dict(zip(outputs, run.values[0].T, strict=True))
    with np.errstate(all="ignore"):
        table = [
            columns[name] * (columns[times] if times else 1.0) / (columns[over] if over else 1.0)
            for name, times, over in wanted
        ]
    return np.column_stack(table), run.outcomes[0] if run.outcomes else OK


def _wanted(model: SbmlModel, settings: Settings, variable: str) -> tuple[str, str, str]:
    """Return the name of a variable, the volume to multiply it with, and the volume to divide it by."""
    name = model.name_of(variable)
    if name not in model.system.names():
        raise InputError(f"The model has no variable '{variable}'", expected="an id of the model")
    compartment, is_amount = model.species.get(variable, ("", True))
    volume = model.name_of(compartment)
    if variable in settings.amounts and compartment and not is_amount:
        return name, volume, ""
    if variable in settings.concentrations and compartment and is_amount:
        return name, "", volume
    return name, "", ""


def _difference(settings: Settings, names: tuple[str, ...], expected: np.ndarray, values: np.ndarray) -> str:
    """Return where the values are furthest from what is allowed; empty if nowhere."""
    missing = [name for name in names if name not in settings.variables]
    if missing or len(expected) != len(values):
        return f"{len(expected)} rows of {', '.join(names)} are expected"
    here = values[:, [settings.variables.index(name) for name in names]]
    there = expected[:, 1:]
    with np.errstate(all="ignore"):
        same = (here == there) | (np.isnan(here) & np.isnan(there))
        excess = np.abs(here - there) - (settings.absolute + settings.relative * np.abs(there))
    bad = ~same & ~(excess <= 0.0)
    if not bad.any():
        return ""
    row, column = np.argwhere(bad)[0]
    return (
        f"{names[column]} at time {expected[row, 0]:g} is {here[row, column]:.6g}, "
        f"expected {there[row, column]:.6g} ({int(bad.sum())} values differ)"
    )


def _model_file(folder: Path) -> Path | None:
    found = sorted(folder.glob(f"{folder.name}-sbml-*.xml"))
    return found[-1] if found else None


def _only_model_file(folder: Path) -> Path:
    found = _model_file(folder)
    if found is None:
        raise InputError(f"{folder} holds no SBML file", expected=f"{folder.name}-sbml-l3v2.xml or alike")
    return found
