"""`python -m benchmarks.speed`: lekti and its peers on the same models, patients, doses and outputs."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.peers import PEERS, last_core
from benchmarks.problems import PATIENTS, PROBLEMS
from benchmarks.race import Outcome, Terms, race, say
from benchmarks.speed_table import markdown


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the race and print its table."""
    said = _parser().parse_args(arguments)
    peers = [peer for peer in PEERS if peer.program in said.peers.split(",")]
    terms = Terms(
        environments=Path(said.environments).resolve(),
        core=last_core(),
        rtol=said.rtol,
        rounds=said.rounds,
        slice=said.slice,
        limit=said.limit,
    )
    outcomes, before = list[Outcome](), _load()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(said.folder or temporary).resolve()
        for name in said.models.split(","):
            patients = said.patients or PATIENTS[name]
            say(f"{name}: building {patients} patients")
            outcomes.append(race(PROBLEMS[name](patients), peers, terms, folder / name))
            print(markdown([outcomes[-1]]), flush=True)
            _write(said, outcomes, machine() | {"load before": before, "load after": _load()})
    print(said_of(machine() | {"load before": before, "load after": _load()}))


def machine() -> dict[str, str]:
    """Return what the numbers depend on: processor, cores, system, Python, and the day."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": platform.platform(),
        "python": platform.python_version(),
        "measured": datetime.now(UTC).strftime("%Y-%m-%d"),
    }


def said_of(facts: dict[str, str]) -> str:
    """Return facts as one line."""
    return " · ".join(f"{name}: {value}" for name, value in facts.items())


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    if not cpus.exists():
        return platform.processor()
    lines = [line for line in cpus.read_text("utf-8").splitlines() if line.startswith("model name")]
    return lines[0].split(":")[1].strip() if lines else platform.processor()


def _load() -> str:
    return " ".join(f"{value:.2f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def _write(said: argparse.Namespace, outcomes: Sequence[Outcome], facts: dict[str, str]) -> None:
    if said.json:
        found = {"machine": facts, "rtol": said.rtol, "models": [one.as_object() for one in outcomes]}
        Path(said.json).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if said.markdown:
        Path(said.markdown).write_text(markdown(outcomes) + "\n" + said_of(facts) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    add = parser.add_argument
    add("--models", default=",".join(PROBLEMS), help="which models, with commas between")
    add("--peers", default=",".join(peer.program for peer in PEERS), help="which programs")
    add("--patients", type=int, help="most patients per model (16 to 128, fewer for the large models)")
    add("--rtol", type=float, default=1e-6, help="relative tolerance of the peers (1e-6)")
    add("--rounds", type=int, default=3, help="interleaved rounds (3)")
    add("--slice", type=float, default=3.0, help="seconds of one program in one round (3)")
    add("--limit", type=float, default=240.0, help="seconds after which a program is given up (240)")
    add("--environments", default=".venv-peers", help="folder with one environment per peer, by its name")
    add("--folder", help="where models and compiled peers are kept; by default a temporary folder")
    add("--json", help="write the numbers to this file")
    add("--markdown", help="write the table to this file")
    return parser


if __name__ == "__main__":
    main()
