"""The calibration as the files of a PEtab problem, version 2: tables, SBML, and what PEtab cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lekti.base.provenance import USE, versions
from lekti.model.netherton import model_checksum
from lekti.model.remember import sbml_remembering
from lekti.population.petab_problem import AT_START, CLOCK, PetabProblem

PROBLEM = "problem.yaml"
MODEL = "netherton.xml"
TABLES = tuple(
    f"{name}.tsv" for name in ("parameters", "conditions", "experiments", "observables", "measurements")
)
FILES = (PROBLEM, MODEL, *TABLES)
"""The files of a problem, known before it is made."""

LOST = (
    "Populations: one typical person stands for each population, in the middle of its ages. lekti takes the",
    "  mean or median of many virtual people; PEtab has no spread between people.",
    "Selection: lekti keeps only virtual people whom the population describes (affected, or not).",
    "Twins: thickness_healthy, lipids_healthy and ige_usual follow from the other parameters by a run of",
    "  their own; here they are numbers of the typical person at the nominal values.",
    "Infusions: given at once, not over hours.",
    "Priors: a beta distribution is a normal one between 0 and 1; where a prior is cut at 1, its bound is 1.",
)


def petab_files(problem: PetabProblem) -> Mapping[str, str]:
    """Return the text of each file by its name; the YAML names the others."""
    kept = [(CLOCK, "time"), *((f"{name}{AT_START}", name) for name in problem.remembered)]
    return {
        PROBLEM: _yaml(problem),
        MODEL: sbml_remembering(kept),
        "parameters.tsv": _parameters(problem),
        "conditions.tsv": _conditions(problem),
        "experiments.tsv": _experiments(problem),
        "observables.tsv": _observables(problem),
        "measurements.tsv": _measurements(problem),
    }


def lost_lines(problem: PetabProblem) -> list[str]:
    """Return what the exported problem lacks of lekti's own, line by line."""
    lines = list(LOST)
    lines += [f"Left out, {target}: {reason}." for target, reason in problem.left_out.items()]
    if problem.fixed:
        lines.append(f"Not estimated, no prior in PEtab: {', '.join(problem.fixed)}.")
    return lines


def _yaml(problem: PetabProblem) -> str:
    head = [
        "The calibration of lekti as a PEtab problem: the closest that PEtab can say.",
        f"use: {USE}",
        f"lekti {versions()['lekti']}, model sha256 {model_checksum()}",
        "Time is the model's, in days; it starts 120 days before birth.",
        "",
        "What lekti's own calibration has and this problem has not:",
        *(f"  {line}" for line in lost_lines(problem)),
    ]
    body = """
format_version: 2.0.0
id: lekti_netherton
model_files:
  netherton:
    location: netherton.xml
    language: sbml
parameter_files: [parameters.tsv]
condition_files: [conditions.tsv]
experiment_files: [experiments.tsv]
observable_files: [observables.tsv]
measurement_files: [measurements.tsv]
"""
    return "\n".join(f"# {line}".rstrip() for line in head) + "\n" + body


def _parameters(problem: PetabProblem) -> str:
    columns = (
        "parameterId", "parameterName", "lowerBound", "upperBound", "nominalValue", "estimate",
        "priorDistribution", "priorParameters",
    )  # fmt: skip
    rows = [
        (
            one.id, one.label, *(repr(bound) for bound in one.bounds), repr(one.nominal), "true", one.prior,
            ";".join(repr(number) for number in one.numbers),
        )
        for one in problem.free
    ]  # fmt: skip
    return _table(columns, rows)


def _conditions(problem: PetabProblem) -> str:
    rows = [
        (name, target, value)
        for name, changes in problem.conditions.items()
        for target, value in changes.items()
    ]
    return _table(("conditionId", "targetId", "targetValue"), rows)


def _experiments(problem: PetabProblem) -> str:
    rows = [
        (name, repr(time), condition)
        for name, periods in problem.experiments.items()
        for time, condition in periods
    ]
    return _table(("experimentId", "time", "conditionId"), rows)


def _observables(problem: PetabProblem) -> str:
    columns = (
        "observableId", "observableName", "observableFormula", "noiseFormula", "noiseDistribution",
        "noisePlaceholders",
    )  # fmt: skip
    rows = [
        (
            one.id, one.label, one.formula, f"error_{one.id}", "log-normal" if one.logged else "normal",
            f"error_{one.id}",
        )
        for one in problem.observables
    ]  # fmt: skip
    return _table(columns, rows)


def _measurements(problem: PetabProblem) -> str:
    columns = ("observableId", "experimentId", "time", "measurement", "noiseParameters", "datasetId")
    rows = [
        (one.observable, one.experiment, repr(one.time), repr(one.value), repr(one.error), one.target)
        for one in problem.measured
    ]
    return _table(columns, rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("\t".join(cells) for cells in (columns, *rows)) + "\n"
