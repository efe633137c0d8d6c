"""Intron positions against the exon table: a + or - counts from an exon's own last or first base."""

from __future__ import annotations

from dataclasses import replace

from lekti.base.errors import InputError, shown
from lekti.genetics.gene import Exon, gene
from lekti.genetics.hgvs import Position, Variant


def check_borders(variant: Variant, *, typed: str = "", where: str = "") -> tuple[str, ...]:
    """Refuse an intron position that starts inside an exon, and return what could not be checked.

    Where the exon table only infers a border, a position that does not fit it is told and not refused.
    """
    told: list[str] = []
    for position in (variant.start, variant.end):
        if position.region == "coding" and position.offset:
            told += _check(position, typed or variant.key, where)
    return tuple(dict.fromkeys(told))


def nearest_exon(variant: Variant) -> Variant:
    """Return the variant with its intron positions counted from the nearer exon, as HGVS asks."""
    if variant.start.offset * variant.end.offset <= 0:
        return variant
    start, end = _nearer(variant.start), _nearer(variant.end)
    if start.offset * end.offset <= 0:
        return variant
    return replace(variant, start=start, end=end)


def border_of(position: Position) -> tuple[Exon, int] | None:
    """Return the exon an intron position counts from and the number of its intron; None where none fits."""
    for exon in gene().exons:
        if position.offset > 0 and exon.last == position.base:
            return exon, exon.number
        if position.offset < 0 and exon.first == position.base:
            return exon, exon.number - 1
    return None


def _check(position: Position, typed: str, where: str) -> list[str]:
    found = border_of(position)
    if found is None:
        exons = gene().exons_at(position.base)
        if any(exon.borders == "inferred" for exon in exons):
            return [f"c.{position.text()} does not fit a border that lekti only infers here; not checked"]
        side = "last" if position.offset > 0 else "first"
        raise InputError(
            f"'{shown(typed)}': c.{position.base} is not the {side} base of an exon",
            where=where,
            expected=_ends(exons[0], position),
        )
    length = gene().intron_length(found[1]) if 1 <= found[1] < len(gene().exons) else None
    if length is not None and abs(position.offset) > length:
        raise InputError(
            f"'{shown(typed)}' lies {abs(position.offset):,} bases into intron {found[1]}",
            where=where,
            expected=f"at most {length:,}, the length of that intron",
        )
    if length is None:
        return [f"the length of intron {found[1]} is not known here, so c.{position.text()} is not checked"]
    return []


def _ends(exon: Exon, position: Position) -> str:
    side = exon.last if position.offset > 0 else exon.first
    sign = "+" if position.offset > 0 else "-"
    return f"c.{side}{sign}{abs(position.offset)} (exon {exon.number} is c.{exon.first}_{exon.last})"


def _nearer(position: Position) -> Position:
    found = border_of(position)
    length = gene().intron_length(found[1]) if found and 1 <= found[1] < len(gene().exons) else None
    if found is None or length is None or 2 * abs(position.offset) <= length + (position.offset > 0):
        return position
    before, after = gene().exons[found[1] - 1], gene().exons[found[1]]
    if position.offset > 0 and after.first is not None:
        return Position(after.first, position.offset - length - 1)
    if position.offset < 0 and before.last is not None:
        return Position(before.last, position.offset + length + 1)
    return position
