"""Events on both engines: each rule of SBML Level 3 section 4.11 in a small model."""

from __future__ import annotations

import math as mathematics
from dataclasses import replace

import numpy as np
import pytest

from lekti.engine import kernel
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.precision import DOUBLE, MIXED
from lekti.engine.reference import Reference
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.model.event import Change, RandomEvent
from lekti.model.expression import symbol
from lekti.model.read_sbml import read_sbml
from lekti.model.system import System

from .sbml_texts import call, event, events, parameters, rules, sbml

AFTER_ONE = call("geq", "t", 1)
UP = call("plus", "x", 1)


def follow(body: str, *times: float, doses: Doses | None = None) -> Run:
    """Return the run of the reference, after a look that the kernel gives the same."""
    model = read_sbml(sbml(body))
    slow, fast = (
        simulate(model, model.parameter_row(), times=times, doses=doses, solver=solver)
        for solver in (Reference(), Kernel())
    )
    assert fast.outcomes[0].code == slow.outcomes[0].code
    np.testing.assert_allclose(fast.values, slow.values, rtol=2e-5, atol=1e-6)
    return slow


def values(body: str, name: str, *times: float) -> list[float]:
    run = follow(body, *times)
    assert run.outcomes[0].ok, str(run.outcomes[0])
    return [float(value) for value in run[name][0]]


def test_a_value_at_the_time_of_an_event_is_the_one_after_it() -> None:
    body = parameters(x=3) + events(event(AFTER_ONE, {"x": 5}))
    assert values(body, "x", 0.0, 1.0 - 1e-12, 1.0, 2.0) == [3, 3, 5, 5]


def test_a_trigger_that_holds_only_after_a_time_fires_after_it() -> None:
    body = parameters(x=3) + events(event(call("gt", "t", 1), {"x": 5}))
    assert values(body, "x", 1.0, 1.0 + 1e-9) == [3, 5]


def test_the_moment_of_an_event_on_a_state_is_found_as_a_root() -> None:
    halved = event(call("lt", "x", 1), {"hit": "t"})
    body = parameters(x=4, hit=-1) + rules(rate={"x": call("minus", "x")}) + events(halved)
    assert values(body, "hit", 3.0)[0] == pytest.approx(mathematics.log(4.0), abs=1e-8)


def test_a_trigger_true_from_the_start_fires_only_if_it_was_false_before() -> None:
    for initial, expected in ((True, 0.0), (False, 1.0)):
        body = parameters(x=0) + events(event(call("geq", "t", 0), {"x": UP}, initial=initial))
        assert values(body, "x", 0.0, 1.0) == [expected, expected]


def test_a_bouncing_ball_keeps_firing() -> None:
    ball = event(call("lt", "h", 0), {"h": 0, "v": call("times", -1, "v")})
    body = parameters(h=0.5, v=0) + rules(rate={"h": "<ci>v</ci>", "v": "<cn>-1</cn>"}) + events(ball)
    assert values(body, "h", 4.0, 8.0) == pytest.approx([0.5, 0.5], abs=1e-4)


@pytest.mark.parametrize(("at_trigger", "expected"), [(True, 11.0), (False, 12.0)])
def test_a_delayed_event_takes_its_values_from_the_trigger_or_from_now(
    at_trigger: bool, expected: float
) -> None:
    body = (
        parameters(x=0, y=10)
        + rules(rate={"x": "<cn>1</cn>"})
        + events(event(AFTER_ONE, {"y": call("plus", "y", "x")}, delay="1", at_trigger=at_trigger))
    )
    assert values(body, "y", 1.99, 2.0) == pytest.approx([10.0, expected])


@pytest.mark.parametrize(("persistent", "expected"), [(True, 1.0), (False, 0.0)])
def test_an_event_that_is_not_persistent_is_called_off(persistent: bool, expected: float) -> None:
    pulse = call("and", AFTER_ONE, call("lt", "t", 1.5))
    body = parameters(x=0) + events(event(pulse, {"x": 1}, delay="1", persistent=persistent))
    assert values(body, "x", 3.0) == [expected]


def test_the_higher_priority_goes_first_and_sees_nothing_of_the_other() -> None:
    low = event(AFTER_ONE, {"x": call("times", "x", 10)}, priority="1", at_trigger=False)
    high = event(AFTER_ONE, {"x": UP}, priority="2", at_trigger=False)
    assert values(parameters(x=1) + events(low, high), "x", 1.0) == [20]


