"""`lekti cohort summary` tells a folder in words, in JSON, as a page and as a figure."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import pytest
from tests.population.packets import four_people, write_folder
from typer.testing import CliRunner

from lekti.base.errors import InputError, MachineError
from lekti.base.provenance import USE
from lekti.cli.main import app
from lekti.outputs.cohort_figure import cohort_figure
from lekti.outputs.cohort_words import signs_to_draw
from lekti.outputs.layout import LAYOUTS, Layout
from lekti.patients.cohort_files import read_cohort
from lekti.population.cohort import summarise

RUNNER = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "people", {**four_people(), "bad.json": "{"})


def answer(*words: object) -> str:
    given = ["cohort", "summary", *map(str, words)]
    return RUNNER.invoke(app, given, catch_exceptions=False, standalone_mode=False).output


def test_the_summary_fits_eighty_columns_and_names_what_it_left_out(folder: Path):
    lines = answer(folder).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("4 people from 3 records; pruritus in 4 of 4 assessed")
    assert "1 file is not in these counts:" in lines
    assert any("a.json and b.json: probably one person." in line for line in lines)


def test_json_holds_every_count(folder: Path):
    told = json.loads(answer(folder, "--json"))
    assert told["use"] == USE
    first = told["features"][0]
    assert (first["observed"], first["excluded"], first["assessed"], first["not_mentioned"]) == (4, 0, 4, 0)
    assert [each["file"] for each in told["refused"]] == ["bad.json"]
    assert told["duplicates"][0]["files"] == ["a.json", "b.json"]


def test_a_page_and_a_figure_are_written_once(folder: Path, tmp_path: Path):
    page, figure = tmp_path / "cohort.html", tmp_path / "cohort.svg"
    assert f"Saved {page}" in answer(folder, "--out", page)
    text = page.read_text("utf-8")
    assert "4 people from 3 records" in text
    assert not re.search(r"(?:src|href)=[\"']?https?://(?!pubmed)", text)
    answer(folder, "--out", figure)
    assert figure.read_text("utf-8").startswith("<svg")
    with pytest.raises(MachineError, match="exists already"):
        answer(folder, "--out", page)


def test_the_same_folder_gives_the_same_page(folder: Path, tmp_path: Path):
    answer(folder, "--out", tmp_path / "one.html")
    answer(folder, "--out", tmp_path / "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_page_of_another_kind_is_refused(folder: Path):
    with pytest.raises(InputError, match=r"ends in \.html or \.svg"):
        answer(folder, "--out", "cohort.pdf")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_labels_of_the_figure_do_not_overlap(folder: Path, layout: Layout):
    drawing = cohort_figure(signs_to_draw(summarise(read_cohort(folder))), layout)
    boxes = [text.box for text in drawing.texts()]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert all(box.right <= drawing.width + 1 and box.left >= -1 for box in boxes)
