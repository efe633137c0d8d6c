"""A light reader of HGVS coding descriptions of SPINK5; it knows positions, never the sequence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lekti.base.errors import InputError, shown
from lekti.genetics.gene import gene

ChangeKind = Literal["sub", "del", "dup", "ins", "delins"]
Region = Literal["5utr", "coding", "3utr"]

TRANSCRIPTS = ("NM_006846.4", "NM_006846.3")
EXAMPLE = "c.1302+5G>C, c.153del, c.238dup, c.966_967insC or c.1816_1820+21delinsCT"

_WHOLE = re.compile(
    r"(?:(?P<transcript>[A-Z]{2}_\d+(?:\.\d+)?)(?:\((?P<gene>[A-Za-z0-9-]+)\))?:)?"
    r"(?P<change>[cgnmr]\.\S+)(?:\s+(?P<protein>.+))?"
)
_POSITION = r"[-*]?\d+(?:[+-]\d+)?"
_CHANGE = re.compile(rf"c\.(?P<start>{_POSITION})(?:_(?P<end>{_POSITION}))?(?P<edit>\D.*)")
_POSITION_PARTS = re.compile(r"(?P<region>[-*]?)(?P<base>\d+)(?P<offset>[+-]\d+)?")
_EDIT = re.compile(
    r"(?P<ref>[ACGT])>(?P<alt>[ACGT])"
    r"|(?P<delins>del)(?P<gone>[ACGT]*)ins(?P<new>[ACGT]+)"
    r"|(?P<loss>del|dup)(?P<bases>[ACGT]*)"
    r"|ins(?P<added>[ACGT]+)"
)
_PROTEIN = re.compile(
    r"p\.\(?(?:\?|=|0\??|[A-Z][a-z]{2}\d+(?:_[A-Z][a-z]{2}\d+)?(?:[A-Za-z*=]+\d*|[A-Za-z]*fs[A-Za-z*]*\d*))\)?"
)
_PROTEIN_PREFIX = re.compile(r"^NP_\d+(?:\.\d+)?:")


@dataclass(frozen=True, order=True)
class Position:
    """A place on the transcript: a base, and how far into the neighbouring intron."""

    base: int
    offset: int = 0
    region: Region = "coding"

    def text(self) -> str:
        """Return the position as HGVS writes it, such as `1302+5`."""
        sign = {"5utr": "-", "coding": "", "3utr": "*"}[self.region]
        return f"{sign}{self.base}{self.offset:+d}" if self.offset else f"{sign}{self.base}"

    def rank(self) -> tuple[int, int]:
        """Return a key that sorts positions from the first transcribed base to the last."""
        base = {"5utr": -self.base, "coding": self.base, "3utr": gene().coding_length + self.base}[
            self.region
        ]
        return base, self.offset


@dataclass(frozen=True)
class Variant:
    """One change of the coding transcript; `deleted` and `inserted` are bases where they are written."""

    kind: ChangeKind
    start: Position
    end: Position
    deleted: str = ""
    inserted: str = ""
    transcript: str | None = None
    protein: str | None = None

    @property
    def key(self) -> str:
        """Return the change without transcript and without spelled-out deleted or repeated bases."""
        place = self.start.text()
        if self.end != self.start:
            place = f"{place}_{self.end.text()}"
        if self.kind == "sub":
            return f"c.{place}{self.deleted}>{self.inserted}"
        return f"c.{place}{self.kind}{self.inserted}"

    @property
    def length_change(self) -> int | None:
        """Return the bases gained (or, below 0, lost), or None when the span crosses into an intron."""
        if self.kind == "sub":
            return 0
        if self.kind == "ins":
            return len(self.inserted)
        span = _span(self.start, self.end)
        if span is None:
            return None
        return {"del": -span, "dup": span, "delins": len(self.inserted) - span}[self.kind]


def read_variant(text: str, *, where: str = "") -> Variant:
    """Read one HGVS description of SPINK5, with or without transcript and with or without a p. part.

    Raises `InputError` that says what cannot be read, where, and what is expected.

    >>> read_variant("NM_006846.4:c.1302+5G>C").start
    Position(base=1302, offset=5, region='coding')
    """
    whole = _WHOLE.fullmatch(text.strip())
    if whole is None:
        raise _malformed(text, where)
    _check_transcript(text, whole["transcript"], whole["gene"], where)
    if not whole["change"].startswith("c."):
        raise _malformed(text, where, "a description on the coding transcript that starts with c.")
    change = _CHANGE.fullmatch(whole["change"])
    edit = _EDIT.fullmatch(change["edit"]) if change else None
    if change is None or edit is None:
        raise _malformed(text, where)
    start = _position(text, change["start"], where)
    end = _position(text, change["end"], where) if change["end"] else start
    variant = _variant(edit, start, end, whole["transcript"], protein_text(whole["protein"], where=where))
    _check_change(text, variant, where)
    return variant


def protein_text(text: str | None, *, where: str = "") -> str | None:
    """Return a p. description without its NP_ prefix, such as `p.(Arg350Ter)`, or None for none.

    >>> protein_text("NP_006837.2:p.(Arg350Ter)")
    'p.(Arg350Ter)'
    """
    if text is None:
        return None
    bare = _PROTEIN_PREFIX.sub("", text.strip().strip(","))
    if bare.startswith("(p.") and bare.endswith(")"):
        bare = bare[1:-1]
    if not _PROTEIN.fullmatch(bare):
        raise InputError(
            f"'{shown(text)}' is not a protein description",
            where=where,
            expected="HGVS with three-letter residues, such as p.(Arg350Ter), p.(Cys297=) or p.?",
        )
    return bare


def variant_key(text: str) -> str:
    """Return the key that two spellings of one change share.

    >>> variant_key("NM_006846.4:c.377_378delAT")
    'c.377_378del'
    """
    return read_variant(text).key


def _variant(
    edit: re.Match[str], start: Position, end: Position, transcript: str | None, protein: str | None
) -> Variant:
    kind: ChangeKind = "ins"
    deleted, inserted = "", edit["added"] or ""
    if edit["ref"]:
        kind, deleted, inserted = "sub", edit["ref"], edit["alt"]
    elif edit["delins"]:
        kind, deleted, inserted = "delins", edit["gone"], edit["new"]
    elif edit["loss"]:
        kind, deleted = ("del", edit["bases"]) if edit["loss"] == "del" else ("dup", edit["bases"])
    return Variant(kind, start, end, deleted, inserted, transcript, protein)


def _position(text: str, written: str, where: str) -> Position:
    parts = _POSITION_PARTS.fullmatch(written)
    if parts is None or len(parts["base"]) > 6:
        raise _malformed(text, where)
    base, offset = int(parts["base"]), int(parts["offset"] or 0)
    region: Region = {"-": "5utr", "*": "3utr", "": "coding"}[parts["region"]]  # type: ignore[assignment]
    if base == 0 or (parts["offset"] and offset == 0):
        raise _malformed(text, where, "positions that count from 1; there is no position 0")
    end = gene().coding_length
    if region == "coding" and base > end:
        raise _malformed(text, where, f"a position up to c.{end}, the end of the coding sequence")
    return Position(base, offset, region)


def _check_transcript(text: str, transcript: str | None, gene: str | None, where: str) -> None:
    if gene is not None and gene.upper() != "SPINK5":
        raise InputError(f"'{shown(text)}' names the gene {gene}", where=where, expected="SPINK5")
    if transcript is not None and transcript not in TRANSCRIPTS:
        raise InputError(
            f"'{shown(text)}' names the transcript {transcript}",
            where=where,
            expected=f"{' or '.join(TRANSCRIPTS)}, or no transcript",
        )


def _check_change(text: str, variant: Variant, where: str) -> None:
    if variant.start.rank() > variant.end.rank():
        raise _malformed(text, where, "a start that comes before the end")
    if variant.kind == "sub" and (variant.start != variant.end or variant.deleted == variant.inserted):
        raise _malformed(text, where, "one position and two different bases")
    if variant.kind == "ins" and _span(variant.start, variant.end) not in (2, None):
        raise _malformed(text, where, "two neighbouring positions around an insertion")
    if variant.kind == "ins" and variant.start == variant.end:
        raise _malformed(text, where, "two neighbouring positions around an insertion")
    span = _span(variant.start, variant.end)
    if variant.kind != "sub" and variant.deleted and span not in (len(variant.deleted), None):
        raise _malformed(text, where, f"{span} written bases for this span, or none")


def _span(start: Position, end: Position) -> int | None:
    """Return the number of bases from start to end, or None when the span leaves exon or intron."""
    if start.region != end.region:
        return None
    if start.offset == 0 and end.offset == 0:
        return abs(end.base - start.base) + 1
    if start.base == end.base and start.offset * end.offset > 0:
        return end.offset - start.offset + 1
    return None


def _malformed(
    text: str, where: str, expected: str = f"a coding description such as {EXAMPLE}"
) -> InputError:
    return InputError(
        f"'{shown(text)}' is not a variant description lekti can read", where=where, expected=expected
    )
