"""`lekti explain`: the answer page for families."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer


def explain(
    out: Annotated[
        Path | None, typer.Option(help="The HTML file to write; the text is printed if left out.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the page as one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Explain Netherton syndrome in simple words, every statement tied to its claims and sources.

    The page opens offline. A statement whose claim is withdrawn is not on it.

    Example: lekti explain --out netherton.html
    """
    from lekti.base.files import write_new_text
    from lekti.evidence.read_claims import load_claims
    from lekti.outputs.answer_html import answer_html
    from lekti.outputs.answer_object import answer_object, answer_text
    from lekti.outputs.answer_page import answer_page

    page = answer_page(load_claims())
    if out is not None:
        write_new_text(out, answer_html(page), force=force)
    if json:
        written = {"file": str(out)} if out is not None else {}
        typer.echo(json_text.dumps(written | answer_object(page), indent=2, ensure_ascii=False))
    elif out is not None:
        statements = sum(len(section.statements()) for section in page.sections)
        typer.echo(f"Wrote {out}: {statements} statements on {len(page.claims())} claims")
    else:
        typer.echo(answer_text(page))
