"""Any usual way of naming a SPINK5 variant, read into one description; nothing here knows the sequence."""

from __future__ import annotations

import re
from dataclasses import replace

from lekti.base.errors import InputError, shown
from lekti.genetics.borders import check_borders, nearest_exon
from lekti.genetics.described import Described
from lekti.genetics.gene import gene, residue_of
from lekti.genetics.hgvs import Variant, read_variant
from lekti.genetics.known_bases import check_reference
from lekti.genetics.other_names import other_names, plain_name
from lekti.genetics.read_genomic import DELETION, looks_genomic, read_genomic
from lekti.genetics.read_protein import check_residues, in_three_letters, looks_protein, read_protein
from lekti.genetics.spelling import Tidied, tidy

_GENE = re.compile(r"^SPINK5[:,]?(?=[a-zA-Z*-])", re.IGNORECASE)
_ON_CHROMOSOME = re.compile(r"^NC_000005(?:\.\d+)?\((?P<transcript>NM_\d+(?:\.\d+)?)\):?(?=c\.)")
_INTRON = re.compile(r"^(?:c\.)?IVS(?P<intron>\d{1,2})(?P<offset>[+-]\d{1,5})(?P<edit>\D.*)$", re.IGNORECASE)
_OLD_SUBSTITUTION = re.compile(r"^(?P<ref>[ACGT])(?P<at>\d+)(?P<alt>[ACGT])$")
_NO_PREFIX = re.compile(
    r"^[-*]?\d+(?:[+-]\d+)?(?:_[-*]?\d+(?:[+-]\d+)?)?(?:[ACGT]>|del|dup|ins)", re.IGNORECASE
)
_DELETION_WORDS = frozenset(
    {"complete", "deletion", "entire", "gene", "genomic", "gross", "heterozygous", "homozygous", "including"}
    | {"kb", "kilobase", "kilobases", "large", "of", "spink5", "the", "whole"}
)
_SIZE = re.compile(r"(\d+(?:[._]\d+)?)[\s_]*(?:kb|kilobases?)", re.IGNORECASE)


def describe(text: str, *, where: str = "") -> Described:
    """Read one variant in any of the usual forms.

    c., p. and g. (GRCh38, GRCh37), VCF-like lines, IVS14+5G>C, G1258A, E420K, rs2303067, a large deletion in
    words; spaces, dashes and arrows of any kind. Raises `InputError` with one sentence for anything else.

    >>> describe("IVS14 + 5 G → C").label
    'c.1302+5G>C'
    """
    if _is_deletion_in_words(text):
        return _deletion(text)
    tidied = tidy(text)
    change = _GENE.sub("", tidied.change) or tidied.change
    chromosome = _ON_CHROMOSOME.match(change)
    if chromosome is not None:
        change = f"{chromosome['transcript']}:{change[chromosome.end() :]}"
    found = _named(change, text) or _read(change, tidied, text, where)
    plain = () if tidied.change in text else ("spaces, dashes, arrows or small letters were made plain",)
    return _normal(found.noted(*plain), where)


def read_checked(text: str, *, where: str = "") -> Variant:
    """Read one coding description and hold it against the exon table and published bases and residues.

    Raises `InputError` like `describe`, but takes c. descriptions only: what a case file holds.
    """
    variant = read_variant(text, where=where)
    check_borders(variant, typed=text, where=where)
    check_reference(variant, typed=text, where=where)
    _check_protein(variant, text, where)
    return variant


def _named(change: str, typed: str) -> Described | None:
    """Return what a known other name stands for, of those that are not spelled like the change itself."""
    name = re.sub(r"^NM_\d+(\.\d+)?(\([^)]*\))?:", "", change)
    old = _OLD_SUBSTITUTION.match(name)
    if old is not None:
        name = f"c.{old['at']}{old['ref']}>{old['alt']}"
    elif _NO_PREFIX.match(name):
        name = f"c.{name}"
    looked_up = [name]
    if looks_protein(change):
        looked_up.append(in_three_letters(re.sub(r"^NP_\d+(\.\d+)?:", "", change)))
    row = next((row for row in map(other_names().get, map(plain_name, looked_up)) if row is not None), None)
    if row is None:
        return None
    reason = f": {row['note']}" if row["note"] else ""
    note = f"{shown(change, 40)} is read as {row['normal']}{reason} ({row['source']})"
    return Described(typed, variant=read_variant(row["normal"]), notes=(note,))


