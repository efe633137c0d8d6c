"""Where a described change lies: exon or intron, distance to the splice site, codon, domain, chromosome."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lekti.genetics.borders import border_of
from lekti.genetics.coordinates import to_genome
from lekti.genetics.described import Described
from lekti.genetics.gene import domain_of, gene, residue_of
from lekti.genetics.hgvs import Position, Variant

EDGE = 3
"""Exon bases at each end that belong to the splice site."""


@dataclass(frozen=True)
class Place:
    """The place of a change in words and numbers; an empty text or None means that it is not known here."""

    words: str
    distance: str
    codon: int | None
    domain: str
    grch38: str
    grch37: str


def place_of(described: Described) -> Place:
    """Return where a described change lies.

    >>> from lekti.genetics.describe import describe
    >>> place_of(describe("c.1302+5G>C")).words
    'intron 14'
    """
    if described.variant is not None:
        return _of_variant(described.variant)
    if described.protein is not None:
        return _of_protein(described.protein)
    if described.span is None:
        return Place("in or over SPINK5, ends not given", "", None, "", "", "")
    first, last = described.span
    spelled = [f"{name}:g.{first - shift}_{last - shift}del" for name, shift in _chromosomes()]
    return Place(_exons_in(first, last), "", None, "", *spelled)


def region_of(position: Position) -> str:
    """Return the exon or intron of a position in words."""
    if position.region != "coding":
        return "5' untranslated region" if position.region == "5utr" else "3' untranslated region"
    if not position.offset:
        return "exon " + " or ".join(str(exon.number) for exon in gene().exons_at(position.base))
    found = border_of(position)
    if found is not None:
        return f"intron {found[1]}"
    number = gene().exons_at(position.base)[0].number
    return f"intron {number if position.offset > 0 else number - 1} or a neighbour"


def genomic_text(variant: Variant, build: str) -> str:
    """Return the change on chromosome 5 as HGVS, or nothing where an exon has no place."""
    start, end = to_genome(variant.start, build=build), to_genome(variant.end, build=build)
    if start is None or end is None:
        return ""
    edit = variant.key[2:].lstrip("-*").lstrip("0123456789+-_*")
    span = str(start) if start == end else f"{start}_{end}"
    return f"{gene().chromosome[build]}:g.{span}{edit}"


def _of_variant(variant: Variant) -> Place:
    start, end = region_of(variant.start), region_of(variant.end)
    coding = variant.start.region == "coding"
    residue = residue_of(variant.start.base) if coding else None
    return Place(
        words=start if start == end else f"{start} to {end}",
        distance=_distance(variant),
        codon=residue if residue is not None and not variant.start.offset else None,
        domain=domain_of(residue) if residue is not None else "",
        grch38=genomic_text(variant, "GRCh38"),
        grch37=genomic_text(variant, "GRCh37"),
    )


def _of_protein(protein: str) -> Place:
    residue = first_residue(protein)
    if residue is None:
        return Place("not told by the protein name", "", None, "", "", "")
    codon = range(3 * residue - 2, 3 * residue + 1)
    exons = dict.fromkeys(exon.number for base in codon for exon in gene().exons_at(base))
    return Place("exon " + " or ".join(map(str, exons)), "", residue, domain_of(residue), "", "")


def first_residue(protein: str) -> int | None:
    """Return the residue a protein name starts at, or None for p.? and p.0.

    >>> first_residue("p.(Lys823ArgfsTer101)")
    823
    """
    told = re.match(r"p\.\(?[A-Z][a-z]{2}(\d+)", protein)
    return int(told[1]) if told else None


def _distance(variant: Variant) -> str:
    start, end = variant.start, variant.end
    if start.region != "coding":
        return ""
    if start.offset > 0:
        return f"donor +{start.offset}" + (f" to +{end.offset}" if end.offset > start.offset else "")
    if start.offset < 0:
        return f"acceptor {start.offset}" + (f" to {end.offset}" if start.offset < end.offset < 0 else "")
    return _distance_in_exon(start.base)


def _distance_in_exon(base: int) -> str:
    exons = gene().exons_at(base)
    if len(exons) != 1 or exons[0].first is None or exons[0].last is None:
        return ""
    before, after = base - exons[0].first, exons[0].last - base
    if after < EDGE:
        return f"{_nth(after)} base of exon {exons[0].number}"
    if before < after:
        return f"{before} bases after the acceptor" if before else f"first base of exon {exons[0].number}"
    return f"{after} bases before the donor"


def _nth(after: int) -> str:
    return ("last", "last but one", "last but two")[after]


def _exons_in(first: int, last: int) -> str:
    if first <= gene().first_grch38 + 50 and last >= gene().last_grch38:
        return "the whole gene"
    taken = [exon.number for exon in gene().exons if exon.grch38 and first <= exon.grch38 <= last]
    return f"exons {taken[0]} to {taken[-1]} at least" if taken else "no exon with a known place"


def _chromosomes() -> list[tuple[str, int]]:
    return [(gene().chromosome["GRCh38"], 0), (gene().chromosome["GRCh37"], gene().shift)]
