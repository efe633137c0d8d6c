"""Codes that a phenopacket and a case file share: diseases, onset classes, zygosity, records."""

from __future__ import annotations

import re
from functools import cache

from lekti.base.tables import knowledge_table
from lekti.patients.case import Between, Exact, When

GENE = ("HGNC:15464", "SPINK5")
PROTEIN = {"NM_006846.4": "NP_006837.2"}
HOMOZYGOUS = ("GENO:0000136", "homozygous")
HETEROZYGOUS = ("GENO:0000135", "heterozygous")
COMPOUND_HETEROZYGOUS = "GENO:0000402"
HEMIZYGOUS = "GENO:0000134"
AUTHOR_STATEMENT = (
    "ECO:0006017",
    "author statement from published clinical study used in manual assertion",
)
MAKER = "lekti"
USE_REFERENCE = "lekti:use"
NO_JUDGEMENT = ("UNKNOWN_PROGRESS", "UNKNOWN_STATUS", "NOT_PROVIDED", "UNKNOWN_ACTIONABILITY")
HPO_ID = re.compile(r"HP:[0-9]{7}")
SO_ID = re.compile(r"SO:[0-9]{7}")
RECORD_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,19}:(?=.*[0-9])[!-~]{1,100}")
CASE_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@cache
def accepted_diseases() -> dict[str, str]:
    """Return the accepted disease ids with their label; the first is the one lekti writes."""
    return {row["id"]: row["label"] for row in knowledge_table("phenopackets/diseases.tsv")}


@cache
def onset_classes() -> dict[str, tuple[str, When]]:
    """Return label and ages of the onset classes by HPO id; a class without length is one age."""
    classes: dict[str, tuple[str, When]] = {}
    for row in knowledge_table("phenopackets/onset_classes.tsv"):
        start = row.number("from_days")
        end = row.number("to_days") if row["to_days"] else None
        classes[row["id"]] = (row["label"], Exact(start) if start == end else Between(start, end))
    return classes


def onset_class_of(when: When) -> tuple[str, str] | None:
    """Return id and label of the onset class that means exactly these ages, or None."""
    for class_id, (label, ages) in onset_classes().items():
        if ages == when:
            return class_id, label
    return None
