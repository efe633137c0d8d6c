"""Family files are read with lines and without names; each built-in family is one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.genetics.family_risk import family_risk
from lekti.genetics.pedigree import Family
from lekti.patients.family_ids import read_id
from lekti.patients.family_library import builtin_families, load_family
from lekti.patients.family_numbers import known_number, number_row, planned_tests, read_share
from lekti.patients.read_family import read_family

SMALL = """lekti_family: 1
population:
  incidence: 1/100000
  range: [1/200000, 1/50000]
variants:
  A: c.153del
people:
  I-1: {sex: male, status: healthy, age: 60 years}
  I-2: {sex: female, genotype: [A, reference], died: yes}
  II-1: {parents: [I-1, I-2], status: affected, proband: yes}
  II-2:
    parents: [I-1, I-2]
    sex: female
    status: healthy
    tests:
      - {for: [A], found: [A]}
      - {for: gene, found: none, sensitivity: 0.875, range: [0.7, 0.9]}
"""

PIECES = [
    "",
    "[]",
    "{}",
    "null",
    "yes",
    "-1",
    "I-1",
    "[I-1, I-2]",
    "[A, A]",
    "gene",
    "1/0",
    "&",
    "'",
    ":",
    "\n  ",
]


def read(text: str) -> Family:
    return read_family(text, name="f.yaml")


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_family_file_holds_people_tests_and_the_population():
    family = read(SMALL)
    sister = family.by_id["II-2"]
    assert [test.found for test in sister.tests] == [("A",), ()]
    assert (sister.tests[1].sensitivity.low, sister.tests[1].sensitivity.high) == (0.7, 0.9)
    assert sister.tests[0].sensitivity == known_number("variant_sensitivity")
    assert (family.population.frequency.value, family.population.frequency.high) == (1e-5, 2e-5)
    assert family.by_id["I-2"].genotype == ("A", "reference")
    assert sister.where == "f.yaml:11"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("lekti_family: 1", "lekti_family: 2", "No line 'lekti_family: 1'"),
        ("status: affected", "status: afected", "status 'afected'. f.yaml:10. Expected affected, healthy"),
        ("status: affected", "statos: affected", "Did you mean status?"),
        ("age: 60 years", "age: 60", "it has no unit"),
        ("age: 60 years", "age: 1963-05-01", "a family file holds ages and no dates"),
        ("age: 60 years", "name: someone", "Key 'name' is refused: a family file names nobody. f.yaml:8"),
        ("  I-1: {", "  Henry: {", "An id looks like a name, and a family file names nobody. f.yaml:8"),
        ("II-1: {parents: [I-1, I-2]", "II-1: {parents: [I-1]", "Not two people. f.yaml:10"),
        ("II-1: {parents: [I-1, I-2]", "II-1: {parents: [I-2, I-1]", "I-2 is female and the father of II-1"),
        ("found: [A]}", "found: [B]}", "Allele 'B'. f.yaml:16"),
        ("found: none", "finds: none", "Did you mean found?"),
        (
            "sensitivity: 0.875",
            "sensitivity: 1.2",
            "sensitivity 1.2. f.yaml:17. Expected a share from 0 to 1",
        ),
        ("range: [0.7, 0.9]", "range: [0.9, 0.95]", "A range that does not hold the sensitivity. f.yaml:17"),
        ("range: [1/200000, 1/50000]", "range: [1/50000, 1/200000]", "A range that does not hold the number"),
        ("incidence: 1/100000", "incidence: rare", "The frequency 'rare' is no share. f.yaml:3"),
        ("incidence: 1/100000", "incidence: 0", "The frequency 0. f.yaml:3. Expected above 0"),
        ("A: c.153del", "A: c.153de", "f.yaml:6"),
        ("A: c.153del", "gene: c.153del", "is no label of a variant. f.yaml:6"),
        ("age: 60 years", "age: 2 years", "f.yaml:10"),
        ("people:", "couples: 5\npeople:", "couples is no list. f.yaml:7"),
        ("people:", "records: [my paper]\npeople:", "'my paper' is no record. f.yaml:7"),
        ("people:", "id: smith\npeople:", "Key 'id' is not known in a family file. f.yaml:7"),
        ("died: yes", "tests: 5", "tests is no list. f.yaml:9"),
        ("people:", "people: 7\npeople2:", "Key 'people2' is not known"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(before: str, after: str, told: str):
    text = SMALL.replace(before, after, 1)
    if after == "age: 2 years":
        text = text.replace("status: affected,", "status: affected, age: 30 years,")
    assert told in refusal(text)


@pytest.mark.parametrize("name", builtin_families())
def test_every_built_in_family_is_one(name: str):
    assert len(load_family(name).people) > 3


def test_a_file_of_another_kind_is_refused(tmp_path):  # type: ignore[no-untyped-def]
    other = tmp_path / "family.txt"
    other.write_text("x")
    with pytest.raises(InputError, match=r"ends in \.ped or \.yaml"):
        load_family(str(other))
    binary = tmp_path / "family.ped"
    binary.write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match="binary"):
        load_family(str(binary))
    with pytest.raises(InputError, match="neither a file nor a built-in family"):
        load_family("nobody")


@pytest.mark.parametrize("name", ["II-3", "mothers-mother", "NA12878", "P1", "half-brother", "x", "12"])
def test_numbers_and_family_words_are_ids(name: str):
    assert read_id(name, where="") == name


@pytest.mark.parametrize("name", ["Maria", "AB", "Anna2", "a b", "", "x" * 25, "Öz", "-1", "1999-12-31"])
def test_what_could_be_a_name_is_no_id(name: str):
    with pytest.raises(InputError):
        read_id(name, where="")


@pytest.mark.parametrize("text", ["1/200000", "1 in 200,000", "0.000005", "5e-6", "0.0005 %"])
def test_a_share_is_written_in_several_ways(text: str):
    assert read_share(text, where="", noun="incidence") == pytest.approx(5e-6)


@pytest.mark.parametrize("text", ["", "1/0", "-1", "2", "nan", "1/2/3", "inf", "1e999"])
def test_what_is_no_share_is_refused(text: str):
    with pytest.raises(InputError):
        read_share(text, where="", noun="incidence")


def test_the_usual_sensitivity_has_the_wilson_interval_of_its_counts():
    found, all_alleles, z = 35, 40, 1.959964
    share = found / all_alleles
    middle = (share + z * z / (2 * all_alleles)) / (1 + z * z / all_alleles)
    half = (
        z
        * ((share * (1 - share) + z * z / (4 * all_alleles)) / all_alleles) ** 0.5
        / (1 + z * z / all_alleles)
    )
    told = known_number("gene_sensitivity")
    assert (told.value, told.low, told.high) == pytest.approx((share, middle - half, middle + half), abs=5e-4)


def test_every_number_has_a_source_or_is_assumed():
    for number in ("incidence", "gene_sensitivity", "variant_sensitivity", "known_share"):
        row = number_row(number)
        assert row["source"].startswith(("PMID:", "DOI:")) or row["provenance"] == "assumed"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.integers(0, 12), st.sampled_from(PIECES))
def test_a_damaged_file_is_answered_or_refused_in_one_sentence(start: int, length: int, piece: str):
    text = SMALL[:start] + piece + SMALL[start + length :]
    try:
        found = family_risk(read(text), planned=planned_tests())
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(0.0 <= each.carrier.value <= 1.0 for each in found.people)


def test_the_incidence_is_the_published_one():
    told = known_number("incidence")
    assert (1 / told.value, 1 / told.high, 1 / told.low) == pytest.approx((200_000, 50_000, 400_000))
