"""The claims as a KGX graph: nodes and edges in the words of the Biolink Model."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lekti.evidence.claim import Claim, Claims, Thing
from lekti.evidence.read_claims import load_claims, load_words

Row = dict[str, str | list[str] | bool | int]

DIRECTIONS = {"+": "increased", "-": "decreased"}
OWN_KINDS = ("pathway step", "people", "topic", "quantity", "process", "protein family", "treatment")
"""Kinds of things that an ontology id describes only in part: they get an id of lekti, the other as xref."""
SOURCE = "infores:lekti"


@dataclass(frozen=True)
class Graph:
    """A KGX graph: rows of nodes and of edges, in a fixed order."""

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


def kgx_graph(claims: Claims | None = None) -> Graph:
    """Return every claim that stands and has an object as an edge, with the things it joins as nodes.

    The id of an edge is made of what it says, so it stays the same from one export to the next. A withdrawn
    claim, and what only it named, is not there.
    """
    told = [claim for claim in (claims or load_claims()).active() if claim.object is not None]
    things = {thing.id: thing for claim in told for thing in (claim.subject, claim.object) if thing}
    ids = node_ids(things.values())
    nodes = tuple(
        _node(thing, ids[thing.id]) for thing in sorted(things.values(), key=lambda one: ids[one.id])
    )
    edges = sorted((_edge(claim, ids) for claim in told), key=lambda edge: str(edge["lekti_claim"]))
    return Graph(nodes, tuple(edges))


def node_ids(things: Iterable[Thing]) -> dict[str, str]:
    """Return the id of each thing in the graph: its first ontology id if it alone has it, else its own."""
    known = tuple(things)
    shared = Counter(thing.ids[0] for thing in known if thing.ids)
    return {
        thing.id: thing.ids[0]
        if thing.ids and shared[thing.ids[0]] == 1 and thing.kind not in OWN_KINDS
        else f"lekti:{thing.id}"
        for thing in known
    }


def tsv(rows: Sequence[Row]) -> str:
    """Return rows as tab-separated text with a header; lists are joined with |."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["\t".join(columns)]
    lines += ["\t".join(_cell(row.get(column, "")) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def jsonl(rows: Sequence[Row]) -> str:
    """Return rows as one JSON object on each line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _node(thing: Thing, node_id: str) -> Row:
    row: Row = {"id": node_id, "category": [load_words().codes[("kind", thing.kind)]], "name": thing.label}
    others = [one for one in thing.ids if one != node_id]
    return row | ({"xref": others} if others else {}) | {"provided_by": SOURCE}


def _edge(claim: Claim, ids: dict[str, str]) -> Row:
    words = load_words()
    relation = words.relations[claim.relation]
    assert claim.object is not None
    row: Row = {
        "id": f"lekti:{_digest(claim)}",
        "subject": ids[claim.subject.id],
        "predicate": relation.predicate,
        "object": ids[claim.object.id],
        "relation": f"lekti:{claim.relation}",
    }
    if relation.predicate == "biolink:affects" and claim.sign in DIRECTIONS:
        row |= {
            "qualified_predicate": "biolink:causes",
            "object_aspect_qualifier": "activity_or_abundance",
            "object_direction_qualifier": DIRECTIONS[claim.sign],
        }
    if claim.sign == "0":
        row["negated"] = True
    if claim.quantity and claim.quantity.shape == "share":
        row |= {"has_count": int(claim.quantity.values[0]), "has_total": int(claim.quantity.values[1])}
    return row | _provenance(claim)


def _provenance(claim: Claim) -> Row:
    return {
        "description": claim.statement,
        "publications": list(claim.records),
        "has_evidence": sorted({one.eco for one in claim.evidence}),
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent",
        "primary_knowledge_source": SOURCE,
        "anchor": sorted({one.anchor.state for one in claim.evidence}),
        "lekti_claim": claim.id,
    }


def _digest(claim: Claim) -> str:
    assert claim.object is not None
    said = (claim.subject.id, claim.relation, claim.object.id, claim.sign, claim.statement)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]


def _cell(value: str | list[str] | bool | int) -> str:
    if isinstance(value, list):
        return "|".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split())
