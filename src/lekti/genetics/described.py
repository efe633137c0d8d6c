"""What was described: a change of the coding sequence, a protein name alone, or a structural change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lekti.genetics.hgvs import Variant


@dataclass(frozen=True)
class Described:
    """One variant as lekti understood it, and what was changed or assumed on the way (`notes`).

    Exactly one of `variant`, `protein` and `structural` (a Sequence Ontology id) is what was described; a
    variant may carry its protein name too. `span` holds the first and last base on GRCh38 of a structural
    change, where it was given.
    """

    typed: str
    variant: Variant | None = None
    protein: str | None = None
    structural: str | None = None
    span: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the short name a reader sees."""
        if self.variant is not None:
            return self.variant.key
        return self.protein or "large deletion"

    def noted(self, *notes: str) -> Described:
        """Return the same with more notes; a note is never told twice."""
        return replace(self, notes=tuple(dict.fromkeys([*self.notes, *notes])))
