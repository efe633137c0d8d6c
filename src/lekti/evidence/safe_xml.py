"""XML from strangers: no entity is defined or fetched, and depth and size are limited."""

from __future__ import annotations

from collections.abc import Iterator
from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from lekti.base.errors import InputError, shown

MOST_ELEMENTS = 400_000
DEEPEST = 200


def parse_xml(text: str, *, name: str) -> Element:
    """Return the root element of an XML text.

    Raises `InputError` for broken XML, for a document that defines entities, for an unknown entity
    and for one nested deeper than 200 elements or larger than 400 000.
    """
    builder = _Builder(name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.tree.data
    parser.EntityDeclHandler = builder.refuse_entity
    parser.SkippedEntityHandler = builder.skipped_entity
    builder.parser = parser
    try:
        parser.Parse(_without_declaration(text).encode("utf-8"), True)
        return builder.tree.close()
    except expat.ExpatError as error:
        words = expat.errors.messages.get(error.code, "") or expat.ErrorString(error.code)
        raise InputError(
            f"Broken XML: {words}", where=f"{name}:{error.lineno}", expected="a well-formed XML file"
        ) from error
    except UnicodeEncodeError as error:
        raise InputError("A character that is no text", where=name, expected="XML in UTF-8") from error


def flat(element: Element | None) -> str:
    """Return the text of an element without its tags; a formula's TeX source is left out, a break is a blank.

    >>> flat(parse_xml("<p>10<sup>9</sup>/L<tex-math>10^9</tex-math></p>", name="p.xml"))
    '109/L'
    """
    return "" if element is None else "".join(_words(element))


def _words(element: Element) -> Iterator[str]:
    if element.tag != "tex-math":
        yield " " if element.tag == "break" else element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


class _Builder:
    """Builds the tree while it counts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tree = TreeBuilder()
        self.parser: expat.XMLParserType | None = None
        self.depth = 0
        self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST:
            raise InputError("The XML is nested too deeply", where=self.where(), expected="a paper")
        if self.elements > MOST_ELEMENTS:
            raise InputError("The XML holds too many elements", where=self.where(), expected="one paper")
        self.tree.start(tag, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.tree.end(tag)

    def refuse_entity(self, entity: str, *_rest: object) -> None:
        raise InputError(
            f"The XML defines an entity ({shown(entity, 30)})",
            where=self.where(),
            expected="plain XML, as PubMed and PMC give it",
            fix="Entities can fill a memory or read files, so lekti follows none.",
        )

    def skipped_entity(self, entity: str, is_parameter: int) -> None:
        if is_parameter:
            return
        character = html5.get(f"{entity};")
        if character is None:
            raise InputError(
                f"The XML uses the unknown entity &{shown(entity, 30)};", where=self.where(), expected="text"
            )
        self.tree.data(character)

    def where(self) -> str:
        return f"{self.name}:{self.parser.CurrentLineNumber}" if self.parser else self.name


def _without_declaration(text: str) -> str:
    """Drop `<?xml ... encoding=...?>`, which no longer holds once the bytes are text; keep the line count."""
    text = text.removeprefix("\ufeff")
    if not text.startswith("<?xml"):
        return text
    end = text.find("?>")
    return text if end < 0 else "\n" * text.count("\n", 0, end) + text[end + 2 :].lstrip(" \t")
