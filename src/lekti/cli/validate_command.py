"""`lekti validate`: the model against observations."""

from __future__ import annotations

import json as json_text
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lekti.cli.typical_option import TypicalOption

if TYPE_CHECKING:
    from lekti.population.targets import Target
    from lekti.population.validate import Validation

TARGETS_LIMIT_BYTES = 5_000_000
BEHAVIOUR_PEOPLE = 100
SETS, PEOPLE = 48, 8


def validate_model(
    targets: Annotated[
        Path | None,
        typer.Option(help="A table of your own observations, tab-separated (default: those that ship)."),
    ] = None,
    typical: TypicalOption = "shipped",
    role: Annotated[
        str, typer.Option(help="Only rows of these roles: fit, seen, test, with commas between.")
    ] = "fit,seen,test",
    sets: Annotated[int, typer.Option(help="How many sets of shared values are drawn.")] = SETS,
    people: Annotated[int, typer.Option(help="How many people in each set.")] = PEOPLE,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare the model with what was observed, row by row.

    Every row names its role: fit may have entered a calibration, seen was looked at while the structure was
    chosen, test never was. Coverage and scores count the test rows.

    Example: lekti validate --targets mine.tsv
    """
    from lekti.outputs.validation import validation_object, validation_text

    roles = _roles(role)
    _check(sets, people, seed)
    chosen = _rows(targets, roles)
    found = validated(
        chosen,
        roles if targets is None else (),
        typical=typical,
        sets=sets,
        people=people,
        seed=seed,
    )
    if json:
        typer.echo(json_text.dumps(validation_object(found), indent=2, ensure_ascii=False))
    else:
        typer.echo(validation_text(found))


def validated(
    chosen: Sequence[Target], roles: Sequence[str], *, typical: str, sets: int, people: int, seed: int
) -> Validation:
    """Validate the model on targets, and on the behaviours of some roles; shows how far it is."""
    from lekti.cli.progress import progress_bar
    from lekti.population.behaviours import behaviours
    from lekti.population.forecast import Size
    from lekti.population.judged import population_kernel
    from lekti.population.shipped import typical_of
    from lekti.population.typical import prior_typical
    from lekti.population.validate import validate

    drawn = typical_of(typical) or prior_typical(sets=sets, seed=seed)
    kernel = population_kernel(drawn, chosen, seed=seed).kernel
    with progress_bar() as progress:
        shown = (
            behaviours(drawn, people=BEHAVIOUR_PEOPLE, seed=seed, progress=progress, kernel=kernel)
            if roles
            else ()
        )
        return validate(
            chosen,
            typical=drawn,
            size=Size(sets, people, seed),
            kernel=kernel,
            behaviours=[one for one in shown if one.role in roles],
            progress=progress,
        )


def _roles(text: str) -> list[str]:
    from lekti.base.errors import InputError
    from lekti.population.target_words import ROLES

    roles = [part.strip() for part in text.split(",")]
    unknown = [part for part in roles if part not in ROLES]
    if unknown:
        raise InputError(f"--role '{unknown[0]}'", expected=" or ".join(ROLES))
    return roles


def _check(sets: int, people: int, seed: int) -> None:
    from lekti.base.errors import InputError

    for name, value in (("sets", sets), ("people", people)):
        if not 2 <= value <= 1000:
            raise InputError(f"--{name} {value}", expected="2 to 1000")
    if seed < 0:
        raise InputError(f"--seed {seed}", expected="0 or above")


def _rows(path: Path | None, roles: Sequence[str]) -> list[Target]:
    """Return the targets of a file, or those that ship, of some roles."""
    from lekti.base.errors import InputError
    from lekti.base.files import read_user_text
    from lekti.population.targets import read_targets, shipped_targets

    rows = shipped_targets()
    if path is not None:
        text = read_user_text(path, limit_bytes=TARGETS_LIMIT_BYTES, noun="table of targets")
        rows = read_targets(text, name=str(path))
    chosen = [row for row in rows if row.role in roles]
    if not chosen:
        raise InputError(f"No row has the role {' or '.join(roles)}", expected="at least one")
    return chosen
