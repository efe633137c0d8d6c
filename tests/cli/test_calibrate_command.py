"""`lekti calibrate` refuses in one sentence, and says what it keeps when it is stopped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lekti.cli.main import main


def lekti(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["lekti", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_ctrl_c_says_that_the_finished_steps_stay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lekti.population.calibrate.calibrate", stopped)
    assert lekti(monkeypatch, "calibrate", "--out", str(tmp_path / "steps")) == 130
    told = capsys.readouterr().err
    assert told == (
        f"lekti: Stopped; {tmp_path / 'steps'} keeps what is finished. The same command goes on there.\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sets", "9"), "10 to 5000"),
        (("--people", "1"), "2 to 500"),
        (("--steps", "0"), "1 to 20"),
        (("--each", "15"), "16 to 10000"),
        (("--seed", "-1"), "0 or above"),
        (("--without", "mars"), "one of"),
    ],
)
def test_a_number_or_a_word_that_cannot_be_is_refused_before_any_work(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    told: str,
) -> None:
    assert lekti(monkeypatch, "calibrate", "--out", str(tmp_path / "steps"), *words) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_cannot_be_written_is_told_before_the_steps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lekti.population.make_populations.shipped_folder", lambda: tmp_path / "missing")
    assert lekti(monkeypatch, "calibrate", "--out", str(tmp_path / "steps"), "--ship") == 2
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
