"""Solvers against formulas that are known on paper, and against bad questions."""

import numpy as np
import pytest
from scipy.optimize import brentq

from lekti.base.errors import InputError
from lekti.engine.doses import Doses
from lekti.engine.problem import Solver
from lekti.engine.reference import Reference
from lekti.engine.run import Tolerance
from lekti.engine.simulate import simulate
from lekti.model.expression import apply, number, symbol

from .models import decay, driven, michaelis_menten, model, robertson, two_compartments

TIMES = np.linspace(0.0, 40.0, 23)


def absorbed(t: np.ndarray, dose: float, ka: float, ke: float) -> np.ndarray:
    after = np.maximum(t, 0.0)
    return np.where(t >= 0, dose * ka / (ka - ke) * (np.exp(-ke * after) - np.exp(-ka * after)), 0.0)


def test_a_decay_follows_the_exponential(solver: Solver) -> None:
    run = simulate(decay(), decay().parameter_row(), times=TIMES, solver=solver)
    np.testing.assert_allclose(run["x"][0], 2.0 * np.exp(-0.3 * TIMES), rtol=3e-6, atol=2e-8)


def test_bolus_doses_add_up(solver: Solver) -> None:
    system = two_compartments()
    doses = Doses(patient=0, time=[0.0, 14.0, 21.5], target="depot", amount=[600.0, 300.0, 300.0])
    run = simulate(
        system, system.parameter_row(), times=TIMES, doses=doses, outputs=["concentration"], solver=solver
    )
    expected = sum(
        absorbed(TIMES - t, amount, 1.2, 0.15) for t, amount in zip(doses.time, doses.amount, strict=True)
    )
    np.testing.assert_allclose(run["concentration"][0], expected / 4.0, rtol=1e-5, atol=1e-8)


def test_an_infusion_flows_in_evenly(solver: Solver) -> None:
    system = decay()
    doses = Doses(patient=0, time=2.0, target="x", amount=8.0, duration=4.0)
    run = simulate(system, system.parameter_row(x0=0.0), times=TIMES, doses=doses, solver=solver)
    on, off = np.clip(TIMES - 2.0, 0.0, 4.0), np.maximum(TIMES - 6.0, 0.0)
    expected = 2.0 / 0.3 * (1.0 - np.exp(-0.3 * on)) * np.exp(-0.3 * off)
    np.testing.assert_allclose(run["x"][0], expected, rtol=1e-5, atol=1e-9)


def test_overlapping_infusions_end_at_no_inflow(solver: Solver) -> None:
    system = model({"x": number(0.0)})
    doses = Doses(patient=0, time=[1.0, 2.0], target="x", amount=[0.3, 0.7], duration=[3.0, 4.0])
    run = simulate(system, np.empty((1, 0)), times=[10.0, 1e4], doses=doses, solver=solver)
    np.testing.assert_allclose(run["x"][0], 1.0, rtol=1e-9)


def test_michaelis_menten_follows_its_implicit_formula(solver: Solver) -> None:
    system = michaelis_menten()
    run = simulate(system, system.parameter_row(), times=TIMES[:12], solver=solver)
    expected = [
        brentq(lambda s, t=t: s - 10.0 + 2.0 * np.log(s / 10.0) + 1.5 * t, 1e-12, 10.0, xtol=1e-14)
        for t in TIMES[:12]
    ]
    np.testing.assert_allclose(run["s"][0], expected, rtol=3e-5)


def test_a_derivative_that_changes_with_time_is_followed(solver: Solver) -> None:
    system, k, w = driven(), 50.0, 2.0
    run = simulate(system, system.parameter_row(), times=TIMES, solver=solver)
    scale = k / (k * k + w * w)
    expected = scale * (k * np.sin(w * TIMES) - w * np.cos(w * TIMES)) + scale * w * np.exp(-k * TIMES)
    np.testing.assert_allclose(run["x"][0], expected, atol=1e-5)


