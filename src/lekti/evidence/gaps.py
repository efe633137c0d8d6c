"""The second look at a quote laid on a record: what stands between its letters, and their case."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from lekti.evidence.citations import Mark
from lekti.evidence.solid import Solid
from lekti.evidence.verdict import Conflict, ConflictKind

_SIGN = re.compile(r"(?:^\s*|[\s(\[{<>≤≥=~≈:;,/\"'])-\.?$")
_BRACKETS = str.maketrans("[{]}", "(())")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_THIN_SPACE = re.compile(r"\d[\u00a0\u2009\u202f]\d")
_COMPARATORS = frozenset("<>≤≥=~≈")
_VARIANT = re.compile(r"\b[cgmnpr]\.\S*\d")
_NUMBER = re.compile(r"\d[.,^]\d")
_PLAIN_WORD = re.compile(r"[A-Za-z][a-z]*(?![A-Za-z0-9])")


@dataclass
class Laid:
    """A quote laid on a text: its letters are the letters `at` and following of the text, case apart.

    `count` is how many letters and digits the quote has, `end` where it ends in the form of the text. `first`
    is false for the later parts of a quote that leaves words out.
    """

    quote: Solid
    text: Solid
    at: int
    count: int
    end: int
    first: bool = True

    def word_at(self, index: int) -> tuple[str, str]:
        """Return the words of quote and text around a letter."""
        return _around(self.quote, index), _around(self.text, self.at + index)


def _around(text: Solid, index: int) -> str:
    place = text.places[index]
    left = max(text.form.rfind(" ", 0, place), place - 60)
    right = text.form.find(" ", place)
    return text.form[left + 1 : min(len(text.form) if right < 0 else right, place + 60)]


def differences(laid: Laid) -> tuple[set[str], Conflict | None]:
    """Compare a laid quote exactly; return the repairs it needs and the first conflict, if any."""
    quote, text = laid.quote, laid.text
    repairs: set[str] = set()
    conflict = _case(laid, repairs)
    if conflict:
        return repairs, conflict
    for index in _differing(laid):
        answer = _gap(laid, index, quote.gap(index), text.gap(laid.at + index))
        if isinstance(answer, Conflict):
            return repairs, answer
        repairs.add(answer)
    return repairs, None


def _differing(laid: Laid) -> Iterator[int]:
    """Yield the letters in front of which quote and text differ; the letters themselves are the same."""
    places, others = laid.quote.places, laid.text.places
    mine, theirs = laid.quote.form[: places[-1] + 1], laid.text.form[: laid.end]
    index = 0
    while True:
        left, right = mine[places[index] + 1 :], theirs[others[laid.at + index] + 1 :]
        if left == right:
            return
        index = bisect_left(places, places[index] + 1 + _alike(left, right))
        yield index


def _alike(left: str, right: str) -> int:
    """Return how many characters two texts share at their beginning, by halving."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _case(laid: Laid, repairs: set[str]) -> Conflict | None:
    mine = laid.quote.letters
    theirs = laid.text.letters[laid.at : laid.at + laid.count]
    if mine == theirs:
        return None
    first = next(index for index in range(laid.count) if mine[index] != theirs[index])
    words = laid.word_at(first)
    if laid.first and first == 0 and mine[1:] == theirs[1:] and _PLAIN_WORD.match(words[0].lstrip("\"'([")):
        repairs.add("first capital")
        return None
    return Conflict("capitals", *words)


def _gap(laid: Laid, index: int, mine: str, theirs: str) -> str | Conflict:
    """Return the name of the repair that makes two gaps one, or the conflict."""
    left, right = laid.quote.letters[index - 1], laid.quote.letters[index]
    digits = left.isdigit() and right.isdigit()
    packed = _packed(mine, right), _packed(theirs, right)
    if digits:
        return _digits_gap(laid, index, mine, theirs) or _conflict(laid, index, *packed)
    if packed[0] == packed[1]:
        return "spacing"
    if _unquoted(mine, left, right) == _unquoted(theirs, left, right):
        return "quotation marks"
    if packed[0].translate(_BRACKETS) == packed[1].translate(_BRACKETS):
        return "brackets"
    return _letters_gap(laid, index, mine, theirs) or _conflict(laid, index, *packed)


def _digits_gap(laid: Laid, index: int, mine: str, theirs: str) -> str:
    """Return the repair of a gap between two digits, or nothing."""
    if _thousands(laid, index, mine, theirs):
        return "thousands separator"
    if {".", ","} & set(mine + theirs):
        return ""
    right = laid.quote.letters[index]
    return "spacing" if _packed(mine, right) == _packed(theirs, right) else ""


