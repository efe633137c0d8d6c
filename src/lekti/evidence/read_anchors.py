"""Anchors: which words of which section a piece of evidence rests on, without the words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lekti.base.errors import ModelError, shown
from lekti.base.tables import Row, Table
from lekti.evidence.claim import Anchor
from lekti.evidence.claim_words import read_day, require_columns

COLUMNS = ("evidence", "section", "start", "end", "quote_sha256", "prose_sha256", "anchored_on")


def read_anchors(table: Table) -> Mapping[str, Row]:
    """Return the rows of a table of anchors by evidence id; raise `ModelError` for the first mistake."""
    anchors: dict[str, Row] = {}
    for row in require_columns(table, COLUMNS):
        _check(row)
        if row["evidence"] in anchors:
            raise ModelError(
                f"{row['evidence']} is anchored twice",
                where=f"{row.where} and {anchors[row['evidence']].where}",
            )
        anchors[row["evidence"]] = row
    return anchors


def anchor_of(row: Row | None, *, locator: str) -> Anchor:
    """Return the anchor of a row; without one, evidence with a locator is located, the rest unlocated."""
    if row is None:
        return Anchor("located" if locator else "unlocated", section="")
    return Anchor(
        "anchored",
        section=row["section"],
        start=int(row["start"]),
        end=int(row["end"]),
        quote_sha256=row["quote_sha256"],
        prose_sha256=row["prose_sha256"],
        anchored_on=row["anchored_on"],
        where=row.where,
    )


def anchor_cells(evidence_id: str, anchor: Anchor) -> tuple[str, ...]:
    """Return an anchor as the cells of a row of anchors.tsv."""
    return (
        evidence_id,
        anchor.section,
        str(anchor.start),
        str(anchor.end),
        anchor.quote_sha256,
        anchor.prose_sha256,
        anchor.anchored_on,
    )


def _check(row: Row) -> None:
    for column in ("start", "end"):
        if not re.fullmatch(r"\d{1,9}", row[column]):
            raise ModelError(f"{column} '{shown(row[column])}'", where=row.where, expected="a place, from 0")
    if int(row["start"]) >= int(row["end"]):
        raise ModelError(f"The range {row['start']} to {row['end']} is empty", where=row.where)
    for column in ("quote_sha256", "prose_sha256"):
        if not re.fullmatch(r"[0-9a-f]{64}", row[column]):
            raise ModelError(
                f"{column} '{shown(row[column], 12)}'", where=row.where, expected="64 hexadecimal digits"
            )
    read_day(row, "anchored_on")
    if not row["section"]:
        raise ModelError(f"The anchor of {row['evidence']} names no section", where=row.where)
