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
_NEEDS = {"line-end hyphen": "\n", "multiplication sign": "10"}
"""What must be in a text for these to be in it at all; the other patterns begin with a set of characters."""
SPLIT_ACCENT = "split accent"


@dataclass(frozen=True)
class _Shapes:
    """What the table of characters says: patterns for all of them, and what each becomes and is called."""

    pattern: re.Pattern[str]
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
    return _Shapes(pattern, re.compile(f"[{re.escape(''.join(names))}]"), becomes, names)


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
    becomes = _shapes().becomes
    return _shapes().pattern.sub(lambda match: "".join(piece for piece, _ in _reshaped(match, becomes)), text)


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
    found = {
        name
        for name, pattern in _IN_TEXT.items()
        if _NEEDS.get(name, "") in both
        and pattern.search(both)
        and pattern.findall(quote) != pattern.findall(words)
    }
    names, signs = _shapes().names, _shapes().signs
    mine = [(names[sign], sign) for sign in signs.findall(quote)]
    theirs = [(names[sign], sign) for sign in signs.findall(words)]
    if mine != theirs:
        found |= {name for name in {*dict(mine), *dict(theirs)} if _of(name, mine) != _of(name, theirs)}
    if _has_split_accent(quote) != _has_split_accent(words):
        found.add(SPLIT_ACCENT)
    return tuple(sorted(found))


def _of(name: str, signs: list[tuple[str, str]]) -> list[str]:
    return [sign for kind, sign in signs if kind == name]


def _has_split_accent(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text)
