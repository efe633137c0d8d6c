"""A case file is read into nouns, or refused in one sentence with file and line."""

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.patients.case import OWN_RECORD, REFERENCE, UNKNOWN, Allele, Between, Case, Dose, Exact, Unstated
from lekti.patients.read_case import read_case
from lekti.patients.write_case import write_case

VALID = """\
lekti_case: 1
id: example
records: [PMID:1234567, own-record]
subject:
  sex: female
  age: 7 years
  weight: {value: 20 kg, at: 6 years}
genotype:
  - hgvs: NM_006846.4:c.1048C>T p.(Arg350Ter)
  - structural: SO:1000029
    source: own-record
features:
  - hpo: HP:0000989
    label: Pruritus
    present: yes
    onset: {from: birth, to: 28 days}
  - {hpo: HP:0009999, present: false}
course:
  treatments:
    - drug: dupilumab
      dose: 300 mg
      first_dose: 600 mg
      route: subcutaneous
      every: 4 weeks
      start: 6 years
      stop: 7 years
      source: PMID:1234567
  measurements:
    - quantity: ige
      value: ">2500"
      unit: kU/L
      at: unstated
      before: dupilumab
      source: own-record
  observations:
    - {quantity: hair, direction: up, at: unstated, after: dupilumab, source: own-record}
  admissions:
    - {at: 3 months, cause: infection, source: own-record}
  infections:
    - {at: {from: birth, to: 1 year}, site: skin, count: 3, source: own-record}
"""


def changed(old: str, new: str) -> str:
    """Return the valid file with one place changed; the place must be there."""
    assert old in VALID
    return VALID.replace(old, new, 1)


def refusal(text: str) -> str:
    """Return the sentence with which a text is refused."""
    with pytest.raises(InputError) as caught:
        read_case(text, name="case.yaml")
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


@pytest.fixture
def case() -> Case:
    return read_case(VALID, name="case.yaml")


def test_the_subject_is_read(case: Case):
    assert (case.subject.sex, case.subject.age_days) == ("female", 7 * 365.25)
    assert (case.subject.weight_kg, case.subject.weight_age_days) == (20.0, 6 * 365.25)


def test_the_alleles_take_their_source_or_the_first_record(case: Case):
    assert case.alleles[0] == Allele(
        "hgvs", hgvs="NM_006846.4:c.1048C>T", source="PMID:1234567", protein="p.(Arg350Ter)"
    )
    assert case.alleles[1] == Allele("structural", structural="SO:1000029", source=OWN_RECORD)


def test_the_words_unknown_and_reference_are_alleles():
    text = re.sub(r"genotype:.*features:", "genotype: [unknown, reference]\nfeatures:", VALID, flags=re.S)
    assert read_case(text, name="case.yaml").alleles == (UNKNOWN, REFERENCE)


def test_features_are_present_or_absent_with_their_onset(case: Case):
    itch, other = case.features
    assert (itch.label, itch.present, itch.onset) == ("Pruritus", True, Between(0.0, 28.0))
    assert (other.label, other.present, other.onset) == ("HP:0009999", False, None)


def test_a_treatment_is_called_after_its_drug_unless_told_otherwise(case: Case):
    treatment = case.course.treatment("dupilumab")
    assert (treatment.dose, treatment.first_dose) == (Dose(300.0, "mg"), Dose(600.0, "mg"))
    assert (treatment.interval_days, treatment.start, treatment.stop) == (28.0, 6 * 365.25, 7 * 365.25)


def test_a_bound_is_read_as_a_censored_value(case: Case):
    (ige,) = case.course.measurements
    assert (ige.value, ige.censoring, ige.unit, ige.when, ige.before) == (
        2500.0, "above", "kU/L", Unstated(), "dupilumab",
    )  # fmt: skip


def test_observations_admissions_and_infections_are_read(case: Case):
    (hair,), (stay,), (skin,) = case.course.observations, case.course.admissions, case.course.infections
    assert (hair.quantity, hair.direction, hair.after) == ("hair", "up", "dupilumab")
    assert (stay.when, stay.cause, stay.count) == (Exact(91.3125), "infection", 1)
    assert (skin.site, skin.organism, skin.count) == ("skin", "unstated", 3)


