"""The sequence around one change, fetched on command from Ensembl and NCBI, kept, and checked."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.base.errors import AnswerIsNo, InputError, MachineError
from lekti.evidence.web import TEXT, Web
from lekti.genetics.coordinates import to_genome
from lekti.genetics.described import Described
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import Variant
from lekti.genetics.reference import Donor, Region, at_three_prime, check_bases, donor_of, protein_of

AROUND = 100
"""Bases fetched on both sides of a change."""

LONGEST = 2000


@dataclass(frozen=True)
class SequenceFacts:
    """What the sequence says of one change; empty where it says nothing."""

    sources: tuple[str, ...]
    reference: str
    moved: str
    donor: Donor | None
    protein: str


def fetch_facts(described: Described, web: Web) -> SequenceFacts:
    """Fetch what is needed for one described change and hold it against the sequence.

    Raises `InputError` where a description names no base, and `AnswerIsNo` where the reference has others.
    """
    variant = described.variant
    if variant is None:
        raise InputError(
            f"{described.label} names no base", expected="a c. or g. description", fix="Leave out --sequence"
        )
    start, end = to_genome(variant.start), to_genome(variant.end)
    sources: list[str] = []
    told, moved, donor = "", variant, None
    if start is not None and end is not None and end - start < LONGEST:
        region = fetch_region(web, start - AROUND, end + AROUND)
        sources.append("Ensembl GRCh38")
        told = _told(variant, region.span(start, end), "Ensembl GRCh38")
        moved, donor = at_three_prime(variant, region), donor_of(variant, region)
    protein = ""
    if _inside(variant):
        coding = fetch_coding(web)
        sources.append(f"NCBI {gene().transcript}")
        found = coding[variant.start.base - 1 : variant.end.base]
        told = _told(variant, found, f"NCBI {gene().transcript}")
        protein = protein_of(variant, coding)
        _check_name(variant, protein)
    if not sources:
        raise InputError(
            f"{variant.key} has no place on the chromosome here", fix="Leave out --sequence for this one"
        )
    return SequenceFacts(tuple(sources), told, moved.key if moved.key != variant.key else "", donor, protein)


def fetch_region(web: Web, first: int, last: int) -> Region:
    """Fetch a stretch of chromosome 5 on GRCh38, plus strand, from Ensembl."""
    path = f"sequence/region/human/5:{first}..{last}:1"

    def check(text: str) -> None:
        if len(_bases(text)) != last - first + 1:
            raise MachineError(f"{len(_bases(text))} bases came for {last - first + 1}")

    answer = web.get("ensembl", path, kinds=TEXT, accept="text/plain", check=check)
    return Region(first, _bases(answer.text))


def fetch_coding(web: Web) -> str:
    """Fetch the coding sequence of the transcript from NCBI, start codon to stop codon."""
    asked = {"db": "nuccore", "id": gene().transcript, "rettype": "fasta_cds_na", "retmode": "text"}

    def check(text: str) -> None:
        coding = _fasta(text)
        whole = len(coding) == gene().coding_length
        if not whole or not coding.startswith("ATG") or coding[-3:] not in ("TAA", "TAG", "TGA"):
            raise MachineError(f"no coding sequence of {gene().coding_length:,} bases came")

    return _fasta(web.get("eutils", "efetch.fcgi", parameters=asked, kinds=TEXT, check=check).text)


def _inside(variant: Variant) -> bool:
    ends = (variant.start, variant.end)
    return all(position.region == "coding" and not position.offset for position in ends)


def _told(variant: Variant, found: str, source: str) -> str:
    return "" if variant.kind == "ins" else check_bases(variant, found, source=source)


def _check_name(variant: Variant, protein: str) -> None:
    plain = str.maketrans("", "", "()")
    if variant.protein and protein and variant.protein.translate(plain) != protein.translate(plain):
        raise AnswerIsNo(
            f"{variant.key} gives {protein}, not {variant.protein}", where=f"NCBI {gene().transcript}"
        )


def _bases(text: str) -> str:
    bases = "".join(text.split()).upper()
    if set(bases) - set("ACGTN"):
        raise MachineError("the answer is no sequence of bases")
    return bases


def _fasta(text: str) -> str:
    head, _, body = text.strip().partition("\n")
    if not head.startswith(">") or ">" in body:
        raise MachineError("the answer is no single FASTA record")
    return _bases(body)
