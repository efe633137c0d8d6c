"""The set of wrong and right quotes is large, repeatable, leaves out by one rule, and knows no checker."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.quotes.quote_set import AS_WRITTEN, RIGHT, WRONG, QuoteSet, make_set
from benchmarks.quotes.table import FEWEST_RIGHT, FEWEST_WRONG, MOST_LEFT_OUT
from benchmarks.quotes.words import stands, tokens, trail

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "quotes"
OWN = "benchmarks.quotes"


@pytest.fixture(scope="module")
def made() -> QuoteSet:
    return make_set(documents=False)


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_what_makes_the_quotes_imports_nothing_of_lekti_or_of_a_checker() -> None:
    outside = {"checkers.py", "table.py", "__main__.py", "lrv_worker.py"}
    makers = [path for path in FOLDER.glob("*.py") if path.name not in outside]
    assert {"quote_set.py", "wrong_numbers.py", "right.py", "words.py"} <= {path.name for path in makers}
    for path in makers:
        named = _imports(path)
        assert not [
            name for name in named if name.split(".")[0] in ("lekti", "linkml_reference_validator")
        ], path
        assert f"{OWN}.checkers" not in named, path


def test_the_set_is_as_large_as_promised(made: QuoteSet) -> None:
    assert (
        len({source.name.split("-P")[0][:8] for source in made.sources if not source.name.startswith("page")})
        >= 40
    )
    assert sum(not case.right for case in made.cases) >= FEWEST_WRONG
    assert sum(case.right for case in made.cases) >= FEWEST_RIGHT


def test_every_layout_and_every_kind_is_there(made: QuoteSet) -> None:
    layouts = {source.layout for source in made.sources}
    assert len(layouts) == 7
    kinds = Counter(case.kind for case in made.cases)
    assert min(kinds[kind] for kind, _ in (*WRONG, *RIGHT)) >= 10
    assert kinds[AS_WRITTEN] >= 500


def test_few_wrong_quotes_are_left_out(made: QuoteSet) -> None:
    assert 0.0 < made.share_left_out() <= MOST_LEFT_OUT


def test_the_same_seed_makes_the_same_set_and_another_seed_another() -> None:
    first, again, other = (make_set(seed=seed, every=9, documents=False) for seed in (5, 5, 6))
    assert [case.quote for case in again.cases] == [case.quote for case in first.cases]
    assert {case.quote for case in other.cases} != {case.quote for case in first.cases}


def test_no_wrong_quote_stands_in_the_section_it_is_claimed_for(made: QuoteSet) -> None:
    for case in made.cases[::7]:
        source = made.sources[case.source]
        texts = [source.sections[case.section]] if case.section else list(source.quotable().values())
        if case.kind == AS_WRITTEN:
            assert any(stands(case.quote, trail(text)) for text in texts)
        if not case.right and case.kind not in ("joined over sections", "no words"):
            named = [
                text for name, text in source.quotable().items() if name == case.section or not case.section
            ]
            assert not (len(named) == 1 and stands(case.quote, trail(named[0]))), case


def test_xml_records_are_well_formed(made: QuoteSet) -> None:
    texts = [source.content for source in made.sources if source.layout in ("PubMed XML", "JATS")]
    assert len(texts) > 20
    for text in texts:
        ElementTree.fromstring(text)


@pytest.mark.parametrize(
    ("quote", "section"),
    [
        ("fell to 55.8 IU/mL", "IgE fell to 55.8 IU/mL (P < 0.05)."),
        ("IgE ... (P < 0.05)", "IgE fell to 55.8 IU/mL (P < 0.05)."),
        ("a change of −1.68", "There was a change of −1.68 points."),
        ("IgE fell to 55.8 IU/mL.", "IgE fell to 55.8 IU/mL (P < 0.05)."),
    ],
)
def test_exact_words_stand(quote: str, section: str) -> None:
    assert stands(quote, trail(section))


@pytest.mark.parametrize(
    ("quote", "section"),
    [
        ("078 IU/mL", "It was 1078 IU/mL."),
        ("1.68 points", "It was −1.68 points."),
        ("(P < 0.05) ... IgE", "IgE fell (P < 0.05)."),
        ("55 8 IU/mL", "It was 55.8 IU/mL."),
        ("", "Anything."),
        ("...", "Anything."),
    ],
)
def test_other_words_do_not_stand(quote: str, section: str) -> None:
    assert not stands(quote, trail(section))


def test_a_sign_belongs_to_its_number_but_a_range_has_none() -> None:
    assert tokens("from −3 to 5–7") == ["from", "−3", "to", "5", "–", "7"]
