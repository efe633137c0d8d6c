"""The words a target may use: populations, regimens and readouts, as `knowledge/targets/` fixes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import ModelError
from lekti.base.tables import Row, knowledge_table
from lekti.genetics.allele import UNKNOWN, Allele

ROLES = ("fit", "seen", "test")
STATISTICS = ("mean", "median", "person", "range", "share")
KINDS = ("level", "change", "gain", "ratio", "parameter")

_SETTING = re.compile(r"([a-z0-9_]+)([=*])([-+0-9.eE]+)(?:~([0-9.]+)(?:~([0-9.]+))?)?")


@dataclass(frozen=True)
class Setting:
    """A parameter of a population that is set, or multiplied.

    `spread` is the log SD between people, `shared` the log SD of what nobody knows about all of them.
    """

    parameter: str
    value: float
    multiplies: bool
    spread: float
    shared: float


@dataclass(frozen=True)
class PopulationKind:
    """Who is meant: alleles (or a genotype to draw from), settings, ages in years, affected or not, signs.

    `activities` are the residual LEKTI of both alleles where the population fixes them, else None.
    """

    id: str
    label: str
    activities: tuple[float, float] | None
    alleles: tuple[Allele, Allele]
    sex: str
    settings: tuple[Setting, ...]
    affected: bool
    signs: tuple[str, ...]
    age_from: float
    age_to: float
    stands_for: str

    @property
    def person(self) -> bool:
        """Whether this is one person of one age, of whom every draw is a version."""
        return self.age_from == self.age_to

    @property
    def carrier(self) -> bool:
        """Whether these are people with one working allele and one without activity."""
        return self.activities is not None and min(self.activities) == 0.0 < max(self.activities)

    @property
    def netherton(self) -> bool:
        """Whether these are people with Netherton syndrome."""
        return self.activities is None


@dataclass(frozen=True)
class DoseRule:
    """Doses for an age (years) and weight (kg) on the first day; days count from the clock of the target.

    Of a drug that is given as a course, `first` is the level from `from_day` on.
    """

    drug: str
    ages: tuple[float, float]
    weights: tuple[float, float]
    first: float
    then: float
    per_kg: bool
    every_days: float
    from_day: float


@dataclass(frozen=True)
class Regimen:
    """What is given; `trial` adds what people in a trial report without a drug."""

    id: str
    label: str
    trial: bool
    modelled: bool
    rules: tuple[DoseRule, ...]


@dataclass(frozen=True)
class ReadoutWord:
    """A quantity targets speak of; `output` is empty where the model has none, `kind` says how it is taken.

    `study_sd` is the log SD between studies that measure it in the same people.
    """

    id: str
    label: str
    unit: str
    output: str
    kind: str
    scale: str
    study_sd: float


@cache
def population_kinds() -> Mapping[str, PopulationKind]:
    """Return the populations by id."""
    return {row["id"]: _population(row) for row in knowledge_table("targets/populations.tsv")}


@cache
def regimens() -> Mapping[str, Regimen]:
    """Return the regimens by id, each with its dose rules."""
    rules: dict[str, list[DoseRule]] = {}
    for row in knowledge_table("targets/regimen_doses.tsv"):
        rules.setdefault(row["regimen"], []).append(_rule(row))
    table = knowledge_table("targets/regimens.tsv")
    _only_known(rules, [row["id"] for row in table], "targets/regimen_doses.tsv")
    return {
        row["id"]: Regimen(
            row["id"], row["label"], row["trial"] == "1", row["modelled"] == "1",
            tuple(rules.get(row["id"], ())),
        )
        for row in table
    }  # fmt: skip


@cache
def readout_words() -> Mapping[str, ReadoutWord]:
    """Return the readouts by id."""
    words: dict[str, ReadoutWord] = {}
    for row in knowledge_table("targets/readouts.tsv"):
        if row["kind"] not in KINDS or row["scale"] not in ("log", "percent"):
            raise ModelError(f"kind '{row['kind']}', scale '{row['scale']}'", where=row.where)
        names = ("id", "label", "unit", "output", "kind", "scale")
        words[row["id"]] = ReadoutWord(*(row[name] for name in names), study_sd=row.number("study_sd"))
    return words


@cache
def trial_effects() -> Mapping[str, tuple[float, float]]:
    """Return, by readout, the share that a trial takes off without a drug, and its time constant in days."""
    table = knowledge_table("targets/trial_effects.tsv")
    return {row["readout"]: (row.number("share"), row.number("tau_days")) for row in table}


def _population(row: Row) -> PopulationKind:
    drawn = row["alleles"] == "drawn"
    activities = None if drawn else _pair(row)
    return PopulationKind(
        id=row["id"],
        label=row["label"],
        activities=activities,
        alleles=_alleles(row["genotype"], row.where),
        sex=row["sex"],
        settings=tuple(_settings(row)),
        affected=row["affected"] == "1",
        signs=() if row["signs"] == "-" else tuple(row["signs"].split()),
        age_from=row.number("age_from"),
        age_to=row.number("age_to"),
        stands_for="" if row["stands_for"] == "-" else row["stands_for"],
    )


def _pair(row: Row) -> tuple[float, float]:
    first, second = (float(part) for part in row["alleles"].split())
    return first, second


def _alleles(text: str, where: str) -> tuple[Allele, Allele]:
    if text in ("-", "unknown"):
        return UNKNOWN, UNKNOWN
    found = tuple(Allele("hgvs", hgvs=part) for part in text.split())
    if len(found) != 2:
        raise ModelError(f"genotype '{text}'", where=where, expected="two variants, 'unknown' or '-'")
    return found[0], found[1]


def _settings(row: Row) -> Iterable[Setting]:
    for part in row["settings"].split(";"):
        if part.strip() in ("", "-"):
            continue
        match = _SETTING.fullmatch(part.strip())
        if match is None:
            raise ModelError(
                f"setting '{part.strip()}'", where=row.where, expected="name=value or name*factor"
            )
        yield Setting(
            match[1], float(match[3]), match[2] == "*", float(match[4] or 0.0), float(match[5] or 0.0)
        )


def _rule(row: Row) -> DoseRule:
    if row["unit"] not in ("mg", "mg/kg", "level"):
        raise ModelError(f"unit '{row['unit']}'", where=row.where, expected="mg, mg/kg or level")
    return DoseRule(
        drug=row["drug"],
        ages=(row.number("age_from"), row.number("age_to")),
        weights=(row.number("weight_from"), row.number("weight_to")),
        first=row.number("first"),
        then=row.number("then"),
        per_kg=row["unit"] == "mg/kg",
        every_days=row.number("every_days"),
        from_day=row.number("from_day"),
    )


def _only_known(used: Iterable[str], known: Iterable[str], where: str) -> None:
    unknown = sorted(set(used) - set(known))
    if unknown:
        raise ModelError(f"'{unknown[0]}' has doses but is no regimen", where=where)
