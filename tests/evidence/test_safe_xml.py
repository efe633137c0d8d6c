"""XML is read without entities, within limits, and its characters come through."""

from __future__ import annotations

import pytest

from lekti.base.errors import InputError
from lekti.evidence.safe_xml import DEEPEST, flat, parse_xml

DOCTYPE = '<!DOCTYPE a PUBLIC "-//X//DTD X//EN" "http://127.0.0.1:9/none.dtd">'


def test_the_text_of_an_element_has_no_tags():
    assert flat(parse_xml("<a>one <b>two</b> three &lt; &#181; &amp;</a>", name="x")) == "one two three < µ &"
    assert flat(None) == ""


def test_a_declared_encoding_of_text_that_is_read_already_does_no_harm():
    assert flat(parse_xml('<?xml version="1.0" encoding="ISO-8859-1"?>\n<a>µ</a>', name="x")) == "µ"


def test_the_entities_that_papers_use_without_defining_them_are_known():
    assert flat(parse_xml(f"{DOCTYPE}<a>5&nbsp;&mu;g</a>", name="x")) == "5\u00a0μg"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{DOCTYPE}<a>&unheard;</a>", "unknown entity &unheard;"),
        ("<a>&nbsp;</a>", "undefined entity. x:1."),
        ("<a>\n\n<b></a>", "mismatched tag. x:3."),
        ("<a/><b/>", "junk after document element"),
        ("", "no element found"),
        ("<a>\x01</a>", "not well-formed"),
        ("<a>\ud800</a>", "no text"),
        ("<a>" * (DEEPEST + 1), "nested too deeply"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "defines an entity (b)"),
        ('<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/"> %b;]><a/>', "defines an entity (b)"),
    ],
)
def test_what_is_no_plain_xml_is_refused(text: str, said: str):
    with pytest.raises(InputError) as refused:
        parse_xml(text, name="x")
    assert said in str(refused.value)
