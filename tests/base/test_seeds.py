"""Counter-based draws agree with an independent Philox and are as uniform as they must be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from lekti.base.seeds import patient_generator, patient_shares, philox

WORD = st.integers(0, 2**64 - 1)


@given(st.tuples(WORD, WORD), st.tuples(st.integers(0, 2**64 - 2), WORD, WORD, WORD))
def test_a_block_is_that_of_numpy(key, counter):
    # numpy steps its counter on before it makes a block
    ours = philox(tuple(np.array([word], dtype=np.uint64) for word in (counter[0] + 1, *counter[1:])), key)
    theirs = np.random.Philox(key=np.array(key, dtype=np.uint64), counter=np.array(counter, dtype=np.uint64))
    assert [int(word[0]) for word in ours] == [int(word) for word in theirs.random_raw(4)]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.integers(0, 2**40))
def test_a_share_does_not_depend_on_the_other_patients(patients, seed):
    together = patient_shares(seed, patients, "weight", 3)
    alone = [patient_shares(seed, [patient], "weight", 3)[0] for patient in patients]
    assert together.tolist() == alone


def test_shares_are_uniform_over_patients_and_over_numbers():
    assert kstest(patient_shares(5, np.arange(100_000), "a"), "uniform").pvalue > 0.001
    over_numbers = [float(patient_shares(5, [3], "a", number)[0]) for number in range(2000)]
    assert kstest(over_numbers, "uniform").pvalue > 0.001


@pytest.mark.parametrize("other", [(6, "a", 0), (5, "b", 0), (5, "a", 1)])
def test_another_seed_stream_or_number_is_another_draw(other):
    seed, stream, number = other
    first = patient_shares(5, np.arange(10_000), "a")
    second = patient_shares(seed, np.arange(10_000), stream, number)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.04


def test_a_generator_belongs_to_one_patient_and_stream():
    first, again, other = (patient_generator(1, patient, "x").random() for patient in (7, 7, 8))
    assert first == again != other
