"""The page on claims names every word, relation, prefix and column that the tables use."""

from __future__ import annotations

from pathlib import Path

import pytest

from lekti.evidence.read_claims import load_words, shipped

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "claims.md").read_text("utf-8")


def test_every_relation_and_prefix_is_named() -> None:
    words = load_words()
    assert [name for name in (*words.relations, *words.prefixes) if f"`{name}`" not in PAGE] == []


def test_every_word_is_named_with_its_meaning() -> None:
    words = load_words()
    assert [key for key in words.codes if f"`{key[1]}`" not in PAGE] == []
    assert [key for key, meaning in words.meanings.items() if meaning not in PAGE] == []


@pytest.mark.parametrize("row", tuple(shipped("topics.tsv")), ids=lambda row: row["id"])
def test_every_table_is_named_with_its_ids(row: dict[str, str]) -> None:
    assert f"| `{row['id']}.tsv` | {row['first']} to {row['last']} |" in PAGE
    assert f"`{row['id']}.tsv`" in PAGE


def test_every_column_of_a_claim_is_named() -> None:
    columns = shipped("mechanism.tsv").columns
    assert [column for column in columns if f"`{column}`" not in PAGE] == []
