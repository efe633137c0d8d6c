"""The kernel against its judge, and that a patient's numbers are nobody else's business."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lekti.engine import compiled
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.reference import Reference
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.model.arithmetic import OPERATIONS
from lekti.model.expression import Expr, apply, number, symbol
from lekti.model.system import System

from .models import driven, layered_chain, model, robertson, two_compartments

TIMES = np.linspace(0.0, 30.0, 31)


def population(system: System, patients: int, seed: int = 5) -> np.ndarray:
    rows = np.repeat(system.parameter_row(), patients, axis=0)
    return rows * np.random.default_rng(seed).lognormal(0.0, 0.3, rows.shape)


def doses_for(patients: int, target: str) -> Doses:
    """Give each patient its own days; every third dose flows in over a day."""
    patient = np.repeat(np.arange(patients), 4)
    number_of = np.tile(np.arange(4), patients)
    return Doses(
        patient=patient,
        time=7.0 * number_of + 0.1 * patient,
        target=target,
        amount=100.0 + patient,
        duration=np.where(number_of == 2, 1.0, 0.0),
    )


def chain(patients: int, *, lanes: int | None = None, threads: int = 1, seed: int = 5) -> Run:
    system = layered_chain(layers=2, species=2)
    rows = population(system, patients, seed)
    return simulate(
        system, rows, times=TIMES, doses=doses_for(patients, "depot"), solver=Kernel(lanes), threads=threads
    )


@st.composite
def networks(draw: st.DrawFn) -> System:
    """Draw a mass-action network of up to 6 species whose rates span up to 8 orders of magnitude."""
    size = draw(st.integers(2, 6))
    names = [f"s{i}" for i in range(size)]
    change: dict[str, Expr] = {name: 0.05 - 0.02 * symbol(name) for name in names}
    rates: dict[str, float] = {}
    for i in range(draw(st.integers(1, 8))):
        a, b, c = (symbol(draw(st.sampled_from(names))) for _ in range(3))
        k = symbol(f"k{i}")
        rates[k.name] = 10.0 ** draw(st.floats(-4.0, 4.0))
        flow = draw(
            st.sampled_from([k * a * b, k * a / (1.0 + b), k * a ** number(1.5) / (0.5 + a ** number(1.5))])
        )
        change[a.name] -= flow
        change[c.name] += flow
        if "mul" in flow.op and b is not a:
            change[b.name] -= flow
    return model(change, initial=dict.fromkeys(names, 1.0), parameters=rates)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks())
def test_kernel_and_reference_agree_on_stiff_networks_with_doses(system: System) -> None:
    doses = Doses(patient=0, time=[3.0, 10.0], target="s0", amount=[5.0, 2.0], duration=[0.0, 4.0])
    question = {"times": TIMES, "doses": doses, "tolerance": Tolerance(1e-7)}
    fast = simulate(system, system.parameter_row(), solver=Kernel(), **question)  # type: ignore[arg-type]
    slow = simulate(system, system.parameter_row(), solver=Reference(), **question)  # type: ignore[arg-type]
    if slow.outcomes[0].code == "failed":
        return
    scale = np.abs(slow.values).max(axis=(0, 1))
    assert (np.abs(fast.values - slow.values) <= 2e-5 * scale + 1e-9).all()


def test_kernel_and_reference_agree_on_a_layered_chain() -> None:
    system = layered_chain(layers=3, species=3)
    question = {"times": TIMES, "doses": doses_for(2, "depot")}
    rows = population(system, 2)
    fast = simulate(system, rows, solver=Kernel(), **question)  # type: ignore[arg-type]
    slow = simulate(system, rows, solver=Reference(), **question)  # type: ignore[arg-type]
    assert {outcome.code for outcome in fast.outcomes} == {"ok"}
    scale = np.abs(slow.values).max(axis=(0, 1))
    np.testing.assert_allclose(fast.values / scale, slow.values / scale, atol=1e-5)


@pytest.mark.parametrize("lanes", [1, 2, 8])
def test_a_patient_is_the_same_bits_in_a_vector_of_any_width(lanes: int) -> None:
    np.testing.assert_array_equal(chain(5, lanes=lanes).values, chain(5, lanes=4).values)


@pytest.mark.parametrize("plainer", [("x86-64", ""), ("haswell", "+avx2")])
def test_code_for_a_plainer_processor_agrees(
    plainer: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fast = chain(3)
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path))
    triple = compiled._binding().get_process_triple()
    if not triple.startswith("x86_64"):
        pytest.skip("only x86-64 has a plainer processor to compile for")
    if not set(filter(None, plainer[1].split(","))) <= set(compiled.processor()[1].split(",")):
        pytest.skip(f"this machine lacks {plainer[1]}")
    monkeypatch.setattr(compiled, "processor", lambda: plainer)
    plain = chain(3)
    assert {outcome.code for outcome in plain.outcomes} == {"ok"}
    np.testing.assert_allclose(plain.values, fast.values, rtol=1e-5, atol=1e-8)
    np.testing.assert_array_equal(plain.values, chain(3, lanes=4).values)


def test_a_patient_is_the_same_bits_in_any_number_of_threads() -> None:
    np.testing.assert_array_equal(chain(13, threads=3).values, chain(13, threads=1).values)


def test_a_patient_is_the_same_bits_in_any_company() -> None:
    system = layered_chain(layers=2, species=2)
    rows = population(system, 7)
    together = simulate(system, rows, times=TIMES, solver=Kernel())
    for i in (0, 3, 6):
        alone = simulate(system, rows[[i]], times=TIMES, solver=Kernel())
        np.testing.assert_array_equal(alone.values[0], together.values[i])
    backwards = simulate(system, rows[::-1], times=TIMES, solver=Kernel())
    np.testing.assert_array_equal(backwards.values[::-1], together.values)


def test_values_do_not_depend_on_how_often_one_looks() -> None:
    system = two_compartments()
    doses = Doses(patient=0, time=[0.0, 9.0], target="depot", amount=100.0)
    question = {"doses": doses, "solver": Kernel()}
    often = simulate(system, system.parameter_row(), times=np.arange(0.0, 20.01, 0.5), **question)  # type: ignore[arg-type]
    rarely = simulate(system, system.parameter_row(), times=[10.0, 20.0], **question)  # type: ignore[arg-type]
    np.testing.assert_array_equal(often.values[:, [20, 40]], rarely.values)


@pytest.mark.parametrize("system", [driven(), robertson()], ids=["driven", "Robertson"])
def test_ten_times_the_tolerance_is_about_ten_times_the_error(system: System) -> None:
    question = {"times": [7.3], "outputs": system.states[-1:]}
    best = simulate(
        system, system.parameter_row(), solver=Kernel(), tolerance=Tolerance(1e-12), **question
    ).values
    errors = [
        np.abs(
            simulate(
                system, system.parameter_row(), solver=Kernel(), tolerance=Tolerance(relative), **question
            ).values
            - best
        ).max()
        for relative in (1e-4, 1e-8)
    ]
    assert errors[1] < 1e-6
    assert errors[1] < errors[0] / 100.0


def test_a_patient_that_runs_out_of_steps_is_solved_by_the_reference() -> None:
    system = two_compartments()
    rows = population(system, 3)
    run = simulate(system, rows, times=TIMES, doses=doses_for(3, "depot"), solver=Kernel(most_steps=20))
    assert {outcome.code for outcome in run.outcomes} == {"ok_reference"}
    assert "20 steps" in str(run.outcomes[0])
    right = simulate(system, rows, times=TIMES, doses=doses_for(3, "depot"), solver=Kernel())
    np.testing.assert_allclose(run.values, right.values, rtol=1e-4, atol=1e-4)


def test_a_system_too_large_for_straight_line_code_goes_to_the_reference(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path))
    monkeypatch.setattr(compiled, "MOST_PRODUCTS", 0)
    run = simulate(two_compartments(), two_compartments().parameter_row(), times=[1.0], solver=Kernel())
    assert run.outcomes[0].code == "ok_reference"
    assert "too large" in run.outcomes[0].reason


UNARY = ["exp", "ln", "log10", "sqrt", "abs", "floor", "ceil", "sin", "cos", "tan", "tanh", "atan", "sinh"]


@pytest.mark.parametrize("op", UNARY)
def test_functions_of_the_kernel_are_those_of_the_reference(op: str) -> None:
    x = np.concatenate([np.linspace(-30, 30, 400), [0.0, 1e-300, 1e300, 710.0, -746.0, -1e-19]])
    system = model(
        {"y": number(0.0)},
        initial={"y": symbol("x")},
        parameters={"x": 1.0},
        assignments={"f": apply(op, symbol("y"))},
    )
    run = simulate(system, x[:, np.newaxis], times=[0.0], outputs=["f"], solver=Kernel())
    expected = np.array([OPERATIONS[op](value) for value in x])
    np.testing.assert_allclose(run.values[:, 0, 0], expected, rtol=5e-16 if op in {"exp", "ln"} else 1e-14)


def test_powers_of_the_kernel_are_those_of_the_reference() -> None:
    bases = [0.0, 1e-19, -1e-19, 0.5, 1.0, 3.7, -2.0, -3.7, 1e5, 1e-200, 1e200]
    exponents = [0.0, 1.0, 2.0, 3.0, -1.0, -2.0, 0.5, 1.7, -0.3, 12.5, 100.0]
    rows = np.array([(a, b) for a in bases for b in exponents])
    y, n = symbol("y"), symbol("n")
    assignments = {"f": y**n} | {f"f{i}": y ** number(b) for i, b in enumerate(exponents)}
    system = model(
        {"y": number(0.0)},
        initial={"y": symbol("x")},
        parameters={"x": 1.0, "n": 1.0},
        assignments=assignments,
    )
    run = simulate(system, rows, times=[0.0], outputs=list(assignments), solver=Kernel())
    for patient, (a, b) in enumerate(rows):
        expected = OPERATIONS["pow"](a, b)
        np.testing.assert_allclose(run.values[patient, 0, 0], expected, rtol=3e-13)
        np.testing.assert_allclose(run.values[patient, 0, 1 + exponents.index(b)], expected, rtol=3e-13)


def test_conditions_of_the_kernel_are_those_of_the_reference() -> None:
    a, b = symbol("a"), symbol("b")
    tests = {
        op: apply(op, a, b) for op in ("lt", "le", "gt", "ge", "eq", "ne", "and", "or", "xor", "min", "max")
    }
    tests |= {"not": apply("not", a), "mixed": 3.0 * apply("and", apply("lt", a, b), apply("not", b)) + 1.0}
    tests["select"] = apply("select", apply("or", apply("gt", a, b), apply("eq", a, b)), a, -b)
    system = model(
        {"a": number(0.0), "b": number(0.0)},
        initial={"a": symbol("p"), "b": symbol("q")},
        parameters={"p": 0.0, "q": 0.0},
        assignments=tests,
    )
    rows = np.array([(p, q) for p in (-1.0, 0.0, 2.0) for q in (-1.0, 0.0, 2.0)])
    question = {"times": [0.0], "outputs": list(tests)}
    fast = simulate(system, rows, solver=Kernel(), **question)  # type: ignore[arg-type]
    slow = simulate(system, rows, solver=Reference(), **question)  # type: ignore[arg-type]
    np.testing.assert_array_equal(fast.values, slow.values)


def test_a_compiled_kernel_is_kept_and_used_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path))
    first = simulate(driven(), driven().parameter_row(), times=TIMES, solver=Kernel())
    assert len(list(tmp_path.glob("*.kernel"))) == 1
    monkeypatch.setattr(compiled, "_machine_code", lambda text: pytest.fail("compiled again"))
    compiled._machine.cache_clear()
    again = simulate(driven(), driven().parameter_row(), times=TIMES, solver=Kernel())
    np.testing.assert_array_equal(first.values, again.values)


def test_a_broken_kernel_file_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path))
    simulate(driven(), driven().parameter_row(), times=[1.0], solver=Kernel())
    (file,) = tmp_path.glob("*.kernel")
    file.write_bytes(file.read_bytes()[:-40])
    compiled._machine.cache_clear()
    run = simulate(driven(), driven().parameter_row(), times=[1.0], solver=Kernel())
    assert run.outcomes[0].code == "ok"


def test_a_cache_that_cannot_be_written_does_no_harm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path / "file" / "cache"))
    run = simulate(driven(), driven().parameter_row(), times=[1.0], solver=Kernel())
    assert run.outcomes[0].code == "ok"


SUITE = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2] / ".." / "shared")) / "sbml-suite"


@pytest.mark.parametrize("case", ["00001", "00015", "00031", "00093", "00463"])
def test_the_kernel_agrees_with_libroadrunner(case: str) -> None:
    roadrunner = pytest.importorskip("roadrunner", reason="libroadrunner is not installed")
    if not SUITE.is_dir():
        pytest.skip("the SBML Test Suite is not here; set LEKTI_SHARED to the folder that holds sbml-suite")
    from lekti.model.read_sbml import read_sbml

    file = next((SUITE / case).glob("*sbml*.xml"))
    system = read_sbml(file.read_text(encoding="utf-8"), name=file.name)
    judge = roadrunner.RoadRunner(str(file))
    judge.integrator.relative_tolerance, judge.integrator.absolute_tolerance = 1e-10, 1e-14
    species = [name for name in system.states if name in judge.model.getFloatingSpeciesIds()]
    judge.timeCourseSelections = [f"[{name}]" for name in species]
    expected = np.array(judge.simulate(0.0, 5.0, 21))
    run = simulate(
        system, system.parameter_row(), times=np.linspace(0, 5, 21), outputs=species, solver=Kernel()
    )
    np.testing.assert_allclose(run.values[0], expected, rtol=1e-5, atol=1e-9)
