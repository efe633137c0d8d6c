"""`lekti record`: add, show, list and search the papers and pages that claims rest on."""

from __future__ import annotations

from typing import Annotated

import typer

from lekti.cli.record_options import Json, RecordDir

app = typer.Typer(
    help="Add, show, list and search records: papers and pages, kept in a folder of your own.",
    rich_markup_mode=None,
)


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(help="Files, or PMID:..., PMC..., DOI:... or web addresses to fetch.")
    ],
    from_text: Annotated[
        bool, typer.Option("--from-text", help="Take each file as a page of text, whatever its layout.")
    ] = False,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Also fetch the full text where it is open.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace other words in the same form.")] = False,
    record_dir: RecordDir = None,
    json: Json = False,
) -> None:
    """Add papers or pages from files, PubMed, Europe PMC, Crossref or the web, and say what is wrong.

    The network is used only for what is no file. NCBI_API_KEY and LEKTI_EMAIL are sent if they are set.

    Example: lekti record add paper.md PMID:40607310
    """
    from lekti.base.errors import InputError
    from lekti.cli.record_words import added_lines, added_object, print_object
    from lekti.evidence.add_records import add_records
    from lekti.evidence.store import Store, open_store

    store = Store(record_dir) if record_dir else open_store()
    done = add_records(sources, store, from_text=from_text, full_text=full_text, force=force)
    if json:
        print_object(added_object(done, store))
    for line in () if json else [line for each in done for line in added_lines(each)]:
        typer.echo(line)
    failed = [each for each in done if each.failure]
    if len(done) == 1 and failed and failed[0].error:
        raise failed[0].error
    if failed:
        raise InputError(
            f"{len(failed)} of {len(done)} sources were not added",
            where=" ".join(each.failure for each in failed),
        )


@app.command()
def show(
    record: Annotated[str, typer.Argument(help="An identifier of a record, or a file.")],
    section: Annotated[str, typer.Option(help="Print the words of one section, such as abstract.")] = "",
    form: Annotated[
        str,
        typer.Option(
            help="Print the record as markdown, answer_page, pubmed_xml, nbib, pubmed_text or jats."
        ),
    ] = "",
    record_dir: RecordDir = None,
    json: Json = False,
) -> None:
    """Show a record: what it is, what is wrong with it, its sections and its abstract or short answer.

    Example: lekti record show PMID:40607310 --section abstract
    """
    from lekti.cli.record_words import clean, print_object, section_text, shown_lines, shown_object
    from lekti.evidence.add_records import find_record
    from lekti.evidence.store import open_store

    found = find_record(record, open_store(record_dir))
    if form:
        from lekti.evidence.write_record import write_record

        written = write_record(found, form)
        typer.echo(written.text, nl=False)
        if written.left_out:
            typer.echo(f"\nNot carried over: {', '.join(written.left_out)}.", err=True)
        return
    if section:
        typer.echo(clean(section_text(found, section)))
        return
    if json:
        print_object(shown_object(found))
        return
    typer.echo("\n".join(shown_lines(found)))


@app.command("list")
def list_command(record_dir: RecordDir = None, json: Json = False) -> None:
    """List all records, one line each.

    Example: lekti record list
    """
    from lekti.cli.record_words import listed_lines, listed_object, print_object
    from lekti.evidence.store import open_store

    store = open_store(record_dir)
    if json:
        print_object(listed_object(store))
        return
    typer.echo("\n".join(listed_lines(store)))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words that all stand in one section.")],
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many sections to show at most.")] = 20,
    record_dir: RecordDir = None,
    json: Json = False,
) -> None:
    """Find the sections that hold all the words. A word with signs, such as c.1302+5G>C, stands as written.

    Example: lekti record search dupilumab IgE
    """
    from lekti.base.errors import AnswerIsNo
    from lekti.cli.record_words import found_lines, found_object, print_object
    from lekti.evidence.store import open_store

    store = open_store(record_dir)
    hits = store.search(" ".join(words), most=most)
    if json:
        print_object(found_object(hits, words))
    elif hits:
        typer.echo("\n".join(found_lines(hits)))
    if not hits:
        raise AnswerIsNo("No record holds these words", where=str(store.folder))
