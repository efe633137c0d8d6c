"""The `lekti` command: mounts every group of commands and words every error."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from lekti import __version__
from lekti.base.errors import LektiError, shown
from lekti.cli.calibrate_command import calibrate_model
from lekti.cli.case_commands import app as case_app
from lekti.cli.cite_command import cite
from lekti.cli.cohort_commands import app as cohort_app
from lekti.cli.credibility_command import credibility_report
from lekti.cli.evidence_commands import app as evidence_app
from lekti.cli.explain_command import explain
from lekti.cli.export_commands import app as export_app
from lekti.cli.family_command import family
from lekti.cli.model_commands import app as model_app
from lekti.cli.record_commands import app as record_app
from lekti.cli.run_command import run
from lekti.cli.sensitivity_command import sensitivity_of
from lekti.cli.suite_commands import app as suite_app
from lekti.cli.suite_commands import simulate_model
from lekti.cli.validate_command import validate_model
from lekti.cli.variant_command import variant

STOPPED = 130
"""Exit code after Ctrl-C."""

MOST_SIGNS = 2000
"""An error is one line, however long the text a user gave."""

app = typer.Typer(
    name="lekti",
    help="Netherton syndrome as software that runs, cites and explains itself.\n\n"
    "For research and education; not for decisions about a person.\n\n"
    "Example: lekti run index",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("run")(run)
app.command("family")(family)
app.add_typer(cohort_app, name="cohort")
app.add_typer(case_app, name="case")
app.add_typer(model_app, name="model")
app.add_typer(record_app, name="record")
app.command("variant")(variant)
app.command("simulate")(simulate_model)
app.add_typer(suite_app, name="sbml-suite")
app.command("explain")(explain)
app.command("validate")(validate_model)
app.command("sensitivity")(sensitivity_of)
app.command("credibility")(credibility_report)
app.command("cite")(cite)
app.add_typer(evidence_app, name="evidence")
app.add_typer(export_app, name="export")
app.command("calibrate")(calibrate_model)


@app.callback(invoke_without_command=True)
def no_command(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Handle options that stand before any command, and no command at all."""
    if version:
        typer.echo(f"lekti {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command line; exit 0 done, 1 the answer is no, 2 the input or machine is wrong, 130 stopped."""
    _show_any_text()
    try:
        code = app(standalone_mode=False)
    except LektiError as error:
        _say(error.sentence())
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except typer.TyperException as error:
        _say(error.format_message())
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _say(f"{shown(str(error.filename or 'The output'), 120)} cannot be used: {error.strerror or error}.")
        sys.exit(2)
    except MemoryError:
        _say("This needs more memory than the machine has. Ask for fewer patients, or for a shorter course.")
        sys.exit(2)
    if code == STOPPED:
        _say("Stopped. Nothing was written.")
    sys.exit(code if isinstance(code, int) else 0)


def _show_any_text() -> None:
    """Let the output show `?` for what it cannot encode, such as a file name that is no Unicode text."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _say(sentence: str) -> None:
    print(f"lekti: {shown(' '.join(sentence.split()), MOST_SIGNS)}", file=sys.stderr)
