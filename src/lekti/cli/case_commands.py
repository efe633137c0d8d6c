"""`lekti case`: case files from and to phenopackets, and their check."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    help="Import, export and check case files.",
    rich_markup_mode=None,
)

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Force = Annotated[bool, typer.Option("--force", help="Replace an existing file.")]
_Case = Annotated[str, typer.Argument(help="A case file (YAML) or the name of a built-in case: index.")]


@app.command("import")
def import_command(
    phenopacket: Annotated[Path, typer.Argument(help="A GA4GH phenopacket, version 2, in JSON.")],
    out: Annotated[Path, typer.Option(help="The case file to write.")],
    json: _Json = False,
    force: _Force = False,
) -> None:
    """Turn a phenopacket of a person with Netherton syndrome into a case file, and list what is left out.

    Example: lekti case import PMID_40607310.json --out case.yaml
    """
    from lekti.base.files import read_user_text, write_new_text
    from lekti.patients.import_phenopacket import PHENOPACKET_LIMIT_BYTES, import_phenopacket
    from lekti.patients.read_case import read_case
    from lekti.patients.write_case import write_case

    _check_out(out, str(phenopacket), force=force)
    text = read_user_text(phenopacket, limit_bytes=PHENOPACKET_LIMIT_BYTES, noun="phenopacket")
    imported = import_phenopacket(text, name=str(phenopacket))
    written = write_case(imported.case)
    read_case(written, name=str(out))
    write_new_text(out, written, force=force)
    _tell({"case": imported.case.id, "file": str(out), "left_out": list(imported.left_out)}, json=json)


@app.command()
def export(
    case: _Case,
    out: Annotated[Path, typer.Option(help="The phenopacket to write.")],
    phenopacket: Annotated[
        bool,
        typer.Option("--phenopacket", help="As a GA4GH phenopacket, version 2 (the only format so far)."),
    ] = False,
    json: _Json = False,
    force: _Force = False,
) -> None:
    """Turn a case file into a phenopacket, and list what it cannot hold.

    A rare genotype together with a course of disease can identify a child: share the file with care.

    Example: lekti case export index --phenopacket --out index.json
    """
    from datetime import UTC, datetime

    from lekti.base.errors import InputError
    from lekti.base.files import write_new_text
    from lekti.patients.export_phenopacket import IDENTIFIABLE, export_phenopacket
    from lekti.patients.library import load_case

    if not phenopacket:
        raise InputError("No format is named", expected="--phenopacket")
    _check_out(out, case, force=force)
    loaded = load_case(case)
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    exported = export_phenopacket(loaded, created=created)
    write_new_text(out, exported.text, force=force)
    told = {"case": loaded.id, "file": str(out), "left_out": list(exported.left_out), "warning": IDENTIFIABLE}
    _tell(told, json=json)


@app.command()
def check(case: _Case, json: _Json = False) -> None:
    """Check a case file and say what it holds.

    Example: lekti case check index
    """
    from lekti.base.provenance import USE
    from lekti.patients.library import load_case
    from lekti.patients.summary import summary_lines, summary_object

    loaded = load_case(case)
    if json:
        _print_object({"valid": True, **summary_object(loaded), "use": USE})
        return
    typer.echo(f"{case} is a valid case.")
    for line in summary_lines(loaded):
        typer.echo(line)


def _check_out(out: Path, source: str, *, force: bool) -> None:
    from lekti.base.errors import InputError
    from lekti.base.files import refuse_existing

    if out.resolve() == Path(source).resolve():
        raise InputError(f"--out {out} is the file that is read", expected="another name")
    refuse_existing(out, force=force)


def _tell(told: dict[str, Any], *, json: bool) -> None:
    from lekti.base.provenance import USE

    if json:
        _print_object({**told, "use": USE})
        return
    typer.echo(f"Wrote {told['file']} (case {told['case']}).")
    if told["left_out"]:
        typer.echo("Not carried over:")
    for sentence in told["left_out"]:
        typer.echo(f"  - {sentence}")
    if "warning" in told:
        typer.echo(told["warning"])


def _print_object(shown: dict[str, Any]) -> None:
    typer.echo(json_text.dumps(shown, indent=2, ensure_ascii=False, allow_nan=False))
