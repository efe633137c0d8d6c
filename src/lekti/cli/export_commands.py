"""`lekti export`: what lekti knows, in the forms that other knowledge bases read."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Write what lekti knows in the forms of others.", rich_markup_mode=None)

_Json = Annotated[bool, typer.Option("--json", help="Print what was written as one JSON object.")]
_Force = Annotated[bool, typer.Option("--force", help="Replace existing files.")]


@app.command()
def dismech(
    out: Annotated[
        Path | None, typer.Option(help="The YAML file to write; standard output if left out.")
    ] = None,
    record_dir: Annotated[
        Path | None, typer.Option(help="Folder of your records; quoted words are taken from there.")
    ] = None,
    json: _Json = False,
    force: _Force = False,
) -> None:
    """Write the disease as a DisMech entry: signed edges with evidence, and the model.

    Example: lekti export dismech --out netherton.yaml
    """
    import yaml

    from lekti.base.errors import InputError
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.base.provenance import USE, checksum
    from lekti.cli.own_records import finder
    from lekti.evidence.own_anchors import claims_with_own_anchors
    from lekti.outputs.dismech import dismech_entry

    if out is None and json:
        raise InputError("--json without --out", expected="a file to write to", fix="Add --out FILE")
    if out is not None:
        refuse_existing(out, force=force)
    entry = dismech_entry(finder(record_dir), claims_with_own_anchors())
    text = f"# use: {USE}\n" + yaml.safe_dump(entry, sort_keys=False, allow_unicode=True, width=110)
    if out is None:
        typer.echo(text, nl=False)
        return
    write_new_text(out, text, force=force)
    if json:
        written = {"file": str(out), "format": "dismech", "sha256": checksum(text), "use": USE}
        typer.echo(json_text.dumps(written, indent=2))
    else:
        typer.echo(f"Wrote {out}")


@app.command()
def kgx(
    out: Annotated[Path, typer.Option(help="The folder for nodes and edges; it is made if it is not there.")],
    form: Annotated[str, typer.Option("--format", help="tsv or jsonl.")] = "tsv",
    json: _Json = False,
    force: _Force = False,
) -> None:
    """Write the claims as a KGX graph, in the words of the Biolink Model.

    Example: lekti export kgx --out kgx
    """
    from lekti.base.errors import InputError
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.base.provenance import USE
    from lekti.evidence.own_anchors import claims_with_own_anchors
    from lekti.outputs.kgx import jsonl, kgx_graph, tsv

    if form not in ("tsv", "jsonl"):
        raise InputError(f"--format {form}", expected="tsv or jsonl")
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is no folder", expected="a folder")
    graph = kgx_graph(claims_with_own_anchors())
    written = tsv if form == "tsv" else jsonl
    texts = {out / f"nodes.{form}": written(graph.nodes), out / f"edges.{form}": written(graph.edges)}
    out.mkdir(parents=True, exist_ok=True)
    for path in texts:
        refuse_existing(path, force=force)
    for path, text in texts.items():
        write_new_text(path, text, force=force)
    counts = {"nodes": len(graph.nodes), "edges": len(graph.edges)}
    if json:
        typer.echo(json_text.dumps({"files": [str(path) for path in texts], **counts, "use": USE}, indent=2))
    else:
        typer.echo(f"Wrote {counts['nodes']} nodes and {counts['edges']} edges to {out}. For {USE}.")


@app.command()
def petab(
    out: Annotated[Path, typer.Option(help="The folder for the problem; it is made if it is not there.")],
    json: _Json = False,
    force: _Force = False,
) -> None:
    """Write the calibration as a PEtab problem: SBML, parameters with priors, doses, measurements, noise.

    PEtab has no populations: one typical person stands for each. What else is lost is said in problem.yaml.

    Example: lekti export petab --out petab
    """
    from lekti.base.errors import InputError
    from lekti.base.files import refuse_existing, write_new_text
    from lekti.base.provenance import USE
    from lekti.outputs.petab import FILES, PROBLEM, lost_lines, petab_files
    from lekti.population.petab_problem import petab_problem

    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is no folder", expected="a folder")
    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        refuse_existing(out / name, force=force)
    problem = petab_problem()
    texts = {out / name: text for name, text in petab_files(problem).items()}
    for path, text in texts.items():
        write_new_text(path, text, force=force)
    counts = {
        "parameters": len(problem.free),
        "experiments": len(problem.experiments),
        "measurements": len(problem.measured),
        "left_out": len(problem.left_out),
    }
    if json:
        lost = lost_lines(problem)
        files = [str(path) for path in texts]
        told = {"files": files, "format": "PEtab 2.0.0", **counts, "lost": lost, "use": USE}
        typer.echo(json_text.dumps(told, indent=2, ensure_ascii=False))
    else:
        typer.echo(
            f"Wrote {out / PROBLEM}: {counts['measurements']} measurements, "
            f"{counts['parameters']} parameters, {counts['experiments']} experiments; "
            f"{counts['left_out']} targets have no place in PEtab."
        )
