"""The prose of a section: its words without its layout, each character knowing where it stood in the file."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lekti.base.made_once import made_once

_INLINE = (
    "b|bold|big|cite|code|em|ext-link|font|i|italic|mark|monospace|named-content|overline|roman|s|sc|small|span"
    "|strike|strong|styled-content|tt|u|underline|uri|a|abbr"
)
_BLOCK = (
    "abstract|abstracttext|blockquote|br|break|dd|div|dl|dt|h[1-6]|hr|label|li|list|list-item|ol|p|sec|table"
    "|tbody|td|th|thead|title|tr|ul"
)
_ATTRIBUTES = r"""(?:\s{1,9}[\w:.-]{1,40}\s?=\s?(?:"[^"<>]{0,300}"|'[^'<>]{0,300}')){0,12}\s?/?>"""
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u1160-\u11ff"
_PASSES = 4
"""Layout within layout (a tag written with character references) is undone this often, and then left."""

_SIGNS_OF_LAYOUT = re.compile(r"[<&\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufb00-\ufb06]")

_Change = Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class _Step:
    """One kind of layout: a text that holds `sign` (any text, if empty) may show it."""

    sign: str
    pattern: re.Pattern[str]
    change: _Change

    def concerns(self, text: str) -> bool:
        """Whether the text may show this layout at all."""
        return not self.sign or self.sign in text


def _gone(_: re.Match[str]) -> str:
    return ""


def _blank(_: re.Match[str]) -> str:
    return " "


def _unescaped(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _raised(match: re.Match[str]) -> str:
    return match["kept"].translate(_RAISED)


def _lowered(match: re.Match[str]) -> str:
    return match["kept"].translate(_LOWERED)


def _tag(names: str) -> re.Pattern[str]:
    return re.compile(rf"</?(?:jats:|mml:)?(?:{names})(?:(?=[\s/>])){_ATTRIBUTES}", re.IGNORECASE)


def _around(names: str, attribute: str = "") -> re.Pattern[str]:
    opening = rf"<(?:jats:)?(?P<name>{names}){attribute}{_ATTRIBUTES}"
    return re.compile(rf"{opening}(?P<kept>[^<>]{{0,120}})</(?:jats:)?(?P=name)>", re.IGNORECASE)


_ASCII_STEPS = (
    _Step("&", re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"), _unescaped),
    _Step("<", re.compile(r"<!--[^<>]{0,300}-->"), _gone),
    _Step("<", _tag(_INLINE), _gone),
    _Step("<", _tag(_BLOCK), _blank),
    _Step("bibr", _around("xref", r"(?=[^<>]{0,300}bibr)"), _raised),
    _Step("<", _around("sup"), _raised),
    _Step("<", _around("sub|inf"), _lowered),
    _Step("<", _tag("sup|sub|inf|xref"), _gone),
)
_OTHER_STEPS = (
    _Step("\u00ad", re.compile(r"\u00ad(?:[^\S\n]{0,9}\n\s*)?"), _gone),
    _Step("", re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"), _gone),
    _Step("", re.compile(r"[\ufb00-\ufb06]"), lambda match: _LIGATURES[match[0]]),
)
_LINE_END_HYPHEN = _Step("\n", re.compile(r"[-\u2010\u2011](?<=\w.)[^\S\n]{0,9}\n\s*(?=\w)"), lambda _: "-")
_BLANK_STEPS = (
    _Step("", re.compile(r"\A\s+|\s+\Z"), _gone),
    _Step("", re.compile(r"[^\S ]\s*|\s{2,}"), _blank),
)
_ACCENTS = _Step(
    "",
    re.compile(rf"[^{_MARKS}]?[{_MARKS}]+|[^\x00-\u02ff]"),
    lambda match: unicodedata.normalize("NFC", match[0]),
)


@dataclass
class Prose:
    """A section's words on one line, and the raw text they come from; never changed, as `Solid` is not."""

    text: str
    raw: str

    @made_once
    def offsets(self) -> Sequence[int]:
        """Where each character stands in the raw text; one entry more, for the end of the last."""
        text, offsets = self.raw, range(len(self.raw) + 1)
        for step in _undone(self.raw)[1]:
            text, offsets = _followed(step, text, offsets)
        return offsets

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
    if _shows_layout(text):
        return Prose(_undone(text)[0], text)
    if "\n" in text:
        text, raw = _LINE_END_HYPHEN.pattern.sub("-", text), text
        return Prose(" ".join(text.split()), raw)
    return Prose(" ".join(text.split()), text)


def _undone(text: str) -> tuple[str, list[_Step]]:
    """Return a text without its layout, and the steps that changed it, in order."""
    taken: list[_Step] = []
    if _is_plain(text):
        return text, taken
    for _ in range(_PASSES):
        before = text
        text = _after(_layout_steps(text), text, taken)
        if not _is_tight(text):
            text = _after(_BLANK_STEPS, text, taken)
        if text == before or not _shows_layout(text):
            break
    return text, taken


def _after(steps: Sequence[_Step], text: str, taken: list[_Step]) -> str:
    """Return a text after the steps that concern it, and add those that changed it to `taken`."""
    for step in steps:
        if step.concerns(text):
            changed = step.pattern.sub(step.change, text)
            if changed != text:
                taken.append(step)
                text = changed
    return text


def _is_plain(text: str) -> bool:
    return not _shows_layout(text) and _is_tight(text)


def _is_tight(text: str) -> bool:
    """Whether all white space of a text is single blanks between words."""
    return " ".join(text.split()) == text


def _shows_layout(text: str) -> bool:
    """Whether a text may hold layout other than white space."""
    if text.isascii():
        return "<" in text or "&" in text
    return _SIGNS_OF_LAYOUT.search(text) is not None or not unicodedata.is_normalized("NFC", text)


def _layout_steps(text: str) -> tuple[_Step, ...]:
    """Return the steps for all layout but white space, in order."""
    if text.isascii():
        return (*_ASCII_STEPS, _LINE_END_HYPHEN)
    accents = () if unicodedata.is_normalized("NFC", text) else (_ACCENTS,)
    return (*_ASCII_STEPS, *_OTHER_STEPS, *accents, _LINE_END_HYPHEN)


def _followed(step: _Step, text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return a text after a step, with the offsets of its characters in the raw text."""
    pieces: list[str] = []
    kept: list[int] = []
    done = last = 0
    for match in step.pattern.finditer(text):
        last = offsets[match.start()]
        new = step.change(match)
        pieces += (text[done : match.start()], new)
        kept.extend(offsets[done : match.start()])
        kept.extend(_offsets_within(match, new, offsets))
        done = match.end()
    pieces.append(text[done:])
    kept.extend(offsets[done:])
    if done and done == len(text) and not pieces[-2]:
        kept[-1] = last
    return "".join(pieces), kept


def _offsets_within(match: re.Match[str], new: str, offsets: Sequence[int]) -> Sequence[int]:
    for start, end in (match.span(), match.span("kept") if "kept" in match.groupdict() else match.span()):
        if end - start == len(new):
            return offsets[start:end]
    return [offsets[match.start()]] * len(new)
