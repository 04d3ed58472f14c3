"""A small HTTP proxy on the loopback interface: absolute addresses (RFC 9112, §3.2.2) and CONNECT (RFC 9110, §9.3.6)."""

from __future__ import annotations

import contextlib
import http.client
import select
import socket
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

_HOP_BY_HOP = frozenset({"connection", "proxy-authorization", "proxy-connection", "keep-alive", "transfer-encoding"})


class Proxy:
    """The running proxy. ``login``: "name:password" that it insists on; ``names``: what it knows machines as."""

    def __init__(self, login: str = "", names: Mapping[str, str] | None = None, refuses: int = 0) -> None:
        self.asked: list[str] = []
        """The request targets, in order."""
        known = names or {}
        wanted = f"Basic {b64encode(login.encode()).decode()}" if login else ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _admitted(self) -> bool:
                outer.asked.append(self.path)
                if wanted and self.headers.get("Proxy-Authorization") != wanted:
                    self._empty(407, {"Proxy-Authenticate": 'Basic realm="\x1b]0;Pwned"'})
                    return False
                if refuses:
                    self._empty(refuses, {})
                    return False
                return True

            def do_GET(self) -> None:
                if not self._admitted():
                    return
                parts = urlsplit(self.path)
                upstream = http.client.HTTPConnection(known.get(parts.hostname or "", parts.hostname or ""), parts.port)
                try:
                    path = parts.path + (f"?{parts.query}" if parts.query else "")
                    headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP_BY_HOP}
                    upstream.request("GET", path, headers=headers)
                    answer = upstream.getresponse()
                    body = answer.read()
                finally:
                    upstream.close()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in _HOP_BY_HOP | {"content-length"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_CONNECT(self) -> None:
                if not self._admitted():
                    return
                machine, _, port = self.path.rpartition(":")
                with socket.create_connection((known.get(machine, machine), int(port)), 5) as upstream:
                    self.send_response_only(200)
                    self.end_headers()
                    self.wfile.flush()
                    self.close_connection = True
                    self._carry(upstream)

            def _carry(self, upstream: socket.socket) -> None:
                pairs = {self.connection: upstream, upstream: self.connection}
                with contextlib.suppress(OSError):
                    while True:
                        ready, _, _ = select.select(list(pairs), [], [], 10)
                        for source in ready:
                            data = source.recv(65_536)
                            if not data:
                                return
                            pairs[source].sendall(data)
                        if not ready:
                            return

            def _empty(self, status: int, headers: Mapping[str, str]) -> None:
                self.send_response_only(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
                """Keep quiet."""

        class QuietServer(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that goes away is what some tests are about."""

        self._server = QuietServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.netloc = f"127.0.0.1:{self._server.server_address[1]}"
        self.address = f"http://{self.netloc}"

    def close(self) -> None:
        """End the proxy."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def proxying(login: str = "", names: Mapping[str, str] | None = None, refuses: int = 0) -> Iterator[Proxy]:
    """A proxy for the duration of a test."""
    running = Proxy(login, names, refuses)
    try:
        yield running
    finally:
        running.close()
