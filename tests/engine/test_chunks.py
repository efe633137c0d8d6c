"""Patients in chunks: the same bits as all at once, in the memory of one chunk."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from lekti.base.errors import InputError
from lekti.engine.chunks import simulate_chunks
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.simulate import simulate
from lekti.model.event import Change, RandomEvent
from lekti.model.expression import symbol
from lekti.model.system import System

from .models import two_compartments

PATIENTS = 23
DOSES = Doses(
    patient=np.arange(PATIENTS)[::-1].repeat(2),
    time=np.tile([0.0, 5.0], PATIENTS),
    target="depot",
    amount=np.arange(2.0 * PATIENTS),
)


def chancy() -> System:
    flare = RandomEvent("flare", 0.1 + 0.01 * symbol("centre"), (Change("depot", symbol("depot") + 3.0),))
    return replace(two_compartments(), random_events=(flare,))


def rows(patients: int, first: int = 0) -> np.ndarray:
    scale = 1.0 + 0.01 * np.arange(first, first + patients)
    return chancy().parameter_row() * scale[:, np.newaxis]


@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_chunks_are_the_whole_bit_by_bit(chunk: int) -> None:
    ask = {"times": [0.0, 4.0, 30.0], "solver": Kernel(), "seed": 4}
    whole = simulate(chancy(), rows(PATIENTS), doses=DOSES, **ask)  # type: ignore[arg-type]
    parts = list(simulate_chunks(chancy(), rows(PATIENTS), chunk=chunk, doses=DOSES, **ask))  # type: ignore[arg-type]
    assert [len(part.values) for part in parts] == [
        len(rows(PATIENTS)[i : i + chunk]) for i in range(0, 23, chunk)
    ]
    np.testing.assert_array_equal(np.concatenate([part.values for part in parts]), whole.values)
    np.testing.assert_array_equal(np.concatenate([part.events.time for part in parts]), whole.events.time)
    assert len(whole.events) > PATIENTS


def test_blocks_of_parameters_are_the_whole_bit_by_bit() -> None:
    def doses_of(patients: range) -> Doses:
        return Doses(
            patient=np.arange(len(patients)), time=1.0, target="depot", amount=np.array(patients) + 1.0
        )

    ask = {"times": [30.0], "solver": Kernel(), "seed": 4}
    whole = simulate(chancy(), rows(PATIENTS), doses=doses_of(range(PATIENTS)), **ask)  # type: ignore[arg-type]
    blocks = (rows(size, first) for first, size in ((0, 10), (10, 1), (11, 12)))
    parts = simulate_chunks(chancy(), blocks, doses=doses_of, **ask)  # type: ignore[arg-type]
    np.testing.assert_array_equal(np.concatenate([part.values for part in parts]), whole.values)


def test_keys_of_ones_own_go_with_the_patients() -> None:
    keys = np.arange(PATIENTS) * 1000
    ask = {"times": [30.0], "solver": Kernel(), "seed": 4, "keys": keys}
    whole = simulate(chancy(), rows(PATIENTS), **ask)  # type: ignore[arg-type]
    parts = simulate_chunks(chancy(), rows(PATIENTS), chunk=5, **ask)  # type: ignore[arg-type]
    np.testing.assert_array_equal(np.concatenate([part.events.time for part in parts]), whole.events.time)


def test_memory_does_not_grow_with_the_number_of_patients() -> None:
    def peak(chunks: int) -> int:
        def blocks() -> Iterator[np.ndarray]:
            for i in range(chunks):
                yield rows(64, 64 * i)

        tracemalloc.start()
        seen = sum(
            len(run.values)
            for run in simulate_chunks(chancy(), blocks(), times=TIMES, solver=Kernel(), seed=1)
        )
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seen == 64 * chunks
        return found

    peak(1)  # what is kept for good, such as compiled code
    assert peak(40) < 1.2 * peak(4)


TIMES = np.linspace(0.0, 20.0, 1001)


def test_doses_for_nobody_are_refused() -> None:
    doses = Doses(patient=PATIENTS, time=0.0, target="depot", amount=1.0)
    with pytest.raises(InputError, match="patient 23"):
        next(simulate_chunks(chancy(), rows(PATIENTS), doses=doses, times=[1.0], seed=1))


def test_a_chunk_of_nobody_is_refused() -> None:
    with pytest.raises(InputError, match="chunk of 0"):
        next(simulate_chunks(chancy(), rows(3), chunk=0, times=[1.0], seed=1))


def test_doses_of_all_need_parameters_of_all() -> None:
    with pytest.raises(InputError, match="in blocks"):
        next(simulate_chunks(chancy(), iter([rows(3)]), doses=DOSES, times=[1.0], seed=1))
