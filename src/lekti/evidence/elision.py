"""Quotes that leave words out: their parts, and what the words between two parts may not hold."""

from __future__ import annotations

import re

from lekti.evidence.passage import Passage
from lekti.evidence.verdict import Conflict

ELLIPSIS = re.compile(
    r"[\[(….](?:(?<=[\[(])\s?(?:…|\.{2,6}|\.(?:\s\.){1,4})\s?[\])]|(?<=…)|(?<=\.)\.{1,5}|(?<=\s\.)(?:\s\.){2,4})"
    r"(?:\s?\.(?=\s|$))?"
)
MOST_WORDS_LEFT_OUT = 60
"""Longer gaps join words that nobody reads together. Assumed."""
MOST_PARTS = 8
_LETTER = re.compile(r"[^\W_]")
_CLAUSE = re.compile(
    r"[;]|,?\s\b(?:and|but|whereas|while|or|although|though|which|who|that|because)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|do|does|did|can|could|may|might|will|would|shall|should|must"
    r"|shows?|showed|shown|increases?|increased|decreases?|decreased|reduces?|reduced|rose|rises?|fell|falls?"
    r"|improves?|improved|causes?|caused|leads?|led|remains?|remained|became|becomes?|inhibits?|inhibited"
    r"|activates?|activated|induces?|induced|results?|resulted|appears?|appeared|revealed|reveals?|found)\b",
    re.IGNORECASE,
)


def parts_of(form: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the parts of a quote between its ellipses; a quote without any is one part.

    >>> form = "total serum IgE … fell [...] after therapy ..."
    >>> [form[start:end] for start, end in parts_of(form)]
    ['total serum IgE', 'fell', 'after therapy']
    """
    marks = [match.span() for match in ELLIPSIS.finditer(form)]
    starts = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(form)]
    return tuple(_trimmed(form, a, b) for a, b in zip(starts, ends, strict=True) if _has_words(form[a:b]))


def _trimmed(form: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the white space at its ends."""
    text = form[start:end]
    return end - len(text.lstrip()), start + len(text.rstrip())


def gap_conflict(passage: Passage, left_end: int, right_start: int) -> Conflict | None:
    """Return what the words left out between two parts would hide, or None.

    Within the clauses that the parts belong to, no negation and no hedge may be left out. Words left out
    within one clause may not hold a second verb behind a conjunction. Where the gap goes over the end of a
    sentence or a semicolon, the part behind it begins where its own clause begins.
    """
    form = passage.form
    gap = form[left_end:right_start]
    if len(gap.split()) > MOST_WORDS_LEFT_OUT:
        return Conflict("word", "…", f"{len(gap.split())} words, more than {MOST_WORDS_LEFT_OUT}")
    left_stop = passage.clause_of(max(0, left_end - 1))[1]
    right_begin = passage.clause_of(right_start)[0]
    hidden = (
        passage.cues_between(left_end, min(left_stop, right_start))
        if _has_words(form[left_end:left_stop])
        else ()
    )
    hidden = [*hidden, *passage.cues_between(max(right_begin, left_end), right_start)]
    turning = next((cue for cue in hidden if cue.kind in ("negation", "hedge")), None)
    if turning is not None:
        return Conflict("negation" if turning.kind == "negation" else "hedge", "", turning.word)
    return _joined(passage, left_end, right_start)


def _joined(passage: Passage, left_end: int, right_start: int) -> Conflict | None:
    """Return what shows that two parts belong to different statements, or None."""
    gap = passage.form[left_end:right_start]
    starts_clause = not _has_words(passage.form[passage.clause_of(right_start)[0] : right_start])
    if passage.sentence_of(right_start)[0] >= left_end:
        return None if starts_clause else Conflict("word", "…", "the beginning of another sentence")
    if _CLAUSE.search(gap) and _VERB.search(gap) and not (";" in gap and starts_clause):
        return Conflict("word", "…", f"a second clause: '{gap.strip()[:60]}'")
    return None


def _has_words(text: str) -> bool:
    return _LETTER.search(text) is not None
