"""Identifiability: a number that data narrowed is told from what chance does."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lekti.base.errors import InputError
from lekti.model.parameters import load_parameters
from lekti.outputs.identifiability import (
    AS_BEFORE,
    NARROWED,
    NOT_MOVED,
    identifiability,
    identifiability_object,
    identifiability_text,
)
from lekti.population.typical import prior_typical

TYPICAL = prior_typical(sets=50, seed=1)


def about(**left: float):
    """Return what a calibration says: half of the rest 5 % above 1, half 5 % below."""
    usual = {name: 1.05 if place % 2 else 0.95 for place, name in enumerate(TYPICAL.names)}
    return {"fit": {"spread_left": {**usual, **left}}}


def test_what_data_narrowed_is_told_from_chance():
    found = identifiability(TYPICAL, about(entry_half=0.6))
    assert found.chance == pytest.approx(0.05)
    assert found.limit == pytest.approx(0.9)
    verdicts = {one.id: one.verdict for one in found.rows}
    assert [name for name, verdict in verdicts.items() if verdict == NARROWED] == ["entry_half"]
    assert verdicts["lipid_power"] == AS_BEFORE
    assert found.rows[0].id == "entry_half"


def test_every_number_that_varies_is_in_the_table_once():
    found = identifiability(TYPICAL, about())
    names = [one.id for one in found.rows]
    assert len(names) == len(set(names))
    assert {one.id for one in load_parameters() if one.prior.varies} <= set(names)
    assert set(TYPICAL.names) <= set(names)


def test_a_number_with_a_source_is_not_moved():
    rows = {one.id: one for one in identifiability(TYPICAL, about()).rows}
    assert rows["tewl_healthy"].verdict == NOT_MOVED
    assert rows["tewl_healthy"].left is None


def test_how_far_the_middle_moved_is_the_mean_of_the_scores():
    rows = {one.id: one for one in identifiability(TYPICAL, about()).rows}
    place = TYPICAL.names.index("entry_half")
    assert rows["entry_half"].moved == pytest.approx(float(np.mean(TYPICAL.scores[:, place])))


def test_text_and_object_count_the_same():
    found = identifiability(TYPICAL, about(entry_half=0.6))
    told = json.loads(json.dumps(identifiability_object(found), allow_nan=False))
    assert told["narrowed"] + told["as_before"] + told["not_moved"] == len(told["numbers"])
    assert "data narrowed 1 by more than chance" in identifiability_text(found)
    assert told["use"]


@pytest.mark.parametrize("what", [{}, {"fit": 3}, {"fit": {}}])
def test_values_that_do_not_say_what_was_narrowed_are_refused(what):
    with pytest.raises(InputError, match="do not say"):
        identifiability(TYPICAL, what)
