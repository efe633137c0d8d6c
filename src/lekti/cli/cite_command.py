"""`lekti cite`: the records behind a result, a module of the model or a claim, with the reason for each."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lekti.evidence.citation import Citation, Reason

FORMATS = ("text", "bibtex", "csl")


def cite(
    what: Annotated[
        str,
        typer.Argument(
            help="A claim such as CL0101, a module such as barrier, model, a result.zarr or its folder."
        ),
    ],
    form: Annotated[str, typer.Option("--format", help="text, bibtex or csl (CSL-JSON).")] = "text",
    record_dir: Annotated[
        Path | None, typer.Option(help="Folder of your records; they complete the authors.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write; standard output if left out.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """List the records that something rests on, and why each is cited.

    Example: lekti cite ige --format bibtex
    """
    from lekti.base.errors import InputError
    from lekti.base.files import write_new_text
    from lekti.base.provenance import USE
    from lekti.cli.own_records import finder
    from lekti.evidence.citation import gather

    if form not in FORMATS:
        raise InputError(f"--format {form}", expected=" or ".join(FORMATS))
    citations = gather(_reasons(what), finder(record_dir))
    if json:
        text = json_text.dumps(_object(what, citations) | {"use": USE}, indent=2, ensure_ascii=False) + "\n"
    else:
        text = _written(citations, form)
    if out is None:
        typer.echo(text, nl=False)
        return
    write_new_text(out, text, force=force)
    typer.echo(f"Wrote {len(citations)} records to {out}")


def _reasons(what: str) -> tuple[tuple[str, Reason], ...]:
    import re

    from lekti.base.errors import AnswerIsNo
    from lekti.evidence.citation import reasons_of_claim
    from lekti.evidence.read_claims import load_claims
    from lekti.model.cited import reasons_of_model, reasons_of_module
    from lekti.model.parameters import MODULES
    from lekti.outputs.cited import reasons_of_result

    if re.fullmatch(r"CL\d+", what, re.IGNORECASE):
        claim = load_claims().get(what)
        if not claim.active:
            raise AnswerIsNo(f"{claim.id} is withdrawn: {claim.note}")
        return reasons_of_claim(claim)
    if what == "model":
        return reasons_of_model()
    return reasons_of_module(what) if what in MODULES else reasons_of_result(Path(what))


def _written(citations: tuple[Citation, ...], form: str) -> str:
    from lekti.base.provenance import USE
    from lekti.evidence.bibtex import bibtex
    from lekti.evidence.citation import citation_text
    from lekti.evidence.csl import csl_items

    if form == "bibtex":
        return f"% use: {USE}\n\n{bibtex(citations)}"
    if form == "csl":
        return json_text.dumps(csl_items(citations), indent=2, ensure_ascii=False) + "\n"
    return "\n".join([*(citation_text(one) for one in citations), f"For {USE}.", ""])


def _object(what: str, citations: tuple[Citation, ...]) -> dict[str, object]:
    from lekti.evidence.csl import csl_items

    found = [
        {"record": one.entry.id, "csl": item, "reasons": [vars(reason) for reason in one.reasons]}
        for one, item in zip(citations, csl_items(citations), strict=True)
    ]
    return {"what": what, "records": found}
