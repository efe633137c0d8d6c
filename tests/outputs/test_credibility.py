"""The credibility report: it names every module and counts what the tables hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table, knowledge_text
from lekti.model.parameters import MODULES, load_parameters
from lekti.outputs.credibility import agreement, credibility, credibility_object, credibility_text
from lekti.outputs.credibility_counts import at_source, calibrated, entered_twice
from lekti.outputs.credibility_page import credibility_html
from lekti.outputs.credibility_validation import read_validation
from lekti.population.targets import shipped_targets
from lekti.population.typical import prior_typical, write_typical
from lekti.population.validate import validation_key

NAMES_WITH_DIGITS = re.compile(r"ICH M15|V&V 40-2018|M15|V&V 40")


def row(**changes):
    """Return a row of a validation; the numbers are made up and stand beside no observation."""
    target = shipped_targets()[0]
    return {
        "id": target.id,
        "role": target.role,
        "label": "reproduced",
        "readout": target.readout,
        "unit": "%",
        "observed": [-71.2, -58.4],
        "median": -60.0,
        "low": -80.0,
        "high": -40.0,
        "inside": True,
        **changes,
    }


def validation(**changes):
    """Return a whole validation of that row."""
    score = {"rows": 4, "crps": 1.5, "interval_score": 9.0}
    return {
        "rows": [row()],
        "coverage": {
            "inside": 3,
            "rows": 4,
            "low": 0.3,
            "high": 0.95,
            "holds_90_percent": True,
            "silent": ["a", "b"],
        },
        "naive": {"no change": {"model": score, "naive": {**score, "crps": 2.5}, "better": True}},
        "sha256": validation_key([shipped_targets()[0]]),
        **changes,
    }


@pytest.fixture(scope="module")
def report():
    return credibility(validation())


def test_every_module_is_named(report):
    page = credibility_html(report)
    assert [one.name for one in report.modules] == list(MODULES)
    for name in MODULES:
        assert f'<th scope="row">{name}</th>' in page


def test_each_count_of_a_role_is_that_of_the_table(report):
    table = Counter(line["role"] for line in knowledge_table("targets/targets.tsv"))
    assert {role: count for role, count in report.roles.items() if count} == dict(table)
    text = next(one.text for one in report.factors if one.id == "comparison")
    assert all(re.search(rf"\b{count}\b", text) for count in table.values())


def test_numbers_of_a_module_add_up_to_all_parameters(report):
    assert sum(one.total for one in report.modules) == len(load_parameters()) == report.counts["parameters"]
    shown = [report.counts[name] for name in ("read", "secondary", "derived", "assumed")]
    assert sum(shown) == len(load_parameters())


@pytest.mark.parametrize("name", ["statements", "factors", "not_for", "words"])
def test_no_sentence_holds_a_number_of_its_own(name):
    for line in knowledge_table(f"credibility/{name}.tsv"):
        words = NAMES_WITH_DIGITS.sub("", re.sub(r"\{\w+\}", "", line["text"]))
        assert not re.search(
            r"(?<![\w-])\d", words.replace("90 % interval", "").replace("95 %", "").replace("90 %", "")
        )


def test_a_gap_that_nothing_fills_is_refused(monkeypatch):
    from lekti.base.errors import ModelError
    from lekti.base.tables import read_table
    from lekti.outputs import credibility as room

    spoiled = read_table("id\theading\ttext\none\tOne\t{nobody} knows\n", name="statements.tsv")
    real = room.knowledge_table
    monkeypatch.setattr(
        room, "knowledge_table", lambda path: spoiled if path.endswith("statements.tsv") else real(path)
    )
    with pytest.raises(ModelError, match="nobody"):
        credibility(None)


def test_the_two_counts_of_checking_are_never_merged(report):
    told = credibility_object(report)
    assert set(told["transcribed_twice"]) == {"numbers", "observations"}
    assert told["checked_at_source"] == list(at_source())
    twice, source = (
        next(one.text for one in report.factors if one.id == name)
        for name in ("inputs_twice", "inputs_source")
    )
    assert str(told["transcribed_twice"]["numbers"]) in twice
    assert str(len(told["checked_at_source"])) in source


def test_an_installed_package_says_that_it_holds_no_second_entry(tmp_path, monkeypatch):
    assert entered_twice(tmp_path) is None
    monkeypatch.setattr("lekti.outputs.credibility.entered_twice", lambda: None)
    text = next(one.text for one in credibility(None).factors if one.id == "inputs_twice")
    assert "not part of an installed package" in text


def test_a_calibration_is_told_from_its_file(tmp_path):
    assert calibrated(tmp_path) is None
    fit = {"targets": [{}, {}], "sets": 12, "narrowed": 3}
    write_typical(prior_typical(sets=9, seed=1), tmp_path / "typical.parquet", about={"fit": fit})
    moved = calibrated(tmp_path)
    assert moved == {"names": moved["names"], "rows": 2, "sets": 12, "kept": 9, "narrowed": 3}


def test_what_was_predicted_is_told_from_the_validation(report):
    text = agreement(report.validation)
    assert "Of 4 rows of role test 3 lie inside" in text
    assert "is better (mean CRPS 1.5 against 2.5)" in text
    assert "says nothing: 2." in text
    worse = validation()
    worse["naive"]["no change"]["better"] = False
    worse["coverage"]["holds_90_percent"] = False
    assert "is not better" in agreement(worse)
    assert "does not agree with" in agreement(worse)


def test_without_a_validation_nothing_is_claimed():
    report = credibility(None)
    assert "Not measured" in next(one.text for one in report.factors if one.id == "agreement")
    assert "without a validation" in credibility_html(report)
    assert "Not measured" in credibility_text(report)


def test_the_page_stands_alone_and_its_tables_have_headings(report):
    page = credibility_html(report)
    assert not re.search(r"(?:src|href)=[\"'](?!#|data:)", page)
    assert "default-src 'none'" in page
    tags: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append((tag, dict(attrs)))

    Reader().feed(page)
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert sum(tag == "h1" for tag, _ in tags) == 1
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes["aria-labelledby"] for tag, attributes in tags if tag == "section"}
    assert labelled <= set(ids)


def test_the_object_is_plain_json_with_its_use(report):
    told = json.loads(json.dumps(credibility_object(report), allow_nan=False))
    assert told["use"]
    assert {one["id"] for one in told["proofs"]} >= {"suite_passed", "sbc_error"}


def test_a_validation_survives_its_file(tmp_path):
    path = tmp_path / "validation.json"
    path.write_text(json.dumps(validation()), "utf-8")
    assert read_validation(path) == validation()


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "no json",
        "null",
        '{"rows": 3}',
        json.dumps(validation(rows=[])),
        json.dumps(validation(rows=[row(median="<b>")])),
        json.dumps(validation(rows=[row(role="best")])),
        json.dumps(validation(coverage={})),
        json.dumps(validation(rows=[row(median=float("nan"))])),
    ],
)
def test_anything_else_is_refused_in_one_sentence(text, tmp_path):
    path = tmp_path / "validation.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="holds no validation"):
        read_validation(path)


def test_a_validation_of_another_model_is_refused(tmp_path):
    path = tmp_path / "validation.json"
    path.write_text(json.dumps(validation(sha256="0" * 64)), "utf-8")
    with pytest.raises(InputError, match="another version of the model"):
        read_validation(path)


def test_words_of_a_validation_are_escaped():
    page = credibility_html(credibility(validation(rows=[row(id="<script>", label="<b>")])))
    assert "<script>" not in page
    assert "<b>" not in page.split("<table>", 1)[1]


def test_every_page_named_as_evidence_is_there():
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    for line in knowledge_table("credibility/factors.tsv"):
        assert (root / line["page"]).is_file()
    for line in knowledge_table("credibility/proofs.tsv"):
        assert (root / line["proof"]).is_file()
    assert "{" not in knowledge_text("credibility/not_for.tsv")
