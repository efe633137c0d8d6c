"""Every snippet beside a reference is checked, wherever it stands, and nothing unchecked passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.evidence.check_yaml import check_yaml, pairs_in

from .material import twin

PAPER = twin("paper_twin.md")
DISEASE = """\
name: Netherton syndrome
pathophysiology:
- name: IgE
  evidence:
  - reference: PMID:99900001
    reference_title: "Immunoglobulin and dupilumab in one boy with Netherton syndrome: the retold
      twin of a case report"
    supports: SUPPORT
    snippet: "The IgE in his serum went down from 1078 IU/mL
      to 55.8 IU/mL"
  - reference: DOI:10.5555/lekti.twin.0001
    snippet: >-
      His itch eased ... and
      his hair grew.
  downstream:
  - evidence: [{reference: "PMID:99900001", snippet: the course that one report describes}]
"""


def _find(any_id: str):
    return PAPER if any_id in PAPER.ids else None


def test_all_snippets_of_a_tree_are_checked() -> None:
    done = check_yaml(DISEASE, _find, name="x.yaml")
    assert [one.verdict.kind for one in done.checked] == ["exact", "elided", "exact"]
    assert [one.pair.where for one in done.checked] == ["x.yaml:9", "x.yaml:12", "x.yaml:16"]
    assert done.is_good


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ("1078", "1087", "failed"),
        ("went down", "went up", "failed"),
        ("twin of a", "cousin of a", "failed"),
        ("PMID:99900001\n", "PMID:1\n", "missing"),
        ("reference: PMID:99900001\n", "other: 1\n", "missing"),
        ("snippet: the course", "text: the course", "no snippet"),
    ],
)
def test_what_is_wrong_is_found(old: str, new: str, outcome: str) -> None:
    done = check_yaml(DISEASE.replace(old, new, 1), _find, name="x.yaml")
    assert outcome in [one.outcome for one in done.checked]
    assert done.is_good == (outcome == "no snippet")


def test_a_file_without_snippets_is_no_success() -> None:
    assert not check_yaml("name: x\n", _find, name="x.yaml").is_good
    assert not check_yaml("- reference: PMID:99900001\n", _find, name="x.yaml").is_good
    assert not check_yaml(
        "- {reference: 'PMID:1', snippet: any words at all}\n", _find, name="x.yaml"
    ).is_good


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\t- x", "*x", "[" * 5000, "a: &a [*a, \x01]"])
def test_what_is_no_yaml_gets_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match=r"x\.yaml"):
        pairs_in(text, name="x.yaml")


def test_aliases_are_read_once() -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))
    text = f"a0: &a0 {{reference: PMID:1, snippet: two words}}\n{levels}\n"
    assert len(pairs_in(text, name="x.yaml")) == 1


@given(st.text(max_size=200))
def test_any_text_gets_pairs_or_one_sentence(text: str) -> None:
    try:
        pairs_in(text, name="x.yaml")
    except InputError as error:
        assert error.sentence()
