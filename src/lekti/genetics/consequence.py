"""What a change does to the messenger and to LEKTI, as far as position, length and p. text can tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lekti.base.tables import Row, knowledge_table
from lekti.genetics.borders import border_of
from lekti.genetics.described import Described
from lekti.genetics.effects import Effect, published
from lekti.genetics.gene import Exon, domains, gene, residue_of
from lekti.genetics.hgvs import Variant
from lekti.genetics.place import first_residue

NMD_RULE = (
    "a stop more than 55 bases before the last exon junction is expected to have its messenger degraded; "
    "that junction lies at c.3095 or after it"
)
NMD_SOURCE = "PMID:30192042"
LAST_SURE_STOP = 3095 - 55
CODONS_TO_A_STOP = 100
"""Codons within which a lost frame meets a stop; 100 random codons miss one 1 time in 120 (assumed)."""

SPLICING = frozenset(
    {"splice_canonical", "donor_5", "donor_4", "donor_region", "exon_end", "acceptor_region", "new_acceptor",
     "exon_11_silencer"}
)  # fmt: skip
TRUNCATING = frozenset({"nonsense", "frameshift"})


@dataclass(frozen=True)
class Skip:
    """An exon left out: its length, whether the frame is kept, and the first residue that is lost."""

    exon: int
    length: int
    frame_kept: bool
    first_residue: int


@dataclass(frozen=True)
class Protein:
    """What a shortened LEKTI would hold, were it made: domains by name, and the kallikreins still held.

    Domain limits are unverified; nothing of this enters the model.
    """

    from_residue: int
    kept: tuple[str, ...]
    cut: str
    lost: tuple[str, ...]
    fragments: tuple[str, ...]
    holds: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Consequence:
    """The effect on the messenger and the protein; None and "" where nothing can be said."""

    effect: Effect
    skip: Skip | None
    intron: tuple[int, int | None] | None
    nmd: str
    nmd_reason: str
    protein: Protein | None


def consequence_of(described: Described, effect: Effect) -> Consequence:
    """Return the consequence of a described change whose effect is known.

    >>> from lekti.genetics.describe import describe
    >>> from lekti.genetics.effects import effect_of
    >>> index = describe("c.1302+5G>C")
    >>> found = consequence_of(index, effect_of(index.variant))
    >>> found.skip.length, found.skip.frame_kept, found.nmd
    (82, False, 'expected')
    """
    variant = described.variant
    skip = _skip(variant) if variant is not None and effect.name in SPLICING else None
    intron = _intron(variant, effect) if variant is not None and skip is not None else None
    nmd, reason = _nmd(described, effect, skip)
    residue = _first_lost(described, effect, skip)
    protein = _shortened(residue) if residue is not None else None
    return Consequence(effect, skip, intron, nmd, reason, protein)


def stop_of(described: Described) -> int | None:
    """Return the coding position (on the reference) of a premature stop that the p. text names, or None."""
    for name in _protein_names(described):
        residue = first_residue(name)
        if residue is None:
            continue
        if re.search(r"\d(?:Ter|\*)\)?$", name) and "fs" not in name:
            return 3 * residue
        shifted = re.search(r"fs(?:Ter|\*)(\d+)", name)
        if shifted:
            change = (described.variant.length_change or 0) if described.variant else 0
            return 3 * (residue + int(shifted[1]) - 1) - change
    return None


def _protein_names(described: Described) -> list[str]:
    own = [described.protein] if described.protein else []
    if described.variant is None:
        return own
    told = [described.variant.protein] if described.variant.protein else []
    return [*own, *told, *(row["hgvs_p"] for row in published(described.variant) if row["hgvs_p"])]


def _exon_at_stake(variant: Variant) -> Exon | None:
    """Return the exon whose splicing a change can touch: the one it lies in or stands beside."""
    start = variant.start
    if start.region != "coding":
        return None
    if not start.offset:
        exons = gene().exons_at(start.base)
        return exons[0] if len(exons) == 1 else None
    found = border_of(start)
    return found[0] if found is not None else None


def _skip(variant: Variant) -> Skip | None:
    exon = _exon_at_stake(variant)
    if exon is None or exon.length is None or exon.first is None:
        return None
    return Skip(exon.number, exon.length, exon.length % 3 == 0, residue_of(exon.first))


def _intron(variant: Variant, effect: Effect) -> tuple[int, int | None] | None:
    """Return the number and length of the intron that may stay in, beside the damaged splice site."""
    exon = _exon_at_stake(variant)
    if exon is None or effect.name == "exon_11_silencer":
        return None
    number = exon.number - 1 if variant.start.offset < 0 else exon.number
    return (number, gene().intron_length(number)) if 1 <= number < len(gene().exons) else None


def _nmd(described: Described, effect: Effect, skip: Skip | None) -> tuple[str, str]:
    stop = stop_of(described)
    if stop is not None and effect.name in TRUNCATING:
        if stop <= LAST_SURE_STOP:
            return "expected", f"the new stop lies near c.{stop}"
        return "not known", "the border between exons 32 and 33 was not found, and the new stop lies near it"
    start = _frame_lost_at(described, effect, skip)
    if start is None:
        return "", ""
    if start + 3 * CODONS_TO_A_STOP <= LAST_SURE_STOP:
        return "expected", f"the frame is lost at c.{start}; where the new stop falls needs the sequence"
    return "not known", f"the frame is lost at c.{start}, too near the end to say without the sequence"


def _frame_lost_at(described: Described, effect: Effect, skip: Skip | None) -> int | None:
    if skip is not None:
        return None if skip.frame_kept else gene().exons[skip.exon - 1].first
    if effect.name == "frameshift" and described.variant is not None:
        return described.variant.start.base
    return None


def _first_lost(described: Described, effect: Effect, skip: Skip | None) -> int | None:
    if skip is not None:
        return None if skip.frame_kept else skip.first_residue
    if effect.name not in TRUNCATING:
        return None
    told = [residue for residue in map(first_residue, _protein_names(described)) if residue is not None]
    if told:
        return told[0]
    return residue_of(described.variant.start.base) if described.variant is not None else None


def _shortened(residue: int) -> Protein:
    parts = [domain for domain in domains() if domain.name != "signal"]
    kept = tuple(domain.name for domain in parts if domain.last < residue)
    cut = next((domain.name for domain in parts if domain.first < residue <= domain.last), "")
    lost = tuple(domain.name for domain in parts if domain.first >= residue)
    whole = [row for row in knowledge_table("genetics/fragments.tsv") if set(_span(row)) <= set(kept)]
    holds = dict.fromkeys(name for row in whole for name in row["holds"].split(";"))
    return Protein(
        residue,
        kept,
        cut,
        lost,
        tuple(row["name"] for row in whole),
        tuple(sorted(holds, key=lambda name: int(name[3:]))),
        tuple(dict.fromkeys(row["source"] for row in whole)),
    )


def _span(row: Row) -> list[str]:
    names = [domain.name for domain in domains()]
    return names[names.index(row["first"]) : names.index(row["last"]) + 1]
