"""`lekti evidence list|show|anchor`: the claims, one claim, and tying a claim to words at hand."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lekti.cli.record_options import Json, RecordDir

if TYPE_CHECKING:
    from lekti.evidence.record import Record

app = typer.Typer(
    help="Claims, the words they rest on, and the check of any quote.",
    rich_markup_mode=None,
)


@app.command("list")
def list_claims(
    topic: Annotated[str, typer.Option(help="Only one topic, such as case_report.")] = "",
    record: Annotated[str, typer.Option(help="Only what rests on a record, such as PMID:40607310.")] = "",
    json: Json = False,
) -> None:
    """List the claims: id, statement, and how each is tied to its records.

    Example: lekti evidence list --topic case_report
    """
    from lekti.base.errors import InputError
    from lekti.base.provenance import USE
    from lekti.evidence.own_anchors import claims_with_own_anchors

    claims = claims_with_own_anchors()
    topics = tuple(dict.fromkeys(claim.topic for claim in claims))
    if topic and topic not in topics:
        raise InputError(f"--topic {topic}", expected=" or ".join(topics))
    chosen = [claim for claim in claims.claims if topic in ("", claim.topic)]
    if record:
        chosen = [claim for claim in chosen if _one_spelling(record) in claim.records]
    if json:
        found = [
            {
                "id": claim.id,
                "topic": claim.topic,
                "statement": claim.statement,
                "status": claim.status,
                "records": list(claim.records),
                "anchors": [one.anchor.state for one in claim.evidence],
            }
            for claim in chosen
        ]
        typer.echo(json_text.dumps({"claims": found, "use": USE}, indent=2, ensure_ascii=False))
        return
    for claim in chosen:
        states = ", ".join(sorted({one.anchor.state for one in claim.evidence}))
        gone = "" if claim.active else " (withdrawn)"
        typer.echo(f"{claim.id}  {claim.statement}{gone}  [{states}]")
    typer.echo(f"{len(chosen)} claims. For {USE}.")


@app.command("show")
def show_claim(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim, such as CL0101.")],
    record_dir: RecordDir = None,
    json: Json = False,
) -> None:
    """Show a claim, the quoted words if the record is at hand, and what rests on it: model and answer page.

    Example: lekti evidence show CL0101
    """
    from lekti.base.provenance import USE
    from lekti.cli.own_records import finder
    from lekti.evidence.own_anchors import claims_with_own_anchors
    from lekti.evidence.shown_claim import claim_object, claim_text
    from lekti.outputs.answer_page import answer_page

    claims = claims_with_own_anchors()
    claim, find = claims.get(claim_id), finder(record_dir)
    answers = answer_page(claims).sections_on(claim.id)
    if json:
        plain = claim_object(claim, claims, find, answers=answers) | {"use": USE}
        typer.echo(json_text.dumps(plain, indent=2, ensure_ascii=False))
    else:
        typer.echo(claim_text(claim, claims, find, answers=answers))


@app.command("anchor")
def anchor_claim(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim, such as CL0101.")],
    quote: Annotated[str, typer.Option(help="The words of the record, in one piece.")],
    record: Annotated[
        str, typer.Option(help="Which record, by id or as a file; needed if the claim rests on several.")
    ] = "",
    section: Annotated[str | None, typer.Option(help="The section the words stand in.")] = None,
    knowledge: Annotated[
        Path | None, typer.Option(help="The knowledge folder of a checkout, to write there for everyone.")
    ] = None,
    record_dir: RecordDir = None,
    json: Json = False,
    force: Annotated[bool, typer.Option("--force", help="Anchor anew what is anchored.")] = False,
) -> None:
    """Tie a claim to words of a record at hand; places and checksums are written, never the words.

    The anchor goes to your own file (LEKTI_ANCHORS, or your data folder), or with --knowledge to a checkout.
    Exit code 1 if the words do not stand there.

    Example: lekti evidence anchor CL0101 --quote "from 1078 IU/mL to 55.8 IU/mL"
    """
    from datetime import date

    from lekti.base.errors import InputError
    from lekti.base.provenance import USE
    from lekti.evidence.anchoring import anchor_quote, check_value, chosen_evidence
    from lekti.evidence.own_anchors import checkout_file, claims_with_own_anchors, own_file, write_anchor
    from lekti.evidence.read_anchors import COLUMNS, anchor_cells

    claim = claims_with_own_anchors().get(claim_id)
    if knowledge is not None and not checkout_file(knowledge).is_file():
        raise InputError(
            f"{knowledge} holds no claims/anchors.tsv", expected="the knowledge folder of a checkout"
        )
    held = _held(record)
    known = set(held.ids if held else (_one_spelling(record),))
    evidence = chosen_evidence(claim, next((one for one in claim.records if one in known), record))
    held = held or _at_hand(evidence.record_id, record_dir)
    check_value(claim, quote)
    anchor = anchor_quote(held, quote, day=date.today().isoformat(), section=section)
    file = checkout_file(knowledge) if knowledge else own_file()
    write_anchor(evidence.id, anchor, file, force=force)
    if json:
        cells = dict(zip(COLUMNS, anchor_cells(evidence.id, anchor), strict=True))
        typer.echo(json_text.dumps({"anchor": cells, "file": str(file), "use": USE}, indent=2))
        return
    typer.echo("\t".join(anchor_cells(evidence.id, anchor)))
    typer.echo(f"{evidence.id} is anchored in {held.id}, {anchor.section}. Written to {file}.")


def _held(record: str) -> Record | None:
    """Return the record a file holds, when `--record` names a file."""
    from lekti.evidence.stored_file import read_stored

    return read_stored(Path(record)) if record and Path(record).is_file() else None


def _at_hand(record_id: str, record_dir: Path | None) -> Record:
    """Return the user's own copy of a record; raise `InputError` without one."""
    from lekti.base.errors import InputError
    from lekti.cli.own_records import finder
    from lekti.evidence.bibliography import entry_of

    find = finder(record_dir)
    found = next((held for one in entry_of(record_id).ids if (held := find(one))), None)
    if found is None:
        raise InputError(f"{record_id} is not at hand", fix=f"Add it first: lekti record add {record_id}")
    return found


def _one_spelling(record: str) -> str:
    from lekti.evidence.bibliography import canonical
    from lekti.evidence.identifiers import find_id

    return canonical(find_id(record) or record)
