"""Coding positions to places on chromosome 5 and back, from the exon table alone."""

from __future__ import annotations

from lekti.base.errors import InputError
from lekti.genetics.gene import Exon, gene
from lekti.genetics.hgvs import Position

BUILDS = ("GRCh38", "GRCh37")
NEAR = 100
"""Bases beside an exon that are still counted from it where the intron has no known length (assumed)."""


def to_genome(position: Position, *, build: str = "GRCh38") -> int | None:
    """Return the place of a position on chromosome 5, counted from 1, or None where the exon has no place.

    >>> to_genome(Position(1302, 5)), to_genome(Position(1302, 5), build="GRCh37")
    (148101441, 147481004)
    """
    if position.region != "coding":
        return None
    found = gene().exons_at(position.base)
    if len(found) != 1 or found[0].grch38 is None or found[0].first is None:
        return None
    place = found[0].grch38 + position.base - found[0].first + position.offset
    return on_build(place, build)


def on_build(grch38: int, build: str) -> int:
    """Return a place of GRCh38 on another build; within SPINK5 the two differ by one constant."""
    return grch38 if build == "GRCh38" else grch38 - gene().shift


def from_build(place: int, build: str) -> int:
    """Return a place of either build on GRCh38."""
    return place if build == "GRCh38" else place + gene().shift


def to_coding(grch38: int, *, where: str = "") -> Position:
    """Return the coding position of a place on GRCh38.

    Raises `InputError` outside the gene and where the exon table has no place near enough.

    >>> to_coding(148101441)
    Position(base=1302, offset=5, region='coding')
    """
    placed = [exon for exon in gene().exons if exon.grch38 is not None]
    if not gene().first_grch38 <= grch38 <= gene().last_grch38:
        raise InputError(
            f"chr5:{grch38} lies outside SPINK5",
            where=where,
            expected=f"GRCh38 {gene().first_grch38} to {gene().last_grch38}, or the same on GRCh37",
        )
    for exon in placed:
        if _first(exon) <= grch38 <= _last(exon):
            assert exon.first is not None
            return Position(exon.first + grch38 - _first(exon))
    return _intronic(grch38, placed, where)


def _intronic(grch38: int, placed: list[Exon], where: str) -> Position:
    before = max((exon for exon in placed if _last(exon) < grch38), key=_last, default=None)
    after = min((exon for exon in placed if _first(exon) > grch38), key=_first, default=None)
    left = grch38 - _last(before) if before else None
    right = _first(after) - grch38 if after else None
    neighbours = before is not None and after is not None and after.number == before.number + 1
    reach = gene().last_grch38 if neighbours else NEAR
    if left is not None and left <= reach and (right is None or left <= right):
        assert before is not None and before.last is not None
        return Position(before.last, left)
    if right is not None and right <= reach:
        assert after is not None and after.first is not None
        return Position(after.first, -right)
    raise InputError(
        f"chr5:{grch38} lies where the exons of SPINK5 have no known place here",
        where=where,
        fix="Give the coding description (c.), which needs no place",
    )


def _first(exon: Exon) -> int:
    assert exon.grch38 is not None
    return exon.grch38


def _last(exon: Exon) -> int:
    assert exon.grch38_last is not None
    return exon.grch38_last
