"""add, feeds, refresh, list, show, export against a real server."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from reader.cli import main
from tests.loopback import Answer, Server, item, loopback, rss

HOSTILE = "\x1b]0;weg\x07[dpa] Rat [/] stimmt \u202ezu\u202c &lt;b&gt;"
ITEM = (
    "<item><title>{title}</title><guid>{guid}</guid><link>https://example.org/{guid}</link>"
    "<pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate><description>{text}</description></item>"
)
TEXT = (
    "&lt;p&gt;Der Rat der Stadt Beispielheim hat den Umbau des Bades beschlossen. Die Arbeiten beginnen nach Angaben der Verwaltung "
    "im April und dauern zwei Jahre.&lt;/p&gt;&lt;p&gt;Die Kosten liegen bei zwölf Millionen Euro, sagte Bürgermeisterin Ilse Brandt. "
    "Der Eintritt bleibe stabil.&lt;/p&gt;&lt;p&gt;Ein Sprecher der Opposition wollte sich nicht äußern.&lt;/p&gt;"
)


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


def an_item(title: str = "Bad wird umgebaut", guid: str = "a") -> str:
    return ITEM.format(title=title, guid=guid, text=TEXT)


def rows(capsys: pytest.CaptureFixture[str], *flags: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["list", "--json", *flags]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    return found


def test_from_an_address_to_a_listed_article(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", server.feed("/feed", rss(an_item()))]) == 0
    assert capsys.readouterr().out.strip() == "1"
    (row,) = rows(capsys)
    assert row["title"] == "Bad wird umgebaut"
    assert row["outlet"] == "Testblatt"
    assert row["read"] is False
    assert row["sources"]


def test_show_names_key_points_and_sources(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/feed", rss(an_item()))])
    (row,) = rows(capsys)
    assert main(["show", str(row["id"])]) == 0
    shown = capsys.readouterr().out
    assert "Das Wichtigste (aus dem Text)" in shown
    assert "Wer sagt das?" in shown
    assert "Ilse Brandt" in shown


def test_refresh_brings_what_is_new_and_keeps_what_was_read(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.feed("/feed", rss(an_item()))
    main(["add", server.base + "/feed"])
    server.feed("/feed", rss(an_item("Neu dazu", "b"), an_item()))
    assert main(["refresh", "--force"]) == 0
    assert {row["title"] for row in rows(capsys)} == {"Bad wird umgebaut", "Neu dazu"}


def test_a_number_goes_before_a_title_and_an_address_may_be_typed_as_to_subscribe(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in ("/eins", "/zwei"):
        assert (
            main(["add", server.feed(path, rss(an_item(guid=path))), "--title", "2" if path == "/eins" else "Zwei"])
            == 0
        )
    for wish in ("2", "feed:" + server.base.upper() + "/eins"):
        assert main(["remove", wish]) == 0
    said = capsys.readouterr().err
    assert said.index("Zwei") < said.rindex("2")
    assert main(["feeds"]) == 0
    assert capsys.readouterr().out == ""


def test_one_bad_feed_harms_no_other(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    good = server.feed("/gut", rss(an_item()))
    main(["add", good])
    bad = server.feed("/schlecht", rss(an_item("Aus dem anderen", "b"), title="Anderes"))
    main(["add", bad])
    server.on("/schlecht", Answer(status=500))
    server.feed("/gut", rss(an_item("Neu dazu", "c"), an_item()))
    capsys.readouterr()
    assert main(["refresh", "--force"]) == 1
    told = capsys.readouterr().err
    assert "Anderes" in told
    assert "500" in told
    assert len(rows(capsys)) == 3
    capsys.readouterr()
    assert main(["feeds", "--json"]) == 0
    errors = {feed["title"]: feed["error"] for feed in json.loads(capsys.readouterr().out)}
    assert errors["Testblatt"] is None
    assert errors["Anderes"]


def test_no_control_byte_of_a_title_reaches_the_terminal(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/feed", rss(an_item(HOSTILE.replace("\x1b", "&#27;").replace("\x07", "&#7;"))))])
    (row,) = rows(capsys)
    assert "[dpa] Rat [/] stimmt zu" in str(row["title"])
    main(["list"])
    main(["show", str(row["id"])])
    main(["export", str(row["id"]), "-o", "-"])
    shown = capsys.readouterr().out
    assert not {c for c in shown if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"}
    assert "[dpa] Rat [/] stimmt zu" in shown


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(status=404), "404"),
        (Answer(body=b""), "leer"),
        (Answer(body=b"\x00\x01\x02\xff" * 500), "Feed"),
        (
            Answer(body=b"<html><body><p>Nur eine Seite</p></body></html>", headers={"Content-Type": "text/html"}),
            "Feed",
        ),
        (Answer(body=b"{}", headers={"Content-Type": "application/json"}), "Feed"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_clear_message(
    server: Server, capsys: pytest.CaptureFixture[str], answer: Answer, words: str
) -> None:
    assert main(["add", server.on("/kein-feed", answer)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert "Traceback" not in captured.err
    assert main(["feeds"]) == 0


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "keine adresse", ""])
def test_what_is_no_address_is_wrong_usage(capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert main(["add", address]) == 2
    assert "adresse" in capsys.readouterr().err.lower()


def test_nobody_listening_is_told_as_such(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    base = server.base
    server.close()
    assert main(["add", base + "/feed"]) == 1
    assert "127.0.0.1" in capsys.readouterr().err


@pytest.mark.parametrize("scheme", ["", "http://"])
def test_an_address_without_a_scheme_is_told_that_https_was_tried(
    server: Server, capsys: pytest.CaptureFixture[str], scheme: str
) -> None:
    plain = server.feed("/a", rss(an_item())).removeprefix("http://")
    assert main(["add", scheme + plain]) == (0 if scheme else 1)
    assert (f"lesart add http://{plain}" in capsys.readouterr().err) == (not scheme)
    server.close()
    assert main(["add", f"{scheme}{plain}b"]) == 1
    assert (f"lesart add http://{plain}b" in capsys.readouterr().err) == (not scheme)


def test_a_machine_that_hangs_up_on_https_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang_up() -> None:
            connection, _peer = listening.accept()
            connection.recv(1)
            connection.close()

        port = listening.getsockname()[1]
        answering = threading.Thread(target=hang_up)
        answering.start()
        assert main(["--lang", "en", "add", f"127.0.0.1:{port}/feed"]) == 1
        answering.join()
    told = capsys.readouterr().err
    assert "127.0.0.1 ends the connection without an answer." in told
    assert f"lesart add http://127.0.0.1:{port}/feed" in told


def test_a_refresh_without_any_feed_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["refresh"]) == main(["refresh", "--due"]) == 0
    told = capsys.readouterr().err
    assert told.count("lesart add") == told.count("lesart demo") == 2
    assert main(["refresh", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_broken_xml_and_bad_bytes_give_the_entries_that_can_be_had(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    body = rss(an_item("Größe"), an_item("Kaputt & offen", "b")).replace(b"</channel></rss>", b"<item><title>Ende")
    assert main(["add", server.on("/feed", Answer(body=body.replace("ö".encode(), b"\xf6\xff")))]) == 0
    assert len(rows(capsys)) >= 2


def test_export_writes_a_named_file_and_never_over_another(
    server: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["add", server.feed("/feed", rss(an_item()))])
    (row,) = rows(capsys)
    folder = tmp_path / "aus"
    for _ in range(2):
        assert main(["export", str(row["id"]), "-o", f"{folder}/"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["Bad wird umgebaut (2).md", "Bad wird umgebaut.md"]
    target = tmp_path / "genau.json"
    assert main(["export", str(row["id"]), "--format", "json", "-o", str(target)]) == 0
    assert json.loads(target.read_text("utf-8"))["title"] == "Bad wird umgebaut"
    capsys.readouterr()
    assert main(["export", str(row["id"]), "-o", str(target)]) == 1
    assert "gibt es schon" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(
    server: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["add", server.feed("/feed", rss(an_item()))])
    (row,) = rows(capsys)
    blocker = tmp_path / "datei"
    blocker.write_text("x", "utf-8")
    assert main(["export", str(row["id"]), "-o", f"{blocker}/darunter/"]) == 1
    assert "lässt sich nicht schreiben" in capsys.readouterr().err


def test_force_replaces_a_file_and_a_failure_leaves_the_old_one(
    server: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["add", server.feed("/feed", rss(an_item()))])
    (row,) = rows(capsys)
    target = tmp_path / "da.md"
    target.write_text("alt", "utf-8")
    assert main(["export", str(row["id"]), "-o", str(target), "--force"]) == 0
    assert "Bad wird umgebaut" in target.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["da.md"]
    capsys.readouterr()
    assert main(["export", str(row["id"]), "-o", "/proc/version", "--force"]) == 1
    assert "lässt sich nicht schreiben" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["show", "export"])
def test_an_unknown_number_is_told(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, "4711"]) == 1
    assert "4711" in capsys.readouterr().err


def test_unread_starred_and_search_narrow_the_list(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/feed", rss(an_item(), an_item("Ganz anderes", "b")))])
    assert len(rows(capsys, "--unread")) == 2
    assert rows(capsys, "--starred") == []
    assert [row["title"] for row in rows(capsys, "--search", "anderes")] == ["Ganz anderes"]
    assert rows(capsys, "--search", '"(* OR') == []
    assert main(["list", "--search", "(*"]) == 2
    assert main(["list", "--folder", "Gibt es nicht"]) == 1


def test_remove_ends_a_subscription(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/feed", rss(an_item()))])
    assert main(["remove", "1"]) == 0
    assert rows(capsys) == []
    assert main(["remove", "1"]) == 1


def test_the_demo_edition_leaves_with_the_first_own_feed(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    capsys.readouterr()
    assert len(rows(capsys, "--limit", "99")) > 20
    assert main(["add", server.feed("/feed", rss(an_item()))]) == 0
    assert [row["title"] for row in rows(capsys)] == ["Bad wird umgebaut"]
    assert main(["demo"]) == 0
    assert [row["title"] for row in rows(capsys)] == ["Bad wird umgebaut"]


def test_an_entry_without_a_date_gets_none_invented(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    undated = "<item><title>Ohne Datum</title><guid>x</guid><description>Text ohne Datum.</description></item>"
    main(["add", server.feed("/feed", rss(undated, an_item()))])
    dates = {row["title"]: row["published"] for row in rows(capsys)}
    assert dates["Ohne Datum"] is None
    assert dates["Bad wird umgebaut"] == "2026-11-23T09:00:00+00:00"


def test_what_is_subscribed_already_is_told_and_put_where_it_is_wanted(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    address = server.feed("/feed", rss(an_item()))
    main(["add", address])
    capsys.readouterr()
    assert main(["add", address, "--folder", "Ort", "--title", "Meins"]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == "1"
    assert "schon abonniert" in told.err
    assert main(["feeds"]) == 0
    assert "Ort / Meins" in capsys.readouterr().out


def test_a_title_that_several_feeds_have_names_none_of_them(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("/eins", "/zwei"):
        main(["add", server.feed(path, rss(an_item()))])
    capsys.readouterr()
    assert main(["remove", "Testblatt"]) == 2
    assert "1, 2" in capsys.readouterr().err
    assert main(["remove", "2"]) == 0
    assert main(["remove", "Testblatt"]) == 0


def test_a_feed_that_is_named_twice_is_fetched_once(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/feed", rss(an_item()))])
    capsys.readouterr()
    assert main(["refresh", "1", "Testblatt", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_several_articles_as_json_are_one_document_and_as_lines_one_each(
    server: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["add", server.feed("/feed", rss(an_item("Eins", "a"), an_item("Zwei", "b")))])
    ids = [str(row["id"]) for row in rows(capsys)]
    assert main(["export", *ids, "--format", "json", "-o", "-"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert main(["export", *ids, "777", "--format", "json", "-o", "-"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert main(["export", *ids, "--format", "jsonl", "-o", "-"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {json.loads(line)["title"] for line in lines} == {"Eins", "Zwei"}
    assert main(["export", ids[0], "--format", "json", "-o", "-"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)


def test_stories_are_those_of_several_outlets_unless_all_are_wanted(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ("Fähre Nackenheim nach Kollision gesperrt", "Kollision auf dem Rhein: Fähre in Nackenheim beschädigt")
    when = format_datetime(datetime.now(UTC) - timedelta(hours=2))
    items = [item(n, title=title, date=when) for n, title in enumerate(told, 1)]
    main(["add", server.feed("/a", rss(*items))])
    capsys.readouterr()
    assert main(["stories", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["stories", "--all", "--json"]) == 0
    (story,) = json.loads(capsys.readouterr().out)
    assert len(story["articles"]) == 2


def test_without_feeds_there_is_nothing_to_check_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feeds", "check"]) == 0
    assert "Noch keine Feeds" in capsys.readouterr().err
    assert main(["feeds", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
