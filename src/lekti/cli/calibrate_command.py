"""`lekti calibrate`: typical values drawn towards the targets of role fit, and populations from them."""

from __future__ import annotations

import json as json_text
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lekti.population.calibrate import Calibration, Settings
    from lekti.population.make_populations import Made

EACH_SET = 8
"""People in each set of a population that ships."""


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
    each: Annotated[
        int, typer.Option(help="How many virtual people are drawn for each population that ships.")
    ] = 384,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    without: Annotated[
        list[str] | None,
        typer.Option(help="Leave the rows about this population out of the fit; may be given again."),
    ] = None,
    ship: Annotated[
        bool, typer.Option("--ship", help="Then copy the files into the package, for all who use it.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Calibrate what nobody knows about everybody on the targets of role fit, and draw virtual populations.

    Uses no row of role test or seen. Each step and each population is kept in the folder, so that a stopped
    calibration goes on where it was. Writes typical.parquet and one Parquet file for each population.

    Example: lekti calibrate --sets 200 --out calibration
    """
    from lekti.base.errors import Stopped
    from lekti.outputs.calibration import calibration_object, calibration_text, populations_text
    from lekti.population.calibrate import Settings
    from lekti.population.make_populations import check_shippable
    from lekti.population.make_populations import ship as ship_it

    _check(
        seed, sets=(sets, 10, 5000), people=(people, 2, 500), steps=(steps, 1, 20), each=(each, 16, 10_000)
    )
    if ship:
        check_shippable()
    try:
        found, made = _calibrated(out, Settings(sets, people, steps, seed), without or [], each)
    except KeyboardInterrupt as error:
        raise Stopped(
            f"Stopped; {out} keeps what is finished", fix="The same command goes on there"
        ) from error
    shipped = ship_it(out) if ship else ()
    if json:
        told = calibration_object(found)
        told["populations"] = [asdict(one) | {"acceptance": one.acceptance} for one in made]
        typer.echo(json_text.dumps(told, indent=2, ensure_ascii=False))
        return
    typer.echo(calibration_text(found) + "\n\n" + populations_text(made))
    typer.echo(f"Saved  {out}")
    if shipped:
        typer.echo(f"Ships  {', '.join(shipped)}")


def _calibrated(
    out: Path, settings: Settings, without: list[str], each: int
) -> tuple[Calibration, tuple[Made, ...]]:
    """Run or resume the steps and the populations in a folder."""
    from lekti.base.errors import MachineError
    from lekti.cli.progress import progress_bar
    from lekti.outputs.calibration import calibration_object
    from lekti.population.calibrate import about, calibrate, fit_targets
    from lekti.population.forecast import Size
    from lekti.population.make_populations import make_populations
    from lekti.population.typical import Typical, read_typical, write_typical

    with progress_bar() as progress:
        found = calibrate(out, settings, targets=fit_targets(without), progress=progress)
        kept = Typical(found.after.names, found.after.scores[found.plausible])
        if not len(kept.scores):
            raise MachineError(
                "No set of typical values is plausible for every target", fix="Raise --sets or --people"
            )
        path = out / "typical.parquet"
        told = {**about(settings, found.targets), "fit": calibration_object(found)}
        write_typical(kept, path, about=told)
        typical = read_typical(path)[0]
        size = Size(each // EACH_SET, EACH_SET, settings.seed)
        return found, make_populations(out, typical, size, kernel=found.kernel, progress=progress)


def _check(seed: int, **options: tuple[int, int, int]) -> None:
    """Refuse a number outside its limits (value, least, most)."""
    from lekti.base.errors import InputError

    for name, (value, least, most) in options.items():
        if not least <= value <= most:
            raise InputError(f"--{name} {value}", expected=f"{least} to {most}")
    if seed < 0:
        raise InputError(f"--seed {seed}", expected="0 or above")
