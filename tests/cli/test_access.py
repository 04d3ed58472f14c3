"""set, add --preview and --json, feeds with health, and what a refresh says when nothing can be reached."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main
from reader.library.refresh import TRUSTED_MACHINES
from tests.keys import MemoryKeyring, using
from tests.loopback import Answer, Request, Server, item, loopback, rss

PAGE = (
    b"<!doctype html><html><head><link rel=alternate type='application/rss+xml' title='Politik' href='/a'>"
    b"<link rel=alternate type='application/rss+xml' title='Sport' href='/b'></head></html>"
)


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def feeds(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["feeds", "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_set_changes_one_feed_and_shows_what_is_set(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    given = ["--title", "Mein Blatt", "--folder", "Neu", "--full-text", "always", "--proxy", "direct"]
    assert main(["set", "1", *given, "--header", "X-Abo=7", "--header", "User-Agent=E/1"]) == 0
    shown = capsys.readouterr().out
    assert "Neu / Mein Blatt" in shown
    assert "X-Abo" in shown
    (feed,) = feeds(capsys)
    assert (feed["title"], feed["folder"]) == ("Mein Blatt", "Neu")
    assert feed["settings"] == {
        "full_text": "always",
        "proxy": "direct",
        "login": None,
        "headers": ["X-Abo", "User-Agent"],
    }
    main(["feeds"])
    assert "direct" in capsys.readouterr().out


def test_set_without_a_wish_shows_and_changes_nothing(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    before = feeds(capsys)
    assert main(["set", "1"]) == 0
    assert "Testblatt" in capsys.readouterr().out
    assert feeds(capsys) == before


def test_a_password_is_read_from_stdin(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    ring = MemoryKeyring()
    monkeypatch.setattr("sys.stdin", io.StringIO("ge heim \nzweite Zeile"))
    with using(ring):
        assert main(["set", "1", "--login", "ich", "--password-from-stdin"]) == 0
    assert list(ring.kept.values()) == ["ge heim "]
    assert "LESART_PASSWORD_1" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wish",
    [
        ["--header", "X-Abo"],
        ["--header", "Cookie=id"],
        ["--proxy", "socks5://x:1"],
        ["--login", "a:b"],
        ["--full-text", "ja"],
    ],
)
def test_a_wrong_wish_is_wrong_usage(server: Server, capsys: pytest.CaptureFixture[str], wish: list[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    assert main(["set", "1", *wish]) == 2
    assert feeds(capsys)[0]["settings"]["headers"] == []


def test_a_feed_that_is_not_there_cannot_be_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["set", "7", "--folder", "x"]) == 1
    assert "7" in capsys.readouterr().err


def test_a_preview_shows_and_subscribes_to_nothing(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.feed("/a", rss(item(1, title="Schlagzeile [/] \x1b".replace("\x1b", "&#27;")), title="Politik"))
    server.feed("/b", rss(item(2), title="Sport"))
    address = server.on("/", Answer(body=PAGE))
    assert main(["add", "--preview", address]) == 0
    shown = capsys.readouterr().out
    assert "Schlagzeile [/]" in shown
    assert server.base + "/b" in shown
    assert "\x1b" not in shown
    assert main(["add", "--preview", "--json", address]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["title"], second["title"]) == ("Politik", "Sport")
    assert set(first) == {
        "address", "title", "site", "count", "newest", "headlines", "teasers", "language", "subscribed",
    }  # fmt: skip
    assert feeds(capsys) == []


def test_without_a_terminal_the_first_feed_of_a_page_is_taken_and_the_others_are_named(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in ("/a", "/b"):
        server.feed(path, rss(item(1), title=path))
    address = server.on("/", Answer(body=PAGE))
    assert main(["add", address]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == "1"
    assert f"{server.base}/b Sport" in told.err
    assert main(["add", "--json", address, server.base + "/b"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first["others"] == [{"address": server.base + "/b", "title": "Sport"}]
    assert (first["id"], second["id"], second["others"]) == (1, 2, [])


def test_at_a_terminal_a_person_chooses(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/a", "/b"):
        server.feed(path, rss(item(1), title=path))
    monkeypatch.setattr("sys.stdin", Terminal("9\nzwei\n2\n"))
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    assert main(["add", server.on("/", Answer(body=PAGE))]) == 0
    assert screen.getvalue().count("Politik") == 1  # what was offered is not told again
    assert [feed["title"] for feed in feeds(capsys)] == ["/b"]


def test_one_bad_address_of_several_is_left_out_of_the_json(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    good = server.feed("/a", rss(item(1)))
    assert main(["add", "--json", server.base + "/fehlt", good]) == 1
    assert [feed["address"] for feed in json.loads(capsys.readouterr().out)] == [good]


def test_feeds_check_is_feeds_with_check(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    for command in (["feeds", "check", "--json"], ["feeds", "--check", "--json"]):
        capsys.readouterr()
        assert main(command) == 0
        assert json.loads(capsys.readouterr().out)[0]["entries"] == 1


def test_feeds_says_how_each_is_doing(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    old = "Mon, 23 Nov 2020 10:00:00 GMT"
    for number, (path, date) in enumerate((("/gut", ""), ("/still", old), ("/weg", ""), ("/umzug", ""))):
        main(["add", server.feed(path, rss(item(number, date=date), title=path))])
    server.on("/weg", Answer(status=410))
    server.redirect("/umzug", "/gut2", 301)
    server.feed("/gut2", rss(item(3), title="/umzug"))
    main(["refresh"])
    found = {feed["title"]: feed for feed in feeds(capsys)}
    assert {title: feed["state"] for title, feed in found.items()} == {
        "/gut": "well",
        "/still": "silent",
        "/weg": "ended",
        "/umzug": "moved",
    }
    assert found["/gut"]["advice"] is None
    assert found["/still"]["newest"].startswith("2020-11-23")
    assert found["/umzug"]["moved_to"] == server.base + "/gut2"
    main(["feeds"])
    lines = capsys.readouterr().out.splitlines()
    assert sum("--preview" in line for line in lines) == 2
    assert sum("/gut2" in line for line in lines) == 1


def test_a_refresh_tells_a_common_trouble_once(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    main(["add", server.feed("/gut", rss(item(1)))])
    for number in range(8):
        server.on(f"/{number}", Answer(status=503))
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO("".join(f"{server.base}/{n}\n" for n in range(8)).encode()))
    )
    main(["import", "-"])
    capsys.readouterr()
    assert main(["refresh"]) == 1
    told = capsys.readouterr().err
    assert told.count("503") == 1
    assert len(told.splitlines()) <= 5


def test_no_network_at_all_is_one_line(tmp_path: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        pytest.skip("no network namespace of one's own to be had here")
    run = {"env": {**os.environ, "LESART_HOME": str(tmp_path)}, "capture_output": True, "timeout": 100}
    listed = "".join(f"https://blatt{n}.example/feed\n" for n in range(40)) + "http://93.184.216.34/feed\n"
    lesart = [sys.executable, "-m", "reader"]
    subprocess.run([*lesart, "import", "-"], input=listed.encode(), check=True, **run)  # type: ignore[call-overload]
    done = subprocess.run(["unshare", "-rn", *lesart, "refresh"], **run)  # type: ignore[call-overload]
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert len(lines) == 2, lines
    assert "41" in lines[1]
    assert "Traceback" not in done.stderr.decode()


def test_a_list_with_log_ins_says_that_they_were_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    listed = tmp_path / "urls"
    listed.write_text("https://b.example/\nhttps://ich:geheim@a.example/feed Politik\n", "utf-8")
    assert main(["import", str(listed)]) == 0
    told = capsys.readouterr().err
    assert "lesart set 2 --login" in told
    assert "geheim" not in told


def test_a_feed_behind_a_log_in_is_added_with_it(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = "Basic " + b64encode(b"ich:geheim").decode()

    def script(request: Request) -> Answer:
        return Answer(body=rss(item(1))) if request.headers.get("Authorization") == pair else Answer(status=401)

    address = server.on("/a", script)
    monkeypatch.setattr("sys.stdin", io.StringIO("geheim\n"))
    with using(MemoryKeyring()):
        assert main(["add", address, "--login", "ich", "--password-from-stdin", "--header", "X-Abo=7"]) == 0
        assert main(["refresh"]) == 0
    (feed,) = feeds(capsys)
    assert (feed["settings"]["login"], feed["settings"]["headers"], feed["error"]) == ("ich", ["X-Abo"], None)


def test_what_to_do_about_one_feed_names_it_by_its_number(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    main(["add", server.feed("/b", rss(item(2)))])
    server.on("/b", Answer(status=401))
    server.on("/a", Answer(status=410))
    capsys.readouterr()
    assert main(["refresh"]) == 1
    told = capsys.readouterr().err
    assert "lesart set 2 --login" in told
    assert "lesart refresh 1 --force" in told
    assert "lesart set 2 --login" in str(feeds(capsys)[1]["hint"])
    server.on("/b", Answer(status=401))
    assert main(["refresh", "2", "--json"]) == 1
    assert "lesart set 2 --login" in capsys.readouterr().out


def test_a_password_for_a_new_feed_needs_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "https://a.example/f", "--password-from-stdin"]) == 2
    assert "--login" in capsys.readouterr().err


def test_a_proxy_of_the_feed_s_own_is_not_blamed_on_the_environment(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    main(["set", "1", "--proxy", "http://127.0.0.1:9"])
    assert main(["refresh", "--force"]) == 1
    told = capsys.readouterr().err
    assert "--proxy direct" in told
    assert "HTTPS_PROXY" not in told
