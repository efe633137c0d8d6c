"""lekti's check of quotes accepts no wrong quote of the benchmark and nearly every right one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.quotes.checkers import Verdicts, lekti_verdicts
from benchmarks.quotes.quote_set import SEED, Case, QuoteSet, Source, make_set
from benchmarks.quotes.table import closing, errors, misses, table, times_as_fast

ROOT = Path(__file__).resolve().parents[2]
RECORD = b"1. J Inv. 2026;1(1):1.\n\nA title.\n\nSample A(1).\n\nItch fell by 4 points.\n\nPMID: 99000999\n"


def _checked(**choice: int) -> tuple[QuoteSet, Verdicts]:
    made = make_set(documents=False, **choice)
    return made, lekti_verdicts(made.sources, made.cases)


def test_a_tenth_of_the_records_holds_no_surprise() -> None:
    made, verdicts = _checked(every=10)
    assert sum(not case.right for case in made.cases) > 2000
    assert misses(made, verdicts, whole=False) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [SEED, 6, 11])
def test_the_whole_set_and_sets_of_other_seeds_hold_none(seed: int) -> None:
    made, verdicts = _checked(seed=seed)
    assert misses(made, verdicts, whole=True) == []


def _tiny(*cases: Case) -> QuoteSet:
    return QuoteSet(
        [Source("a.txt", "PubMed text", RECORD, {"abstract": "Itch fell by 4 points."})], list(cases)
    )


def test_a_checker_that_accepts_all_is_caught() -> None:
    made = _tiny(Case(0, "Itch fell by 5 points.", "digit changed", False))
    accepting = Verdicts("lekti", (True,), 0.1)
    assert errors(made, accepting).wrong_accepted["digit changed"] == 1
    assert "accepts 1 wrong" in misses(made, accepting, whole=False)[0]


def test_a_checker_that_rejects_all_is_caught() -> None:
    made = _tiny(Case(0, "Itch fell by 4 points.", "as written", True))
    rejecting = Verdicts("lekti", (False,), 0.1)
    assert "rejects 100.00%" in misses(made, rejecting, whole=False)[0]


def test_a_checker_that_could_not_run_is_named_with_its_reason() -> None:
    made = _tiny(Case(0, "Itch fell by 4 points.", "as written", True))
    assert misses(made, Verdicts("lekti", reason="is not there"), whole=False) == ["lekti: is not there"]


def test_a_check_that_is_not_ten_times_as_fast_is_caught() -> None:
    made = _tiny(Case(0, "Itch fell by 4 points.", "as written", True))
    fast, slow = Verdicts("lekti", (True,), 0.01), Verdicts("peer", (True,), 0.09)
    assert "9.0 times as fast" in misses(made, fast, slow, whole=False)[0]
    assert misses(made, fast, Verdicts("peer", (True,), 0.11), whole=False) == []
    assert misses(made, fast, Verdicts("peer", reason="absent"), whole=False) == []


def test_speed_is_told_with_reasons_and_without() -> None:
    right = Case(0, "Itch fell by 4 points.", "as written", True)
    made = _tiny(right, Case(0, "Itch fell by 5 points.", "digit changed", False))
    lekti, peer = Verdicts("lekti", (True, False), 0.04, 0.02), Verdicts("peer", (True, False), 0.24)
    assert misses(made, lekti, peer, whole=False) == []
    assert times_as_fast(lekti, peer).startswith("lekti checks 12.0 times as fast")
    assert "and 6.0 times with its reasons" in times_as_fast(lekti, peer)
    assert "100 checks per second, yes or no; 50 each" in "\n".join(closing(made, [lekti, peer]))
    assert "8 checks per second, each with its reason" in "\n".join(closing(made, [lekti, peer]))


def test_too_many_left_out_are_a_miss() -> None:
    made = _tiny(Case(0, "Itch fell by 5 points.", "digit changed", False))
    made.left_out["digit changed"] = 1
    assert (
        "50.0% of the wrong quotes are left out"
        in misses(made, Verdicts("lekti", (False,), 0.1), whole=False)[0]
    )


def test_the_table_has_a_column_for_each_checker_that_ran() -> None:
    made = _tiny(Case(0, "Itch fell by 5 points.", "digit changed", False))
    ran = [Verdicts("lekti", (False,), 0.1), Verdicts("linkml-reference-validator 0.4.0", (True,), 0.1)]
    lines = list(table(made, [*ran, Verdicts("absent", reason="no network")]))
    assert lines[0].split()[-4:] == ["out", "lekti", "LRV", "0.4.0"]
    assert lines[1].split()[-4:] == ["1", "0", "0", "1"]


def test_the_command_prints_the_table_and_ends_well_when_all_is_reached() -> None:
    command = [sys.executable, "-m", "benchmarks.quotes", "--alone", "--every", "40"]
    without_documents = os.environ | {"LEKTI_SHARED": str(ROOT / "tests")}
    done = subprocess.run(
        command, cwd=ROOT, env=without_documents, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wrong quotes, accepted" in done.stdout
    assert "the only rule: its exact words stand in the same section" in done.stdout
    assert done.stdout.rstrip().endswith("all that is wanted is reached")
