"""`lekti model`: the model as text, as SBML or Antimony, and against another simulator."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Show the model, write it out, or compare it with another simulator.",
    rich_markup_mode=None,
)


@app.command()
def show(
    module: Annotated[
        str | None, typer.Argument(help="A module, such as barrier; all of them if left out.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show the modules of the model, or one module with its equations and numbers.

    Example: lekti model show barrier
    """
    from lekti.outputs.model_text import model_object, module_object, module_text, overview_text

    if json:
        shown = model_object() if module is None else module_object(module)
        typer.echo(json_text.dumps(shown, indent=2, ensure_ascii=False))
    else:
        typer.echo(overview_text() if module is None else module_text(module))


@app.command()
def identifiability(
    typical: Annotated[
        Path | None,
        typer.Option(help="The typical.parquet of lekti calibrate (default: the one that ships)."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell of each number how much the calibration narrowed its prior, and whether chance would do the same.

    Example: lekti model identifiability
    """
    from lekti.base.errors import InputError
    from lekti.outputs.identifiability import identifiability as found_in
    from lekti.outputs.identifiability import identifiability_object, identifiability_text
    from lekti.population.shipped import TYPICAL_FILE, shipped_folder
    from lekti.population.typical import read_typical

    path = shipped_folder() / TYPICAL_FILE if typical is None else typical
    if typical is None and not path.is_file():
        raise InputError(
            "No calibration ships with this version", fix="Run lekti calibrate, and name its file"
        )
    found = found_in(*read_typical(path))
    told = identifiability_object(found)
    typer.echo(json_text.dumps(told, indent=2, ensure_ascii=False) if json else identifiability_text(found))


@app.command()
def export(
    out: Annotated[Path | None, typer.Option(help="The file to write; standard output if left out.")] = None,
    sbml: Annotated[bool, typer.Option("--sbml", help="SBML Level 3 Version 2 (the default).")] = False,
    antimony: Annotated[bool, typer.Option("--antimony", help="Antimony text.")] = False,
    layers: Annotated[int, typer.Option(help="Layers of the stratum corneum.")] = 6,
    json: Annotated[bool, typer.Option("--json", help="Print what was written as one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write the model as one SBML document or as Antimony text.

    Example: lekti model export --sbml --out netherton.xml
    """
    from lekti.base.errors import InputError
    from lekti.base.files import write_new_text
    from lekti.base.provenance import USE, checksum
    from lekti.model.assemble import assemble_antimony, assemble_sbml

    if sbml and antimony:
        raise InputError("--sbml and --antimony together", expected="one of them")
    if not 2 <= layers <= 24:
        raise InputError(f"--layers {layers}", expected="2 to 24")
    text = assemble_antimony(layers=layers) if antimony else assemble_sbml(layers=layers)
    if out is None:
        if json:
            raise InputError("--json without --out", expected="a file to write to", fix="Add --out FILE")
        typer.echo(text, nl=False)
        return
    write_new_text(out, text, force=force)
    if json:
        written = {
            "file": str(out),
            "format": "antimony" if antimony else "sbml",
            "sha256": checksum(text),
            "use": USE,
        }
        typer.echo(json_text.dumps(written, indent=2))
    else:
        typer.echo(f"Wrote {out}")


@app.command()
def published(
    name: Annotated[
        str | None, typer.Argument(help="A published model, such as miyano_2021; a list if left out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the model as Antimony text (.ant) or SBML (any other name).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Run a published model, written anew, and compare its figures with what was published.

    Exit 1 if a figure differs. With --out the model is written and not run.

    Example: lekti model published fukuda_2024
    """
    from lekti.base.errors import AnswerIsNo, InputError
    from lekti.model.published import published_model
    from lekti.outputs.published_text import found_object, found_text, models_object, models_text, summary
    from lekti.population.figures import reproduce

    if name is None:
        if out is not None:
            raise InputError("--out without a model", expected="the name of a published model")
        typer.echo(json_text.dumps(models_object(), indent=2, ensure_ascii=False) if json else models_text())
        return
    model = published_model(name)
    if out is not None:
        _write_published(name, out, json=json, force=force)
        return
    found = reproduce(name)
    told = json_text.dumps(found_object(model, found), indent=2, ensure_ascii=False)
    typer.echo(told if json else found_text(model, found))
    if not all(one.holds for one in found):
        raise AnswerIsNo(summary(found), expected="all of them")


def _write_published(name: str, out: Path, *, json: bool, force: bool) -> None:
    """Write a published model to a file and say so."""
    from lekti.base.files import write_new_text
    from lekti.base.provenance import USE, checksum
    from lekti.model.published import published_antimony, published_sbml

    antimony = out.suffix == ".ant"
    text = published_antimony(name) if antimony else published_sbml(name)
    write_new_text(out, text, force=force)
    if json:
        form = "antimony" if antimony else "sbml"
        written = {"file": str(out), "format": form, "sha256": checksum(text), "use": USE}
        typer.echo(json_text.dumps(written, indent=2))
    else:
        typer.echo(f"Wrote {out}")


@app.command()
def layers(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="Numbers of layers, 2 to 24; 4 6 8 12 24 if left out.")
    ] = None,
    figure: Annotated[Path | None, typer.Option(help="An SVG file to write as well.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Show what the number of layers of the stratum corneum changes: water loss against LEKTI left.

    Example: lekti model layers 4 6 12 --figure layers.svg
    """
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.cli.progress import progress_bar
    from lekti.outputs.layers_figure import layers_object, layers_svg, layers_text
    from lekti.population.layers import COUNTS, layer_study

    if figure is not None:
        refuse_existing(figure, force=force)
    with progress_bar() as progress:
        study = layer_study(numbers or COUNTS, progress=progress)
    if figure is not None:
        write_new_text(figure, layers_svg(study), force=force)
    told = json_text.dumps(layers_object(study), indent=2, ensure_ascii=False)
    typer.echo(told if json else layers_text(study))


@app.command()
def compare(
    simulator: Annotated[str, typer.Option("--with", help="roadrunner or copasi.")] = "roadrunner",
    years: Annotated[float, typer.Option(help="Years of life to simulate.")] = 8.0,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Simulate the exported SBML here and in another simulator; exit 1 if they differ by more than 1e-4.

    Needs that simulator: pip install "lekti[judges]".

    Example: lekti model compare --with copasi
    """
    from lekti.base.errors import AnswerIsNo
    from lekti.engine.judges import ALLOWED, compare_with

    found = compare_with(simulator, years=years)
    if json:
        typer.echo(json_text.dumps(found.as_object(), indent=2))
    else:
        typer.echo(found.sentence())
    if not found.agrees:
        raise AnswerIsNo(
            f"The worst relative difference is {found.worst:.2g}", expected=f"at most {ALLOWED:g}"
        )
