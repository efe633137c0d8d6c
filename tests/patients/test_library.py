"""A case is found by built-in name or by path, and every unusable file is refused in one sentence."""

import time
from pathlib import Path

import pytest

from lekti.base.errors import InputError
from lekti.patients.case import Between, Unstated
from lekti.patients.library import builtin_cases, load_case
from lekti.patients.schedule import dosing
from lekti.patients.write_case import write_case


def test_the_index_case_is_built_in():
    case = load_case("index")
    assert "index" in builtin_cases()
    assert case.subject.sex == "male"
    assert [allele.label for allele in case.alleles] == ["c.1302+5G>C", "c.1302+5G>C"]


def test_the_index_case_states_its_regimens_and_both_values_as_the_records_do():
    course = load_case("index").course
    ivig, dupilumab = course.treatment("ivig"), course.treatment("dupilumab")
    assert (ivig.dose.text, ivig.interval_days, ivig.start) == ("500 mg/kg", 28.0, 547.875)
    assert (dupilumab.dose.text, dupilumab.interval_days, dupilumab.start) == ("300 mg", 28.0, 2191.5)
    before, after = course.measurements
    assert (before.value, before.when, before.before) == (1078.0, Between(547.875, 2191.5), "dupilumab")
    assert (after.value, after.when, after.after) == (55.8, Unstated(), "dupilumab")
    assert [(seen.quantity, seen.direction) for seen in course.observations] == [
        ("itch_nrs", "down"),
        ("hair", "up"),
    ]


def test_every_event_of_the_index_case_names_its_record():
    case = load_case("index")
    for event in (*case.course.treatments, *case.course.events, *case.features):
        assert event.source in case.source_records


def test_the_index_case_gets_its_doses():
    doses = dosing(load_case("index"), weight_of=lambda _: 20.0, until_days=2192.0)
    assert [dose.amount for dose in doses if dose.drug == "dupilumab"] == [300.0]
    assert {dose.amount for dose in doses if dose.drug == "ivig"} == {10.0}


def test_a_file_is_read_by_its_path(tmp_path: Path):
    path = tmp_path / "boy.yaml"
    path.write_text(write_case(load_case("index")), encoding="utf-8")
    assert load_case(path) == load_case(str(path)) == load_case("index")


def test_an_unknown_name_is_answered_with_the_built_in_cases():
    with pytest.raises(InputError, match=r"neither a file nor a built-in case.*index"):
        load_case("indexx")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "binary"),
        (b"id: \xff\n", "UTF-8"),
        (b"id: [", "Broken YAML"),
    ],
)
def test_an_unusable_file_is_refused(tmp_path: Path, content: bytes, told: str):
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told) as caught:
        load_case(path)
    assert str(path) in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="is a folder"):
        load_case(tmp_path)


def test_a_file_of_100_megabytes_is_refused_at_once(tmp_path: Path):
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    began = time.perf_counter()
    with pytest.raises(InputError, match="at most 1 MB"):
        load_case(path)
    assert time.perf_counter() - began < 0.5


def test_a_name_no_file_system_can_hold_is_no_case():
    with pytest.raises(InputError, match="neither a file nor a built-in case"):
        load_case("x" * 300)
    with pytest.raises(InputError, match="neither a file nor a built-in case") as caught:
        load_case("two\nlines")
    assert "\n" not in str(caught.value)
