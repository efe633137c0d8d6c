"""The few bases of the reference that published substitutions tell; all others need the sequence."""

from __future__ import annotations

from functools import cache

from lekti.base.errors import InputError, shown
from lekti.base.tables import knowledge_table
from lekti.genetics.hgvs import Position, Variant, read_variant


@cache
def known_bases() -> dict[Position, tuple[str, str]]:
    """Return the reference base at each published substitution, with the change that tells it.

    >>> known_bases()[Position(1302, 5)]
    ('G', 'c.1302+5G>C')
    """
    found: dict[Position, tuple[str, str]] = {}
    for row in knowledge_table("genetics/variants.tsv"):
        variant = read_variant(row["hgvs_c"], where=row.where)
        if variant.kind == "sub":
            found.setdefault(variant.start, (variant.deleted, variant.key))
    return found


def check_reference(variant: Variant, *, typed: str, where: str = "") -> None:
    """Refuse a substitution whose first base published changes contradict."""
    known = known_bases().get(variant.start)
    if variant.kind != "sub" or known is None or variant.deleted == known[0]:
        return
    turned = variant.inserted == known[0]
    raise InputError(
        f"'{shown(typed)}' has {variant.deleted} at c.{variant.start.text()}; "
        f"published changes have {known[0]} there ({known[1]})",
        where=where,
        expected=f"c.{variant.start.text()}{known[0]}>{variant.deleted if turned else variant.inserted}",
        fix="It seems to be written from the other allele" if turned else "",
    )
