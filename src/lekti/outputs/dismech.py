"""The disease as a DisMech entry: signed edges with evidence of their own, and this model beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from lekti.base.errors import ModelError
from lekti.base.provenance import USE
from lekti.base.tables import knowledge_text
from lekti.evidence.citation import FindRecord, no_records
from lekti.evidence.claim import Claim, Claims, Thing
from lekti.evidence.read_claims import load_claims
from lekti.outputs.dismech_evidence import Plain, evidence_items
from lekti.outputs.dismech_model import computational_model
from lekti.outputs.mechanism_graph import Edge, signed_edges

DISEASE = "netherton"
SCHEMA = "schema/dismech.schema.json"
BANDS = (
    (1.0, "OBLIGATE"),
    (0.8, "VERY_FREQUENT"),
    (0.3, "FREQUENT"),
    (0.05, "OCCASIONAL"),
    (0.0, "VERY_RARE"),
)
"""Share of people with a sign at which each frequency word of HPO begins."""

RAISED = {
    "raised_ige": ("total IgE in serum", "LOINC:19113-0"),
    "il17_il36": ("activity of the IL-17 and IL-36 axis", ""),
}
"""Signs that are measurements: name and LOINC code by thing."""


def dismech_entry(find: FindRecord = no_records, claims: Claims | None = None) -> Plain:
    """Return the entry as plain data, valid against the shape of `schema/dismech.schema.json`.

    Snippets are filled in from the user's own records only. What rests on a withdrawn claim is not there.
    """
    known = claims or load_claims()
    standing = known.active()
    edges = [edge for edge in signed_edges(standing) if evidence_items(edge.claims, find)]
    disease = next(one.subject for one in known if one.subject.id == DISEASE)
    entry: Plain = {
        "name": "Netherton Syndrome",
        "description": f"Exported by lekti from its claims. For {USE}.",
        "disease_term": _term(disease, "MONDO"),
        "pathophysiology": _mechanisms(edges, find),
        "phenotypes": _grouped(_signs(standing), "has_phenotype", _phenotype, find),
        "biochemical": _biochemical(standing, find),
        "genetic": _genetic(standing, find),
        "inheritance": _grouped(standing, "inherited_as", _inheritance, find),
        "treatments": _treatments(standing, find),
        "diagnosis": _grouped(standing, "diagnosed_by", _test, find),
        "differential_diagnoses": _others(standing, find),
        "clinical_trials": _trials(standing, find),
        "datasets": _datasets(standing, find),
        "computational_models": [computational_model(known)],
    }
    entry = {name: value for name, value in entry.items() if value}
    check_shape(entry)
    return entry


def check_shape(entry: Plain) -> None:
    """Raise `ModelError` for the first place in which an entry has not the shape of DisMech."""
    import jsonschema

    validator: Any = jsonschema.Draft202012Validator(json.loads(knowledge_text(SCHEMA)))
    for problem in validator.iter_errors(entry):
        place = "/".join(str(part) for part in problem.absolute_path)
        raise ModelError(f"The entry has not the shape of DisMech: {problem.message[:200]}", where=place)
    names = {one["name"] for part in ("pathophysiology", "phenotypes") for one in _list(entry, part)}
    for node in _list(entry, "pathophysiology"):
        for edge in node.get("downstream", []):
            if edge["target"] not in names:
                raise ModelError(f"The edge to {edge['target']} leads nowhere", where=node["name"])


def _list(entry: Plain, part: str) -> list[Any]:
    found = entry.get(part, [])
    return found if isinstance(found, list) else []


def _mechanisms(edges: Iterable[Edge], find: FindRecord) -> list[Plain]:
    """Return the nodes of the graph with their edges; signs of the disease are nodes of their own list."""
    nodes: dict[str, Plain] = {}
    for edge in edges:
        for thing in (edge.subject, edge.object):
            if thing.kind not in ("phenotype", "disease"):
                nodes.setdefault(thing.id, _node(thing))
        if edge.subject.id in nodes and edge.object.kind != "disease":
            downstream = nodes[edge.subject.id].setdefault("downstream", [])
            assert isinstance(downstream, list)
            downstream.append(_downstream(edge, find))
    return list(nodes.values())


def _node(thing: Thing) -> Plain:
    node: Plain = {"name": thing.label}
    terms = {"GO": "biological_processes", "CL": "cell_types", "UniProt": "proteins", "HGNC": "genes"}
    for one in thing.ids:
        slot = terms.get(one.partition(":")[0])
        if slot:
            node[slot] = [{"preferred_term": thing.label, "term": {"id": one, "label": thing.label}}]
    return node


def _downstream(edge: Edge, find: FindRecord) -> Plain:
    said = " ".join(claim.statement for claim in edge.claims)
    return {
        "target": edge.object.label,
        "description": f"[sign {edge.sign}] {edge.relation.replace('_', ' ')}. {said}",
        "causal_link_type": edge.link,
        "evidence": evidence_items(edge.claims, find),
    }


def _grouped(claims: Iterable[Claim], relation: str, shape: Any, find: FindRecord) -> list[Plain]:
    """Return one entry for each object that the disease has by a relation, with all its evidence."""
    by_object: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.relation == relation and claim.subject.id == DISEASE and claim.object is not None:
            by_object.setdefault(claim.object.id, []).append(claim)
    made = [
        shape(said[0].object, said) | {"evidence": evidence_items(said, find)} for said in by_object.values()
    ]
    return [one for one in made if one["evidence"]]


def _signs(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.object is not None and claim.object.kind == "phenotype"]


def _phenotype(thing: Thing, said: list[Claim]) -> Plain:
    made: Plain = {"name": thing.label}
    if thing.kind == "phenotype" and thing.ids:
        made["phenotype_term"] = _term(thing, "HP")
    counted = [one.quantity for one in said if one.quantity and one.quantity.shape == "share"]
    if counted:
        best = max(counted, key=lambda quantity: quantity.values[1])
        share = best.values[0] / best.values[1]
        made["frequency"] = next(word for start, word in BANDS if share >= start)
        made["description"] = f"Seen in {best.text} people who were assessed."
    return made


def _inheritance(thing: Thing, said: list[Claim]) -> Plain:
    return {"name": thing.label, "inheritance_term": _term(thing, "HP"), "description": said[0].statement}


def _test(thing: Thing, said: list[Claim]) -> Plain:
    return {"name": thing.label, "diagnosis_term": _term(thing, "MAXO"), "description": said[0].statement}


def _biochemical(claims: Iterable[Claim], find: FindRecord) -> list[Plain]:
    """Return what is raised in the blood or the skin of people with the disease."""
    made: list[Plain] = []
    for claim in claims:
        thing = claim.object
        if claim.relation != "has_phenotype" or thing is None or thing.id not in RAISED:
            continue
        name, code = RAISED[thing.id]
        one: Plain = {"name": name, "presence": "Elevated", "evidence": evidence_items([claim], find)}
        if code:
            one["biomarker_term"] = {"preferred_term": name, "term": {"id": code, "label": name}}
        if one["evidence"] and name not in {known["name"] for known in made}:
            made.append(one)
    return made


def _genetic(claims: Iterable[Claim], find: FindRecord) -> list[Plain]:
    said = [one for one in claims if one.relation == "causative_gene"]
    if not said:
        return []
    gene = said[0].subject
    return [
        {
            "name": gene.label,
            "association": "Causative",
            "gene_term": _term(gene, "HGNC"),
            "evidence": evidence_items(said, find),
        }
    ]


def _treatments(claims: Iterable[Claim], find: FindRecord) -> list[Plain]:
    return _by_subject(claims, ("studied_for", "treated_with"), ("treatment", "drug"), "treatment_term", find)


def _others(claims: Iterable[Claim], find: FindRecord) -> list[Plain]:
    return _by_subject(claims, ("resembles",), ("disease",), "disease_term", find)


def _trials(claims: Iterable[Claim], find: FindRecord) -> list[Plain]:
    return _by_subject(claims, ("studied_for",), ("trial",), "", find)


def _datasets(claims: Iterable[Claim], find: FindRecord) -> list[Plain]:
    return _by_subject(claims, ("dataset_for",), ("dataset",), "", find)


def _by_subject(
    claims: Iterable[Claim], relations: tuple[str, ...], kinds: tuple[str, ...], slot: str, find: FindRecord
) -> list[Plain]:
    by_subject: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.relation in relations and claim.subject.kind in kinds:
            by_subject.setdefault(claim.subject.id, []).append(claim)
    made: list[Plain] = []
    for said in by_subject.values():
        thing = said[0].subject
        one: Plain = {"name": thing.label, "description": said[0].statement}
        if slot and thing.ids:
            one[slot] = {"preferred_term": thing.label, "term": {"id": thing.ids[0], "label": thing.label}}
        evidence = evidence_items(said, find)
        if evidence:
            made.append(one | {"evidence": evidence})
    return made


def _term(thing: Thing, prefix: str) -> Plain:
    found = next(one for one in thing.ids if one.startswith(f"{prefix}:"))
    return {"preferred_term": thing.label, "term": {"id": found, "label": thing.label}}
