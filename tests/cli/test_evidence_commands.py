"""`lekti evidence` says yes only when something was checked and stands."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lekti.base.errors import AnswerIsNo, LektiError
from lekti.base.provenance import USE
from lekti.cli.evidence_commands import app

RECORDS = Path(__file__).parents[1] / "material" / "records"
PAPER = RECORDS / "paper_twin.md"
QUOTE = "went down from 1078 IU/mL to 55.8 IU/mL"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def error_of(*arguments: str | Path) -> LektiError:
    error = run(*arguments).exception
    assert isinstance(error, LektiError)
    return error


def test_a_quote_that_stands_is_shown_in_its_place():
    result = run("check-quote", PAPER, QUOTE)
    assert result.exit_code == 0
    assert result.output.startswith("exact: ")
    assert f"[{QUOTE}]" in result.output


def test_a_quote_that_does_not_stand_names_the_token():
    result = run("check-quote", PAPER, QUOTE.replace("55.8", "558"))
    assert isinstance(result.exception, AnswerIsNo)
    assert "'558' in the quote is '55.8' in the record" in result.output


@pytest.mark.parametrize(("quote", "code"), [(QUOTE, 0), (QUOTE.replace("55.8", "558"), 1), ("short", 1)])
def test_quiet_answers_by_the_exit_code_alone(quote: str, code: int):
    result = run("check-quote", PAPER, quote, "--quiet")
    assert (result.exit_code, result.output) == (code, "")


def test_a_quote_is_checked_by_identifier_and_section():
    arguments = ("check-quote", "PMID:99900001", QUOTE, "--record-dir", RECORDS)
    assert run(*arguments, "--section", "abstract").exit_code == 0
    assert isinstance(run(*arguments, "--section", "title").exception, AnswerIsNo)


def test_json_carries_verdict_and_use():
    told = json.loads(run("check-quote", PAPER, QUOTE, "--json").output)
    assert told["stands"] is True
    assert told["verdict"] == "exact"
    assert told["use"] == USE
    refused = run("check-quote", PAPER, "never said in this record at all", "--json")
    assert json.loads(refused.stdout)["stands"] is False


@pytest.mark.parametrize("record", ["no-such-file.md", "PMID:", "PMID:3", "10.1/x", ".", "\x00", ""])
def test_a_record_that_is_not_there_is_exit_2_or_no(record: str):
    assert error_of("check-quote", record, QUOTE, "--record-dir", RECORDS).exit_code in (1, 2)


def test_claims_are_not_checked_without_their_records(tmp_path: Path):
    result = run("check", "--record-dir", tmp_path)
    assert isinstance(result.exception, AnswerIsNo)
    assert "0 pieces of evidence checked" in result.output
    told = json.loads(run("check", "--record-dir", tmp_path, "--json").stdout)
    assert told["good"] is False
    assert told["counts"]["checked"] == 0
    assert told["counts"]["record_missing"] > 50


def test_a_yaml_file_is_checked_against_a_folder(tmp_path: Path):
    file = tmp_path / "disease.yaml"
    file.write_text(f"evidence:\n- reference: PMID:99900001\n  snippet: {QUOTE}\n", "utf-8")
    result = run("check-yaml", file, "--record-dir", RECORDS, "--all")
    assert result.exit_code == 0
    assert "disease.yaml:3: PMID:99900001 exact" in result.output
    told = json.loads(run("check-yaml", file, "--record-dir", RECORDS, "--json").output)
    assert told["counts"]["passed"] == 1
    assert told["use"] == USE


def test_a_yaml_file_with_a_missing_record_or_a_wrong_snippet_is_a_no(tmp_path: Path):
    file = tmp_path / "disease.yaml"
    good = f"- reference: PMID:99900001\n  snippet: {QUOTE}\n"
    file.write_text(good + "- reference: PMID:5\n  snippet: any words at all\n", "utf-8")
    assert error_of("check-yaml", file, "--record-dir", RECORDS).exit_code == 1
    assert run("check-yaml", file, "--record-dir", RECORDS, "--allow-missing").exit_code == 0
    file.write_text(good.replace("1078", "1087"), "utf-8")
    assert error_of("check-yaml", file, "--record-dir", RECORDS).exit_code == 1
    file.write_text("a: [", "utf-8")
    assert error_of("check-yaml", file, "--record-dir", RECORDS).exit_code == 2
    assert error_of("check-yaml", tmp_path / "none.yaml").exit_code == 2
