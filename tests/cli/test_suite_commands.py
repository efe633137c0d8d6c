"""`lekti sbml-suite run` and `lekti simulate`, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lekti.base.errors import AnswerIsNo, InputError, LektiError, MachineError
from lekti.cli.main import app

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="m">
<listOfParameters><parameter id="x" value="1" constant="false"/></listOfParameters><listOfRules>
<rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>2</cn></math></rateRule>
</listOfRules></model></sbml>"""
SETTINGS = "start: 0\nduration: 2\nsteps: 2\nvariables: x\nabsolute: 1e-6\nrelative: 1e-4\n"
RESULTS = "time,x\n0,1\n1,3\n2,5\n"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """Return a folder with one case that passes, and one that is refused."""
    algebraic = MODEL.replace('rateRule variable="x"', "algebraicRule").replace("/rateRule", "/algebraicRule")
    for case, text in (("00001", MODEL), ("00002", algebraic)):
        folder = tmp_path / "suite" / case
        folder.mkdir(parents=True)
        (folder / f"{case}-sbml-l3v2.xml").write_text(text, encoding="utf-8")
        (folder / f"{case}-settings.txt").write_text(SETTINGS, encoding="utf-8")
        (folder / f"{case}-results.csv").write_text(RESULTS, encoding="utf-8")
    return tmp_path / "suite"


def run(*words: object) -> str:
    found = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(found.exception, LektiError):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.output


def test_the_suite_is_counted(suite: Path) -> None:
    found = json.loads(run("sbml-suite", "run", suite, "--json"))
    assert found["passed"] == [{"case": "00001", "reason": "", "engine": "reference"}]
    assert found["refused"] == [{"case": "00002", "reason": "algebraic rules", "engine": ""}]
    assert found["failed"] == []
    assert found["use"]


def test_a_wrong_value_is_the_answer_no(suite: Path) -> None:
    (suite / "00001" / "00001-results.csv").write_text(RESULTS.replace("5", "6"), encoding="utf-8")
    with pytest.raises(AnswerIsNo, match="1 of 2 cases failed"):
        run("sbml-suite", "run", suite)


def test_a_model_is_simulated_into_a_table(suite: Path, tmp_path: Path) -> None:
    out, case = tmp_path / "out.csv", suite / "00001"
    words = (
        "simulate",
        case / "00001-sbml-l3v2.xml",
        "--settings",
        case / "00001-settings.txt",
        "--out",
        out,
    )
    assert "3 rows, 1 variables" in run(*words)
    rows = [[float(cell) for cell in row.split(",")] for row in out.read_text("utf-8").splitlines()[1:]]
    assert rows == [pytest.approx([0, 1]), pytest.approx([1, 3]), pytest.approx([2, 5])]
    with pytest.raises(MachineError, match="exists already"):
        run(*words)
    assert json.loads(run(*words, "--force", "--json"))["rows"] == 3


def test_antimony_is_simulated_too(suite: Path, tmp_path: Path) -> None:
    model, out = tmp_path / "m.ant", tmp_path / "out.csv"
    model.write_text("x = 1; x' = 2; at (time >= 1): x = 0;", encoding="utf-8")
    run("simulate", model, "--settings", suite / "00001" / "00001-settings.txt", "--out", out)
    assert out.read_text("utf-8").splitlines()[2] == "1.0,0.0"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("<cn>2</cn>", "<ci>q</ci>", "'q' has no meaning"), ("</model>", "", "not XML")],
)
def test_a_bad_model_leaves_no_file(suite: Path, tmp_path: Path, old: str, new: str, words: str) -> None:
    model, out = tmp_path / "m.xml", tmp_path / "out.csv"
    model.write_text(MODEL.replace(old, new), encoding="utf-8")
    with pytest.raises(LektiError, match=words):
        run("simulate", model, "--settings", suite / "00001" / "00001-settings.txt", "--out", out)
    assert not out.exists()


def test_an_unknown_engine_is_named(suite: Path) -> None:
    with pytest.raises(InputError, match="Engine 'gpu'"):
        run("sbml-suite", "run", suite, "--engine", "gpu")
