"""`lekti variant HGVS`: what one SPINK5 variant does, and what is known of it."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lekti.genetics.acmg_rules import Evidence
    from lekti.genetics.fetch_sequence import SequenceFacts
    from lekti.genetics.interpretation import Interpretation
    from lekti.outputs.lekti_left import LektiLeft

PATIENTS = 200
SEED = 1
"""As many virtual versions, and the same seed, as `lekti run` takes when nothing is said."""


def variant(
    description: Annotated[
        str,
        typer.Argument(help="c., p. or g. (GRCh38, GRCh37), a VCF line, IVS14+5G>C, G1258A, an rs number."),
    ],
    spliceai: Annotated[
        str | None,
        typer.Option(help="SpliceAI scores you have: 0.91, DS_DL=0.91,DS_DG=0, or from a VCF."),
    ] = None,
    frequency: Annotated[
        float | None, typer.Option(help="Highest allele frequency in one population (0 for not seen).")
    ] = None,
    frequency_source: Annotated[str, typer.Option(help="Where that frequency stands.")] = "",
    overrides: Annotated[
        Path | None, typer.Option(help="A file with lines of the ACMG/AMP sheet that you set yourself.")
    ] = None,
    write_sheet: Annotated[
        Path | None,
        typer.Option(help="Write the draft sheet to this file, to change and give back."),
    ] = None,
    sequence: Annotated[
        bool, typer.Option("--sequence", help="Fetch the sequence from Ensembl and NCBI, and check with it.")
    ] = False,
    case: Annotated[
        str | None,
        typer.Option(help="A case that carries the variant: its signs weight the prior."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Say what a SPINK5 variant does: place, consequence, residual LEKTI, records, a draft ACMG/AMP sheet.

    Works from position and length alone; the web is asked with --sequence only.

    Example: lekti variant "NM_006846.4:c.1302+5G>C"
    """
    from lekti.base.files import write_new_text
    from lekti.genetics.acmg_overrides import sheet_text
    from lekti.genetics.interpretation import interpret_variant
    from lekti.outputs.lekti_left import lekti_object
    from lekti.outputs.variant_card import person_lines, print_variant
    from lekti.outputs.variant_object import facts_object, variant_object

    evidence = _evidence(spliceai, frequency, frequency_source, overrides)
    person = None
    if case is not None:
        evidence, person = _person(description, case, evidence)
    found = interpret_variant(description, evidence=evidence)
    facts = _facts(found) if sequence else None
    if write_sheet is not None:
        write_new_text(write_sheet, sheet_text(found.sheet), force=force)
    if json:
        printed = {**variant_object(found), "person": lekti_object(person), "sequence": facts_object(facts)}
        typer.echo(json_text.dumps(printed, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print_variant(found, more=person_lines(person), facts=facts)


def _facts(found: Interpretation) -> SequenceFacts:
    from lekti.evidence.web import Web
    from lekti.genetics.fetch_sequence import fetch_facts

    with Web() as web:
        return fetch_facts(found.described, web)


def _person(description: str, case: str, evidence: Evidence) -> tuple[Evidence, LektiLeft]:
    """Return the evidence with one person's signs and alleles, and the LEKTI left in that person."""
    from dataclasses import replace

    from lekti.cli.progress import progress_bar
    from lekti.genetics.describe import describe
    from lekti.outputs.lekti_left import left_of
    from lekti.patients.library import load_case
    from lekti.population.person import carries_twice, check_carries, person_left

    loaded, described = load_case(case), describe(description)
    check_carries(loaded, described)
    with progress_bar() as progress:
        drawn = person_left(loaded, patients=PATIENTS, seed=SEED, progress=progress)
    signs = frozenset(feature.hpo for feature in loaded.features if feature.present)
    twice = carries_twice(loaded, described)
    return replace(evidence, signs=signs, homozygous=twice, person=f"case {loaded.id}"), left_of(drawn)


def _evidence(
    spliceai: str | None, frequency: float | None, frequency_source: str, overrides: Path | None
) -> Evidence:
    from lekti.base.errors import InputError, shown
    from lekti.base.files import read_user_text
    from lekti.genetics.acmg_overrides import LARGEST_BYTES, read_overrides
    from lekti.genetics.acmg_rules import Evidence
    from lekti.genetics.splice_scores import read_splice_scores

    if frequency is not None and not 0 <= frequency <= 1:
        raise InputError(f"--frequency {frequency:g}", expected="a share from 0 to 1")
    lines = ()
    if overrides is not None:
        text = read_user_text(overrides, limit_bytes=LARGEST_BYTES, noun="sheet")
        lines = read_overrides(text, name=str(overrides))
    return Evidence(
        splice=read_splice_scores(spliceai) if spliceai is not None else None,
        frequency=frequency,
        frequency_source=shown(frequency_source, 120),
        overrides=lines,
    )
