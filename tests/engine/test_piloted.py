"""Float32 stages: as good as doubles where a pilot says so, and never used where it does not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from lekti.engine import compiled
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.piloted import Piloted, pilot
from lekti.engine.precision import DOUBLE, MIXED
from lekti.engine.reference import Reference
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.model.expression import symbol
from lekti.model.system import System

from .models import driven, layered_chain, michaelis_menten, model, robertson, two_compartments
from .test_kernel import networks

TIMES = np.linspace(0.0, 30.0, 31)
FLOAT = Kernel(precision=MIXED)


def population(system: System, patients: int) -> np.ndarray:
    rows = np.repeat(system.parameter_row(), patients, axis=0)
    return rows * np.random.default_rng(7).lognormal(0.0, 0.3, rows.shape)


def doses_for(patients: int) -> Doses:
    patient = np.repeat(np.arange(patients), 3)
    time = 7.0 * np.tile(np.arange(3), patients) + 0.1 * patient
    return Doses(patient=patient, time=time, target="depot", amount=100.0, duration=0.0)


def chain(patients: int, *, lanes: int | None = None, threads: int = 1) -> Run:
    system = layered_chain(layers=2, species=2)
    solver = Kernel(lanes, precision=MIXED)
    rows, doses = population(system, patients), doses_for(patients)
    return simulate(system, rows, times=TIMES, doses=doses, solver=solver, threads=threads)


def binding() -> System:
    """Return a drug and a receptor that bind within seconds and leave within months: large fluxes cancel."""
    drug, receptor, pair = (symbol(name) for name in ("drug", "receptor", "pair"))
    flux = symbol("kon") * drug * receptor - symbol("koff") * pair
    return model(
        {
            "drug": -flux - symbol("out") * drug,
            "receptor": symbol("made") - flux - symbol("lost") * receptor,
            "pair": flux - symbol("out") * pair,
        },
        initial={"drug": 3.0, "receptor": 1.0},
        parameters={"kon": 2e5, "koff": 2e3, "out": 0.01, "made": 0.02, "lost": 0.02},
    )


@pytest.mark.parametrize(
    "system", [two_compartments(), michaelis_menten(), driven()], ids=lambda s: s.states[0]
)
def test_float32_stages_agree_with_the_reference(system: System) -> None:
    rows = population(system, 6)
    question = {"times": TIMES, "doses": doses_for(6) if "depot" in system.states else None}
    fast = simulate(system, rows, solver=FLOAT, **question)  # type: ignore[arg-type]
    slow = simulate(system, rows, solver=Reference(), **question)  # type: ignore[arg-type]
    assert {outcome.code for outcome in fast.outcomes} == {"ok"}
    scale = np.abs(slow.values).max(axis=1, keepdims=True)
    assert (np.abs(fast.values - slow.values) <= 2e-5 * scale + 1e-9).all()


@pytest.mark.parametrize("lanes", [1, 2, 4, 16])
def test_a_patient_is_the_same_bits_in_a_vector_of_any_width(lanes: int) -> None:
    np.testing.assert_array_equal(chain(5, lanes=lanes).values, chain(5, lanes=8).values)


def test_a_patient_is_the_same_bits_in_any_number_of_threads_and_any_company() -> None:
    together = chain(21)
    np.testing.assert_array_equal(chain(21, threads=3).values, together.values)
    np.testing.assert_array_equal(chain(4).values, together.values[:4])


@pytest.mark.parametrize("plainer", [("x86-64", ""), ("haswell", "+avx2")])
def test_code_for_a_plainer_processor_agrees(
    plainer: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fast = chain(3)
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path))
    if not compiled._binding().get_process_triple().startswith("x86_64"):
        pytest.skip("only x86-64 has a plainer processor to compile for")
    if not set(filter(None, plainer[1].split(","))) <= set(compiled.processor()[1].split(",")):
        pytest.skip(f"this machine lacks {plainer[1]}")
    monkeypatch.setattr(compiled, "processor", lambda: plainer)
    plain = chain(3)
    assert {outcome.code for outcome in plain.outcomes} == {"ok"}
    np.testing.assert_allclose(plain.values, fast.values, rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(plain.values, chain(3, lanes=8).values)


def test_the_error_shrinks_with_the_tolerance_down_to_rounding() -> None:
    system = two_compartments()
    question = {"times": TIMES[1:], "doses": doses_for(1), "outputs": ["centre"]}
    row = system.parameter_row()
    best = simulate(system, row, solver=Kernel(), tolerance=Tolerance(1e-11), **question).values  # type: ignore[arg-type]
    errors = [
        np.abs(
            simulate(system, row, solver=FLOAT, tolerance=Tolerance(relative), **question).values - best
        ).max()  # type: ignore[arg-type]
        for relative in (1e-3, 1e-6)
    ]
    assert errors[1] < errors[0] / 5.0
    assert errors[1] < 1e-6 * np.abs(best).max()


def test_the_pilot_takes_float32_where_it_agrees_and_says_so() -> None:
    system = two_compartments()
    run = simulate(system, population(system, 40), times=TIMES, doses=doses_for(40), solver=Piloted())
    assert run.provenance["precision"] == "mixed"
    assert "errors of 8 patients reach" in str(run.provenance["pilot"])


def test_the_pilot_refuses_float32_where_large_fluxes_cancel() -> None:
    system = binding()
    rows, patient = population(system, 40), np.repeat(np.arange(40), 3)
    doses = Doses(patient=patient, time=np.tile([0.5, 10.0, 20.0], 40), target="drug", amount=1.0)
    question = {"times": TIMES, "doses": doses}
    run = simulate(system, rows, solver=Piloted(), **question)  # type: ignore[arg-type]
    assert run.provenance["precision"] == "double"
    assert "tolerances" in str(run.provenance["pilot"])
    right = simulate(system, rows, solver=Kernel(), **question)  # type: ignore[arg-type]
    np.testing.assert_array_equal(run.values, right.values)
    wrong = simulate(system, rows, solver=FLOAT, **question)  # type: ignore[arg-type]
    assert np.abs(wrong.values - run.values).max() > 1e-5


def test_the_pilot_is_the_same_patients_in_any_order() -> None:
    system = two_compartments()
    rows = population(system, 40)
    there = simulate(system, rows, times=TIMES, solver=Piloted())
    back = simulate(system, rows[::-1], times=TIMES, solver=Piloted())
    assert there.provenance["pilot"] == back.provenance["pilot"]
    np.testing.assert_array_equal(back.values[::-1], there.values)


@pytest.mark.parametrize(
    "patients, relative, words", [(40, 1e-7, "need a relative"), (5, 1e-6, "fewer than")]
)
def test_doubles_are_used_where_float32_cannot_pay(patients: int, relative: float, words: str) -> None:
    system = two_compartments()
    rows = population(system, patients)
    run = simulate(system, rows, times=TIMES, solver=Piloted(), tolerance=Tolerance(relative))
    assert run.provenance["precision"] == "double"
    assert words in str(run.provenance["pilot"])
    alone = simulate(system, rows, times=TIMES, solver=FLOAT, tolerance=Tolerance(1e-7))
    assert alone.provenance["precision"] == "double"


def test_who_fails_in_float32_is_solved_with_doubles() -> None:
    system = model({"y": -symbol("y")}, initial={"y": symbol("start")}, parameters={"start": 1.0})
    rows = np.array([[1.0], [1e200], [2.0]])  # beyond the range of float32
    solver = Piloted().mixed
    run = simulate(system, rows, times=[1.0], solver=solver)
    assert [outcome.code for outcome in run.outcomes] == ["ok", "ok_double", "ok"]
    np.testing.assert_allclose(run.values[:, 0, 0], rows[:, 0] * np.exp(-1.0), rtol=1e-5)


def test_one_pilot_serves_many_calls() -> None:
    system = robertson()
    verdict = pilot(system, np.zeros((4, 0)), times=TIMES)
    assert verdict.kernel.precision in (DOUBLE, MIXED)
    assert "4 patients" in verdict.words


def agree_where_the_pilot_allows(system: System) -> None:
    """Compare what the pilot chooses, float32 or doubles, with the reference on patients it did not see."""
    rows = population(system, 7)
    doses = Doses(patient=np.arange(7), time=3.0, target="s0", amount=5.0, duration=0.0)
    question = {"times": TIMES, "tolerance": Tolerance(1e-5)}
    seen = Doses(patient=np.arange(4), time=3.0, target="s0", amount=5.0, duration=0.0)
    verdict = pilot(system, rows[:4], doses=seen, **question)  # type: ignore[arg-type]
    fast = simulate(system, rows, doses=doses, solver=verdict.kernel, **question)  # type: ignore[arg-type]
    judge = {"times": TIMES, "tolerance": Tolerance(1e-8), "doses": doses}
    slow = simulate(system, rows, solver=Reference(), **judge)  # type: ignore[arg-type]
    solved = [i for i in range(7) if fast.outcomes[i].code != "failed" and slow.outcomes[i].ok]
    scale = np.abs(slow.values[solved]).max(axis=(1,), keepdims=True)
    worst = np.abs(fast.values[solved] - slow.values[solved]) / (2e-3 * scale + 1e-8)
    assert (worst <= 1.0).all(), f"{worst.max():.3g} with {verdict.kernel.precision.name}: {verdict.words}"


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(networks())
def test_what_the_pilot_chooses_agrees_on_stiff_networks_with_doses(system: System) -> None:
    agree_where_the_pilot_allows(system)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_what_the_pilot_chooses_agrees_on_many_networks(system: System) -> None:
    agree_where_the_pilot_allows(system)
