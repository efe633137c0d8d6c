"""`lekti record` keeps papers and pages, says what is wrong with them, and finds them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lekti.base.errors import AnswerIsNo, InputError, LektiError
from lekti.base.provenance import USE
from lekti.cli.record_commands import app

RECORDS = Path(__file__).parents[1] / "material" / "records"
PAPER, PAGE = RECORDS / "paper_twin.md", RECORDS / "page_twin.txt"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEKTI_RECORDS", str(tmp_path / "records"))
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LEKTI_OFFLINE", "1")
    return tmp_path / "records"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def done(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.exception
    return result.output


def refusal(*arguments: str | Path) -> LektiError:
    error = run(*arguments).exception
    assert isinstance(error, LektiError)
    return error


def test_a_paper_is_added_and_its_faults_are_told():
    told = done("add", PAPER)
    assert "Added PMID:99900001 (abstract) Immunoglobulin" in told
    assert "Found in copyright: 'Â©' stands for '©'" in told


def test_a_page_is_added_and_its_faults_are_told():
    told = done("add", PAGE)
    assert "leads to:" in told
    assert "names no reviewer" in told


def test_several_are_added_at_once_and_one_that_fails_stops_none():
    result = run("add", PAPER, "nothing.md", PAGE)
    assert isinstance(result.exception, InputError)
    assert "1 of 3 sources were not added" in str(result.exception)
    assert "2 records" in done("list")


def test_adding_tells_all_in_one_object(folder: Path):
    told = json.loads(done("add", PAPER, PAGE, "--json"))
    assert told["use"] == USE
    assert [each["outcome"] for each in told["added"]] == ["new", "new"]
    assert told["added"][0]["ids"][0] == "PMID:99900001"
    assert told["added"][0]["findings"][0]["code"] == "mojibake"
    assert (folder / told["added"][0]["file"]).read_bytes() == PAPER.read_bytes()


def test_any_text_is_taken_as_a_page(tmp_path: Path):
    page = tmp_path / "note.txt"
    page.write_text("The skin of people with Netherton syndrome is thin.", "utf-8")
    assert "--from-text" in str(refusal("add", page))
    assert "(page)" in done("add", "--from-text", page)
    assert "1 record in" in done("list")


def test_the_web_is_asked_only_for_what_is_no_file():
    done("add", PAPER)
    assert "LEKTI_OFFLINE" in str(refusal("add", "PMID:1"))


def test_the_same_paper_again_changes_nothing():
    done("add", PAPER)
    assert "Here already: PMID:99900001" in done("add", PAPER)


def test_other_words_need_force(tmp_path: Path):
    done("add", PAPER)
    other = tmp_path / "other.md"
    other.write_text(PAPER.read_text("utf-8").replace("55.8", "55.9"), "utf-8")
    assert "Add --force" in str(refusal("add", other))
    assert "Replaced PMID:99900001" in done("add", "--force", other)


def test_a_record_is_shown_under_any_identifier():
    done("add", PAPER)
    told = done("show", "https://doi.org/10.5555/lekti.twin.0001")
    assert told.startswith("PMID:99900001\nImmunoglobulin")
    assert "words, not to be quoted)" in told
    assert "from 1078 IU/mL" in " ".join(told.split())


def test_a_file_is_shown_without_being_added():
    assert "Short answer:" in done("show", PAGE)
    assert "No record" in done("list")


def test_a_section_is_shown():
    assert done("show", PAPER, "--section", "identifiers").split()[-1] == "99900001"
    error = refusal("show", PAPER, "--section", "methods")
    assert isinstance(error, AnswerIsNo)
    assert "abstract" in str(error)


def test_a_record_is_shown_as_an_object():
    told = json.loads(done("show", PAPER, "--json"))
    assert told["use"] == USE
    assert told["front_matter"]["year"] == "2026"
    assert {section["name"]: section["quotable"] for section in told["sections"]}["affiliations"] is False


def test_a_record_is_shown_in_another_layout():
    result = run("show", PAPER, "--form", "nbib")
    assert result.output.startswith("PMID- 99900001\nTI  - Immunoglobulin")
    assert done("show", PAPER, "--form", "markdown") == PAPER.read_text("utf-8")


def test_a_record_that_is_not_there_is_a_no():
    error = refusal("show", "PMID:1")
    assert isinstance(error, AnswerIsNo)
    assert "lekti record add PMID:1" in str(error)
    assert "neither a file nor an identifier" in str(refusal("show", "what?"))


def test_records_are_listed(folder: Path):
    assert "No record in" in done("list")
    done("add", PAPER, PAGE)
    (folder / "photo.txt").write_bytes(b"\x00")
    told = done("list")
    assert "2 records in" in told
    assert "PMID:99900001  2026  abstract, 1 finding  Immunoglobulin" in told
    assert "No record: photo.txt is a binary file" in told
    listed = json.loads(done("list", "--json"))
    assert (listed["use"], len(listed["records"]), len(listed["no_records"])) == (USE, 2, 1)


def test_a_folder_of_files_is_a_folder_of_records():
    told = json.loads(done("list", "--record-dir", RECORDS, "--json"))
    assert [record["id"] for record in told["records"]] == ["PMID:99900001", told["records"][1]["id"]]
    assert len(told["records"][0]["forms"]) == 6


def test_words_are_found():
    done("add", PAPER, PAGE)
    assert "PMID:99900001  abstract" in done("search", "c.1302+5G>C")
    found = json.loads(done("search", "dimmer", "enzymes", "--json"))
    assert [each["section"] for each in found["found"]] == ["answer"]


def test_words_that_stand_nowhere_are_a_no():
    error = refusal("search", "unicorn")
    assert isinstance(error, AnswerIsNo)
    result = run("search", "unicorn", "--json")
    assert json.loads(result.output)["found"] == []


def test_a_record_cannot_steer_the_terminal(tmp_path: Path):
    evil = tmp_path / "evil.txt"
    evil.write_text("TL;DR: \x1b[31mred\x1b]0;title\x07 skin\n", "utf-8")
    assert "\x1b" not in done("add", evil) + done("show", evil) + done("search", "skin")


@pytest.mark.parametrize("odd", ["", " ", "a" * 5000, "PMID:1;ls", "https://a b/", "\x1b[2J", "/"])
def test_an_odd_source_gets_one_sentence_and_no_line(odd: str):
    result = run("add", odd)
    assert isinstance(result.exception, InputError)
    assert result.output == ""
    assert "\n" not in str(result.exception)
    assert "\x1b" not in str(result.exception)
