"""A claim passes when its words are in its record and state its value; a changed digit anywhere is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lekti.evidence.check_claims import check_claims
from lekti.evidence.claim import Anchor, Claim
from lekti.evidence.read_claims import load_claims
from lekti.evidence.read_record import read_record
from lekti.evidence.record import Record

from .claimed import PAPER_ID, anchor, claim
from .material import PAPERS, RECORDS, founding_text, twin

IGE = "The IgE in his serum went down from 1078 IU/mL to 55.8 IU/mL after dupilumab was started"
PAPER = twin("paper_twin.md")
TIE = anchor(PAPER, IGE)


def _check(*claims: Claim, record: Record | None = PAPER):
    return check_claims(claims, lambda any_id: record if any_id == PAPER_ID else None)


def _changed(old: str, new: str, name: str = "paper_twin.md") -> Record:
    raw = (RECORDS / name).read_text("utf-8")
    assert old in raw
    return read_record(raw.replace(old, new).encode(), name=name)


def test_a_claim_stands_with_its_value() -> None:
    done = _check(claim(TIE, value="1078 -> 55.8", unit="IU/mL"))
    assert [one.verdict.kind for one in done.checked] == ["exact"]
    assert done.is_good
    assert done.counts == {"checked": 1, "passed": 1, "failed": 0, "record_missing": 0, "not_anchored": 0}


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_abstract_in_any_layout_holds_the_anchor(name: str) -> None:
    done = _check(claim(TIE, value="1078 -> 55.8", unit="IU/mL"), record=twin(name))
    assert done.is_good, done.checked[0].verdict.sentence


@pytest.mark.parametrize(
    ("value", "unit"), [("1079 -> 55.8", "IU/mL"), ("55.8 -> 1078", "IU/mL"), ("1078 -> 55.8", "ng/mL")]
)
def test_a_changed_digit_or_unit_in_a_claim_fails(value: str, unit: str) -> None:
    done = _check(claim(TIE, value=value, unit=unit))
    assert [one.verdict.kind for one in done.checked] == ["token_conflict"]
    assert not done.is_good


def test_a_value_that_is_only_partly_supported_need_not_be_stated() -> None:
    assert _check(claim(TIE, value="9", unit="IU/mL", direction="partly")).is_good


@pytest.mark.parametrize(
    ("old", "new"), [("1078 IU", "1087 IU"), ("c.1302+5G>C", "c.1302-5G>C"), ("One person", "Two people")]
)
def test_a_changed_record_is_named_and_not_anchored_anew(old: str, new: str) -> None:
    done = _check(claim(TIE), record=_changed(old, new))
    assert [one.verdict.kind for one in done.checked] == ["record_changed"]
    assert ("the words are at" in done.checked[0].verdict.sentence) == ("1078" not in old)
    assert not done.is_good


def test_a_changed_anchor_fails() -> None:
    for changed in (
        replace(TIE, quote_sha256="0" * 64),
        replace(TIE, prose_sha256="0" * 64),
        replace(TIE, section="results"),
        replace(TIE, section="affiliations"),
    ):
        assert not _check(claim(changed)).is_good


def test_an_anchor_that_was_moved_is_found_by_its_words() -> None:
    moved = replace(TIE, start=TIE.start - 7, end=TIE.end - 7)
    assert _check(claim(moved, value="1078 -> 55.8", unit="IU/mL")).is_good


def test_words_cut_from_their_negation_do_not_pass() -> None:
    text = (
        (RECORDS / "paper_twin_prose.md")
        .read_text("utf-8")
        .replace("His itch eased", "No sign of itch eased")
    )
    record = read_record(text.encode(), name="x.md")
    done = _check(claim(anchor(record, "sign of itch eased")), record=record)
    assert [one.verdict.kind for one in done.checked] == ["token_conflict"]


def test_nothing_checked_is_no_success() -> None:
    assert not _check().is_good
    missing = _check(claim(TIE), record=None)
    assert missing.counts["record_missing"] == 1
    assert not missing.is_good
    loose = _check(claim(Anchor("located", section="abstract")), claim(Anchor("unlocated")))
    assert loose.counts["not_anchored"] == 2
    assert not loose.is_good


def test_every_claim_on_a_founding_text_passes() -> None:
    records = [read_record(founding_text(number).read_bytes(), name=number) for number in ("000", "002")]
    at_hand = {any_id: record for record in records for any_id in record.ids}
    done = check_claims(load_claims().active(), at_hand.get)
    failed = [(one.evidence.id, one.verdict.sentence) for one in done.checked if one.outcome == "failed"]
    assert failed == []
    assert done.counts["checked"] >= 60
    ids = {one.evidence.record_id for one in done.checked if one.outcome == "passed"}
    assert ids == {record.id for record in records}
