"""Published changes at the same splice site; what they did tells more than any matrix."""

from __future__ import annotations

from lekti.genetics.borders import border_of
from lekti.genetics.effects import known_variants
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import Variant, read_variant
from lekti.genetics.other_names import normal_key

REACH = 20


def same_splice_site(variant: Variant) -> tuple[str, ...]:
    """Return the published disease variants at the same donor or acceptor, nearest first.

    >>> from lekti.genetics.hgvs import read_variant
    >>> same_splice_site(read_variant("c.1302+5G>C"))
    ('c.1302+4A>T',)
    """
    site = splice_site(variant)
    if site is None:
        return ()
    found: list[str] = []
    for name, row in known_variants().items():
        other = read_variant(name)
        if row["effect"] != "benign" and splice_site(other) == site and not _same(other, variant):
            found.append(name)
    return tuple(sorted(found, key=lambda name: abs(read_variant(name).start.offset - variant.start.offset)))


def splice_site(variant: Variant) -> tuple[str, int] | None:
    """Return ("donor" or "acceptor", exon) of the splice site that a change stands at, or None."""
    start = variant.start
    if start.region != "coding" or abs(start.offset) > REACH:
        return None
    if start.offset:
        found = border_of(start)
        return (("donor" if start.offset > 0 else "acceptor"), found[0].number) if found else None
    exons = gene().exons_at(start.base)
    last = exons[0].last if len(exons) == 1 else None
    return ("donor", exons[0].number) if last is not None and 0 <= last - start.base < 3 else None


def _same(a: Variant, b: Variant) -> bool:
    return normal_key(a.key) == normal_key(b.key)
