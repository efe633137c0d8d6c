"""A reduced skin: the model's loop of proteases, barrier, Th2 and itch at rest, in 15 parameters.

It keeps what bends in the full model (titration of KLK5 by LEKTI, entry of allergen by a steep curve, Th2
that feeds itself and harms the barrier). It is solved by repetition: thousands of calibrations are cheap.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from lekti.base.tables import read_table
from lekti.population.ensemble import Observations

TABLE = Path(__file__).with_suffix(".tsv")
REPEATS = 50
"""Passes of the loop; what they give is the problem, also where a set would still move by a percent."""

ARMS = ("healthy", "atopic dermatitis", "atopic dermatitis on dupilumab", "no LEKTI")
DRUG_DAYS = 112.0
ERRORS = {
    "water loss, healthy": 0.25,
    "water loss, atopic dermatitis": 0.25,
    "change of water loss on dupilumab": 0.08,
    "change of itch on dupilumab": 0.03,
    "itch, atopic dermatitis": 0.1,
    "IgE, atopic dermatitis": 0.3,
    "change of IgE on dupilumab": 0.08,
    "change of Th2 on dupilumab": 0.05,
    "water loss, no LEKTI": 0.25,
    "IgE, no LEKTI": 0.3,
}
"""SD of the error of each readout, of the size of those between studies: of logs, or of shares."""


def parameters(scores: np.ndarray, *, width: float) -> dict[str, np.ndarray]:
    """Return each parameter [sets] at standard-normal scores [sets, 15]; `width` multiplies the prior SDs."""
    rows = read_table(TABLE.read_text("utf-8"), name=TABLE.name)
    return {
        row["id"]: row.number("value") * np.exp(width * row.number("log_sd") * scores[:, place])
        for place, row in enumerate(rows)
    }


def names() -> tuple[str, ...]:
    """Return the names of the parameters, in the order of the scores."""
    return tuple(row["id"] for row in read_table(TABLE.read_text("utf-8"), name=TABLE.name))


def readouts(scores: np.ndarray, *, width: float) -> np.ndarray:
    """Return what sets show, [sets, 10]: logarithms of levels, changes as shares of the start."""
    one = parameters(scores, width=width)
    tewl, th2, itch, ige = _at_rest(one)
    healthy, disease, treated, without = range(len(ARMS))
    gone = 0.6 + 0.4 * (1 - np.exp(-np.log(2) / one["plasma_long_half"] * DRUG_DAYS))
    return np.stack(
        [
            np.log(tewl[healthy]),
            np.log(tewl[disease]),
            tewl[treated] / tewl[disease] - 1,
            itch[treated] / itch[disease] - 1,
            np.log(itch[disease]),
            np.log(ige[disease]),
            (ige[treated] / ige[disease] - 1) * gone,
            th2[treated] / th2[disease] - 1,
            np.log(tewl[without]),
            np.log(ige[without]),
        ],
        axis=1,
    )


def observed(predicted: np.ndarray, generator: np.random.Generator) -> Observations:
    """Return observations of one truth [10] with errors drawn anew."""
    deviations = np.array(list(ERRORS.values()))
    return Observations(predicted + deviations * generator.standard_normal(len(deviations)), deviations)


def _at_rest(one: dict[str, np.ndarray]) -> Iterable[np.ndarray]:
    """Return water loss, Th2, itch and IgE at rest, [arms, sets] each."""
    blocked = np.minimum(one["blockade_max"], 0.999) * np.array([[0.0], [0.0], [1.0], [0.0]])
    lekti = one["strong_supply"] * np.array([[1.0], [1.0], [1.0], [0.02]])
    whole, less = np.ones_like(lekti[0]), one["lipid_gene_ad"]
    genes = np.stack([whole, less, less, whole])
    signal = np.full_like(genes, 0.2)
    for _ in range(REPEATS):
        free = _free(one["klk5_supply"] * (1 + 0.5 * signal), lekti / (1 + 0.5 * signal))
        klk = free / (free + 0.3)
        lipids = genes / (1 + one["lipid_by_th2"] * signal + one["lipid_by_klk"] * klk)
        resistance = (1 / 9.69 - 1 / 100) * (0.6 + 0.4 * np.exp(-1.2 * free)) * (lipids / 0.95) ** 2
        tewl = 1 / (1 / 100 + resistance)
        ratio = (tewl / one["entry_half"]) ** one["entry_power"]
        entry = ratio / (1 + ratio)
        call = one["th2_gain"] * entry * (1 + one["th2_by_il4"] * signal)
        th2 = 3 * call / (3 + call)
        signal = (signal + th2 * (1 - blocked)) / 2
    louder = 1 + one["itch_by_th2"] * signal
    itch = louder * (one["itch_by_il31"] * th2 + 0.2 * klk + 0.02)
    itch = 10 * itch / (itch + one["itch_half"] * (1 + one["itch_by_th2"]))
    return tewl, th2, itch, one["ige_production"] * signal * entry


def _free(enzyme: np.ndarray, inhibitor: np.ndarray, constant: float = 0.02) -> np.ndarray:
    """Return the enzyme that a tight inhibitor leaves free (Morrison)."""
    over = enzyme - inhibitor - constant
    return (over + np.sqrt(over**2 + 4 * constant * enzyme)) / 2
