"""From a `Case` to a GA4GH phenopacket (version 2, JSON), with a list of what cannot be carried over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lekti.base.provenance import USE
from lekti.base.tables import knowledge_table
from lekti.patients.case import OWN_RECORD, Case, Course, Feature, Measurement, Subject, Treatment
from lekti.patients.drugs import drug_of
from lekti.patients.export_genotype import genomic_interpretations
from lekti.patients.measurements import quantity_of, unit_of
from lekti.patients.phenopacket_codes import AUTHOR_STATEMENT, MAKER, USE_REFERENCE, accepted_diseases
from lekti.patients.phenopacket_time import onset_element, time_element
from lekti.patients.when import Unstated, age_text, iso_text

IDENTIFIABLE = (
    "A rare genotype together with a course of disease can identify a child; share this file with care."
)
_SUBJECT_ID = "subject-1"
_SEXES = {"male": "MALE", "female": "FEMALE", "unknown": "UNKNOWN_SEX"}


@dataclass(frozen=True)
class Exported:
    """The JSON text of a phenopacket, and one sentence for each thing it does not hold."""

    text: str
    left_out: tuple[str, ...]


def export_phenopacket(case: Case, *, created: str) -> Exported:
    """Return the phenopacket of a case; `created` is the time of writing, such as 2026-01-31T12:00:00Z.

    Phenopackets date treatments by calendar time and have no place for a value's bound, for directions
    told in words, or for admissions; whatever is not written is listed.
    """
    lost: list[str] = []
    document: dict[str, Any] = {
        "id": case.id,
        "subject": _subject(case.subject),
        "phenotypicFeatures": [_feature(feature, case, lost) for feature in case.features],
        "measurements": _measurements(case, lost),
        "interpretations": [_interpretation(case, lost)],
        "diseases": [{"term": _disease()}],
        "medicalActions": [_action(one.drug) for one in case.course.treatments if drug_of(one.drug).code],
    }
    _tell_course(case.course, lost)
    document = {key: part for key, part in document.items() if part}
    document["metaData"] = _meta_data(case, document, created, lost)
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return Exported(text, tuple(dict.fromkeys(lost)))


def _subject(subject: Subject) -> dict[str, Any]:
    written: dict[str, Any] = {"id": _SUBJECT_ID, "sex": _SEXES[subject.sex]}
    if subject.age_days is not None:
        written["timeAtLastEncounter"] = {"age": {"iso8601duration": iso_text(subject.age_days)}}
    return written


def _feature(feature: Feature, case: Case, lost: list[str]) -> dict[str, Any]:
    written: dict[str, Any] = {"type": {"id": feature.hpo, "label": feature.label}}
    if not feature.present:
        written["excluded"] = True
    if feature.onset is not None:
        onset = onset_element(feature.onset)
        if onset is None:
            lost.append(f"the open interval of the onset of {feature.hpo}")
        else:
            written["onset"] = onset
    if feature.source == OWN_RECORD:
        _tell_source(feature.source, f"feature {feature.hpo}", case, lost)
    elif feature.source != _main_record(case):
        code = {"id": AUTHOR_STATEMENT[0], "label": AUTHOR_STATEMENT[1]}
        written["evidence"] = [{"evidenceCode": code, "reference": {"id": feature.source}}]
    return written


def _measurements(case: Case, lost: list[str]) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = []
    subject = case.subject
    if subject.weight_kg is not None:
        weight = _value("weight", subject.weight_kg, "kg")
        if subject.weight_age_days is not None:
            weight["timeObserved"] = {"age": {"iso8601duration": iso_text(subject.weight_age_days)}}
        written.append(weight)
    if any(one.quantity == "weight" for one in case.course.measurements):
        lost.append("which of several weights describes the subject")
    for measurement in case.course.measurements:
        part = _measurement(measurement, case, lost)
        if part is not None:
            written.append(part)
    return written


def _measurement(measurement: Measurement, case: Case, lost: list[str]) -> dict[str, Any] | None:
    name = f"measurement {measurement.id} ({measurement.text})"
    if measurement.censoring != "none":
        lost.append(f"{name}: a phenopacket has no place for a bound")
        return None
    if quantity_of(measurement.quantity).loinc is None:
        lost.append(f"{name}: no LOINC code is known for {quantity_of(measurement.quantity).label}")
        return None
    written = _value(measurement.quantity, measurement.value, measurement.unit)
    time = time_element(measurement.when)
    if time is not None:
        written["timeObserved"] = time
    elif not isinstance(measurement.when, Unstated):
        lost.append(f"{name}: its interval without an end")
    for relation, treatment in (("after", measurement.after), ("before", measurement.before)):
        if treatment is not None:
            lost.append(f"{name}: that it was taken {relation} {treatment}")
    if measurement.note is not None:
        lost.append(f"{name}: the remark {measurement.note}")
    lost.append("the ids of measurements")
    _tell_source(measurement.source, name, case, lost)
    return written


def _value(quantity_id: str, value: float, unit_text: str) -> dict[str, Any]:
    quantity, unit = quantity_of(quantity_id), unit_of(quantity_id, unit_text)
    return {
        "assay": {"id": quantity.loinc, "label": quantity.loinc_label},
        "value": {"quantity": {"unit": {"id": f"UCUM:{unit.ucum}", "label": unit.text}, "value": value}},
    }


def _interpretation(case: Case, lost: list[str]) -> dict[str, Any]:
    genomic = genomic_interpretations(case.alleles, _SUBJECT_ID, lost)
    for number, allele in enumerate(case.alleles, start=1):
        if allele.source is not None:
            _tell_source(allele.source, f"allele {number}", case, lost)
    diagnosis: dict[str, Any] = {"disease": _disease()}
    if genomic:
        diagnosis["genomicInterpretations"] = genomic
    return {"id": "interpretation-1", "progressStatus": "UNKNOWN_PROGRESS", "diagnosis": diagnosis}


def _disease() -> dict[str, str]:
    disease_id, label = next(iter(accepted_diseases().items()))
    return {"id": disease_id, "label": label}


def _action(drug_id: str) -> dict[str, Any]:
    drug = drug_of(drug_id)
    routes = {row["id"]: row for row in knowledge_table("treatments/routes.tsv")}
    route = routes[drug.route]
    return {
        "treatment": {
            "agent": {"id": drug.code, "label": drug.code_label},
            "routeOfAdministration": {"id": route["code"], "label": route["code_label"]},
        }
    }


def _tell_course(course: Course, lost: list[str]) -> None:
    """List the parts of a course that a phenopacket has no place for."""
    for one in course.treatments:
        span = f"from {age_text(one.start)}" + ("" if one.stop is None else f" to {age_text(one.stop)}")
        lost.append(f"treatment {one.id}: {_how_given(one)} {span}; phenopackets date doses by calendar time")
    for one in course.observations:
        lost.append(f"observation {one.id}: {one.quantity} {one.direction}, told in words")
    for one in course.admissions:
        lost.append(f"admission {one.id}")
    for one in course.infections:
        lost.append(f"infection {one.id}")


def _how_given(one: Treatment) -> str:
    """Return dose and interval, or the level of a course; a drug without a code is lost itself."""
    if one.dose is not None:
        every = "once" if one.interval_days is None else f"every {age_text(one.interval_days)}"
        return f"{one.dose.text} {every}"
    drug = drug_of(one.drug)
    return f"{'' if drug.code else drug.label + ', which has no code, '}{one.level} course"


def _tell_source(source: str, name: str, case: Case, lost: list[str]) -> None:
    if source != _main_record(case):
        lost.append(f"{name}: that it comes from {source}")


def _main_record(case: Case) -> str:
    """Return the record that a reader of the phenopacket takes for everything without evidence."""
    return next((record for record in case.source_records if record != OWN_RECORD), OWN_RECORD)


def _meta_data(case: Case, document: dict[str, Any], created: str, lost: list[str]) -> dict[str, Any]:
    records = [record for record in case.source_records if record != OWN_RECORD]
    if records and OWN_RECORD in case.source_records:
        lost.append("that a part comes from an own record")
    references: list[dict[str, str]] = [{"id": record} for record in records]
    references.append({"id": USE_REFERENCE, "description": f"use: {USE}"})
    return {
        "created": created,
        "createdBy": MAKER,
        "resources": [_resource(row) for row in _resources_named(json.dumps(document))],
        "phenopacketSchemaVersion": "2.0.2",
        "externalReferences": references,
    }


def _resources_named(text: str) -> Iterable[Any]:
    return [row for row in knowledge_table("phenopackets/resources.tsv") if f'"{row["prefix"]}:' in text]


def _resource(row: Any) -> dict[str, str]:
    return {
        "id": row["id"],
        "name": row["name"],
        "url": row["url"],
        "version": row["version"],
        "namespacePrefix": row["prefix"],
        "iriPrefix": row["iri_prefix"],
    }
