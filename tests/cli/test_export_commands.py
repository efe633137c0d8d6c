"""`lekti export dismech|kgx` writes whole files or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from lekti.base.errors import InputError, LektiError, MachineError
from lekti.cli.main import app
from lekti.outputs.dismech import check_shape
from lekti.outputs.petab import FILES


@pytest.fixture(autouse=True)
def no_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be no records and no anchors of one's own."""
    monkeypatch.setenv("LEKTI_RECORDS", str(tmp_path / "records"))
    monkeypatch.setenv("LEKTI_ANCHORS", str(tmp_path / "anchors.tsv"))


def _run(*words: str) -> str:
    found = CliRunner().invoke(app, ["export", *words], catch_exceptions=False)
    assert found.exit_code == 0
    return found.output


def _refusal(*words: str) -> LektiError:
    found = CliRunner().invoke(app, ["export", *words])
    assert isinstance(found.exception, LektiError)
    return found.exception


def test_the_dismech_entry_is_written_and_valid(tmp_path: Path) -> None:
    file = tmp_path / "netherton.yaml"
    said = json.loads(_run("dismech", "--out", str(file), "--json"))
    assert said["file"] == str(file)
    text = file.read_text("utf-8")
    assert text.startswith("# use: research and education; not for decisions about a person\n")
    check_shape(yaml.safe_load(text))
    assert isinstance(_refusal("dismech", "--out", str(file)), MachineError)


def test_the_graph_is_written_as_two_files(tmp_path: Path) -> None:
    folder = tmp_path / "kgx"
    for form in ("tsv", "jsonl"):
        said = json.loads(_run("kgx", "--out", str(folder), "--format", form, "--json"))
        nodes = (folder / f"nodes.{form}").read_text("utf-8").splitlines()
        edges = (folder / f"edges.{form}").read_text("utf-8").splitlines()
        head = int(form == "tsv")
        assert (said["nodes"], said["edges"]) == (len(nodes) - head, len(edges) - head)
    assert isinstance(_refusal("kgx", "--out", str(folder)), MachineError)


def test_a_wrong_option_is_one_sentence(tmp_path: Path) -> None:
    assert isinstance(_refusal("kgx", "--out", str(tmp_path / "x"), "--format", "xml"), InputError)
    assert not (tmp_path / "x").exists()
    (tmp_path / "file").write_text("x", "utf-8")
    assert "is no folder" in _refusal("kgx", "--out", str(tmp_path / "file")).sentence()
    assert isinstance(_refusal("dismech", "--json"), InputError)


def test_the_petab_problem_is_written_as_seven_files(tmp_path: Path) -> None:
    folder = tmp_path / "petab"
    said = json.loads(_run("petab", "--out", str(folder), "--json"))
    assert {path.name for path in folder.iterdir()} == {Path(one).name for one in said["files"]}
    assert len(said["files"]) == 7
    rows = (folder / "measurements.tsv").read_text("utf-8").splitlines()
    assert said["measurements"] == len(rows) - 1 > 10
    assert isinstance(_refusal("petab", "--out", str(folder)), MachineError)
    assert {one.name for one in folder.iterdir()} == set(FILES)
    (tmp_path / "file").write_text("x", "utf-8")
    assert isinstance(_refusal("petab", "--out", str(tmp_path / "file")), InputError)
