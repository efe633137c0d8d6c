"""Text from the web, politely: paced, tried again with patience, limited in size and time, and kept.

Nothing here runs unless a command asks for it, and `LEKTI_OFFLINE=1` forbids it altogether.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING

from lekti import __version__
from lekti.base.errors import InputError, LektiError, MachineError, shown
from lekti.evidence.services import Service, contact, find_service, who_asks
from lekti.evidence.web_cache import WebCache, default_cache

if TYPE_CHECKING:
    import httpx

LARGEST_BYTES = 20_000_000
ATTEMPTS = 5
LONGEST_WAIT_S = 60.0
LONGEST_ANSWER_S = 120.0
SILENCE_S = 30.0
MOST_REDIRECTS = 5
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_THERE = frozenset({400, 404, 410})
TEXT = ("text/plain",)
XML = ("text/xml", "application/xml", "application/jats+xml")
JSON = ("application/json",)
PAGES = ("text/html", "text/plain", "application/xhtml+xml", *XML)


@dataclass(frozen=True)
class Answer:
    """The text of an answer, the kind it was declared as, and whether it came from the cache."""

    text: str
    kind: str
    address: str
    kept: bool = False


class NotThere(InputError):  # noqa: N818
    """The service answers, and what was asked for is not there."""


class _TryAgain(Exception):  # noqa: N818
    """An answer that may be better next time; `wait_s` is what the service asks for."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        self.reason = reason
        self.wait_s = wait_s
        super().__init__(reason)


def get_text(
    service: str,
    path: str,
    *,
    parameters: Mapping[str, str] | None = None,
    kinds: Iterable[str] = (),
    accept: str = "*/*",
    keep: bool = True,
) -> str:
    """Return the text that a service answers, from the cache if it was asked for before.

    `service` is a row of `knowledge/records/services.tsv` (eutils, europepmc, crossref, ensembl), `path` is
    relative to its address, `kinds` are the content types that are taken (any if none is named). `keep=False`
    asks anew and keeps nothing. For several requests open one `Web` and call `Web.get`, which keeps the pace.

        get_text("ensembl", "sequence/id/ENSG00000133710", parameters={"type": "genomic"},
                 accept="text/plain", kinds=TEXT)

    Raises `NotThere` (an `InputError`) for 400, 404 and 410, and `MachineError` for every other trouble.
    """
    with Web() as web:
        return web.get(service, path, parameters=parameters, kinds=kinds, accept=accept, keep=keep).text


