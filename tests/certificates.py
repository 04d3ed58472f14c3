"""Certificates for tests of TLS, made at the time of the test by the openssl command."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

_CONFIG = """
[ca]
default_ca = own
[own]
dir = .
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
copy_extensions = copy
x509_extensions = leaf
unique_subject = no
[any]
commonName = supplied
[leaf]
basicConstraints = CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[root]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
keyUsage = critical, keyCertSign, cRLSign
[req]
distinguished_name = dn
[dn]
"""


@dataclass(frozen=True)
class Authority:
    """A certification authority that exists for one test run."""

    folder: Path

    @property
    def root(self) -> Path:
        """Its own certificate, for those who are to trust it."""
        return self.folder / "root.pem"

    def issue(self, name: str, machine: str, start: str = "20200101000000Z", end: str = "20991231235959Z") -> Path:
        """A certificate with its key in one file; times as in ASN.1."""
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
                      "-subj", f"/CN={machine}", "-addext", f"subjectAltName={machine}", "-config", "ca.cnf")  # fmt: skip
        self._openssl("ca", "-batch", "-config", "ca.cnf", "-in", f"{name}.csr", "-out", f"{name}.crt", "-notext",
                      "-startdate", start, "-enddate", end, "-cert", "root.pem", "-keyfile", "root.key")  # fmt: skip
        return self._joined(name)

    def self_signed(self, name: str, machine: str) -> Path:
        """The same without anybody's signature but its own."""
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", f"{name}.key",
                      "-out", f"{name}.crt", "-subj", "/CN=x", "-addext", f"subjectAltName={machine}", "-config", "ca.cnf")  # fmt: skip
        return self._joined(name)

    def _joined(self, name: str) -> Path:
        path = self.folder / f"{name}.pem"
        path.write_bytes((self.folder / f"{name}.key").read_bytes() + (self.folder / f"{name}.crt").read_bytes())
        return path

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


def authority(folder: Path) -> Authority:
    """A new one; skips the test where there is no openssl command."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl command to make certificates with")
    (folder / "ca.cnf").write_text(_CONFIG, "utf-8")
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01\n", "utf-8")
    made = Authority(folder)
    made._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-keyout", "root.key",
                  "-out", "root.pem", "-subj", "/CN=Pruefstelle", "-extensions", "root", "-config", "ca.cnf")  # fmt: skip
    return made


@contextmanager
def serving(certificate: Path, body: bytes) -> Iterator[int]:
    """The port of a TLS server on 127.0.0.1 that answers everything with this body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
            """Keep quiet."""

    class QuietServer(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that does not like the certificate goes away."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = QuietServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
