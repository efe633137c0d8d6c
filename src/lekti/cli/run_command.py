"""`lekti run CASE`: the main job, from a case file to a report."""

from __future__ import annotations

import json as json_text
import shlex
from pathlib import Path
from typing import Annotated

import typer

from lekti.cli.typical_option import TypicalOption


def run(
    case: Annotated[str, typer.Argument(help="A case file (YAML) or the name of a built-in case: index.")],
    patients: Annotated[int, typer.Option(help="How many virtual versions of the person to simulate.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    until: Annotated[
        str | None, typer.Option(metavar="AGE", help='The age at which the run ends, such as "8.5 years".')
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(help='Give only these treatments of the case, by id ("ivig"), or "none".'),
    ] = None,
    typical: TypicalOption = "shipped",
    out: Annotated[Path, typer.Option(help="The folder to write into; it must not exist.")] = Path("out"),
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of the summary.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier result in the folder.")] = False,
) -> None:
    """Simulate the course of one person, with intervals.

    Draws virtual versions of the person and follows them through the treatments of the case.

    Writes result.zarr, summary.parquet and report.html into the folder.

    Example: lekti run index --patients 200 --seed 1 --out out
    """
    from lekti.base.errors import InputError
    from lekti.cli.progress import progress_bar
    from lekti.outputs.files import check_folder, write_result
    from lekti.outputs.json_object import json_object
    from lekti.outputs.terminal import print_summary
    from lekti.patients.library import load_case
    from lekti.patients.when import read_age
    from lekti.population.given import planned
    from lekti.population.run_case import run_case

    if patients < 1:
        raise InputError(f"--patients {patients}", expected="at least 1")
    if seed < 0:
        raise InputError(f"--seed {seed}", expected="0 or above")
    until_days = None if until is None else read_age(until, where="--until")
    loaded = load_case(case)
    chosen = loaded if plan is None else planned(loaded, plan)
    check_folder(out, force=force)
    with progress_bar() as progress:
        result = run_case(
            chosen, patients=patients, seed=seed, until_days=until_days, typical=typical, progress=progress
        )
    again = repeating_command(case, patients, seed, until=until, plan=plan, typical=typical)
    result.dataset.attrs["command"] = again
    written = write_result(result, out, force=force)
    if json:
        typer.echo(json_text.dumps(json_object(result), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print_summary(result, written)


def repeating_command(
    case: str,
    patients: int,
    seed: int,
    *,
    until: str | None,
    plan: str | None,
    typical: str = "shipped",
) -> str:
    """Return the command that repeats a run, without its folder; `?` stands for what is no text."""
    words = ["lekti", "run", case, "--patients", str(patients), "--seed", str(seed)]
    words += [] if until is None else ["--until", until]
    words += [] if plan is None else ["--plan", plan]
    words += [] if typical == "shipped" else ["--typical", typical]
    return shlex.join(words).encode("utf-8", "replace").decode("utf-8")
