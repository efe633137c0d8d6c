"""How each kind of figure is read off a run of a published model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np

from lekti.base.errors import MachineError, ModelError
from lekti.base.seeds import patient_shares
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.model.published import published_numbers, published_system
from lekti.population.figures import Figure

PEOPLE = 4000
SEED = 1
TOLERANCE = Tolerance(relative=1e-8, absolute=1e-14)
UNTREATED, WEEKS = 1000.0, 24.0
"""Miyano 2021: weeks that lead to the untreated state, and weeks of treatment."""

EASI_75 = 75.0
SINGLE = (
    {},
    {"blocked_il13": 0.99},
    {"blocked_il17": 0.99},
    {"blocked_il22": 0.99},
    {"blocked_il31": 0.99},
    {"blocked_tslp": 0.99},
    {"blocked_ox40l": 0.99},
)
"""Placebo and six blocking drugs of Miyano 2021; dupilumab is what sorts people."""

DUPILUMAB = {"blocked_il4": 0.99, "blocked_il13": 0.99}


def value_of(figure: Figure) -> float:
    """Return what our run gives for a figure.

    Raises `ModelError` for a readout that is not known, `MachineError` if a run fails.
    """
    readings: Mapping[str, Callable[[Figure], float]] = {
        "easi": lambda one: _median_person(one)[0],
        "fall": lambda one: _median_person(one)[1],
        "mean": _people,
        "sd": _people,
        "share": _share,
        "ratio": _ratio,
        "poor": _poor,
        "half": _half,
        "trough": lambda one: float(
            _trough(one, published_system(one.model).parameter_row(**one.settings))[0]
        ),
        "peak": _peak,
        "level": lambda one: float(_at(one, one.settings, one.readout[1], [0.0])[0]),
        "resting": _resting,
    }
    if figure.readout[0] not in readings:
        raise ModelError(f"readout '{figure.readout[0]}'", where=figure.where, expected=", ".join(readings))
    return readings[figure.readout[0]](figure)


@cache
def virtual_people(model: str, *, people: int = PEOPLE, seed: int = SEED) -> np.ndarray:
    """Return parameters [people, parameters] of virtual people as the model's authors draw them.

    Numbers with a spread are log-normal and independent, but for a `<first>_<second>_correlation`.
    """
    from scipy.special import ndtri

    system = published_system(model)
    numbers = {one.id: one for one in published_numbers(model)}
    scores = {
        name: ndtri(patient_shares(seed, np.arange(people), f"{model} {name}"))
        for name, one in numbers.items()
        if one.spread
    }
    if "central_volume_elimination_ref_correlation" in numbers:
        link = numbers["central_volume_elimination_ref_correlation"].value
        first, second = scores["central_volume_ref"], scores["elimination_ref"]
        scores["elimination_ref"] = link * first + np.sqrt(1 - link**2) * second
    matrix = np.tile(np.asarray(system.defaults), (people, 1))
    for name, score in scores.items():
        one = numbers[name]
        matrix[:, system.parameters.index(name)] = one.value * np.exp(one.spread * score)
    return matrix


def _run(
    figure: Figure,
    matrix: np.ndarray,
    times: Sequence[float] | np.ndarray,
    output: str,
    doses: Doses | None = None,
) -> Run:
    run = simulate(
        published_system(figure.model),
        matrix,
        times=times,
        doses=doses,
        outputs=[output],
        solver=Kernel(),
        tolerance=TOLERANCE if len(matrix) == 1 else Tolerance(relative=1e-6),
    )
    if run.failures():
        raise MachineError(f"{len(run.failures())} runs of {figure.model} failed: {run.outcomes[0]}")
    return run


def _at(
    figure: Figure, settings: Mapping[str, float], output: str, times: Sequence[float] | np.ndarray
) -> np.ndarray:
    """Return one output of the typical person at times."""
    row = published_system(figure.model).parameter_row(**settings)
    return _run(figure, row, times, output)[output][0]


def _median_person(figure: Figure) -> tuple[float, float]:
    before, after = _at(figure, figure.settings, "easi", [UNTREATED, UNTREATED + WEEKS])
    return float(before), float(100 * (1 - after / before))


@cache
def _treated(model: str, settings: tuple[tuple[str, float], ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return EASI before treatment, and its fall in percent, of all virtual people."""
    system, matrix = published_system(model), virtual_people(model).copy()
    for name, value in settings:
        matrix[:, system.parameters.index(name)] = value
    run = simulate(
        system,
        matrix,
        times=[UNTREATED, UNTREATED + WEEKS],
        outputs=["easi"],
        solver=Kernel(),
        tolerance=Tolerance(relative=1e-6),
    )
    if run.failures():
        raise MachineError(f"{len(run.failures())} virtual people of {model} could not be followed")
    before, after = run["easi"].T
    return before, 100 * (1 - after / before)


