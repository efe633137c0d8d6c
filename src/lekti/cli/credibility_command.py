"""`lekti credibility`: what carries the model, and what it must not be used for."""

from __future__ import annotations

import json as json_text
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer


def credibility_report(
    out: Annotated[
        Path | None, typer.Option(help="The HTML file to write; a summary is printed if left out.")
    ] = None,
    validation: Annotated[
        Path | None,
        typer.Option(help="The output of lekti validate --json (default: validate now, minutes)."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Report the credibility of the model under the headings of ICH M15 and ASME V&V 40.

    Question of interest, context of use, influence, evidence by category, and what the model must not be
    used for. Every number is counted from the tables that ship.

    Example: lekti credibility --out report.html
    """
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.outputs.credibility import credibility, credibility_object, credibility_text
    from lekti.outputs.credibility_page import credibility_html
    from lekti.outputs.credibility_validation import read_validation

    if out is not None:
        refuse_existing(out, force=force)
    report = credibility(read_validation(validation) if validation is not None else _validation())
    if out is not None:
        write_new_text(out, credibility_html(report), force=force)
    if json:
        written = {"file": str(out)} if out is not None else {}
        typer.echo(
            json_text.dumps(
                written | credibility_object(report), indent=2, ensure_ascii=False, allow_nan=False
            )
        )
    elif out is not None:
        typer.echo(f"Wrote {out}: {len(report.factors)} credibility factors, {len(report.modules)} modules")
    else:
        typer.echo(credibility_text(report))


def _validation() -> Mapping[str, Any]:
    """Return what `lekti validate --json` prints when nothing else is said."""
    from lekti.cli.validate_command import PEOPLE, SETS, validated
    from lekti.outputs.validation import validation_object
    from lekti.population.target_words import ROLES
    from lekti.population.targets import shipped_targets

    found = validated(shipped_targets(), ROLES, typical="shipped", sets=SETS, people=PEOPLE, seed=1)
    return validation_object(found)
