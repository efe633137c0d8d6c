"""Every table under knowledge/ can be read, and an id names one row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lekti.base.tables import knowledge_table, knowledge_text

KNOWLEDGE = Path(__file__).resolve().parents[2] / "src" / "lekti" / "knowledge"
TABLES = sorted(path.relative_to(KNOWLEDGE).as_posix() for path in KNOWLEDGE.rglob("*.tsv"))


def test_there_are_tables() -> None:
    assert TABLES


@pytest.mark.parametrize("name", TABLES)
def test_table_can_be_read(name: str) -> None:
    assert len(knowledge_table(name)) > 0


@pytest.mark.parametrize("name", TABLES)
def test_ids_name_one_row(name: str) -> None:
    table = knowledge_table(name)
    if "id" not in table.columns:
        return
    counts = Counter(row["id"] for row in table)
    assert "" not in counts
    assert not {label: n for label, n in counts.items() if n > 1}


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_named_once(name: str) -> None:
    columns = knowledge_table(name).columns
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("name", TABLES)
def test_text_has_no_windows_line_ends_or_marks(name: str) -> None:
    text = knowledge_text(name)
    assert "\r" not in text
    assert "\ufeff" not in text
