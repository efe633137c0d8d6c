"""This model as the `computational_models` block of a DisMech entry."""

from __future__ import annotations

from lekti.base.provenance import versions
from lekti.base.tables import Row, knowledge_table
from lekti.evidence.claim import Claims
from lekti.model.modules import load_module
from lekti.model.netherton import model_checksum
from lekti.outputs.dismech_evidence import Plain

VARIABLES, MECHANISMS = "exchange/model_variables.tsv", "exchange/model_mechanisms.tsv"


def computational_model(claims: Claims) -> Plain:
    """Return the model: what it is, its variables with the terms they map to, and the steps it describes."""
    return {
        "name": "lekti model of Netherton syndrome",
        "description": (
            "Ordinary differential equations from two SPINK5 alleles to barrier, IgE, itch and infections. "
            f"Written by: lekti model export --sbml. SHA-256 {model_checksum()}."
        ),
        "model_id": f"lekti:{versions()['lekti']}",
        "model_type": "MECHANISTIC_ODE",
        "model_format": "SBML Level 3 Version 2",
        "variables": [_variable(row) for row in knowledge_table(VARIABLES)],
        "modeled_mechanisms": _mechanisms(claims),
    }


def _variable(row: Row) -> Plain:
    variable: Plain = {"name": row["name"], "dataset_identifier": row["variable"], "unit": row["unit"]}
    mapped: Plain = {}
    if row["term"]:
        mapped = {"preferred_term": row["label"], "term": {"id": row["term"], "label": row["label"]}}
    if row["threshold"]:
        mapped |= {"threshold": row.number("threshold"), "threshold_direction": row["direction"]}
    if mapped:
        variable["mappings_list"] = [mapped]
    if row["note"]:
        variable["notes"] = row["note"]
    return variable


def _mechanisms(claims: Claims) -> list[Plain]:
    labels = {thing.id: thing.label for claim in claims for thing in (claim.subject, claim.object) if thing}
    return [
        {
            "target": labels[row["thing"]],
            "description": f"module {row['module']}: {load_module(row['module']).purpose}",
        }
        for row in knowledge_table(MECHANISMS)
    ]
