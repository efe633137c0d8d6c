"""A phenopacket becomes a case without names and dates, and what is left out is listed."""

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.patients.case import OWN_RECORD, UNKNOWN, Allele, Between, Case, Exact, Unstated
from lekti.patients.export_phenopacket import export_phenopacket
from lekti.patients.import_phenopacket import Imported, import_phenopacket
from lekti.patients.read_case import read_case
from lekti.patients.write_case import write_case

INVENTED = (Path(__file__).parents[1] / "material" / "phenopacket_invented.json").read_text(encoding="utf-8")
SHARED = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2].parent / "shared"))
COHORT = SHARED / "cohort" / "phenopackets"


def document() -> dict[str, Any]:
    return json.loads(INVENTED)


def imported(packet: dict[str, Any] | None = None) -> Imported:
    return import_phenopacket(json.dumps(packet or document(), indent=1), name="packet.json")


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        import_phenopacket(text, name="packet.json")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def descriptor(packet: dict[str, Any]) -> dict[str, Any]:
    first = packet["interpretations"][0]["diagnosis"]["genomicInterpretations"][0]
    return first["variantInterpretation"]["variationDescriptor"]


@pytest.fixture
def case() -> Case:
    return imported().case


def test_the_subject_is_kept_without_name_or_date_of_birth(case: Case):
    assert (case.subject.sex, case.subject.age_days) == ("female", 7.25 * 365.25)
    assert not any(word in write_case(case) for word in ("Jane", "Doe", "2015"))


def test_the_latest_dated_weight_describes_the_subject(case: Case):
    assert (case.subject.weight_kg, case.subject.weight_age_days) == (19.5, 7 * 365.25)
    assert [(one.quantity, one.value) for one in case.course.measurements] == [
        ("weight", 14.5),
        ("ige", 812.0),
    ]


def test_a_measurement_dated_by_calendar_becomes_unstated(case: Case):
    assert case.course.measurements[1].when == Unstated()
    assert case.course.measurements[0].when == Exact(4 * 365.25)


def test_one_heterozygous_variant_leaves_the_second_allele_unknown(case: Case):
    assert case.alleles == (
        Allele("hgvs", hgvs="NM_006846.4:c.649C>T", source="PMID:1111111", protein="p.(Arg217Ter)"),
        UNKNOWN,
    )


def test_a_homozygous_variant_fills_both_alleles():
    packet = document()
    descriptor(packet)["allelicState"] = {"id": "GENO:0000136", "label": "homozygous"}
    first, second = imported(packet).case.alleles
    assert first == second
    assert first.kind == "hgvs"


def test_a_structural_variant_keeps_its_type_and_loses_its_free_label():
    packet = document()
    del descriptor(packet)["expressions"]
    descriptor(packet)["structuralType"] = {"id": "SO:1000029", "label": "chromosomal_deletion"}
    descriptor(packet)["label"] = "a deletion found in a village"
    found = imported(packet)
    assert found.case.alleles[0] == Allele("structural", structural="SO:1000029", source="PMID:1111111")
    assert "the free label of a variant" in found.left_out


def test_features_keep_presence_onset_and_their_own_record(case: Case):
    erythroderma, asthma, itch = case.features
    assert (erythroderma.present, erythroderma.onset) == (True, Between(0.0, 28.0))
    assert (asthma.present, asthma.onset) == (False, None)
    assert (itch.onset, itch.source) == (Between(30.4375, 91.3125), "PMID:2222222")


def test_records_come_from_references_and_evidence(case: Case):
    assert case.source_records == ("PMID:1111111", "PMID:2222222")
    assert case.id.startswith("pmid-1111111-")


def test_what_is_left_out_is_listed():
    told = "\n".join(imported().left_out)
    for part in (
        "the date of birth", "the id of the subject", "the vital status", "free text of a feature", "FLG",
        "a second statement on HP:0000989", "a feature without an HPO id", "LOINC:718-7", "medical actions",
        "the id of the phenopacket", "progress status", "severity",
    ):  # fmt: skip
        assert part in told, part


def test_every_field_is_either_carried_or_listed():
    packet = document()
    packet["subject"]["favouriteColour"] = "blue"
    packet["somethingNew"] = {"a": [1, 2]}
    told = imported(packet).left_out
    assert "further statements on the subject" in told
    assert "the field .somethingNew.a[]" in told


def test_a_packet_without_records_rests_on_an_own_record():
    packet = document()
    del packet["metaData"]["externalReferences"]
    del packet["phenotypicFeatures"][2]["evidence"]
    case = imported(packet).case
    assert case.source_records == (OWN_RECORD,)
    assert case.id.startswith("case-")


def test_field_names_in_snake_case_are_understood():
    packet = document()
    packet["phenotypic_features"] = packet.pop("phenotypicFeatures")
    assert len(imported(packet).case.features) == 3


def changed(path: str, value: object) -> str:
    """Return the invented packet with one value replaced; the path is written with dots."""
    packet = document()
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    part: Any = packet
    for step in steps:
        part = part[step]
    part[last] = value
    return json.dumps(packet, indent=1)