@dataclass
class Web:
    """An open client; use it in a `with` block. `sleep` and `clock` are there for tests."""

    cache: WebCache | None = field(default_factory=default_cache)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    last: dict[str, float] = field(default_factory=dict[str, float])
    client: httpx.Client | None = None

    def __enter__(self) -> Web:
        _refuse_offline()
        import httpx

        self.client = httpx.Client(
            timeout=httpx.Timeout(SILENCE_S, connect=10.0),
            follow_redirects=True,
            max_redirects=MOST_REDIRECTS,
            headers={"User-Agent": _name(), "Accept-Encoding": "identity"},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.client is not None:
            self.client.close()

    def get(
        self,
        service: str,
        path: str,
        *,
        parameters: Mapping[str, str] | None = None,
        kinds: Iterable[str] = (),
        accept: str = "*/*",
        keep: bool = True,
        check: Callable[[str], object] | None = None,
    ) -> Answer:
        """Return an answer of a service; see `get_text`.

        `check` is called with the text and raises a `LektiError` for an answer that is cut or garbled: it is
        then asked for again, and never kept.
        """
        found = find_service(service)
        asked = _Asked(found, found.address + path, dict(parameters or {}), tuple(kinds), accept)
        if keep and self.cache and (text := self.cache.find(asked.name())) is not None:
            return Answer(text, "", asked.address, kept=True)
        answer = self._patiently(asked, check)
        if keep and self.cache:
            self.cache.keep(asked.name(), answer.text)
        return answer

    def _patiently(self, asked: _Asked, check: Callable[[str], object] | None) -> Answer:
        reason = ""
        for attempt in range(ATTEMPTS):
            self._pace(asked.service)
            try:
                answer = self._once(asked)
                if check is not None:
                    _check(check, answer.text)
                return answer
            except _TryAgain as again:
                reason = again.reason
                wait = 2.0**attempt if again.wait_s is None else again.wait_s
                if wait > LONGEST_WAIT_S:
                    raise MachineError(
                        f"{asked.host()} asks to wait {wait:.0f} seconds", fix="Try again later."
                    ) from again
                if attempt < ATTEMPTS - 1:
                    self.sleep(wait)
        raise MachineError(
            f"{asked.host()} gave no usable answer in {ATTEMPTS} tries: {reason}", fix="Try again later."
        )

    def _pace(self, service: Service) -> None:
        gap = 1.0 / service.per_second
        wait = self.last.get(service.name, float("-inf")) + gap - self.clock()
        if wait > 0:
            self.sleep(wait)
        self.last[service.name] = self.clock()

    def _once(self, asked: _Asked) -> Answer:
        import httpx

        if self.client is None:
            raise MachineError("The web client is not open", fix="Use it in a with block.")
        parameters = {**asked.parameters, **who_asks(asked.service)}
        try:
            with self.client.stream(
                "GET", asked.address, params=parameters or None, headers={"Accept": asked.accept}
            ) as response:
                _refuse_downgrade(asked, response)
                _judge_status(asked, response)
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                content = self._body(asked, response)
                if asked.kinds and kind not in asked.kinds:
                    _refuse_page(asked, kind)
                    raise _TryAgain(f"it sent {shown(kind, 40) or 'an unnamed kind'}, not {asked.kinds[0]}")
                return Answer(_decoded(content, response), kind, str(response.url).partition("?")[0])
        except httpx.TooManyRedirects as error:
            raise MachineError(f"{asked.host()} sends from one address to the next without end") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise InputError(
                f"{shown(asked.address, 120)} is no web address", expected="http or https"
            ) from error
        except httpx.TimeoutException as error:
            raise _TryAgain("it was silent for too long") from error
        except httpx.TransportError as error:
            raise _TryAgain(f"the connection failed ({type(error).__name__})") from error

    def _body(self, asked: _Asked, response: httpx.Response) -> bytes:
        if response.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
            raise MachineError(f"{asked.host()} sent a packed answer that was not asked for")
        begun = self.clock()
        content = bytearray()
        for chunk in response.iter_raw():
            content += chunk
            if len(content) > LARGEST_BYTES:
                raise MachineError(f"{asked.host()} sent more than {LARGEST_BYTES / 1e6:g} MB")
            if self.clock() - begun > LONGEST_ANSWER_S:
                raise _TryAgain(f"its answer took longer than {LONGEST_ANSWER_S:g} seconds")
        return bytes(content)


@dataclass(frozen=True)
class _Asked:
    """One question to one service, without who asks."""

    service: Service
    address: str
    parameters: Mapping[str, str]
    kinds: tuple[str, ...]
    accept: str

    def name(self) -> str:
        """Return the name under which the answer is kept; it holds no key and no e-mail address."""
        asked = "&".join(f"{key}={value}" for key, value in sorted(self.parameters.items()))
        return f"{self.address}?{asked} {self.accept}"

    def host(self) -> str:
        """Return the address without its question, for messages."""
        return shown(self.address.partition("?")[0], 120)


def _check(check: Callable[[str], object], text: str) -> None:
    try:
        check(text)
    except NotThere:
        raise
    except LektiError as error:
        raise _TryAgain(f"its answer cannot be read ({error.what})") from error


def _refuse_page(asked: _Asked, kind: str) -> None:
    """Raise for a page that will be the same next time, such as a PDF; a service may do better."""
    if asked.service.name == "page":
        raise InputError(
            f"{asked.host()} is {shown(kind, 60) or 'of an unnamed kind'}", expected="a page of text"
        )


def _judge_status(asked: _Asked, response: httpx.Response) -> None:
    status = response.status_code
    if status in _AGAIN:
        raise _TryAgain(f"it answered {status}", _asked_wait(response.headers.get("retry-after", "")))
    if status in _NOT_THERE:
        raise NotThere(
            f"{asked.host()} has no such thing (it answered {status})", expected="a known identifier"
        )
    if status != 200:
        raise MachineError(f"{asked.host()} answered {status}", expected="200")


def _asked_wait(header: str) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as a number or as a date."""
    if header.strip().isdecimal():
        return float(header.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time()) if header else None
    except (ValueError, TypeError, OverflowError):
        return None


def _refuse_downgrade(asked: _Asked, response: httpx.Response) -> None:
    if asked.address.startswith("https:") and response.url.scheme != "https":
        raise MachineError(f"{asked.host()} sends to an address without encryption")


def _decoded(content: bytes, response: httpx.Response) -> str:
    try:
        return content.decode(response.charset_encoding or "utf-8")
    except (UnicodeError, LookupError) as error:
        raise _TryAgain("its answer is no text") from error


def _refuse_offline() -> None:
    if os.environ.get("LEKTI_OFFLINE", "").strip() not in ("", "0"):
        raise MachineError("LEKTI_OFFLINE forbids to ask the web", fix="Unset it, or give a file.")


def _name() -> str:
    mail = contact()
    return f"lekti/{__version__} (research and education{'; mailto:' + mail if mail else ''})"
