"""What a variant does to SPINK5, told from its description and from what is published, never a sequence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lekti.base.tables import Row, knowledge_table
from lekti.genetics.described import Described
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import Position, Variant
from lekti.genetics.other_names import normal_key

_NEAR_INTRON = 20
_FAR = 10**6


@dataclass(frozen=True)
class Effect:
    """The class of an effect (a row of `residual_prior.tsv`), why it was chosen, and its record."""

    name: str
    reasons: tuple[str, ...]
    source: str = ""


def effect_of(variant: Variant) -> Effect:
    """Return the effect of a variant: published if known, else deduced from position, length and p. text.

    >>> from lekti.genetics.hgvs import read_variant
    >>> effect_of(read_variant("c.1302+5G>A")).name
    'donor_5'
    """
    known = published(variant)
    if known:
        return _published_effect(variant, known)
    return deduced_effect(variant)


def effect_of_described(described: Described) -> Effect:
    """Return the effect of whatever was described: a change, a protein name alone, or a structural change."""
    if described.variant is not None:
        return effect_of(described.variant)
    if described.structural is not None:
        return structural_effect(described.structural)
    told = _told_by_protein(described.protein or "")
    return told or Effect(
        "substitution_unclear", (f"{described.protein} alone does not tell the kind of change",)
    )


def deduced_effect(variant: Variant) -> Effect:
    """Return the effect of a variant as its description alone tells it, without what is published.

    >>> from lekti.genetics.hgvs import read_variant
    >>> deduced_effect(read_variant("c.474G>A p.(Gln158=)")).name
    'exon_end'
    """
    if variant.start.offset or variant.end.offset:
        return _splice_effect(variant)
    if variant.start.region != "coding" or variant.end.region != "coding":
        return Effect("untranslated", (f"{variant.key} touches bases outside the coding sequence",))
    if _is_exon_end(variant):
        return Effect("exon_end", (f"{variant.key} is the last base of exon {exon_number(variant)}",))
    return _coding_effect(variant)


def published(variant: Variant) -> tuple[Row, ...]:
    """Return the published rows of a variant, under whichever name; the normal name first."""
    return _by_normal_key().get(normal_key(variant.key), ())


def exon_number(variant: Variant) -> int:
    """Return the exon that holds, or stands beside, the first base of a variant."""
    return gene().exons_at(variant.start.base)[0].number


@cache
def _by_normal_key() -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for name, row in known_variants().items():
        key = normal_key(name)
        rows = (*found.get(key, ()), row)
        found[key] = tuple(sorted(rows, key=lambda one: (one["hgvs_c"] != key, one["id"])))
    return found


def _published_effect(variant: Variant, rows: tuple[Row, ...]) -> Effect:
    known = rows[0]
    reasons = (f"{variant.key} is published as {known['type'].replace('_', ' ')}",)
    told = dict.fromkeys(row["reason"] for row in rows if row["reason"])
    sources = dict.fromkeys(part for row in rows for part in row["source"].split(";"))
    return Effect(known["effect"], (*reasons, *told), ";".join(sources))


def _is_exon_end(variant: Variant) -> bool:
    if variant.kind != "sub" or variant.start.region != "coding":
        return False
    exons = gene().exons_at(variant.start.base)
    silent_or_unsaid = variant.protein is None or "=" in variant.protein or "?" in variant.protein
    return silent_or_unsaid and len(exons) == 1 and exons[0].last == variant.start.base


def structural_effect(ontology_id: str) -> Effect:
    """Return the effect of a structural change named by a Sequence Ontology id."""
    known = structural_types().get(ontology_id)
    if known is None:
        return Effect("structural_other", (f"the type {ontology_id} is not known here",))
    return Effect(known["effect"], (f"{ontology_id} is a {known['label'].replace('_', ' ')}",))


@cache
def structural_types() -> dict[str, Row]:
    """Return the known types of structural change by Sequence Ontology id."""
    return {row["id"]: row for row in knowledge_table("genetics/structural_types.tsv")}


@cache
def known_variants() -> dict[str, Row]:
    """Return the published variants by the name they were published under, such as `c.891C>T`."""
    return {row["hgvs_c"]: row for row in knowledge_table("genetics/variants.tsv")}


def _coding_effect(variant: Variant) -> Effect:
    if variant.start.base <= 3:
        return Effect("start_loss", (f"{variant.key} changes the start codon c.1_3",))
    change = variant.length_change or 0
    if change % 3:
        return Effect("frameshift", (f"length changes by {change:+d}, which is not a multiple of 3",))
    if variant.protein is not None:
        told = _told_by_protein(variant.protein)
        if told is not None:
            return told
    if variant.kind == "sub":
        return Effect("substitution_unclear", ("missense or nonsense, cannot tell without sequence",))
    return Effect("inframe", (f"length changes by {change:+d}, a multiple of 3",))


def _told_by_protein(protein: str) -> Effect | None:
    reasons = (f"the protein description is {protein}",)
    if "fs" in protein:
        return Effect("frameshift", reasons)
    if "Ter" in protein or "*" in protein:
        return Effect("nonsense", reasons)
    if "=" in protein:
        return Effect("synonymous", reasons)
    if re.search(r"p\.\(?[A-Z][a-z]{2}\d+[A-Z][a-z]{2}\)?$", protein):
        return Effect("missense", reasons)
    return None


def _splice_effect(variant: Variant) -> Effect:
    donor, acceptor = _donor_touched(variant), _acceptor_touched(variant)
    places = [*(f"donor +{i}" for i in sorted(donor)), *(f"acceptor -{i}" for i in sorted(acceptor))]
    reasons = (
        (f"{variant.key} touches {_listed(places)}",) if places else (f"{variant.key} is deep intronic",)
    )
    if _removes_exon(variant) or donor & {1, 2} or acceptor & {1, 2}:
        return Effect("splice_canonical", reasons)
    for name, hit in (
        ("donor_5", donor & {5}),
        ("donor_4", donor & {4}),
        ("donor_region", donor & {3, 6}),
        ("acceptor_region", acceptor),
        ("intronic_near", donor),
    ):
        if hit:
            return Effect(name, reasons)
    return Effect("deep_intronic", reasons)


def _donor_touched(variant: Variant) -> set[int]:
    """Return the donor positions (+1 to +20) inside the span of the change."""
    start, end = variant.start, variant.end
    if end.offset < 0 and start.offset <= 0:
        return set()
    first = max(start.offset, 1)
    last = end.offset if end.offset > 0 else _FAR
    return set(range(first, min(last, _NEAR_INTRON) + 1))


def _acceptor_touched(variant: Variant) -> set[int]:
    """Return the acceptor positions, as 1 to 20 bases before the exon, inside the span of the change."""
    start, end = variant.start, variant.end
    if start.offset > 0 and end.offset >= 0:
        return set()
    if start.offset == 0 and end.offset >= 0:
        return set()
    last = -start.offset if start.offset < 0 else _FAR
    first = -end.offset if end.offset < 0 else 1
    return set(range(first, min(last, _NEAR_INTRON) + 1))


def _removes_exon(variant: Variant) -> bool:
    """Say whether the span runs from one intron over an exon into the next intron."""
    start, end = variant.start, variant.end
    if start.offset < 0 < end.offset:
        return True
    return start.offset > 0 and end.offset != 0 and _bases_between(start, end) > 1


def _bases_between(start: Position, end: Position) -> int:
    return end.rank()[0] - start.rank()[0]


def _listed(places: list[str]) -> str:
    return ", ".join(places) if len(places) <= 6 else f"{places[0]} to {places[-1]}"
