"""Doses as sorted stops."""

from __future__ import annotations

import numpy as np

from lekti.engine.doses import Doses, stops_by_patient


def test_stops_are_sorted_in_time_whatever_the_order_of_doses() -> None:
    doses = Doses(patient=0, time=[5.0, 1.0, 3.0], target="x", amount=[50.0, 10.0, 30.0])
    (stops,) = stops_by_patient(doses, patients=1, states=["x"])
    np.testing.assert_array_equal(stops.time, [1.0, 3.0, 5.0])
    np.testing.assert_array_equal(stops.jump, [10.0, 30.0, 50.0])


def test_an_infusion_is_two_stops_that_cancel_exactly() -> None:
    doses = Doses(patient=0, time=[0.0, 0.5], target="x", amount=[0.1, 0.3], duration=[1.0, 0.7])
    (stops,) = stops_by_patient(doses, patients=1, states=["x"])
    np.testing.assert_allclose(stops.time, [0.0, 0.5, 1.0, 1.2])
    np.testing.assert_allclose(stops.inflow[:3], [0.1, 0.1 + 0.3 / 0.7, 0.3 / 0.7])
    assert stops.inflow[3] == 0.0
    assert not stops.jump.any()


def test_inflows_into_two_states_are_counted_apart() -> None:
    doses = Doses(patient=0, time=[0.0, 1.0], target=["x", "y"], amount=10.0, duration=2.0)
    (stops,) = stops_by_patient(doses, patients=1, states=["x", "y"])
    np.testing.assert_array_equal(stops.target, [0, 1, 0, 1])
    np.testing.assert_array_equal(stops.inflow, [5.0, 5.0, 0.0, 0.0])


def test_each_patient_has_its_own_stops() -> None:
    doses = Doses(patient=[2, 0, 2], time=[1.0, 2.0, 0.5], target="x", amount=[1.0, 2.0, 3.0])
    stops = stops_by_patient(doses, patients=3, states=["x"])
    assert [len(s) for s in stops] == [1, 0, 2]
    np.testing.assert_array_equal(stops[2].jump, [3.0, 1.0])


def test_a_dose_at_once_during_an_infusion_keeps_the_infusion_running() -> None:
    doses = Doses(
        patient=[1, 1, 0], time=[0.0, 1.0, 0.0], target="x", amount=[6.0, 4.0, 1.0], duration=[3.0, 0.0, 0.0]
    )
    stops = stops_by_patient(doses, patients=2, states=["x"])
    np.testing.assert_array_equal(stops[1].inflow, [2.0, 2.0, 0.0])
    np.testing.assert_array_equal(stops[1].jump, [0.0, 4.0, 0.0])
    np.testing.assert_array_equal(stops[0].inflow, [0.0])


def test_stops_of_some_patients_are_their_own() -> None:
    doses = Doses(patient=[2, 0, 2, 1], time=[1.0, 2.0, 0.5, 4.0], target="x", amount=[1.0, 2.0, 3.0, 4.0])
    stops = stops_by_patient(doses, patients=3, states=["x"])
    some = stops.of([2, 0])
    assert len(some) == 2
    np.testing.assert_array_equal(some[0].jump, [3.0, 1.0])
    np.testing.assert_array_equal(some.joined.jump, [3.0, 1.0, 2.0])
    assert [len(one) for one in stops[1:]] == [1, 2]
