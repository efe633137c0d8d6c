"""`python -m benchmarks.rates`: what one patient costs lekti, and how that grows, as Markdown tables."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from time import perf_counter, process_time

import numpy as np

from benchmarks.problems import PROBLEMS, Problem, network_problem
from benchmarks.speed import machine, said_of
from lekti.engine.bordered import bordered
from lekti.engine.clock import clocked
from lekti.engine.compiled import compile_system, default_lanes
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.kernel_text import kernel_text
from lekti.engine.layout import Layout
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.engine.statements import statements

REPEATS = 5
PATIENTS = 64
RTOL = 1e-6
STAGES, SOLUTIONS = 8, 10  # of one step: eight stages, and two more solutions that filter the error
OPERATION = re.compile(
    r"= (?:fadd|fsub|fmul|fdiv|fneg|select|fcmp|call|and|or|ashr|lshr|shl|load)\b|^ *store\b"
)

Row = tuple[str, ...]


def main() -> None:
    """Print every table."""
    tables: Sequence[tuple[str, Row, Iterable[Row]]] = (
        ("Models", ("model", "states", "steps", "ms per patient", "ns per step and state"), _models()),
        ("Operations", ("model", "in the LU", "in a right-hand side", "in a solution", "all of a step",
                        "ns per step of all lanes"), _operations()),
        ("States (networks of 3 flows per state)", ("states", "LU entries", "LU products", "steps",
                                                    "µs per step", "ms per patient"), _sizes()),
        ("Doses (toy, 2 years)", ("doses", "steps", "ms per patient"), _doses()),
        ("Outputs (toy, 2 years)", ("times × outputs", "ms per patient"), _outputs()),
        ("Tolerance (toy)", ("relative tolerance", "steps", "rejected", "ms per patient"), _tolerances()),
        ("Patients in one call (toy)", ("patients", "ms per patient", "ms for the call"), _calls()),
        ("Cores (toy, 512 patients)", ("threads", "wall seconds", "patients/s"), _cores()),
        ("The code", ("model", "first compile, s", "from the cache, ms"), _compiles()),
    )  # fmt: skip
    for title, head, rows in tables:
        print(f"**{title}**\n\n{_line(head)}\n{_line(['---'] * len(head))}")
        for row in rows:
            print(_line(row), flush=True)
        print()
    print(said_of(machine() | {"load": " ".join(f"{x:.2f}" for x in os.getloadavg())}))


def follow(problem: Problem, *, rtol: float = RTOL, threads: int = 1) -> Run:
    """Return the run of a problem on the kernel."""
    patients, each = len(problem.parameters), len(problem.dose_times)
    doses = Doses(
        patient=np.repeat(np.arange(patients), each),
        time=np.tile(problem.dose_times, patients),
        target=problem.dose_target,
        amount=problem.dose_amount,
    )
    return simulate(
        problem.system,
        problem.parameters,
        times=problem.times,
        doses=doses,
        outputs=problem.outputs,
        tolerance=Tolerance(relative=rtol),
        solver=Kernel(),
        threads=threads,
    )


def cost(problem: Problem, *, rtol: float = RTOL) -> tuple[Run, float]:
    """Return a run and its processor seconds per patient: the median of several, after one to warm up."""
    run, seconds = follow(problem, rtol=rtol), list[float]()
    for _ in range(REPEATS):
        start = process_time()
        run = follow(problem, rtol=rtol)
        seconds.append(process_time() - start)
    return run, median(seconds) / len(problem.parameters)


def _models() -> Iterator[Row]:
    for name, build in PROBLEMS.items():
        problem = build(PATIENTS)
        run, seconds = cost(problem)
        passes = float((run.steps + run.rejections).mean())
        states = len(problem.system.states)
        yield name, str(states), f"{passes:.0f}", _ms(seconds), f"{seconds / passes / states * 1e9:.1f}"


def _operations() -> Iterator[Row]:
    for name in ("toy", "netherton", "network200"):
        problem = PROBLEMS[name](PATIENTS)
        run, seconds = cost(problem)
        step = seconds / float((run.steps + run.rejections).mean())
        known = operations(problem)
        total = known["factor"] + STAGES * known["slopes"] + SOLUTIONS * known["solve"]
        numbers = [known["factor"], known["slopes"], known["solve"], total]
        yield name, *(f"{number:,}" for number in numbers), f"{step * default_lanes() * 1e9:,.0f}"


def operations(problem: Problem) -> dict[str, int]:
    """Return how many vector operations each straight-line function of the kernel has."""
    program = clocked(statements(problem.system, bordered))
    formulas = program.formulas
    pattern = formulas.pattern()
    layout = Layout(
        lanes=default_lanes(),
        states=len(formulas.states),
        constants=len(formulas.constants),
        assignments=len(formulas.assignments),
        entries=pattern.entries,
        clock=len(program.clock),
    )
    known, name = dict[str, int](), ""
    for line in kernel_text(program, pattern, layout).splitlines():
        if line.startswith("define"):
            name = line.split("@")[1].split("(")[0]
        known[name] = known.get(name, 0) + bool(OPERATION.search(line))
    return known


def _sizes() -> Iterator[Row]:
    for states in (10, 20, 50, 100, 200):
        problem = network_problem(states, 3, 6)(PATIENTS)
        run, seconds = cost(problem)
        pattern = statements(problem.system, bordered).pattern()
        passes = float((run.steps + run.rejections).mean())
        yield (
            str(states), f"{pattern.entries:,}", f"{pattern.products:,}", f"{passes:.0f}",
            f"{seconds / passes * 1e6:.2f}", _ms(seconds),
        )  # fmt: skip


def _doses() -> Iterator[Row]:
    problem = PROBLEMS["toy"](PATIENTS)
    for number in (0, 10, 20, 40, 80, 160):
        times = 3.5 + np.arange(number) * (700.0 / max(number, 1))
        run, seconds = cost(replace(problem, dose_times=times))
        yield str(number), f"{(run.steps + run.rejections).mean():.0f}", _ms(seconds)


def _outputs() -> Iterator[Row]:
    problem = PROBLEMS["toy"](PATIENTS)
    for number in (2, 105, 729, 5825):
        for outputs in (problem.outputs, problem.system.states):
            asked = replace(problem, times=np.linspace(0.0, 728.0, number), outputs=tuple(outputs))
            yield f"{number:,} × {len(outputs)}", _ms(cost(asked)[1])


def _tolerances() -> Iterator[Row]:
    problem = PROBLEMS["toy"](PATIENTS)
    for rtol in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9):
        run, seconds = cost(problem, rtol=rtol)
        yield f"{rtol:.0e}", f"{run.steps.mean():.0f}", f"{run.rejections.mean():.0f}", _ms(seconds)


def _calls() -> Iterator[Row]:
    for patients in (1, 4, 16, 64, 256, 1024):
        seconds = cost(PROBLEMS["toy"](patients))[1]
        yield f"{patients:,}", _ms(seconds), f"{seconds * patients * 1e3:.1f}"


def _cores() -> Iterator[Row]:
    problem = PROBLEMS["toy"](512)
    follow(problem)
    most = os.cpu_count() or 1
    for threads in sorted({1, 2, *range(4, most, 4), most} & set(range(1, most + 1))):
        walls = list[float]()
        for _ in range(REPEATS):
            start = perf_counter()
            follow(problem, threads=threads)
            walls.append(perf_counter() - start)
        yield str(threads), f"{min(walls):.2f}", f"{len(problem.parameters) / min(walls):,.0f}"


def _compiles() -> Iterator[Row]:
    for name, build in PROBLEMS.items():
        system = build(1).system
        with tempfile.TemporaryDirectory() as folder:
            os.environ["LEKTI_CACHE"] = folder
            start = process_time()
            compile_system(system, lanes=default_lanes())
            first = process_time() - start
            start = process_time()
            compile_system(system, lanes=default_lanes())
            yield name, f"{first:.2f}", f"{(process_time() - start) * 1e3:.1f}"
    del os.environ["LEKTI_CACHE"]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.3g}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
