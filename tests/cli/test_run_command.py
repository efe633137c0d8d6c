"""`lekti run` as a user meets it: files, one JSON object, one sentence per mistake, nothing half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xarray as xr

from lekti.cli.main import main
from lekti.cli.run_command import repeating_command

QUICK = ["--patients", "3", "--until", "6.5 years"]


def lekti(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["lekti", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_the_index_case_gives_three_files_and_a_summary(monkeypatch, tmp_path, capsys):
    out = tmp_path / "out"
    assert lekti(monkeypatch, "run", "index", *QUICK, "--out", str(out)) == 0
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "result.zarr", "summary.parquet"]
    told = capsys.readouterr().out
    assert "c.1302+5G>C, homozygous" in told
    assert "not medical advice" in told
    assert max(len(line) for line in told.splitlines() if str(tmp_path) not in line) <= 80
    dataset = xr.open_zarr(out / "result.zarr")
    assert dataset.sizes["patients"] == 3
    assert dataset.attrs["command"] == "lekti run index --patients 3 --seed 1 --until '6.5 years'"
    assert pq.read_table(out / "summary.parquet").num_rows > 100


def test_json_is_one_object_and_the_same_for_the_same_seed(monkeypatch, tmp_path, capsys):
    printed = []
    for name in ("a", "b"):
        assert lekti(monkeypatch, "run", "index", *QUICK, "--json", "--out", str(tmp_path / name)) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    told = json.loads(printed[0])
    assert told["case"] == "index"
    assert told["seed"] == 1
    assert told["use"] == "research and education; not for decisions about a person"
    assert [one["observed"] for one in told["measurements"]] == [1078, 55.8]
    for one in told["measurements"]:
        assert one["inside"] is None
        assert len(one["predicted"]["interval50"]) == len(one["predicted"]["interval90"]) == 2
        assert one["credibility"]
        assert set(one) >= {"inside_from", "inside_until", "when", "unit", "quantity"}
    assert (tmp_path / "a" / "report.html").read_bytes() == (tmp_path / "b" / "report.html").read_bytes()


def test_an_existing_folder_is_refused_before_any_work(monkeypatch, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    assert lekti(monkeypatch, "run", "index", "--out", str(tmp_path / "mine")) == 2
    assert lekti(monkeypatch, "run", "index", "--out", str(tmp_path / "mine"), "--force") == 2
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    assert "mine" in capsys.readouterr().err


def test_force_replaces_an_earlier_result(monkeypatch, tmp_path):
    words = ("run", "index", *QUICK, "--out", str(tmp_path / "out"))
    assert lekti(monkeypatch, *words) == 0
    assert lekti(monkeypatch, *words) == 2
    assert lekti(monkeypatch, *words, "--force") == 0


CASE = """\
lekti_case: 1
id: mine
records: [own-record]
subject: {sex: male, age: 6 years}
genotype: [{hgvs: "c.1302+5G>C"}, {hgvs: "c.1302+5G>C"}]
course:
  treatments:
    - id: dupilumab
      drug: dupilumab
      dose: 300 mg
      route: subcutaneous
      every: 4 weeks
      start: 6 years
      source: own-record
"""


@pytest.mark.parametrize(
    ("wrong", "line", "complaint"),
    [
        (("dose: 300 mg", "dose: -300 mg"), 10, "dose above 0"),
        (("drug: dupilumab", "drug: dupilumob"), 9, "dupilumab"),
        (("dose: 300 mg", "dose: 300 mL"), 10, "mL"),
        (("start: 6 years", "start: 6 years\n      stop: 5 years"), 14, "stop"),
        (("age: 6 years", "age: 600 years"), 4, "120 years"),
        (('c.1302+5G>C"}, {', 'c.1302+5G>>C"}, {'), 5, "variant description"),
        (("records: [", "records: [["), None, ""),
        (("id: mine", "id: mine\nname: Ali"), 3, "name"),
    ],
)
def test_a_mistake_in_a_case_file_is_one_sentence_with_file_and_line(
    monkeypatch, tmp_path, capsys, wrong, line, complaint
):
    file = tmp_path / "mine.yaml"
    file.write_text(CASE.replace(*wrong))
    assert lekti(monkeypatch, "run", str(file), "--out", str(tmp_path / "out")) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "Traceback" not in told
    assert "mine.yaml" in told
    assert line is None or f"mine.yaml:{line}" in told
    assert complaint in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("run", "nowhere.yaml"),
        ("run", "index", "--patients", "0"),
        ("run", "index", "--patients", "many"),
        ("run", "index", "--seed", "-1"),
        ("run", "index", "--until", "2 years"),
        ("run", "index", "--until", "soon"),
        ("run", "index", "--plan", "steroid"),
        ("run", "index", "--nope"),
        ("run",),
        ("sprint",),
    ],
)
def test_a_wrong_option_is_one_sentence_and_exit_2(monkeypatch, tmp_path, capsys, words):
    monkeypatch.chdir(tmp_path)
    assert lekti(monkeypatch, *words) == 2
    told = capsys.readouterr()
    assert told.err.startswith("lekti: ")
    assert told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_100_mb_is_refused_at_once(monkeypatch, tmp_path, capsys):
    file = tmp_path / "huge.yaml"
    with file.open("wb") as opened:
        opened.truncate(100_000_000)
    begin = time.perf_counter()
    assert lekti(monkeypatch, "run", str(file), "--out", str(tmp_path / "out")) == 2
    assert time.perf_counter() - begin < 5
    assert "100,000,000 bytes" in capsys.readouterr().err


HEARING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import lekti.cli.__main__"
"""Starts lekti so that it hears Ctrl-C even where the shell that runs the tests ignores it."""


def test_ctrl_c_leaves_nothing_that_looks_like_a_result(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HEARING, "run", "index", "--patients", "20000", "--out", "out"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    time.sleep(6)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told == "lekti: Stopped. Nothing was written.\n"
    assert list(Path(tmp_path).iterdir()) == []


def test_the_command_that_repeats_a_run_can_be_pasted():
    told = repeating_command("my case.yaml", 5, 2, until="8.5 years", plan="ivig,dupilumab")
    assert told == "lekti run 'my case.yaml' --patients 5 --seed 2 --until '8.5 years' --plan ivig,dupilumab"


def test_without_a_command_the_help_is_shown(monkeypatch, capsys):
    assert lekti(monkeypatch) == 0
    assert "Example: lekti run index" in capsys.readouterr().out


def test_the_version_is_told(monkeypatch, capsys):
    assert lekti(monkeypatch, "--version") == 0
    assert capsys.readouterr().out.startswith("lekti 0.")


@pytest.mark.parametrize("plan", ["none", "ivig", "dupilumab"])
def test_a_plan_with_fewer_treatments_runs_to_its_report(monkeypatch, tmp_path, plan):
    words = ("run", "index", *QUICK, "--plan", plan, "--out", str(tmp_path / "out"))
    assert lekti(monkeypatch, *words) == 0
    assert (tmp_path / "out" / "report.html").exists()
