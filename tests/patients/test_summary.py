"""A case is told in a few lines, each with what it rests on."""

from dataclasses import replace

from lekti.patients.case import Dose, Treatment
from lekti.patients.library import load_case
from lekti.patients.summary import summary_lines, summary_object, treatment_text


def test_the_lines_tell_person_genotype_and_treatments():
    text = "\n".join(summary_lines(load_case("index")))
    for part in (
        "male, 6 years at last contact",
        "on both alleles c.1302+5G>C: residual LEKTI 0.17 (90 %: 0.01 to 0.45), assumed",
        "13 present, 2 looked for and absent",
        "ivig 500 mg/kg every 4 weeks from 18 months",
        "PMID:40607310",
    ):
        assert part in text


def test_the_object_holds_both_alleles_with_their_reasons():
    found = summary_object(load_case("index"))
    assert found["homozygous"] is True
    assert len(found["alleles"]) == 2
    assert found["alleles"][0]["reasons"]


def test_a_treatment_is_told_with_loading_dose_and_stop():
    treatment = load_case("index").course.treatment("dupilumab")
    loaded = replace(treatment, first_dose=Dose(600.0, "mg"), stop=2557.0, interval_days=14.0)
    assert treatment_text(loaded) == "dupilumab 300 mg (first 600 mg) every 2 weeks from 6 years to 2557 days"
    once = replace(treatment, interval_days=None)
    assert treatment_text(once) == "dupilumab 300 mg once at 6 years"


def test_a_course_is_told_with_its_level_and_what_nobody_has_reported():
    lotion = Treatment("a", "klk_inhibitor", None, "topical", None, 365.25, 730.5, level="usual")
    assert treatment_text(lotion) == (
        "klk_inhibitor usual course from 1 year to 2 years (no data in people with Netherton syndrome)"
    )
    tablet = Treatment("b", "jak_inhibitor", None, "oral", None, 730.5, level="low")
    assert treatment_text(tablet) == "jak_inhibitor low course from 2 years"
