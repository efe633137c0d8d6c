"""Claims are read strictly: every mistake is one sentence with file and line."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

import pytest

from lekti.base.errors import InputError, ModelError
from lekti.base.tables import Table, knowledge_text, read_table
from lekti.evidence.claim import Claims
from lekti.evidence.read_claims import load_claims, load_words, read_claims
from lekti.evidence.shown_claim import claim_text

SHA = "0" * 64
OWN = {
    "topics.tsv": "id\tfirst\tlast\tlabel\nown\tCL0001\tCL0009\town\n",
    "things.tsv": "id\tlabel\tkind\tids\nige\tIgE\tmeasurement\tLOINC:19113-0\ndrug\ta drug\tdrug\t\n",
    "own.tsv": "id\tsubject\trelation\tobject\tsign\tvalue\tunit\tspecies\ttissue\tgenotype\tage\ttreatment"
    "\tstatement\tnote\tentered_by\tentered_on\tchecked_by\tchecked_on\tstatus\n"
    "CL0001\tige\tchanges_by\tdrug\t-\t1078 -> 55.8\tIU/mL\thuman\t\t\t\t"
    "\tIgE fell from 1,078 to 55.8 IU/mL.\t\tus\t2026-11-22\t\t\tactive\n",
    "evidence.tsv": "id\trecord\tlocator\tdirection\teco\tdesign\tn\tlevel\tnote\n"
    "CL0001.1\tPMID:1\tabstract\tsupports\tECO:0006017\tcase report\t1\tvery_low\t\n",
    "anchors.tsv": "evidence\tsection\tstart\tend\tquote_sha256\tprose_sha256\tanchored_on\n",
    "rests_on.tsv": "kind\tname\tclaim\thow\nmodule\tige\tCL0001\t\n",
    "compared.tsv": "claim\tby\ton\tagainst\nCL0001\tthem\t2026-11-23\tcollected facts X1\n",
}
"""A small set of tables without a mistake."""


def _source(tables: dict[str, str]) -> Callable[[str], Table]:
    def table(name: str) -> Table:
        text = tables[name] if name in tables else knowledge_text(f"claims/{name}")
        return read_table(text, name=name)

    return table


def _read(name: str = "own.tsv", old: str = "", new: str = "") -> Claims:
    """Read the small tables with one change in one of them."""
    assert old in OWN[name], f"{old!r} does not stand in {name}"
    return read_claims(_source(OWN | {name: OWN[name].replace(old, new, 1) if old else OWN[name]}))


def test_a_claim_knows_its_value_its_evidence_and_what_rests_on_it() -> None:
    claims = _read()
    claim = claims.get("cl0001")
    assert claim.quantity is not None
    assert claim.quantity.values == (1078.0, 55.8)
    assert claim.quantity.unit == "IU/mL"
    assert claim.evidence[0].record_id == "PMID:1"
    assert claims.of_record("PMID:1") == (claim,)
    assert claims.behind("module", "ige") == (claim,)
    assert [link.name for link in claims.resting_on("CL0001")] == ["ige"]


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (
            "own.tsv",
            "\tchanges_by\t",
            "\tcures\t",
            "relation 'cures' is no word of relations.tsv. own.tsv:2.",
        ),
        ("own.tsv", "CL0001\t", "CL1\t", "claim id 'CL1'. own.tsv:2. Expected CL and four digits."),
        ("own.tsv", "CL0001\t", "CL0050\t", "CL0050 is outside its topic. own.tsv:2."),
        ("own.tsv", "\t-\t", "\tdown\t", "sign 'down' is no word of words.tsv. own.tsv:2."),
        ("own.tsv", "\t-\t", "\t\t", "CL0001 has no sign. own.tsv:2. Expected changes_by needs one."),
        ("own.tsv", "\tdrug\t-", "\tpill\t-", "'pill' is no thing. own.tsv:2."),
        (
            "own.tsv",
            "1078 -> 55.8\tIU/mL",
            "1078 -> 55.8\t",
            "The value '1078 -> 55.8' has no unit. own.tsv:2.",
        ),
        ("own.tsv", "1078 -> 55.8", "lower", "The value 'lower' is not understood. own.tsv:2."),
        (
            "own.tsv",
            "1078 -> 55.8",
            "1078 -> 58.8",
            "The statement of CL0001 does not print 58.8. own.tsv:2.",
        ),
        ("own.tsv", "1078 -> 55.8\tIU/mL", "\t", "CL0001 has no quantity. own.tsv:2."),
        ("own.tsv", "55.8 IU/mL.\t", "55.8 IU/mL\t", "The statement of CL0001 is 'IgE fell from"),
        ("own.tsv", "IgE fell", 'IgE "fell"', "The statement of CL0001 holds a quotation mark. own.tsv:2."),
        ("own.tsv", "2026-11-22", "22.11.2026", "entered_on '22.11.2026' is no day. own.tsv:2."),
        ("own.tsv", "\tus\t", "\t\t", "CL0001 does not say who entered it. own.tsv:2."),
        ("own.tsv", "\t\t\tactive", "\tsomebody\t\tactive", "checked_on '' is no day. own.tsv:2."),
        ("own.tsv", "\tactive", "\tretired", "status 'retired' is no word of words.tsv. own.tsv:2."),
        ("own.tsv", "\tactive", "\twithdrawn", "CL0001 is withdrawn without a word. own.tsv:2."),
        ("things.tsv", "LOINC:19113-0", "LOINC:x", "'LOINC:x' is no id of LOINC. things.tsv:2."),
        ("things.tsv", "LOINC:19113-0", "XX:1", "'XX:1' has no known prefix. things.tsv:2."),
        ("things.tsv", "\tdrug\t", "\tpotion\t", "kind 'potion' is no word of words.tsv. things.tsv:3."),
        ("things.tsv", "\ndrug\t", "\nige\t", "The thing ige stands twice. things.tsv:3 and things.tsv:2."),
        ("evidence.tsv", "PMID:1", "PMID:0", "'PMID:0' is no id of PubMed. evidence.tsv:2."),
        ("evidence.tsv", "supports", "proves", "direction 'proves' is no word of words.tsv. evidence.tsv:2."),
        ("evidence.tsv", "ECO:0006017", "ECO:1", "eco 'ECO:1' is no word of words.tsv. evidence.tsv:2."),
        ("evidence.tsv", "\t1\tvery_low", "\tone\tvery_low", "n 'one'. evidence.tsv:2."),
        ("evidence.tsv", "CL0001.1", "CL0002.1", "CL0001 rests on nothing. own.tsv:2."),
        ("evidence.tsv", "CL0001.1", "1", "evidence id '1'. evidence.tsv:2. Expected such as CL0101.2."),
        ("rests_on.tsv", "CL0001", "CL0002", "CL0002 is no claim. rests_on.tsv:2."),
        ("compared.tsv", "CL0001", "CL0002", "A comparison of CL0002, which is no claim. compared.tsv:2."),
        ("compared.tsv", "them", "", "The comparison of CL0001 is half told. compared.tsv:2."),
        ("compared.tsv", "2026-11-23", "soon", "on 'soon' is no day. compared.tsv:2."),
        (
            "compared.tsv",
            "X1\n",
            "X1\nCL0001\tus\t2026-11-23\tX2\n",
            "The comparison of CL0001 stands twice.",
        ),
        ("rests_on.tsv", "module", "house", "kind 'house'. rests_on.tsv:2."),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_line(name: str, old: str, new: str, sentence: str) -> None:
    with pytest.raises(ModelError) as caught:
        _read(name, old, new)
    assert caught.value.sentence().startswith(sentence)
    assert "\n" not in caught.value.sentence()


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            f"CL0001.9\tabstract\t0\t9\t{SHA}\t{SHA}\t2026-11-22",
            "An anchor of CL0001.9, which is no evidence.",
        ),
        (f"CL0001.1\tabstract\t9\t9\t{SHA}\t{SHA}\t2026-11-22", "The range 9 to 9 is empty. anchors.tsv:2."),
        (f"CL0001.1\tabstract\t-1\t9\t{SHA}\t{SHA}\t2026-11-22", "start '-1'. anchors.tsv:2."),
        (
            f"CL0001.1\t\t0\t9\t{SHA}\t{SHA}\t2026-11-22",
            "The anchor of CL0001.1 names no section. anchors.tsv:2.",
        ),
        (f"CL0001.1\tabstract\t0\t9\tabc\t{SHA}\t2026-11-22", "quote_sha256 'abc'. anchors.tsv:2."),
        (f"CL0001.1\tabstract\t0\t9\t{SHA}\t{SHA}\ttoday", "anchored_on 'today' is no day. anchors.tsv:2."),
    ],
)
def test_a_wrong_anchor_is_one_sentence(cells: str, sentence: str) -> None:
    tables = OWN | {"anchors.tsv": OWN["anchors.tsv"] + cells + "\n"}
    with pytest.raises(ModelError) as caught:
        read_claims(_source(tables))
    assert caught.value.sentence().startswith(sentence)


@pytest.mark.parametrize(
    "name",
    ["topics.tsv", "things.tsv", "own.tsv", "evidence.tsv", "anchors.tsv", "rests_on.tsv", "compared.tsv"],
)
def test_a_table_without_a_column_is_one_sentence(name: str) -> None:
    head = OWN[name].splitlines()[0].split("\t")
    with pytest.raises(ModelError) as caught:
        read_claims(_source(OWN | {name: head[0] + "\nx\n"}))
    assert caught.value.sentence().startswith(f"The table has no column {head[1]}")
    assert name in caught.value.sentence()


def test_an_anchor_is_anchored_located_or_unlocated() -> None:
    row = f"CL0001.1\tabstract\t3\t9\t{SHA}\t{SHA}\t2026-11-22\n"
    anchored = read_claims(_source(OWN | {"anchors.tsv": OWN["anchors.tsv"] + row}))
    assert [
        claims.get("CL0001").evidence[0].anchor.state
        for claims in (anchored, _read(), _read("evidence.tsv", "\tabstract\t", "\t\t"))
    ] == ["anchored", "located", "unlocated"]


def test_a_range_is_given_only_where_it_is_anchored() -> None:
    for claim in load_claims():
        for one in claim.evidence:
            assert (one.anchor.end > one.anchor.start >= 0) == (one.anchor.state == "anchored")


def test_a_comparison_is_no_check() -> None:
    claim = _read().get("CL0001")
    assert claim.compared is not None
    assert claim.compared.against == "collected facts X1"
    assert not claim.checked_by
    told = claim_text(claim, _read(), lambda _: None)
    assert "not checked against its record; compared with collected facts X1 by them on 2026-11-23" in told


def test_nothing_rests_on_a_withdrawn_claim() -> None:
    claims = _read().without("CL0001")
    assert not claims.get("CL0001").active
    assert claims.active() == ()
    assert claims.of_record("PMID:1") == ()
    assert claims.behind("module", "ige") == ()
    assert claims.resting_on("CL0001") == ()


def test_an_unknown_claim_is_one_sentence() -> None:
    with pytest.raises(InputError, match=r"There is no claim CL9999\. Expected an id from CL0001 to CL0001"):
        _read().get("CL9999")


@pytest.mark.parametrize("seed", range(60))
def test_spoiled_tables_never_end_in_a_traceback(seed: int) -> None:
    luck = random.Random(seed)
    name = luck.choice(sorted(OWN))
    text = list(OWN[name])
    for _ in range(luck.randint(1, 8)):
        place = luck.randrange(len(text))
        text[place] = luck.choice(["", "\t", "\n", "é", "0", "-", "#", "٣", "\x00", "|", "x" * 40])
    with contextlib.suppress(ModelError):
        assert read_claims(_source(OWN | {name: "".join(text)})) is not None


def test_the_shipped_claims_are_read() -> None:
    claims = load_claims()
    assert len(claims) > 0
    assert all(claim.records for claim in claims)


def test_no_shipped_text_is_a_quote() -> None:
    shipped = [claim.statement + claim.note for claim in load_claims()]
    shipped += [one.locator + one.note for claim in load_claims() for one in claim.evidence]
    assert not [text for text in shipped if any(mark in text for mark in '"“”«»')]


def test_ids_have_an_address() -> None:
    words = load_words()
    assert words.address("PMID:40607310") == "https://identifiers.org/pubmed:40607310"
    assert words.address("url:https://www.who.int/x") == "https://www.who.int/x"
    assert words.address("lekti:model") == ""