def _people(figure: Figure) -> float:
    statistic, what = figure.readout[:2]
    if what == "trough":
        values = _trough(figure, virtual_people(figure.model, people=1000))
    else:
        before, fall = _treated(figure.model, tuple(figure.settings.items()))
        values = before if what == "before" else fall
    return float(values.mean() if statistic == "mean" else values.std(ddof=1))


def _share(figure: Figure) -> float:
    """Return the percentage of people whose EASI falls by so much, or a level as a share of what entered."""
    if figure.readout[1:] == ("75",):
        return float(100 * np.mean(_treated(figure.model, tuple(figure.settings.items()))[1] >= EASI_75))
    output, depth = figure.readout[1], float(figure.readout[2])
    entered = next(one.value for one in published_numbers(figure.model) if one.id == "pro_klk5_start")
    return float(_at(figure, figure.settings, output, [depth])[0]) / entered


def _ratio(figure: Figure) -> float:
    output, depth = figure.readout[1], float(figure.readout[2])
    without, with_lekti = (
        _at(figure, settings, output, [depth])[0] for settings in ({"lekti_start": 0.0}, {})
    )
    return float(without / with_lekti)


def _poor(figure: Figure) -> float:
    """Return EASI-75 in percent among people without EASI-75 on dupilumab; `best` of single drugs."""
    poor = _treated(figure.model, tuple(DUPILUMAB.items()))[1] < EASI_75
    tried = SINGLE if figure.readout[1] == "best" else (figure.settings,)
    falls = [_treated(figure.model, tuple(one.items()))[1][poor] for one in tried]
    return float(max(100 * np.mean(fall >= EASI_75) for fall in falls))


def _half(figure: Figure) -> float:
    """Return when junctions are half cut, or IgE half gone, in days."""
    output = figure.readout[1] if len(figure.readout) > 1 else "junctions"
    hours = 24.0 if output == "junctions" else 1.0
    coarse = np.linspace(0.0, 25.0 * hours, 1001)
    values = _at(figure, figure.settings, output, coarse)
    after = int(np.argmax(values < values[0] / 2))
    fine = np.linspace(coarse[after - 1], coarse[after], 1001)
    closer = _at(figure, figure.settings, output, fine)
    return float(np.interp(-values[0] / 2, -closer, fine)) / hours


def _trough(figure: Figure, matrix: np.ndarray) -> np.ndarray:
    """Return the level just before a dose; the readout ends in first dose, next doses, interval, day."""
    first, then, every, day = (float(word) for word in figure.readout[-4:])
    times = np.arange(0.0, day + 1, every)
    amounts = np.where(times == 0.0, first, then)
    people = np.repeat(np.arange(len(matrix)), len(times))
    doses = Doses(
        patient=people,
        time=np.tile(times, len(matrix)),
        target="depot",
        amount=np.tile(amounts, len(matrix)),
    )
    return _run(figure, matrix, [day], "concentration", doses)["concentration"][:, 0]


def _peak(figure: Figure) -> float:
    doses = Doses(patient=0, time=0.0, target="depot", amount=float(figure.readout[1]))
    row = published_system(figure.model).parameter_row(**figure.settings)
    course = _run(figure, row, np.linspace(0.0, 28.0, 1001), "concentration", doses)
    return float(course["concentration"].max())


def _resting(figure: Figure) -> float:
    level = _at(figure, figure.settings, "resting_level", [0.0])[0]
    return float(level / figure.settings["usual_ige"])
