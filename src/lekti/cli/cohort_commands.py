"""`lekti cohort`: what a folder of phenopackets shows."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Summarise published people with Netherton syndrome.", rich_markup_mode=None)


@app.callback()
def cohort() -> None:
    """Summarise published people with Netherton syndrome."""


@app.command()
def summary(
    folder: Annotated[Path, typer.Argument(help="A folder of GA4GH phenopackets, version 2 (*.json).")],
    out: Annotated[
        Path | None, typer.Option(help="The page (.html), or the figure alone (.svg), to write.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Count variants, zygosity and signs, each with its denominator, and flag people told twice.

    A file that cannot be read is listed with one sentence, and the rest is summarised.

    Example: lekti cohort summary phenopackets --out cohort.html
    """
    from lekti.base.errors import InputError
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.cli.progress import progress_bar
    from lekti.outputs.cohort_object import cohort_object
    from lekti.outputs.cohort_page import cohort_file
    from lekti.outputs.cohort_text import cohort_text
    from lekti.patients.cohort_files import read_cohort
    from lekti.population.cohort import summarise

    if out is not None:
        if out.suffix.lower() not in (".html", ".svg"):
            raise InputError(f"--out {out}", expected="a name that ends in .html or .svg")
        refuse_existing(out, force=force)
    with progress_bar() as progress:
        found = summarise(read_cohort(folder, progress=progress))
    if out is not None:
        write_new_text(out, cohort_file(found, out.suffix.lower()), force=force)
    if json:
        typer.echo(json_text.dumps(cohort_object(found), indent=2, ensure_ascii=False, allow_nan=False))
        return
    typer.echo(cohort_text(found))
    if out is not None:
        typer.echo(f"Saved {out}")
