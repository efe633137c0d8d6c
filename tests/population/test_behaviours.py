"""The behaviours that must emerge: every one is judged, and a spoiled model fails the one it breaks."""

from __future__ import annotations

import pytest

from lekti.base.tables import knowledge_table
from lekti.population import behaviours as room
from lekti.population.behaviours import JUDGES, behaviours
from lekti.population.typical import prior_typical


def quiet(what: str, done: int, total: int) -> None:
    """Report nothing."""


@pytest.fixture(scope="module")
def found():
    typical = prior_typical(sets=8, seed=1)
    return {one.id: one for one in behaviours(typical, people=8, seed=1, progress=quiet)}


def test_every_behaviour_of_the_table_is_judged(found):
    assert list(found) == [row["id"] for row in knowledge_table("targets/behaviours.tsv")] == list(JUDGES)


@pytest.mark.parametrize("name", ["recessive", "graded", "rescue", "sealed", "dupilumab", "ivig", "atopic"])
def test_it_holds_at_the_median(found, name):
    assert found[name].at_the_median
    assert found[name].share > 0.7


def test_the_newborn_is_in_danger_first_and_not_without_what_matures(found, monkeypatch):
    """Without newborn KLK and LEKTI, water loss per kg is not greatest in the first weeks."""
    assert found["newborn"].at_the_median
    assert found["newborn"].role == "seen"
    everybody = room._people

    def grown(*args, **kwargs):
        matrix = everybody(*args, **kwargs)
        matrix[:, args[0].parameters.index("newborn_gain")] = 0.0
        return matrix

    monkeypatch.setattr(room, "_people", grown)
    spoiled = {
        one.id: one for one in behaviours(prior_typical(sets=8, seed=1), people=8, seed=1, progress=quiet)
    }
    assert spoiled["newborn"].share < found["newborn"].share


def test_a_model_whose_carriers_are_ill_is_caught(monkeypatch):
    everybody = room._people

    def weak(*args, **kwargs):
        matrix = everybody(*args, **kwargs)
        matrix[:, args[0].parameters.index("strong_supply")] *= 0.2
        return matrix

    monkeypatch.setattr(room, "_people", weak)
    typical = prior_typical(sets=6, seed=1)
    spoiled = {one.id: one for one in behaviours(typical, people=6, seed=1, progress=quiet)}
    assert not spoiled["recessive"].at_the_median
