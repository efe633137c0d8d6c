"""What is left of LEKTI is told with its interval, before and after the signs."""

import pytest

from lekti.base.errors import AnswerIsNo
from lekti.outputs.lekti_left import LektiLeft, before_text, left_of, lekti_object

FOUND = LektiLeft((0.01, 0.09, 0.2), (0.02, 0.14, 0.48), 0.79, 0.64)


def test_prior_and_share_are_told():
    words = before_text(FOUND)
    assert "14 % of normal (2 to 48)" in words.replace("\u2009", " ").replace("\u202f", " ")
    assert "21" in words


def test_nothing_is_told_where_no_sign_was_asked_for():
    assert before_text(LektiLeft((0.0, 0.1, 0.2), (0.0, 0.1, 0.2), 1.0, 1.0)) == ""
    assert before_text(LektiLeft((0.0, 0.1, 0.2), None, 1.0, 1.0)) == ""


def test_the_object_holds_all_four():
    assert lekti_object(FOUND) == {
        "conditioned": [0.01, 0.09, 0.2],
        "prior": [0.02, 0.14, 0.48],
        "draws_with_disease": 0.79,
        "draws_kept": 0.64,
    }
    assert lekti_object(None) is None


def test_nobody_kept_is_an_answer_and_no_error():
    import numpy as np

    from lekti.population.person import PersonLeft

    with pytest.raises(AnswerIsNo, match="No draw showed"):
        left_of(PersonLeft(np.array([0.9]), np.array([]), 0.0, 0.0))
