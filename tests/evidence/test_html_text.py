"""A web page gives the words that a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.evidence.html_text import html_text, is_html


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>a <b>b</b>\n c</p><p>d</p>", "a b c\nd"),
        ("<h1>Skin</h1><ul><li>one<li>two</ul>", "# Skin\none\ntwo"),
        (
            "<nav>menu</nav><script>x<y</script><style>p{}</style><main>IgE &gt; 1000&nbsp;IU</main>",
            "IgE > 1000 IU",
        ),
        ("<p>open <div>other", "open\nother"),
        ("<table><tr><td>a<td>b</table>", "a\nb"),
    ],
)
def test_words_of_a_page(page: str, words: str):
    assert html_text(page) == words


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("<!DOCTYPE html><p>", True),
        ("\n<HTML lang='en'>", True),
        ("<!-- a --><html>", True),
        ("<article>", False),
    ],
)
def test_a_page_is_known_by_its_beginning(text: str, is_page: bool):
    assert is_html(text) == is_page


@settings(deadline=None)
@given(st.text("<>/!-abp='\"& \n", max_size=80))
def test_any_page_gives_words(page: str):
    assert "\n\n" not in html_text(page)