def _letters_gap(laid: Laid, index: int, mine: str, theirs: str) -> str:
    """Return the repair of a gap that line ends, ligatures or left-out brackets explain, or nothing."""
    left, right = laid.quote.letters[index - 1], laid.quote.letters[index]
    printed = laid.quote.printed_gap(index), laid.text.printed_gap(laid.at + index)
    if left.isalpha() and right.isalpha():
        hyphens = {mine, theirs} <= {"", "-", "- "} and {mine, theirs} != {""}
        if hyphens and any(_is_broken(gap, raw) for gap, raw in zip((mine, theirs), printed, strict=True)):
            return "line-end hyphen"
        if {mine, theirs} == {"", " "} and any(_LIGATURE.search(raw) for raw in printed):
            return "ligature"
    if " " in mine and " " in theirs and right.isalpha() and left.isalpha():
        bare = [re.sub(r"[()\[\]{}]", "", gap) for gap in (mine, theirs)]
        if _packed(bare[0], right) == _packed(bare[1], right):
            return "brackets"
    return ""


def _is_broken(gap: str, raw: str) -> bool:
    return gap == "- " or ("-" in gap and "\n" in raw) or "\u00ad" in raw


def _packed(gap: str, right: str) -> str:
    """Return a gap without the white space around its signs; a minus before a digit stays a sign."""
    if not gap or gap.isspace():
        return " " if gap else ""
    if right.isdigit() and _SIGN.search(gap) and gap not in {"-", "-."}:
        gap = "−".join(gap.rsplit("-", 1))
    return re.sub(r"-+", "-", "".join(gap.split()))


def _unquoted(gap: str, left: str, right: str) -> str:
    if gap == "'" and left.isalpha() and right.isalpha():
        return gap
    return _packed(gap.replace('"', "").replace("'", ""), right)


def _thousands(laid: Laid, index: int, mine: str, theirs: str) -> bool:
    """Whether one side groups the digits of the same number by comma or thin space and the other does not."""
    if {mine, theirs} == {"", ","}:
        return any(
            _groups(_around(text, place)) for text, place, gap in _sides(laid, index, mine, theirs) if gap
        )
    thin = [
        _THIN_SPACE.search(text.printed_gap(place))
        for text, place, gap in _sides(laid, index, mine, theirs)
        if gap
    ]
    return {mine, theirs} in ({"", " "}, {",", " "}) and any(thin)


def _sides(laid: Laid, index: int, mine: str, theirs: str) -> list[tuple[Solid, int, str]]:
    return [(laid.quote, index, mine), (laid.text, laid.at + index, theirs)]


def _groups(word: str) -> bool:
    return re.search(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,]*\d)", word) is not None


def _conflict(laid: Laid, index: int, mine: str, theirs: str) -> Conflict:
    words = laid.word_at(index)
    return Conflict(_conflict_kind(words, mine, theirs), *words)


def _conflict_kind(words: tuple[str, str], mine: str, theirs: str) -> ConflictKind:
    signs = set(mine) ^ set(theirs)
    kinds: tuple[tuple[ConflictKind, bool], ...] = (
        ("variant", any(_VARIANT.search(word) for word in words)),
        ("comparator", bool(signs & _COMPARATORS)),
        ("sign", bool(signs & set("+−±"))),
        ("number", bool(signs & set(".,^")) and any(_NUMBER.search(word) for word in words)),
        ("unit", bool(signs & set("%‰°/*×"))),
        ("word boundary", {mine, theirs} <= {"", " ", "-"}),
        ("punctuation", True),
    )
    return next(kind for kind, is_so in kinds if is_so)


def citations_agree(quote: tuple[Mark, ...], text: tuple[Mark, ...], at: int, count: int) -> Conflict | None:
    """Compare the citation marks left out on both sides of a laid quote.

    A mark that one side lacks is a matter of layout; another number at the same place is not. A number in
    round brackets may be a count of people, so a quote may leave it out but not bring it in.
    """
    theirs = {mark.index - at: mark.text.strip() for mark in text if at < mark.index < at + count}
    for mark in quote:
        if not 0 < mark.index < count:
            continue
        other = theirs.get(mark.index, "")
        if (mark.round and not other) or (other and _digits(other) != _digits(mark.text)):
            return Conflict("citation", mark.text.strip(), other)
    return None


def _digits(mark: str) -> str:
    return mark.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻–", "0123456789--", "[]() "))
