"""The published schema is a valid JSON Schema, agrees with the tables, and describes every key."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lekti.base.tables import knowledge_table
from lekti.patients.case_schema import case_schema
from lekti.patients.drugs import drugs
from lekti.patients.measurements import quantities


@pytest.fixture
def schema() -> dict[str, Any]:
    return case_schema()


def test_it_is_a_valid_draft_2020_12_schema_with_an_id(schema: dict[str, Any]):
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"]


def test_every_part_has_a_title_and_a_description(schema: dict[str, Any]):
    for name, part in [*schema["properties"].items(), *schema["$defs"].items()]:
        assert "$ref" in part or (part["title"] and part["description"]), name
        for key, inner in part.get("properties", {}).items():
            assert "$ref" in inner or (inner["title"] and inner["description"]), f"{name}.{key}"


def test_every_mapping_refuses_unknown_keys(schema: dict[str, Any]):
    for name, part in schema["$defs"].items():
        assert "properties" not in part or part["additionalProperties"] is False, name


def test_its_words_are_those_of_the_tables(schema: dict[str, Any]):
    parts = schema["$defs"]
    known = list(quantities())
    assert parts["treatment"]["properties"]["drug"]["enum"] == list(drugs())
    assert parts["observation"]["properties"]["quantity"]["enum"] == known
    assert parts["measurement"]["properties"]["quantity"]["enum"] == [
        name for name in known if not quantities()[name].words_only
    ]
    assert parts["note"]["enum"] == [row["code"] for row in knowledge_table("measurements/notes.tsv")]
    assert parts["treatment"]["properties"]["route"]["enum"] == [
        row["id"] for row in knowledge_table("treatments/routes.tsv")
    ]


@pytest.mark.parametrize(
    "age", ["6 years", "P1Y6M", "birth", "0.5 years", "6 years 3 months", "62.0925 days"]
)
def test_the_age_pattern_accepts_what_the_reader_accepts(schema: dict[str, Any], age: str):
    Draft202012Validator(schema["$defs"]["age"]).validate(age)


@pytest.mark.parametrize("age", ["6", "P", "2019-03-01", "years", "-3 days", "unstated", "six years"])
def test_the_age_pattern_refuses_what_the_reader_refuses(schema: dict[str, Any], age: str):
    assert not Draft202012Validator(schema["$defs"]["age"]).is_valid(age)


def test_a_hostile_age_is_refused_quickly(schema: dict[str, Any]):
    assert not Draft202012Validator(schema["$defs"]["age"]).is_valid("1e" * 20 + "!")
    assert not Draft202012Validator(schema["$defs"]["age"]).is_valid("1 a " * 29 + "!")


WHEN = {"start": "6 years", "source": "own-record"}
DOSES = {"dose": "300 mg", "route": "subcutaneous", "every": "4 weeks"}


@pytest.mark.parametrize(
    ("treatment", "good"),
    [
        ({"drug": "dupilumab", **DOSES}, True),
        ({"drug": "dupilumab"}, False),
        ({"drug": "dupilumab", **DOSES, "level": "usual"}, False),
        ({"drug": "emollient"}, True),
        ({"drug": "emollient", "level": "sparing", "route": "topical", "stop": "7 years"}, True),
        ({"drug": "emollient", "dose": "300 mg"}, False),
        ({"drug": "jak_inhibitor", "every": "1 day"}, False),
    ],
)
def test_the_schema_alone_tells_doses_from_courses(
    schema: dict[str, Any], treatment: dict[str, str], good: bool
):
    part = {**schema, **schema["$defs"]["treatment"]}
    assert Draft202012Validator(part).is_valid({**treatment, **WHEN}) is good


def test_the_schema_knows_which_drugs_are_courses_and_their_levels(schema: dict[str, Any]):
    part = schema["$defs"]["treatment"]
    courses = [drug for drug in drugs().values() if drug.is_course]
    assert part["if"]["properties"]["drug"]["enum"] == [drug.id for drug in courses]
    levels = dict.fromkeys(level for drug in courses for level in drug.levels)
    assert part["properties"]["level"]["enum"] == list(levels)
