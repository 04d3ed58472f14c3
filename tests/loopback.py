"""A real HTTP server on the loopback interface, scripted path by path, for every test that needs the network."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the client asked for."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server says. ``declared`` overrides the Content-Length, ``reset`` breaks the connection after the body,
    ``wait`` is an event the body waits for, ``reason`` the reason phrase."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    declared: int | None = None
    reset: bool = False
    wait: threading.Event | None = None
    reason: str = "Scripted"


Script = Callable[[Request], Answer]


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what some tests are about."""


class Server:
    """The running server: give paths their answers, read what was asked."""

    def __init__(self, machine: str) -> None:
        self.requests: list[Request] = []
        self._scripts: dict[str, Script] = {}
        self._released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                request = Request(path=self.path, headers=dict(self.headers.items()))
                outer.requests.append(request)
                script = outer._scripts.get(self.path, _nothing_here)
                with contextlib.suppress(OSError):
                    self._send(script(request))

            def _send(self, answer: Answer) -> None:
                self.send_response_only(answer.status, answer.reason)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                length = len(answer.body) if answer.declared is None else answer.declared
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.flush()
                if answer.wait is not None:
                    answer.wait.wait(30)
                self.wfile.write(answer.body)
                self.wfile.flush()
                if answer.reset:
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
                """Keep quiet."""

        self._server = _QuietServer((machine, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.machine = machine
        self.port = int(self._server.server_address[1])
        self.base = f"http://{machine}:{self.port}"

    def on(self, path: str, script: Script | Answer) -> str:
        """Answer this path so from now on; its address."""
        self._scripts[path] = (lambda _request: script) if isinstance(script, Answer) else script
        return self.base + path

    def feed(self, path: str, body: bytes, **headers: str) -> str:
        """A well-behaved feed: ETag, 304 for the same again, gzip; its address."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

        def script(request: Request) -> Answer:
            if request.headers.get("If-None-Match") == etag:
                return Answer(status=304, headers={"ETag": etag})
            packed = gzip.compress(body, mtime=0)
            kind = {"Content-Type": "application/rss+xml"}
            return Answer(body=packed, headers={"ETag": etag, "Content-Encoding": "gzip", **kind, **headers})

        return self.on(path, script)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """A redirect; its address."""
        return self.on(path, Answer(status=status, headers={"Location": target}))

    def asked(self, path: str) -> list[Request]:
        """The requests for this path."""
        return [request for request in self.requests if request.path == path]

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _nothing_here(_request: Request) -> Answer:
    return Answer(status=404)


@contextmanager
def loopback(machine: str = "127.0.0.1") -> Iterator[Server]:
    """A server for the duration of a test."""
    server = Server(machine)
    try:
        yield server
    finally:
        server.close()


def rss(*items: str, title: str = "Testblatt") -> bytes:
    """An RSS 2.0 document around these items."""
    head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
    return (head + "<link>https://example.org/</link>" + "".join(items) + "</channel></rss>").encode()


def item(number: int, *, title: str = "", text: str = "", date: str = "", guid: str | None = None) -> str:
    """One RSS item."""
    parts = [
        f"<title>{title or f'Meldung {number}'}</title>",
        f"<link>https://example.org/{number}</link>",
        f"<guid>{f'guid-{number}' if guid is None else guid}</guid>" if guid != "" else "",
        f"<description>{text or f'<![CDATA[<p>Text der Meldung {number}.</p>]]>'}</description>",
        f"<pubDate>{date}</pubDate>" if date else "",
    ]
    return f"<item>{''.join(parts)}</item>"
