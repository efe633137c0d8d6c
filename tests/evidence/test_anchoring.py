"""A claim is anchored in words that stand in a record, and shown with them only where they still stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lekti.base.errors import AnswerIsNo, InputError, MachineError, ModelError
from lekti.evidence.anchoring import anchor_quote, anchored_words, check_value, chosen_evidence
from lekti.evidence.claim import Anchor
from lekti.evidence.own_anchors import claims_with_own_anchors, write_anchor
from lekti.evidence.read_claims import load_claims
from lekti.evidence.read_record import read_record
from lekti.evidence.shown_claim import claim_object, claim_text
from lekti.evidence.solid import fingerprint

DAY = "2026-11-22"
BODY = (
    "A child with an invented disease was seen. The blood level fell from 812 to 44.5 IU/mL in\n"
    "eight weeks. The child slept better. No side effect was seen in the child."
)
PAGE = """---
reference_id: "PMID:17096680"
title: "An invented report."
journal: J Invented
year: '2021'
content_type: abstract_only
---

# An invented report.
**Journal:** J Invented (2021)

## Content

{body}
"""
RECORD = read_record(PAGE.format(body=BODY).encode(), name="invented.md")


def _anchored(quote: str = "The blood level fell from 812 to 44.5 IU/mL in eight weeks") -> Anchor:
    return anchor_quote(RECORD, quote, day=DAY)


def test_an_anchor_holds_a_place_and_checksums_and_no_words() -> None:
    anchor = _anchored()
    assert (anchor.state, anchor.section, anchor.anchored_on) == ("anchored", "abstract", DAY)
    assert anchor.quote_sha256 == fingerprint("The blood level fell from 812 to 44.5 IU/mL in eight weeks")
    assert "812" not in "".join(value for value in vars(anchor).values() if isinstance(value, str))[:80]


def test_the_words_are_shown_with_what_stands_around_them() -> None:
    words = anchored_words(RECORD, _anchored("The child slept better"))
    assert words is not None
    assert words.quoted == "The child slept better"
    assert words.before.endswith("in eight weeks. ")
    assert words.after.startswith(". No side effect")


@pytest.mark.parametrize(
    "quote",
    [
        "The blood level fell from 812 to 54.5 IU/mL",
        "The blood level rose from 812 to 44.5 IU/mL",
        "The child did not sleep better",
        "Nothing of this stands there",
    ],
)
def test_words_that_do_not_stand_there_are_no_anchor(quote: str) -> None:
    with pytest.raises(AnswerIsNo):
        _anchored(quote)


def test_a_quote_with_a_gap_is_no_anchor() -> None:
    with pytest.raises(AnswerIsNo, match="leaves words out"):
        _anchored("A child with an invented disease was seen ... The child slept better")


def test_a_record_that_changed_shows_no_words() -> None:
    changed = read_record(PAGE.format(body=BODY.replace("44.5", "45.5")).encode(), name="invented.md")
    assert anchored_words(changed, _anchored()) is None


def test_the_same_abstract_in_other_lines_shows_the_words() -> None:
    other = read_record(PAGE.format(body=BODY.replace(" in\n", "\nin ")).encode(), name="invented.md")
    words = anchored_words(other, _anchored())
    assert words is not None
    assert "812 to 44.5" in words.quoted


def test_a_quote_must_print_the_value_of_its_claim() -> None:
    claim = load_claims().get("CL0101")
    check_value(claim, "from 1078 IU/mL to 55.8 IU/mL")
    with pytest.raises(AnswerIsNo, match=r"do not state 55\.8"):
        check_value(claim, "from 1078 IU/mL to 58.8 IU/mL")


def test_the_record_must_be_named_where_there_are_several() -> None:
    claim = load_claims().get("CL0401")
    assert chosen_evidence(claim, "PMID:17158887").id == "CL0401.2"
    assert chosen_evidence(load_claims().get("CL0101")).id == "CL0101.1"
    with pytest.raises(
        InputError, match=r"CL0401 rests on more than one record\. Expected --record with one of"
    ):
        chosen_evidence(claim)
    with pytest.raises(InputError, match="CL0401 rests on no PMID:9"):
        chosen_evidence(claim, "PMID:9")


def test_an_anchor_of_ones_own_takes_its_place_among_the_claims(tmp_path: Path) -> None:
    file = tmp_path / "own" / "anchors.tsv"
    write_anchor("CL0401.1", _anchored(), file)
    write_anchor("CL0327.1", _anchored("The child slept better"), file)
    claims = claims_with_own_anchors(file)
    assert claims.get("CL0401").evidence[0].anchor.state == "anchored"
    assert claims.get("CL0401").evidence[0].anchor.quote_sha256 == _anchored().quote_sha256
    assert claims.get("CL0101") == load_claims().get("CL0101")
    assert [line[:8] for line in file.read_text("utf-8").splitlines()[2:]] == ["CL0327.1", "CL0401.1"]


def test_what_is_anchored_is_anchored_anew_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / "anchors.tsv"
    write_anchor("CL0401.1", _anchored(), file)
    with pytest.raises(MachineError, match=r"CL0401\.1 is anchored in"):
        write_anchor("CL0401.1", _anchored("The child slept better"), file)
    write_anchor("CL0401.1", _anchored("The child slept better"), file, force=True)
    assert len(file.read_text("utf-8").splitlines()) == 3


def test_a_broken_file_of_anchors_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "anchors.tsv"
    file.write_text("evidence\tsection\tstart\nCL0401.1\tabstract\tx\n", "utf-8")
    with pytest.raises(ModelError, match="The table has no column end, quote_sha256"):
        claims_with_own_anchors(file)


def test_without_a_file_the_shipped_claims_are_used(tmp_path: Path) -> None:
    assert claims_with_own_anchors(tmp_path / "none.tsv") is load_claims()


def test_a_claim_is_shown_with_words_at_hand_and_what_rests_on_it(tmp_path: Path) -> None:
    file = tmp_path / "anchors.tsv"
    write_anchor("CL0327.1", _anchored("The child slept better"), file)
    claims = claims_with_own_anchors(file)
    claim = claims.get("CL0327")
    text = claim_text(claim, claims, {"PMID:17096680": RECORD}.get)
    assert "[[The child slept better]]" in text
    assert "rests on it: parameter ige_half" in text
    assert "lekti record add PMID:17096680" in claim_text(claim, claims, {}.get)
    changed = replace(RECORD, sections=())
    assert "has other words there" in claim_text(claim, claims, {"PMID:17096680": changed}.get)


def test_a_claim_as_data_says_whether_the_record_is_at_hand() -> None:
    claims = load_claims()
    found = claim_object(claims.get("CL0327"), claims, {"PMID:17096680": RECORD}.get)
    evidence = found["evidence"]
    assert isinstance(evidence, tuple | list)
    assert evidence[0]["record_at_hand"] is True
    assert evidence[0]["words"] is None
    links = found["rests_on_it"]
    assert isinstance(links, list)
    assert links[0]["name"] == "ige_half"
