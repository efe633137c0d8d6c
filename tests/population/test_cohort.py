"""A cohort is counted with its denominators; one bad file costs one line, people told twice are flagged."""

from __future__ import annotations

import json
import math
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.population.packets import ASTHMA, IGE, INVAGINATA, ITCH, TWO, four_people, packet, write_folder

from lekti.base.errors import InputError
from lekti.outputs.cohort_text import cohort_text
from lekti.patients.cohort_files import read_cohort
from lekti.population.cohort import CohortSummary, summarise
from lekti.population.duplicates import find_duplicates
from lekti.population.share import Share

SHARED = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2].parent / "shared"))
COHORT = SHARED / "cohort" / "phenopackets"


@pytest.fixture
def summary(tmp_path: Path) -> CohortSummary:
    return summarise(read_cohort(write_folder(tmp_path / "people", four_people())))


def flagged(tmp_path: Path, **texts: str) -> list[tuple[str, str, bool]]:
    files = {f"{name}.json": text for name, text in texts.items()}
    members = read_cohort(write_folder(tmp_path / "pairs", files)).members
    return [(pair.first, pair.second, pair.likely) for pair in find_duplicates(members)]


def test_a_sign_that_is_not_mentioned_is_not_counted_as_absent(summary: CohortSummary):
    counts = {
        each.hpo: (each.share.observed, each.share.assessed, each.not_mentioned) for each in summary.features
    }
    assert counts == {ITCH: (4, 4, 0), IGE: (2, 3, 1), INVAGINATA: (2, 2, 2), ASTHMA: (1, 2, 2)}


def test_people_genotypes_and_groups_are_counted(summary: CohortSummary):
    assert (summary.people, summary.records) == (4, 3)
    assert summary.sexes == {"female": 2, "male": 2}
    assert summary.zygosity == {"homozygous": 1, "compound heterozygous": 3}
    assert summary.genotype_groups == {"two truncating": 3, "no truncating": 1}
    assert summary.ages_years == pytest.approx((3, 8, 9, 30))


def test_alleles_of_one_variant_are_counted_together_however_they_are_written(summary: CohortSummary):
    counts = {each.label: (each.alleles, each.people, each.homozygous) for each in summary.variants}
    assert counts == {"c.2468del": (3, 3, 0), "c.420del": (3, 3, 0), "c.891C>T": (2, 1, 1)}


def test_signs_are_counted_by_genotype_group(summary: CohortSummary):
    asthma = next(each for each in summary.features if each.hpo == ASTHMA)
    assert {name: (s.observed, s.assessed) for name, s in asthma.by_group.items()} == {
        "two truncating": (0, 1),
        "no truncating": (1, 1),
    }


def test_one_boy_in_two_papers_is_flagged_and_his_sister_is_not(summary: CohortSummary):
    (pair,) = summary.duplicates
    assert (pair.first, pair.second, pair.likely) == ("a.json", "b.json", True)
    assert any("3 of 3 signs" in reason for reason in pair.reasons)
    assert any("ages 8.0 and 9.0" in reason for reason in pair.reasons)


def test_what_contradicts_is_not_flagged(tmp_path: Path):
    boy = packet("PMID:1", TWO, observed=[ITCH, IGE, INVAGINATA])
    assert flagged(tmp_path, a=boy, b=packet("PMID:1", TWO)) == []
    assert flagged(tmp_path, a=boy, b=packet("PMID:2", TWO, sex="FEMALE")) == []
    assert flagged(tmp_path, a=boy, b=packet("PMID:2", TWO, age="P12Y")) == []
    assert flagged(tmp_path, a=boy, b=packet("PMID:2", [TWO[0]])) == []
    assert flagged(tmp_path, a=boy, b=packet("PMID:2", TWO, excluded=[ITCH, IGE])) == []


def test_a_file_that_is_there_twice_is_flagged_and_twins_of_one_record_are_not(tmp_path: Path):
    twin = packet("PMID:1", TWO, observed=[ITCH, IGE, INVAGINATA])
    assert flagged(tmp_path, a=twin, b=twin) == [("a.json", "b.json", True)]
    assert flagged(tmp_path, a=twin, b=twin.replace('"invented"', '"twin 2"')) == []


