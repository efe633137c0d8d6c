"""The DisMech entry has the described shape, signed edges with evidence, and nothing of a withdrawn claim."""

from __future__ import annotations

from typing import Any

import pytest

from lekti.base.errors import ModelError
from lekti.evidence.anchoring import anchor_quote
from lekti.evidence.own_anchors import claims_with_own_anchors, write_anchor
from lekti.evidence.read_claims import load_claims
from lekti.evidence.read_record import read_record
from lekti.outputs.dismech import check_shape, dismech_entry
from lekti.outputs.mechanism_graph import signed_edges

PAGE = b"""---
reference_id: "PMID:17596512"
title: "An invented report."
content_type: abstract_only
---

# An invented report.

## Content

The invented fragments hold KLK5 back in the test tube. Nothing else was seen.
"""


@pytest.fixture(scope="module")
def entry() -> dict[str, Any]:
    return dict(dismech_entry())


def _edges(entry: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(node["name"], edge) for node in entry["pathophysiology"] for edge in node.get("downstream", [])]


def test_every_edge_has_a_sign_a_directness_and_evidence_of_its_own(entry: dict[str, Any]) -> None:
    edges = _edges(entry)
    assert len(edges) > 40
    for _, edge in edges:
        assert edge["description"].startswith(("[sign +] ", "[sign -] ", "[sign 0] "))
        assert edge["causal_link_type"] in ("DIRECT", "UNKNOWN")
        assert edge["evidence"]
        assert all("CL0" in item["explanation"] for item in edge["evidence"])


def test_all_collected_arrows_are_there(entry: dict[str, Any]) -> None:
    wanted = [claim for claim in load_claims().active(topic="mechanism") if claim.relation == "leads_to"]
    there = {(source, edge["target"]) for source, edge in _edges(entry)}
    assert len(wanted) == 19
    assert {(one.subject.label, one.object.label) for one in wanted if one.object} <= there


def test_kallikreins_are_apart_and_inhibition_is_negative(entry: dict[str, Any]) -> None:
    signs = {(source, edge["target"]): edge["description"][6] for source, edge in _edges(entry)}
    assert signs[("LEKTI", "kallikrein 5 (KLK5)")] == "-"
    assert signs[("LEKTI", "kallikrein 14 (KLK14)")] == "-"
    assert signs[("kallikrein 7 (KLK7)", "desmoglein 1 (DSG1)")] == "0"


def test_signs_carry_frequencies_and_counts(entry: dict[str, Any]) -> None:
    signs = {one["name"]: one for one in entry["phenotypes"]}
    hair = signs["trichorrhexis invaginata (bamboo hair)"]
    assert hair["phenotype_term"]["term"]["id"] == "HP:0025811"
    assert hair["frequency"] == "VERY_FREQUENT"
    assert "61/67" in hair["description"]


def test_the_model_is_described_by_what_it_computes(entry: dict[str, Any]) -> None:
    (model,) = entry["computational_models"]
    targets = {node["name"] for node in entry["pathophysiology"]}
    assert {link["target"] for link in model["modeled_mechanisms"]} <= targets
    assert {"ige", "tewl", "itch_nrs"} <= {one["dataset_identifier"] for one in model["variables"]}


def test_variables_of_the_model_exist_in_it() -> None:
    from lekti.base.tables import knowledge_table
    from lekti.model.netherton import netherton_system

    system = netherton_system()
    names = {*system.states, *(name for name, _ in system.assignments)}
    assert {row["variable"] for row in knowledge_table("exchange/model_variables.tsv")} <= names


def test_no_words_are_quoted_without_a_record_at_hand(entry: dict[str, Any]) -> None:
    assert "snippet" not in str(entry)


def test_quoted_words_come_from_the_record_at_hand(tmp_path: Any) -> None:
    record = read_record(PAGE, name="invented.md")
    file = tmp_path / "anchors.tsv"
    words = "The invented fragments hold KLK5 back in the test tube"
    write_anchor("CL0401.1", anchor_quote(record, words, day="2026-11-22"), file)
    claims = claims_with_own_anchors(file)
    made = dict(dismech_entry({"PMID:17596512": record}.get, claims))
    items = [item for _, edge in _edges(made) for item in edge["evidence"] if "snippet" in item]
    assert [item["snippet"] for item in items] == [words]
    assert items[0]["reference"] == "PMID:17596512"


def test_a_withdrawn_claim_takes_its_edge_along(entry: dict[str, Any]) -> None:
    made = dict(dismech_entry(claims=load_claims().without("CL0003", "CL0401")))
    arrows = {
        ("LEKTI protein deficiency", "fragile hair shafts from protease imbalance in the follicle"),
        ("LEKTI", "kallikrein 5 (KLK5)"),
    }
    before = {(source, edge["target"]) for source, edge in _edges(entry)}
    after = {(source, edge["target"]) for source, edge in _edges(made)}
    assert before - after == arrows
    assert "CL0003" not in str(made)
    assert "CL0401" not in str(made)


def test_claims_that_state_the_same_arrow_are_joined() -> None:
    edges = signed_edges(load_claims().active())
    keys = [(edge.subject.id, edge.object.id, edge.relation, edge.sign) for edge in edges]
    assert len(keys) == len(set(keys))
    barrier = next(
        edge for edge in edges if (edge.subject.id, edge.object.id) == ("spink5_lof", "skin_barrier")
    )
    assert [claim.topic for claim in barrier.claims] == ["case_report", "answer_page"]


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("pathophysiology", 0, "downstream", 0, "target"), "nowhere", "leads nowhere"),
        (("pathophysiology", 0, "downstream", 0, "evidence"), [], "shape of DisMech"),
        (("pathophysiology", 0, "downstream", 0, "causal_link_type"), "MAYBE", "shape of DisMech"),
        (("pathophysiology", 0, "downstream", 0, "description"), "no sign", "shape of DisMech"),
        (("genetic", 0, "evidence", 0, "supports"), "YES", "shape of DisMech"),
        (("surprise",), 1, "shape of DisMech"),
    ],
)
def test_an_entry_of_another_shape_is_refused(path: tuple[Any, ...], value: object, sentence: str) -> None:
    spoiled: Any = dict(dismech_entry())
    place = spoiled
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    with pytest.raises(ModelError, match=sentence):
        check_shape(spoiled)
