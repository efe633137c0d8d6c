"""Words that turn, weaken or bound what stands near them: negations, hedges, directions, quantifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from lekti.base.tables import knowledge_table

TABLE = "evidence/cues.tsv"


class Cue(NamedTuple):
    """One such word in a text, and how many words it reaches over, forward and back."""

    word: str
    kind: str
    start: int
    end: int
    before: int
    after: int


@dataclass(frozen=True)
class _Words:
    """The table of cues: a pattern for all of them, and the faster one for ASCII in lower case, and one for
    their first words."""

    pattern: re.Pattern[str]
    in_lower_case: re.Pattern[str]
    first: re.Pattern[str]
    kinds: dict[str, tuple[str, int, int]]
    stems: tuple[tuple[str, tuple[str, int, int]], ...]

    def of(self, word: str) -> tuple[str, int, int]:
        """Return kind and reaches of a word that the pattern found."""
        exact = self.kinds.get(word)
        return exact if exact else next(kind for stem, kind in self.stems if word.startswith(stem))


@cache
def _words() -> _Words:
    rows = {
        row["cue"]: (row["kind"], int(row.number("before")), int(row.number("after")))
        for row in knowledge_table(TABLE)
    }
    longest_first = sorted(rows, key=len, reverse=True)
    either = "|".join(re.escape(cue).replace(r"\*", r"[a-z]*").replace(r"\ ", " ") for cue in longest_first)
    first = {re.escape(cue.split()[0].rstrip("*")) for cue in rows}
    alone = rf"(?<![\w'])(?:{either})(?![\w'])"
    return _Words(
        re.compile(alone, re.IGNORECASE),
        re.compile(alone),
        re.compile(rf"(?<![\w'])(?:{'|'.join(sorted(first))})", re.IGNORECASE),
        {cue: kind for cue, kind in rows.items() if not cue.endswith("*")},
        tuple((cue[:-1], rows[cue]) for cue in longest_first if cue.endswith("*")),
    )


def may_begin_cue(word: str) -> bool:
    """Whether a cue may begin in a word; a text without such a word has none."""
    return _words().first.search(word) is not None


def cues_in(form: str) -> tuple[Cue, ...]:
    """Return the cues of a text in order; a phrase such as "not only" hides the word within it.

    >>> [(cue.word, cue.kind) for cue in cues_in("It may help, but not only here and not there.")]
    [('may', 'hedge'), ('not', 'negation')]
    """
    words = _words()
    found: list[Cue] = []
    plain = form.isascii()
    matches = words.in_lower_case.finditer(form.lower()) if plain else words.pattern.finditer(form)
    for match in matches:
        kind, before, after = words.of(match[0].lower())
        if kind != "none":
            start, end = match.span()
            found.append(Cue(form[start:end], kind, start, end, before, after))
    return tuple(found)
