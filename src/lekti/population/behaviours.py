"""Behaviours that must emerge: each held against virtual people, with the share for whom it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lekti.base.tables import knowledge_table
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.simulate import simulate
from lekti.model.netherton import netherton_system
from lekti.model.parameters import load_parameters
from lekti.model.system import System
from lekti.population.draw import draw_in_sets
from lekti.population.given import YEAR
from lekti.population.people import Progress, with_healthy_twin
from lekti.population.typical import Typical

AFFECTED, NEAR_HEALTHY = 1.6, 1.3
"""Water loss over that of one's own healthy skin: mean + 2 and + 1 SD of healthy forearms over their mean."""

START = 6 * YEAR
"""Age at which treatments of these people begin."""


@dataclass(frozen=True)
class Behaviour:
    """One behaviour: the share of people who show it, and whether the median person does."""

    id: str
    label: str
    role: str
    rule: str
    source: str
    share: float
    at_the_median: bool
    people: int


def behaviours(
    typical: Typical, *, people: int, seed: int, progress: Progress, kernel: Kernel | None = None
) -> tuple[Behaviour, ...]:
    """Return every behaviour of `behaviours.tsv`, on people with two null alleles unless it says else."""
    kernel = kernel or Kernel()
    matrix = _people(netherton_system(), typical, kernel, people=people, seed=seed)
    live = _Life(netherton_system(), matrix, kernel)
    found: list[Behaviour] = []
    table = knowledge_table("targets/behaviours.tsv")
    for place, row in enumerate(table):
        margins = JUDGES[row["id"]](live)
        solved = np.isfinite(margins).all(axis=1)
        each = (margins[solved] > 0).all(axis=1)
        found.append(
            Behaviour(
                row["id"], row["label"], row["role"], row["rule"], row["source"],
                share=float(each.mean()) if solved.any() else 0.0,
                at_the_median=bool(solved.any() and (np.median(margins[solved], axis=0) > 0).all()),
                people=int(solved.sum()),
            )
        )  # fmt: skip
        progress("testing behaviours", place + 1, len(table))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class _Life:
    """People with two null alleles, and how to follow them with some parameters set."""

    system: System
    matrix: np.ndarray
    kernel: Kernel

    def follow(
        self,
        ages: Sequence[float],
        outputs: Sequence[str],
        *,
        doses: tuple[str, float] | None = None,
        **set_to: float,
    ) -> Mapping[str, np.ndarray]:
        """Return outputs [people, ages]; doses every 28 days from `START` on are (target, amount)."""
        matrix = self.matrix.copy()
        for name, value in set_to.items():
            matrix[:, self.system.parameters.index(name)] = value
        birth = -float(matrix[0, self.system.parameters.index("age_start")])
        given = None if doses is None else self._doses(birth, max(ages), *doses)
        times = np.asarray(ages) + birth
        run = simulate(
            self.system, matrix, times=times, doses=given, outputs=list(outputs), solver=self.kernel
        )
        return {name: run[name] for name in outputs}

    def healthy_tewl(self, age: float) -> np.ndarray:
        """Return the water loss of the same people with two normal alleles."""
        return self.follow([age], ["tewl"], lekti_allele_a=1.0, lekti_allele_b=1.0)["tewl"][:, 0]

    def tewl(self, age: float, **set_to: float) -> np.ndarray:
        """Return water loss at an age."""
        return self.follow([age], ["tewl"], doses=None, **set_to)["tewl"][:, 0]

    def _doses(self, birth: float, until: float, target: str, amount: float) -> Doses:
        times = np.arange(START + birth, until + birth, 28.0)
        people = np.repeat(np.arange(len(self.matrix)), len(times))
        return Doses(patient=people, time=np.tile(times, len(self.matrix)), target=target, amount=amount)


def _people(system: System, typical: Typical, kernel: Kernel, *, people: int, seed: int) -> np.ndarray:
    number = np.arange(people)
    matrix = np.tile(np.asarray(system.defaults), (people, 1))
    drawn = draw_in_sets(
        load_parameters(), patients=number, typical=lambda name: typical.of(name, number), seed=seed
    )
    for name, values in drawn.items():
        matrix[:, system.parameters.index(name)] = values
    for name in ("lekti_allele_a", "lekti_allele_b"):
        matrix[:, system.parameters.index(name)] = 0.0
    matrix[:, system.parameters.index("blockade_response")] = 1.0
    return with_healthy_twin(system, matrix, kernel)