def test_the_smallest_file_needs_five_keys():
    text = (
        "lekti_case: 1\nid: a\nrecords: [own-record]\nsubject: {sex: unknown}\ngenotype: [unknown, unknown]\n"
    )
    case = read_case(text, name="case.yaml")
    assert (case.features, case.course.treatments) == ((), ())


BAD = [
    ("drug: dupilumab", "drug: dupilumabb", "Did you mean dupilumab?"),
    ("dose: 300 mg", "dose: 300 mg/kg", "Expected a dose in mg"),
    ("dose: 300 mg", "dose: -300 mg", "a dose above 0"),
    ("dose: 300 mg", "dose: 0 mg", "a dose above 0"),
    ("dose: 300 mg", "dose: 300", "300 mg"),
    ("dose: 300 mg", "dose: 300 g", "does not fit"),
    ("dose: 300 mg", "dose: 30000 mg", "at most 1200 mg"),
    ("dose: 300 mg", "dose: a lot", "not an amount"),
    ("route: subcutaneous", "route: intravenous", "Expected subcutaneous"),
    ("every: 4 weeks", "every: 0 weeks", "from 1 day"),
    ("every: 4 weeks", "every: -4 weeks", "from 1 day"),
    ("every: 4 weeks", "every: 4", "every is 4"),
    ("stop: 7 years", "stop: 5 years", "a stop after the start"),
    ("start: 6 years", "start: 121 years", "0 to 120 years"),
    ("start: 6 years", "start: -1 years", "0 to 120 years"),
    ("start: 6 years", "start: 6", "an age with its unit"),
    ("start: 6 years", "start: unstated", "an age with its unit"),
    ("age: 7 years", "age: 200 years", "0 to 120 years"),
    ("age: 7 years", "age: 2019", "an age with its unit"),
    ("age: 7 years", "age: true", "age is true"),
    ("age: 7 years", "age:", "age is empty"),
    ("20 kg, at", "2000 kg, at", "0.3 to 300 kg"),
    ("20 kg, at", "20 lb, at", "does not fit body weight"),
    ('value: ">2500"', "value: 2500000", "0 to 100000 IU/mL"),
    ('value: ">2500"', "value: -3", "out of the physical range"),
    ('value: ">2500"', "value: .nan", "not a finite"),
    ('value: ">2500"', "value: -.inf", "not a finite"),
    ('value: ">2500"', "value: 1e999", "finite number"),
    ('value: ">2500"', "value: true", "value is true"),
    ('value: ">2500"', "value: high", "a bound in quotes"),
    ('value: ">2500"', "value: 0x1F", "decimal number"),
    ('value: ">2500"', "value: [1, 2]", "value is a list"),
    ("unit: kU/L", "unit: mg/L", "Expected IU/mL or kU/L"),
    ("quantity: ige", "quantity: igee", "Did you mean ige?"),
    ("before: dupilumab", "before: ivig", "not in this course"),
    ("at: unstated\n      before", "at: 6.5 years\n      before", "after the start of dupilumab"),
    ("at: unstated, after", "at: 5 years, after", "before the start of dupilumab"),
    ("source: PMID:1234567", "source: PMID:7654321", "Add it to records"),
    ("c.1048C>T p", "c.1048C->T p", "coding description"),
    ("NM_006846.4:c", "NM_000492.4:c", "NM_006846.4"),
    ("SO:1000029", "deletion", "Sequence Ontology"),
    ("label: Pruritus", "label: Itching", "Expected Pruritus"),
    ("HP:0009999, present", "HP:0009999, label: Some name, present", "free text"),
    ("hpo: HP:0009999", "hpo: HP:0000989", "stands twice"),
    ("to: 28 days}", "to: birth, unit: d}", "'unit' is not known here"),
    ("{from: birth, to: 28 days}", "{from: 28 days, to: birth}", "to later than from"),
    ("count: 3", "count: 0", "a whole number from 1"),
    ("count: 3", "count: 2.5", "count is 2.5"),
    ("site: skin", "site: skn", "Did you mean skin?"),
    ("sex: female", "sex: femal", "Did you mean female?"),
    ("sex: female", "sexe: female", "Did you mean sex?"),
    ("lekti_case: 1", "lekti_case: 2", "the number 1"),
    ("id: example", "id: Jane Doe", "lower-case"),
    ("records: [PMID:1234567, own-record]", "records: []", "a list of the records"),
    ("records: [PMID:1234567, own-record]", "records: [a letter from the clinic]", "own-record"),
    ("  - structural", "  - hgvs: c.5A>G\n    structural", "Expected one copy of SPINK5"),
    ("subject:", "name: Jane Doe\nsubject:", "names nobody"),
    ("  sex: female", "  sex: female\n  birth_date: x", "ages and no dates"),
    ("  sex: female", "  sex: female\n  Date-of-Birth: x", "ages and no dates"),
    ("  sex: female", "  sex: female\n  comment: she is well", "no free text"),
    ("start: 6 years", "start: 2021-03-01", "calendar date"),
    ("start: 6 years", "start: 01.03.2021", "calendar date"),
    ("start: 6 years", "start: March 2021", "calendar date"),
    ("start: 6 years", 'start: "2021-03"', "calendar date"),
    ("id: example", "id: " + "a" * 200, "no free text"),
    ("subject:", "id: again\nsubject:", "stands twice"),
    ("records: [PMID:1234567, own-record]", "records: [PMID:1234567, PMID:1234567]", "an entry twice"),
    ("subject:", '"two\\nlines": 1\nsubject:', "Key 'twolines' is not known"),
    ("subject:", "k" * 900 + ": 1\nsubject:", "Key '" + "k" * 60 + "' is not known"),
    ("subject:\n", "subject: &a\n", "anchors and aliases"),
    ("sex: female", "sex: !!python/object:os.system female", "tags"),
    ("sex: female", "? [a, b]\n  : female", "no word"),
    ("subject:", "subjects: []\nsubject:", "one person"),
    ("sex: female", "sex: \x07", "no text"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), BAD, ids=[new[:40] for _, new, _ in BAD])
