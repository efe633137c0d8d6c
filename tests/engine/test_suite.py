"""Cases of the SBML Test Suite: a sample always, all of them among the long proofs."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.engine.kernel import Kernel
from lekti.engine.problem import Solver
from lekti.engine.reference import Reference
from lekti.engine.suite import Verdict, case_folders, judge_case, judged
from lekti.engine.suite_files import read_settings, results_text
from lekti.engine.suite_report import suite_object, suite_text

from .sbml_texts import call, parameters, rules, sbml

SUITE = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2] / ".." / "shared")) / "sbml-suite"
WITHOUT_EVENTS = [
    "00001", "00007", "00025", "00031", "00049", "00055", "00069", "00093", "00173", "00185", "00307",
    "00463", "00587", "00643", "00685", "00973", "01235", "01249", "01259", "01465", "01821",
]  # fmt: skip
WITH_EVENTS = [
    "00041", "00071", "00349", "00351", "00353", "00373", "00405", "00431", "00651", "00669", "00751",
    "00767", "00935", "00927", "00931", "00963", "01213", "01671", "01779",
]  # fmt: skip
REFUSED = {
    "comp": "01125",
    "fbc": "01187",
    "algebraic rules": "00039",
    "fast reactions": "00871",
    "delay": "00937",
}
SETTINGS = "start: 0\nduration: 2\nsteps: 4\nvariables: x\nabsolute: 1e-6\nrelative: 1e-4\namount:\n"
needs_suite = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the SBML Test Suite is not here; set LEKTI_SHARED to the folder that holds it"
)


def write_case(folder: Path, *, values: list[float], settings: str = SETTINGS) -> Path:
    """Write a case whose variable x falls as exp(-t), with the values expected."""
    case = folder / "00099"
    case.mkdir()
    text = sbml(parameters(x=1) + rules(rate={"x": call("minus", "x")}))
    (case / "00099-sbml-l3v2.xml").write_text(text, encoding="utf-8")
    (case / "00099-settings.txt").write_text(settings, encoding="utf-8")
    rows = results_text(("x",), np.arange(len(values)) / 2.0, np.array(values)[:, np.newaxis])
    (case / "00099-results.csv").write_text(rows, encoding="utf-8")
    return case


def test_a_case_passes_within_the_tolerance_and_fails_beyond_it(tmp_path: Path) -> None:
    exact = np.exp(-np.arange(5) / 2.0)
    inside = write_case(tmp_path, values=list(exact * (1 + 0.9e-4)))
    assert judge_case(inside, Reference(), "reference") == Verdict("00099", "passed", "", "reference")
    (tmp_path / "other").mkdir()
    outside = write_case(tmp_path / "other", values=list(exact * (1 + 1.2e-4)))
    found = judge_case(outside, Reference(), "reference")
    assert found.verdict == "failed"
    assert "x at time 0 is 1, expected 1.00012 (5 values differ)" in found.reason


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_missing_number_never_passes_as_a_number(tmp_path: Path, bad: float) -> None:
    values = [*np.exp(-np.arange(4) / 2.0), bad]
    assert judge_case(write_case(tmp_path, values=values), Reference(), "reference").verdict == "failed"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("steps: 4", "steps: many", "steps 'many'"),
        ("steps: 4", "steps: 1e12", "1 to 1,000,000"),
        ("duration: 2", "", "'duration' is missing"),
        ("duration: 2", "duration: 0", "duration 0"),
        ("variables: x", "variables:", "No variables"),
        ("absolute: 1e-6", "absolute: nan", "absolute nan"),
    ],
)
def test_settings_that_cannot_be_used_are_one_sentence(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "s.txt"
    path.write_text(SETTINGS.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_settings(path)


def test_a_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no cases"):
        case_folders(tmp_path)


def test_the_report_counts_passed_refused_and_failed() -> None:
    verdicts = [
        Verdict("1", "passed", "", "kernel"),
        Verdict("2", "passed", "the kernel does not hold events", "reference"),
        Verdict("3", "refused", "delay"),
        Verdict("4", "failed", "x at time 1 is 2, expected 3", "kernel"),
    ]
    text = suite_text(verdicts, "kernel")
    assert "1  by the reference: the kernel does not hold events" in text
    assert "4  x at time 1 is 2" in text
    found = suite_object(verdicts, "kernel")
    assert found["refused"] == [{"case": "3", "reason": "delay", "engine": ""}]
    assert "use" in found


@needs_suite
@pytest.mark.parametrize("case", WITHOUT_EVENTS + WITH_EVENTS)
def test_a_sample_of_the_suite_passes_on_the_reference(case: str) -> None:
    assert judge_case(SUITE / case, Reference(), "reference") == Verdict(case, "passed", "", "reference")


@needs_suite
@pytest.mark.parametrize("case", WITHOUT_EVENTS[::4] + WITH_EVENTS[::10])
def test_a_sample_of_the_suite_passes_on_the_kernel_or_says_who_solved_it(case: str) -> None:
    found = judge_case(SUITE / case, Kernel(), "kernel")
    assert found.verdict == "passed"
    assert (found.engine == "reference") == bool(found.reason)


@needs_suite
@pytest.mark.parametrize("reason", sorted(REFUSED))
def test_what_lekti_does_not_hold_is_refused_with_its_name(reason: str) -> None:
    assert judge_case(SUITE / REFUSED[reason], Reference(), "reference").reason == reason


@needs_suite
@pytest.mark.slow
@pytest.mark.parametrize("solver", [Reference(), Kernel()], ids=["reference", "kernel"])
def test_the_whole_suite_passes_or_is_refused_by_name(solver: Solver) -> None:
    found = list(judged(case_folders(SUITE), solver, "either"))
    assert [verdict for verdict in found if verdict.verdict == "failed"] == []
    assert {verdict.reason for verdict in found if verdict.verdict == "refused"} <= set(REFUSED)
    counts = Counter(verdict.verdict for verdict in found)
    told = {row["id"]: row["figure"] for row in knowledge_table("credibility/proofs.tsv")}
    assert counts == {name: int(told[f"suite_{name}"]) for name in ("passed", "refused")}
