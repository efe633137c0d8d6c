"""`lekti evidence check|check-quote|check-yaml`: are quoted words in the records at hand?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lekti.cli.evidence_claims_commands import app
from lekti.cli.record_options import Json, RecordDir

_All = Annotated[bool, typer.Option("--all", help="List every verdict, not only what did not pass.")]


@app.command()
def check(record_dir: RecordDir = None, everything: _All = False, json: Json = False) -> None:
    """Check every claim against the records at hand: are its words there, and do they state its value?

    The answer is no (exit 1) when a claim fails, and when nothing could be checked. What was not checked is
    counted apart and never passes.

    Example: lekti evidence check --record-dir records
    """
    from lekti.base.errors import AnswerIsNo
    from lekti.cli.evidence_words import claims_lines, claims_object, print_object
    from lekti.evidence.bibliography import entry_of
    from lekti.evidence.check_claims import check_claims
    from lekti.evidence.own_anchors import claims_with_own_anchors
    from lekti.evidence.store import open_store

    store = open_store(record_dir)
    done = check_claims(claims_with_own_anchors().active(), lambda any_id: store.get(*entry_of(any_id).ids))
    if json:
        print_object(claims_object(done))
    else:
        typer.echo("\n".join(claims_lines(done, everything=everything)))
    counts = done.counts
    if not counts["checked"]:
        raise AnswerIsNo(
            "Nothing was checked",
            where=str(store.folder),
            expected="a record that a claim is anchored in",
            fix="`lekti record add` brings one in.",
        )
    if counts["failed"]:
        raise AnswerIsNo(f"{counts['failed']} of {counts['checked']} pieces of evidence do not stand")


@app.command("check-quote")
def check_quote_command(
    record: Annotated[str, typer.Argument(help="An identifier of a record at hand, or a file.")],
    quote: Annotated[str, typer.Argument(help="The quoted words; ... or [...] where words are left out.")],
    section: Annotated[
        str | None, typer.Option(help="Look in this section only, such as abstract.", show_default=False)
    ] = None,
    record_dir: RecordDir = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print nothing: the exit code alone answers, about twice as fast.")
    ] = False,
    json: Json = False,
) -> None:
    """Check that a quote stands in a record, word for word or after repairs that are named.

    Exit 0 only when it stands, 1 when it does not, 2 when the record cannot be read.

    Example: lekti evidence check-quote PMID:40607310 "from 1078 IU/mL to 55.8 IU/mL"
    """
    from lekti.base.errors import AnswerIsNo
    from lekti.cli.evidence_words import print_object, quote_lines, verdict_object
    from lekti.evidence.add_records import find_record
    from lekti.evidence.quote import check_quote, quote_stands
    from lekti.evidence.store import open_store

    found = find_record(record, open_store(record_dir))
    if quiet:
        raise typer.Exit(0 if quote_stands(found, quote, section=section) else 1)
    verdict = check_quote(found, quote, section=section)
    if json:
        print_object({"record": found.id, "quote": quote, **verdict_object(verdict)})
    else:
        typer.echo("\n".join(quote_lines(found, verdict)))
    if not verdict.stands:
        raise AnswerIsNo("The quote does not stand", where=found.id)


@app.command("check-yaml")
def check_yaml_command(
    file: Annotated[Path, typer.Argument(help="A YAML file with reference: and snippet: side by side.")],
    record_dir: RecordDir = None,
    allow_missing: Annotated[
        bool, typer.Option("--allow-missing", help="Do not fail for records that are not at hand.")
    ] = False,
    everything: _All = False,
    json: Json = False,
) -> None:
    """Check every snippet of a YAML file, such as a disease of dismech, wherever it stands in the tree.

    The answer is no (exit 1) when a snippet does not stand, when a record is missing, and when nothing could
    be checked.

    Example: lekti evidence check-yaml Netherton_Syndrome.yaml --record-dir references_cache
    """
    from lekti.base.errors import AnswerIsNo
    from lekti.base.files import read_user_text
    from lekti.cli.evidence_words import print_object, yaml_lines, yaml_object
    from lekti.evidence.check_yaml import LIMIT_BYTES, check_yaml
    from lekti.evidence.store import open_store

    text = read_user_text(file, limit_bytes=LIMIT_BYTES, noun="YAML file")
    done = check_yaml(text, open_store(record_dir).get, name=str(file))
    if json:
        print_object(yaml_object(done, str(file)))
    else:
        typer.echo("\n".join(yaml_lines(done, everything=everything)))
    counts = done.counts
    if not counts["checked"]:
        raise AnswerIsNo("Nothing was checked", where=str(file), expected="reference: beside snippet:")
    missing = 0 if allow_missing else counts["record_missing"]
    if counts["failed"] or missing:
        raise AnswerIsNo(
            f"{counts['failed']} snippets do not stand and {missing} were not checked", where=str(file)
        )