def _recessive(live: _Life) -> np.ndarray:
    age = 10 * YEAR
    healthy, carrier, null = live.healthy_tewl(age), live.tewl(age, lekti_allele_a=1.0), live.tewl(age)
    return np.stack([AFFECTED - carrier / healthy, null / healthy - AFFECTED], axis=1)


def _graded(live: _Life) -> np.ndarray:
    levels = (0.0, 0.1, 0.2, 0.35, 0.5, 1.0)
    by_level = [live.tewl(10 * YEAR, lekti_allele_a=left, lekti_allele_b=left) for left in levels]
    return -np.diff(np.stack(by_level, axis=1), axis=1)


def _rescue(live: _Life) -> np.ndarray:
    age = 10 * YEAR
    null, no7 = live.tewl(age), live.tewl(age, klk7_supply=0.0)
    no5, neither = live.tewl(age, klk5_supply=0.0), live.tewl(age, klk5_supply=0.0, klk7_supply=0.0)
    return np.stack(
        [null - no7, no7 - no5, no5 - neither, NEAR_HEALTHY - neither / live.healthy_tewl(age)], axis=1
    )


def _sealed(live: _Life) -> np.ndarray:
    open_skin = live.follow([10 * YEAR], ["th2", "ige"])
    column = live.system.parameters.index("entry_half")
    usual = float(live.system.parameter_row()[0, column])
    sealed = live.follow([10 * YEAR], ["th2", "ige"], entry_half=10 * usual)
    return np.stack(
        [0.5 - (sealed["th2"] / open_skin["th2"])[:, 0], (open_skin["ige"] - sealed["ige"])[:, 0]], axis=1
    )


def _dupilumab(live: _Life) -> np.ndarray:
    days = [0.0, 7.0, 42.0, 112.0, YEAR, 2 * YEAR, 3 * YEAR]
    names = ["itch_nrs", "ccl17", "ige", "tewl"]
    run = live.follow([START + day for day in days], names, doses=("dupilumab_depot", 300.0))
    itch, ccl17, ige = (run[name] / run[name][:, :1] for name in names[:3])
    fall = -np.log(ige)
    early, late = fall[:, 3] / 112.0, (fall[:, 6] - fall[:, 5]) / YEAR
    above = run["tewl"][:, 4] / live.healthy_tewl(START + YEAR) - NEAR_HEALTHY
    return np.stack([0.95 - itch[:, 1], 0.6 - ccl17[:, 2], ige[:, 2] - 0.5, early - 3 * late, above], axis=1)


def _ivig(live: _Life) -> np.ndarray:
    age = START + 2 * YEAR
    names = ["igg", "infection_rate"]
    given = live.follow([age], names, doses=("igg_central", 10.0))
    bare = live.follow([age], names)
    more, fewer = given["igg"] - bare["igg"], bare["infection_rate"] - given["infection_rate"]
    return np.concatenate([more, fewer], axis=1)


def _newborn(live: _Life) -> np.ndarray:
    days = np.arange(1.0, YEAR, 7.0)
    run = live.follow(list(days), ["water_loss_per_kg", "water_short"])
    early = days <= 56.0
    return np.stack([one[:, early].max(axis=1) - one[:, ~early].max(axis=1) for one in run.values()], axis=1)


def _atopic(live: _Life) -> np.ndarray:
    column = live.system.parameters.index("th2_gain")
    gain = 2 * float(live.system.parameter_row()[0, column])
    run = live.follow(
        [START, START + 112.0],
        ["tewl"],
        doses=("dupilumab_depot", 300.0),
        lipid_gene=0.5901,
        th2_gain=gain,
        lekti_allele_a=1.0,
        lekti_allele_b=1.0,
    )
    before, after = run["tewl"][:, 0], run["tewl"][:, 1]
    return np.stack([before / live.healthy_tewl(START) - AFFECTED, before - after], axis=1)


JUDGES: Mapping[str, Callable[[_Life], np.ndarray]] = {
    "recessive": _recessive,
    "graded": _graded,
    "rescue": _rescue,
    "sealed": _sealed,
    "dupilumab": _dupilumab,
    "ivig": _ivig,
    "newborn": _newborn,
    "atopic": _atopic,
}
"""What judges each behaviour: margins [people, conditions], all above 0 where a person shows it."""
