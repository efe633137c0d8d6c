"""Descriptions on chromosome 5: HGVS g. and VCF-like lines, on GRCh38 or GRCh37."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lekti.base.errors import InputError, shown
from lekti.genetics.coordinates import from_build, to_coding
from lekti.genetics.described import Described
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import read_variant
from lekti.genetics.other_names import other_names

EXAMPLE = "NC_000005.10:g.148101441G>C, chr5:148101441G>C or 5-148101441-G-C"
DELETION = "SO:0000159"
LARGE = 1000
"""Bases from which a genomic deletion is read as a structural change (assumed)."""

_BUILD = r"(?P<build>GRCh3[78]|hg19|hg38|b37|b38)"
_PLACE = re.compile(
    rf"\(?(?:{_BUILD}[):,-]*)?"
    r"(?:(?P<accession>NC_0000\d\d(?:\.\d+)?)(?:\([^)]*\))?[:,]|(?:chr(?:omosome)?)?(?P<chromosome>\d{1,2}|[XYM])[:,-])?"
    r"(?:g\.)?(?P<rest>\d[\d,]*(?:.*))",
    re.IGNORECASE,
)
_HGVS = re.compile(r"(?P<start>\d+)(?:[_-](?P<end>\d+))?(?P<edit>(?:[ACGT]>|del|dup|ins).*)")
_VCF = re.compile(
    r"(?P<start>\d+)[-:](?P<ref>[ACGT]+)[-:>](?P<alt>[ACGT]+)|(?P<at>\d+)(?P<one>[ACGT]{2,})>(?P<new>[ACGT]+)"
)
_OLD = {"GRCH37", "HG19", "B37"}


@dataclass(frozen=True)
class _Edit:
    """A change on GRCh38: first and last base, and the HGVS edit."""

    start: int
    end: int
    edit: str


def looks_genomic(change: str) -> bool:
    """Say whether a description counts along the chromosome."""
    return bool(
        re.match(
            r"\(?(?:GRCh|hg\d|b3[78]|NC_|chr|chromosome)|(?:\d{1,2}|[XYM])[-:]\d|g\.", change, re.IGNORECASE
        )
    )


def read_genomic(change: str, *, typed: str, where: str = "") -> Described:
    """Return the coding description of a change on chromosome 5, or a structural one for a large deletion.

    Raises `InputError` for another chromosome, a place outside SPINK5, and text that cannot be read.

    >>> read_genomic("chr5:147481004G>C", typed="").label
    'c.1302+5G>C'
    """
    told = _PLACE.fullmatch(change)
    if told is None:
        raise _unreadable(typed, where)
    _check_chromosome(told, typed, where)
    rest = re.sub(r"(?<=\d),(?=\d{3})", "", told["rest"])
    build = _build_of(told, rest, typed, where)
    edit, notes = _edit(rest, build, typed, where)
    notes = (f"read on {build}", *notes)
    known = _known_line(rest, build)
    if known:
        notes = (f"read on {build}", f"this VCF line is {known} (phenopacket-store)")
        return Described(typed, variant=read_variant(known), notes=notes)
    large = edit.end - edit.start >= LARGE
    if large and edit.edit.startswith("del") and "ins" not in edit.edit:
        _check_overlap(edit, typed, where)
        return Described(typed, structural=DELETION, span=(edit.start, edit.end), notes=notes)
    first, last = to_coding(edit.start, where=where), to_coding(edit.end, where=where)
    place = first.text() if first == last else f"{first.text()}_{last.text()}"
    return Described(typed, variant=read_variant(f"c.{place}{edit.edit}", where=where), notes=notes)


def _edit(rest: str, build: str, typed: str, where: str) -> tuple[_Edit, tuple[str, ...]]:
    line = _VCF.fullmatch(rest)
    if line is not None:
        start = int(line["start"] or line["at"])
        return _from_vcf(
            from_build(start, build), line["ref"] or line["one"], line["alt"] or line["new"], typed, where
        )
    told = _HGVS.fullmatch(rest)
    if told is None or len(told["start"]) > 10 or len(told["end"] or "") > 10:
        raise _unreadable(typed, where)
    start = from_build(int(told["start"]), build)
    end = from_build(int(told["end"]), build) if told["end"] else start
    if end < start:
        raise InputError(
            f"'{shown(typed)}' ends before it starts", where=where, expected="the lower place first"
        )
    return _Edit(start, end, told["edit"]), ()


def _from_vcf(start: int, ref: str, alt: str, typed: str, where: str) -> tuple[_Edit, tuple[str, ...]]:
    """Return a VCF line as an edit, shared bases in front taken away."""
    if ref == alt:
        raise InputError(f"'{shown(typed)}' changes nothing", where=where, expected="two different alleles")
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        ref, alt, start = ref[1:], alt[1:], start + 1
    if len(ref) == len(alt) == 1:
        return _Edit(start, start, f"{ref}>{alt}"), ()
    moved = ("a VCF line stands leftmost and HGVS rightmost; without sequence the change is not moved",)
    if not ref:
        return _Edit(start - 1, start, f"ins{alt}"), moved
    return _Edit(start, start + len(ref) - 1, f"delins{alt}" if alt else "del"), () if alt else moved


def _known_line(rest: str, build: str) -> str | None:
    line = _VCF.fullmatch(rest)
    if line is None or line["start"] is None:
        return None
    name = f"5-{from_build(int(line['start']), build)}-{line['ref']}-{line['alt']}"
    row = other_names().get(name.casefold())
    return row["normal"] if row is not None else None


def _check_chromosome(told: re.Match[str], typed: str, where: str) -> None:
    accession, chromosome = told["accession"], told["chromosome"]
    named = (accession is None or accession.upper().startswith("NC_000005")) and chromosome in (None, "5")
    if not named:
        raise InputError(
            f"'{shown(typed)}' names another chromosome",
            where=where,
            expected="chromosome 5, where SPINK5 lies",
        )


def _build_of(told: re.Match[str], rest: str, typed: str, where: str) -> str:
    """Return the build that was named, or the one on which the place lies in SPINK5."""
    accession = (told["accession"] or "").upper()
    if "." in accession and accession not in gene().chromosome.values():
        raise InputError(
            f"'{shown(typed)}' names {accession}",
            where=where,
            expected=" or ".join(f"{name} ({build})" for build, name in gene().chromosome.items()),
        )
    for build, name in gene().chromosome.items():
        if accession == name:
            return build
    if told["build"]:
        return "GRCh37" if told["build"].upper() in _OLD else "GRCh38"
    digits = re.match(r"\d+", rest)
    place = int(digits[0][:12]) if digits else 0
    for build in gene().chromosome:
        if gene().first_grch38 <= from_build(place, build) <= gene().last_grch38:
            return build
    raise InputError(
        f"'{shown(typed)}' lies outside SPINK5 on GRCh38 and on GRCh37",
        where=where,
        expected=f"chr5:{gene().first_grch38}-{gene().last_grch38} (GRCh38)",
    )


def _check_overlap(edit: _Edit, typed: str, where: str) -> None:
    if edit.end < gene().first_grch38 or edit.start > gene().last_grch38:
        raise InputError(f"'{shown(typed)}' does not touch SPINK5", where=where)


def _unreadable(typed: str, where: str) -> InputError:
    return InputError(
        f"'{shown(typed)}' is not a place and change on chromosome 5",
        where=where,
        expected=f"a description such as {EXAMPLE}",
    )
