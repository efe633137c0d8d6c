"""PED files become families, and every mistake in one is a sentence with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.genetics.pedigree import Family
from lekti.patients.read_ped import read_ped

TRIO = "F1 I-1 0 0 1 1\nF1 I-2 0 0 2 1\nF1 II-1 I-1 I-2 1 2\n"
MORE = "#family\tid\tfather\tmother\tsex\taffected\tage\tdied\tproband\tcopies\tnegative_test\n"


def read(text: str) -> Family:
    return read_ped(text, name="f.ped")


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    assert caught.value.where.startswith("f.ped")
    return str(caught.value)


def test_six_columns_make_a_family():
    child = read(TRIO).by_id["II-1"]
    assert (child.father, child.mother, child.sex, child.status) == ("I-1", "I-2", "male", "affected")
    assert child.where == "f.ped:3"


def test_tabs_comments_and_empty_lines_are_read():
    assert len(read("# made up\n\n" + TRIO.replace(" ", "\t")).people) == 3


def test_a_header_line_names_more_columns():
    text = MORE + "F1\tI-1\t0\t0\t1\t1\t71\t1\t0\t.\t.\nF1\tI-2\t0\t0\t2\t1\t18 months\t0\t1\t1\t0.9\n"
    first, second = read(text).people
    assert (first.age_days, first.died, first.copies) == (71 * 365.25, True, None)
    assert (second.age_days, second.proband, second.copies) == (547.875, True, 1)
    assert second.tests[0].sensitivity.value == 0.9


def test_parents_may_stand_after_their_children():
    lines = TRIO.splitlines()
    assert [one.id for one in read("\n".join(reversed(lines))).people][-1] == "II-1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TRIO + "F1 II-1 0 0 1 1\n", "II-1 stands twice, first in f.ped:3. f.ped:4"),
        (TRIO.replace("I-2 0 0 2", "I-2 0 0 1"), "I-2 is male and the mother of II-1. f.ped:3"),
        (TRIO.replace("II-1 I-1", "II-1 II-1"), "II-1 is given as their own father. f.ped:3"),
        (TRIO.replace("II-1 I-1", "II-1 0"), "II-1 has a mother and no father. f.ped:3"),
        (TRIO.replace("II-1 I-1", "II-1 I-9"), "I-9, the father of II-1, has no line of their own. f.ped:3"),
        (TRIO.replace("1 2\n", "3 2\n"), "sex '3'. f.ped:3"),
        (TRIO.replace("1 2\n", "1 9\n"), "affected '9'. f.ped:3"),
        (TRIO.replace("F1 II-1", "F2 II-1"), "A second family starts here. f.ped:3"),
        (TRIO + "F1 II-2 I-1 I-2 1\n", "A line with 5 columns. f.ped:4"),
        (TRIO + "F1 II-2 I-1 I-2 1 1 7\n", "A line with 7 columns. f.ped:4"),
        (TRIO.replace("II-1", "Annabel"), "An id looks like a name"),
        (TRIO.replace("II-1", "2015-03-02"), "An id is neither a number nor a family word"),
        (MORE.replace("copies", "copys") + TRIO, "Did you mean copies?"),
        ("#only a comment\n", "The family has no people"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(text: str, told: str):
    assert told in refusal(text)


def test_a_name_is_not_repeated():
    assert "Annabel" not in refusal(TRIO.replace("II-1", "Annabel"))


def test_someone_who_is_their_own_ancestor_is_refused():
    circle = "F A 0 0 2 0\nF 1 3 A 1 0\nF 2 1 A 1 0\nF 3 2 A 1 0\n"
    assert "own ancestor" in refusal(circle)


def test_father_and_mother_are_two_people():
    assert "father and mother of 2" in refusal("F 1 0 0 0 0\nF 2 1 1 0 0\n")


def test_ten_thousand_people_are_refused_at_once():
    lines = [f"F {number} 0 0 0 0" for number in range(10_000)]
    assert "The family has 10,000 people" in refusal("\n".join(lines))


def test_a_long_line_of_descent_is_read_without_a_deep_stack():
    lines = ["F 0 0 0 1 0"]
    for number in range(1, 499):
        lines = [f"F w{number} 0 0 2 0", f"F {number} {number - 1 or '000'} w{number} 1 0", *lines]
    text = "\n".join(lines).replace("F 0 0 0 1 0", "F 000 0 0 1 0")
    assert len(read(text).people) == 997


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from("F123 I-\t\n#0.9axé\x1b"), max_size=80))
def test_any_text_is_read_or_refused_in_one_sentence(text: str):
    try:
        read(text)
    except InputError as error:
        assert "\n" not in str(error)
        assert "\x1b" not in str(error)
