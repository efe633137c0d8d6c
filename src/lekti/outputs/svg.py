"""A small, escaped writer of SVG: shapes, texts that know their box, and drawings that know their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from lekti.outputs.tokens import SPARE

Attribute = str | float

# Advance width in em, the wider of Inter and Liberation Sans, rounded to 0.05.
_WIDTHS = {
    0.20: "'’\u2009\u202f",
    0.25: "ijl",
    0.30: " !,.:;I·\u00a0",
    0.35: "()/[\\]frt{|}",
    0.40: '"“”²',
    0.45: "-^³",
    0.50: "*`s",
    0.55: "17?JL_ackvxyz–",
    0.60: "025689FZbdeghnopquµé",
    0.65: "#$&+34<=>BEKPSTXY~−≤≥×",
    0.70: "ADRV",
    0.75: "CHNU",
    0.80: "GOQw",
    0.85: "m",
    0.90: "%M",
    0.95: "W",
}
_EM = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_SEMIBOLD = 1.04


@dataclass(frozen=True)
class Box:
    """A rectangle on the drawing, in px from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def overlaps(self, other: Box) -> bool:
        """Say whether two boxes share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Say whether this box lies inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Shape:
    """One element without text: a path, line, circle or rectangle."""

    name: str
    attributes: Mapping[str, Attribute]


@dataclass(frozen=True)
class Text:
    """One line of text at (x, baseline y); `tail` follows in regular weight."""

    x: float
    y: float
    text: str
    role: str = "ink2"
    size: float = 12
    bold: bool = False
    anchor: str = "start"
    halo: bool = False
    tail: str = ""

    @property
    def width(self) -> float:
        """The estimated width in px, 8 % spare included."""
        head = text_width(self.text, self.size, bold=self.bold)
        return head + (text_width(self.tail, self.size) if self.tail else 0.0)

    @property
    def box(self) -> Box:
        """The estimated box of the text, from ascender to descender."""
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        return Box(left, self.y - 0.8 * self.size, self.width, 1.05 * self.size)


@dataclass(frozen=True)
class Group:
    """Some nodes under one name, so that a reader and a test can find them."""

    name: str
    nodes: Sequence[Node]


Node = Shape | Text | Group


@dataclass(frozen=True)
class Drawing:
    """One finished picture: its size in px, what it says, and its nodes from back to front."""

    name: str
    width: float
    height: float
    title: str
    description: str
    nodes: tuple[Node, ...] = field(repr=False)

    def texts(self) -> tuple[Text, ...]:
        """Return every text of the drawing, from back to front."""
        return tuple(_texts(self.nodes))

    def svg(self, *, style: str = "") -> str:
        """Return the drawing as one `<svg>` element; `style` makes it stand on its own."""
        return _svg(self, style)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the estimated width of a text in px, 8 % spare included.

    >>> round(text_width("10,000", 12))
    42
    """
    em = sum(_EM.get(letter, 1.0) for letter in text)
    return em * size * SPARE * (_SEMIBOLD if bold else 1.0)


def fit(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width` px."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + "…", size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, size: float, width: float) -> list[str]:
    """Break a text at its spaces into lines of at most `width` px where words allow it."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def number(value: float) -> str:
    """Return a coordinate with at most two decimals and no trailing zeros.

    >>> number(12.500001), number(-0.001)
    ('12.5', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Return path data through the points, each with one decimal."""
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}" if steps else ""


def shape(name: str, css: str, /, **attributes: Attribute) -> Shape:
    """Return a shape with a CSS class; underscores in attribute names become hyphens."""
    named = {key.replace("_", "-"): value for key, value in attributes.items()}
    return Shape(name, {"class": css, **named})


def line(css: str, x1: float, y1: float, x2: float, y2: float) -> Shape:
    """Return a straight line."""
    return shape("line", css, x1=x1, y1=y1, x2=x2, y2=y2)


def _texts(nodes: Iterable[Node]) -> Iterator[Text]:
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Group):
            yield from _texts(node.nodes)


def _attributes(attributes: Mapping[str, Attribute]) -> str:
    shown = {k: v if isinstance(v, str) else number(v) for k, v in attributes.items()}
    return "".join(f' {name}="{escape(value)}"' for name, value in shown.items())


def _render(node: Node) -> str:
    if isinstance(node, Group):
        return f'<g class="{escape(node.name)}">{"".join(map(_render, node.nodes))}</g>'
    if isinstance(node, Shape):
        return f"<{node.name}{_attributes(node.attributes)}/>"
    return _render_text(node)


def _render_text(node: Text) -> str:
    css = " ".join(["t", node.role] + ["b"] * node.bold + ["halo"] * node.halo)
    place: dict[str, Attribute] = {"class": css, "x": node.x, "y": node.y}
    if node.anchor != "start":
        place["text-anchor"] = node.anchor
    if node.size != 12:
        place["font-size"] = node.size
    tail = f'<tspan class="tail">{escape(node.tail)}</tspan>' if node.tail else ""
    return f"<text{_attributes(place)}>{escape(node.text)}{tail}</text>"


def _svg(drawing: Drawing, style: str) -> str:
    name, width, height = escape(drawing.name), number(drawing.width), number(drawing.height)
    sheet = f"<style>{style}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure {name}" viewBox="0 0 {width} {height}" '
        'preserveAspectRatio="xMinYMin meet" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(drawing.title)}</title>'
        f'<desc id="{name}-desc">{escape(drawing.description)}</desc>'
        f"{sheet}{''.join(map(_render, drawing.nodes))}</svg>"
    )
