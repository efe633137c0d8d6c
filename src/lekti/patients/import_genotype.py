"""The two SPINK5 alleles of a phenopacket."""

from __future__ import annotations

from lekti.base.errors import InputError, shown
from lekti.genetics.describe import read_checked
from lekti.genetics.hgvs import protein_text
from lekti.patients.case import UNKNOWN, Allele
from lekti.patients.packet import Part
from lekti.patients.phenopacket_codes import (
    COMPOUND_HETEROZYGOUS,
    GENE,
    HEMIZYGOUS,
    HETEROZYGOUS,
    HOMOZYGOUS,
    NO_JUDGEMENT,
    SO_ID,
    accepted_diseases,
)

_VARIANT = "variantInterpretation"


def read_alleles(packet: Part, *, source: str) -> tuple[tuple[Allele, Allele], list[str]]:
    """Return both alleles, and a sentence for each variant that was left out.

    Raises `InputError` for more than two alleles, a hemizygous variant and malformed HGVS.
    """
    alleles: list[Allele] = []
    left_out: list[str] = []
    for genomic in _genomic_interpretations(packet):
        variant = genomic.find(_VARIANT)
        descriptor = variant.find("variationDescriptor") if variant else None
        gene = _gene(descriptor)
        if descriptor is None or genomic.peek("interpretationStatus") == "REJECTED":
            left_out.append("a genomic interpretation without an accepted variant")
        elif gene not in ("", *GENE):
            left_out.append(f"a variant in {shown(gene, 20)}, another gene")
        else:
            alleles += _copies(descriptor, _allele(descriptor, source, left_out), left_out)
    if not alleles:
        left_out.append("no variant is described, so both alleles are unknown")
    if len(alleles) > 2:
        raise InputError(
            f"The phenopacket gives {len(alleles)} alleles of SPINK5",
            where=packet.where("genomicInterpretations"),
            expected="at most two",
        )
    first, second = (*alleles, UNKNOWN, UNKNOWN)[:2]
    return (first, second), left_out


def _genomic_interpretations(packet: Part) -> list[Part]:
    found: list[Part] = []
    for interpretation in packet.items("interpretations"):
        _pass_over(interpretation, "progressStatus")
        diagnosis = interpretation.find("diagnosis")
        disease = diagnosis.find("disease") if diagnosis else None
        if diagnosis is None or (disease is not None and disease.peek("id") not in accepted_diseases()):
            continue
        found.extend(diagnosis.items("genomicInterpretations"))
    for genomic in found:
        _pass_over(genomic, "interpretationStatus")
        variant = genomic.find(_VARIANT)
        if variant is not None:
            _pass_over(variant, "acmgPathogenicityClassification")
            _pass_over(variant, "therapeuticActionability")
    return found


def _pass_over(part: Part, key: str) -> None:
    """Take a field that only says that nothing was judged."""
    if part.peek(key) in NO_JUDGEMENT:
        part.text(key)


def _gene(descriptor: Part | None) -> str:
    context = descriptor.find("geneContext") if descriptor else None
    if context is None:
        return ""
    value_id, symbol = context.text("valueId"), context.text("symbol")
    return symbol or value_id or ""


def _allele(descriptor: Part, source: str, left_out: list[str]) -> Allele:
    coding = protein = None
    for expression in descriptor.items("expressions"):
        syntax, value = expression.peek("syntax"), expression.peek("value")
        if syntax == "hgvs.c" and coding is None:
            coding = expression.text("value") or ""
            read_checked(coding, where=descriptor.where(coding))
            expression.take()
        elif syntax == "hgvs.p" and protein is None:
            protein = _protein(value, left_out)
            expression.take()
    if coding is not None:
        return Allele("hgvs", hgvs=coding.strip().split()[0], source=source, protein=protein)
    structural = descriptor.find("structuralType")
    kind = (structural.text("id") if structural else None) or ""
    if structural is not None and SO_ID.fullmatch(kind):
        structural.take()
        return Allele("structural", structural=kind, source=source)
    left_out.append("a variant without a coding HGVS description or a structural type; its allele is unknown")
    return UNKNOWN


def _protein(text: str, left_out: list[str]) -> str | None:
    try:
        return protein_text(text)
    except InputError:
        left_out.append("a protein description that is no HGVS with three-letter residues")
        return None


def _copies(descriptor: Part, allele: Allele, left_out: list[str]) -> list[Allele]:
    state = descriptor.find("allelicState")
    code = (state.text("id") if state else None) or ""
    if code == HEMIZYGOUS:
        raise InputError(
            "A hemizygous variant of SPINK5",
            where=descriptor.where(code),
            expected="heterozygous or homozygous: SPINK5 lies on chromosome 5, in two copies",
        )
    if state is not None:
        state.take()
    if code == HOMOZYGOUS[0]:
        return [allele, allele]
    if code not in (HETEROZYGOUS[0], COMPOUND_HETEROZYGOUS):
        left_out.append("an allelic state that is missing or not known; the variant is read as one allele")
    return [allele]
