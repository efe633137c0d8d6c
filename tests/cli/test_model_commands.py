"""`lekti model`: shown, written out, and compared."""

from __future__ import annotations

import json
import sys

import libsbml
import pytest

from lekti.cli.main import main


def lekti(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["lekti", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_the_overview_lists_every_module(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "show") == 0
    told = capsys.readouterr().out
    for module in (
        "genotype",
        "proteolysis",
        "barrier",
        "water",
        "growth",
        "microbes",
        "alarms",
        "immunity",
        "ige",
        "itch",
        "igg",
    ):
        assert module in told


def test_a_module_shows_its_equations_and_where_its_numbers_come_from(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "show", "dupilumab") == 0
    told = capsys.readouterr().out
    assert "dupilumab_central' =" in told
    assert "Kovalenko 2020" in told
    assert "CL0309, CL0325." in told


def test_show_as_json_holds_the_numbers(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "show", "itch", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["id"] for one in told["parameters"]} >= {"itch_tau", "itch_by_il31"}
    assert all(one["provenance"] for one in told["parameters"])


def test_sbml_written_to_a_file_is_valid(monkeypatch, tmp_path, capsys):
    file = tmp_path / "netherton.xml"
    assert lekti(monkeypatch, "model", "export", "--sbml", "--out", str(file), "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["sha256"]) == 64
    document = libsbml.readSBMLFromFile(str(file))
    assert document.checkConsistency() == 0
    assert lekti(monkeypatch, "model", "export", "--out", str(file)) == 2
    assert lekti(monkeypatch, "model", "export", "--out", str(file), "--force") == 0


def test_antimony_goes_to_standard_output(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "export", "--antimony") == 0
    assert capsys.readouterr().out.startswith("// Netherton syndrome")


def test_the_number_of_layers_can_be_chosen(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "export", "--antimony", "--layers", "3") == 0
    told = capsys.readouterr().out
    assert "klk5_3'" in told
    assert "klk5_4'" not in told


@pytest.mark.parametrize(
    "words",
    [
        ("model", "show", "liver"),
        ("model", "export", "--sbml", "--antimony"),
        ("model", "export", "--layers", "1"),
        ("model", "export", "--json"),
        ("model", "compare", "--with", "matlab"),
        ("model", "compare", "--years", "0"),
    ],
)
def test_a_wrong_wish_is_one_sentence_and_exit_2(monkeypatch, capsys, words):
    assert lekti(monkeypatch, *words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_published_models_are_listed(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "published") == 0
    assert "fukuda_2024" in capsys.readouterr().out
    assert lekti(monkeypatch, "model", "published", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["models"]) == 5


def test_a_published_model_is_run_and_its_figures_are_told(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "published", "hayashi_2007") == 0
    assert "8 of 8 figures are found again" in capsys.readouterr().out
    assert lekti(monkeypatch, "model", "published", "fukuda_2024", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {row["id"]: row["holds"] for row in told["rows"]}["fukuda_lekti_effect"]


def test_a_published_model_that_misses_a_figure_answers_no(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "published", "kovalenko_2020") == 1
    told = capsys.readouterr()
    assert " differs " in told.out
    assert told.err.count("\n") == 1


def test_a_published_model_can_be_written_and_simulated(monkeypatch, tmp_path, capsys):
    file, out = tmp_path / "fukuda.ant", tmp_path / "out.csv"
    settings = tmp_path / "settings.txt"
    settings.write_text(
        "start: 0\nduration: 1\nsteps: 2\nvariables: klk5\nabsolute: 1e-9\nrelative: 1e-6\n", "utf-8"
    )
    assert lekti(monkeypatch, "model", "published", "fukuda_2024", "--out", str(file)) == 0
    assert lekti(monkeypatch, "simulate", str(file), "--settings", str(settings), "--out", str(out)) == 0
    last = out.read_text("utf-8").splitlines()[-1].split(",")
    assert float(last[1]) == pytest.approx(0.0730, rel=1e-3)
    sbml = tmp_path / "fukuda.xml"
    assert lekti(monkeypatch, "model", "published", "fukuda_2024", "--out", str(sbml)) == 0
    assert sbml.read_text("utf-8").startswith("<?xml")
    assert lekti(monkeypatch, "model", "published", "--out", str(sbml)) == 2
    assert lekti(monkeypatch, "model", "published", "nobody_1999") == 2
    capsys.readouterr()


def test_the_number_of_layers_is_studied_and_drawn(monkeypatch, tmp_path, capsys):
    figure = tmp_path / "layers.svg"
    assert lekti(monkeypatch, "model", "layers", "2", "3", "--figure", str(figure), "--json") == 0
    assert [row["layers"] for row in json.loads(capsys.readouterr().out)["rows"]] == [2, 3]
    assert figure.read_text("utf-8").startswith("<svg")
    assert lekti(monkeypatch, "model", "layers", "2", "3", "--figure", str(figure)) == 2
    assert lekti(monkeypatch, "model", "layers", "1", "3") == 2
    capsys.readouterr()
