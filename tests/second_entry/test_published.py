"""The numbers of published models, against what somebody else typed from the facts a second time."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from lekti.base.tables import Row, knowledge_table, read_table
from lekti.model.published import published_models

AGAIN = Path(__file__).parent / "published.tsv"
"""Columns model, id, value, spread (`-` where there is none), table, row: typed from the facts."""


def _first() -> dict[tuple[str, str], Row]:
    return {
        (model, row["id"]): row
        for model in published_models()
        for row in knowledge_table(f"published/{model}.tsv")
    }


def _again() -> list[Row]:
    if not AGAIN.is_file():
        pytest.skip("nobody has entered the numbers of published models a second time yet")
    return list(read_table(AGAIN.read_text("utf-8"), name=AGAIN.name))


def test_the_second_entry_of_published_models_is_the_first() -> None:
    first, differing = _first(), list[str]()
    for row in _again():
        one = first[row["model"], row["id"]]
        pairs = [(one["value"], row["value"]), (one["spread"], row["spread"])]
        if not all(a == b or math.isclose(float(a), float(b), rel_tol=1e-9) for a, b in pairs):
            differing.append(f"{row.where}: {pairs}")
    assert differing == []


def test_every_read_number_of_a_published_model_is_entered_again() -> None:
    entered = {(row["model"], row["id"]) for row in _again()}
    wanted = {key for key, row in _first().items() if row["provenance"] in ("read", "secondary")}
    assert wanted - entered == set()
