"""`lekti cite` answers for a claim, a module, the model and a result, in three forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lekti.base.errors import InputError, LektiError, MachineError
from lekti.cli.main import app


def _cite(*words: str) -> str:
    found = CliRunner().invoke(app, ["cite", *words], catch_exceptions=False)
    assert found.exit_code == 0
    return found.output


def _refusal(*words: str) -> LektiError:
    found = CliRunner().invoke(app, ["cite", *words])
    assert isinstance(found.exception, LektiError)
    return found.exception


def _result(folder: Path, **attributes: object) -> Path:
    """Write the description of a result of lekti, as zarr does."""
    inside = folder / "result.zarr"
    inside.mkdir(parents=True)
    (inside / "zarr.json").write_text(json.dumps({"attributes": attributes, "node_type": "group"}), "utf-8")
    return folder


def test_a_claim_is_cited_with_its_reason() -> None:
    text = _cite("CL0101")
    assert text.startswith("Johar R, Khojah A, Goronfolah L.")
    assert "Total IgE of the boy fell from 1078 to 55.8" in text
    assert "not for decisions about a person" in text


def test_a_module_is_cited_for_its_numbers() -> None:
    text = _cite("ige")
    assert "Hayashi" in text
    assert "number ige_half" in text
    assert "Kovalenko" not in text


def test_the_model_is_cited_whole() -> None:
    found = json.loads(_cite("model", "--json"))
    records = {one["record"] for one in found["records"]}
    assert {"PMID:17096680", "DOI:10.1002/cpdd.780", "PMID:19414552"} <= records
    assert found["use"].startswith("research and education")
    assert all(one["reasons"] for one in found["records"])


def test_a_result_is_cited_with_its_case_its_model_and_lekti(tmp_path: Path) -> None:
    sources = json.dumps(["PMID:40607310"])
    folder = _result(
        tmp_path / "out", model_sha256="0" * 64, run_sha256="abcd1234", case="index", case_sources=sources
    )
    for place in (folder, folder / "result.zarr"):
        found = json.loads(_cite(str(place), "--json"))
        by_record = {one["record"]: one["reasons"] for one in found["records"]}
        assert by_record["PMID:40607310"][0]["what"] == "values of the case index"
        assert by_record["lekti:model"][0]["what"] == "the program and model that made run abcd1234"
        assert "DOI:10.1371/journal.pcbi.1010368" in by_record


def test_bibtex_and_csl_are_written_to_files(tmp_path: Path) -> None:
    _cite("igg", "--format", "bibtex", "--out", str(tmp_path / "igg.bib"))
    assert "@article{cheng2025_" in (tmp_path / "igg.bib").read_text("utf-8")
    _cite("igg", "--format", "csl", "--out", str(tmp_path / "igg.json"))
    assert {one["type"] for one in json.loads((tmp_path / "igg.json").read_text("utf-8"))} >= {
        "article-journal"
    }
    assert isinstance(_refusal("igg", "--out", str(tmp_path / "igg.bib")), MachineError)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["CL9999"], "There is no claim CL9999."),
        (["nonsense"], "nonsense holds no result. Expected a claim such as CL0101, a module such as barrier"),
        (["CL0101", "--format", "word"], "--format word. Expected text or bibtex or csl."),
    ],
)
def test_a_wrong_word_is_one_sentence(words: list[str], sentence: str) -> None:
    refused = _refusal(*words)
    assert isinstance(refused, InputError)
    assert refused.sentence().startswith(sentence)


@pytest.mark.parametrize("text", ["", "[]", '{"attributes": 3}', '{"attributes": {}}', "\x00", "[" * 5000])
def test_a_hostile_result_is_one_sentence(tmp_path: Path, text: str) -> None:
    inside = tmp_path / "result.zarr"
    inside.mkdir()
    (inside / "zarr.json").write_text(text, "utf-8")
    assert "result of lekti" in _refusal(str(tmp_path)).sentence()
