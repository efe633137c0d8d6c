"""The signs seen weight a genotype's prior: more demanding signs, lower activity left."""

from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.genetics.describe import describe
from lekti.patients.case import Case, Feature
from lekti.patients.library import load_case
from lekti.population.person import carries_twice, check_carries, person_left
from lekti.population.signs import sign_weights

HAIR, REDNESS, SCALING = "HP:0025811", "HP:0007381", "HP:0040189"
READOUTS = {
    "water_loss": np.array([1.0, 1.6, 2.0, 4.0, np.nan]),
    "lekti": np.array([1.0, 0.5, 0.25, 0.05, 0.1]),
}


@pytest.fixture(scope="module")
def index() -> Case:
    return load_case("index")


def _with(case: Case, *codes: str) -> Case:
    return replace(case, features=tuple(Feature(code, code, True) for code in codes))


def test_no_sign_and_general_signs_weigh_nothing(index):
    for case in (_with(index), _with(index, SCALING)):
        assert np.all(sign_weights(case, READOUTS) == 1)


def test_hair_follows_the_activity_left_and_skin_the_water_loss(index):
    hair, skin = (sign_weights(_with(index, code), READOUTS) for code in (HAIR, REDNESS))
    assert np.all(np.diff(hair[:4]) > 0)
    assert np.all(np.diff(skin[:4]) > 0)
    assert hair[2] == pytest.approx(0.5)
    assert skin[2] == pytest.approx(0.5)
    assert skin[4] == 0


def test_groups_multiply_and_signs_of_one_group_do_not(index):
    both = sign_weights(_with(index, HAIR, REDNESS), READOUTS)
    hair, skin = (sign_weights(_with(index, code), READOUTS) for code in (HAIR, REDNESS))
    assert np.allclose(both, hair * skin)
    twice = sign_weights(_with(index, REDNESS, "HP:0001019", SCALING), READOUTS)
    assert np.array_equal(twice, skin)


def test_a_carrier_and_a_healthy_person_would_hardly_show_bamboo_hair(index):
    weights = sign_weights(_with(index, HAIR), READOUTS)
    assert weights[0] < 0.005
    assert weights[1] < 0.06


def test_weights_lie_between_none_and_all_and_every_number_is_assumed(index):
    weights = sign_weights(index, {"water_loss": np.array([0.0, 1e9]), "lekti": np.array([0.0, 1e9])})
    assert np.all((weights >= 0) & (weights <= 1))
    assert {row["provenance"] for row in knowledge_table("genetics/signs.tsv")} == {"assumed"}


@pytest.fixture(scope="module")
def left(index):
    return person_left(index, patients=48, seed=1, progress=lambda what, done, total: None)


def test_signs_lower_what_is_left_and_the_share_of_draws_is_told(left):
    assert np.median(left.conditioned) < np.median(left.prior)
    assert np.quantile(left.conditioned, 0.95) < np.quantile(left.prior, 0.95)
    assert 0 < left.kept < left.with_disease < 1


def test_a_person_without_signs_keeps_the_prior(index):
    plain = person_left(_with(index), patients=8, seed=1, progress=lambda what, done, total: None)
    assert np.array_equal(plain.prior, plain.conditioned)
    assert plain.kept == 1


def test_a_case_must_carry_the_variant_under_whichever_name(index):
    check_carries(index, describe("IVS14+5G>C"))
    assert carries_twice(index, describe("chr5:148101441G>C"))
    with pytest.raises(InputError, match=r"does not carry c\.1048C>T"):
        check_carries(index, describe("c.1048C>T"))


def test_the_command_prints_prior_and_conditioned_value(monkeypatch):
    from lekti.cli import variant_command
    from lekti.cli.main import app

    monkeypatch.setattr(variant_command, "PATIENTS", 8)
    result = CliRunner().invoke(app, ["variant", "c.1302+5G>C", "--case", "index"])
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "In this person, both copies:" in words
    assert "of such draws would not have had the disease" in words
    assert "on both copies in case index" in words
