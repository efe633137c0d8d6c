"""One copy of SPINK5: a described variant, a structural change, the reference, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lekti.genetics.hgvs import variant_key
from lekti.genetics.other_names import normal_key

AlleleKind = Literal["hgvs", "structural", "unknown", "reference"]


@dataclass(frozen=True)
class Allele:
    """One of the two SPINK5 copies of a person.

    `hgvs` is set when kind is "hgvs", `structural` (a Sequence Ontology id) when kind is
    "structural". `protein` is the published p. statement, and `source` the record; both may be absent.
    """

    kind: AlleleKind
    hgvs: str | None = None
    structural: str | None = None
    source: str | None = None
    protein: str | None = None

    @property
    def label(self) -> str:
        """Return the words a report shows for this allele.

        >>> Allele("hgvs", hgvs="NM_006846.4:c.1302+5G>C").label
        'c.1302+5G>C'
        """
        if self.hgvs is not None:
            return variant_key(self.hgvs)
        return self.structural or self.kind


UNKNOWN = Allele("unknown")
REFERENCE = Allele("reference")


def same_variant(a: Allele, b: Allele) -> bool:
    """Say whether two alleles carry one and the same described variant.

    The transcript version, spelled-out bases and names known to be the same change (`other_names.tsv`)
    do not matter; two unknown alleles are never the same variant.

    >>> same_variant(Allele("hgvs", hgvs="c.2468delA"), Allele("hgvs", hgvs="NM_006846.4:c.2468del"))
    True
    """
    if a.hgvs is not None and b.hgvs is not None:
        return normal_key(a.hgvs) == normal_key(b.hgvs)
    return a.structural is not None and a.structural == b.structural
