"""`lekti case` writes whole files or none, lists what is lost, and says what it is for."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lekti.base.errors import InputError, LektiError, MachineError
from lekti.base.provenance import USE
from lekti.cli.case_commands import app
from lekti.patients.library import load_case

PACKET = Path(__file__).parents[1] / "material" / "phenopacket_invented.json"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def refusal(*arguments: str | Path) -> LektiError:
    """Return the error of a command that must fail with exit code 2."""
    error = run(*arguments).exception
    assert isinstance(error, LektiError)
    assert error.exit_code == 2
    return error


def test_import_writes_a_case_and_lists_what_is_left_out(tmp_path: Path):
    out = tmp_path / "case.yaml"
    result = run("import", PACKET, "--out", out)
    assert result.exit_code == 0
    assert load_case(out).alleles[0].label == "c.649C>T"
    assert "Not carried over:" in result.output
    assert "the date of birth" in result.output
    assert f"# use: {USE}" in out.read_text(encoding="utf-8")


def test_import_prints_one_object_with_its_use(tmp_path: Path):
    told = json.loads(run("import", PACKET, "--out", tmp_path / "case.yaml", "--json").output)
    assert told["use"] == USE
    assert told["left_out"]


def test_export_writes_a_packet_and_warns_that_it_can_identify_a_child(tmp_path: Path):
    out = tmp_path / "index.json"
    result = run("export", "index", "--phenopacket", "--out", out)
    assert result.exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "index"
    assert "can identify a child" in result.output
    told = json.loads(run("export", "index", "--phenopacket", "--out", out, "--force", "--json").output)
    assert (told["use"], told["warning"][:6]) == (USE, "A rare")


def test_export_needs_a_named_format(tmp_path: Path):
    assert "--phenopacket" in str(refusal("export", "index", "--out", tmp_path / "a.json"))


def test_check_tells_what_a_case_holds():
    result = run("check", "index")
    assert "index is a valid case." in result.output
    told = json.loads(run("check", "index", "--json").output)
    assert (told["valid"], told["use"], told["measurements"]) == (True, USE, 2)


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path):
    out = tmp_path / "case.yaml"
    out.write_text("mine", encoding="utf-8")
    for arguments in (("import", PACKET), ("export", "index", "--phenopacket")):
        assert isinstance(refusal(*arguments, "--out", out), MachineError)
        assert out.read_text(encoding="utf-8") == "mine"
    assert run("import", PACKET, "--out", out, "--force").exit_code == 0


def test_the_file_that_is_read_is_never_written(tmp_path: Path):
    packet = tmp_path / "packet.json"
    packet.write_bytes(PACKET.read_bytes())
    assert "is the file that is read" in str(refusal("import", packet, "--out", packet, "--force"))


BROKEN = {
    "missing": (None, "does not exist"),
    "empty": (b"", "is empty"),
    "binary": (b"\x89PNG\x00", "binary"),
    "truncated": (PACKET.read_bytes()[:900], "Broken JSON"),
    "other-disease": (PACKET.read_bytes().replace(b"ORPHA:634", b"ORPHA:455"), "ORPHA:455"),
    "huge": (b" " * 1_000_001, "at most 1 MB"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_bad_packet_is_refused_and_nothing_is_written(tmp_path: Path, kind: str):
    content, told = BROKEN[kind]
    packet, out = tmp_path / "packet.json", tmp_path / "case.yaml"
    if content is not None:
        packet.write_bytes(content)
    error = refusal("import", packet, "--out", out)
    assert isinstance(error, InputError)
    assert told in str(error)
    assert "packet.json" in str(error)
    assert not out.exists()


def test_a_folder_in_place_of_a_packet_is_refused(tmp_path: Path):
    assert "is a folder" in str(refusal("import", tmp_path, "--out", tmp_path / "case.yaml"))


def test_check_refuses_a_bad_case_with_its_line(tmp_path: Path):
    path = tmp_path / "case.yaml"
    path.write_text("lekti_case: 1\nid: a\nname: b\n", encoding="utf-8")
    assert "case.yaml:3" in str(refusal("check", path))


@pytest.mark.parametrize("command", ["import", "export", "check"])
def test_every_help_shows_an_example(command: str):
    assert f"Example: lekti case {command}" in run(command, "--help").output
