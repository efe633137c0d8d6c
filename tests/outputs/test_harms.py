"""Harms stand beside benefits, each with its source; nothing is recalled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lekti.base.tables import knowledge_table
from lekti.outputs.given import drug_title
from lekti.outputs.harms import benefits, drugs_of, harms_object, harms_of, harms_of_drugs
from lekti.patients.case import Treatment
from lekti.patients.drugs import drug_of
from lekti.population.result import Result

TABLE = "treatments/safety.tsv"


def test_every_harm_names_source_locator_and_population() -> None:
    for row in knowledge_table(TABLE):
        assert all(row[column] for column in ("rate", "unit", "source", "locator", "population")), row.where


def test_no_number_is_recalled_or_assumed() -> None:
    assert {row["provenance"] for row in knowledge_table(TABLE)} <= {"read", "secondary"}


def test_harms_are_of_drugs_the_model_knows() -> None:
    drugs = {row["id"] for row in knowledge_table("treatments/drugs.tsv")}
    assert {row["treatment"] for row in knowledge_table(TABLE)} <= drugs


def test_a_rate_without_a_comparator_says_no_data() -> None:
    assert {harm.without for harm in harms_of("ivig")} == {"no data"}
    assert "6.5 on placebo" in {harm.without for harm in harms_of("dupilumab")}


@pytest.mark.parametrize(
    ("drug", "event", "rate"), [("dupilumab", "conjunctivitis", "12.6"), ("ivig", "headache", "12.8")]
)
def test_a_known_rate_is_the_one_of_its_source(drug: str, event: str, rate: str) -> None:
    assert any(harm.event == event and harm.rate.startswith(rate) for harm in harms_of(drug))


def test_benefits_compare_the_last_plan_with_the_one_before(result: Result) -> None:
    (row,) = benefits(result)
    assert row.quantity == "Serum IgE, IU/mL"
    assert row.lower == "100 of 100"
    assert row.difference.startswith("−")


def test_without_plans_there_is_no_benefit_to_show(result: Result) -> None:
    assert benefits(replace(result, plans=None)) == ()


def test_only_drugs_of_the_course_are_listed(result: Result) -> None:
    assert [drug.drug for drug in drugs_of(result)] == ["ivig", "dupilumab"]


def test_a_treatment_without_netherton_data_says_so_in_its_title() -> None:
    assert drug_title("klk_inhibitor").endswith("(no data in people with Netherton syndrome)")
    assert drug_title("dupilumab") == "Dupilumab"
    for row in knowledge_table("treatments/drugs.tsv"):
        assert row["netherton"] in ("yes", "no")
        assert ("no data in people" in drug_title(row["id"])) == (row["netherton"] == "no")


def test_candida_stands_with_a_drug_against_il17() -> None:
    assert any("Candida" in harm.event for harm in harms_of("anti_il17a"))


def test_uptake_through_the_skin_stands_with_a_topical_corticosteroid() -> None:
    assert any("absorption" in harm.event for harm in harms_of("topical_corticosteroid"))


def given(result: Result, *drugs: str) -> Result:
    courses = tuple(
        Treatment(drug, drug, None, drug_of(drug).route, None, 2000.0 + place, level="usual")
        for place, drug in enumerate(drugs)
    )
    return replace(result, case=replace(result.case, course=replace(result.case.course, treatments=courses)))


def test_no_harm_on_record_is_printed_as_no_data(result: Result) -> None:
    harmed, unknown = harms_object(given(result, "anti_il17a", "klk5_inhibitor").case)
    assert len(harmed["harms"]) == len(harms_of("anti_il17a")) > 0
    assert (unknown["harms"], unknown["data_in_netherton_syndrome"]) == ("no data", False)
    assert unknown["title"] == "KLK5 inhibitor (no data in people with Netherton syndrome)"


def test_every_drug_of_the_course_has_its_title_beside_the_benefits(result: Result) -> None:
    (name, rows), (other, none) = harms_of_drugs(given(result, "jak_inhibitor", "lekti_replacement"))
    assert (name, len(rows)) == ("JAK inhibitor", 1)
    assert (other, none) == ("LEKTI replacement (no data in people with Netherton syndrome)", ())
