"""Typographic repairs: one shape for each character that has several, and the names of what differed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lekti.base.tables import knowledge_table

TABLE = "evidence/characters.tsv"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BEHIND = (
    r"(?<=`)|(?<=\+)/?[-−]|(?<=[<>])=|(?:(?<=\^)|(?<=\w_))[({]?(?=[-+−]?\w|[-+−])|(?<=\*)\*(?=[-−]?\d)"
    r"|(?<=\d x)(?= 10)|(?<=\dx)(?=10)"
)
_TYPED = re.compile(rf"[`+<>^_*x](?:{_BEHIND})")
"""Signs as a keyboard has them; the first set of characters lets Python search fast."""
_OTHER_SIGNS = {"x": "×", "+/-": "±", "+/−": "±", "+-": "±", "+−": "±", "<=": "≤", ">=": "≥"}
_NUMBER_BEFORE = re.compile(r"(?:^|[^\w.,])\d[\d.,]{0,11}$")
_IN_TEXT = {
    "tags": re.compile(r"</?[A-Za-z][^<>]{0,300}>"),
    "character references": re.compile(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});"),
    "line-end hyphen": re.compile(r"\w[-\u2010\u2011][^\S\n]{0,9}\n"),
    "soft hyphen": re.compile("\u00ad"),
    "hidden character": re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"),
    "non-breaking space": re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]"),
    "ligature": re.compile("[\ufb00-\ufb06]"),
    "typed power": re.compile(r"[\^_*](?:(?<=\w[\^_])(?=[-+−({]?\w)|(?<=\*)\*)"),
    "sign in two characters": re.compile(r"[+<>](?:(?<=\+)/?[-−]|(?<=[<>])=)"),
    "multiplication sign": re.compile(r"(?<=\d)\s?x(?=\s?10)"),
    "middle dot": re.compile(r"[·∙⋅](?<=\d.)(?=\d)"),
}
_HIDDEN = (
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    0x2060,
    *range(0x2066, 0x206A),
    0xFEFF,
)
_SPACES = (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_KEYS = {
    "tags": frozenset("<"),
    "character references": frozenset("&"),
    "line-end hyphen": frozenset("\n"),
    "soft hyphen": frozenset("\u00ad"),
    "hidden character": frozenset(map(chr, _HIDDEN)),
    "non-breaking space": frozenset(map(chr, _SPACES)),
    "ligature": frozenset(map(chr, range(0xFB00, 0xFB07))),
    "typed power": frozenset("^_*"),
    "sign in two characters": frozenset("+<>"),
    "multiplication sign": frozenset("x"),
    "middle dot": frozenset("·∙⋅"),
}
"""Characters of which one is in every text in which the pattern of that name finds something."""
_KEY = re.compile(
    rf"[{re.escape(''.join(sorted(frozenset[str]().union(*_KEYS.values()) - {'x'})))}]|x(?=\s?10)"
)
SPLIT_ACCENT = "split accent"


@dataclass(frozen=True)
class _Shapes:
    """What the table of characters says: patterns for all of them, and what each becomes and is called.

    `near` finds the signs whose shape depends on what stands beside them, `alone` the others.
    """

    pattern: re.Pattern[str]
    near: re.Pattern[str]
    alone: re.Pattern[str]
    signs: re.Pattern[str]
    becomes: dict[str, str]
    names: dict[str, str]


@cache
def _shapes() -> _Shapes:
    becomes: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in knowledge_table(TABLE):
        sign = chr(int(row["code"], 16))
        becomes[sign] = "".join(chr(int(code, 16)) for code in row["becomes"].split())
        names[sign] = row["repair"]
    raised = "".join(sign for sign, name in names.items() if name == "superscript") + "\u207b"
    single = "".join(sign for sign in becomes if sign not in raised)
    pattern = re.compile(
        rf"[{re.escape(raised + single)}·∙⋅`+<>^_*x](?:(?<=[{re.escape(raised)}])[{re.escape(raised)}]*"
        rf"|(?<=[{re.escape(single)}])|(?<=\d[·∙⋅])(?=\d)|{_BEHIND})"
    )
    near = re.compile(rf"[{re.escape(raised)}·∙⋅`+<>^_*x](?:(?<![`+<>^_*x])|{_BEHIND})")
    alone = re.compile(f"[{re.escape(single)}]")
    return _Shapes(pattern, near, alone, re.compile(f"[{re.escape(''.join(names))}]"), becomes, names)


def _is_in_one_shape(text: str) -> bool:
    """Whether no character of a text has another shape."""
    return text.isascii() and not _TYPED.search(text)


def one_shape(text: str) -> str:
    """Return a text with each character in one shape.

    A raised number keeps its height behind a number, where it is a power, and nowhere else.

    >>> one_shape("−1.68 µg in 10⁵ cm²… “so”")
    '-1.68 μg in 10^5 cm2... "so"'
    """
    if _is_in_one_shape(text):
        return text
    shapes = _shapes()
    becomes = shapes.becomes
    if not shapes.near.search(text):
        return shapes.alone.sub(lambda match: becomes[match[0]], text)
    return shapes.pattern.sub(lambda match: "".join(piece for piece, _ in _reshaped(match, becomes)), text)


def places_of_shapes(text: str) -> Sequence[int]:
    """Return for each character of a text in one shape, and for its end, its place in the text."""
    if _is_in_one_shape(text):
        return range(len(text) + 1)
    shapes = _shapes()
    places: list[int] = []
    done = 0
    for match in shapes.pattern.finditer(text):
        places.extend(range(done, match.start()))
        for piece, place in _reshaped(match, shapes.becomes):
            places.extend([place] * len(piece))
        done = match.end()
    places.extend(range(done, len(text) + 1))
    return places


def _reshaped(match: re.Match[str], becomes: dict[str, str]) -> Iterator[tuple[str, int]]:
    start, text = match.start(), match.string
    if match[0] in "·∙⋅":
        yield ".", start
        return
    if match[0] in _OTHER_SIGNS:
        yield _OTHER_SIGNS[match[0]], start
        return
    before = text[max(0, start - 14) : start]
    if match[0][0] in "^_*":
        yield ("^" if match[0][0] != "_" and _NUMBER_BEFORE.search(before) else ""), start
        return
    if any(sign in _RAISED for sign in match[0]) and _NUMBER_BEFORE.search(before):
        yield "^", start
    for step, sign in enumerate(match[0]):
        yield becomes[sign], start + step


def repairs_between(quote: str, words: str) -> tuple[str, ...]:
    """Return the names of the typographic differences between a quote and the words of a record, sorted.

    >>> repairs_between("55.8 µg", "55.8 μg")
    ('micro sign',)
    """
    if quote == words:
        return ()
    both = quote + words
    if both.isascii() and "<" not in both and "&" not in both:
        pattern = _IN_TEXT["line-end hyphen"]
        broken = "\n" in both and len(pattern.findall(quote)) != len(pattern.findall(words))
        return ("line-end hyphen",) if broken else ()
    found = set[str]()
    keys = set(_KEY.findall(both))
    if keys:
        found.update(
            name
            for name, pattern in _IN_TEXT.items()
            if not keys.isdisjoint(_KEYS[name]) and pattern.findall(quote) != pattern.findall(words)
        )
    signs = _shapes().signs
    mine, theirs = signs.findall(quote), signs.findall(words)
    if mine != theirs:
        found |= _differing(mine, theirs, _shapes().names)
    if _has_split_accent(quote) != _has_split_accent(words):
        found.add(SPLIT_ACCENT)
    return tuple(sorted(found))


def _differing(mine: list[str], theirs: list[str], names: dict[str, str]) -> set[str]:
    """Return the names of the repairs whose signs are not the same on both sides."""
    kinds = {names[sign] for sign in (*mine, *theirs)}
    return {name for name in kinds if _of(name, mine, names) != _of(name, theirs, names)}


def _of(name: str, signs: list[str], names: dict[str, str]) -> list[str]:
    return [sign for sign in signs if names[sign] == name]


def _has_split_accent(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text)
