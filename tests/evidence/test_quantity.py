"""A quantity keeps the digits as printed and knows its shape."""

from __future__ import annotations

import pytest

from lekti.base.errors import ModelError
from lekti.evidence.quantity import missing_numbers, read_quantity


@pytest.mark.parametrize(
    ("text", "shape", "comparator", "numbers"),
    [
        ("55.8", "number", "", ("55.8",)),
        (">2500", "number", ">", ("2500",)),
        ("~0.4", "number", "~", ("0.4",)),
        ("-0.281", "number", "", ("-0.281",)),
        ("1e-06", "number", "", ("1e-06",)),
        (">2500 -> 129.2", "change", ">", ("2500", "129.2")),
        ("20..50", "range", "", ("20", "50")),
        ("23/43", "share", "", ("23", "43")),
    ],
)
def test_each_shape_is_read(text: str, shape: str, comparator: str, numbers: tuple[str, ...]) -> None:
    found = read_quantity(text, "1", where="x.tsv:2")
    assert (found.shape, found.comparator, found.numbers) == (shape, comparator, numbers)


@pytest.mark.parametrize("text", ["many", "5 0", "50..20", "44/43", "1->2", ">20..50", "1,078", "--3", "5%"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"x\.tsv:2"):
        read_quantity(text, "1", where="x.tsv:2")


@pytest.mark.parametrize(
    ("text", "sentence", "missing"),
    [
        ("1078 -> 55.8", "It fell from 1,078 to 55.8.", ()),
        ("1078 -> 55.8", "It fell from 1078 to 5.58.", ("55.8",)),
        ("25", "The risk is 125 %.", ("25",)),
        ("25", "The risk is 25.5 %.", ("25",)),
        ("25", "The risk is 25.", ()),
        ("-0.281", "The power is -0.281.", ()),
    ],
)
def test_a_sentence_prints_the_numbers_of_its_value(
    text: str, sentence: str, missing: tuple[str, ...]
) -> None:
    assert missing_numbers(read_quantity(text, "1", where="x.tsv:2"), sentence) == missing
