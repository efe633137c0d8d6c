"""Targets are entered twice: the table here was typed from the facts alone."""

from __future__ import annotations

import csv
import math
import os
import re
from functools import cache
from pathlib import Path

import pytest

from lekti.base.tables import Row, knowledge_table, read_table
from lekti.model.parameters import load_parameters
from lekti.patients.when import read_duration
from lekti.population.target_words import readout_words
from lekti.population.targets import Target, shipped_targets

HERE = Path(__file__).parent
ENTRIES = {
    row["id"]: row for row in read_table((HERE / "targets.tsv").read_text("utf-8"), name="targets.tsv")
}
SHARED = Path(os.environ.get("LEKTI_SHARED", HERE.parents[2] / "shared")) / "science"
PRINTED = {row["id"]: row for row in knowledge_table("targets/targets.tsv")}
POPULATIONS = {row["id"]: row for row in knowledge_table("targets/populations.tsv")}
STRICTNESS = {"test": 0, "seen": 1, "fit": 2}
NG_PER_IU = 2.42
"""ng of IgE in 1 IU (Hayashi 2007)."""

NAMED_OTHERWISE = {
    "hcp_d2": "hcp_d2:dupilumab",
    "hcp_d2_pbo": "hcp_d2:placebo",
    "tewl_ad_lesional_sts0_baseline": "tewl_ad_lesional_sts0",
    "tewl_ad_lesional_sts0_w16": "tewl_ad_lesional_sts0",
    "tewl_ad_dupi_lesion_base": "tewl_ad_dupi_lesion",
    "tewl_ad_dupi_lesion_w16": "tewl_ad_dupi_lesion",
    "tewl_ad_tcs_lesion_base": "tewl_ad_tcs_lesion",
    "tewl_ad_tcs_lesion_w16": "tewl_ad_tcs_lesion",
    "ivig_pk_child": "IM-P006",
    "igg_trough_slope": "IM-P044",
    "pedinf_impetigo": "pedinf_impetigo:dupilumab",
    "hypernatraemia": "IM-O024",
    "septicaemia_infants": "IM-O027",
    "ige_range_netherton": "IM-O036",
}
"""A target whose entry has another name: two targets of one entry, or two entries behind one target."""

NO_TARGET_YET = {"IM-O027"}
"""Entered before the model can speak of it."""

BESIDE = {"IM-D006:peak", "IM-D006:mean", "IM-D006:trough", "pedinf_impetigo:placebo", "ige_prod", "ige_v"}
"""Entries that stand behind a target, or are no target of their own, and have a test of their own below."""

TIMES_CHOSEN = {
    "c001": "both dates unstated: every date of a window counts alike",
    "inf_rr_skin": "trials of 16 to 52 weeks: half a year stands for them",
    "ivig_pk_child": "steady state: a year of infusions",
    "itch_onset_adol": "the day is the number itself",
    **dict.fromkeys(("c076", "c077", "c078", "c079", "c080"), "undated visits, taken as monthly"),
}
ASSUMED = ("ivig_pk_child",)
"""Targets whose range no source prints; what was published behind them has a test of its own."""

LOCATOR_IN_OTHER_WORDS = {
    "tewl_ad_dupi_lesion": "as reported by a news page",
    "tewl_ad_tcs_lesion": "as reported by a news page",
}
SOURCE_IN_OTHER_WORDS = {"ige_quest_52": "label text of dupilumab"}
UNITS = {"g/m^2/hour": "g/m²/h", "day": "d"}
PAIR = re.compile(r"_(?:w16|base|baseline)$")


@cache
def _expected(one: Target) -> tuple[float, float]:
    """Return the range that the second entry gives for a target; one number is a range of no width."""
    entry, kind = _entry(one), readout_words()[one.readout].kind
    if one.id == "pedinf_impetigo":
        ratio = entry.number("value") / ENTRIES["pedinf_impetigo:placebo"].number("value")
        return ratio, ratio
    if one.id == "igg_trough_slope":  # -13 % for each 100 mg/dL, which is 1 g/L
        return 1 + entry.number("value") / 100, 1 + entry.number("value") / 100
    if entry["before"] == "-":
        told = ("low", "high") if entry["value"] == "-" or one.value is None else ("value", "value")
        return entry.number(told[0]), entry.number(told[1])
    if one.readout == "weight_gain":
        return (gain := entry.number("after") - entry.number("before")), gain
    if kind == "level":
        return entry.number("before"), entry.number("before")
    change = 100 * (entry.number("after") / float(entry["before"].removeprefix(">")) - 1)
    return (-100.0 if entry["before"].startswith(">") else change), change


def _entry(one: Target) -> Row:
    return ENTRIES[NAMED_OTHERWISE.get(one.id, one.id)]


def _half_a_digit(text: str) -> float:
    return 0.5 * 10.0 ** -len(text.partition(".")[2]) * (1 + 1e-9)


def _named(one: Target) -> str:
    return one.id


EVERY = pytest.mark.parametrize("one", shipped_targets(), ids=_named)


def test_every_target_is_entered_twice() -> None:
    spoken_of = {_entry(one)["id"] for one in shipped_targets()}
    assert spoken_of | NO_TARGET_YET == set(ENTRIES) - BESIDE


