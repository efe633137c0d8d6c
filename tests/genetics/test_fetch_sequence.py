"""The sequence is fetched on command only, and decides what position cannot; a local server stands in."""

import json
import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest
from typer.testing import CliRunner

from lekti.base.errors import AnswerIsNo, InputError, MachineError
from lekti.cli.main import app
from lekti.evidence.web import Web
from lekti.genetics.describe import describe
from lekti.genetics.fetch_sequence import fetch_facts
from lekti.genetics.gene import gene
from lekti.genetics.reference import translated

FIRST = gene().first_grch38
DONOR_14 = 148101434
PROXIES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


def _invented_coding() -> str:
    """Return an invented coding sequence: one stop, arginine at 350, a run of A at c.2459_2468."""
    chance = random.Random(1)
    codons = [codon for codon in _codons() if translated(codon) != "*"]
    coding = "ATG" + "".join(chance.choice(codons) for _ in range(gene().residues - 1)) + "TAG"
    coding = _put(coding, 1048, "CGA")
    return _put(coding, 2458, "CAAAAAAAAAAGAG")


def _codons() -> list[str]:
    return [a + b + c for a in "ACGT" for b in "ACGT" for c in "ACGT"]


def _put(text: str, base: int, bases: str) -> str:
    return text[: base - 1] + bases + text[base - 1 + len(bases) :]


def _invented_chromosome(coding: str) -> str:
    chance = random.Random(2)
    bases = "".join(chance.choice("ACGT") for _ in range(gene().last_grch38 - FIRST + 1))
    for exon in gene().exons:
        if exon.grch38 is not None:
            bases = _put(bases, exon.grch38 - FIRST + 1, coding[exon.first - 1 : exon.last])
    return _put(bases, DONOR_14 - FIRST + 1, "GAGGTAAGT")


CODING = _invented_coding()
CHROMOSOME = _invented_chromosome(CODING)


class _Server(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012
    broken = False

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.asked.append(path)
        if "efetch" in path:
            body = f">invented\n{CODING}\n"
        else:
            first, last = (int(part) for part in path.rsplit("5:", 1)[1].removesuffix(":1").split(".."))
            body = CHROMOSOME[first - FIRST : last - FIRST + 1]
        content = (body[:7] if self.broken else body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch, tmp_path) -> Iterator[type[_Server]]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{running.server_port}/"
    for name in (
        "NCBI_API_KEY",
        "LEKTI_EMAIL",
        "LEKTI_OFFLINE",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEKTI_ENSEMBL_URL", address)
    monkeypatch.setenv("LEKTI_EUTILS_URL", address)
    monkeypatch.setenv("LEKTI_CACHE", str(tmp_path / "cache"))
    _Server.asked.clear()
    _Server.broken = False
    yield _Server
    running.shutdown()
    running.server_close()
    thread.join()


def _facts(text: str):
    with Web(sleep=lambda seconds: None) as web:
        return fetch_facts(describe(text), web)


def test_the_full_donor_score_comes_with_the_sequence(server):
    donor = _facts("c.1302+5G>C").donor
    assert (donor.before, donor.after) == ("GAGGTAAGT", "GAGGTAACT")
    assert donor.score_before - donor.score_after == pytest.approx(3.64, abs=0.01)


def test_a_deletion_at_a_donor_pulls_the_next_bases_in(server):
    donor = _facts("c.1302+3_1302+4del").donor
    assert donor.before == "GAGGTAAGT"
    assert donor.after.startswith("GAGGTGT")


def test_another_reference_base_is_an_answer_no(server):
    wrong = "ACGT".replace(CODING[199], "")[0]
    other = "ACGT".replace(CODING[199], "").replace(wrong, "")[0]
    with pytest.raises(AnswerIsNo, match=f"has {CODING[199]} at c.200"):
        _facts(f"c.200{wrong}>{other}")


def test_a_deletion_and_an_insertion_move_to_the_end_of_their_run(server):
    assert _facts("c.2461del").moved == "c.2468del"
    assert _facts("c.2460_2461insA").moved == "c.2468dup"
    assert _facts("c.2468del").moved == ""


def test_the_residue_is_told(server):
    assert _facts("c.1048C>T").protein == "p.(Arg350Ter)"
    assert _facts("c.1050A>G").protein == "p.(Arg350=)"
    assert _facts("c.1049G>A").protein == "p.(Arg350Gln)"
    shifted = _facts("c.2468del").protein
    assert "fsTer" in shifted or shifted.endswith("Ter)")


def test_a_protein_name_that_the_sequence_contradicts_is_an_answer_no(server):
    with pytest.raises(AnswerIsNo, match=r"gives p\.\(Arg350Gln\)"):
        _facts("c.1049G>A p.(Arg350Leu)")


def test_an_answer_is_asked_for_once(server):
    _facts("c.1302+5G>C")
    _facts("c.1302+5G>C")
    assert len(server.asked) == 1


def test_a_cut_answer_is_a_sentence_and_is_not_kept(server):
    server.broken = True
    with pytest.raises(MachineError, match="no usable answer"):
        _facts("c.1302+5G>C")
    server.broken = False
    assert _facts("c.1302+5G>C").donor is not None


@pytest.mark.parametrize("text", ["p.Arg100Trp", "275 kb deletion", "c.2740-5G>C", "c.-5A>G"])
def test_what_has_no_place_needs_no_question(server, text: str):
    with pytest.raises(InputError, match="--sequence"):
        _facts(text)
    assert server.asked == []


def test_the_command_asks_only_when_told_to(server):
    plain = CliRunner().invoke(app, ["variant", "c.1302+5G>C"])
    assert (plain.exit_code, server.asked) == (0, [])
    assert "GAGGTAAGT" not in plain.stdout
    asked = CliRunner().invoke(app, ["variant", "c.1302+5G>C", "--sequence"])
    assert "donor GAGGTAAGT" in " ".join(asked.stdout.split())
    found = json.loads(CliRunner().invoke(app, ["variant", "c.1302+5G>C", "--sequence", "--json"]).stdout)
    assert found["sequence"]["donor"]["after"] == "GAGGTAACT"
    assert found["sequence"]["sources"] == ["Ensembl GRCh38"]


def test_offline_is_respected(server, monkeypatch):
    monkeypatch.setenv("LEKTI_OFFLINE", "1")
    with pytest.raises(MachineError, match="LEKTI_OFFLINE"):
        _facts("c.1302+5G>C")