def test_values_from_the_trigger_ignore_events_of_the_same_moment() -> None:
    low = event(AFTER_ONE, {"y": call("plus", "x", 0)}, priority="1")
    high = event(AFTER_ONE, {"x": 7}, priority="2")
    assert values(parameters(x=1, y=0) + events(low, high), "y", 1.0) == [1]


def test_events_set_each_other_off_at_one_moment() -> None:
    chain = [event(call("geq", "x", i), {"x": i + 1.0}) for i in (1, 2, 3)]
    assert values(parameters(x=0) + events(event(AFTER_ONE, {"x": 1}), *chain), "x", 0.5, 1.0) == [0, 4]


def test_events_of_equal_priority_come_in_random_order_that_repeats() -> None:
    reset = call("geq", "clock", 0.01)
    rivals = [
        event(reset, {"clock": 0, **{name: call("plus", name, 1)}}, priority="1", persistent=False)
        for name in ("a", "b")
    ]
    body = parameters(clock=0, a=0, b=0) + rules(rate={"clock": "<cn>1</cn>"}) + events(*rivals)
    first, again = (values(body, "a", 1.005)[0] for _ in range(2))
    assert first == again
    assert 25 < first < 75
    assert first + values(body, "b", 1.005)[0] == 100


def test_events_without_end_are_a_stated_failure() -> None:
    flip = event(call("geq", "x", 1), {"x": 0})
    flop = event(call("lt", "x", 1), {"x": 1})
    run = follow(parameters(x=0) + events(flip, flop, event(AFTER_ONE, {"x": 2})), 2.0)
    assert "without end" in run.outcomes[0].reason
    assert np.isnan(run.values).all()


def test_a_negative_delay_is_a_stated_failure() -> None:
    run = follow(parameters(x=0) + events(event(AFTER_ONE, {"x": 1}, delay="-1")), 2.0)
    assert "delay -1" in run.outcomes[0].reason


def test_a_short_pulse_between_outputs_is_seen() -> None:
    pulse = call("and", AFTER_ONE, call("lt", "t", 1.02))
    assert values(parameters(x=0) + events(event(pulse, {"x": 1})), "x", 20.0) == [1]


def test_an_event_can_follow_a_dose() -> None:
    body = parameters(x=0, hit=-1) + rules(rate={"x": call("minus", "x")})
    body += events(event(call("gt", "x", 5), {"hit": "t"}))
    run = follow(body, 2.0, 3.0, doses=Doses(patient=0, time=2.0, target="x", amount=9.0))
    assert run["hit"][0].tolist() == [-1.0, 2.0]


def test_a_concentration_that_an_event_sets_keeps_its_amount_when_the_volume_jumps() -> None:
    body = """<listOfCompartments><compartment id="c" size="2" constant="false"/></listOfCompartments>
<listOfSpecies><species id="s" compartment="c" initialConcentration="5" hasOnlySubstanceUnits="false"
 boundaryCondition="false" constant="false"/></listOfSpecies>
"""
    body += events(
        event(AFTER_ONE, {"c": 4}), event(call("geq", "t", 2), {"s": 3}), event(call("geq", "t", 3), {"c": 1})
    )
    assert values(body, "s.amount", 0.5, 1.5, 2.5, 3.5) == [10, 10, 12, 12]
    model = read_sbml(sbml(body))
    run = simulate(model, model.parameter_row(), times=[0.5, 1.5, 2.5, 3.5], outputs=["s"])
    assert run["s"][0].tolist() == [5, 2.5, 3, 12]


def test_an_event_triggered_again_while_it_waits_goes_to_the_reference_which_says_so() -> None:
    often = event(call("geq", call("sin", "t"), 0), {"x": UP}, delay="20", at_trigger=False)
    model = read_sbml(sbml(parameters(x=0) + events(often)))
    run = simulate(model, model.parameter_row(), times=[27.0, 33.0], solver=Kernel())
    assert run["x"][0].tolist() == [1, 2]
    assert str(run.outcomes[0]).startswith(
        "ok_reference: an event is triggered again while it waits on day 12.5"
    )


