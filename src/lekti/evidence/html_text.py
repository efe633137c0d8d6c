"""The words of a web page, line by line, without its scripts, menus and tags."""

from __future__ import annotations

import html
import re

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "nav", "footer", "form", "button"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark"}
    | {"q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
# No part of the pattern runs over a "<", so that a page of open tags costs no more than its length.
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,40})
    (?:"[^"<]{0,2000}"|'[^'<]{0,2000}'|[^<>"'])*+>|<[!?][^<>]*+>""",
    re.VERBOSE,
)


def is_html(text: str) -> bool:
    """Tell whether a text is a web page."""
    begin = _without_comments(text[:100_000]).lstrip()
    return bool(re.match(r"<(?:!doctype\s{1,9}html|html)\b", begin, re.IGNORECASE))


def html_text(text: str) -> str:
    """Return the words of a page, one block on each line; headings keep a # before them.

    >>> html_text("<html><body><h2>Why?</h2><p>A <b>short</b> word.</p></body></html>")
    '## Why?\\nA short word.'
    """
    lines = (" ".join(line.split()) for line in "".join(_words(_without_comments(text))).split("\n"))
    return "\n".join(line for line in lines if line.strip("# "))


def _words(text: str) -> list[str]:
    """Return what a reader sees, with line breaks where a block begins or ends."""
    words: list[str] = []
    silent: list[str] = []
    place = 0
    for tag in _TAG.finditer(text):
        if not silent:
            words.append(_seen(text[place : tag.start()]))
        place = tag.end()
        name = (tag["name"] or "").lower()
        if name in _SILENT:
            _turn(silent, name, ends=bool(tag["end"]))
        if name and name not in _INLINE:
            words.append("\n")
        if re.fullmatch(r"h[1-6]", name) and not tag["end"]:
            words.append("#" * int(name[1]) + " ")
    return words if silent else [*words, _seen(text[place:])]


def _turn(silent: list[str], name: str, *, ends: bool) -> None:
    """Enter a part that a reader does not see, or leave it with all that stands open in it."""
    if not ends:
        silent.append(name)
    elif name in silent:
        del silent[silent.index(name) :]


def _seen(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(text))


def _without_comments(text: str) -> str:
    """Drop comments; one that is never closed reaches to the end, as in a browser."""
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        kept.append(text[place:start])
        end = text.find("-->", start + 2)
        if end < 0:
            return "".join(kept)
        place = end + 3
    return "".join([*kept, text[place:]])
