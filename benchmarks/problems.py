"""The questions that every program gets: one SBML, one table of patients, doses, times and outputs each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.networks import network
from benchmarks.peer_code import c_text, jax_text
from lekti.engine.kernel import Kernel
from lekti.model.assemble import assemble_sbml
from lekti.model.netherton import netherton_system
from lekti.model.parameters import load_parameters
from lekti.model.read_sbml import read_sbml
from lekti.model.system import System
from lekti.population.draw import draw_parameters
from lekti.population.people import with_healthy_twin

SEED = 20260101
SPREAD = 0.2
"""Log standard deviation of every parameter between patients of the toy and of the networks."""

YEAR = 365.25
WEEK = 7.0


@dataclass(frozen=True, eq=False)
class Problem:
    """One model, its patients [patients, parameters], and what is given and asked of each of them."""

    name: str
    about: str
    sbml: str
    system: System
    parameters: np.ndarray
    times: np.ndarray
    outputs: tuple[str, ...]
    dose_times: np.ndarray
    dose_amount: float
    dose_target: str

    def write(self, folder: Path) -> Path:
        """Write what a program in an environment without lekti needs, and return the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.xml").write_text(self.sbml, encoding="utf-8")
        (folder / "events.xml").write_text(with_dose_events(self), encoding="utf-8")
        (folder / "model.c").write_text(c_text(self.system, self.outputs), encoding="utf-8")
        (folder / "model_jax.py").write_text(jax_text(self.system, self.outputs), encoding="utf-8")
        varied = (self.parameters != self.system.defaults).any(axis=0)
        np.savez(
            folder / "problem.npz",
            parameters=self.parameters,
            parameter_names=np.array(self.system.parameters),
            varied=varied,
            states=np.array(self.system.states),
            outputs=np.array(self.outputs),
            times=self.times,
            dose_times=self.dose_times,
            dose_amount=self.dose_amount,
            dose_target=self.dose_target,
        )
        return folder


def toy(patients: int) -> Problem:
    """Return the toy: 30 states, 2 years, 40 doses, 8 outputs a week."""
    sbml = _sbml((Path(__file__).parent / "models" / "toy.ant").read_text("utf-8"))
    system = read_sbml(sbml, name="toy.xml")
    outputs = ("central", "complex", "signal5", "alarm", "effector", "antibody", "damage", "barrier")
    return Problem(
        name="toy",
        about=f"the toy, {len(system.states)} states, {len(system.parameters)} parameters",
        sbml=sbml,
        system=system,
        parameters=_spread(system, patients),
        times=np.arange(105) * WEEK,
        outputs=outputs,
        dose_times=3.5 + 17.5 * np.arange(40),
        dose_amount=300.0 / 40.0,
        dose_target="depot",
    )


def netherton(patients: int) -> Problem:
    """Return the Netherton model from 120 days before birth, doses every two weeks from half a year on."""
    system = netherton_system()
    drawn = np.tile(np.asarray(system.defaults), (patients, 1))
    for name, values in draw_parameters(load_parameters(), patients=range(patients), seed=SEED).items():
        drawn[:, system.parameters.index(name)] = values
    residual = np.random.default_rng(SEED).uniform(0.02, 0.3, (patients, 2))
    for column, name in enumerate(("lekti_allele_a", "lekti_allele_b")):
        drawn[:, system.parameters.index(name)] = residual[:, column]
    return Problem(
        name="netherton",
        about=f"our Netherton model, {len(system.states)} states, {len(system.parameters)} parameters",
        sbml=assemble_sbml(),
        system=system,
        parameters=with_healthy_twin(system, drawn, Kernel()),
        times=np.arange(121) * WEEK,
        outputs=("weight", "tewl", "itch_nrs", "ige", "ccl17", "dupilumab", "igg", "infection_rate"),
        dose_times=300.0 + 14.0 * np.arange(39) + 3.5,
        dose_amount=100.0,
        dose_target="dupilumab_depot",
    )


def network_problem(states: int, links: int, reach: int) -> Callable[[int], Problem]:
    """Return what builds a network of this size for a number of patients: 1 year, 12 doses, 8 outputs."""

    def build(patients: int) -> Problem:
        sbml = _sbml(network(states, links, reach=reach))
        system = read_sbml(sbml, name=f"network{states}.xml")
        return Problem(
            name=f"network{states}",
            about=f"a network of {states} states and {states * links} regulated flows",
            sbml=sbml,
            system=system,
            parameters=_spread(system, patients),
            times=np.arange(53) * WEEK,
            outputs=tuple(f"x{i}" for i in range(0, states, states // 8 or 1))[:8],
            dose_times=10.5 + 28.0 * np.arange(12),
            dose_amount=2.0,
            dose_target="x0",
        )

    return build


PROBLEMS: Mapping[str, Callable[[int], Problem]] = {
    "toy": toy,
    "netherton": netherton,
    "network10": network_problem(10, 2, 4),
    "network50": network_problem(50, 3, 6),
    "network200": network_problem(200, 4, 8),
}


PATIENTS: Mapping[str, int] = {
    "toy": 64,
    "netherton": 24,
    "network10": 128,
    "network50": 64,
    "network200": 16,
}
"""Patients of each problem when nothing is said: fewer where slow peers need minutes for one."""


def with_dose_events(problem: Problem) -> str:
    """Return the SBML with one event per dose, for programs that take doses as events."""
    import libsbml

    document: Any = libsbml.readSBMLFromString(problem.sbml)
    model: Any = document.getModel()
    for number, time in enumerate(problem.dose_times):
        event: Any = model.createEvent()
        event.setId(f"dose_{number}")
        event.setUseValuesFromTriggerTime(True)
        trigger: Any = event.createTrigger()
        trigger.setInitialValue(True)
        trigger.setPersistent(True)
        trigger.setMath(libsbml.parseL3Formula(f"time >= {float(time)!r}"))
        assignment: Any = event.createEventAssignment()
        assignment.setVariable(problem.dose_target)
        formula = f"{problem.dose_target} + {problem.dose_amount!r}"
        assignment.setMath(libsbml.parseL3Formula(formula))
    return str(libsbml.writeSBMLToString(document))


def _sbml(text: str) -> str:
    import antimony

    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(text) < 0:
        raise RuntimeError(antimony.getLastError())
    return str(antimony.getSBMLString(antimony.getMainModuleName()))


def _spread(system: System, patients: int) -> np.ndarray:
    """Return parameters that all vary between patients; compartments, being 1 by definition, do not."""
    factors = np.random.default_rng(SEED).lognormal(0.0, SPREAD, (patients, len(system.parameters)))
    for column, name in enumerate(system.parameters):
        if name == "body":
            factors[:, column] = 1.0
    return np.asarray(system.defaults) * factors
