"""Why a quote is not found: the nearest words of the record, and the tokens in which they differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lekti.evidence.cues import cues_in, may_begin_cue
from lekti.evidence.passage import Passage, words_of
from lekti.evidence.tokens import is_name, is_unit, is_variant
from lekti.evidence.verdict import Conflict, ConflictKind, Verdict

OFFSETS = 2
LARGEST_SHARE = 0.4
"""A quote that differs in more of its words than this share is not called near. Assumed."""
_COMPARATORS = frozenset("<>≤≥=~≈")
_TURNING: tuple[ConflictKind, ...] = ("hedge", "direction", "quantifier")
_JUMP = 4
_JUMPS = sorted(((di, dj) for di in range(_JUMP + 1) for dj in range(_JUMP + 1) if di + dj), key=sum)
_BEGINS_A_NUMBER = re.compile(r"[+\-±]?\.?\d")
_VARIANT, _COMPARATOR, _NUMBER, _UNIT, _NAME, _CUE = (1 << bit for bit in range(6))
_GRAVE: tuple[tuple[int, ConflictKind], ...] = (
    (_VARIANT, "variant"), (_COMPARATOR, "comparator"), (_NUMBER, "number"),
)  # fmt: skip
_NOTHING = frozenset[str]()
_Stretch = tuple[int, int, int, int]
"""Where quote and record differ: from and to in the words of the quote, then in those of the record."""


class _Edit(NamedTuple):
    """Words of a quote and the words of the record that stand in their place."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]


class _Near(NamedTuple):
    """Where words of a record come near a quote: how many differ, and the edits between the two."""

    rank: tuple[int, int]
    passage: Passage
    edits: list[_Edit]


def nearest(passages: Sequence[Passage], form: str) -> Verdict:
    """Return the verdict for a quote that stands nowhere: a conflict of tokens when it nearly stands."""
    mine = words_of(form)
    keys = list(map(str.lower, mine))
    most = max(1, int(LARGEST_SHARE * len(keys)))
    best: _Near | None = None
    for passage in passages:
        if len(keys) - sum(map(passage.word_places.__contains__, keys)) > most:
            continue
        for offset in _offsets(keys, passage.rare_places):
            walk = _walk(keys, passage.word_keys, offset, most)
            if walk is None:
                continue
            rank = _rank(walk)
            if best is not None and rank > best.rank:
                continue
            edits = [_Edit(tuple(mine[a:b]), tuple(passage.words[c:d])) for a, b, c, d in walk]
            if best is None or rank < best.rank or _is_graver(edits, best.edits):
                best, most = _Near(rank, passage, edits), rank[0]
    if best is None:
        return Verdict("not_found", "The words are not in the record")
    return _worded(best.passage, best.edits)


def _rank(walk: list[_Stretch]) -> tuple[int, int]:
    """Return how many words differ, and in how many stretches one stands for another; fewer is nearer."""
    size = swaps = 0
    for a, b, c, d in walk:
        size += max(b - a, d - c)
        swaps += b > a and d > c
    return size, swaps


def _is_graver(edits: list[_Edit], others: list[_Edit]) -> bool:
    """Whether edits change more than words, and others do not."""
    return all(_kind(edit) == "word" for edit in others) and any(_kind(edit) != "word" for edit in edits)


def _offsets(mine: list[str], rare: Mapping[str, Sequence[int]]) -> list[int]:
    """Return where in the record's words the quote may begin: the places most of its rarer words point to."""
    votes: dict[int, int] = {}
    for number, word in enumerate(mine):
        for place in rare.get(word, ()):
            offset = place - number
            votes[offset] = votes.get(offset, 0) + 1
    least = 2 if len(mine) > 3 else 1
    ranked = sorted((-count, offset) for offset, count in votes.items() if count >= least)
    return [offset for _, offset in ranked[:OFFSETS]]


def _walk(mine: list[str], theirs: list[str], offset: int, most: int) -> list[_Stretch] | None:
    """Return the stretches that differ when the quote is laid from a word of the record on, or None.

    None: more than `most` words differ.
    """
    found: list[_Stretch] = []
    i, j, count = max(0, -offset), max(0, offset), len(mine)
    if i:
        found.append((0, i, 0, 0))
    size = i
    while size <= most:
        if mine[i:] == theirs[j : j + count - i]:
            return found
        for word, other in zip(islice(mine, i, None), islice(theirs, j, None), strict=False):
            if word != other:
                break
            i += 1
            j += 1
        if i == count:
            return found
        di, dj = _jump(mine[i : i + _JUMP + 1], theirs[j : j + _JUMP + 1])
        found.append((i, i + di, j, j + dj))
        size += max(di, dj)
        i, j = i + di, j + dj
    return None


def _jump(mine: list[str], theirs: list[str]) -> tuple[int, int]:
    """Return how many words to pass over on each side until the two agree again."""
    rows, columns = len(mine), len(theirs)
    if set(mine).isdisjoint(theirs):
        return (rows, min(rows, columns)) if rows <= _JUMP else (1, min(1, columns))
    for di, dj in _JUMPS:
        if di < rows and dj < columns:
            if mine[di] == theirs[dj]:
                return di, dj
        elif di == dj == rows:
            return di, min(dj, columns)
    return 1, min(1, columns)


def _worded(passage: Passage, edits: list[_Edit]) -> Verdict:
    conflicts = [Conflict(_kind(edit), " ".join(edit.mine), " ".join(edit.theirs)) for edit in edits]
    critical = [conflict for conflict in conflicts if conflict.kind != "word"]
    name = passage.section.name
    if critical:
        told = f"In the {name}, {critical[0].words()}"
        return Verdict("token_conflict", told, section=name, conflicts=tuple(critical))
    told = conflicts[0].words() if conflicts else "the words differ in punctuation or spacing"
    return Verdict(
        "not_found",
        f"Not in the record; nearest in the {name}: {told}",
        section=name,
        conflicts=tuple(conflicts),
    )


def _kind(edit: _Edit) -> ConflictKind:
    """Return what kind of token a difference is about, the gravest first."""
    any_of, all_of = 0, ~0
    for word in (*edit.mine, *edit.theirs):
        look = _look(word)
        any_of |= look
        all_of &= look
    turning = _turning(edit) if any_of & _CUE else _NOTHING
    if "negation" in turning:
        return "negation"
    for sign, kind in _GRAVE:
        if any_of & sign:
            return "sign" if kind == "number" and _bare(edit.mine) == _bare(edit.theirs) else kind
    if all_of & _UNIT and edit.mine and edit.theirs:
        return "unit"
    for kind in _TURNING:
        if kind in turning:
            return kind
    return "name" if any_of & _NAME else "word"


def _turning(edit: _Edit) -> set[str]:
    """Return the kinds of the cues on either side."""
    return {cue.kind for side in edit for cue in cues_in(" ".join(side))}


@lru_cache(maxsize=20_000)
def _look(word: str) -> int:
    """Return what a word looks like, as a sum of signs; kept, for texts share most of their words."""
    looks = (
        (_VARIANT, is_variant(word)),
        (_COMPARATOR, not _COMPARATORS.isdisjoint(word)),
        (_NUMBER, _BEGINS_A_NUMBER.match(word)),
        (_UNIT, is_unit(word)),
        (_NAME, is_name(word)),
        (_CUE, may_begin_cue(word)),
    )
    return sum(sign for sign, is_so in looks if is_so)


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lstrip("+-±") for word in words)