ALLELE = "interpretations.0.diagnosis.genomicInterpretations.0.variantInterpretation.variationDescriptor."
DISEASE = "interpretations.0.diagnosis.disease"
BAD = [
    (DISEASE, {"id": "OMIM:146700", "label": "Ichthyosis vulgaris"}, "of Ichthyosis vulgaris (OMIM:146700)"),
    (DISEASE, None, "names no disease"),
    (ALLELE + "expressions.0.value", "NM_006846.4:c.649C->T", "coding description"),
    (ALLELE + "expressions.0.value", "NM_000492.4:c.649C>T", "NM_006846.4"),
    (ALLELE + "allelicState", {"id": "GENO:0000134", "label": "hemizygous"}, "chromosome 5"),
    ("subject.timeAtLastEncounter.age.iso8601duration", "P200Y", "0 to 120 years"),
    ("subject.timeAtLastEncounter.age.iso8601duration", "seven", "an age with its unit"),
    ("measurements.2.value.quantity.value", 9e9, "physical range"),
    ("measurements.2.value.quantity.value", "812", "a number"),
    ("phenotypicFeatures", {"a": 1}, "a list"),
    ("phenotypicFeatures.2.onset.ageRange.end.iso8601duration", "P1D", "ends before it starts"),
    ("subject", "Jane Doe", "an object"),
    ("metaData.phenopacketSchemaVersion", "1.0.0", "version 2"),
    ("proband", {"id": "x"}, "more than one person"),
    ("members", [], "more than one person"),
]


@pytest.mark.parametrize(
    ("path", "value", "told"), BAD, ids=[f"{path[-20:]} {told[:20]}" for path, _, told in BAD]
)
def test_a_packet_that_cannot_be_is_refused_in_one_sentence(path: str, value: object, told: str):
    sentence = refusal(changed(path, value))
    assert told in sentence
    assert "packet.json" in sentence


def test_a_foreign_label_is_shown_without_control_signs():
    text = changed(DISEASE, {"id": "OMIM:1\n2", "label": "\x1b[31mred\nline"})
    assert "\x1b" not in refusal(text)


def test_the_line_of_another_disease_is_told():
    text = changed(DISEASE, {"id": "OMIM:146700", "label": "Ichthyosis vulgaris"})
    line = text[: text.index("OMIM:146700")].count("\n") + 1
    assert f"packet.json:{line}." in refusal(text)


def test_more_than_two_alleles_are_refused():
    packet = document()
    genomic = packet["interpretations"][0]["diagnosis"]["genomicInterpretations"]
    genomic += [copy.deepcopy(genomic[0]), copy.deepcopy(genomic[0])]
    assert "3 alleles" in refusal(json.dumps(packet))


@pytest.mark.parametrize("length", [1, 10, 200, 1500, 3000])
def test_a_truncated_file_is_refused(length: int):
    assert "Broken JSON" in refusal(INVENTED[:length])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "no JSON object"),
        ("42", "no JSON object"),
        ("{}", "names no disease"),
        ('{"a": NaN}', "not a finite number"),
        ('{"a": 1e999}', "not a finite number"),
        ('{"a": ' + "9" * 5000 + "}", "not a finite number"),
        ('{"a": 1, "a": 2}', "stands twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' * 60 + "1" + "}" * 60, "nested too deeply"),
    ],
)
def test_json_that_is_no_phenopacket_is_refused(text: str, told: str):
    assert told in refusal(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


def places(part: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) of a document."""
    if isinstance(part, dict | list):
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        return [(part, key) for key in keys] + [place for key in keys for place in places(part[key])]
    return []


@settings(max_examples=200, deadline=None)
@given(st.data(), JSON)
def test_any_change_of_a_packet_is_imported_or_refused_with_a_sentence(data: st.DataObject, value: object):
    packet = document()
    container, key = data.draw(st.sampled_from(places(packet)))
    container[key] = value
    try:
        found = imported(packet)
    except InputError as error:
        assert "packet.json" in str(error)
    else:
        assert read_case(write_case(found.case), name="case.yaml") == found.case


def cohort() -> list[Path]:
    return sorted(COHORT.glob("*.json"))


def test_all_61_packets_of_the_cohort_import_and_survive_a_second_trip():
    if not COHORT.is_dir():
        pytest.skip(f"the cohort of phenopackets is not at {COHORT}")
    ids: set[str] = set()
    for path in cohort():
        case = import_phenopacket(path.read_text(encoding="utf-8"), name=path.name).case
        assert read_case(write_case(case), name="case.yaml") == case, path.name
        again = export_phenopacket(case, created="2026-01-01T00:00:00Z")
        assert import_phenopacket(again.text, name=path.name).case == case, path.name
        assert again.left_out == (), path.name
        ids.add(case.id)
    assert len(ids) == len(cohort()) == 61


def test_the_index_patient_of_the_cohort_agrees_with_the_built_in_case():
    path = COHORT / "PMID_40607310_Case_presentation.json"
    if not path.exists():
        pytest.skip(f"the cohort of phenopackets is not at {COHORT}")
    from lekti.patients.library import load_case

    packet = import_phenopacket(path.read_text(encoding="utf-8"), name=path.name).case
    built_in = load_case("index")
    assert packet.subject == built_in.subject
    assert [allele.label for allele in packet.alleles] == [allele.label for allele in built_in.alleles]
    facts = {(feature.hpo, feature.present, feature.onset) for feature in packet.features}
    assert facts == {(feature.hpo, feature.present, feature.onset) for feature in built_in.features}
