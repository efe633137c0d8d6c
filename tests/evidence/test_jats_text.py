"""Running text, tables and superscripts of JATS keep their numbers apart."""

from __future__ import annotations

import pytest

from lekti.evidence.jats_text import blocks, table_text
from lekti.evidence.safe_xml import parse_xml

CITED = '<xref ref-type="bibr" rid="b3">3</xref>'


def text(inner: str) -> list[str]:
    return blocks(parse_xml(f"<sec>{inner}</sec>", name="x"))


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        (f"<p>1 to 9/1,000,000.{CITED}</p>", "1 to 9/1,000,000.[3]"),
        (f"<p>1,000,000.<sup>{CITED},<xref ref-type='bibr'>4</xref></sup> Next</p>", "1,000,000.[3,4] Next"),
        (f"<p>known [{CITED}]</p>", "known [3]"),
        (f"<p>known ({CITED}, {CITED})</p>", "known (3, [3])"),
        ("<p>10<sup>9</sup>/L and m<sup>-2</sup></p>", "10⁹/L and m⁻²"),
        ("<p>H<sub>2</sub>O, CD4<sup>+</sup></p>", "H2O, CD4⁺"),
        ("<p>one<break/>two <tex-math>x^2</tex-math>three</p>", "one two three"),
        ('<p>see <xref ref-type="fig">Fig. 1</xref></p>', "see Fig. 1"),
        ("<p><italic>SPINK5</italic> <bold>c.1302+5G&gt;C</bold></p>", "SPINK5 c.1302+5G>C"),
    ],
)
def test_one_paragraph(inner: str, read: str):
    assert text(inner) == [read]


def test_paragraphs_lists_and_titles_stand_apart_and_tables_are_left_out():
    inner = "<title>T</title><p>a<list><list-item><p>b</p></list-item></list>c</p>"
    assert text(inner + "<table-wrap><p>d</p></table-wrap><sec><title>U</title><p>e</p></sec>") == [
        "T",
        "a",
        "b",
        "c",
        "U",
        "e",
    ]


def test_the_cells_of_a_table_never_run_together():
    table = parse_xml(
        "<table-wrap><label>Table 2</label><caption><p>IgE</p></caption><table><tr><th>A</th><th>B</th></tr>"
        "<tr><td>10<sup>3</sup></td><td>5</td><td/></tr></table></table-wrap>",
        name="x",
    )
    assert table_text(table) == "Table 2\nIgE\nA | B\n10³ | 5 |"
