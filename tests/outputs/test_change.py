"""The change between two values: in the title, in the table, in JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from lekti.outputs.change import change_between, change_in_words, change_object
from lekti.outputs.course_figure import shown_panels
from lekti.outputs.finding import finding
from lekti.outputs.json_object import json_object
from lekti.outputs.report import report_html
from lekti.population.result import Change, Reading, Result

YEAR = 365.25


def change(first: float | None, last: float | None, observed: float = 0.05) -> Change:
    steps = tuple(
        ((6 + year) * YEAR, 0.1 * year, 0.9 ** (year * 6), 0.9 ** (year * 9), 0.9**year) for year in range(5)
    )
    return Change(
        id="ige_before to ige_after", quantity="ige", label="total IgE",
        earlier="ige_before", later="ige_after", earlier_value=1078.0, later_value=55.8,
        unit="IU/mL", observed=observed, effective=42.0, credibility=steps,
        inside_from=first, inside_until=last, source="PMID:40607310", verdict="inside at some dates",
    )  # fmt: skip


def words(result: Result, one: Change):
    found = change_between(replace(result, changes=(one,)))
    assert found is not None
    return change_in_words(*found)


def test_the_title_says_from_when_the_fall_is_credible(result):
    told = words(result, change(9 * YEAR, 10 * YEAR))
    assert told.title == (
        "A fall of serum IgE from 1,078 to 55.8 IU/mL is credible from about 3.0 years after dupilumab starts"
    )
    assert told.observed.startswith("−95.0")
    assert told.verdict == "inside from 3.0 years"


def with_credibility(one: Change, value: float) -> Change:
    return replace(one, credibility=tuple((step[0], value, *step[2:]) for step in one.credibility))


def test_a_fall_out_of_reach_is_told_as_such(result):
    told = words(result, replace(with_credibility(change(None, None), 0.0), effective=400.0))
    assert "is not credible at any age up to 10.0 years" in told.title
    assert told.verdict == "outside at every date"


def test_a_rise_is_called_a_rise(result):
    assert words(result, change(6 * YEAR, 10 * YEAR, observed=1.4)).title.startswith("A rise of serum IgE")


def test_without_a_change_there_is_nothing_to_tell(result):
    assert change_between(replace(result, changes=())) is None


def test_the_plain_data_hold_ratios_and_ages(result):
    plain = json.loads(json.dumps(change_object(change(9 * YEAR, 10 * YEAR)), allow_nan=False))
    assert plain["observed_ratio"] == 0.05
    assert plain["inside_from"] == {"days": 9 * YEAR, "years": 9.0}
    assert len(plain["credibility"]) == 5
    assert plain["credibility"][1]["interval90"] == pytest.approx([0.9**9, 0.9])


def test_the_other_reading_stands_in_the_lead_the_table_and_json(result):
    other = Reading("clearance of IgE moves with IgE", result.comparisons, (change(7 * YEAR, 10 * YEAR),))
    both = replace(result, changes=(change(9 * YEAR, 10 * YEAR),), other=other)
    told = finding(both, shown_panels(both))
    assert "Under the other reading, in which clearance of IgE moves with IgE" in told.lead
    assert "from about 12 months" in told.lead
    assert "The same under the other reading" in report_html(both)
    plain = json_object(both)["other_reading"]
    assert plain["name"] == "clearance of IgE moves with IgE"
    assert len(plain["measurements"]) == len(result.comparisons)
    assert json_object(replace(both, other=None))["other_reading"] is None


def test_a_fall_near_the_edge_is_not_called_impossible(result):
    told = words(result, with_credibility(change(None, None), 0.08))
    assert "lies at the edge of what is credible up to 10.0 years" in told.title
    assert "With 42 effective patients the limit" in told.lead


def test_the_lead_says_how_uncertain_the_date_is(result):
    told = words(result, change(7 * YEAR, 10 * YEAR))
    assert (
        "another draw could place that date anywhere from the first day to 3.0 years after dupilumab"
        in told.lead
    )


def test_many_patients_leave_no_doubt_and_no_sentence(result):
    told = words(result, replace(with_credibility(change(7 * YEAR, 10 * YEAR), 0.3), effective=1e6))
    assert "another draw" not in told.lead


def test_a_fall_that_is_inside_without_certainty_is_at_the_edge(result):
    told = words(result, with_credibility(change(9 * YEAR, 10 * YEAR), 0.12))
    assert "lies at the edge of what is credible" in told.title
    assert told.verdict == "at the edge"
