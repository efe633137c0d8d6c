"""The words of a web page, line by line, without its scripts, menus and tags."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "nav", "footer", "form", "button"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub"}
)
_INLINE_MORE = frozenset(
    {"sup", "time", "u", "font", "wbr", "img", "bdi", "bdo", "kbd", "samp", "var", "s", "ins", "del"}
)
_NEVER_CLOSED = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "wbr", "area", "base", "col", "source", "track"}
)


def is_html(text: str) -> bool:
    """Tell whether a text is a web page."""
    return bool(
        re.match(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", text, re.IGNORECASE | re.DOTALL)
    )


def html_text(text: str) -> str:
    """Return the words of a page, one block on each line; headings keep a # before them.

    >>> html_text("<html><body><h2>Why?</h2><p>A <b>short</b> word.</p></body></html>")
    '## Why?\\nA short word.'
    """
    parser = _Words()
    parser.feed(text)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.words).split("\n"))
    return "\n".join(line for line in lines if line.strip("# "))


class _Words(HTMLParser):
    """Collects what a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        if tag not in _INLINE and tag not in _INLINE_MORE:
            self.words.append("\n")
        if re.fullmatch(r"h[1-6]", tag):
            self.words.append("#" * int(tag[1]) + " ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        if tag not in _INLINE and tag not in _INLINE_MORE:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))
