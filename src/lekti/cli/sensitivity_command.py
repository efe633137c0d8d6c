"""`lekti sensitivity`: which numbers decide what the model predicts."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer


def sensitivity_of(
    case: Annotated[str, typer.Argument(help="A case file, or the name of a built-in case.")] = "index",
    out: Annotated[
        Path, typer.Option(help="The folder that keeps the steps; the same folder resumes.")
    ] = Path("sensitivity"),
    trajectories: Annotated[
        int, typer.Option(help="Paths of the screen; each moves every number once.")
    ] = 10,
    factors: Annotated[int, typer.Option(help="Numbers that go on to the second stage.")] = 15,
    samples: Annotated[int, typer.Option(help="Base samples of the second stage, a power of 2.")] = 512,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell which numbers decide IgE, itch, water loss and infections one year into treatment.

    Every number that varies is drawn from its prior, nothing is conditioned on signs or measurements. A
    screen (Morris) finds those that matter; the variance is then shared out between them (Sobol). Writes
    indices.json and sensitivity.svg into the folder.

    Example: lekti sensitivity index --out sensitivity
    """
    from lekti.base.errors import InputError
    from lekti.base.files import write_new_text
    from lekti.cli.progress import progress_bar
    from lekti.outputs.sensitivity import sensitivity_object, sensitivity_text
    from lekti.outputs.sensitivity_figure import standalone_svg
    from lekti.patients.library import load_case
    from lekti.population.sensitivity import Settings, sensitivity

    for name, value, least, most in (
        ("trajectories", trajectories, 2, 100),
        ("factors", factors, 1, 40),
        ("samples", samples, 8, 8192),
        ("seed", seed, 0, 2**31 - 1),
    ):
        if not least <= value <= most:
            raise InputError(f"--{name} {value}", expected=f"{least} to {most}")
    if samples & (samples - 1):
        raise InputError(f"--samples {samples}", expected="a power of 2, such as 256 or 512")
    loaded = load_case(case)
    with progress_bar() as progress:
        found = sensitivity(loaded, out, Settings(trajectories, factors, samples, seed), progress=progress)
    told = json_text.dumps(sensitivity_object(found), indent=2, ensure_ascii=False, allow_nan=False)
    write_new_text(out / "indices.json", told + "\n", force=True)
    write_new_text(out / "sensitivity.svg", standalone_svg(found), force=True)
    if json:
        typer.echo(told)
    else:
        typer.echo(sensitivity_text(found))
        typer.echo(f"Saved  {out / 'indices.json'}, {out / 'sensitivity.svg'}")
