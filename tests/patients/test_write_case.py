"""A written case reads back as the same case, and says what it is for."""

import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from lekti.base.provenance import USE
from lekti.patients.case import Case
from lekti.patients.case_schema import case_schema
from lekti.patients.library import load_case
from lekti.patients.read_case import read_case
from lekti.patients.write_case import write_case

from .strategies_for_cases import CASES

SLOW_DRAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW_DRAWS
@given(CASES)
def test_a_case_survives_writing_and_reading(case: Case):
    assert read_case(write_case(case), name="case.yaml") == case


@SLOW_DRAWS
@given(CASES)
def test_a_written_case_satisfies_the_published_schema(case: Case):
    Draft202012Validator(case_schema()).validate(yaml.safe_load(write_case(case)))


def test_the_index_case_survives_too():
    case = load_case("index")
    assert read_case(write_case(case), name="index.yaml") == case


def test_the_file_says_what_it_is_for():
    assert f"# use: {USE}" in write_case(load_case("index"))