def test_few_shared_signs_make_a_pair_only_possible(tmp_path: Path):
    boy = packet("PMID:1", TWO, observed=[ITCH, IGE, INVAGINATA])
    other = packet("PMID:2", TWO, sex="UNKNOWN_SEX", observed=[ITCH])
    assert flagged(tmp_path, a=boy, b=other) == [("a.json", "b.json", False)]


def test_one_bad_file_is_listed_and_the_rest_is_summarised(tmp_path: Path):
    folder = write_folder(
        tmp_path / "people", {**four_people(), "e.json": "{", "f.json": "[]", "notes.txt": "x"}
    )
    (folder / "g.json").write_bytes(b"\x00\x01")
    (folder / "h.json").write_text(four_people()["a.json"].replace("OMIM:256500", "OMIM:999999"), "utf-8")
    (folder / "i.json").mkdir()
    cohort = read_cohort(folder)
    assert len(cohort.members) == 4
    assert [name for name, _ in cohort.refused] == ["e.json", "f.json", "g.json", "h.json", "i.json"]
    assert all("\n" not in sentence for _, sentence in cohort.refused)
    assert cohort.passed_over == 1


@pytest.mark.parametrize("texts", [{}, {"a.txt": "x"}, {"a.json": "{"}])
def test_a_folder_without_people_is_refused(tmp_path: Path, texts: dict[str, str]):
    with pytest.raises(InputError, match=r"holds no phenopacket|None of the"):
        read_cohort(write_folder(tmp_path / "empty", texts))


def test_what_is_no_folder_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="is no folder"):
        read_cohort(tmp_path / "nowhere")


def test_the_interval_is_wilsons():
    # Worked by hand from Wilson 1927: 28 of 28 has the lower end n / (n + z²).
    low, high = Share(28, 28).interval
    assert (low, high) == pytest.approx((28 / (28 + 1.959964**2), 1.0))
    assert Share(0, 0).interval == (0.0, 1.0)
    assert math.isnan(Share(0, 0).value)


@given(st.integers(1, 500), st.integers(0, 500))
def test_an_interval_holds_its_share_and_mirrors(assessed: int, observed: int):
    share = Share(min(observed, assessed), assessed)
    low, high = share.interval
    assert 0.0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1.0
    mirrored = Share(assessed - share.observed, assessed).interval
    assert mirrored == pytest.approx((1 - high, 1 - low))


@pytest.mark.skipif(not COHORT.exists(), reason="the shared cohort of phenopackets is not at hand")
def test_the_published_people_are_counted_as_their_files_tell():
    """Count the JSON again, without lekti: a second, independent entry of every number."""
    found = summarise(read_cohort(COHORT))
    observed, excluded = Counter[str](), Counter[str]()
    homozygous = 0
    for path in COHORT.glob("*.json"):
        told = json.loads(path.read_text("utf-8"))
        terms = {each["type"]["id"]: each.get("excluded", False) for each in told["phenotypicFeatures"]}
        observed.update(term for term, absent in terms.items() if not absent)
        excluded.update(term for term, absent in terms.items() if absent)
        homozygous += "GENO:0000136" in path.read_text("utf-8")
    assert (found.people, found.cohort.refused) == (61, ())
    assert found.zygosity["homozygous"] == homozygous
    counted = {each.hpo: (each.share.observed, each.share.assessed) for each in found.features}
    assert counted == {hpo: (observed[hpo], observed[hpo] + excluded[hpo]) for hpo in observed | excluded}
    assert all(each.share.assessed + each.not_mentioned == 61 for each in found.features)


@pytest.mark.skipif(not COHORT.exists(), reason="the shared cohort of phenopackets is not at hand")
def test_the_documented_output_is_what_is_printed():
    page = Path(__file__).parents[2] / "docs" / "tasks" / "summarise-published-people.md"
    printed = cohort_text(summarise(read_cohort(COHORT)))
    blocks = re.findall(r"```text\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL)
    assert blocks[0] in printed
    assert blocks[1] in printed
