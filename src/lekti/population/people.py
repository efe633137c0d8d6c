"""Virtual versions of one person: drawn, given their own healthy skin, and kept by the signs seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lekti.base.seeds import patient_generator, patient_shares
from lekti.engine.kernel import Kernel
from lekti.engine.run import Outcome, Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.genetics.residual import draw_residuals
from lekti.model.parameters import Parameter, load_parameters, weight_parameters
from lekti.model.system import System
from lekti.patients.case import Case
from lekti.population.affected import is_affected
from lekti.population.draw import draw_in_sets, draw_parameters
from lekti.population.given import schedule_of
from lekti.population.signs import sign_weights
from lekti.population.typical import Typical, origin_of

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""

TOLERANCE = Tolerance(relative=1e-5)
"""Of twins and of the untreated course that says who is affected."""

TRIES = 40
"""Draws per virtual patient before it is given up as one who would not show the signs seen."""

AFFECTED_RATIO = 1.6
"""Water loss over that of one's own healthy skin above which a virtual patient counts as affected.

Healthy volar forearm is 9.69 (SD 2.94) g/m²/h, n = 87 (tewl_forearm_healthy_young): mean + 2 SD is 1.6 times
the mean.
"""

HEALTHY_AGE_DAYS = 30 * 365.25
HEALTHY_DAYS = 1500.0
HEALTHY_PASSES = 2


@dataclass(frozen=True, eq=False)
class People:
    """Parameters of the virtual patients [patients, parameters], and how each came to be.

    `tries` counts the draws of each, `diseased` those of them that had the disease, and `prior_lekti` holds
    the LEKTI activity left in the first draw of each, before anything was asked of it. `typical` says where
    typical values come from.
    """

    parameters: np.ndarray
    outcomes: tuple[Outcome, ...]
    tries: np.ndarray
    diseased: np.ndarray
    prior_lekti: np.ndarray
    typical: str

    @property
    def acceptance(self) -> float:
        """The share of draws that were kept: 1 when nothing was asked."""
        return float(len(self.tries) / max(1, int(self.tries.sum())))

    @property
    def with_disease(self) -> float:
        """The share of prior draws that had the disease."""
        return float(self.diseased.sum() / max(1, int(self.tries.sum())))


def draw_people(
    system: System,
    case: Case,
    *,
    patients: int,
    seed: int,
    until_days: float,
    progress: Progress,
    kernel: Kernel,
    typical: Typical | None = None,
) -> People:
    """Draw virtual versions of the person of a case.

    Everyone gets parameters from the priors (or around the `typical` values of a calibration), residual LEKTI
    from the genotype, weight from the case, and the thickness and lipids of their own healthy twin. Where the
    case shows signs of Netherton syndrome, a draw is kept with the chance that it would show them
    (`sign_weights`; 0 for one whose untreated skin is healthy), and drawn again otherwise: what is kept
    follows the prior weighted by the signs.
    """
    matrix = np.empty((patients, len(system.parameters)))
    tries, diseased = np.zeros(patients, dtype=np.int64), np.zeros(patients, dtype=np.int64)
    prior_lekti = np.full(patients, np.nan)
    parameters = load_parameters()
    outcomes = [Outcome("failed", f"no draw showed the signs of the disease in {TRIES} tries")] * patients
    open_ones = np.arange(patients)
    for attempt in range(TRIES):
        if not len(open_ones):
            break
        drawn = candidates(system, case, parameters, open_ones, key=(seed, attempt), typical=typical)
        drawn = with_healthy_twin(system, drawn, kernel)
        drawn, water_loss, run = with_usual_ige(system, drawn, case, until_days, kernel)
        ends = run.outcomes
        drawn = with_measured_weight(system, drawn, case, kernel)
        lekti = lekti_left(system, drawn)
        if attempt == 0:
            prior_lekti = lekti
        weight = (water_loss > AFFECTED_RATIO) * sign_weights(
            case, {"water_loss": water_loss, "lekti": lekti}
        )
        chosen = patient_shares(seed, open_ones, "signs", attempt) < weight
        keep = chosen | (not is_affected(case)) | np.array([not end.ok for end in ends])
        matrix[open_ones] = drawn
        tries[open_ones] += 1
        diseased[open_ones] += water_loss > AFFECTED_RATIO
        for place in np.flatnonzero(keep):
            outcomes[open_ones[place]] = ends[place]
        open_ones = open_ones[~keep]
        progress("drawing people", patients - len(open_ones), patients)
    return People(matrix, tuple(outcomes), tries, diseased, prior_lekti, origin_of(typical))


def with_healthy_twin(system: System, matrix: np.ndarray, kernel: Kernel) -> np.ndarray:
    """Return the parameters with thickness and lipids of the same person with two normal alleles."""
    return healthy_twin(system, matrix, kernel)[0]


def healthy_twin(system: System, matrix: np.ndarray, kernel: Kernel) -> tuple[np.ndarray, np.ndarray]:
    """Return the parameters with thickness and lipids of the healthy twin, and the twin's water loss.

    The twin is the same person with two normal alleles, as an adult run to rest twice; two passes converge to
    well under 1 %. Water loss is over `tewl_healthy`: a twin above `AFFECTED_RATIO` is ill.
    """
    twin = matrix.copy()
    for name, value in (("lekti_allele_a", 1.0), ("lekti_allele_b", 1.0), ("age_start", HEALTHY_AGE_DAYS)):
        twin[:, _place(system, name)] = value
    thickness, lipids = _place(system, "thickness_healthy"), _place(system, "lipids_healthy")
    water_loss = np.full(len(twin), np.nan)
    for _ in range(HEALTHY_PASSES):
        run = simulate(
            system,
            twin,
            times=[HEALTHY_DAYS],
            outputs=["thickness", "lipids", "tewl"],
            solver=kernel,
            tolerance=TOLERANCE,
        )
        twin[:, thickness], twin[:, lipids] = run["thickness"][:, 0], run["lipids"][:, 0]
        water_loss = run["tewl"][:, 0] / twin[:, _place(system, "tewl_healthy")]
    full = matrix.copy()
    full[:, thickness], full[:, lipids] = twin[:, thickness], twin[:, lipids]
    return full, water_loss


def with_usual_ige(
    system: System,
    matrix: np.ndarray,
    case: Case,
    until_days: float,
    kernel: Kernel,
    *,
    also: Sequence[str] = (),
) -> tuple[np.ndarray, np.ndarray, Run]:
    """Return the parameters with `ige_usual` and `weight_usual`, the water loss, and the untreated run.

    The usual IgE is the untreated person's at the first drug in doses (or at the end of the run: an emollient
    from birth on says nothing of when), with clearance that follows the level; the usual weight is over the
    median. The water loss is that of the same moment over the person's own healthy one. The run also
    holds the outputs `also`.
    """
    starts = [treatment.start for treatment in case.course.treatments if not treatment.is_course]
    age = max(min([*starts, until_days]), 365.25)
    age_start = matrix[0, _place(system, "age_start")]
    run = simulate(
        system,
        matrix,
        times=[age - age_start],
        outputs=list(dict.fromkeys(["ige_moving", "tewl", "thriving", *also])),
        solver=kernel,
        tolerance=TOLERANCE,
    )
    full = matrix.copy()
    full[:, _place(system, "ige_usual")] = run["ige_moving"][:, 0]
    full[:, _place(system, "weight_usual")] = (
        matrix[:, _place(system, "weight_factor")] * run["thriving"][:, 0]
    )
    own_healthy = matrix[:, _place(system, "tewl_healthy")]
    return full, run["tewl"][:, 0] / own_healthy, run


def with_measured_weight(system: System, matrix: np.ndarray, case: Case, kernel: Kernel) -> np.ndarray:
    """Return the parameters of people who weigh what was measured, at the age and under the treatments then.

    How they thrive does not depend on their weight, so one run tells the factor; without a measured weight
    nothing changes.
    """
    weight, age = case.subject.weight_kg, case.subject.weight_age_days
    if weight is None or age is None:
        return matrix
    given = schedule_of(system, case, until_days=age)
    run = simulate(
        system,
        matrix,
        times=[age - matrix[0, _place(system, "age_start")]],
        doses=given.doses(system, matrix),
        outputs=["weight"],
        solver=kernel,
        tolerance=TOLERANCE,
    )
    ratio = weight / run["weight"][:, 0]
    full = matrix.copy()
    for name in ("weight_factor", "weight_usual"):
        full[:, _place(system, name)] *= ratio
    return full


def candidates(
    system: System,
    case: Case,
    parameters: Sequence[Parameter],
    who: np.ndarray,
    *,
    key: tuple[int, int],
    typical: Typical | None = None,
) -> np.ndarray:
    """Return the parameters of one draw for each of these virtual patients, by (seed, attempt).

    With `typical` values, each draw takes one of their sets at random: whoever is drawn again comes from
    another set, so that what is kept follows the calibration weighted by the signs.
    """
    seed, attempt = key
    matrix = np.tile(np.asarray(system.defaults), (len(who), 1))
    for name, value in weight_parameters(case.subject.sex).items():
        matrix[:, _place(system, name)] = value
    for name, values in _parameters(parameters, who, key, typical).items():
        matrix[:, _place(system, name)] = values
    for row, patient in enumerate(who):
        generator = patient_generator(seed, int(patient), f"genotype#{attempt}")
        a, b = draw_residuals(case.alleles, generator)
        matrix[row, _place(system, "lekti_allele_a")] = a
        matrix[row, _place(system, "lekti_allele_b")] = b
    return matrix


def _parameters(
    parameters: Sequence[Parameter], who: np.ndarray, key: tuple[int, int], typical: Typical | None
) -> dict[str, np.ndarray]:
    seed, attempt = key
    if typical is None:
        return draw_parameters(
            parameters, patients=[int(patient) for patient in who], seed=seed, attempt=attempt
        )
    sets = typical.sets_of(who, seed=seed, attempt=attempt)
    return draw_in_sets(
        parameters, patients=who, typical=lambda name: typical.of(name, sets), seed=seed, attempt=attempt
    )


def lekti_left(system: System, matrix: np.ndarray) -> np.ndarray:
    """Return the LEKTI activity left from both alleles, as a share of two normal ones."""
    return (matrix[:, _place(system, "lekti_allele_a")] + matrix[:, _place(system, "lekti_allele_b")]) / 2


def _place(system: System, name: str) -> int:
    return system.parameters.index(name)
