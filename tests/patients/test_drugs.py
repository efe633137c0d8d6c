"""Drugs know their route, their dose units and where a dose enters the model."""

import pytest

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.patients.case import Dose
from lekti.patients.drugs import check_dose, dose_milligrams, drug_of, drugs, is_per_kg, level_of


def test_drugs_come_in_doses_or_as_courses():
    assert {drug.id for drug in drugs().values() if not drug.is_course} == {"dupilumab", "ivig"}
    assert len(drugs()) == 13
    for drug in drugs().values():
        assert drug.is_course != bool(drug.largest)
    assert (drug_of("dupilumab").route, drug_of("ivig").route) == ("subcutaneous", "intravenous")


def test_every_route_is_in_the_table_of_routes():
    assert {drug.route for drug in drugs().values()} <= {
        row["id"] for row in knowledge_table("treatments/routes.tsv")
    }


def test_an_unknown_drug_is_answered_with_the_known_ones():
    with pytest.raises(InputError, match=r"Expected one of dupilumab, ivig, .*\. Did you mean dupilumab"):
        drug_of("dupilumap", where="case.yaml:3")


@pytest.mark.parametrize(
    ("value", "unit"), [(300.0, "mg/kg"), (-1.0, "mg"), (0.0, "mg"), (float("nan"), "mg")]
)
def test_a_dose_that_cannot_be_is_refused(value: float, unit: str):
    with pytest.raises(InputError):
        check_dose(drug_of("dupilumab"), Dose(value, unit))


def test_a_dose_per_kg_is_multiplied_by_the_weight():
    assert dose_milligrams(Dose(0.5, "g/kg"), weight_kg=20.0) == pytest.approx(10_000.0)
    assert dose_milligrams(Dose(300.0, "mg"), weight_kg=20.0) == 300.0
    assert is_per_kg(Dose(0.5, "g/kg"))
    assert not is_per_kg(Dose(300.0, "mg"))


def test_every_course_flows_into_a_state_of_its_own():
    from lekti.model.netherton import netherton_system

    targets = [drug.target for drug in drugs().values() if drug.is_course]
    assert len(set(targets)) == len(targets)
    assert set(targets) == {name for name in netherton_system().states if name.endswith("_course")}


def test_a_course_without_a_word_is_a_usual_one_unless_the_drug_has_none():
    assert level_of(drug_of("emollient"), None) == "usual"
    with pytest.raises(
        InputError, match=r"without a level\. Expected mild or moderate or potent or very_potent"
    ):
        level_of(drug_of("topical_corticosteroid"), None)
    with pytest.raises(InputError, match="at level 'strong'"):
        level_of(drug_of("topical_corticosteroid"), "strong")
