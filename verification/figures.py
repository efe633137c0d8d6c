"""The figures that the credibility report prints, by id, for the proofs to compare themselves with."""

from __future__ import annotations

from lekti.base.tables import knowledge_table


def told(name: str) -> float:
    """Return the figure of a proof in `knowledge/credibility/proofs.tsv`."""
    rows = {row["id"]: row for row in knowledge_table("credibility/proofs.tsv")}
    return rows[name].number("figure")
