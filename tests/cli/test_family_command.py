"""`lekti family` answers in words and in JSON, and words every mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lekti.base.errors import InputError, MachineError
from lekti.base.provenance import USE
from lekti.cli.main import app

RUNNER = CliRunner()
TRIO = "F1 I-1 0 0 1 1\nF1 I-2 0 0 2 1\nF1 II-1 I-1 I-2 1 2\nF1 II-2 I-1 I-2 2 1\n"


def answer(*words: str) -> str:
    result = RUNNER.invoke(app, ["family", *words], catch_exceptions=False, standalone_mode=False)
    return result.output


@pytest.fixture
def ped(tmp_path: Path) -> str:
    path = tmp_path / "trio.ped"
    path.write_text(TRIO, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["siblings", "cousins", "aunt"])
def test_a_built_in_family_is_answered_in_eighty_columns(name: str):
    lines = answer(name).splitlines()
    assert max(map(len, lines)) <= 80
    assert any("genetic counsellor" in line for line in lines)


def test_two_carriers_have_one_affected_child_in_four(ped: str):
    assert "1 in 4 will have Netherton syndrome. 3 in 4 will not." in answer(ped)


def test_json_is_one_object_with_its_use(ped: str):
    told = json.loads(answer(ped, "--json"))
    assert told["use"] == USE
    assert told["next_child"]["affected"]["value"] == pytest.approx(0.25)
    assert [each["id"] for each in told["people"]] == ["I-1", "I-2", "II-1", "II-2"]


def test_another_incidence_moves_what_depends_on_it(ped: str):
    rare = json.loads(answer(ped, "--incidence", "1/800000", "--json"))
    common = json.loads(answer(ped, "--incidence", "1/50000", "--json"))
    sisters = [each["people"][3]["affected_child_with_unrelated_partner"]["value"] for each in (rare, common)]
    assert sisters[1] == pytest.approx(4 * sisters[0], rel=0.01)


def test_another_couple_can_be_asked_about():
    told = json.loads(answer("siblings", "--couple", "II-3,II-2", "--json"))["next_child"]
    assert 1 / told["affected"]["value"] == pytest.approx(1344.6, abs=0.1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("siblings", "--couple", "II-3"), "two ids with a comma"),
        (("siblings", "--couple", "II-3,II-9"), "II-9 of the couple"),
        (("siblings", "--incidence", "0"), "a share above 0"),
        (("siblings", "--incidence", "often"), "is no share"),
        (("siblings", "--inbreeding", "0.9"), "a share from 0 to 0.25"),
        (("nobody",), "neither a file nor a built-in family"),
    ],
)
def test_a_wrong_option_is_one_sentence(words: tuple[str, ...], told: str):
    with pytest.raises(InputError, match=told):
        answer(*words)


def test_a_page_is_written_once_and_not_over_another(tmp_path: Path):
    out = tmp_path / "family.html"
    assert f"Saved {out}" in answer("siblings", "--out", str(out))
    assert "<title>The next child of I-1 and I-2" in out.read_text("utf-8")
    with pytest.raises(MachineError, match="exists already"):
        answer("siblings", "--out", str(out))
    answer("siblings", "--out", str(out), "--force")
