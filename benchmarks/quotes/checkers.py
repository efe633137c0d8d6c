"""The checkers that are compared: lekti in this process, linkml-reference-validator in its own environment.

This file alone knows a checker; what makes the quotes does not import it.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmarks.quotes.install import CannotInstallError, python
from benchmarks.quotes.quote_set import Case, Source

STANDS = frozenset({"exact", "repaired", "elided"})
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Verdicts:
    """What a checker said per case, the seconds of processor time, or why it could not run.

    `seconds` is the time with the reason for each answer, `seconds_alone` that of yes or no alone, where a
    checker can leave the reason out.
    """

    name: str
    accepted: tuple[bool, ...] = ()
    seconds: float = 0.0
    seconds_alone: float = 0.0
    reason: str = ""

    @property
    def per_second(self) -> float:
        """Checks per second, with the reason for each answer."""
        return len(self.accepted) / self.seconds if self.seconds else 0.0

    @property
    def per_second_alone(self) -> float:
        """Checks per second without reasons; with them where the checker cannot leave them out."""
        return len(self.accepted) / self.seconds_alone if self.seconds_alone else self.per_second


def lekti_verdicts(sources: Sequence[Source], cases: Sequence[Case]) -> Verdicts:
    """Check all cases with lekti, with reasons and without; the two answers must be the same.

    Records are read before the clock starts, and made ready after it does.
    """
    from lekti.evidence.read_record import read_record

    if find_spec("lekti.evidence.quote") is None:
        return Verdicts("lekti", reason="this version has no check of quotes")
    quotes = import_module("lekti.evidence.quote")
    records = [read_record(source.content, name=source.name) for source in sources]
    accepted: list[bool] = []
    start = time.process_time()
    ready = [quotes.prepare(record) for record in records]
    for case in cases:
        verdict = quotes.check_quote(ready[case.source], case.quote, section=case.section)
        accepted.append(verdict.kind in STANDS)
    middle = time.process_time()
    ready = [quotes.prepare(record) for record in records]
    alone = [quotes.quote_stands(ready[case.source], case.quote, section=case.section) for case in cases]
    end = time.process_time()
    if alone != accepted:
        raise AssertionError("lekti answers otherwise when it leaves its reasons out")
    return Verdicts("lekti", tuple(accepted), middle - start, end - middle)


def peer_verdicts(sources: Sequence[Source], cases: Sequence[Case]) -> Verdicts:
    """Check all cases with linkml-reference-validator, on the same words in its own layout of a record."""
    name = "linkml-reference-validator"
    try:
        interpreter = python()
    except CannotInstallError as error:
        return Verdicts(name, reason=f"could not be installed: {error}")
    with tempfile.TemporaryDirectory() as folder:
        cache, task, answer = Path(folder) / "cache", Path(folder) / "task.json", Path(folder) / "answer.json"
        cache.mkdir()
        for i, source in enumerate(sources):
            (cache / f"PMID_{_number(i)}.md").write_text(_peer_record(i, source), "utf-8")
        quotes = [(f"PMID:{_number(case.source)}", case.quote) for case in cases]
        task.write_text(json.dumps({"cache": str(cache), "quotes": quotes}), "utf-8")
        done = subprocess.run(
            [interpreter, HERE / "lrv_worker.py", task, answer], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            return Verdicts(
                name, reason="could not be run: " + (done.stderr.strip().splitlines() or ["no reason"])[-1]
            )
        said = json.loads(answer.read_text("utf-8"))
    return Verdicts(f"{name} {said['version']}", tuple(said["accepted"]), said["seconds"])


def _number(i: int) -> int:
    return 99100000 + i


def _peer_record(i: int, source: Source) -> str:
    """Return the record as that program caches it: front matter, then all sections as prose."""
    title = source.sections.get("title", "A page of answers")
    front = f'---\nreference_id: "PMID:{_number(i)}"\ntitle: "{title}"\ncontent_type: full_text\n---\n\n'
    body = "\n\n".join(
        text for name, text in source.sections.items() if name not in ("title", "short answer")
    )
    return f"{front}# {title}\n\n## Content\n\n{body}\n"
