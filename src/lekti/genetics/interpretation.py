"""Everything lekti says about one variant: place, consequence, residual LEKTI, observations, draft sheet."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.base.tables import Row
from lekti.genetics.acmg_rules import Evidence, acmg_sheet
from lekti.genetics.acmg_sheet import Sheet
from lekti.genetics.consequence import Consequence, consequence_of
from lekti.genetics.describe import describe
from lekti.genetics.described import Described
from lekti.genetics.donor import DonorChange, donor_change, donor_place
from lekti.genetics.effects import effect_of_described, known_variants, published
from lekti.genetics.known_bases import known_bases
from lekti.genetics.neighbours import same_splice_site
from lekti.genetics.place import Place, place_of
from lekti.genetics.residual import Residual, residual_of_effect


@dataclass(frozen=True)
class Interpretation:
    """One variant, interpreted without its sequence; `unchecked` says what only the sequence could tell."""

    described: Described
    place: Place
    consequence: Consequence
    donor: DonorChange | None
    residual: Residual
    seen: tuple[Row, ...]
    same_site: tuple[Row, ...]
    sheet: Sheet
    unchecked: tuple[str, ...]
    evidence: Evidence


def interpret_variant(text: str, *, evidence: Evidence | None = None) -> Interpretation:
    """Interpret one variant in any of the usual forms, with what the user brings.

    Raises `InputError` with one sentence for what cannot be read or contradicts what is known.

    >>> interpret_variant("c.1302+5G>C").consequence.skip.exon
    14
    """
    return interpret(describe(text), evidence or Evidence())


def interpret(described: Described, evidence: Evidence) -> Interpretation:
    """Interpret a described variant."""
    effect = effect_of_described(described)
    consequence = consequence_of(described, effect)
    variant = described.variant
    near = same_splice_site(variant) if variant is not None else ()
    return Interpretation(
        described=described,
        place=place_of(described),
        consequence=consequence,
        donor=donor_change(variant) if variant is not None else None,
        residual=residual_of_effect(effect),
        seen=published(variant) if variant is not None else (),
        same_site=tuple(known_variants()[name] for name in near),
        sheet=acmg_sheet(described, consequence, evidence),
        unchecked=_unchecked(described),
        evidence=evidence,
    )


def _unchecked(described: Described) -> tuple[str, ...]:
    """Return what cannot be checked without the sequence."""
    variant = described.variant
    if variant is None:
        return ("which bases changed",) if described.protein else ("the ends of the change",)
    told: list[str] = []
    if variant.kind == "sub" and variant.start not in known_bases():
        told.append(f"that the reference has {variant.deleted} at c.{variant.start.text()}")
    if variant.kind != "sub":
        told.append("that the change stands at its 3' end, as HGVS asks")
        if variant.deleted:
            told.append(f"that {variant.deleted[:20]} is what the reference has there")
    exonic = variant.start.region == "coding" and not variant.start.offset
    if exonic and variant.kind == "sub" and variant.protein is None and not published(variant):
        told.append("what it does to the residue")
    if donor_place(variant) is not None:
        told.append("the full score of the donor")
    return tuple(told)
