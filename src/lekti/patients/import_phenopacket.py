"""From a GA4GH phenopacket (version 2, JSON) to a `Case`, with a list of what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import InputError, shown
from lekti.base.provenance import checksum
from lekti.base.tables import knowledge_table
from lekti.patients.case import OWN_RECORD, Case, Course, Exact, Feature, Sex, Subject
from lekti.patients.import_genotype import read_alleles
from lekti.patients.import_measurements import read_measurements
from lekti.patients.packet import Part, read_packet
from lekti.patients.phenopacket_codes import (
    AUTHOR_STATEMENT,
    CASE_ID,
    HPO_ID,
    MAKER,
    RECORD_ID,
    USE_REFERENCE,
    accepted_diseases,
)
from lekti.patients.phenopacket_time import time_of
from lekti.patients.phenotypes import feature_label

PHENOPACKET_LIMIT_BYTES = 1_000_000
_SEXES: dict[str, Sex] = {"MALE": "male", "FEMALE": "female"}
_SEVERAL_PEOPLE = ("proband", "relatives", "members", "pedigree")


@dataclass(frozen=True)
class Imported:
    """A case, and one sentence for each kind of content that a case file does not hold."""

    case: Case
    left_out: tuple[str, ...]


def import_phenopacket(text: str, *, name: str) -> Imported:
    """Return the case in the JSON text of a phenopacket; `name` stands for the file in messages.

    A homozygous variant fills both alleles; after a single heterozygous one the second allele is
    unknown. Ids and names of the subject are dropped, record ids are kept. Raises `InputError` with
    `name`:line for broken JSON, several people, another disease and values that cannot be.
    """
    packet = read_packet(text, name=name)
    _refuse_others(packet)
    _check_disease(packet)
    records = _records(packet)
    features, repeated = _features(packet, records)
    alleles, unread_variants = read_alleles(packet, source=records[0])
    subject_part = packet.find("subject")
    measured = read_measurements(packet, source=records[0])
    case = Case(
        id=_case_id(packet, records, text),
        source_records=tuple(records),
        subject=_subject(subject_part, measured.weight_kg, measured.weight_age_days),
        alleles=alleles,
        features=features,
        course=Course(measurements=measured.measurements),
    )
    left_out = (*unread_variants, *measured.left_out, *repeated, *_left_out(packet))
    return Imported(case, tuple(dict.fromkeys(left_out)))


def _refuse_others(packet: Part) -> None:
    for key in _SEVERAL_PEOPLE:
        if key in packet.value:
            raise InputError(
                "The file holds a family or cohort, more than one person",
                where=packet.where(key),
                expected="the phenopacket of one person",
            )
    meta = packet.find("metaData")
    version = meta.text("phenopacketSchemaVersion") if meta else None
    if version is not None and not version.startswith("2"):
        raise InputError(
            f"Phenopacket schema version {shown(version, 20)}",
            where=packet.where(version),
            expected="version 2",
        )


def _check_disease(packet: Part) -> None:
    found: dict[str, str] = {}
    diseases = [(part, part.find("term")) for part in packet.items("diseases")]
    diagnoses = [part.find("diagnosis") for part in packet.items("interpretations")]
    named = [(part, part.find("disease")) for part in diagnoses if part is not None]
    for part, disease in (*diseases, *named):
        if disease is None or part.flag("excluded"):
            continue
        disease_id, label = disease.text("id") or "", disease.text("label") or ""
        if disease_id in accepted_diseases():
            return _take_disease(diseases + named)
        found[disease_id] = label
    if not found:
        raise InputError("The phenopacket names no disease", where=packet.packet.name, expected=_accepted())
    disease_id, label = next(iter(found.items()))
    raise InputError(
        f"The phenopacket is of {shown(label, 60) or 'another disease'} ({shown(disease_id, 30)})",
        where=packet.where(disease_id),
        expected=_accepted(),
    )


def _take_disease(named: list[tuple[Part, Part | None]]) -> None:
    for _, disease in named:
        if disease is not None and disease.text("id") in accepted_diseases():
            disease.take()


def _accepted() -> str:
    ids = list(accepted_diseases())
    return f"Netherton syndrome ({' or '.join(ids[:3])})"


def _records(packet: Part) -> list[str]:
    """Return the record ids: external references first, then records that single features cite."""
    found: list[str] = []
    meta = packet.find("metaData")
    for reference in meta.items("externalReferences") if meta else ():
        record = reference.text("id") or ""
        if RECORD_ID.fullmatch(record):
            found.append(record)
        elif record == USE_REFERENCE:
            reference.take()
    for feature in packet.items("phenotypicFeatures"):
        record = _evidence(feature)
        if record is not None:
            found.append(record)
    return list(dict.fromkeys(found)) or [OWN_RECORD]


def _evidence(feature: Part) -> str | None:
    for evidence in feature.items("evidence"):
        reference = evidence.find("reference")
        record = reference.text("id") if reference else None
        if record is not None and RECORD_ID.fullmatch(record):
            code = evidence.find("evidenceCode")
            if code is not None and code.text("id") == AUTHOR_STATEMENT[0]:
                code.take()
            return record
    return None


def _case_id(packet: Part, records: list[str], text: str) -> str:
    """Return the packet's id if lekti wrote it; any other may name a person, so the record gives one."""
    meta = packet.find("metaData")
    if meta is not None and meta.peek("createdBy") == MAKER:
        written = packet.text("id") or ""
        if CASE_ID.fullmatch(written):
            return written
    record = "case" if records[0] == OWN_RECORD else records[0]
    slug = re.sub(r"[^a-z0-9]+", "-", record.lower()).strip("-")[:40]
    return f"{slug}-{checksum(text)[:6]}"


