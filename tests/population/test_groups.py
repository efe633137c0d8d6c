"""Groups of virtual people: repeatable, of the genotype and age meant, and sharing what a set shares."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.model.netherton import netherton_system
from lekti.model.parameters import load_parameters
from lekti.population.draw import SHARED, draw_in_sets, draw_parameters
from lekti.population.groups import draw_group
from lekti.population.target_words import population_kinds
from lekti.population.typical import prior_typical

SYSTEM = netherton_system()
TYPICAL = prior_typical(sets=2, seed=1)


def column(group, name: str) -> np.ndarray:
    return group.parameters[:, SYSTEM.parameters.index(name)]


@pytest.fixture(scope="module")
def healthy():
    return draw_group(
        SYSTEM, population_kinds()["healthy_adults"], typical=TYPICAL, sets=2, per_set=8, seed=1
    )


def test_healthy_people_have_two_working_alleles_and_usual_weight(healthy):
    assert np.all(column(healthy, "lekti_allele_a") == 1.0)
    assert np.median(column(healthy, "weight_factor")) == pytest.approx(1.0, abs=0.12)


def test_ages_cover_the_range_and_both_sexes_are_there(healthy):
    years = np.unique(healthy.ages) / 365.25
    assert years.tolist() == pytest.approx([22.5, 27.5, 32.5, 37.5])
    assert set(healthy.male) == {True, False}


def test_a_set_does_not_depend_on_how_many_sets_are_drawn(healthy):
    one = draw_group(SYSTEM, healthy.kind, typical=TYPICAL, sets=1, per_set=8, seed=1)
    assert np.array_equal(one.parameters, healthy.parameters[healthy.sets == 0])


def test_everybody_with_netherton_syndrome_is_affected_and_shares_one_draw_of_a_homozygous_variant():
    group = draw_group(SYSTEM, population_kinds()["index_boy"], typical=TYPICAL, sets=1, per_set=6, seed=2)
    assert np.array_equal(column(group, "lekti_allele_a"), column(group, "lekti_allele_b"))
    assert np.all(group.tries >= 1)
    assert len(group.strata()) == 1


def test_a_set_shares_half_of_the_variance_of_assumed_numbers():
    patients, sets = np.arange(40_000), np.arange(40_000) // 4
    typical = prior_typical(sets=10_000, seed=3)
    drawn = draw_in_sets(
        load_parameters(), patients=patients, typical=lambda name: typical.of(name, sets), seed=3
    )
    assumed = np.log(drawn["par2_half"]).reshape(-1, 4)
    sourced = np.log(drawn["tewl_healthy"]).reshape(-1, 4)
    for logs, expected in ((assumed, SHARED), (sourced, 0.0)):
        assert np.corrcoef(logs[:, 0], logs[:, 1])[0, 1] == pytest.approx(expected, abs=0.05)


def test_one_person_of_a_set_is_distributed_as_one_person_alone():
    patients = np.arange(20_000)
    typical = prior_typical(sets=20_000, seed=5)
    sets = draw_in_sets(
        load_parameters(), patients=patients, typical=lambda name: typical.of(name, patients), seed=3
    )
    alone = draw_parameters(load_parameters(), patients=patients, seed=4)
    for name in ("par2_half", "blockade_response", "white", "dupilumab_ke_ref"):
        assert np.mean(sets[name]) == pytest.approx(np.mean(alone[name]), rel=0.03, abs=0.02)
        assert np.std(sets[name]) == pytest.approx(np.std(alone[name]), rel=0.05)
