"""The store keeps every byte, knows one paper under all its identifiers, and mends its index."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.evidence.file_names import INDEX, OWN_NAME, file_name
from lekti.evidence.read_record import read_record, read_text_page
from lekti.evidence.record import Record
from lekti.evidence.store import Store, open_store

from .material import PAGE, PAPERS, RECORDS, twin


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "records")


def changed(name: str, *pairs: tuple[str, str]) -> Record:
    text = (RECORDS / name).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return read_record(text.encode(), name=name)


def test_a_store_that_does_not_exist_is_empty(store: Store):
    assert store.all() == ()
    assert store.get("PMID:1") is None
    assert store.search("skin") == ()
    assert not store.folder.exists()


@pytest.mark.parametrize("name", [*PAPERS, PAGE])
def test_what_is_added_comes_back_byte_for_byte(store: Store, name: str):
    added = store.add(twin(name))
    assert added.outcome == "new"
    assert added.path.read_bytes() == (RECORDS / name).read_bytes()
    assert store.get(twin(name).id) == twin(name)


def test_windows_line_ends_are_kept(store: Store):
    source = b"\xef\xbb\xbf" + (RECORDS / PAGE).read_bytes().replace(b"\n", b"\r\n")
    added = store.add(read_record(source, name=PAGE))
    assert added.path.read_bytes() == source


@pytest.mark.parametrize(
    "spelling", ["PMID:99900001", "pmid 99900001", "PMC99900001", "doi:10.5555/LEKTI.twin.0001"]
)
def test_a_paper_is_found_under_each_of_its_identifiers(store: Store, spelling: str):
    store.add(twin("paper_twin.nbib"))
    found = store.get(spelling)
    assert found is not None
    assert found.id == "PMID:99900001"


def test_one_paper_in_six_files_is_one_record_and_keeps_all_its_forms(store: Store):
    outcomes = [store.add(twin(name)).outcome for name in PAPERS if name != "paper_twin_prose.md"]
    assert outcomes == ["new", *["other form"] * 4]
    (record,) = store.all()
    assert (record.form, record.content) == ("jats", "full_text")
    assert {form.form for form in record.forms()} == {"jats", "pubmed_xml", "markdown", "pubmed_text", "nbib"}
    assert {form.id for form in record.forms()} == {"PMID:99900001"}


def test_papers_known_by_different_identifiers_become_one_when_a_third_joins_them(store: Store):
    by_doi = changed("paper_twin_prose.md", ("PMID:99900001", "DOI:10.5555/lekti.twin.0001"))
    by_pmc = changed(
        "paper_twin_prose.md", ("PMID:99900001", "PMC99900001"), ("doi: 10.5555/lekti.twin.0001\n", "")
    )
    store.add(by_doi)
    store.add(by_pmc)
    assert [record.id for record in store.all()] == ["DOI:10.5555/lekti.twin.0001", "PMCID:PMC99900001"]
    store.add(twin("paper_twin.nbib"))
    (record,) = store.all()
    assert record.ids == ("PMID:99900001", "PMCID:PMC99900001", "DOI:10.5555/lekti.twin.0001")
    assert len(record.others) == 2


def test_the_same_words_again_change_nothing(store: Store):
    store.add(twin(PAGE))
    assert store.add(twin(PAGE)).outcome == "same"
    assert len(store.all()) == 1


def test_other_words_in_the_same_form_need_force(store: Store):
    store.add(twin("paper_twin.nbib"))
    other = changed("paper_twin.nbib", ("55.8", "55.9"))
    with pytest.raises(InputError, match="here already with other words"):
        store.add(other)
    assert "55.8" in str(store.get("PMID:99900001"))
    assert store.add(other, force=True).outcome == "replaced"
    assert "55.8" not in str(store.get("PMID:99900001"))


def test_a_paper_with_the_doi_of_another_is_refused(store: Store):
    store.add(twin("paper_twin.nbib"))
    with pytest.raises(InputError, match="the store has it as PMID:99900001"):
        store.add(changed("paper_twin_prose.md", ("PMID:99900001", "PMID:99900002")))


def test_a_page_from_an_address_is_found_by_it(store: Store):
    page = read_text_page(b"Any text about skin.\n", name="a", address="url:https://example.org/a")
    store.add(page)
    assert store.get("https://example.org/a") == page


def test_any_text_comes_back_as_a_page(store: Store):
    page = read_text_page(b"Any text about skin.\n", name="a")
    store.add(page)
    assert store.get(page.id) == page


def test_identifiers_that_look_alike_have_files_of_their_own(store: Store):
    for each in ("x:1/2", "x:1_2", "x:1?2"):
        store.add(
            changed("paper_twin_prose.md", ("PMID:99900001", each), ("doi: 10.5555/lekti.twin.0001\n", ""))
        )
    assert [record.id for record in store.all()] == ["x:1/2", "x:1?2", "x:1_2"]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1), min_size=2, max_size=2, unique=True))
def test_two_identifiers_never_share_a_file_name(ids: list[str]):
    names = {file_name(each.encode("utf-8", "replace").decode(), "nbib") for each in ids}
    assert len(names) == len({each.encode("utf-8", "replace") for each in ids})
    assert all(OWN_NAME.search(name) and "/" not in name for name in names)


def test_search_finds_words_and_exact_signs(store: Store):
    store.add(twin("paper_twin.md"))
    store.add(twin(PAGE))
    assert {hit.record_id for hit in store.search("lekti")} == {"PMID:99900001", twin(PAGE).id}
    (hit,) = store.search("c.1302+5G>C")
    assert (hit.record_id, hit.section) == ("PMID:99900001", "abstract")
    assert store.search("c.1302-5G>C") == ()
    assert store.search("Utopia") == ()
    assert store.search('gene "SPINK5 OR ) NEAR(') == ()
    with pytest.raises(InputError, match="No word"):
        store.search(" -- ")


def test_search_counts_a_paper_in_two_forms_once(store: Store):
    store.add(twin("paper_twin.md"))
    store.add(twin("paper_twin.jats.xml"))
    assert [hit.section for hit in store.search("dimmer OR bamboo")] == []
    assert [hit.section for hit in store.search("bamboo")] == ["abstract"]


def _lose(path: Path) -> None:
    path.unlink()


def _garble(path: Path) -> None:
    path.write_bytes(b"no database" * 100)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _age(path: Path) -> None:
    with sqlite3.connect(path) as index:
        index.execute("PRAGMA user_version = 99")
        index.execute("ALTER TABLE file RENAME COLUMN stamp TO mark")
    index.close()


@pytest.mark.parametrize("harm", [_lose, _garble, _cut, _empty, _age])
def test_a_harmed_index_is_built_anew(store: Store, harm):
    store.add(twin(PAGE))
    assert store.search("stratum")
    harm(store.folder / INDEX)
    assert store.search("stratum")
    assert (store.folder / INDEX).stat().st_size > 5000


def test_files_that_come_change_and_go_are_noticed(store: Store):
    added = store.add(twin(PAGE))
    added.path.write_text(added.path.read_text("utf-8").replace("dimmer", "rudder"), "utf-8")
    assert store.search("dimmer") == ()
    assert store.search("rudder")
    (store.folder / "by_hand.md").write_bytes((RECORDS / "paper_twin.md").read_bytes())
    assert store.get("PMC99900001") is not None
    added.path.unlink()
    assert [record.id for record in store.all()] == ["PMID:99900001"]


def test_a_folder_of_somebody_else_is_read_and_not_written(tmp_path: Path):
    for name in (*PAPERS, PAGE):
        (tmp_path / name).write_bytes((RECORDS / name).read_bytes())
    before = sorted(tmp_path.iterdir())
    assert len(Store(tmp_path).all()) == 2
    assert Store(tmp_path).search("dimmer")
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_is_no_record_is_named_and_harms_nothing(store: Store):
    store.add(twin(PAGE))
    (store.folder / "notes.md").write_text("Buy milk", "utf-8")
    (store.folder / "photo.txt").write_bytes(b"\x00\xff")
    assert len(store.all()) == 1
    assert {problem.name for problem in store.problems()} == {"notes.md", "photo.txt"}


def test_several_processes_add_at_once_and_lose_nothing(store: Store):
    program = (
        "import sys; from pathlib import Path\n"
        "from lekti.evidence.store import Store\n"
        "from lekti.evidence.read_record import read_text_page\n"
        "for i in range(12):\n"
        "    text = f'Process {sys.argv[2]} writes page {i}.'.encode()\n"
        "    Store(Path(sys.argv[1])).add(read_text_page(text, name='page'))\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(store.folder), str(number)])
        for number in range(3)
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert len(store.all()) == 36
    assert store.problems() == ()


def test_the_folder_comes_from_the_option_the_environment_or_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LEKTI_RECORDS", str(tmp_path / "chosen"))
    assert open_store().folder == tmp_path / "chosen"
    assert open_store(tmp_path).folder == tmp_path
    with pytest.raises(InputError, match="is no folder"):
        open_store(tmp_path / "missing")
    monkeypatch.setenv("LEKTI_RECORDS", str(RECORDS / PAGE))
    with pytest.raises(InputError, match="LEKTI_RECORDS"):
        open_store()
    monkeypatch.delenv("LEKTI_RECORDS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    assert open_store().folder.name == "records"


def test_both_papers_on_one_child_are_kept_apart_and_share_a_group(store: Store):
    for number in ("38406644", "38634098"):
        store.add(
            changed(
                "paper_twin_prose.md",
                ("PMID:99900001", f"PMID:{number}"),
                ("doi: 10.5555/lekti.twin.0001\n", ""),
            )
        )
    one, two = store.all()
    assert one.group == two.group != ""
    assert replace(one, group="") != replace(two, group="")


def test_a_half_written_file_of_a_process_that_was_killed_is_no_record(store: Store):
    added = store.add(twin(PAGE))
    half = added.path.with_name(f".{added.path.name[:20]}.x1.part")
    half.write_bytes(added.path.read_bytes()[:300])
    assert len(store.all()) == 1
    assert store.problems() == ()


def test_a_page_whose_address_is_gone_is_known_by_its_text(store: Store):
    added = store.add(read_text_page(b"TL;DR: Skin.\n", name="a", address="url:https://example.org/a"))
    assert store.get("https://example.org/a") is not None
    added.path.with_name(added.path.name + ".address").unlink()
    assert store.get("https://example.org/a") is None
    assert [record.id.partition(":")[0] for record in store.all()] == ["text"]
