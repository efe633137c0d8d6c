"""`lekti validate`: a table, one JSON object, and one sentence for what is wrong."""

from __future__ import annotations

import json

import pytest

from lekti.cli.main import main
from lekti.population.shipped import model_key
from lekti.population.typical import Typical, prior_typical, write_typical

ROWS = """population\tregimen\treadout\ttime\tvalue\tspread
healthy_adults\tnone\ttewl\t-\t9.69\t-
healthy_adults\tnone\titch_separation\t4 weeks\t3\t-
"""


def said(monkeypatch, capsys, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["lekti", "validate", *words])
    with pytest.raises(SystemExit) as stopped:
        main()
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return str(path)


def test_the_json_object_has_rows_a_score_and_naive_predictors(own, monkeypatch, capsys):
    code, out, _ = said(monkeypatch, capsys, "--targets", own, "--sets", "2", "--people", "4", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["use"].startswith("research and education")
    assert {"id", "role", "observed", "median", "low", "high", "inside"} <= set(found["rows"][0])
    assert found["rows"][1]["median"] is None
    assert found["coverage"]["rows"] == found["score"]["rows"] == 1
    assert isinstance(found["naive"], dict)


def test_the_table_fits_the_screen_and_names_what_is_missing(own, monkeypatch, capsys):
    code, out, _ = said(monkeypatch, capsys, "--targets", own, "--sets", "2", "--people", "4")
    assert code == 0
    assert "predicted" in out
    assert "says nothing about 1 test row: row_2" in out
    assert max(map(len, out.splitlines()[:4])) <= 100


def test_typical_values_of_a_calibration_are_used(own, tmp_path, monkeypatch, capsys):
    prior = prior_typical(sets=2, seed=1)
    moved = Typical(prior.names, prior.scores + 1.0)
    write_typical(moved, tmp_path / "typical.parquet", about={"model_key": model_key()})
    words = ("--targets", own, "--sets", "2", "--people", "4", "--json")
    _, plain, _ = said(monkeypatch, capsys, *words)
    _, told, _ = said(monkeypatch, capsys, *words, "--typical", str(tmp_path / "typical.parquet"))
    assert json.loads(plain)["rows"][0]["median"] != json.loads(told)["rows"][0]["median"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--typical", "nowhere.parquet"), "nowhere.parquet holds no typical values"),
        (("--role", "best"), "--role 'best'"),
        (("--sets", "1"), "--sets 1"),
        (("--seed", "-1"), "--seed -1"),
        (("--targets", "nowhere.tsv"), "nowhere.tsv does not exist"),
    ],
)
def test_a_mistake_is_one_sentence(words, sentence, monkeypatch, capsys):
    code, out, err = said(monkeypatch, capsys, *words)
    assert (code, out) == (2, "")
    assert sentence in err
