"""A case in a few lines, and as a small object for programs."""

from __future__ import annotations

from typing import Any

from lekti.genetics.allele import same_variant
from lekti.genetics.residual import residual_of
from lekti.patients.case import Allele, Case, Treatment
from lekti.patients.drugs import NO_DATA, drug_of
from lekti.patients.when import age_text


def summary_lines(case: Case) -> list[str]:
    """Return what a case holds, one fact a line, for a terminal."""
    seen = [("Treatments", treatment_text(one)) for one in case.course.treatments]
    rows = [
        ("Case", case.id),
        ("Person", _person(case)),
        *(("Genotype", text) for text in _genotype(case)),
        ("Features", _features(case)),
        *seen,
        ("Seen", _seen(case)),
        ("Records", ", ".join(case.source_records)),
    ]
    lines: list[str] = []
    last = ""
    for head, text in rows:
        lines.append(f"{head if head != last else '':<11} {text}")
        last = head
    return lines


def summary_object(case: Case) -> dict[str, Any]:
    """Return what a case holds as one JSON-ready object; ages are in days."""
    return {
        "id": case.id,
        "records": list(case.source_records),
        "subject": {
            "sex": case.subject.sex,
            "age_days": case.subject.age_days,
            "weight_kg": case.subject.weight_kg,
        },
        "alleles": [_allele_object(allele) for allele in case.alleles],
        "homozygous": same_variant(*case.alleles),
        "features": {
            "present": sum(feature.present for feature in case.features),
            "absent": sum(not feature.present for feature in case.features),
        },
        "treatments": [treatment_text(one) for one in case.course.treatments],
        "measurements": len(case.course.measurements),
        "observations": len(case.course.observations),
        "admissions": len(case.course.admissions),
        "infections": len(case.course.infections),
    }


def treatment_text(treatment: Treatment) -> str:
    """Return a treatment in words, such as `dupilumab 300 mg every 4 weeks from 6 years`."""
    stop = "" if treatment.stop is None else f" to {age_text(treatment.stop)}"
    if treatment.dose is None:
        untried = "" if drug_of(treatment.drug).in_netherton else f" ({NO_DATA})"
        return f"{treatment.drug} {treatment.level} course from {age_text(treatment.start)}{stop}{untried}"
    how_often = (
        "once at" if treatment.interval_days is None else f"every {age_text(treatment.interval_days)} from"
    )
    first = "" if treatment.first_dose is None else f" (first {treatment.first_dose.text})"
    return f"{treatment.drug} {treatment.dose.text}{first} {how_often} {age_text(treatment.start)}{stop}"


def _person(case: Case) -> str:
    subject = case.subject
    age = "age not stated" if subject.age_days is None else f"{age_text(subject.age_days)} at last contact"
    weight = "weight not stated" if subject.weight_kg is None else f"{subject.weight_kg:g} kg"
    return f"{'sex not stated' if subject.sex == 'unknown' else subject.sex}, {age}, {weight}"


def _genotype(case: Case) -> list[str]:
    if same_variant(*case.alleles):
        return [f"on both alleles {_allele_text(case.alleles[0])}"]
    return [_allele_text(allele) for allele in case.alleles]


def _allele_text(allele: Allele) -> str:
    residual = residual_of(allele)
    low, high = residual.interval()
    return (
        f"{allele.label}: residual LEKTI {residual.mean:.2f} (90 %: {low:.2f} to {high:.2f}), "
        f"{residual.provenance}; {residual.reasons[-1]}"
    )


def _allele_object(allele: Allele) -> dict[str, Any]:
    residual = residual_of(allele)
    return {
        "allele": allele.label,
        "effect": residual.effect,
        "residual_mean": residual.mean,
        "residual_interval90": list(residual.interval()),
        "provenance": residual.provenance,
        "reasons": list(residual.reasons),
    }


def _features(case: Case) -> str:
    present = sum(feature.present for feature in case.features)
    return f"{present} present, {len(case.features) - present} looked for and absent"


def _seen(case: Case) -> str:
    course = case.course
    counted = (
        (len(course.measurements), "measurement"),
        (len(course.observations), "observation"),
        (len(course.admissions), "entry on admissions"),
        (len(course.infections), "entry on infections"),
    )
    return ", ".join(f"{count} {_plural(noun, count)}" for count, noun in counted)


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return noun.replace("entry", "entries") if noun.startswith("entry") else f"{noun}s"