def test_bad_input_is_refused_with_one_sentence_at_its_line(old: str, new: str, told: str):
    text = changed(old, new)
    first_change = next(i for i, pair in enumerate(zip(VALID, text, strict=False)) if len(set(pair)) == 2)
    sentence = refusal(text)
    assert told in sentence
    assert f"case.yaml:{text.count(chr(10), 0, first_change) + 1}." in sentence, sentence


PARTS = [
    ("  - structural: SO:1000029\n    source: own-record\n", "", 8, "genotype has 1 entry"),
    ("  sex: female\n  age: 7 years\n  weight: {value: 20 kg, at: 6 years}", "  - {sex: male}", 4, "a list"),
    (
        "  sex: female\n",
        "",
        4,
        "Key 'sex' is missing in subject. case.yaml:4. Expected male, female or unknown",
    ),
    ("id: example\n", "", 1, "Key 'id' is missing in the file"),
    ("      unit: kU/L\n", "", 29, "Key 'unit' is missing in measurements"),
    ("  sex: female", "   sex: female", 6, "Broken YAML"),
    ("sex: female", "sex: 'female", 41, "Broken YAML"),
    ('value: ">2500"', 'value: "\\UFFFFFFFF"', None, "Broken YAML"),
]


@pytest.mark.parametrize(("old", "new", "line", "told"), PARTS, ids=[told[:40] for *_, told in PARTS])
def test_what_is_missing_or_broken_is_told_where_it_is_noticed(
    old: str, new: str, line: int | None, told: str
):
    sentence = refusal(changed(old, new))
    assert told in sentence
    assert (f"case.yaml:{line}." if line else "case.yaml.") in sentence, sentence


def test_two_treatments_with_one_drug_need_their_own_ids():
    entry = VALID[VALID.index("    - drug") : VALID.index("  measurements")]
    assert "stands twice" in refusal(VALID.replace(entry, entry + entry))


