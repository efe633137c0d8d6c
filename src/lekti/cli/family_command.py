"""`lekti family FILE`: exact chances in a family, as text, as JSON, or as a page to print."""

from __future__ import annotations

import json as json_text
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lekti.genetics.pedigree import Family


def family(
    file: Annotated[
        str, typer.Argument(help="A PED or YAML file, or a built-in family: siblings, cousins, aunt.")
    ],
    couple: Annotated[
        str | None,
        typer.Option(metavar="FATHER,MOTHER", help="Whose next child to ask about, by two ids."),
    ] = None,
    incidence: Annotated[
        str | None,
        typer.Option(metavar="SHARE", help="How often the disease is at birth, such as 1/100000."),
    ] = None,
    inbreeding: Annotated[
        str | None,
        typer.Option(metavar="F", help="The mean inbreeding of the population, such as 0.01."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The page to write (HTML), with the drawn pedigree.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Say who may carry a faulty copy, and the chance that the next child has Netherton syndrome.

    Sums over all genotypes exactly, related parents and loops included. Chances, no advice.

    Example: lekti family cousins --out cousins.html
    """
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.genetics.family_risk import family_risk
    from lekti.outputs.family_object import family_object
    from lekti.outputs.family_page import family_html
    from lekti.outputs.family_text import family_text
    from lekti.patients.family_library import load_family
    from lekti.patients.family_numbers import planned_tests

    if out is not None:
        refuse_existing(out, force=force)
    loaded = _with_options(load_family(file), couple=couple, incidence=incidence, inbreeding=inbreeding)
    answer = family_risk(loaded, planned=planned_tests())
    if out is not None:
        write_new_text(out, family_html(answer), force=force)
    if json:
        typer.echo(json_text.dumps(family_object(answer), indent=2, ensure_ascii=False, allow_nan=False))
        return
    typer.echo(family_text(answer))
    if out is not None:
        typer.echo(f"Saved {out}")


def _with_options(
    loaded: Family, *, couple: str | None, incidence: str | None, inbreeding: str | None
) -> Family:
    """Return the family with what the options say in place of what its file says."""
    from lekti.base.errors import InputError
    from lekti.genetics.pedigree import Range
    from lekti.genetics.pedigree_checks import checked
    from lekti.patients.family_numbers import read_share

    population = loaded.population
    if incidence is not None:
        share = read_share(incidence, where="", noun="--incidence", most=0.25)
        if share <= 0.0:
            raise InputError(f"--incidence {incidence}", expected="a share above 0")
        told = Range(share, share, share, "--incidence")
        population = replace(population, kind="incidence", frequency=told)
    if inbreeding is not None:
        share = read_share(inbreeding, where="", noun="--inbreeding", most=0.25)
        population = replace(population, inbreeding=share, first_cousins=None)
    asked = loaded.asked
    if couple is not None:
        ids = tuple(each.strip() for each in couple.split(","))
        if len(ids) != 2:
            raise InputError(f"--couple {couple}", expected="two ids with a comma between them")
        asked = ((ids[0], ids[1]),)
    return checked(replace(loaded, population=population, asked=asked))
