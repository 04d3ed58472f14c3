"""No secret of a feed's access reaches an output, an export, a message, a log or a byte of the store."""

from __future__ import annotations

import io
import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli import main
from tests.keys import MemoryKeyring, no_keyring, using
from tests.loopback import Answer, Request, Server, item, loopback, rss
from tests.proxying import proxying

SECRET = "Gehe1mnis"
TOKEN = "T0ken-xyz"
PROXIED = "Pr0xypasswort"


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    found = MemoryKeyring()
    with using(found):
        yield found


def test_no_secret_is_in_any_output_or_file(
    server: Server,
    ring: MemoryKeyring,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("MEIN_TOKEN", TOKEN)
    seen: list[str | None] = []

    def script(request: Request) -> Answer:
        seen.append(request.headers.get("Authorization"))
        return Answer(body=rss(item(len(seen)), item(0)), headers={"ETag": f'"{len(seen)}"'})

    address = server.on("/feed", script)
    typed = address.replace("://", f"://ich:{SECRET}@")
    listed = tmp_path / "liste.opml"
    listed.write_text(f"<opml><outline text='L' xmlUrl='https://ich:{SECRET}@a.example/x'/></opml>", "utf-8")

    def run(*arguments: str, status: int = 0) -> None:
        assert main(list(arguments)) == status, arguments

    with proxying(login=f"ich:{PROXIED}") as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://ich:{PROXIED}@{proxy.netloc}")
        run("add", "--preview", typed)
        run("add", typed)
        assert proxy.asked
    run("set", "1", "--header", "X-Api-Key=env:MEIN_TOKEN", "--proxy", "direct")
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET + "\n"))
    run("set", "1", "--password-from-stdin")
    run("refresh", "1")
    assert seen[-1] == "Basic " + b64encode(f"ich:{SECRET}".encode()).decode()
    assert server.requests[-1].headers["X-Api-Key"] == TOKEN
    # Everything that can go wrong, with the secret in reach.
    for answer in (
        Answer(status=401),
        Answer(status=500),
        Answer(body=b"x", declared=99, reset=True),
        Answer(body=b"<html>"),
    ):
        server.on("/feed", answer)
        run("refresh", "1", "--json", status=1)
        run("refresh", "1", status=1)
    run("add", typed.replace("/feed", "/gibt-es-nicht"), status=1)
    run("add", typed.replace("http:", "gopher:"), status=2)
    run("add", typed.replace("http://", ""), "http://127.0.0.1:1/", status=1)
    run("remove", typed.replace("/feed", "/anderes"), status=1)
    run("remove", typed.replace("ich:", "ich@post.example:").replace("http://", ""), status=1)
    run("analyse", typed.replace("http://", ""), status=1)
    run("set", "1", "--header", f"Cookie={SECRET}", status=2)
    run("set", "1", "--proxy", f"http://ich:{SECRET}@p.example:1", status=2)
    run("set", "1", "--login", f"ich:{SECRET}", status=2)
    run("import", str(listed), status=0)
    run("feeds")
    run("feeds", "--json")
    run("feeds", "check", status=1)
    run("feeds", "--check", "--json", status=1)
    run("list", "--json")
    run("export-opml")
    run("export-opml", str(tmp_path / "aus.opml"))
    run("backup", str(tmp_path / "kopie.db"))
    run("doctor", "--json")
    listed.unlink()

    told = capfd.readouterr()
    places = {"stdout": told.out, "stderr": told.err, "log": caplog.text + repr([r.args for r in caplog.records])}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "lesart.db" for path in files)
    for secret in (SECRET, TOKEN, PROXIED):
        coded = b64encode(f"ich:{secret}".encode()).decode()
        for form in (secret, coded):
            assert [name for name, text in places.items() if form in text] == []
            assert [path.name for path in files if form.encode() in path.read_bytes()] == []
    assert SECRET in ring.kept.values()


def test_a_crash_message_holds_no_secret(
    server: Server, ring: MemoryKeyring, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.feed("/feed", rss(item(1)))
    assert main(["add", address.replace("://", f"://ich:{SECRET}@")]) == 0

    def broken(*_arguments: object, **_more: object) -> None:
        raise RuntimeError(f"Authorization: {SECRET}")

    monkeypatch.setattr("reader.feeds.fetch.Fetcher._follow", broken)
    assert main(["refresh"]) == 1
    told = capsys.readouterr()
    assert "RuntimeError" in told.err
    assert SECRET not in told.err + told.out


def test_a_typed_password_that_nothing_keeps_is_refused_with_the_way_out(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.feed("/feed", rss(item(1)))
    with using(no_keyring()):
        assert main(["add", address.replace("://", f"://ich:{SECRET}@")]) == 1
        told = capsys.readouterr().err
        assert "LESART_PASSWORD_1" in told
        assert SECRET not in told
        monkeypatch.setenv("LESART_PASSWORD_1", SECRET)
        assert main(["add", address.replace("://", "://ich@")]) == 0
        capsys.readouterr()
        assert main(["feeds", "--json"]) == 0
        (feed,) = json.loads(capsys.readouterr().out)
        assert (feed["address"], feed["settings"]["login"]) == (address, "ich")
