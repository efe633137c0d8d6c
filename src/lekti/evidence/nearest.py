"""Why a quote is not found: the nearest words of the record, and the tokens in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lekti.evidence.cues import cues_in
from lekti.evidence.passage import EDGE, Passage
from lekti.evidence.tokens import is_name, is_unit, is_variant
from lekti.evidence.verdict import Conflict, ConflictKind, Verdict

OFFSETS = 2
LARGEST_SHARE = 0.4
"""A quote that differs in more of its words than this share is not called near. Assumed."""
_COMPARATORS = frozenset("<>≤≥=~≈")
_TURNING: tuple[ConflictKind, ...] = ("hedge", "direction", "quantifier")
_JUMP = 4
_JUMPS = sorted(((di, dj) for di in range(_JUMP + 1) for dj in range(_JUMP + 1) if di + dj), key=sum)
_NUMBER = re.compile(r"[+\-±]?\.?\d")


@dataclass(frozen=True)
class _Edit:
    """Words of a quote and the words of the record that stand in their place."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def size(self) -> int:
        return max(len(self.mine), len(self.theirs))


def nearest(passages: Sequence[Passage], form: str) -> Verdict:
    """Return the verdict for a quote that stands nowhere: a conflict of tokens when it nearly stands."""
    mine = [word.strip(EDGE) or word for word in form.split()]
    keys = [word.lower() for word in mine]
    size = max(1, int(LARGEST_SHARE * len(keys)))
    best: tuple[tuple[int, int], Passage, list[_Edit]] | None = None
    for passage in passages:
        if len(keys) - sum(map(passage.word_places.__contains__, keys)) > size:
            continue
        for offset in _offsets(keys, passage):
            walk = _walk(keys, passage.word_keys, offset, size)
            if walk is None:
                continue
            edits = _edits(mine, passage.word_texts, walk)
            rank = sum(edit.size for edit in edits), sum(bool(edit.mine and edit.theirs) for edit in edits)
            if best is None or rank < best[0] or (rank == best[0] and _is_graver(edits, best[2])):
                best, size = (rank, passage, edits), rank[0]
    if best is None:
        return Verdict("not_found", "The words are not in the record")
    return _worded(best[1], best[2])


def _is_graver(edits: list[_Edit], others: list[_Edit]) -> bool:
    """Whether edits change more than words, and others do not."""
    return all(_kind(edit) == "word" for edit in others) and any(_kind(edit) != "word" for edit in edits)


def _offsets(mine: list[str], passage: Passage) -> list[int]:
    """Return where in the record's words the quote may begin: the places most of its rarer words point to."""
    votes: dict[int, int] = {}
    rare = passage.rare_places
    for number, word in enumerate(mine):
        if word in rare:
            for place in rare[word]:
                offset = place - number
                votes[offset] = votes.get(offset, 0) + 1
    least = 2 if len(mine) > 3 else 1
    ranked = sorted((-count, offset) for offset, count in votes.items() if count >= least)
    return [offset for _, offset in ranked[:OFFSETS]]


def _walk(
    mine: list[str], theirs: list[str], offset: int, most: int
) -> list[tuple[int, int, int, int]] | None:
    """Return the stretches that differ when the quote is laid from a word of the record on, or None.

    A stretch is `(from, to)` in the quote, then in the record. None: more than `most` words differ.
    """
    found: list[tuple[int, int, int, int]] = []
    i, j = max(0, -offset), max(0, offset)
    if i:
        found.append((0, i, 0, 0))
    size = i
    while i < len(mine) and size <= most:
        alike = _alike(mine[i:], theirs[j : j + len(mine) - i])
        i, j = i + alike, j + alike
        if i == len(mine):
            break
        di, dj = _jump(mine[i : i + _JUMP + 1], theirs[j : j + _JUMP + 1])
        found.append((i, i + di, j, j + dj))
        size += max(di, dj)
        i, j = i + di, j + dj
    return found if size <= most else None


def _alike(mine: list[str], theirs: list[str]) -> int:
    """Return how many words two lists share at their beginning."""
    if mine == theirs:
        return len(mine)
    count = 0
    for word, other in zip(mine, theirs, strict=False):
        if word != other:
            break
        count += 1
    return count


def _jump(mine: list[str], theirs: list[str]) -> tuple[int, int]:
    """Return how many words to pass over on each side until the two agree again."""
    if set(mine).isdisjoint(theirs):
        return (len(mine), min(len(mine), len(theirs))) if len(mine) <= _JUMP else (1, min(1, len(theirs)))
    rows, columns = len(mine), len(theirs)
    for di, dj in _JUMPS:
        if di < rows and dj < columns:
            if mine[di] == theirs[dj]:
                return di, dj
        elif di == dj == rows:
            return di, min(dj, columns)
    return 1, min(1, len(theirs))


def _edits(mine: list[str], theirs: list[str], walk: list[tuple[int, int, int, int]]) -> list[_Edit]:
    return [_Edit(tuple(mine[a:b]), tuple(theirs[c:d])) for a, b, c, d in walk]


def _worded(passage: Passage, edits: list[_Edit]) -> Verdict:
    conflicts = tuple(Conflict(_kind(edit), " ".join(edit.mine), " ".join(edit.theirs)) for edit in edits)
    critical = tuple(conflict for conflict in conflicts if conflict.kind != "word")
    name = passage.section.name
    if not critical:
        told = conflicts[0].words() if conflicts else "the words differ in punctuation or spacing"
        return Verdict(
            "not_found",
            f"Not in the record; nearest in the {name}: {told}",
            section=name,
            conflicts=conflicts,
        )
    first = critical[0]
    return Verdict("token_conflict", f"In the {name}, {first.words()}", section=name, conflicts=(*critical,))


def _kind(edit: _Edit) -> ConflictKind:
    """Return what kind of token a difference is about, the gravest first."""
    return next(_kinds(edit))


def _kinds(edit: _Edit) -> Iterator[ConflictKind]:
    words = (*edit.mine, *edit.theirs)
    turning = {cue.kind for side in (edit.mine, edit.theirs) if side for cue in cues_in(" ".join(side))}
    if "negation" in turning:
        yield "negation"
    if any(is_variant(word) for word in words):
        yield "variant"
    if not all(map(_COMPARATORS.isdisjoint, words)):
        yield "comparator"
    if any(_NUMBER.match(word) for word in words):
        yield "sign" if _bare(edit.mine) == _bare(edit.theirs) else "number"
    if edit.mine and edit.theirs and all(is_unit(word) for word in words):
        yield "unit"
    for kind in _TURNING:
        if kind in turning:
            yield kind
    yield "name" if any(is_name(word) for word in words) else "word"


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lstrip("+-±") for word in words)
