"""Reading grades count every word as it is spoken."""

from __future__ import annotations

import pytest

from lekti.base.tables import knowledge_table
from lekti.outputs.readability import reading, spoken_number, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("itches", 2), ("scales", 1), ("needed", 2), ("changed", 1), ("table", 2), ("breathe", 1),
        ("dupilumab", 4), ("LEKTI", 2), ("SPINK5", 2), ("IgE", 3), ("IL-17A", 6), ("carriers", 3),
        ("Dupilumab’s", 4), ("skin-cell", 2), ("°C", 4), ("DNA", 3),
    ],
)  # fmt: skip
def test_syllables_are_those_of_the_spoken_word(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("number", "count"),
    [("7", 2), ("12", 1), ("17", 3), ("25", 3), ("40", 2), ("100", 3), ("623", 6), ("1,078", 7), ("55.8", 5),
     ("200,000", 5)],
)  # fmt: skip
def test_numbers_count_as_they_are_spoken(number: str, count: int) -> None:
    assert spoken_number(number) == count


def test_the_grade_is_the_flesch_kincaid_sum() -> None:
    found = reading("The cat sat on the mat. It was glad.")
    assert (found.words, found.sentences, found.syllables) == (9, 2, 9)
    assert found.grade == pytest.approx(0.39 * 4.5 + 11.8 - 15.59)


def test_numbers_and_names_are_not_left_out() -> None:
    assert reading("In 61 of 69 people SPINK5 and IL-4 count.").words == 9


def test_a_decimal_point_ends_no_sentence() -> None:
    assert reading("It was 55.8 then. It fell.").sentences == 2


def test_long_words_raise_the_grade_and_are_named() -> None:
    easy, hard = reading("The drug calms the skin."), reading("Dupilumab alleviates inflammation.")
    assert hard.grade > easy.grade + 10
    assert hard.hard == ("Dupilumab", "alleviates", "inflammation")


def test_no_syllable_count_of_the_dictionary_is_below_one() -> None:
    assert all(int(row["syllables"]) >= 1 for row in knowledge_table("explain/syllables.tsv"))