def test_a_second_person_in_the_same_file_is_refused():
    assert "one case file" in refusal(VALID + "---\n" + VALID)


@pytest.mark.parametrize("text", ["", "# only a remark\n", "---\n", "just words", "- a\n- b\n", "42"])
def test_text_that_is_no_case_is_refused(text: str):
    assert "case.yaml" in refusal(text)


def test_a_deeply_nested_file_is_refused_at_once():
    assert "too deeply" in refusal("a: " + "[" * 500_000)


def test_a_file_with_endless_entries_is_refused():
    assert "too many" in refusal("a: [" + "1, " * 100_000 + "1]")


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x, x]\n" + "".join(f"k{i}: &k{i} [*a, *a]\n" for i in range(30))
    assert "case.yaml:1" in refusal(bomb)


def test_no_private_value_is_repeated_in_the_message():
    assert "Jane" not in refusal(changed("subject:", "name: Jane Doe\nsubject:"))
    assert "1987" not in refusal(changed("sex: female", "sex: 12.05.1987"))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["3 years", "-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


def places(part: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) of a document."""
    if isinstance(part, dict | list):
        steps = list(part) if isinstance(part, dict) else list(range(len(part)))
        return [(part, step) for step in steps] + [place for step in steps for place in places(part[step])]
    return []


@settings(max_examples=200, deadline=None)
@given(st.data(), VALUES)
def test_any_change_of_a_file_is_read_or_refused_with_a_place(data: st.DataObject, value: object):
    document = yaml.safe_load(VALID)
    container, step = data.draw(st.sampled_from(places(document)))
    container[step] = value
    try:
        case = read_case(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), name="case.yaml")
    except InputError as error:
        assert "case.yaml" in str(error)
    else:
        assert read_case(write_case(case), name="case.yaml") == case


COURSE = """\
lekti_case: 1
id: a
records: [own-record]
subject: {sex: unknown}
genotype: [unknown, unknown]
course:
  treatments:
    - {drug: jak_inhibitor, start: 12 years, stop: 13 years, source: own-record}
    - {drug: topical_corticosteroid, level: very_potent, route: topical, start: birth, source: own-record}
"""


def test_a_course_is_a_level_from_start_to_stop():
    tablet, cream = read_case(COURSE, name="case.yaml").course.treatments
    assert (tablet.level, tablet.dose, tablet.interval_days, tablet.route) == ("usual", None, None, "oral")
    assert (cream.level, cream.start, cream.stop, cream.is_course) == ("very_potent", 0.0, None, True)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("start: 12 years,", "start: 12 years, dose: 30 mg,", "so it has no dose"),
        ("start: 12 years,", "start: 12 years, every: 1 day,", "so it has no every"),
        ("start: 12 years,", "start: 12 years, first_dose: 30 mg,", "so it has no first_dose"),
        ("start: 12 years,", "start: 12 years, level: 30 mg,", "level '30 mg' is not known"),
        (
            "start: 12 years,",
            "start: 12 years, level: potent,",
            "JAK inhibitor at level 'potent'",
        ),
        ("start: 12 years,", "start: 12 years, route: topical,", "JAK inhibitor by the topical route"),
        ("level: very_potent,", "", "topical corticosteroid without a level"),
        ("jak_inhibitor,", "dupilumab, level: usual,", "Key 'dose' is missing"),
    ],
)
def test_a_course_with_a_dose_or_another_level_is_refused(before: str, after: str, expected: str):
    with pytest.raises(InputError) as refused:
        read_case(COURSE.replace(before, after, 1), name="case.yaml")
    assert expected in str(refused.value)
    assert "case.yaml:" in str(refused.value)


def test_a_drug_in_doses_has_no_level():
    given = "{drug: dupilumab, level: usual, dose: 300 mg, route: subcutaneous, every: once, start: birth"
    text = COURSE.replace("{drug: jak_inhibitor, start: 12 years, stop: 13 years", given)
    with pytest.raises(InputError, match="dupilumab is given in doses, so it has no level"):
        read_case(text, name="case.yaml")