def oscillator() -> System:
    """Return a system whose states events change at moments of their own and by chance."""
    body = parameters(x=1, v=0, hits=0, pace=1)
    body += rules(rate={"x": "<ci>v</ci>", "v": call("minus", call("times", "pace", "x"))})
    body += events(
        event(call("gt", "x", 0.8), {"v": call("times", 1.1, "v")}, delay="0.3"),
        event(call("lt", "x", -0.5), {"hits": call("plus", "hits", 1)}, priority="1"),
        event(call("lt", "x", -0.5), {"x": call("times", 0.9, "x")}, priority="1"),
    )
    kick = RandomEvent("kick", 0.2 + 0.1 * symbol("x") ** 2.0, (Change("v", symbol("v") + 0.3),))
    return replace(read_sbml(sbml(body)), random_events=(kick,))


def population(patients: int) -> np.ndarray:
    model = oscillator()
    rows = np.repeat(model.parameter_row(), patients, axis=0)
    rows[:, model.parameters.index("pace")] = np.linspace(0.3, 3.0, patients)
    return rows


def whole(patients: int = 11, threads: int = 1, lanes: int | None = 4) -> Run:
    return simulate(
        oscillator(),
        population(patients),
        times=np.linspace(0.0, 25.0, 51),
        doses=Doses(patient=np.arange(patients), time=3.0, target="x", amount=0.5, duration=0.7),
        solver=Kernel(lanes),
        threads=threads,
        seed=9,
    )


def same_bits(one: Run, other: Run) -> None:
    assert {outcome.code for outcome in one.outcomes} == {"ok"}
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.events.time, other.events.time)
    np.testing.assert_array_equal(one.events.patient, other.events.patient)


def test_patients_with_events_are_the_same_bits_in_vectors_of_any_width_and_any_number_of_threads() -> None:
    expected = whole()
    assert len(expected.events) > 20
    for lanes in (1, 2, 8):
        same_bits(whole(lanes=lanes), expected)
    same_bits(whole(threads=3), expected)


def test_a_patient_with_events_is_the_same_bits_in_any_company() -> None:
    together = whole()
    for i in (0, 4, 10):
        alone = simulate(
            oscillator(),
            population(11)[[i]],
            times=np.linspace(0.0, 25.0, 51),
            doses=Doses(patient=0, time=3.0, target="x", amount=0.5, duration=0.7),
            solver=Kernel(4),
            seed=9,
            keys=[i],
        )
        np.testing.assert_array_equal(alone.values[0], together.values[i])
        np.testing.assert_array_equal(alone.events.time, together.events.time[together.events.patient == i])


def test_more_random_events_than_the_table_has_room_for_are_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = whole()
    monkeypatch.setattr(kernel, "FEW_EVENTS", 2)
    same_bits(whole(), expected)


def test_each_patient_has_its_own_events() -> None:
    body = parameters(x=0, late=1) + events(event(call("geq", "t", "late"), {"x": 1}))
    model = read_sbml(sbml(body))
    rows = np.repeat(model.parameter_row(), 3, axis=0)
    rows[:, model.parameters.index("late")] = [0.5, 1.5, 2.5]
    run = simulate(model, rows, times=[1.0, 2.0], solver=Reference())
    assert run["x"].tolist() == [[1, 1], [0, 1], [0, 0]]


def test_events_are_found_with_float32_stages_too() -> None:
    ask = {"times": np.linspace(0.0, 25.0, 51), "seed": 9, "tolerance": Tolerance(1e-5)}
    double, mixed = (
        simulate(oscillator(), population(9), solver=Kernel(precision=one, most_growth=np.inf), **ask)  # type: ignore[arg-type]
        for one in (DOUBLE, MIXED)
    )
    assert mixed.provenance["precision"] == "mixed"
    assert [outcome.code for outcome in mixed.outcomes] == ["ok"] * 9
    np.testing.assert_array_equal(mixed["hits"], double["hits"])
    assert len(mixed.events) == len(double.events)
    np.testing.assert_allclose(mixed.events.time, double.events.time, atol=5e-3)
    for lanes in (1, 2, 4):
        narrow = simulate(
            oscillator(),
            population(9),
            solver=Kernel(lanes, MIXED, most_growth=np.inf),
            **ask,  # type: ignore[arg-type]
        )
        np.testing.assert_array_equal(narrow.values, mixed.values)
