"""The page on records names every finding and every section that cannot be quoted."""

from __future__ import annotations

import re
from pathlib import Path

from lekti.base.tables import knowledge_table
from lekti.evidence.record import NOT_QUOTABLE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "records.md").read_text("utf-8")
WORDS = set(re.findall(r"`([^`]+)`", PAGE))


def test_every_finding_is_named() -> None:
    codes = {row["code"] for row in knowledge_table("records/findings.tsv")}
    assert len(codes) > 15
    assert codes - WORDS == set()


def test_every_section_that_cannot_be_quoted_is_named() -> None:
    assert not NOT_QUOTABLE - WORDS
