"""`lekti evidence list|show|anchor` on a store and a file of anchors of the test's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lekti.base.errors import AnswerIsNo, InputError, LektiError, MachineError
from lekti.cli.main import app

PAGE = """---
reference_id: "PMID:17096680"
title: "An invented report."
journal: J Invented
year: '2021'
content_type: abstract_only
---

# An invented report.
**Journal:** J Invented (2021)

## Content

In this invented report the half-life was 2.4 days in the serum of all. It was not 3.1 days.
"""
WORDS = "the half-life was 2.4 days in the serum"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let records and anchors live in a folder of the test."""
    records = tmp_path / "records"
    records.mkdir()
    monkeypatch.setenv("LEKTI_RECORDS", str(records))
    monkeypatch.setenv("LEKTI_ANCHORS", str(tmp_path / "anchors.tsv"))
    (tmp_path / "invented.md").write_text(PAGE, "utf-8")
    return tmp_path


def _run(*words: str) -> str:
    found = CliRunner().invoke(app, ["evidence", *words], catch_exceptions=False)
    assert found.exit_code == 0
    return found.output


def _refusal(*words: str) -> LektiError:
    found = CliRunner().invoke(app, ["evidence", *words])
    assert isinstance(found.exception, LektiError)
    return found.exception


def _add(folder: Path) -> None:
    added = CliRunner().invoke(app, ["record", "add", str(folder / "invented.md")], catch_exceptions=False)
    assert added.exit_code == 0


def test_claims_are_listed_by_topic_and_by_record() -> None:
    text = _run("list", "--topic", "case_report")
    assert "CL0101  Total IgE of the boy fell from 1078 to 55.8 IU/mL after dupilumab.  [anchored]" in text
    found = json.loads(_run("list", "--record", "PMC12221484", "--json"))
    assert len(found["claims"]) > 30
    assert all("PMID:40607310" in one["records"] for one in found["claims"])
    assert found["use"].startswith("research and education")


def test_a_claim_is_shown_with_the_answers_that_rest_on_it() -> None:
    assert "answer page (lekti explain) under 'How is it inherited?'" in _run("show", "CL0221")
    shown = json.loads(_run("show", "CL0221", "--json"))
    assert "How is it inherited?" in shown["answers"]
    assert _run("show", "CL0101").rstrip().endswith("rests on it: nothing")


def test_a_claim_is_anchored_and_then_shown_with_its_words(own_folder: Path) -> None:
    _add(own_folder)
    assert "the words were never checked" in _run("show", "CL0327")
    said = _run("anchor", "CL0327", "--quote", WORDS)
    assert said.splitlines()[0].startswith("CL0327.1\tabstract\t")
    assert WORDS not in said
    assert WORDS not in (own_folder / "anchors.tsv").read_text("utf-8")
    assert f"[[{WORDS}]]" in _run("show", "CL0327")
    shown = json.loads(_run("show", "CL0327", "--json"))
    assert shown["evidence"][0]["words"]["quoted"] == WORDS
    assert isinstance(_refusal("anchor", "CL0327", "--quote", WORDS), MachineError)


def test_a_claim_is_anchored_from_a_file_and_into_a_checkout(own_folder: Path) -> None:
    tree = own_folder / "knowledge"
    (tree / "claims").mkdir(parents=True)
    table = tree / "claims" / "anchors.tsv"
    table.write_text(
        "# A comment.\nevidence\tsection\tstart\tend\tquote_sha256\tprose_sha256\tanchored_on\n", "utf-8"
    )
    file = str(own_folder / "invented.md")
    said = _run("anchor", "CL0327", "--quote", WORDS, "--record", file, "--knowledge", str(tree), "--json")
    found = json.loads(said)
    assert found["anchor"]["evidence"] == "CL0327.1"
    assert table.read_text("utf-8").startswith("# A comment.\n")
    assert len(table.read_text("utf-8").splitlines()) == 3
    assert not (own_folder / "anchors.tsv").exists()


@pytest.mark.parametrize(
    ("words", "kind", "sentence"),
    [
        (["CL0327", "--quote", "the half-life was 2.5 days in the serum"], AnswerIsNo, "do not state 2.4"),
        (["CL0327", "--quote", "the half-life fell to 2.4 days"], AnswerIsNo, "PMID:17096680"),
        (["CL0401", "--quote", WORDS], InputError, "CL0401 rests on more than one record"),
        (
            ["CL0401", "--quote", WORDS, "--record", "PMID:17596512"],
            InputError,
            "PMID:17596512 is not at hand",
        ),
        (["CL9999", "--quote", WORDS], InputError, "There is no claim CL9999"),
        (
            ["CL0327", "--quote", WORDS, "--knowledge", "nowhere"],
            InputError,
            "nowhere holds no claims/anchors",
        ),
        (["CL0327", "--quote", WORDS, "--section", "methods"], LektiError, "PMID:17096680"),
    ],
)
def test_what_does_not_hold_is_one_sentence(
    own_folder: Path, words: list[str], kind: type[LektiError], sentence: str
) -> None:
    _add(own_folder)
    refused = _refusal("anchor", *words)
    assert isinstance(refused, kind)
    assert sentence in refused.sentence()
    assert not (own_folder / "anchors.tsv").exists()


def test_an_unknown_topic_names_the_topics() -> None:
    assert "Expected mechanism or case_report or" in _refusal("list", "--topic", "cooking").sentence()
