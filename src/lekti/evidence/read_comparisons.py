"""Which claims were compared with facts collected from the same record, while the record was not at hand."""

from __future__ import annotations

from lekti.base.errors import ModelError
from lekti.base.tables import Table
from lekti.evidence.claim import Comparison
from lekti.evidence.claim_words import read_day, require_columns

COLUMNS = ("claim", "by", "on", "against")


def read_comparisons(table: Table) -> dict[str, Comparison]:
    """Read the comparisons by claim; raise `ModelError` for the first mistake."""
    found: dict[str, Comparison] = {}
    for row in require_columns(table, COLUMNS):
        one = Comparison(row["claim"], row["by"], read_day(row, "on"), row["against"], row.where)
        if one.claim_id in found:
            where = f"{row.where} and {found[one.claim_id].where}"
            raise ModelError(f"The comparison of {one.claim_id} stands twice", where=where)
        if not one.by or not one.against:
            raise ModelError(
                f"The comparison of {one.claim_id} is half told",
                where=row.where,
                expected="who compared, and with what",
            )
        found[one.claim_id] = one
    return found
