"""Whatever the machine refuses, the command says it in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lekti.cli.main import main


def lekti(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["lekti", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_output_that_takes_no_more_is_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "lekti.cli", "--version"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == "lekti: The output cannot be used: No space left on device.\n"


def test_too_little_memory_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def too_much(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("lekti.population.run_case.run_case", too_much)
    assert lekti(monkeypatch, "run", "index", "--out", str(tmp_path / "out")) == 2
    assert "fewer patients" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("run", "index", "--patients", "1000000000000"),
        ("run", "index", "--out", "x" * 300),
        ("run", "x" * 300),
        ("case", "import", "x" * 300, "--out", "case.yaml"),
        ("case", "export", "index", "--phenopacket", "--out", "x" * 300),
        ("model", "export", "--out", "x" * 300),
    ],
)
def test_a_number_or_a_name_beyond_the_machine_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lekti(monkeypatch, *words) == 2
    told = capsys.readouterr()
    assert told.err.startswith("lekti: ")
    assert told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are Unicode text there")
def test_a_file_name_that_is_no_unicode_text_runs_like_any_other(tmp_path: Path) -> None:
    case = os.fsdecode(b"case\xff.yaml")
    (tmp_path / case).write_text("""\
lekti_case: 1
id: mine
records: [own-record]
subject: {sex: male}
genotype: [unknown, unknown]
""")
    command = [sys.executable, "-m", "lekti.cli", "run", case, "--patients", "1", "--until", "1 year"]
    done = subprocess.run(
        [*command, "--out", os.fsdecode(b"out\xff")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    report = tmp_path / os.fsdecode(b"out\xff") / "report.html"
    assert "case?.yaml" in report.read_text("utf-8")


def test_an_error_is_one_line_without_control_signs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lekti(monkeypatch, "red\x1b[31m\nline" + "x" * 5000) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.strip().isprintable()
    assert len(told) < 2100
