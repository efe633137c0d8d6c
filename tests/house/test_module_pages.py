"""Each module has a page whose equations, numbers, links and figure are those of the model."""

from __future__ import annotations

import re

import pytest
from tools.module_figures import module_figure
from tools.module_pages import FIGURES, PAGES, figure_rows, page_text

from lekti.model.parameters import MODULES

AGAIN = "run: python -m tools.module_pages"


def test_every_module_has_a_page_and_no_page_lacks_a_module() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_page_tells_what_the_model_holds(module: str) -> None:
    text = (PAGES / f"{module}.md").read_text("utf-8")
    assert page_text(module, text) == text, AGAIN
    assert set(re.findall(r"from the model: (\w+)", text)) == {"links", "equations", "figure", "numbers"}


@pytest.mark.parametrize("module", MODULES)
def test_a_page_says_in_words_what_the_module_is(module: str) -> None:
    text = (PAGES / f"{module}.md").read_text("utf-8")
    words = text.partition("\n\n")[2].partition("\n## ")[0]
    assert len(words.split()) > 25


def test_figures_and_lines_of_the_table_belong_together() -> None:
    rows = [row["module"] for row in figure_rows()]
    assert len(rows) == len(set(rows))
    assert {path.stem for path in FIGURES.glob("*.svg")} == set(rows) <= set(MODULES)


@pytest.mark.slow
@pytest.mark.parametrize("row", figure_rows(), ids=lambda row: row["module"])
def test_a_figure_shows_the_model_of_today(row) -> None:
    assert (FIGURES / f"{row['module']}.svg").read_text("utf-8") == module_figure(row), AGAIN
