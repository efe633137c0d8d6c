"""Running text out of JATS elements: paragraphs, tables, captions, superscripts and citation numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from lekti.evidence.safe_xml import flat

APART = frozenset({"table-wrap", "fig", "supplementary-material", "media"})
"""Elements that stand apart from the running text; tables and figures become sections."""
_BLOCKS = frozenset(
    {
        "p",
        "title",
        "sec",
        "list",
        "list-item",
        "disp-quote",
        "def-list",
        "def-item",
        "disp-formula",
        "boxed-text",
    }
    | {"caption", "label", "tr", "table-wrap-foot", "fn", "thead", "tbody", "table-wrap-group", "fig-group"}
)
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_NUMBERS = re.compile(r"[\d\s,;–-]+")


def blocks(element: Element, *, skip: frozenset[str] = APART) -> list[str]:
    """Return the paragraphs of an element; elements named in `skip` are left out.

    A superscript number becomes a superscript sign (10⁹), a superscript reference goes into brackets ([3]),
    so that neither runs into the number before it.
    """
    texts: list[str] = []
    run: list[str] = []
    for piece in [*_pieces(element, skip), None]:
        if piece is not None:
            run.append(_in_brackets(piece, run) if isinstance(piece, _Reference) else piece)
            continue
        if text := "".join(run).strip():
            texts.append(text)
        run = []
    return texts


def table_text(table: Element) -> str:
    """Return a table or figure with its caption; the cells of a row are parted by bars."""
    for row in table.iter("tr"):
        for cell in list(row)[:-1]:
            last = list(cell)[-1] if len(cell) else None
            if last is None:
                cell.text = (cell.text or "") + " | "
            else:
                last.tail = (last.tail or "") + " | "
    return "\n".join(" ".join(text.split()) for text in blocks(table, skip=frozenset()))


class _Reference(str):
    """The number of a reference, as it stands in the text."""


def _pieces(element: Element, skip: frozenset[str]) -> Iterator[str | None]:
    yield element.text or ""
    for child in element:
        if child.tag in skip or child.tag == "tex-math":
            pass
        elif child.tag == "break":
            yield " "
        elif child.tag in _BLOCKS:
            yield None
            yield from _pieces(child, skip)
            yield None
        elif child.tag in ("sup", "xref") and _is_reference(child):
            yield _Reference(flat(child))
        elif child.tag == "sup":
            yield _superscript(flat(child))
        else:
            yield from _pieces(child, skip)
        yield child.tail or ""


def _is_reference(element: Element) -> bool:
    links = [element] if element.tag == "xref" else element.findall(".//xref")
    return any(link.get("ref-type") == "bibr" for link in links) and bool(_NUMBERS.fullmatch(flat(element)))


def _in_brackets(number: str, before: list[str]) -> str:
    last = "".join(before)[-1:]
    return number if last in set("[(,;–-") and last else f"[{number.strip()}]"


def _superscript(text: str) -> str:
    return text.translate(_SUPERSCRIPTS) if re.fullmatch(r"[-+−]?\d+[-+−]?|[-+−]", text) else text
