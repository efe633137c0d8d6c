"""An answer is kept whole, and a damaged one counts as none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lekti.evidence.web_cache import WebCache, default_cache


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=50))
def test_what_is_kept_comes_back(tmp_path: Path, text: str):
    cache = WebCache(tmp_path / "new" / "folder")
    cache.keep("a?b=c", text)
    assert cache.find("a?b=c") == text
    assert cache.find("a?b=d") is None


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"asked": "a"}', '{"asked": "a", "text": "x", "sha256": "0"}']
)
def test_a_damaged_answer_is_none(tmp_path: Path, damage: str):
    cache = WebCache(tmp_path)
    cache.keep("a", "words")
    (file,) = tmp_path.iterdir()
    file.write_text(damage, "utf-8")
    assert cache.find("a") is None


def test_the_folder_comes_from_the_environment_or_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path))
    assert default_cache().folder == tmp_path
    monkeypatch.delenv("LEKTI_CACHE")
    assert default_cache().folder.name == "web"
