"""Other simulators as judges: the same SBML, the same times, and the worst relative difference."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lekti.base.errors import InputError, MachineError
from lekti.engine.kernel import Kernel
from lekti.engine.run import Tolerance
from lekti.engine.simulate import simulate
from lekti.model.assemble import assemble_sbml
from lekti.model.netherton import netherton_system

ALLOWED = 1e-4
"""Largest relative difference between simulators, relative to the largest value of each output."""

TIGHT = 1e-8


@dataclass(frozen=True)
class Comparison:
    """The worst relative difference over the outputs, and the output that has it."""

    simulator: str
    version: str
    outputs: tuple[str, ...]
    days: float
    worst: float
    worst_output: str

    @property
    def agrees(self) -> bool:
        """Whether no output differs by more than `ALLOWED`."""
        return self.worst <= ALLOWED

    def sentence(self) -> str:
        """Return the finding in one sentence."""
        return (
            f"{self.simulator} {self.version} and lekti differ by at most {self.worst:.1e} "
            f"of the largest value ({self.worst_output}) in {len(self.outputs)} outputs "
            f"over {self.days:g} days."
        )

    def as_object(self) -> dict[str, object]:
        """Return the finding as plain data."""
        return {
            "simulator": self.simulator, "version": self.version, "outputs": list(self.outputs),
            "days": self.days, "worst": self.worst, "worst_output": self.worst_output,
            "allowed": ALLOWED, "agrees": self.agrees,
        }  # fmt: skip


def compare_with(simulator: str, *, years: float = 8.0, points: int = 101) -> Comparison:
    """Simulate the exported SBML in another simulator and here, untreated and with default parameters.

    The difference of an output is its largest absolute difference over its largest value. Raises
    `MachineError` if the simulator is not installed.
    """
    judges: Mapping[str, tuple[Judge, str, str]] = {
        "roadrunner": (_roadrunner, "roadrunner", "libroadrunner"),
        "copasi": (_copasi, "basico", "copasi-basico"),
    }
    if simulator not in judges:
        raise InputError(f"Simulator '{simulator}' is not known", expected=" or ".join(judges))
    if not 0 < years <= 100:
        raise InputError(f"{years} years", expected="above 0, at most 100")
    judge, *package = judges[simulator]
    found = _package(*package)
    system = netherton_system()
    times = np.linspace(0.0, years * 365.25, points)
    outputs = tuple(name for name in (*system.states, *(name for name, _ in system.assignments)))
    theirs = judge(found, assemble_sbml(), times, outputs)
    run = simulate(
        system,
        system.parameter_row(),
        times=times,
        outputs=outputs,
        tolerance=Tolerance(relative=1e-7),
        solver=Kernel(),
    )
    scale = np.maximum(np.abs(theirs).max(axis=0), 1e-9)
    difference = np.abs(run.values[0] - theirs).max(axis=0) / scale
    worst = int(np.nanargmax(difference))
    return Comparison(
        simulator, str(found.__version__), outputs, float(times[-1]), float(difference[worst]), outputs[worst]
    )


Judge = Callable[[Any, str, np.ndarray, Sequence[str]], np.ndarray]


def _roadrunner(roadrunner: Any, sbml: str, times: np.ndarray, outputs: Sequence[str]) -> np.ndarray:
    roadrunner.Logger.setLevel(roadrunner.Logger.LOG_FATAL)
    runner = roadrunner.RoadRunner(sbml)
    runner.integrator.relative_tolerance = TIGHT
    runner.integrator.absolute_tolerance = 1e-12
    runner.integrator.maximum_num_steps = 1_000_000
    runner.timeCourseSelections = list(outputs)
    return np.array(runner.simulate(times[0], times[-1], len(times)))


def _copasi(basico: Any, sbml: str, times: np.ndarray, outputs: Sequence[str]) -> np.ndarray:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "netherton.xml"
        file.write_text(sbml, encoding="utf-8")
        model = basico.load_model(str(file))
    try:
        table = basico.run_time_course(
            duration=float(times[-1]),
            intervals=len(times) - 1,
            r_tol=TIGHT,
            a_tol=1e-14,
            max_steps=10_000_000,
            use_numbers=False,
            model=model,
        )
        columns: Mapping[str, Any] = {_bare(str(name)): table[name] for name in table.columns}
        return np.column_stack([columns[name].to_numpy() for name in outputs])
    finally:
        basico.remove_datamodel(model)


def _bare(column: str) -> str:
    return column.removeprefix("Values[").removesuffix("]")


def _package(name: str, distribution: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MachineError(
            f"{distribution} is not installed", fix='Install it with pip install "lekti[judges]"'
        ) from error
