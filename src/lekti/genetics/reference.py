"""A change held against the sequence, once the sequence is there: reference base, 3' end, donor, residue."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.base.errors import AnswerIsNo
from lekti.base.tables import knowledge_table
from lekti.genetics.coordinates import to_coding, to_genome
from lekti.genetics.donor import donor_score
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import Variant, read_variant
from lekti.genetics.neighbours import splice_site

_CODONS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_ORDER = "TCAG"


@dataclass(frozen=True)
class Region:
    """A stretch of chromosome 5 on GRCh38, plus strand; `first` counts from 1."""

    first: int
    bases: str

    def span(self, first: int, last: int) -> str:
        """Return the bases from first to last, or nothing where the stretch does not hold them."""
        if first < self.first or last > self.first + len(self.bases) - 1 or last < first:
            return ""
        return self.bases[first - self.first : last - self.first + 1]


@dataclass(frozen=True)
class Donor:
    """The nine bases of a donor before and after a change, and their scores in bits."""

    before: str
    after: str
    score_before: float
    score_after: float


def check_bases(variant: Variant, found: str, *, source: str) -> str:
    """Return in words that the reference has the described bases; raise `AnswerIsNo` where it has others."""
    place = variant.start.text()
    if variant.deleted and found != variant.deleted:
        what = f"The reference has {found} at c.{place}, not {variant.deleted}"
        raise AnswerIsNo(what, where=source, expected=f"c.{place}{found}")
    return f"the reference has {found[:20]} at c.{place}"


def at_three_prime(variant: Variant, region: Region) -> Variant:
    """Return a deletion, duplication or insertion moved to its 3' end, within its exon or intron.

    An insertion that repeats the bases before it becomes a duplication.
    """
    start, end = to_genome(variant.start), to_genome(variant.end)
    if start is None or end is None or variant.kind in ("sub", "delins"):
        return variant
    kind = variant.kind
    if kind == "ins":
        size = len(variant.inserted)
        if region.span(end - size, end - 1) == variant.inserted:
            start, end, kind = end - size, end - 1, "dup"
        elif region.span(end, end + size - 1) == variant.inserted:
            start, end, kind = end, end + size - 1, "dup"
        else:
            return variant
    while _same_part(variant, end + 1) and _same_base(region, start, end + 1):
        start, end = start + 1, end + 1
    first, last = to_coding(start), to_coding(end)
    place = first.text() if first == last else f"{first.text()}_{last.text()}"
    return read_variant(f"c.{place}{kind}")


def _same_base(region: Region, first: int, second: int) -> bool:
    base = region.span(first, first)
    return base != "" and base == region.span(second, second)


def donor_of(variant: Variant, region: Region) -> Donor | None:
    """Return the donor that a change stands at, before and after it, or None where it stands at none."""
    site = splice_site(variant)
    if site is None or site[0] != "donor":
        return None
    border = gene().exons[site[1] - 1].grch38_last
    start, end = to_genome(variant.start), to_genome(variant.end)
    if border is None or start is None or end is None or variant.kind in ("ins", "dup"):
        return None
    before = region.span(border - 2, border + 6)
    if start <= border < end or len(before) != 9:
        return None
    longer = region.span(border - 2, border + 60)
    after = _changed(longer, start - border + 2, end - start + 1, variant.inserted)[:9]
    if set(before + after) - set("ACGT") or len(after) != 9:
        return None
    return Donor(before, after, donor_score(before), donor_score(after))


def protein_of(variant: Variant, coding: str) -> str:
    """Return the predicted p. name of a change inside the coding sequence, or nothing for other changes.

    `coding` is the whole coding sequence, start codon to stop codon.
    """
    start, end = variant.start, variant.end
    if start.region != "coding" or end.region != "coding" or start.offset or end.offset:
        return ""
    if start.base <= 3:
        return "p.(Met1?)"
    before = translated(coding)
    at, size = start.base - 1, end.base - start.base + 1
    inserted = variant.inserted
    if variant.kind == "dup":
        at, size, inserted = end.base, 0, coding[start.base - 1 : end.base]
    elif variant.kind == "ins":
        at, size = start.base, 0
    after = translated(_changed(coding, at, size, inserted))
    shift = (len(inserted) - size) % 3
    if variant.kind != "sub" and not shift:
        return ""
    place = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    if place is None:
        return f"p.({_name(before[at // 3])}{at // 3 + 1}=)"
    old, new = _name(before[place]), _name(after[place])
    if not shift or new == "Ter":
        return f"p.({old}{place + 1}{new})"
    stop = after.find("*", place)
    return f"p.({old}{place + 1}{new}fsTer{stop - place + 1 if stop >= 0 else '?'})"


def translated(coding: str) -> str:
    """Return the residues of a coding sequence in one-letter names; * is a stop.

    >>> translated("ATGAAATAG")
    'MK*'
    """
    return "".join(_residue(coding[at : at + 3]) for at in range(0, len(coding) - 2, 3))


def _residue(codon: str) -> str:
    first, second, third = (_ORDER.index(base) for base in codon)
    return _CODONS[16 * first + 4 * second + third]


def _name(letter: str) -> str:
    rows = knowledge_table("genetics/amino_acids.tsv")
    return next(row["name"] for row in rows if row["letter"] == letter)


def _changed(bases: str, at: int, size: int, inserted: str) -> str:
    return bases[:at] + inserted + bases[at + size :]


def _same_part(variant: Variant, place: int) -> bool:
    """Say whether a place lies in the same exon, or beside the same exon, as a variant."""
    position = to_coding(place)
    if bool(position.offset) != bool(variant.end.offset):
        return False
    if position.offset:
        return position.base == variant.end.base
    return gene().exons_at(position.base) == gene().exons_at(variant.end.base)
