"""The prose of a section: its words without its layout, each character knowing where it stood in the file."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_INLINE = (
    "b|bold|big|cite|code|em|ext-link|font|i|inf|italic|mark|monospace|named-content|overline|roman|s|sc"
    "|small|span|strike|strong|styled-content|sub|sup|tt|u|underline|uri|xref|a|abbr"
)
_BLOCK = (
    "abstract|abstracttext|blockquote|br|break|dd|div|dl|dt|h[1-6]|hr|label|li|list|list-item|ol|p|sec|table"
    "|tbody|td|th|thead|title|tr|ul"
)
_ATTRIBUTE = r"""\s{1,9}[\w:.-]{1,40}\s?=\s?(?:"[^"<>]{0,300}"|'[^'<>]{0,300}')"""
_PATTERN = re.compile(
    rf"""(?P<tag></?(?:jats:|mml:)?(?P<name>{_INLINE}|{_BLOCK})(?P<rest>(?:{_ATTRIBUTE}){{0,12}})\s?/?>)
    |(?P<comment><!--[^<>]{{0,300}}-->)
    |(?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    |(?P<broken>(?<=\w)[-\u2010\u2011][^\S\n]{{0,9}}\n\s*(?=\w))
    |(?P<soft>\u00ad(?:[^\S\n]{{0,9}}\n\s*)?)
    |(?P<hidden>[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+)
    |(?P<space>[^\S ]\s*|\s{{2,}})
    |(?P<ligature>[\ufb00-\ufb06])""",
    re.VERBOSE | re.IGNORECASE,
)
_LIGATURES = dict(
    zip(
        "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06",
        ["ff", "fi", "fl", "ffi", "ffl", "st", "st"],
        strict=True,
    )
)
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SHIFT = {"sup": _RAISED, "sub": _LOWERED, "inf": _LOWERED}
_CLUSTER = re.compile(r"[^\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u1160-\u11ff]?"
                      r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u1160-\u11ff]*")  # fmt: skip
_PASSES = 4
"""Layout within layout (a tag written with character references) is undone this often, and then left."""


@dataclass(frozen=True)
class Prose:
    """A section's words on one line; `offsets[i]` is where character `i` stands in the raw text.

    `offsets` has one entry more than the text: the end of the raw text that the last character came from.
    """

    text: str
    offsets: Sequence[int]
    raw: str

    def words_as_printed(self, start: int, end: int) -> str:
        """Return the raw text behind a range of the prose, line breaks and tags included."""
        if start >= end:
            return ""
        last = len(self.offsets) - 1
        while end < last and self.offsets[end] == self.offsets[end - 1]:
            end += 1
        return self.raw[self.offsets[start] : self.offsets[end]]


def normal(text: str) -> Prose:
    """Return the normal form of a text: layout is undone, wording is never touched.

    White space and wrapped lines become one blank, a hyphen at the end of a line joins its two halves, and
    soft hyphens, hidden characters, tags, character references, ligatures and split accents give way to the
    plain letters. `<sup>` and `<sub>` become raised and lowered digits.

    >>> normal("impaired skin\\n  <i>barrier</i> func\\u00adtion").text
    'impaired skin barrier function'
    """
    prose = _undone(text)
    for _ in range(_PASSES):
        if _is_plain(prose.text):
            break
        again = _undone(prose.text)
        if again.text == prose.text:
            break
        prose = Prose(again.text, [prose.offsets[place] for place in again.offsets], text)
    return prose


def _is_plain(text: str) -> bool:
    if text.isascii():
        return "<" not in text and "&" not in text and " ".join(text.split()) == text
    return text == text.strip() and unicodedata.is_normalized("NFC", text) and not _PATTERN.search(text)


def _undone(text: str) -> Prose:
    if _is_plain(text):
        return Prose(text, range(len(text) + 1), text)
    writer = _Writer([], [])
    end = len(text.rstrip())
    for piece, start, stop in _pieces(text):
        writer.write(piece, start, stop)
    words = "".join(writer.pieces)
    kept = len(words.rstrip(" "))
    return Prose(words[:kept], [*writer.offsets[:kept], _end(writer.offsets, kept, end)], text)


def _end(offsets: list[int], kept: int, end: int) -> int:
    return offsets[kept] if kept < len(offsets) else end


@dataclass
class _Writer:
    """The prose so far; a blank after a blank, and one at the beginning, are not written."""

    pieces: list[str]
    offsets: list[int]

    def write(self, piece: str, start: int, stop: int) -> None:
        if piece == " " and (not self.pieces or self.pieces[-1].endswith(" ")):
            return
        if not piece:
            return
        self.pieces.append(piece)
        as_it_was = len(piece) == stop - start
        self.offsets.extend(range(start, stop) if as_it_was else [start] * len(piece))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what stays of each stretch of a text, with the stretch."""
    shift: list[str] = []
    place = len(text) - len(text.lstrip())
    for match in _PATTERN.finditer(text, place):
        if match.start() > place:
            yield from _stretch(text, place, match.start(), shift)
        place = match.end()
        kind = match.lastgroup or ""
        if match["tag"]:
            _turn(match, shift)
            yield (" " if re.fullmatch(_BLOCK, match["name"], re.IGNORECASE) else ""), match.start(), place
            continue
        yield _kept(kind, match[0]), match.start(), place
    if place < len(text):
        yield from _stretch(text, place, len(text), shift)


def _kept(kind: str, found: str) -> str:
    if kind == "space":
        return " "
    if kind == "entity":
        return html.unescape(found)
    if kind == "ligature":
        return _LIGATURES[found]
    return "-" if kind == "broken" else ""


def _turn(match: re.Match[str], shift: list[str]) -> None:
    """Follow a tag that raises or lowers what stands in it; a citation mark of JATS counts as raised."""
    name = match["name"].lower()
    raises = name in _SHIFT or name == "xref"
    if not raises or match["tag"].endswith("/>"):
        return
    if match["tag"].startswith("</"):
        if shift:
            shift.pop()
    elif name != "xref":
        shift.append(name)
    else:
        shift.append("sup" if "bibr" in match["rest"] else "")


def _stretch(text: str, start: int, stop: int, shift: list[str]) -> Iterator[tuple[str, int, int]]:
    piece = text[start:stop]
    kinds = [name for name in shift if name]
    if kinds:
        piece = piece.translate(_SHIFT[kinds[-1]])
    if piece.isascii() or unicodedata.is_normalized("NFC", piece):
        yield piece, start, stop
        return
    for cluster in _CLUSTER.finditer(piece):
        if cluster[0]:
            yield unicodedata.normalize("NFC", cluster[0]), start + cluster.start(), start + cluster.end()
