"""Sensitivity: the shares of variance are those of a known formula, and a stopped analysis goes on."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.base.errors import InputError, MachineError
from lekti.model.netherton import netherton_system
from lekti.patients.library import load_case
from lekti.population import sensitivity as room
from lekti.population.draw import draw_parameters
from lekti.population.factors import factors_of, people_at
from lekti.population.sensitivity import OTHERS, READOUTS, Settings, read_off_days, sensitivity

SETTINGS = Settings(trajectories=4, factors=2, samples=1024, seed=1)


def quiet(what: str, done: int, total: int) -> None:
    """Report nothing."""


@pytest.fixture
def case():
    return load_case("index")


@pytest.fixture
def formula(monkeypatch):
    """Put a sum with known shares in place of the model: 16 to 4 to 1 of 21, and count the people."""
    asked: list[int] = []

    def followed(factors, shares, age, *, treated):
        asked.append(len(shares))
        names = list(factors.names)
        one, two, three = (shares[:, names.index(name)] for name in ("tewl_healthy", "itch_half", "ige_half"))
        values = np.exp(4 * one + 2 * two + three)[:, np.newaxis, np.newaxis]
        out = np.tile(values, (1, 2, len(READOUTS)))
        out[..., list(READOUTS).index("itch_nrs")] = np.log(out[..., 0])
        return out

    monkeypatch.setattr(room, "_followed", followed)
    return asked


def test_shares_are_those_of_a_known_sum(case, formula, tmp_path):
    found = sensitivity(case, tmp_path, SETTINGS, progress=quiet)
    assert sorted(found.screen, key=lambda name: -found.screen[name])[:3] == [
        "tewl_healthy",
        "itch_half",
        "ige_half",
    ]
    for answer in found.answers:
        shares = {one.name: one for one in answer.indices}
        assert set(shares) == {"tewl_healthy", "itch_half", OTHERS}
        for name, share in (("tewl_healthy", 16 / 21), ("itch_half", 4 / 21), (OTHERS, 1 / 21)):
            assert shares[name].total == pytest.approx(share, abs=0.08)
            assert shares[name].alone == pytest.approx(share, abs=0.08)
            assert shares[name].total_half < 0.2


def test_a_stopped_analysis_goes_on_to_the_same_end(case, formula, tmp_path):
    first = sensitivity(case, tmp_path / "a", SETTINGS, progress=quiet)
    everybody = sum(formula)
    (tmp_path / "a" / "sobol_0001.npz").unlink()
    formula.clear()
    again = sensitivity(case, tmp_path / "a", SETTINGS, progress=quiet)
    assert sum(formula) == room.CHUNK < everybody
    assert again.answers == first.answers


def test_a_folder_of_another_analysis_is_refused(case, formula, tmp_path):
    sensitivity(case, tmp_path, SETTINGS, progress=quiet)
    with pytest.raises(InputError, match="another analysis"):
        sensitivity(case, tmp_path, Settings(4, 2, 1024, 2), progress=quiet)


def test_people_that_cannot_be_followed_are_counted_and_many_are_refused(
    case, formula, tmp_path, monkeypatch
):
    whole = room._followed

    def losing(factors, shares, age, *, treated):
        values = whole(factors, shares, age, treated=treated)
        values[shares[:, 0] > limit] = np.nan
        return values

    monkeypatch.setattr(room, "_followed", losing)
    limit = 0.999
    found = sensitivity(case, tmp_path / "few", SETTINGS, progress=quiet)
    assert 0 < found.lost < 0.01 * found.people
    limit = 0.5
    with pytest.raises(MachineError, match="could not be followed"):
        sensitivity(case, tmp_path / "many", SETTINGS, progress=quiet)


def test_two_people_of_the_model_itself_are_followed_under_both_plans(case):
    factors = factors_of(case)
    shares = np.full((2, len(factors.names)), 0.5)
    shares[1, factors.names.index("lekti_allele_a")] = 0.99
    values = room._followed(factors, shares, read_off_days(case), treated=True)
    assert values.shape == (2, 2, len(READOUTS))
    tewl = list(READOUTS).index("tewl")
    assert (values[1, :, tewl] < values[0, :, tewl]).all()


def test_the_middle_of_every_prior_is_its_median(case):
    system, factors = netherton_system(), factors_of(case)
    middle = people_at(system, factors, np.full((1, len(factors.names)), 0.5))[0]
    drawn = draw_parameters(factors.parameters, patients=range(4001), seed=1)
    for one in factors.parameters:
        if one.prior.name == "lognormal":
            value = middle[system.parameters.index(one.id)]
            assert value == pytest.approx(np.median(drawn[one.id]), rel=0.05)


def test_one_variant_on_both_copies_is_one_factor(case):
    factors = factors_of(case)
    assert factors.names[-1] == "lekti_allele_a"
    matrix = people_at(netherton_system(), factors, np.full((1, len(factors.names)), 0.3))
    places = [netherton_system().parameters.index(name) for name in ("lekti_allele_a", "lekti_allele_b")]
    assert matrix[0, places[0]] == matrix[0, places[1]]


def test_it_is_read_off_one_year_into_the_last_treatment(case):
    assert read_off_days(case) == pytest.approx(7 * 365.25)