@pytest.mark.parametrize("one", [one for one in shipped_targets() if one.id not in ASSUMED], ids=_named)
def test_number_is_the_one_that_was_entered_again(one: Target) -> None:
    entry, printed, (low, high) = _entry(one), PRINTED[one.id], _expected(one)
    again = {"value": low, "low": low, "high": high}
    if one.value is not None and one.low != one.high:  # a number with its range
        again |= {"low": entry.number("low"), "high": entry.number("high")}
    written = [column for column in again if printed[column] != "-"]
    assert written
    for column in written:
        text = printed[column]
        assert float(text) == pytest.approx(again[column], abs=_half_a_digit(text), rel=0)


@EVERY
def test_people_time_and_source_are_those_entered_again(one: Target) -> None:
    entry = _entry(one)
    if one.id not in TIMES_CHOSEN:
        when = entry["time"] if entry["before"] == "-" or one.time != "-" else "-"
        again = [0.0, 0.0] if when == "-" else [read_duration(when, where="targets.tsv", noun="a time")] * 2
        assert list(one.days) == again
    if entry["n"] != "-" and one.id != "pedinf_impetigo":
        assert one.n == entry.number("n")
    told = SOURCE_IN_OTHER_WORDS.get(one.id, entry["source"].replace("PMID ", "PMID:"))
    assert told in one.source


@EVERY
def test_population_is_of_the_age_and_sex_entered_again(one: Target) -> None:
    """A target may speak of part of those who were studied, never of others."""
    entry, people = _entry(one), POPULATIONS[one.population]
    if one.id in ASSUMED:
        return
    if entry["age_from"] != "-":
        assert people.number("age_from") >= entry.number("age_from")
    if entry["age_to"] != "-":
        assert people.number("age_to") <= entry.number("age_to")
    assert entry["sex"] in ("-", people["sex"])


@EVERY
def test_locator_is_the_one_entered_again(one: Target) -> None:
    entry, told = _entry(one), PRINTED[one.id]["locator"].lower()
    wanted = LOCATOR_IN_OTHER_WORDS.get(entry["id"], entry["locator"])
    assert told.startswith(wanted.lower())


@EVERY
def test_no_target_claims_to_be_read_where_the_fact_is_not(one: Target) -> None:
    entry = _entry(one)
    facts = {fact["provenance"] for fact in _facts(entry["table"], entry["id"].partition(":")[0])}
    told = PRINTED[one.id]["provenance"]
    assert facts == {told} or told == "derived"


@EVERY
def test_unit_is_that_of_the_readout(one: Target) -> None:
    entry, word = _entry(one), readout_words()[one.readout]
    if word.kind == "level" and one.readout != "itch_separation":
        assert UNITS.get(entry["unit"], entry["unit"]) == word.unit


@EVERY
def test_role_is_the_one_entered_again_or_stricter_for_a_written_reason(one: Target) -> None:
    again = _entry(one)["role"]
    reasons = {row["id"]: row["to"] for row in knowledge_table("targets/looked_at.tsv")}
    assert one.role == reasons.get(one.id, again)
    assert STRICTNESS[one.role] >= STRICTNESS[again]


@pytest.mark.parametrize("label", ["tewl_forearm_healthy_young", "tewl_ichthyosis_daily"])
def test_spread_is_the_published_one(label: str) -> None:
    assert ENTRIES[label]["spread"] == f"SD {PRINTED[label]['spread']}"


def test_people_behind_a_ratio_are_those_of_the_smaller_arm() -> None:
    arms = [ENTRIES[f"pedinf_impetigo:{arm}"].number("n") for arm in ("placebo", "dupilumab")]
    (one,) = (one for one in shipped_targets() if one.id == "pedinf_impetigo")
    assert one.n == min(arms)


def test_assumed_range_of_igg_holds_the_published_trough_and_mean() -> None:
    own = ENTRIES["IM-P006"].number("value")
    (one,) = (one for one in shipped_targets() if one.id == "ivig_pk_child")
    for point in ("trough", "mean"):
        assert one.low < own + ENTRIES[f"IM-D006:{point}"].number("value") < one.high
    assert own + ENTRIES["IM-D006:trough"].number("value") == pytest.approx(7.2, abs=0.05)
    assert "assumed" in PRINTED["ivig_pk_child"]["note"]


def test_production_of_ige_is_no_target_and_agrees_with_half_life_and_anchor() -> None:
    """In a steady state what is made is what is cleared: the published third number differs by an eighth."""
    value = {each.id: each.value for each in load_parameters()}
    made = 24e3 * ENTRIES["ige_prod"].number("value") / ENTRIES["ige_v"].number("value") / NG_PER_IU
    assert math.log(2) / value["ige_half"] * value["ige_anchor"] == pytest.approx(made, rel=0.14)


@pytest.mark.parametrize("label", sorted(ENTRIES))
def test_fact_holds_the_numbers_and_is_not_recalled(label: str) -> None:
    entry = ENTRIES[label]
    facts = _facts(entry["table"], label.partition(":")[0])
    text = " ".join(cell for fact in facts for cell in fact.values())
    for column in ("before", "after", "value", "low", "high"):
        if entry[column] != "-":
            number = entry[column].lstrip("-")
            assert re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", text), number
    assert {fact["provenance"] for fact in facts} <= {"read", "secondary", "derived"}


def _facts(table: str, label: str) -> list[dict[str, str]]:
    path = SHARED / table
    if not path.is_file():
        pytest.skip(f"the collected facts are not at hand ({path})")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    found = [row for row in rows if row["id"] == label or PAIR.sub("", row["id"]) == label]
    assert found, f"{label} stands nowhere in {table}"
    return [{name: text or "" for name, text in row.items()} for row in found]