def _read(change: str, tidied: Tidied, typed: str, where: str) -> Described:
    if re.match(r"rs\d+$", change, re.IGNORECASE):
        raise InputError(
            f"'{shown(typed)}' is an rs number that lekti does not know",
            where=where,
            expected="a description such as c.1302+5G>C",
            fix="An rs number names a place and not which allele was seen",
        )
    if looks_genomic(change):
        return read_genomic(change, typed=typed, where=where)
    if looks_protein(change):
        return read_protein(change, typed=typed, where=where)
    coding, notes = _coding_text(change, typed, where)
    whole = f"{coding} {tidied.protein}" if tidied.protein else coding
    return Described(typed, variant=read_variant(whole, where=where), notes=notes)


def _coding_text(change: str, typed: str, where: str) -> tuple[str, tuple[str, ...]]:
    """Return older ways of writing a coding change as HGVS, and what was assumed."""
    intron = _INTRON.match(change)
    if intron is not None:
        return _from_intron(intron, typed, where)
    old = _OLD_SUBSTITUTION.match(change)
    if old is not None:
        if int(old["at"]) <= gene().residues:
            raise InputError(
                f"'{shown(typed)}' can be a base or a residue",
                where=where,
                expected=f"c.{old['at']}{old['ref']}>{old['alt']}, or p. with three-letter residues",
            )
        return f"c.{old['at']}{old['ref']}>{old['alt']}", (
            "counted from the A of the start codon, as older papers do",
        )
    if _NO_PREFIX.match(change):
        return f"c.{change}", ("taken as a position on the coding sequence (c.)",)
    return change, ()


def _from_intron(told: re.Match[str], typed: str, where: str) -> tuple[str, tuple[str, ...]]:
    number, offset = int(told["intron"]), int(told["offset"])
    if not 1 <= number < len(gene().exons):
        raise InputError(f"'{shown(typed)}' names intron {number}", where=where, expected="intron 1 to 32")
    base = gene().exons[number - 1].last if offset > 0 else gene().exons[number].first
    if base is None:
        raise InputError(
            f"'{shown(typed)}' stands at a border that was not found",
            where=where,
            fix="Give the c. description",
        )
    return f"c.{base}{offset:+d}{told['edit']}", (f"intron {number} counts from exon 1 with the start codon",)


def _normal(found: Described, where: str) -> Described:
    """Return the description in its normal form, checked against what is known without sequence."""
    variant = found.variant
    if variant is None:
        return found
    notes = check_borders(variant, typed=found.typed, where=where)
    check_reference(variant, typed=found.typed, where=where)
    _check_protein(variant, found.typed, where)
    moved = nearest_exon(variant)
    if moved != variant:
        notes = (*notes, f"{variant.key} lies nearer to the next exon: {moved.key}")
    row = other_names().get(plain_name(moved.key))
    if row is not None and row["kind"] == "equal":
        notes = (
            *notes,
            f"{moved.key} is the same change as {row['normal']}: {row['note']} ({row['source']})",
        )
        moved = replace(read_variant(row["normal"]), transcript=moved.transcript, protein=moved.protein)
    return replace(found, variant=moved).noted(*notes)


def _check_protein(variant: Variant, typed: str, where: str) -> None:
    """Refuse a protein name that does not fit the change it stands beside."""
    if variant.protein is None:
        return
    check_residues(variant.protein, typed=typed, where=where)
    told = re.match(r"p\.\(?[A-Z][a-z]{2}(\d+)", variant.protein)
    inside = variant.start.region == "coding" and not variant.start.offset
    if told is None or not inside or variant.kind != "sub":
        return
    residue = residue_of(variant.start.base)
    if int(told[1]) != residue:
        raise InputError(
            f"'{shown(typed)}': {variant.key} lies in codon {residue}, not {told[1]}",
            where=where,
            expected=f"a protein name of residue {residue}",
        )


def _is_deletion_in_words(text: str) -> bool:
    words = re.findall(r"spink5|[^\W\d_]+|\d+", text[:200].casefold())
    plain = [word for word in words if not word.isdigit()]
    return len(text) <= 200 and "deletion" in plain and set(plain) <= _DELETION_WORDS


def _deletion(text: str) -> Described:
    size = _SIZE.search(text)
    told = f"{size[1].replace('_', '.')} kb" if size else "size not given"
    note = f"a deletion in words ({told}); its ends are not given, so the exons it takes are not known"
    return Described(text.strip(), structural=DELETION, notes=(note,))
