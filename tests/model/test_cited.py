"""The records behind a module are those of its numbers, equations and of the module itself."""

from __future__ import annotations

import pytest

from lekti.evidence.read_claims import load_claims
from lekti.model.cited import reasons_of_model, reasons_of_module, rule_names
from lekti.model.parameters import MODULES, load_parameters


def test_a_module_is_cited_for_numbers_equations_and_itself() -> None:
    said = {(record, reason.what) for record, reason in reasons_of_module("proteolysis")}
    assert ("DOI:10.1371/journal.pcbi.1010368", "number sc_transit") in said
    assert ("DOI:10.1111/j.0022-202x.2004.23547.x", "equation of turn5") in said
    assert ("PMID:17596512", "module proteolysis") in said


def test_a_correlation_belongs_to_the_module_of_its_numbers() -> None:
    said = {reason.what for _, reason in reasons_of_module("dupilumab")}
    assert "correlation dupilumab_vc_ref~dupilumab_ke_ref" in said


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_cited_for_the_numbers_of_another(module: str) -> None:
    own = {one.id for one in load_parameters() if one.module == module}
    said = {reason.what.removeprefix("number ") for _, reason in reasons_of_module(module)}
    foreign = {one.id for one in load_parameters()} - own
    assert not said & foreign


def test_every_module_with_a_published_number_is_cited() -> None:
    published = {one.module for one in load_parameters() if one.provenance != "assumed"}
    assert [module for module in published if not reasons_of_module(module)] == []


def test_the_model_is_cited_for_all_its_modules() -> None:
    assert len(reasons_of_model()) == sum(len(reasons_of_module(module)) for module in MODULES)


def test_a_withdrawn_claim_is_no_reason() -> None:
    before = {reason.claim_id for _, reason in reasons_of_model()}
    after = {reason.claim_id for _, reason in reasons_of_model(load_claims().without("CL0327", "CL0408"))}
    assert before - after == {"CL0327", "CL0408"}


def test_equations_are_named_without_their_layer() -> None:
    assert {"turn5", "klk5", "par2", "kon5"} <= rule_names("proteolysis")
    assert "tslp" in rule_names("alarms")
