"""The posterior step of a calibration on the reduced skin; run this module for the table of the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lekti.population.ensemble import smooth
from verification.ranks import Ranks, rank_truths, standard_normal
from verification.reduced_skin import names, observed, readouts

SETS, STEPS = 200, 4
"""Those of `lekti calibrate` when nothing else is said."""


@dataclass(frozen=True)
class Problem:
    """One synthetic problem: how wide its prior is, and what disturbs what a set shows.

    `width` multiplies the prior SDs of the table. `noise` is the chance of few people in a set, in SDs of the
    observations' error; it stays the same for a set through all steps. `idle` parameters do nothing at all.
    With `gaps` nearly half of the sets of the prior are not plausible, and the truth is one that is.
    """

    id: str
    width: float
    noise: float = 0.0
    idle: int = 0
    gaps: bool = False


HALF = Problem("as in a calibration: half of the variance is shared", width=float(np.sqrt(0.5)))
WHOLE = Problem("all of the variance is shared", width=1.0)
TWICE = Problem("twice the SD: the problem bends more", width=float(np.sqrt(2.0)))
FEW = Problem("few people: noise of a set as large as the error", width=float(np.sqrt(0.5)), noise=1.0)
MANY = Problem("71 idle parameters beside the 15", width=float(np.sqrt(0.5)), idle=71)
GAPS = Problem("nearly half of the sets are not plausible", width=float(np.sqrt(0.5)), gaps=True)
HARDER = (WHOLE, TWICE, FEW, MANY, GAPS)


def is_plausible(scores: np.ndarray) -> np.ndarray:
    """Return which sets [sets] people can be drawn under: some combinations of four numbers are ruled out."""
    places = [names().index(name) for name in ("entry_half", "th2_gain", "klk5_supply", "strong_supply")]
    return np.asarray(scores[:, places] @ np.array([1.0, -1.0, -0.7, 0.7]) > -0.15)


def plausible_truth(generator: np.random.Generator, count: int) -> np.ndarray:
    """Return one truth of the prior that is plausible."""
    while True:
        truth = generator.standard_normal((1, count))
        if is_plausible(truth)[0]:
            return truth[0]


def ranks_of(problem: Problem, *, repeats: int, seed: int = 1, sets: int = SETS) -> Ranks:
    """Return the ranks of truths in the posteriors that the shipped smoother finds."""
    informed = len(names())

    def posterior(truth: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        seen = observed(readouts(truth[np.newaxis, :informed], width=problem.width)[0], generator)

        def predict(_: int, scores: np.ndarray) -> np.ndarray:
            shown = readouts(scores[:, :informed], width=problem.width) + chance
            return np.where(is_plausible(scores)[:, np.newaxis], shown, np.nan) if problem.gaps else shown

        chance = problem.noise * seen.deviations * generator.standard_normal((sets, len(seen.values)))
        found = smooth(
            generator.standard_normal((sets, len(truth))),
            seen,
            steps=STEPS,
            seed=int(generator.integers(2**31)),
            predict=predict,
        ).scores
        return found[is_plausible(found)] if problem.gaps else found

    every = (*names(), *(f"idle {place}" for place in range(problem.idle)))
    prior = plausible_truth if problem.gaps else standard_normal
    return rank_truths(posterior, every, repeats=repeats, seed=seed, prior=prior)


def table(found: Ranks) -> str:
    """Return the figures of each parameter as a table for the page."""
    lines = [
        "| parameter | SD left | 50 % holds | 90 % holds | error over SD | mean offset, SDs | uniform, p |",
        "|---|---|---|---|---|---|---|",
    ]
    columns = (
        100 * found.coverage(0.5),
        100 * found.coverage(0.9),
        found.confidence,
        found.bias,
        found.uniformity,
    )
    for name, left, half, most, sure, bias, p in zip(found.names, found.spread_left, *columns, strict=True):
        lines.append(
            f"| {name} | {left:.2f} | {half:.1f} % | {most:.1f} % | {sure:.2f} | {bias:+.2f} | {p:.3f} |"
        )
    return "\n".join(lines)


def summary(problem: Problem, found: Ranks) -> str:
    """Return the worst and mean figures of a problem as one row."""
    shown = found.ranks.shape[1] if not problem.idle else len(names())
    half, most, sure = (
        one[:shown] for one in (100 * found.coverage(0.5), 100 * found.coverage(0.9), found.confidence)
    )
    return (
        f"| {problem.id} | {half.min():.1f} to {half.max():.1f} % | {most.min():.1f} to {most.max():.1f} % "
        f"| {sure.min():.2f} to {sure.max():.2f} | {np.abs(found.bias[:shown]).max():.2f} |"
    )


if __name__ == "__main__":
    main = ranks_of(HALF, repeats=1000)
    print(table(main), summary(HALF, main), sep="\n\n")
    for other in HARDER:
        print(summary(other, ranks_of(other, repeats=400)), flush=True)
