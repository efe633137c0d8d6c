"""The object for programs holds plain JSON: numbers, null, never NaN."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from lekti.base.provenance import USE
from lekti.outputs.json_object import json_object
from lekti.patients.case import Exact
from lekti.population.result import Result


def test_the_object_is_plain_json(result: Result) -> None:
    text = json.dumps(json_object(result), allow_nan=False)
    assert json.loads(text) == json_object(result)


def test_case_seed_versions_and_use_are_named(result: Result) -> None:
    found = json_object(result)
    assert (found["case"], found["seed"], found["patients"], found["use"]) == ("index", 1, 60, USE)
    assert found["versions"]["lekti"] == "0.1.0"


def test_a_value_without_a_date_has_credibility_by_date_and_null_inside(result: Result) -> None:
    one = json_object(result)["measurements"][1]
    assert one["inside"] is None
    assert one["observed"] == 55.8
    assert one["when"] == {
        "kind": "unstated",
        "earliest": None,
        "latest": None,
        "relation": "after dupilumab",
    }
    assert len(one["credibility"]) == len(result.comparisons[1].credibility)
    assert all(0 <= step["credibility"] <= 1 for step in one["credibility"])


def test_ages_stand_in_days_and_years(result: Result) -> None:
    one = json_object(result)["measurements"][1]["inside_from"]
    assert one["years"] == pytest.approx(one["days"] / 365.25, abs=1e-6)
    assert json_object(result)["until"] == {"days": 3104.625, "years": 8.5}


def test_a_dated_value_is_inside_or_not(result: Result) -> None:
    dated = replace(
        result.comparisons[0],
        when=Exact(1000.0),
        credibility=(),
        inside=True,
        inside_from=None,
        inside_until=None,
    )
    one = json_object(replace(result, comparisons=(dated,)))["measurements"][0]
    assert (one["inside"], one["credibility"], one["inside_from"]) == (True, [], None)


def test_what_is_not_a_number_is_null(result: Result) -> None:
    nothing = (math.nan, math.inf)
    broken = replace(result.comparisons[0], median=math.nan, interval50=nothing, interval90=nothing)
    one = json_object(replace(result, comparisons=(broken,)))["measurements"][0]
    assert one["predicted"] == {"median": None, "interval50": [None, None], "interval90": [None, None]}


def test_failures_are_counted(result: Result) -> None:
    assert json_object(replace(result, outcomes=("ok",) * 58 + ("failed: x",) * 2))["failed"] == 2
