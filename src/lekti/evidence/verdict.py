"""What the check of a quote answers: where it stands, after which repairs, or what is against it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    "exact", "repaired", "elided", "token_conflict", "wrong_section", "not_found", "record_missing",
    "record_changed", "not_anchored",
]  # fmt: skip
ConflictKind = Literal[
    "number", "sign", "unit", "comparator", "variant", "negation", "hedge", "direction", "quantifier", "name",
    "capitals", "word", "word boundary", "punctuation", "citation", "order",
]  # fmt: skip

STANDS: frozenset[str] = frozenset({"exact", "repaired", "elided"})


class Conflict(NamedTuple):
    """A token in which quote and record differ; an empty side says that the token is not there."""

    kind: ConflictKind
    quote: str
    record: str

    def words(self) -> str:
        """Return the conflict in words."""
        if not self.quote:
            return f"{self.kind}: the record has '{self.record}', which the quote leaves out"
        if not self.record:
            return f"{self.kind}: the quote has '{self.quote}', which the record does not"
        return f"{self.kind}: '{self.quote}' in the quote is '{self.record}' in the record"


class Verdict(NamedTuple):
    """The answer for one quote; `start` and `end` count in the normal prose of `section`."""

    kind: Kind
    sentence: str
    repairs: tuple[str, ...] = ()
    section: str = ""
    start: int = -1
    end: int = -1
    conflicts: tuple[Conflict, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the words are in the record as quoted."""
        return self.kind in STANDS

    def outcome(self, nothing_to_check: str) -> str:
        """Return passed, failed, missing (no record at hand), or the given word where no words were given."""
        if self.kind == "record_missing":
            return "missing"
        if self.kind == "not_anchored":
            return nothing_to_check
        return "passed" if self.stands else "failed"
