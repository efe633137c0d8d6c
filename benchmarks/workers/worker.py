"""One program in its own process: reads commands as JSON lines, solves the patients named, says how long.

Runs in an environment that may hold nothing but NumPy and the program. Start: `python worker.py PROGRAM`.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO


@dataclass(frozen=True, eq=False)
class Question:
    """A problem as it was written to a folder: see `Problem.write` in `benchmarks/problems.py`."""

    folder: Path
    arrays: Any

    def __getattr__(self, name: str) -> Any:
        value = self.arrays[name]
        return value.item() if value.ndim == 0 else value

    @property
    def names(self) -> list[str]:
        """Return the names of the parameters."""
        return [str(name) for name in self.parameter_names]

    @property
    def varying(self) -> list[int]:
        """Return the places of the parameters that differ between patients or from the SBML."""
        return [int(i) for i in self.varied.nonzero()[0]]

    @property
    def wanted(self) -> list[str]:
        """Return the names of the outputs."""
        return [str(name) for name in self.outputs]

    def segments(self) -> list[tuple[float, float, Any]]:
        """Return (start, end, output times after the start up to the end) between doses, in order."""
        end = float(self.times[-1])
        edges = [0.0, *(float(t) for t in self.dose_times if 0.0 < t < end), end]
        return [(a, b, self.times[(self.times > a) & (self.times <= b)]) for a, b in pairwise(edges)]


def read_question(folder: str) -> Question:
    """Return the problem of a folder."""
    import numpy as np

    with np.load(Path(folder) / "problem.npz") as stored:
        return Question(Path(folder), {name: stored[name] for name in stored.files})


def main(program: str) -> None:
    """Answer commands until the input ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a program prints must not stand between the answers
    peer: Any = None
    for line in sys.stdin:
        command = json.loads(line)
        try:
            if command["do"] == "load":
                peer = importlib.import_module(f"with_{program}").load(read_question(command["folder"]))
                _say(answers, {"version": peer.version, "doses": peer.doses})
            else:
                _say(answers, _run(peer, command))
        except Exception as error:
            _say(answers, {"failed": f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"})


def _run(peer: Any, command: dict[str, Any]) -> dict[str, float]:
    import numpy as np

    who, wall = list(range(command["patients"])), time.perf_counter()
    start, repeats = _seconds(), int(command.get("repeats", 1))
    values = peer.solve(who, command["rtol"])
    for _ in range(repeats - 1):
        values = peer.solve(who, command["rtol"])
    seconds = _seconds() - start
    if command.get("save"):
        np.save(command["save"], values)
    return {"seconds": seconds / repeats, "wall": (time.perf_counter() - wall) / repeats}


def _seconds() -> float:
    """Return the processor time of this process: waiting for other programs does not count."""
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def _say(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
