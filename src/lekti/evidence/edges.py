"""What a cut leaves behind: a quote may not begin or end where that turns what the record says."""

from __future__ import annotations

import re

from lekti.evidence.cues import Cue
from lekti.evidence.passage import Passage
from lekti.evidence.verdict import Conflict, ConflictKind

_SYMBOLS = frozenset("+-±<>≤≥=~≈%‰°/*^×")
_STUCK = frozenset("+-*^/=<>%‰°±_~")
_DASH_FIRST, _DASH_LAST = re.compile(r"\W*-+\s\W*"), re.compile(r"\W*\s-+\W*")
_TURN = re.compile(
    r"[;]|\b(?:but|however|whereas|while|although|though|nevertheless|nonetheless)\b", re.IGNORECASE
)
_JOINT = re.compile(r"[,;:(]|\b(?:and|or|but|than|to|from)\b", re.IGNORECASE)
_NEW_CLAUSE = re.compile(
    r"[,;:(]|\b(?:and|or|but)\s+(?:with\s)?(?:no|not|without|never|neither)\b|\b(?:whereas|while)\b"
)
_WEAKENED = re.compile(
    r"not (?:statistically )?significan\w+|non-?significan\w+|did not reach", re.IGNORECASE
)
_EM_DASHES = "—―"


def leading_symbols(form: str) -> str:
    """Return the signs with a meaning that stand before the first letter or digit of a quote."""
    found = "".join(sign for sign in form if sign in _SYMBOLS) if form else ""
    return "" if found and _DASH_FIRST.fullmatch(form) else found


def trailing_symbols(form: str) -> str:
    """Return the signs with a meaning that stand behind the last letter or digit of a quote."""
    found = "".join(sign for sign in form if sign in _SYMBOLS) if form else ""
    return "" if found and _DASH_LAST.fullmatch(form) else found


def widened(passage: Passage, start: int, end: int, symbols: tuple[str, str]) -> tuple[int, int] | Conflict:
    """Return the range of a quote with the signs at its ends, or a conflict where they differ."""
    form = passage.form
    for sign in reversed(symbols[0]):
        start = _back_over(form, start)
        if start == 0 or form[start - 1] != sign:
            return Conflict(
                "sign" if sign in "+-±" else "comparator", symbols[0], form[max(0, start - 1) : end][:12]
            )
        start -= 1
    for sign in symbols[1]:
        end = _on_over(form, end)
        if end == len(form) or form[end] != sign:
            return Conflict("unit", symbols[1], form[max(0, end - 12) : end + 1])
        end += 1
    return start, end


def _back_over(form: str, place: int) -> int:
    while place > 0 and form[place - 1] in " ([\"'":
        place -= 1
    return place


def _on_over(form: str, place: int) -> int:
    while place < len(form) and form[place] in " )]\"'":
        place += 1
    return place


def cut_conflict(passage: Passage, start: int, end: int) -> Conflict | None:
    """Return what a quote with this range cuts in two, or None.

    A word, a number with its comparator, sign, range and unit, and a variant are whole or not there.
    """
    return _inside_token(passage, start) or _inside_token(passage, end) or _inside_word(passage, start, end)


def turned_conflict(passage: Passage, start: int, end: int) -> Conflict | None:
    """Return a negation, hedge or other turning word that stands just outside a range, or None."""
    return before_conflict(passage, start) or after_conflict(passage, end)


def _inside_word(passage: Passage, start: int, end: int) -> Conflict | None:
    form = passage.form
    if _goes_on(passage, start - 1, start) or _goes_on(passage, end, end - 1):
        left = form.rfind(" ", 0, start) + 1
        right = form.find(" ", end)
        whole = form[left : right if right >= 0 else len(form)]
        return Conflict("word boundary", _short(form[start:end]), _short(whole))
    return None


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[: length // 2]} … {text[-length // 2 :]}"


def _goes_on(passage: Passage, outside: int, inside: int) -> bool:
    """Whether the word at the edge of a quote goes on outside of it."""
    form = passage.form
    if not 0 <= outside < len(form) or form[outside].isspace() or form[inside].isspace():
        return False
    sign = form[outside]
    if sign.isalnum():
        return form[inside].isalnum() or form[inside] in "-+/^"
    if not form[inside].isalnum():
        return False
    beyond = outside + (1 if outside > inside else -1)
    next_one = form[beyond] if 0 <= beyond < len(form) else " "
    if sign == "-":
        return passage.solid.prose.text[passage.solid.origin[outside]] not in _EM_DASHES and next_one != "-"
    if sign in _STUCK:
        return True
    return (
        sign in "'.,:"
        and next_one.isalnum()
        and (sign == "'" or form[inside].isdigit() or next_one.isdigit())
    )


def _inside_token(passage: Passage, place: int) -> Conflict | None:
    token = passage.bound_around(place)
    if token is None:
        return None
    whole = passage.form[token[0] : token[1]]
    left, right = passage.form[token[0] : place], passage.form[place : token[1]]
    return Conflict("number", _short(f"{left}|{right}"), _short(whole))


def before_conflict(passage: Passage, start: int, floor: int = 0) -> Conflict | None:
    """Return the turning word before a quote that reaches into it; `floor` limits how far back to look."""
    sentence = max(passage.sentence_of(start)[0], floor)
    for cue in reversed(passage.cues_between(sentence, start)):
        between = passage.form[cue.end : start]
        stop = _TURN if cue.kind in ("negation", "hedge") else _JOINT
        if between.count(" ") <= cue.before and cue.before and not stop.search(between):
            return _conflict(cue)
    return None


def after_conflict(passage: Passage, end: int) -> Conflict | None:
    """Return the turning word behind a quote that reaches back into it."""
    sentence_end = passage.sentence_of(max(0, end - 1))[1]
    for cue in passage.cues_between(end, sentence_end):
        between = passage.form[end : cue.start]
        if not cue.after or between.count(" ") > cue.after:
            continue
        if not _NEW_CLAUSE.search(passage.form, end, cue.end) or _weakens(passage, cue, sentence_end):
            return _conflict(cue)
    return None


def _weakens(passage: Passage, cue: Cue, sentence_end: int) -> bool:
    return _WEAKENED.match(passage.form, cue.start, sentence_end) is not None


def _conflict(cue: Cue) -> Conflict:
    kinds: dict[str, ConflictKind] = {
        "negation": "negation",
        "hedge": "hedge",
        "direction": "direction",
        "quantifier": "quantifier",
    }
    return Conflict(kinds[cue.kind], "", cue.word)
