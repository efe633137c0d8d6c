"""One model, every program in turn: errors against the reference first, then interleaved timing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from time import monotonic

import numpy as np

from benchmarks.peers import OWN, CannotRunError, Peer, Worker
from benchmarks.problems import Problem

REFERENCE = Peer("scipy", "reference")
REFERENCE_RTOL = 1e-11
CHECK_RTOL = 1e-9
LADDER = tuple(10.0 ** (-3.0 - step / 8.0) for step in range(49))
"""The tolerances that lekti is tried at, 1e-3 to 1e-9: eight to a decade."""

GROUP = 8
"""Patients come in groups of this many, so that no program is measured on half-empty vectors."""

LEAST_SECONDS = 0.3


@dataclass(frozen=True)
class Terms:
    """How the race is run: where environments are, which core, how long slices and limits are (seconds)."""

    environments: Path
    core: int | None
    rtol: float = 1e-6
    rounds: int = 5
    slice: float = 4.0
    limit: float = 300.0


@dataclass(frozen=True)
class Error:
    """Median and 95th percentile over patients of the worst relative error; how many patients failed."""

    median: float
    p95: float
    failed: int

    def no_worse(self, other: Error) -> bool:
        """Tell whether both numbers are no larger."""
        return self.median <= other.median and self.p95 <= other.p95 and self.failed <= other.failed


@dataclass(frozen=True)
class Finding:
    """One program on one model; `reason` says why it has no numbers. Rates are patients per second."""

    problem: str
    program: str
    title: str
    version: str = ""
    doses: str = ""
    patients: int = 0
    rate: float = 0.0
    error: Error | None = None
    lekti_rtol: float = 0.0
    lekti_rate: float = 0.0
    lekti_error: Error | None = None
    ratio: float = 0.0
    least_ratio: float = 0.0
    most_ratio: float = 0.0
    reason: str = ""
    lekti: str = ""


@dataclass(frozen=True)
class Outcome:
    """All findings of one model, and how far two independent references differ."""

    problem: str
    about: str
    patients: int
    agreement: Error
    findings: tuple[Finding, ...]

    def as_object(self) -> dict[str, object]:
        """Return the outcome as plain data."""
        return asdict(self)


class Entrant:
    """A program that has loaded the model and solved its patients once."""

    def __init__(self, peer: Peer, problem: Problem, folder: Path, terms: Terms) -> None:
        self.peer, self.folder, self.terms = peer, folder, terms
        self.worker = Worker(peer, environments=terms.environments, core=terms.core)
        loaded = self.worker.ask(terms.limit, do="load", folder=str(folder))
        self.version, self.doses = str(loaded["version"]), str(loaded["doses"])

    def seconds(self, patients: int, rtol: float, repeats: int = 1) -> float:
        """Return the processor seconds for the first patients."""
        answer = self.worker.ask(self.terms.limit, do="run", patients=patients, rtol=rtol, repeats=repeats)
        return float(answer["seconds"])

    def values(self, patients: int, rtol: float) -> np.ndarray:
        """Return the values [patients, times, outputs] of the first patients."""
        file = self.folder / f"values_{self.peer.program}.npy"
        self.worker.ask(self.terms.limit, do="run", patients=patients, rtol=rtol, save=str(file))
        return np.load(file)

    def affordable(self, most: int) -> int:
        """Return how many patients fit into one slice of time."""
        self.seconds(1, self.terms.rtol)
        each = self.seconds(1, self.terms.rtol)
        fitting = min(most, int(self.terms.slice / max(each, 1e-6)))
        return min(most, max(1, fitting // GROUP) * GROUP)


def race(problem: Problem, peers: Sequence[Peer], terms: Terms, folder: Path) -> Outcome:
    """Run every program on one model."""
    problem.write(folder)
    most = len(problem.parameters)
    say(f"{problem.name}: the reference, {most} patients")
    reference = Entrant(REFERENCE, problem, folder, terms)
    truth = reference.values(most, REFERENCE_RTOL)
    reference.worker.close()
    ladders = [Ladder(Entrant(own, problem, folder, terms), truth) for own in OWN]
    agreement = error_of(ladders[0].lekti.values(most, CHECK_RTOL), truth)
    say(f"{problem.name}: lekti at {CHECK_RTOL:g} differs by {agreement.median:.1e} / {agreement.p95:.1e}")
    ready, findings = list[Ready](), list[Finding]()
    for peer in peers:
        start = monotonic()
        try:
            ready.append(_prepared(peer, problem, folder, terms, ladders))
            say(f"{peer.title}: ready in {monotonic() - start:.0f} s, {ready[-1].patients} patients")
        except CannotRunError as error:
            findings.append(Finding(problem.name, peer.program, peer.title, reason=str(error)))
            say(f"{peer.title}: cannot run: {error}")
    times = _timed(ladders, ready, terms)
    findings += [
        _finding(problem.name, one, times[one.entrant.peer.program], ladder)
        for one in ready
        for ladder in ladders
    ]
    for entrant in [*(ladder.lekti for ladder in ladders), *(one.entrant for one in ready)]:
        entrant.worker.close()
    order = [peer.program for peer in peers]
    findings.sort(key=lambda finding: order.index(finding.program))  # keeps the order of precisions
    return Outcome(problem.name, problem.about, most, agreement, tuple(findings))


def _prepared(peer: Peer, problem: Problem, folder: Path, terms: Terms, ladders: Sequence[Ladder]) -> Ready:
    entrant = Entrant(peer, problem, folder, terms)
    patients = entrant.affordable(len(problem.parameters))
    error = error_of(entrant.values(patients, terms.rtol), ladders[0].truth[:patients])
    loosest = {ladder.program: ladder.loosest(error, patients) for ladder in ladders}
    return Ready(entrant, patients, error, loosest)


class Times:
    """Processor seconds per round, of a program and of lekti in each precision right after it.

    `failed` says why the program stopped, if it did.
    """

    def __init__(self) -> None:
        self.theirs = list[float]()
        self.own: dict[str, list[float]] = {own.program: [] for own in OWN}
        self.failed = ""


@dataclass(frozen=True, eq=False)
class Ready:
    """A program that can be timed: its patients, its error, and lekti's tolerances for no larger an error."""

    entrant: Entrant
    patients: int
    error: Error
    lekti_rtol: dict[str, float | None]