def test_robertson_keeps_its_mass_and_its_published_end(solver: Solver) -> None:
    run = simulate(robertson(), np.empty((1, 0)), times=[0.4, 40.0, 4e5], solver=solver)
    np.testing.assert_allclose(run.values.sum(axis=2), 1.0, rtol=1e-9)
    # Hairer and Wanner, Solving ODEs II: values at t = 40
    np.testing.assert_allclose(run.values[0, 1, [0, 2]], [0.7158271, 0.2841638], rtol=2e-6)


def test_a_value_at_a_dose_is_the_value_before_it(solver: Solver) -> None:
    system = model({"x": number(0.0)})
    doses = Doses(patient=0, time=[0.0, 5.0], target="x", amount=[1.0, 2.0])
    run = simulate(system, np.empty((1, 0)), times=[0.0, 5.0, 5.5], doses=doses, solver=solver)
    np.testing.assert_allclose(run["x"][0], [0.0, 1.0, 3.0], rtol=1e-12)


def test_two_doses_at_one_time_both_count(solver: Solver) -> None:
    system = model({"x": number(0.0), "y": number(0.0)})
    doses = Doses(patient=0, time=[1.0, 1.0, 1.0], target=["x", "y", "x"], amount=[1.0, 4.0, 2.0])
    run = simulate(system, np.empty((1, 0)), times=[2.0], doses=doses, solver=solver)
    np.testing.assert_allclose(run.values[0, 0], [3.0, 4.0])


def test_doses_reach_only_their_patient(solver: Solver) -> None:
    system = two_compartments()
    rows = np.repeat(system.parameter_row(), 3, axis=0)
    doses = Doses(patient=[1], time=[1.0], target="depot", amount=100.0)
    run = simulate(system, rows, times=TIMES, doses=doses, solver=solver)
    assert run["centre"][1].max() > 10.0
    assert run["centre"][[0, 2]].max() == 0.0


def test_a_dose_after_the_last_time_changes_nothing(solver: Solver) -> None:
    system = decay()
    doses = Doses(patient=0, time=[40.0, 99.0], target="x", amount=100.0)
    alone = simulate(system, system.parameter_row(), times=TIMES, solver=solver)
    dosed = simulate(system, system.parameter_row(), times=TIMES, doses=doses, solver=solver)
    np.testing.assert_array_equal(alone.values, dosed.values)


def test_outputs_can_be_states_assignments_parameters_and_time(solver: Solver) -> None:
    system = two_compartments()
    run = simulate(
        system,
        system.parameter_row(),
        times=[0.0, 3.0],
        outputs=["time", "volume", "depot", "ka"],
        solver=solver,
    )
    np.testing.assert_allclose(run.values[0], [[0.0, 4.0, 0.0, 1.2], [3.0, 4.0, 0.0, 1.2]])


def test_a_model_without_states_still_has_outputs(solver: Solver) -> None:
    system = model({}, parameters={"k": 2.0}, assignments={"age": symbol("time") + symbol("k")})
    run = simulate(system, system.parameter_row(), times=[0.0, 1.5], outputs=["age"], solver=solver)
    np.testing.assert_allclose(run["age"][0], [2.0, 3.5])


def test_a_failed_patient_stays_with_its_reason(solver: Solver) -> None:
    x = symbol("x")
    system = model({"x": symbol("k") * x * x}, initial={"x": 1.0}, parameters={"k": -1.0})
    run = simulate(system, np.array([[-1.0], [1.0], [-2.0]]), times=[0.5, 3.0], solver=solver)
    assert [outcome.code for outcome in run.outcomes] == ["ok", "failed", "ok"]
    assert run.outcomes[1].reason
    assert run.failures() == (1,)
    assert np.isnan(run.values[1]).all()
    np.testing.assert_allclose(run["x"][[0, 2], 1], [1 / 4, 1 / 7], rtol=1e-5)


def test_a_start_that_is_not_finite_fails(solver: Solver) -> None:
    system = model({"x": number(0.0)}, initial={"x": 1.0 / symbol("v")}, parameters={"v": 1.0})
    run = simulate(system, np.array([[0.0], [2.0]]), times=[1.0], solver=solver)
    assert [outcome.code for outcome in run.outcomes] == ["failed", "ok"]


