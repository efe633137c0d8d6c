"""The programs that are compared, and the process that each of them runs in."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass(frozen=True)
class Peer:
    """A program by the name of its module `workers/with_<program>.py`, and its name in print."""

    program: str
    title: str


LEKTI = Peer("lekti", "lekti, doubles")
MIXED = Peer("lekti_mixed", "lekti, float32 stages where the pilot agrees")
OWN = (LEKTI, MIXED)
PEERS = (
    Peer("numbalsoda", "numbalsoda (LSODA, compiled C)"),
    Peer("roadrunner", "libRoadRunner (CVODE)"),
    Peer("amici", "AMICI (CVODES)"),
    Peer("copasi", "COPASI (LSODA)"),
    Peer("scipy", "SciPy (LSODA, compiled C)"),
    Peer("diffrax", "diffrax (Kvaerno5, vmap)"),
)


class CannotRunError(Exception):
    """A program that cannot answer; the text says why."""


class Worker:
    """A program in its own process on one core: send a command, get one answer or a reason."""

    def __init__(self, peer: Peer, *, environments: Path, core: int | None) -> None:
        own = environments / peer.program / "bin" / "python"
        self.peer = peer
        self.process = subprocess.Popen(
            [str(own if own.exists() else sys.executable), str(HERE / "workers" / "worker.py"), peer.program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **dict.fromkeys(THREADS, "1")},
            text=True,
        )
        if core is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(self.process.pid, {core})

    def ask(self, limit: float, **command: Any) -> dict[str, Any]:
        """Return the answer; raise `CannotRunError` when it fails, dies, or takes more than limit seconds."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise CannotRunError("its process had ended") from error
        ready, _, _ = select.select([self.process.stdout], [], [], limit)
        if not ready:
            self.close()
            raise CannotRunError(f"more than {limit:g} s to {command['do']}")
        line = self.process.stdout.readline()
        if not line:
            raise CannotRunError(f"its process died ({self.process.wait()}) on {command['do']}")
        answer = json.loads(line)
        if "failed" in answer:
            raise CannotRunError(str(answer["failed"]))
        return answer

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def last_core() -> int | None:
    """Return the core that every program is held to, None where a process cannot be held to one."""
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
