"""Values become the unit of the model, and impossible ones are refused."""

import pytest

from lekti.base.errors import InputError
from lekti.patients.case import Measurement, Unstated
from lekti.patients.measurements import check_value, convert, model_value, quantities, quantity_of, unit_of


@pytest.mark.parametrize(
    ("quantity", "value", "unit", "converted"),
    [
        ("ige", 1078.0, "kU/L", 1078.0),
        ("ige", 242.0, "ng/mL", 100.0),
        ("igg", 900.0, "mg/dL", 9.0),
        ("ccl17", 2.0, "ng/mL", 2000.0),
        ("dupilumab", 76.0, "µg/mL", 76.0),
        ("tewl", 40.0, "g/m²/h", 40.0),
        ("tewl", 40.0, "g/m^2/h", 40.0),
        ("weight", 20000.0, "g", 20.0),
    ],
)
def test_a_value_becomes_the_unit_of_the_model(quantity: str, value: float, unit: str, converted: float):
    assert convert(quantity, value, unit) == pytest.approx(converted)


def test_a_measurement_knows_its_model_value():
    assert model_value(Measurement("a", "igg", 900.0, "mg/dL", Unstated())) == pytest.approx(9.0)


def test_a_unit_that_does_not_fit_is_answered_with_those_that_do():
    with pytest.raises(InputError, match="Expected g/L or mg/mL or mg/dL"):
        unit_of("igg", "IU/mL", where="case.yaml:3")


def test_an_unknown_quantity_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="Did you mean tewl"):
        quantity_of("tew")


def test_a_value_out_of_range_is_refused_in_whatever_unit():
    with pytest.raises(InputError, match="0 to 100 g/L"):
        check_value("igg", 20_000.0, "mg/dL")
    check_value("itch_nrs", 10.0, "points")


def test_every_scale_has_a_range_and_its_own_unit_first():
    for quantity in quantities().values():
        if quantity.words_only:
            assert quantity.low is quantity.high is None
            continue
        assert quantity.units[0].text == quantity.unit
        assert quantity.units[0].factor == 1.0
        assert quantity.low is not None
        assert quantity.high is not None
        assert quantity.low < quantity.high


def test_the_readouts_are_those_the_model_gives():
    outputs = {quantity.output for quantity in quantities().values()} - {None}
    assert outputs == {
        "tewl",
        "itch_nrs",
        "ige",
        "ccl17",
        "dupilumab",
        "igg",
        "infection_rate",
        "skin_infection_rate",
        "admission_rate",
        "weight",
        "easi",
        "iasi",
        "dlqi",
        "normal_hairs",
    }


def test_no_two_units_of_a_quantity_share_a_code():
    for quantity in quantities().values():
        codes = [unit.ucum for unit in quantity.units]
        assert len(set(codes)) == len(codes), quantity.id
