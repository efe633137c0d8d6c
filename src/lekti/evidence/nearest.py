"""Why a quote is not found: the nearest words of the record, and the tokens in which they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lekti.evidence.cues import cues_in
from lekti.evidence.passage import Passage, Word, words_of
from lekti.evidence.tokens import is_name, is_unit, is_variant
from lekti.evidence.verdict import Conflict, ConflictKind, Verdict

ANCHORS = 3
LARGEST_SHARE = 0.4
"""A quote that differs in more of its words than this share is not called near. Assumed."""
_COMPARATORS = frozenset("<>≤≥=~≈")
_JUMP = 4
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
    words = words_of(form)
    mine = [word.text.lower() for word in words]
    best: tuple[tuple[int, int, bool], Passage, list[_Edit]] | None = None
    for passage in passages:
        for offset in _offsets(mine, passage):
            edits = _edits(words, passage.words, offset)
            size = sum(edit.size for edit in edits)
            if best is not None and size > best[0][0]:
                continue
            replaced = sum(bool(edit.mine and edit.theirs) for edit in edits)
            rank = size, replaced, all(_kind(edit) == "word" for edit in edits)
            if best is None or rank < best[0]:
                best = (rank, passage, edits)
    if best is None or best[0][0] > max(1, LARGEST_SHARE * len(words)):
        return Verdict("not_found", "The words are not in the record")
    return _worded(best[1], best[2])


def _offsets(mine: list[str], passage: Passage) -> set[int]:
    """Return where in the record's words the quote may begin, from its rarest words."""
    places = passage.word_places
    known = sorted((len(places[word]), number) for number, word in enumerate(mine) if word in places)
    return {place - number for _, number in known[:ANCHORS] for place in places[mine[number]][:ANCHORS]}


def _edits(mine: Sequence[Word], theirs: Sequence[Word], offset: int) -> list[_Edit]:
    """Return the differences when the quote is laid from a word of the record on, in one greedy walk."""
    edits: list[_Edit] = []
    i, j = 0, max(0, offset)
    if offset < 0:
        i = -offset
        edits.append(_Edit(tuple(word.text for word in mine[:i]), ()))
    while i < len(mine):
        if j < len(theirs) and mine[i].text.lower() == theirs[j].text.lower():
            if mine[i].text != theirs[j].text and i:
                edits.append(_Edit((mine[i].text,), (theirs[j].text,)))
            i, j = i + 1, j + 1
            continue
        di, dj = _jump(mine, theirs, i, j)
        edits.append(_Edit(_texts(mine[i : i + di]), _texts(theirs[j : j + dj])))
        i, j = i + di, j + dj
    return edits


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def _jump(mine: Sequence[Word], theirs: Sequence[Word], i: int, j: int) -> tuple[int, int]:
    """Return how many words to pass over on each side until the two agree again."""
    for total in range(1, 2 * _JUMP + 1):
        for di in range(min(total, _JUMP) + 1):
            dj = total - di
            if dj > _JUMP or i + di > len(mine) or j + dj > len(theirs):
                continue
            if i + di == len(mine) and di == dj:
                return di, dj
            inside = i + di < len(mine) and j + dj < len(theirs)
            if inside and mine[i + di].text.lower() == theirs[j + dj].text.lower():
                return di, dj
    return 1, 1


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
    words = (*edit.mine, *edit.theirs)
    both = bool(edit.mine and edit.theirs)
    has_number = any(_NUMBER.match(word) for word in words)
    turning = {cue.kind for side in (edit.mine, edit.theirs) for cue in cues_in(" ".join(side))}
    kinds: list[tuple[ConflictKind, bool]] = [
        ("negation", "negation" in turning),
        ("variant", any(is_variant(word) for word in words)),
        ("comparator", any(set(word) & _COMPARATORS for word in words)),
        ("sign", has_number and _bare(edit.mine) == _bare(edit.theirs)),
        ("number", has_number),
        ("unit", both and all(is_unit(word) for word in words)),
        ("hedge", "hedge" in turning),
        ("direction", "direction" in turning),
        ("quantifier", "quantifier" in turning),
        ("name", any(is_name(word) for word in words)),
        ("word", True),
    ]
    return next(kind for kind, is_so in kinds if is_so)


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lstrip("+-±") for word in words)
