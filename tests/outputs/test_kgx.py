"""The KGX graph is closed, speaks Biolink, keeps its ids, and holds nothing of a withdrawn claim."""

from __future__ import annotations

import json
import re

import pytest

from lekti.evidence.read_claims import load_claims
from lekti.outputs.kgx import Graph, jsonl, kgx_graph, tsv


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kgx_graph()


def test_every_edge_joins_two_nodes(graph: Graph) -> None:
    ids = [node["id"] for node in graph.nodes]
    assert len(ids) == len(set(ids))
    ends = {edge[end] for edge in graph.edges for end in ("subject", "object")}
    assert ends == set(ids)


def test_categories_and_predicates_are_biolink(graph: Graph) -> None:
    categories = {name for node in graph.nodes for name in node["category"]}  # type: ignore[union-attr]
    predicates = {str(edge["predicate"]) for edge in graph.edges}
    assert all(re.fullmatch(r"biolink:[A-Z][A-Za-z]+", one) for one in categories)
    assert all(re.fullmatch(r"biolink:[a-z_]+", one) for one in predicates)


def test_ids_of_edges_are_made_of_what_they_say(graph: Graph) -> None:
    ids = [edge["id"] for edge in graph.edges]
    assert len(ids) == len(set(ids))
    assert ids == [edge["id"] for edge in kgx_graph().edges]


def test_signs_become_qualifiers(graph: Graph) -> None:
    by_claim = {edge["lekti_claim"]: edge for edge in graph.edges}
    inhibits, cuts_not = by_claim["CL0401"], by_claim["CL0414"]
    assert inhibits["object_direction_qualifier"] == "decreased"
    assert inhibits["publications"] == ["PMID:17596512", "PMID:17158887"]
    assert inhibits["has_evidence"] == ["ECO:0000181"]
    assert cuts_not["negated"] is True
    assert "object_direction_qualifier" not in cuts_not


def test_counts_are_kept(graph: Graph) -> None:
    counted = [edge for edge in graph.edges if "has_total" in edge]
    assert (61, 67) in {(edge["has_count"], edge["has_total"]) for edge in counted}


def test_a_thing_shares_no_id_with_another(graph: Graph) -> None:
    names = {str(node["id"]): str(node["name"]) for node in graph.nodes}
    assert names["MONDO:0009735"] == "Netherton syndrome"
    assert names["lekti:klk5"] == "kallikrein 5 (KLK5)"
    assert names["lekti:pro_klk5"] == "pro-KLK5"


def test_a_withdrawn_claim_is_not_there(graph: Graph) -> None:
    left = kgx_graph(load_claims().without("CL0003", "CL0019"))
    gone = {edge["lekti_claim"] for edge in graph.edges} - {edge["lekti_claim"] for edge in left.edges}
    assert gone == {"CL0003", "CL0019"}
    assert "lekti:hair_fragility" not in {node["id"] for node in left.nodes}


def test_both_files_hold_the_same(graph: Graph) -> None:
    lines = tsv(graph.edges).splitlines()
    columns = lines[0].split("\t")
    assert all(len(line.split("\t")) == len(columns) for line in lines)
    rows = [json.loads(line) for line in jsonl(graph.edges).splitlines()]
    assert len(rows) == len(lines) - 1 == len(graph.edges)
    assert [row["id"] for row in rows] == [line.split("\t")[0] for line in lines[1:]]