class Ladder:
    """lekti's error at each tolerance, measured once."""

    def __init__(self, lekti: Entrant, truth: np.ndarray) -> None:
        self.lekti, self.truth = lekti, truth
        self.known: dict[float, np.ndarray] = {}
        self.program = lekti.peer.program

    def error(self, rtol: float, patients: int) -> Error:
        """Return lekti's error over the first patients."""
        if rtol not in self.known:
            self.known[rtol] = self.lekti.values(len(self.truth), rtol)
        return error_of(self.known[rtol][:patients], self.truth[:patients])

    def loosest(self, error: Error, patients: int) -> float | None:
        """Return the loosest tolerance at which lekti's error is no worse, None when none of them is."""
        low, high = 0, len(LADDER) - 1
        if not self.error(LADDER[high], patients).no_worse(error):
            return None
        while low < high:
            middle = (low + high) // 2
            good = self.error(LADDER[middle], patients).no_worse(error)
            low, high = (low, middle) if good else (middle + 1, high)
        return LADDER[high]


def error_of(values: np.ndarray, truth: np.ndarray) -> Error:
    """Return the error over patients: the worst output's largest difference over its largest value."""
    scale = np.maximum(np.abs(truth).max(axis=1), 1e-12)
    worst = (np.abs(values - truth).max(axis=1) / scale).max(axis=1)
    good = worst[np.isfinite(worst)]
    if not len(good):
        raise CannotRunError("every patient failed")
    return Error(float(np.median(good)), float(np.quantile(good, 0.95)), int(len(worst) - len(good)))


def _timed(ladders: Sequence[Ladder], ready: Sequence[Ready], terms: Terms) -> dict[str, Times]:
    """Time each program and lekti in turns, round after round."""
    known = {one.entrant.peer.program: Times() for one in ready}
    for _ in range(terms.rounds):
        for one in ready:
            times = known[one.entrant.peer.program]
            if times.failed or sum(times.theirs) > 2 * terms.rounds * terms.slice:
                continue
            try:
                times.theirs.append(one.entrant.seconds(one.patients, terms.rtol))
            except CannotRunError as error:
                times.failed = str(error)
                continue
            for ladder in ladders:
                rtol = one.lekti_rtol[ladder.program] or LADDER[-1]
                times.own[ladder.program].append(_own_seconds(ladder.lekti, one.patients, rtol))
    return known


def _own_seconds(lekti: Entrant, patients: int, rtol: float) -> float:
    """Return lekti's seconds for the same patients, repeated until the clock can be trusted."""
    once = lekti.seconds(patients, rtol)
    return lekti.seconds(patients, rtol, repeats=max(1, int(LEAST_SECONDS / max(once, 1e-4))))


def _finding(problem: str, one: Ready, times: Times, ladder: Ladder) -> Finding:
    entrant, peer = one.entrant, one.entrant.peer
    base = Finding(problem, peer.program, peer.title, entrant.version, entrant.doses, one.patients)
    base, own = replace(base, lekti=ladder.lekti.peer.title), times.own[ladder.program]
    if times.failed or not own:
        return replace(base, reason=times.failed or "no round was run")
    found = one.lekti_rtol[ladder.program]
    rtol = found or LADDER[-1]
    ratios = sorted(theirs / ours for theirs, ours in zip(times.theirs, own, strict=True))
    return replace(
        base,
        rate=one.patients / median(times.theirs),
        error=one.error,
        lekti_rtol=rtol,
        lekti_rate=one.patients / median(own),
        lekti_error=ladder.error(rtol, one.patients),
        ratio=median(ratios),
        least_ratio=ratios[0],
        most_ratio=ratios[-1],
        reason="" if found else f"lekti at {rtol:g} is less exact: no ratio at equal error",
    )


def say(text: str) -> None:
    """Tell the person who waits what is going on."""
    print(text, file=sys.stderr, flush=True)
