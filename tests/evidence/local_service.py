"""A server on this machine that answers as literature services do, on good days and on bad ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """One answer; `promised` is a length that the body does not keep, `pause_s` a silence before it."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    promised: int | None = None
    pause_s: float = 0.0


@dataclass
class LocalService:
    """Replies by path, used up in order, the last one for ever; `asked` is what came in."""

    address: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict[str, list[Reply]])
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list[Any])
    stop: threading.Event = field(default_factory=threading.Event)

    def reply(self, path: str, *replies: Reply) -> None:
        """Say what a path answers."""
        self.replies[path] = list(replies)

    def next(self, path: str) -> Reply:
        """Return the next reply of a path."""
        left = self.replies.get(path, [Reply(b"not here", 404)])
        return left.pop(0) if len(left) > 1 else left[0]

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [path for path, _, _ in self.asked]


@contextmanager
def local_service() -> Iterator[LocalService]:
    """Run the server while the block lasts."""
    service = LocalService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    service.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(service: LocalService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            parameters = {key: values[0] for key, values in parse_qs(parts.query).items()}
            service.asked.append((parts.path, parameters, dict(self.headers)))
            reply = service.next(parts.path)
            service.stop.wait(reply.pause_s)
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header(
                "Content-Length", str(len(reply.body) if reply.promised is None else reply.promised)
            )
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = True

        def log_message(self, *args: object) -> None:
            pass

    return Handler
