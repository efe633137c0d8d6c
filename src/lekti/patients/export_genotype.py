"""The two SPINK5 alleles of a case as genomic interpretations of a phenopacket."""

from __future__ import annotations

from typing import Any

from lekti.genetics.effects import structural_types
from lekti.genetics.hgvs import TRANSCRIPTS
from lekti.patients.case import Allele
from lekti.patients.phenopacket_codes import GENE, HETEROZYGOUS, HOMOZYGOUS, PROTEIN


def genomic_interpretations(
    alleles: tuple[Allele, Allele], subject_id: str, lost: list[str]
) -> list[dict[str, Any]]:
    """Return one interpretation for each different variant; what cannot be written is added to `lost`."""
    described = [allele for allele in alleles if allele.kind in ("hgvs", "structural")]
    for allele in alleles:
        if allele.kind == "reference":
            lost.append("that the other allele is the reference; it reads back as unknown")
    if len(described) == 2 and _change(described[0]) == _change(described[1]):
        return [_interpretation(described[0], subject_id, HOMOZYGOUS, 1)]
    return [
        _interpretation(allele, subject_id, HETEROZYGOUS, n) for n, allele in enumerate(described, start=1)
    ]


def _change(allele: Allele) -> tuple[str | None, str | None, str | None]:
    return allele.hgvs, allele.structural, allele.protein


def _interpretation(allele: Allele, subject_id: str, state: tuple[str, str], number: int) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "id": f"variant-{number}",
        "geneContext": {"valueId": GENE[0], "symbol": GENE[1]},
        **_described(allele),
        "moleculeContext": "genomic",
        "allelicState": {"id": state[0], "label": state[1]},
    }
    return {
        "subjectOrBiosampleId": subject_id,
        "interpretationStatus": "UNKNOWN_STATUS",
        "variantInterpretation": {
            "acmgPathogenicityClassification": "NOT_PROVIDED",
            "therapeuticActionability": "UNKNOWN_ACTIONABILITY",
            "variationDescriptor": descriptor,
        },
    }


def _described(allele: Allele) -> dict[str, Any]:
    if allele.hgvs is None:
        known = structural_types().get(allele.structural or "")
        return {
            "structuralType": {
                "id": allele.structural,
                "label": known["label"] if known else allele.structural,
            }
        }
    coding = qualified(allele.hgvs)
    expressions = [{"syntax": "hgvs.c", "value": coding}]
    if allele.protein is not None:
        transcript = coding.partition(":")[0]
        prefix = f"{PROTEIN[transcript]}:" if transcript in PROTEIN else ""
        expressions.append({"syntax": "hgvs.p", "value": f"{prefix}{allele.protein}"})
    return {"expressions": expressions}


def qualified(hgvs: str) -> str:
    """Return a coding description with its transcript, which a phenopacket needs.

    >>> qualified("c.153del")
    'NM_006846.4:c.153del'
    """
    return hgvs if ":" in hgvs else f"{TRANSCRIPTS[0]}:{hgvs}"
