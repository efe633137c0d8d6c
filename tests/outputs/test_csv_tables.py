"""What a figure shows can be taken away as a table."""

from __future__ import annotations

import base64
import csv
import io

from lekti.base.provenance import USE
from lekti.outputs.compared import compared_rows
from lekti.outputs.course_figure import shown_panels
from lekti.outputs.csv_tables import compared_csv, course_csv, data_link, plans_csv, table_csv
from lekti.outputs.plans import compare_plans
from lekti.outputs.run_record import run_record
from lekti.population.result import Result


def read(text: str) -> list[dict[str, str]]:
    first, _, rest = text.partition("\r\n")
    assert first == f"# use: {USE}"
    return list(csv.DictReader(io.StringIO(rest, newline="")))


def test_the_course_has_unit_and_interval_in_every_row(result: Result) -> None:
    rows = read(course_csv(shown_panels(result)))
    assert {row["output"] for row in rows} >= {"ige", "tewl", "infection_rate"}
    assert all(row["unit"] and float(row["q05"]) <= float(row["q50"]) <= float(row["q95"]) for row in rows)


def test_the_plans_are_rows(result: Result) -> None:
    plans = compare_plans(result)
    assert plans is not None
    assert [row["plan"] for row in read(plans_csv(plans))] == [
        "No treatment",
        "IVIG alone",
        "IVIG and dupilumab",
    ]


def test_what_was_seen_is_rows(result: Result) -> None:
    rows = read(compared_csv(compared_rows(result, run_record(result))))
    assert [row["observed"] for row in rows][:2] == ["1,078 IU/mL", "55.8 IU/mL"]


def test_a_link_holds_the_whole_table() -> None:
    text = table_csv(["a"], [["µ"]])
    assert base64.b64decode(data_link(text).partition("base64,")[2]).decode("utf-8") == text


def test_no_cell_is_a_formula() -> None:
    (row,) = read(table_csv(["a", "b", "c"], [["=1+1", "-2.5", "@x"]]))
    assert (row["a"], row["b"], row["c"]) == ("'=1+1", "-2.5", "'@x")
