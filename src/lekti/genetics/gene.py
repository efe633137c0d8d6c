"""SPINK5 as tables: exons, introns, the place on chromosome 5, and the domains of LEKTI."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lekti.base.tables import Row, knowledge_table


@dataclass(frozen=True)
class Exon:
    """One exon of the coding sequence: its coding positions, and the place of its first base on GRCh38.

    A border or a place that was not found is None; `borders` is "read", "derived" or "inferred".
    """

    number: int
    first: int | None
    last: int | None
    grch38: int | None
    borders: str

    @property
    def length(self) -> int | None:
        """Return the coding bases of this exon, or None where a border was not found."""
        return None if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def grch38_last(self) -> int | None:
        """Return the place of the last coding base on GRCh38."""
        return None if self.grch38 is None or self.length is None else self.grch38 + self.length - 1


@dataclass(frozen=True)
class Domain:
    """A part of LEKTI by residue; limits are unverified until they are matched to UniProt Q9NQ38."""

    name: str
    first: int
    last: int
    cysteines: tuple[int, ...]
    provenance: str


@dataclass(frozen=True)
class Gene:
    """The numbers of SPINK5 that the mapping needs, from `gene.tsv` and `exons.tsv`."""

    symbol: str
    transcript: str
    protein: str
    coding_length: int
    residues: int
    chromosome: dict[str, str]
    shift: int
    first_grch38: int
    last_grch38: int
    exons: tuple[Exon, ...]

    def exons_at(self, base: int) -> tuple[Exon, ...]:
        """Return the exon of a coding base; two where the border between them was not found."""
        found = [
            exon
            for exon in self.exons
            if (exon.first is None or exon.first <= base) and (exon.last is None or base <= exon.last)
        ]
        exact = [exon for exon in found if exon.length is not None]
        return tuple(exact or [exon for exon in found if base >= self._unsplit()])

    def intron_length(self, number: int) -> int | None:
        """Return the length of the intron after an exon, or None where a neighbour has no place.

        >>> gene().intron_length(14)
        344
        """
        before, after = self.exons[number - 1], self.exons[number]
        if before.grch38_last is None or after.grch38 is None:
            return None
        return after.grch38 - before.grch38_last - 1

    def _unsplit(self) -> int:
        return min(exon.first for exon in self.exons if exon.last is None and exon.first is not None)


@cache
def gene() -> Gene:
    """Return SPINK5 as it is written down in the tables.

    >>> gene().exons_at(1302)[0].number
    14
    """
    fact = {row["id"]: row["value"] for row in knowledge_table("genetics/gene.tsv")}
    return Gene(
        symbol=fact["gene"],
        transcript=fact["transcript"],
        protein=fact["protein"],
        coding_length=int(fact["coding_length"]),
        residues=int(fact["residues"]),
        chromosome={"GRCh38": fact["chromosome_grch38"], "GRCh37": fact["chromosome_grch37"]},
        shift=int(fact["grch38_minus_grch37"]),
        first_grch38=int(fact["gene_first_grch38"]),
        last_grch38=int(fact["gene_last_grch38"]),
        exons=tuple(_exon(row) for row in knowledge_table("genetics/exons.tsv")),
    )


@cache
def domains() -> tuple[Domain, ...]:
    """Return the signal peptide and the domains D1 to D15 in order."""
    return tuple(
        Domain(
            row["domain"],
            int(row["first"]),
            int(row["last"]),
            tuple(int(part) for part in row["cysteines"].split(",")),
            row["provenance"],
        )
        for row in knowledge_table("genetics/domains.tsv")
    )


def domain_of(residue: int) -> str:
    """Return the domain of a residue, or the linker between two.

    >>> domain_of(434), domain_of(624)
    ('D7', 'D9-D10 linker')
    """
    before = ""
    for domain in domains():
        if residue < domain.first:
            return f"{before}-{domain.name} linker"
        if residue <= domain.last:
            return domain.name
        before = domain.name
    return f"after {before}"


def residue_of(base: int) -> int:
    """Return the residue whose codon holds a coding base."""
    return (base + 2) // 3


def _exon(row: Row) -> Exon:
    def number(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    return Exon(int(row["exon"]), number("first"), number("last"), number("grch38"), row["borders"])
