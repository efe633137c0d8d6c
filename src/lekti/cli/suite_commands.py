"""`lekti sbml-suite`: run a folder of cases of the SBML Test Suite."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Run cases of the SBML Test Suite.",
    rich_markup_mode=None,
)


@app.callback()
def suite() -> None:
    """Run cases of the SBML Test Suite."""


@app.command("run")
def run_suite(
    folder: Annotated[Path, typer.Argument(help="A folder of cases such as 00001, or one such case.")],
    engine: Annotated[str, typer.Option(help="reference or kernel.")] = "reference",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Simulate every case and compare it with the suite's own results; exit 1 if one differs.

    What lekti does not hold is refused by name: delay, algebraic rules, fast reactions, comp, fbc.

    Example: lekti sbml-suite run semantic --engine kernel
    """
    from lekti.base.errors import AnswerIsNo
    from lekti.cli.progress import progress_bar
    from lekti.engine.solvers import solver_of
    from lekti.engine.suite import case_folders, judged
    from lekti.engine.suite_report import suite_object, suite_text

    solver = solver_of(engine)
    folders = case_folders(folder)
    verdicts = []
    with progress_bar() as progress:
        for verdict in judged(folders, solver, engine):
            verdicts.append(verdict)
            progress("cases", len(verdicts), len(folders))
    if json:
        typer.echo(json_text.dumps(suite_object(verdicts, engine), indent=2, ensure_ascii=False))
    else:
        typer.echo(suite_text(verdicts, engine))
    failed = [verdict.case for verdict in verdicts if verdict.verdict == "failed"]
    if failed:
        raise AnswerIsNo(f"{len(failed)} of {len(verdicts)} cases failed", expected="none")


def simulate_model(
    model: Annotated[Path, typer.Argument(help="An SBML file, or Antimony text in a file ending in .ant.")],
    settings: Annotated[Path, typer.Option(help="A settings file of the SBML Test Suite.")],
    out: Annotated[Path, typer.Option(help="The CSV file to write.")],
    engine: Annotated[str, typer.Option(help="reference or kernel.")] = "reference",
    json: Annotated[bool, typer.Option("--json", help="Print what was written as one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Simulate any SBML or Antimony model and write a table of values over time.

    Example: lekti simulate model.xml --settings 00001-settings.txt --out out.csv
    """
    from lekti.base.errors import AnswerIsNo
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.base.provenance import USE, checksum
    from lekti.engine.solvers import solver_of
    from lekti.engine.suite import case_values, read_model_file
    from lekti.engine.suite_files import read_settings, results_text

    solver = solver_of(engine)
    refuse_existing(out, force=force)
    wanted = read_settings(settings)
    values, outcome = case_values(read_model_file(model), wanted, solver)
    if not outcome.ok:
        raise AnswerIsNo(f"{model} could not be simulated: {outcome.reason}")
    text = results_text(wanted.variables, wanted.times(), values)
    write_new_text(out, text, force=force)
    used = "reference" if outcome.code == "ok_reference" else engine
    if json:
        written = {
            "file": str(out), "rows": len(values), "variables": list(wanted.variables), "engine": used,
            "note": outcome.reason, "sha256": checksum(text), "use": USE,
        }  # fmt: skip
        typer.echo(json_text.dumps(written, indent=2, ensure_ascii=False))
    else:
        note = f" The reference solved it: {outcome.reason}." if outcome.reason else ""
        typer.echo(f"Wrote {out}: {len(values)} rows, {len(wanted.variables)} variables.{note}")
