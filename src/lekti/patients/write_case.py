"""From a `Case` to the text of a case file that reads back as the same case."""

from __future__ import annotations

from typing import Any

import yaml

from lekti.base.provenance import USE
from lekti.patients.case import (
    Admission,
    Allele,
    Case,
    Dose,
    Event,
    Feature,
    Infection,
    Measurement,
    Observation,
    Subject,
    Treatment,
    When,
)
from lekti.patients.phenotypes import feature_label
from lekti.patients.when import Between, Exact, age_text

_HEADER = f"""# A lekti case file: ages only; no names, no dates, no free text.
# use: {USE}
"""
_BOUND_SIGN = {"above": ">", "below": "<"}


def write_case(case: Case) -> str:
    """Return the YAML text of a case; `read_case` gives the same case back."""
    return _HEADER + yaml.safe_dump(_document(case), sort_keys=False, allow_unicode=True, width=110)


def _document(case: Case) -> dict[str, Any]:
    course = {
        "treatments": [_treatment(one) for one in case.course.treatments],
        "measurements": [_event(one) for one in case.course.measurements],
        "observations": [_event(one) for one in case.course.observations],
        "admissions": [_event(one) for one in case.course.admissions],
        "infections": [_event(one) for one in case.course.infections],
    }
    document: dict[str, Any] = {
        "lekti_case": 1,
        "id": case.id,
        "records": list(case.source_records),
        "subject": _subject(case.subject),
        "genotype": [_allele(allele) for allele in case.alleles],
        "features": [_feature(feature) for feature in case.features],
        "course": {key: entries for key, entries in course.items() if entries},
    }
    return {key: part for key, part in document.items() if part}


def _subject(subject: Subject) -> dict[str, Any]:
    written: dict[str, Any] = {"sex": subject.sex}
    if subject.age_days is not None:
        written["age"] = age_text(subject.age_days)
    if subject.weight_kg is not None:
        written["weight"] = {"value": f"{_number(subject.weight_kg)} kg"}
        if subject.weight_age_days is not None:
            written["weight"]["at"] = age_text(subject.weight_age_days)
    return written


def _allele(allele: Allele) -> str | dict[str, Any]:
    if allele.kind in ("unknown", "reference"):
        return allele.kind
    parts = {
        "hgvs": allele.hgvs,
        "protein": allele.protein,
        "structural": allele.structural,
        "source": allele.source,
    }
    return {key: part for key, part in parts.items() if part is not None}


def _feature(feature: Feature) -> dict[str, Any]:
    written: dict[str, Any] = {"hpo": feature.hpo}
    if feature_label(feature.hpo) is not None:
        written["label"] = feature_label(feature.hpo)
    written["present"] = feature.present
    if feature.onset is not None:
        written["onset"] = _when(feature.onset)
    return {**written, "source": feature.source}


def _treatment(treatment: Treatment) -> dict[str, Any]:
    written: dict[str, Any] = {"id": treatment.id, "drug": treatment.drug}
    if treatment.dose is None:
        written["level"] = treatment.level
    else:
        written["dose"] = _dose(treatment.dose)
        if treatment.first_dose is not None:
            written["first_dose"] = _dose(treatment.first_dose)
        written["route"] = treatment.route
        written["every"] = "once" if treatment.interval_days is None else age_text(treatment.interval_days)
    written["start"] = age_text(treatment.start)
    if treatment.stop is not None:
        written["stop"] = age_text(treatment.stop)
    return {**written, "source": treatment.source}


def _event(event: Event) -> dict[str, Any]:
    written: dict[str, Any] = {"id": event.id, **_finding(event), "at": _when(event.when)}
    for key, told in (("after", event.after), ("before", event.before), ("source", event.source)):
        if told is not None:
            written[key] = told
    if isinstance(event, Measurement | Observation) and event.note is not None:
        written["note"] = event.note
    return written


def _finding(event: Event) -> dict[str, Any]:
    if isinstance(event, Measurement):
        sign = _BOUND_SIGN.get(event.censoring)
        value = _number(event.value) if sign is None else f"{sign}{_number(event.value)}"
        return {"quantity": event.quantity, "value": value, "unit": event.unit}
    if isinstance(event, Observation):
        return {"quantity": event.quantity, "direction": event.direction}
    return {**_codes(event), "count": "unstated" if event.count is None else event.count}


def _codes(event: Admission | Infection) -> dict[str, Any]:
    if isinstance(event, Admission):
        return {"cause": event.cause}
    return {"site": event.site, "organism": event.organism}


def _dose(dose: Dose) -> str:
    return f"{_number(dose.value)} {dose.unit}"


def _when(when: When) -> str | dict[str, str]:
    if isinstance(when, Exact):
        return age_text(when.age_days)
    if not isinstance(when, Between):
        return "unstated"
    written = {"from": age_text(when.from_days)}
    return written if when.to_days is None else {**written, "to": age_text(when.to_days)}


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