def _subject(part: Part | None, weight_kg: float | None, weight_age_days: float | None) -> Subject:
    if part is None:
        return Subject("unknown", None, weight_kg, weight_age_days)
    sex = part.peek("sex")
    if sex in (*_SEXES, "UNKNOWN_SEX"):
        part.text("sex")
    last = part.find("timeAtLastEncounter")
    when = time_of(last) if last is not None and last.find("age") is not None else None
    age_days = when.age_days if isinstance(when, Exact) else None
    return Subject(_SEXES.get(sex, "unknown"), age_days, weight_kg, weight_age_days)


def _features(packet: Part, records: list[str]) -> tuple[tuple[Feature, ...], list[str]]:
    features: dict[str, Feature] = {}
    repeated: list[str] = []
    for part in packet.items("phenotypicFeatures"):
        term = part.find("type")
        hpo = (term.text("id") if term else None) or ""
        if term is None or not HPO_ID.fullmatch(hpo):
            repeated.append("a feature without an HPO id")
        elif hpo in features:
            repeated.append(f"a second statement on {hpo}")
        else:
            features[hpo] = _feature(part, term, hpo, records)
    return tuple(features.values()), repeated


def _feature(part: Part, term: Part, hpo: str, records: list[str]) -> Feature:
    label = feature_label(hpo) or hpo
    if term.peek("label") == label:
        term.text("label")
    onset = part.find("onset")
    return Feature(
        hpo=hpo,
        label=label,
        present=not part.flag("excluded"),
        onset=None if onset is None else time_of(onset),
        source=_evidence(part) or records[0],
    )


def _left_out(packet: Part) -> list[str]:
    """Return a sentence for every field that was not read."""
    sentences: list[str] = []
    for pattern in packet.unread():
        known = (sentence for path, sentence in _known_fields() if _starts(pattern, path))
        sentences.append(next(known, f"the field {shown(pattern, 80)}"))
    return sentences


def _starts(pattern: str, path: str) -> bool:
    return pattern.startswith(path) and pattern[len(path) : len(path) + 1] in ("", ".", "[")


@cache
def _known_fields() -> tuple[tuple[str, str], ...]:
    return tuple((row["path"], row["sentence"]) for row in knowledge_table("phenopackets/left_out.tsv"))
