"""The summary fits 80 columns, keeps its order, and loses nothing without colour."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from lekti.outputs.files import Written
from lekti.outputs.terminal import print_summary, summary_lines, theme
from lekti.outputs.tokens import DARK, LIGHT
from lekti.patients.case import Course, Exact
from lekti.population.result import Result

WRITTEN = Written(Path("out"))


def printed(
    result: Result, *, colour: bool = False, encoding: str = "utf-8", written: Written = WRITTEN
) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding)
    console = Console(file=file, force_terminal=colour, no_color=not colour, theme=theme({}), highlight=False,
                      color_system="truecolor" if colour else None, width=200)  # fmt: skip
    print_summary(result, written, console=console)
    file.flush()
    return raw.getvalue().decode(encoding)


def without_colour(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_no_line_is_wider_than_eighty_columns(result: Result) -> None:
    assert max(len(line) for line in printed(result).splitlines()) <= 80


def test_lines_come_in_the_order_of_the_report(result: Result) -> None:
    text = printed(result)
    marks = [
        "Index case",
        "IVIG ",
        "Dupilumab ",
        "Serum IgE",
        "Infections",
        "is credible",
        "seed 1",
        "Saved",
        "not medical",
    ]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)


def test_nothing_is_lost_without_colour(result: Result) -> None:
    coloured = printed(result, colour=True)
    assert "\x1b[" in coloured
    assert without_colour(coloured) == printed(result)


def test_there_are_no_boxes(result: Result) -> None:
    text = printed(result)
    assert not set(text) & set("│┌┐└┘├┤┼╭╮")
    assert text.count("─" * 80) == 2


def test_every_value_stands_beside_its_prediction(result: Result) -> None:
    text = " ".join(printed(result).split())
    assert "Serum IgE 1,078 IU/mL, 18 mo to 6.0 y: predicted" in text
    assert "inside from" in text
    assert "not measured" in text


def test_the_files_are_named(result: Result) -> None:
    assert "Saved  out/result.zarr  out/summary.parquet  out/report.html" in printed(result)
    long = Written(Path("a-rather-long-folder-name-for-results") / "of-one-boy")
    lines = printed(result, written=long).splitlines()
    assert sum("a-rather-long" in line for line in lines) == 3


def test_a_terminal_that_cannot_write_unicode_still_gets_the_summary(result: Result) -> None:
    assert "Serum IgE" in printed(result, encoding="ascii")


def test_a_case_without_treatment_or_value_has_a_summary(result: Result) -> None:
    case = replace(result.case, course=Course())
    text = printed(replace(result, case=case, comparisons=(), plans=None))
    assert "no treatment in this course" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_a_run_in_which_everyone_failed_has_a_summary(result: Result) -> None:
    nothing = result.dataset.map(lambda a: a * np.nan if a.dtype.kind == "f" else a)
    failed = replace(result, dataset=nothing, outcomes=("failed: x",) * 60, comparisons=(), plans=None)
    text = printed(failed)
    assert "60 failed" in text
    assert "not solved" in text
    assert "nan" not in text


def test_many_values_are_counted_not_listed(result: Result) -> None:
    many = tuple(
        replace(result.comparisons[0], id=str(n), when=Exact(500.0 + n), credibility=(), inside=True)
        for n in range(9)
    )
    text = printed(replace(result, comparisons=many, case=replace(result.case, course=Course())))
    assert "5 more values in the report" in text
    assert "9 values" in text


@pytest.mark.parametrize(("ground", "palette"), [("0;15", LIGHT), ("15;0", DARK), ("", DARK)])
def test_colours_follow_the_ground_of_the_terminal(ground: str, palette: object) -> None:
    found = theme({"COLORFGBG": ground}).styles["model"].color
    assert found is not None
    assert found.name.upper() == palette["model"]  # type: ignore[index]


def test_the_summary_is_about_as_long_as_the_table(result: Result) -> None:
    assert len(summary_lines(result, WRITTEN)) <= 33
