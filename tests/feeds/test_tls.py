"""Certificates: each way to be wrong has its words, and none is let pass."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from reader.feeds import tls
from reader.feeds.fetch import Fetcher, Limits
from tests.certificates import Authority, authority, serving
from tests.loopback import Answer, loopback
from tests.proxying import proxying

FETCH = """
import asyncio, json, sys
from reader.errors import FetchError
from reader.feeds.fetch import Fetcher, Limits

async def main():
    async with Fetcher("Lesart/test", Limits(total_seconds=10, connect_seconds=5)) as fetcher:
        try:
            return {"body": (await fetcher.get(sys.argv[1])).body.decode()}
        except FetchError as error:
            return {"error": str(error), "hint": error.hint}

print(json.dumps(asyncio.run(main())))
"""


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def fetched(issuer: Authority) -> Iterator[Callable[..., dict[str, str]]]:
    """Fetch from a server with this certificate, in a process that trusts the issuer."""
    with ExitStack() as stack:

        def fetch(certificate: Path, **environment: str) -> dict[str, str]:
            port = stack.enter_context(serving(certificate, b"gut"))
            done = subprocess.run(
                [sys.executable, "-c", FETCH, f"https://127.0.0.1:{port}/feed"],
                env={**os.environ, "SSL_CERT_FILE": str(issuer.root), **environment},
                capture_output=True,
                check=True,
                timeout=60,
            )
            found: dict[str, str] = json.loads(done.stdout)
            return found

        yield fetch


Fetched = Callable[..., dict[str, str]]


def test_a_sound_certificate_is_trusted_also_through_a_proxy(issuer: Authority, fetched: Fetched) -> None:
    certificate = issuer.issue("good", "IP:127.0.0.1")
    assert fetched(certificate) == {"body": "gut"}
    with proxying(login="ich:geheim") as proxy:
        address = f"http://ich:geheim@{proxy.netloc}"
        assert fetched(certificate, HTTPS_PROXY=address) == {"body": "gut"}
        assert [target.startswith("127.0.0.1:") for target in proxy.asked] == [True]


def test_a_certificate_for_another_machine_is_named(issuer: Authority, fetched: Fetched) -> None:
    assert "is for another machine" in fetched(issuer.issue("other", "DNS:anderswo.example"))["error"]


def test_an_expired_certificate_is_named(issuer: Authority, fetched: Fetched) -> None:
    found = fetched(issuer.issue("old", "IP:127.0.0.1", "20200101000000Z", "20210101000000Z"))
    assert "has expired" in found["error"]
    assert "clock" in found["hint"]


def test_a_certificate_of_the_future_is_named(issuer: Authority, fetched: Fetched) -> None:
    assert "not valid yet" in fetched(issuer.issue("new", "IP:127.0.0.1", "20980101000000Z"))["error"]


def test_a_self_signed_certificate_is_named(issuer: Authority, fetched: Fetched) -> None:
    assert "signed by itself alone" in fetched(issuer.self_signed("own", "IP:127.0.0.1"))["error"]


def test_an_unknown_issuer_is_named(
    issuer: Authority, fetched: Fetched, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stranger = authority(tmp_path_factory.mktemp("other"))
    assert "signed by nobody that this system trusts" in fetched(stranger.issue("x", "IP:127.0.0.1"))["error"]


def test_importing_leaves_the_chosen_certificates_chosen() -> None:
    code = "import os, reader.feeds.tls; print(os.environ.get('SSL_CERT_FILE'))"
    for chosen, told in (("/etc/eigene.pem", "/etc/eigene.pem"), ("", ""), (None, "None")):
        environment = {name: value for name, value in os.environ.items() if name != "SSL_CERT_FILE"}
        environment |= {} if chosen is None else {"SSL_CERT_FILE": chosen}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == told


def test_every_connection_that_is_to_be_secure_is_checked() -> None:
    context = tls.context()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


async def test_no_certificates_are_read_for_addresses_without_tls() -> None:
    tls.context.cache_clear()
    with loopback() as server:
        async with Fetcher("Lesart/test", Limits()) as fetcher:
            await fetcher.get(server.on("/feed", Answer(body=b"gut")))
    assert tls.context.cache_info().currsize == 0
