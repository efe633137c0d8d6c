"""`lekti validate`: the model against observations."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer

TARGETS_LIMIT_BYTES = 5_000_000


def validate_model(
    targets: Annotated[
        Path | None,
        typer.Option(help="A table of your own observations, tab-separated (default: those that ship)."),
    ] = None,
    typical: Annotated[
        Path | None,
        typer.Option(
            help="The typical.parquet of lekti calibrate (default: typical values from their priors)."
        ),
    ] = None,
    role: Annotated[
        str, typer.Option(help="Only rows of these roles: fit, seen, test, with commas between.")
    ] = "fit,seen,test",
    sets: Annotated[int, typer.Option(help="How many sets of shared values are drawn.")] = 24,
    people: Annotated[int, typer.Option(help="How many people in each set.")] = 16,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare the model with what was observed, row by row.

    Every row names its role: fit may have entered a calibration, seen was looked at while the structure was
    chosen, test never was. Coverage and scores count the test rows.

    Example: lekti validate --targets mine.tsv
    """
    from lekti.base.errors import InputError
    from lekti.base.files import read_user_text
    from lekti.cli.progress import progress_bar
    from lekti.outputs.validation import validation_object, validation_text
    from lekti.population.forecast import Size
    from lekti.population.target_words import ROLES
    from lekti.population.targets import read_targets, shipped_targets
    from lekti.population.typical import prior_typical, read_typical
    from lekti.population.validate import validate

    roles = [part.strip() for part in role.split(",")]
    unknown = [part for part in roles if part not in ROLES]
    if unknown:
        raise InputError(f"--role '{unknown[0]}'", expected=" or ".join(ROLES))
    for name, value, least, most in (("sets", sets, 2, 1000), ("people", people, 2, 1000)):
        if not least <= value <= most:
            raise InputError(f"--{name} {value}", expected=f"{least} to {most}")
    if seed < 0:
        raise InputError(f"--seed {seed}", expected="0 or above")
    if targets is None:
        rows = shipped_targets()
    else:
        text = read_user_text(targets, limit_bytes=TARGETS_LIMIT_BYTES, noun="table of targets")
        rows = read_targets(text, name=str(targets))
    chosen = [row for row in rows if row.role in roles]
    if not chosen:
        raise InputError(f"No row has the role {role}", expected="at least one")
    drawn = prior_typical(sets=sets, seed=seed) if typical is None else read_typical(typical)[0]
    with progress_bar() as progress:
        found = validate(chosen, typical=drawn, size=Size(sets, people, seed), progress=progress)
    if json:
        typer.echo(json_text.dumps(validation_object(found), indent=2, ensure_ascii=False))
    else:
        typer.echo(validation_text(found))
