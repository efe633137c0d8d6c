"""What every page and file says about the run: patients, failures, seed, model checksum, sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lekti.base.provenance import checksum
from lekti.patients.when import age_text

if TYPE_CHECKING:
    from lekti.population.result import Result

BUILT_IN = frozenset({"index"})
_ORDER = ("read", "secondary", "derived", "assumed")


@dataclass(frozen=True)
class RunRecord:
    """One run in figures; `numbers` counts the model's numbers by how they are known."""

    run: str
    date: str
    patients: int
    failed: int
    by_reference: int
    seed: int
    model: str
    numbers: Mapping[str, int]
    sources: tuple[str, ...]
    fitted: frozenset[str]
    command: str

    @property
    def short_model(self) -> str:
        """The checksum of the model, its first and last four digits."""
        return f"{self.model[:4]}…{self.model[-4:]}" if len(self.model) > 9 else self.model

    @property
    def rests_on(self) -> str:
        """What the model rests on in words, or nothing when the run does not say."""
        known = sorted(self.numbers, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
        counts = [f"{self.numbers[name]} {name}" for name in known]
        return ", ".join(counts).replace(" ", " numbers ", 1)


def run_record(result: Result) -> RunRecord:
    """Read the provenance of a result; what its attributes do not hold stays empty.

    The keys read are run_sha256, date, model_sha256, numbers, sources, fitted (JSON) and command.
    """
    attrs = {str(key): value for key, value in result.dataset.attrs.items()}
    model = str(attrs.get("model_sha256", ""))
    patients = int(result.dataset.sizes["patients"])
    fallback = checksum(f"{result.case!r}|{result.seed}|{patients}|{model}")
    return RunRecord(
        run=str(attrs.get("run_sha256", fallback))[:8],
        date=str(attrs.get("date", "")),
        patients=patients,
        failed=sum(outcome.startswith("failed") for outcome in result.outcomes),
        by_reference=sum(outcome.startswith("ok_reference") for outcome in result.outcomes),
        seed=result.seed,
        model=model,
        numbers=json.loads(attrs.get("numbers", "{}")),
        sources=tuple(json.loads(attrs.get("sources", "[]"))),
        fitted=frozenset(json.loads(attrs.get("fitted", "[]"))),
        command=str(attrs.get("command", "")) or _command(result, patients),
    )


def solved_in_words(record: RunRecord) -> str:
    """Return how many virtual patients there were and how many failed; none is ever dropped in silence."""
    again = f", {record.by_reference} solved again by the reference" if record.by_reference else ""
    patients = "1 virtual patient" if record.patients == 1 else f"{record.patients:,} virtual patients"
    return f"{patients}{again} · {record.failed} failed"


def _command(result: Result, patients: int) -> str:
    case = result.case.id if result.case.id in BUILT_IN else "CASE.yaml"
    until = age_text(float(result.dataset["times"].values[-1]))
    return f'lekti run {case} --patients {patients} --seed {result.seed} --until "{until}"'
