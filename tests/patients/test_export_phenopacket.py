"""A case becomes a phenopacket; what does not come back is what the list says."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from lekti.base.provenance import USE
from lekti.genetics.hgvs import TRANSCRIPTS
from lekti.patients.case import (
    OWN_RECORD,
    REFERENCE,
    UNKNOWN,
    Allele,
    Between,
    Case,
    Course,
    Exact,
    Feature,
    Measurement,
    Treatment,
    Unstated,
)
from lekti.patients.drugs import drug_of
from lekti.patients.export_phenopacket import export_phenopacket
from lekti.patients.import_phenopacket import import_phenopacket
from lekti.patients.library import load_case
from lekti.patients.measurements import quantities

from .strategies_for_cases import CASES

CREATED = "2026-01-31T12:00:00Z"


def exported(case: Case) -> dict[str, Any]:
    return json.loads(export_phenopacket(case, created=CREATED).text)


def back(case: Case) -> Case:
    return import_phenopacket(export_phenopacket(case, created=CREATED).text, name="packet.json").case


def without_weights(case: Case) -> Case:
    kept = tuple(one for one in case.course.measurements if one.quantity != "weight")
    return replace(case, course=replace(case.course, measurements=kept))


def carried(case: Case) -> Case:
    """Return what the export promises to carry over."""
    records = tuple(record for record in case.source_records if record != OWN_RECORD)
    main = records[0]
    features = tuple(
        replace(
            feature,
            source=main if feature.source == OWN_RECORD else feature.source,
            onset=None if open_ended(feature) else feature.onset,
        )
        for feature in case.features
    )
    measured = [
        one
        for one in case.course.measurements
        if quantities()[one.quantity].loinc and one.censoring == "none"
    ]
    measurements = tuple(carried_measurement(one, n, main) for n, one in enumerate(measured, start=1))
    alleles = [carried_allele(one, main) for one in case.alleles if one.kind in ("hgvs", "structural")]
    first, second = (*alleles, UNKNOWN, UNKNOWN)[:2]
    return replace(
        case,
        source_records=records,
        features=features,
        alleles=(first, second),
        course=Course(measurements=measurements),
    )


def open_ended(feature: Feature) -> bool:
    onset = feature.onset
    return isinstance(onset, Between) and onset.to_days is None and onset.from_days != 5844.0


def carried_allele(allele: Allele, main: str) -> Allele:
    hgvs = allele.hgvs
    if hgvs is not None and ":" not in hgvs:
        hgvs = f"{TRANSCRIPTS[0]}:{hgvs}"
    return replace(allele, source=main, hgvs=hgvs)


def carried_measurement(one: Measurement, number: int, main: str) -> Measurement:
    when = Unstated() if isinstance(one.when, Between) and one.when.to_days is None else one.when
    return replace(
        one, id=f"{one.quantity}-{number}", when=when, after=None, before=None, note=None, source=main
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CASES.map(without_weights))
def test_a_case_comes_back_but_for_the_listed_losses(case: Case):
    assert back(case) == carried(case)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CASES.map(without_weights))
def test_whatever_does_not_come_back_is_listed(case: Case):
    left_out = export_phenopacket(case, created=CREATED).left_out
    told = "\n".join(left_out)
    for treatment in case.course.treatments:
        assert f"treatment {treatment.id}:" in told
    for event in (*case.course.observations, *case.course.admissions, *case.course.infections):
        assert event.id in told
    for one in case.course.measurements:
        lost = one.censoring != "none" or quantities()[one.quantity].loinc is None or one.note is not None
        assert not lost or f"measurement {one.id} " in told
    if REFERENCE in case.alleles:
        assert "reads back as unknown" in told
    if not left_out:
        assert carried(case).features == case.features


def test_a_case_without_a_course_loses_nothing():
    boy = replace(load_case("index"), course=Course(), source_records=("PMID:40607310",))
    result = export_phenopacket(boy, created=CREATED)
    assert result.left_out == ()
    assert back(boy) == boy


def test_the_packet_has_the_fields_the_standard_requires():
    packet = exported(load_case("index"))
    assert packet["id"] == "index"
    assert packet["metaData"]["created"] == CREATED
    assert packet["metaData"]["phenopacketSchemaVersion"] == "2.0.2"
    named = {resource["namespacePrefix"] for resource in packet["metaData"]["resources"]}
    assert named == {"HP", "GENO", "OMIM", "HGNC", "LOINC", "UCUM", "NCIT", "ATC"}


def test_a_homozygous_variant_is_written_once():
    (genomic,) = exported(load_case("index"))["interpretations"][0]["diagnosis"]["genomicInterpretations"]
    descriptor = genomic["variantInterpretation"]["variationDescriptor"]
    assert descriptor["allelicState"]["label"] == "homozygous"
    assert descriptor["expressions"] == [{"syntax": "hgvs.c", "value": "NM_006846.4:c.1302+5G>C"}]


def test_the_packet_says_what_it_is_for_and_names_nobody():
    text = export_phenopacket(load_case("index"), created=CREATED).text
    assert f"use: {USE}" in text
    assert '"id": "subject-1"' in text


def test_a_bound_is_never_written_as_a_value():
    boy = load_case("index")
    bound = replace(boy.course.measurements[0], censoring="above", value=2500.0)
    result = export_phenopacket(replace(boy, course=Course(measurements=(bound,))), created=CREATED)
    assert "2500" not in result.text
    assert any(">2500" in sentence for sentence in result.left_out)


@pytest.mark.parametrize("when", [Exact(0.0), Between(0.0, 28.0), Between(28.0, 365.25), Between(3.0, 4.5)])
def test_onsets_come_back_as_they_were(when: Exact | Between):
    boy = load_case("index")
    itch = replace(boy.features[0], onset=when)
    assert back(replace(boy, features=(itch,))).features[0].onset == when


def test_the_weight_of_the_subject_comes_back():
    boy = load_case("index")
    for age in (None, 2000.0):
        heavy = replace(boy, subject=replace(boy.subject, weight_kg=20.5, weight_age_days=age))
        assert back(heavy).subject == heavy.subject


def test_that_several_weights_cannot_be_told_apart_is_listed():
    boy = load_case("index")
    weight = Measurement("w", "weight", 18.0, "kg", Exact(1900.0), source="PMID:40607310")
    result = export_phenopacket(replace(boy, course=Course(measurements=(weight,))), created=CREATED)
    assert "which of several weights describes the subject" in result.left_out


def test_a_course_is_handed_on_where_its_drug_has_a_code_and_listed_where_not():
    boy = load_case("index")
    courses = tuple(
        Treatment(drug, drug, None, drug_of(drug).route, None, 2000.0, level="usual")
        for drug in ("omalizumab", "anti_il17a")
    )
    result = export_phenopacket(replace(boy, course=Course(treatments=courses)), created=CREATED)
    (action,) = json.loads(result.text)["medicalActions"]
    assert action["treatment"]["agent"] == {"id": "ATC:R03DX05", "label": "omalizumab"}
    told = "\n".join(result.left_out)
    assert "treatment omalizumab: usual course from" in told
    assert "treatment anti_il17a: anti-IL-17A antibody, which has no code, usual course from" in told
