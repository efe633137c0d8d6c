"""Float32 stages under the eye of doubles: some patients of a call are solved both ways before the rest."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.kernel_limits import foreign_to_kernel
from lekti.engine.precision import MIXED
from lekti.engine.problem import Problem, Solution, checked_problem
from lekti.engine.run import Tolerance
from lekti.model.system import System


@dataclass(frozen=True)
class Verdict:
    """What the pilot found: the kernel to use, and why in words."""

    kernel: Kernel
    words: str

    def notes(self) -> dict[str, str]:
        """Return what a run's provenance says of it."""
        return {"precision": self.kernel.precision.name, "pilot": self.words}


def pilot(
    system: System,
    parameters: np.ndarray,
    *,
    times: Sequence[float] | np.ndarray,
    doses: Doses | None = None,
    outputs: Sequence[str] | None = None,
    tolerance: Tolerance | None = None,
) -> Verdict:
    """Return the kernel for simulations like this one, judged on all the patients given, a few.

    Raises `InputError` as `simulate` does.
    """
    problem = checked_problem(
        system,
        parameters,
        times=times,
        doses=doses,
        outputs=outputs,
        tolerance=tolerance or Tolerance(),
        threads=1,
    )
    return Piloted(pilots=problem.patients, least=1).judged(problem)


@dataclass(frozen=True)
class Piloted:
    """Solve with float32 stages if a pilot in doubles agrees, else with doubles; the provenance says which.

    The pilot is the `pilots` patients whose parameters and stops have the smallest digests: the same ones in
    any order and any number of threads. They are solved with doubles, with doubles at a tenth of the
    tolerance, which stands for the truth, and with float32 stages. Float32 is refused if an output's largest
    error is more than `most` times that of doubles and more than `most` tolerances, or if a patient fails in
    float32 alone. Calls with fewer than `least` patients are solved with doubles. In mixed precision, a
    patient that fails is solved with doubles, then by the reference.

    So a patient's bits depend on the others by one switch alone. Where even that must not be, as in chunks
    of a population, ask `pilot` once and use the kernel it returns.
    """

    pilots: int = 8
    least: int = 32
    most: float = 2.0
    double: Kernel = field(default_factory=Kernel)

    @property
    def mixed(self) -> Kernel:
        """Return the kernel with float32 stages; who fails there goes to the one with doubles."""
        return replace(self.double, precision=MIXED, fallback=self.double)

    def solve(self, problem: Problem) -> Solution:
        """Solve every patient with the kernel that the pilot chooses."""
        verdict = self.judged(problem)
        solution = verdict.kernel.solve(problem)
        return replace(solution, notes=dict(solution.notes) | verdict.notes())

    def versions(self) -> dict[str, str]:
        """Return the solver, and the versions of what compiles it and judges it."""
        return self.double.versions()

    def judged(self, problem: Problem) -> Verdict:
        """Return the kernel for this problem, and for others like it, with the reason."""
        relative = problem.tolerance.relative
        if relative < MIXED.least_relative:
            words = f"none: float32 stages need a relative tolerance of {MIXED.least_relative:g} or more"
            return Verdict(self.double, words)
        foreign = foreign_to_kernel(problem.system)
        if foreign:
            return Verdict(self.double, f"none: the kernel does not hold {foreign}")
        if problem.patients < self.least:
            return Verdict(self.double, f"none: fewer than {self.least} patients")
        part = problem.part(_chosen(problem, self.pilots))
        double, mixed = (replace(kernel, most_growth=math.inf) for kernel in (self.double, self.mixed))
        right, trial = double.solve(part), mixed.solve(part)
        truth = double.solve(replace(part, tolerance=_tenth(part.tolerance)))
        able = [i for i in range(part.patients) if right.outcomes[i].code == truth.outcomes[i].code == "ok"]
        if not able:
            return Verdict(self.double, f"none of {part.patients} patients could be solved by the kernel")
        failed = [trial.outcomes[i].reason for i in able if trial.outcomes[i].code != "ok"]
        if failed:
            return Verdict(self.double, f"{len(failed)} of {len(able)} patients fail in float32: {failed[0]}")
        usual, found = (_errors(part, run.values[able], truth.values[able]) for run in (right, trial))
        excess = found / np.maximum(usual, 1.0)
        worst = int(np.argmax(excess))
        words = (
            f"errors of {len(able)} patients reach {found[worst]:.2g} tolerances in float32, "
            f"{usual[worst]:.2g} in doubles (worst output: {part.outputs[worst]})"
        )
        return Verdict(self.mixed if excess[worst] <= self.most else self.double, words)


def _tenth(tolerance: Tolerance) -> Tolerance:
    return Tolerance(tolerance.relative / 10.0, tolerance.absolute / 10.0)


def _chosen(problem: Problem, number: int) -> list[int]:
    """Return the patients with the smallest digests."""

    def digest(patient: int) -> bytes:
        stops = problem.stops[patient]
        parts = (problem.parameters[patient], stops.time, stops.target, stops.jump, stops.inflow)
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).digest()

    return sorted(range(problem.patients), key=digest)[:number]


def _errors(problem: Problem, values: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the largest error of each output in units of the tolerance."""
    size = np.abs(truth).max(axis=1)
    allowed = problem.tolerance.relative * size + problem.tolerance.absolute
    return (np.abs(values - truth).max(axis=1) / allowed).max(axis=0)