def test_a_state_that_dips_below_zero_does_not_break_a_power(solver: Solver) -> None:
    x = symbol("x")
    system = model(
        {"x": -(symbol("k") * x ** symbol("n"))}, initial={"x": 1.0}, parameters={"k": 1.0, "n": 1.5}
    )
    run = simulate(system, system.parameter_row(), times=[1.0, 30.0], solver=solver)
    np.testing.assert_allclose(run["x"][0], [(1 + 0.5) ** -2, (1 + 15.0) ** -2], rtol=1e-5)


def test_the_run_says_what_it_rests_on(solver: Solver) -> None:
    run = simulate(decay(), decay().parameter_row(), times=[1.0], solver=solver, seed=3)
    assert run.provenance["checksum"] == decay().checksum
    assert run.provenance["seed"] == 3
    assert {"lekti", "numpy", "solver"} <= set(run.provenance)


def test_a_tighter_tolerance_gives_a_smaller_error(solver: Solver) -> None:
    system = michaelis_menten()
    best = simulate(system, system.parameter_row(), times=[9.0], solver=Reference("Radau", 1e-6)).values
    errors = [
        abs(
            simulate(
                system, system.parameter_row(), times=[9.0], solver=solver, tolerance=Tolerance(relative)
            ).values
            - best
        ).max()
        for relative in (1e-3, 1e-8)
    ]
    assert errors[1] < 1e-7
    assert errors[1] <= errors[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"times": [1.0, 1.0]}, "follows"),
        ({"times": [2.0, 1.0]}, "follows"),
        ({"times": []}, "shape"),
        ({"times": [-1.0, 1.0]}, "negative"),
        ({"outputs": ["nothing"]}, "nothing"),
        ({"parameters": np.array([[np.nan, 1.0]])}, "'k' of patient 0 is nan"),
        ({"parameters": np.ones((2, 3))}, "shape"),
        ({"threads": 0}, "threads"),
        ({"doses": Doses(patient=0, time=0.0, target="y", amount=1.0)}, "'y' is no state"),
        ({"doses": Doses(patient=3, time=0.0, target="x", amount=1.0)}, "patient 3"),
        ({"doses": Doses(patient=0, time=-1.0, target="x", amount=1.0)}, "time -1.0 of dose 1"),
        (
            {"doses": Doses(patient=0, time=[0.0, 1.0], target="x", amount=[1.0, -5.0])},
            "amount -5.0 of dose 2",
        ),
        ({"doses": Doses(patient=0, time=0.0, target="x", amount=1.0, duration=-2.0)}, "duration -2.0"),
        ({"doses": Doses(patient=0, time=np.nan, target="x", amount=1.0)}, "time nan"),
    ],
)
def test_a_bad_question_gets_one_sentence(change: dict[str, object], words: str) -> None:
    question: dict[str, object] = {"parameters": decay().parameter_row(), "times": [0.0, 1.0]} | change
    with pytest.raises(InputError, match=words):
        simulate(decay(), question.pop("parameters"), **question)  # type: ignore[arg-type]


def test_dose_columns_of_different_length_are_refused() -> None:
    with pytest.raises(InputError, match="columns"):
        Doses(patient=[0, 1], time=[1.0, 2.0, 3.0], target="x", amount=1.0)


def test_a_tolerance_outside_its_range_is_refused() -> None:
    with pytest.raises(InputError, match="relative tolerance 0"):
        Tolerance(relative=0.0)


def test_a_condition_switches_the_derivative(solver: Solver) -> None:
    switch = apply("select", apply("lt", symbol("time"), symbol("start")), number(0.0), number(1.0))
    system = model({"x": switch}, parameters={"start": 10.0})
    run = simulate(system, system.parameter_row(), times=[5.0, 30.0], solver=solver)
    np.testing.assert_allclose(run["x"][0], [0.0, 20.0], atol=1e-4)
