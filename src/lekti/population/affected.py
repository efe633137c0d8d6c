"""Whether a case shows the disease: two changed alleles and at least one of its signs."""

from __future__ import annotations

from functools import cache

from lekti.base.tables import knowledge_table
from lekti.patients.case import Case


def is_affected(case: Case) -> bool:
    """Return whether the person is known to have Netherton syndrome.

    True when no allele is the reference and at least one sign of `knowledge/genetics/signs.tsv` is present.
    """
    if any(allele.kind == "reference" for allele in case.alleles):
        return False
    return any(feature.present and feature.hpo in _signs() for feature in case.features)


@cache
def _signs() -> frozenset[str]:
    return frozenset(row["hpo"] for row in knowledge_table("genetics/signs.tsv"))
