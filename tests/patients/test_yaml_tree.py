"""The tree keeps lines, reads plain decimal values, and refuses what could surprise."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.patients.yaml_tree import line_of, plain, read_tree

SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=20),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefgh", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES)
def test_what_yaml_writes_is_read_back(tree: object):
    assert plain(read_tree(yaml.safe_dump({"a": tree}, allow_unicode=True), name="a.yaml")) == {"a": tree}


def test_lines_are_those_of_the_keys():
    tree = read_tree("a:\n  b:\n    - 1\n    - c:\n        2\n", name="a.yaml")
    assert line_of(tree, iter(["a"])) == 1
    assert line_of(tree, iter(["a", "b", 1])) == 4
    assert line_of(tree, iter(["a", "b", 1, "c"])) == 4


@pytest.mark.parametrize(
    ("text", "value"), [("1e3", 1000.0), ("-2", -2), (".5", 0.5), ("yes", True), ("off", False), ("~", None)]
)
def test_plain_values_are_read_as_people_mean_them(text: str, value: object):
    assert plain(read_tree(f"a: {text}", name="a.yaml")) == {"a": value}


def test_quoted_values_stay_text():
    assert plain(read_tree("a: '6'\nb: \"yes\"\n", name="a.yaml")) == {"a": "6", "b": "yes"}


@pytest.mark.parametrize(
    "text", ["010", "0x1F", "0b1", "1:30", "1_000", ".nan", ".inf", "9" * 30 + ".0", "1e400"]
)
def test_numbers_in_other_dress_are_refused(text: str):
    with pytest.raises(InputError):
        read_tree(f"a: {text}", name="a.yaml")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str):
    try:
        read_tree(text, name="a.yaml")
    except InputError as error:
        assert "a.yaml" in str(error)
