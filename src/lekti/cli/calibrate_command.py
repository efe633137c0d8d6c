"""`lekti calibrate`: typical values drawn towards the targets of role fit."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer


def calibrate_model(
    out: Annotated[
        Path, typer.Option(help="The folder that keeps the steps; the same folder resumes.")
    ] = Path("calibration"),
    sets: Annotated[int, typer.Option(help="How many sets of typical values are moved together.")] = 200,
    people: Annotated[
        int, typer.Option(help="How many virtual people stand for a population in each set.")
    ] = 8,
    steps: Annotated[
        int, typer.Option(help="Steps of the smoother; each sees the data with more error.")
    ] = 4,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Calibrate what nobody knows about everybody on the targets of role fit.

    Uses no row of role test or seen. Each step is kept in the folder, so that a stopped calibration goes on
    where it was. Writes typical.parquet into the folder.

    Example: lekti calibrate --sets 200 --out calibration
    """
    from lekti.base.errors import InputError
    from lekti.cli.progress import progress_bar
    from lekti.outputs.calibration import calibration_object, calibration_text
    from lekti.population.calibrate import Settings, about, calibrate
    from lekti.population.typical import Typical, write_typical

    for name, value, least, most in (
        ("sets", sets, 10, 5000),
        ("people", people, 2, 500),
        ("steps", steps, 1, 20),
    ):
        if not least <= value <= most:
            raise InputError(f"--{name} {value}", expected=f"{least} to {most}")
    if seed < 0:
        raise InputError(f"--seed {seed}", expected="0 or above")
    settings = Settings(sets, people, steps, seed)
    with progress_bar() as progress:
        found = calibrate(out, settings, progress=progress)
    kept = Typical(found.after.names, found.after.scores[found.plausible])
    told = calibration_object(found)
    write_typical(kept, out / "typical.parquet", about={**about(settings, found.targets), "fit": told})
    typer.echo(json_text.dumps(told, indent=2, ensure_ascii=False) if json else calibration_text(found))
    if not json:
        typer.echo(f"Saved  {out / 'typical.parquet'}")
