"""How likely a virtual patient is to show the signs that were seen in a person: a weight from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lekti.base.tables import Row, knowledge_table
from lekti.patients.case import Case

READOUTS = ("water_loss", "lekti")


def sign_weights(case: Case, readouts: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the chance of each virtual patient to show the signs of a case, shape [patients].

    `readouts` holds `water_loss` (untreated, over that of one's own healthy skin) and `lekti` (activity left
    from both alleles, 0 to 1). Within a group the least likely sign counts; groups multiply. What is not a
    number weighs 0. The curves are those of `knowledge/genetics/signs.tsv`, all assumed.
    """
    present = {feature.hpo for feature in case.features if feature.present}
    by_group: dict[str, np.ndarray] = {}
    for row in knowledge_table("genetics/signs.tsv"):
        if row["hpo"] in present and row["readout"]:
            chance = _chance(row, readouts[row["readout"]])
            before = by_group.get(row["group"])
            by_group[row["group"]] = chance if before is None else np.minimum(before, chance)
    weights = np.ones(len(readouts["lekti"]))
    for chance in by_group.values():
        weights = weights * chance
    return weights


def _chance(row: Row, values: np.ndarray) -> np.ndarray:
    """Return the chance of a sign along its readout: a Hill curve, falling for LEKTI."""
    half, power = row.number("half"), row.number("power")
    steep = -power if row["readout"] == "lekti" else power
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        chance = 1.0 / (1.0 + (values / half) ** -steep)
    return np.where(np.isfinite(values), chance, 0.0)
