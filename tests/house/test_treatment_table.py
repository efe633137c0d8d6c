"""The table of courses in the page on the other treatments is what the model says."""

from __future__ import annotations

from tools.treatment_table import PAGE, courses_table, page_text

from lekti.patients.drugs import drugs


def test_the_page_tells_what_the_model_says() -> None:
    text = PAGE.read_text("utf-8")
    assert page_text(text) == text, "run: python -m tools.treatment_table"


def test_every_course_has_its_line() -> None:
    lines = courses_table().splitlines()[2:]
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == [
        drug.label for drug in drugs().values() if drug.is_course
    ]
