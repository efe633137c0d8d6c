"""`lekti sensitivity` refuses what it cannot do in one sentence."""

from __future__ import annotations

import pytest

from lekti.cli.main import main


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--samples", "100"), "a power of 2"),
        (("--trajectories", "1"), "2 to 100"),
        (("--factors", "0"), "1 to 40"),
        (("--seed", "-1"), "0 to"),
        (("no-such-case",), "no-such-case"),
    ],
)
def test_what_it_cannot_do_is_refused(words, told, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["lekti", "sensitivity", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
