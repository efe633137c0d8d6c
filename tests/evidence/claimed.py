"""Claims built by hand on the invented paper, anchored in it as `lekti evidence anchor` would."""

from __future__ import annotations

from lekti.evidence.claim import Anchor, Claim, Context, Evidence, Thing
from lekti.evidence.prose import normal
from lekti.evidence.quantity import read_quantity
from lekti.evidence.record import Record
from lekti.evidence.solid import fingerprint

PAPER_ID = "PMID:99900001"


def anchor(record: Record, words: str, *, section: str = "abstract") -> Anchor:
    """Return the anchor of words in a section of a record."""
    found = record.section(section)
    assert found is not None
    start = normal(found.text).text.index(words)
    return Anchor(
        "anchored", section, start, start + len(words), fingerprint(words), fingerprint(found.text),
        "2026-01-01", "anchors.tsv:2",
    )  # fmt: skip


def claim(
    tie: Anchor, *, value: str = "", unit: str = "", direction: str = "supports", record: str = PAPER_ID
) -> Claim:
    """Return a claim with one piece of evidence."""
    thing = Thing("ige", "IgE", "protein", (), "things.tsv:2")
    found = (
        "CL0001.1",
        "CL0001",
        PAPER_ID,
        "abstract",
        direction,
        "ECO:0000180",
        "case report",
        1,
        "very_low",
    )
    evidence = Evidence(*found, anchor=tie, note="", where="evidence.tsv:2")
    quantity = read_quantity(value, unit, where="claims.tsv:2") if value else None
    said = ("CL0001", "case_report", thing, "falls", None, "-", quantity, Context(), (evidence,))
    entered = ("tester", "2026-01-01", "", "", "active", "claims.tsv:2")
    return Claim(*said, "Total IgE falls.", "", *entered)
