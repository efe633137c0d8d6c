"""The client is polite, patient, limited, and says in one sentence what went wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from lekti.base.errors import InputError, MachineError
from lekti.evidence import web as module
from lekti.evidence.web import JSON, TEXT, XML, NotThere, Web, get_text

from .local_service import LocalService, Reply

GOOD = Reply(b"words")


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def web(waits: list[float], service: LocalService) -> Web:
    """A client whose clock only moves when it sleeps."""

    def sleep(seconds: float) -> None:
        waits.append(seconds)

    return Web(sleep=sleep, clock=lambda: sum(waits))


def test_an_answer_is_text_and_is_asked_for_once(service: LocalService):
    service.reply("/ensembl/sequence", Reply(b"ACGT\n"))
    assert get_text("ensembl", "sequence", parameters={"type": "cdna"}, kinds=TEXT) == "ACGT\n"
    assert get_text("ensembl", "sequence", parameters={"type": "cdna"}, kinds=TEXT) == "ACGT\n"
    assert [(path, query) for path, query, _ in service.asked] == [("/ensembl/sequence", {"type": "cdna"})]


def test_other_parameters_are_another_question(service: LocalService):
    service.reply("/ensembl/a", GOOD)
    get_text("ensembl", "a", parameters={"x": "1"})
    get_text("ensembl", "a", parameters={"x": "2"})
    get_text("ensembl", "a", parameters={"x": "2"}, accept="text/x-fasta")
    get_text("ensembl", "a", parameters={"x": "2"}, keep=False)
    assert len(service.asked) == 4


def test_a_damaged_cache_is_asked_anew(service: LocalService, tmp_path):
    service.reply("/ensembl/a", GOOD)
    get_text("ensembl", "a")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(kept.read_text("utf-8").replace("words", "wards"), "utf-8")
    assert get_text("ensembl", "a") == "words"
    assert len(service.asked) == 2


def test_the_key_and_the_address_of_who_asks_are_sent_and_never_kept(
    service: LocalService, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NCBI_API_KEY", "secret123")
    monkeypatch.setenv("LEKTI_EMAIL", "me@example.org")
    service.reply("/eutils/efetch.fcgi", GOOD)
    service.reply("/eutils/bad", Reply(status=403))
    get_text("eutils", "efetch.fcgi", parameters={"id": "1"})
    ((_, query, headers),) = service.asked
    assert query == {"id": "1", "tool": "lekti", "email": "me@example.org", "api_key": "secret123"}
    assert "me@example.org" in headers["User-Agent"]
    (kept,) = (tmp_path / "cache").iterdir()
    assert "secret123" not in kept.read_text("utf-8")
    assert "example.org" not in kept.read_text("utf-8")
    with pytest.raises(MachineError) as refused:
        get_text("eutils", "bad")
    assert "secret123" not in str(refused.value)


def test_requests_keep_the_pace_of_the_service(web: Web, waits: list[float], service: LocalService):
    service.reply("/eutils/a", GOOD)
    with web:
        for _ in range(4):
            web.get("eutils", "a", keep=False)
    assert waits == pytest.approx([1 / 3] * 3)


def test_a_key_allows_a_faster_pace(
    web: Web, waits: list[float], service: LocalService, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NCBI_API_KEY", "k")
    service.reply("/eutils/a", GOOD)
    with web:
        web.get("eutils", "a", keep=False)
        web.get("eutils", "a", keep=False)
    assert waits == pytest.approx([0.1])


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_service_is_asked_again_with_growing_waits(
    status: int, web: Web, waits: list[float], service: LocalService
):
    service.reply("/eutils/a", Reply(status=status), Reply(status=status), GOOD)
    with web:
        assert web.get("eutils", "a").text == "words"
    assert waits == [1.0, 2.0]


def test_retry_after_is_honoured(web: Web, waits: list[float], service: LocalService):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    service.reply(
        "/eutils/a",
        Reply(status=429, headers=(("Retry-After", "7"),)),
        Reply(status=503, headers=(("Retry-After", date),)),
        Reply(status=503, headers=(("Retry-After", "soon"),)),
        GOOD,
    )
    with web:
        web.get("eutils", "a")
    assert waits[0] == 7.0
    assert 25.0 < waits[1] <= 30.0
    assert waits[2] == 4.0


def test_a_very_long_wait_is_refused_and_told(web: Web, waits: list[float], service: LocalService):
    service.reply("/eutils/a", Reply(status=429, headers=(("Retry-After", "3600"),)))
    with web, pytest.raises(MachineError, match="asks to wait 3600 seconds"):
        web.get("eutils", "a")
    assert waits == []


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=500), "it answered 500"),
        (Reply(b"half", promised=400), "the connection failed"),
        (Reply(b"<html>sorry</html>", kind="text/html"), "it sent text/html, not application/json"),
        (Reply(b"{}", kind=""), "it sent an unnamed kind"),
        (Reply(b"\xff\xfe", kind="application/json"), "its answer is no text"),
        (Reply(b"a", kind="application/json; charset=punycode"), "its answer cannot be read"),
    ],
)
def test_a_service_that_stays_bad_is_given_up(reply: Reply, said: str, web: Web, service: LocalService):
    def refuse(text: str) -> None:
        raise InputError("Not what was meant")

    service.reply("/crossref/a", reply)
    with web, pytest.raises(MachineError, match=said) as refused:
        web.get("crossref", "a", kinds=JSON, check=refuse)
    assert "in 5 tries" in str(refused.value)
    assert len(service.asked) == 5


def test_an_answer_that_was_cut_is_asked_for_again_and_never_kept(web: Web, service: LocalService):
    def whole(text: str) -> None:
        if not text.endswith(">"):
            raise InputError("Broken XML")

    service.reply("/eutils/a", Reply(b"<a", kind="text/xml"), Reply(b"<a/>", kind="text/xml"))
    with web:
        assert web.get("eutils", "a", kinds=XML, check=whole).text == "<a/>"
        assert web.get("eutils", "a", kinds=XML, check=whole).kept
    assert len(service.asked) == 2


def test_silence_ends(service: LocalService, web: Web, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SILENCE_S", 0.05)
    monkeypatch.setattr(module, "ATTEMPTS", 2)
    service.reply("/eutils/a", Reply(b"late", pause_s=5.0))
    with web, pytest.raises(MachineError, match="silent for too long"):
        web.get("eutils", "a")


def test_an_endless_answer_ends(service: LocalService, web: Web, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "LARGEST_BYTES", 1000)
    service.reply("/eutils/a", Reply(b"x" * 2000))
    with web, pytest.raises(MachineError, match="sent more than"):
        web.get("eutils", "a")


def test_a_packed_answer_is_refused(service: LocalService, web: Web):
    service.reply("/eutils/a", Reply(b"x", headers=(("Content-Encoding", "gzip"),)))
    with web, pytest.raises(MachineError, match="packed answer"):
        web.get("eutils", "a")


def test_a_redirect_is_followed_and_a_loop_is_not(service: LocalService, web: Web):
    service.reply("/eutils/a", Reply(status=302, headers=(("Location", "/eutils/b"),)))
    service.reply("/eutils/b", GOOD)
    service.reply("/eutils/loop", Reply(status=302, headers=(("Location", "/eutils/loop"),)))
    with web:
        assert web.get("eutils", "a").text == "words"
        with pytest.raises(MachineError, match="without end"):
            web.get("eutils", "loop")


def test_a_redirect_to_a_file_is_refused(service: LocalService, web: Web):
    service.reply("/eutils/a", Reply(status=302, headers=(("Location", "file:///etc/hostname"),)))
    with web, pytest.raises(InputError, match="no web address"):
        web.get("eutils", "a")


def test_what_is_not_there_is_told_at_once(service: LocalService, web: Web):
    with web, pytest.raises(NotThere, match="has no such thing"):
        web.get("crossref", "works/10.5555/none")
    assert len(service.asked) == 1


def test_a_dead_address_is_told(web: Web, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEKTI_EUTILS_URL", "http://127.0.0.1:9/")
    with web, pytest.raises(MachineError, match="the connection failed"):
        web.get("eutils", "a")


def test_offline_means_offline(web: Web, service: LocalService, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEKTI_OFFLINE", "1")
    with pytest.raises(MachineError, match="LEKTI_OFFLINE forbids"):
        get_text("ensembl", "a")
    assert service.asked == []


def test_a_service_has_a_web_address(monkeypatch: pytest.MonkeyPatch, service: LocalService):
    monkeypatch.setenv("LEKTI_ENSEMBL_URL", "file:///etc/")
    with pytest.raises(InputError, match="LEKTI_ENSEMBL_URL"):
        get_text("ensembl", "a")
