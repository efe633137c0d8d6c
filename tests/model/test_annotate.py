"""Numbers and equations of the SBML carry the records behind them, and nothing of a withdrawn claim."""

from __future__ import annotations

from typing import Any

import libsbml
import pytest

from lekti.evidence.read_claims import load_claims
from lekti.model.annotate import annotate
from lekti.model.assemble import assemble_sbml, check_document
from lekti.model.parameters import load_parameters


@pytest.fixture(scope="module")
def document() -> Any:
    return libsbml.readSBMLFromString(assemble_sbml())


def _described(element: Any, family: int = libsbml.BIOLOGICAL_QUALIFIER) -> list[str]:
    """Return the addresses of `isDescribedBy` on an element."""
    found: list[str] = []
    for index in range(element.getNumCVTerms()):
        term = element.getCVTerm(index)
        if term.getQualifierType() != family:
            continue
        word = (
            term.getModelQualifierType() == libsbml.BQM_IS_DESCRIBED_BY
            if family == libsbml.MODEL_QUALIFIER
            else term.getBiologicalQualifierType() == libsbml.BQB_IS_DESCRIBED_BY
        )
        resources = term.getResources()
        if word:
            found += [resources.getValue(place) for place in range(resources.getLength())]
    return found


def test_a_number_is_described_by_the_records_of_its_claims(document: Any) -> None:
    slope = document.getModel().getParameter("igg_slope")
    assert _described(slope) == ["https://identifiers.org/pubmed:32417999"]


def test_every_number_with_a_record_is_annotated_and_no_assumed_one(document: Any) -> None:
    model = document.getModel()
    own = {"thickness_healthy", "lipids_healthy", "ige_usual"}
    for parameter in load_parameters():
        expected = parameter.provenance != "assumed" and parameter.id not in own
        assert bool(_described(model.getParameter(parameter.id))) == expected, parameter.id


def test_equations_are_described_in_every_layer(document: Any) -> None:
    model = document.getModel()
    for layer in range(1, 7):
        rule = model.getRuleByVariable(f"turn5_{layer}")
        assert _described(rule) == ["https://identifiers.org/doi:10.1111/j.0022-202x.2004.23547.x"]
    assert "https://identifiers.org/pubmed:19414552" in _described(model.getRuleByVariable("tslp"))


def test_the_model_is_described_by_what_its_modules_rest_on(document: Any) -> None:
    found = _described(document.getModel(), libsbml.MODEL_QUALIFIER)
    assert "https://identifiers.org/pubmed:17596512" in found
    assert len(set(found)) == len(found)


def test_libsbml_has_nothing_to_say(document: Any) -> None:
    assert check_document(document) == []


def test_a_withdrawn_claim_leaves_no_annotation() -> None:
    document: Any = libsbml.SBMLDocument(3, 2)
    model = document.createModel()
    model.setId("netherton")
    number = model.createParameter()
    number.setId("igg_slope")
    slope = [one for one in load_parameters() if one.id == "igg_slope"]
    (claim,) = load_claims().behind("parameter", "igg_slope")
    annotate(model, slope, load_claims().without(claim.id))
    assert _described(number) == []
    annotate(model, slope, load_claims())
    assert _described(number) == ["https://identifiers.org/pubmed:32417999"]
