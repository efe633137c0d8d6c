"""What ships: the typical values of the last calibration, and virtual populations drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from lekti.base.errors import InputError, ModelError, shown
from lekti.base.provenance import checksum
from lekti.base.tables import knowledge_text
from lekti.model.netherton import netherton_system
from lekti.model.parameters import load_parameters
from lekti.population.group_file import read_group
from lekti.population.groups import Group
from lekti.population.target_words import PopulationKind, population_kinds
from lekti.population.typical import PRIOR, Typical, free_names, read_typical

SHIPPED = "shipped"
"""The name of the typical values that ship."""

FOLDER = ("knowledge", "populations")
TYPICAL_FILE = "typical.parquet"

POPULATIONS = ("healthy_adults", "carriers", "ad_children", "ad_adults", "netherton")
"""Populations that ship as files; all others are drawn from the typical values when they are needed."""


def shipped_folder() -> Path:
    """Return the folder of the package that holds what ships."""
    return Path(str(resources.files("lekti").joinpath(*FOLDER)))


def population_file(folder: Path, population: str) -> Path:
    """Return the file of a population in a folder."""
    return folder / f"{population}.parquet"


@cache
def model_key() -> str:
    """Return the SHA-256 of what a calibration rests on: equations, default numbers, priors, correlations.

    Unlike the checksum of the SBML text it does not change with notes and locators.
    """
    system = netherton_system()
    numbers = sorted((one.id, one.value, repr(one.prior), one.provenance) for one in load_parameters())
    tables = [knowledge_text(f"model/{name}.tsv") for name in ("correlations", "weight_by_sex")]
    parts = [system.checksum, repr([float(one) for one in system.defaults]), repr(numbers), *tables]
    return checksum("\n".join(parts))


@cache
def population_key(population: str) -> str:
    """Return the SHA-256 of what the draw of a population rests on beside its typical values."""
    kind = population_kinds()[population]
    prior = knowledge_text("genetics/residual_prior.tsv") if kind.activities is None else ""
    ranges = knowledge_text("populations/plausible.tsv")
    return checksum("\n".join([model_key(), repr(kind), prior, ranges]))


def typical_of(name: str) -> Typical | None:
    """Return typical values by name: `shipped`, `prior`, or a file of `lekti calibrate`; None is the prior.

    Where nothing ships, `shipped` is the prior too; `origin_of` says so. Raises `ModelError` if what is asked
    for was calibrated on another model.
    """
    if name == PRIOR or (name == SHIPPED and not _calibrated()):
        return None
    path = shipped_folder() / TYPICAL_FILE if name == SHIPPED else Path(name)
    typical, about = read_typical(path)
    if about.get("model_key") != model_key():
        whose = "The calibration that ships" if name == SHIPPED else f"The calibration {name}"
        raise ModelError(
            f"{whose} belongs to another version of the model",
            fix="Run lekti calibrate, or choose --typical prior",
        )
    _check_names(typical, path)
    return typical


def _check_names(typical: Typical, path: Path) -> None:
    """Refuse a file that lacks a typical value of this model, or holds one that the model has not."""
    odd = sorted(set(typical.names) ^ set(free_names()))
    if odd or len(set(typical.names)) < len(typical.names):
        told = (
            f": '{shown(odd[0])}' is {'not known' if odd[0] in typical.names else 'missing'}" if odd else ""
        )
        raise InputError(
            f"{path} holds other typical values{told}", expected="a file that lekti calibrate wrote"
        )


def shipped_group(kind: PopulationKind, typical: Typical) -> Group | None:
    """Return the people that ship for a population, None where no file ships for these typical values.

    Raises `ModelError` if the file was made from the same typical values by another model.
    """
    name = kind.stands_for or kind.id
    path = population_file(shipped_folder(), name)
    if not path.is_file():
        return None
    group, about = read_group(path, netherton_system())
    if about.get("typical_sha256") != typical.origin:
        return None
    if about.get("population_key") != population_key(name):
        raise ModelError(
            f"The population {name} that ships was drawn by another version of the model",
            fix="Run lekti calibrate, or choose --typical prior",
        )
    return group


def stale() -> Mapping[str, str]:
    """Return what ships and does not belong to the model that ships, with the reason; empty is good."""
    if not _calibrated():
        return {}
    folder = shipped_folder()
    found: dict[str, str] = {}
    typical, about = read_typical(folder / TYPICAL_FILE)
    if about.get("model_key") != model_key():
        return {TYPICAL_FILE: "calibrated on another model"}
    for name in POPULATIONS:
        path = population_file(folder, name)
        if not path.is_file():
            found[path.name] = "missing"
            continue
        told = read_group(path, netherton_system())[1]
        if told.get("typical_sha256") != typical.origin:
            found[path.name] = "drawn from other typical values"
        elif told.get("population_key") != population_key(name):
            found[path.name] = "drawn by another model"
    return found


def _calibrated() -> bool:
    return (shipped_folder() / TYPICAL_FILE).is_file()
