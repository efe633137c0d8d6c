"""Published models of others, written anew: a page of equations and a table of numbers each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import InputError, ModelError
from lekti.base.provenance import USE
from lekti.base.tables import Row, knowledge_table, knowledge_text
from lekti.model.modules import statements_of
from lekti.model.parameters import PROVENANCES
from lekti.model.read_antimony import sbml_of_antimony
from lekti.model.read_sbml import read_sbml
from lekti.model.system import System


@dataclass(frozen=True)
class PublishedModel:
    """A model of others: what it is about, the unit of its clock, where it was published."""

    id: str
    title: str
    clock: str
    clock_unit: str
    says: str
    source: str
    licence: str


@dataclass(frozen=True)
class PublishedNumber:
    """A number of a published model; `spread` is how it varies between people, 0 where it does not.

    `value` is the number itself, the median where it was published as a logarithm (`logged`).
    """

    id: str
    value: float
    logged: bool
    unit: str
    spread: float
    provenance: str
    source: str
    locator: str
    meaning: str


@cache
def published_models() -> Mapping[str, PublishedModel]:
    """Return the models of `knowledge/published/models.tsv` by id."""
    names = ("id", "title", "clock", "clock_unit", "says", "source", "licence")
    return {
        row["id"]: PublishedModel(*(row[name] for name in names))
        for row in knowledge_table("published/models.tsv")
    }


def published_model(name: str) -> PublishedModel:
    """Return one published model; raise `InputError` with the names there are."""
    models = published_models()
    if name not in models:
        raise InputError(f"No published model is called '{name}'", expected=", ".join(models))
    return models[name]


@cache
def published_numbers(name: str) -> tuple[PublishedNumber, ...]:
    """Return the numbers of a published model, in the order of its table."""
    return tuple(_number(row) for row in knowledge_table(f"published/{published_model(name).id}.tsv"))


@cache
def published_antimony(name: str) -> str:
    """Return a published model as one Antimony text that any reader of Antimony can run."""
    model = published_model(name)
    page = knowledge_text(f"published/{name}.ant")
    purpose = page.splitlines()[0].removeprefix("//").strip()
    lines = [
        f"// {model.title} ({model.source}), written anew. For {USE}.",
        f"// {purpose}",
        f"model {name}",
        *(f"  {statement};" for statement in statements_of(page)),
        "",
        *(f"  {one.id} = {one.value!r};  // {_told(one)}" for one in published_numbers(name)),
        "end",
    ]
    return "\n".join(lines) + "\n"


@cache
def published_sbml(name: str) -> str:
    """Return a published model as SBML."""
    return sbml_of_antimony(published_antimony(name), name=f"{name}.ant")


@cache
def published_system(name: str) -> System:
    """Return a published model, flat; its clock is not always days (`PublishedModel.clock_unit`)."""
    return read_sbml(published_sbml(name), name=f"{name}.xml")


def _number(row: Row) -> PublishedNumber:
    if row["scale"] not in ("number", "log"):
        raise ModelError(f"scale '{row['scale']}'", where=row.where, expected="number or log")
    if row["provenance"] not in PROVENANCES:
        raise ModelError(
            f"provenance '{row['provenance']}'", where=row.where, expected=" or ".join(PROVENANCES)
        )
    logged = row["scale"] == "log"
    value = row.number("value")
    return PublishedNumber(
        id=row["id"],
        value=math.exp(value) if logged else value,
        logged=logged,
        unit=row["unit"],
        spread=0.0 if row["spread"] == "-" else row.number("spread"),
        provenance=row["provenance"],
        source=row["source"],
        locator=row["locator"],
        meaning=row["meaning"],
    )


def _told(one: PublishedNumber) -> str:
    unit = "" if one.unit == "1" else f"{one.unit}; "
    return f"{unit}{one.meaning}; {one.provenance}: {one.locator}"
