"""catalogue, names instead of addresses, and asking feeds without storing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from reader.cli import main
from reader.feeds import catalog
from reader.library.refresh import TRUSTED_MACHINES
from tests.loopback import Answer, Server, item, loopback, rss


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


@pytest.fixture
def local_catalogue(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Two entries of the real catalogue, with their addresses on the test's server."""
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    named = {"tagesschau": "/tagesschau", "ORF": "/orf"}
    local = tuple(
        catalog.CatalogEntry(
            name=entry.name,
            country=entry.country,
            section=entry.section,
            address=server.base + named[entry.name],
            text=entry.text,
            access=entry.access,
            aliases=entry.aliases,
        )
        for entry in catalog.entries()
        if entry.name in named
    )
    with monkeypatch.context() as changed:
        changed.setattr(catalog, "entries", lambda: local)
        catalog._by_name.cache_clear()
        yield server
    catalog._by_name.cache_clear()


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    return found


def test_the_catalogue_lists_by_country_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "--country", "AT", "--search", "standard"]) == 0
    captured = capsys.readouterr()
    assert captured.out.split() == ["AT", "Der", "Standard", "Nachrichten,", "Anrisse"]
    assert main(["catalogue", "--search", "gibtesnicht"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Nichts im Katalog" in captured.err


def test_the_catalogue_as_json_has_all_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "--json"]) == 0
    rows = printed(capsys)
    assert len(rows) == len(catalog.entries())
    assert {tuple(row) for row in rows} == {("name", "country", "section", "address", "text", "access", "aliases")}


def test_a_name_subscribes_with_the_catalogue_s_title(
    local_catalogue: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    local_catalogue.feed("/tagesschau", rss(item(1), title="Ein langer Titel des Feeds"))
    assert main(["add", "Tagesschau"]) == 0
    capsys.readouterr()
    main(["feeds", "--json"])
    (feed,) = printed(capsys)
    assert (feed["title"], feed["address"], feed["total"]) == ("tagesschau", local_catalogue.base + "/tagesschau", 1)


def test_a_name_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "tagesschauer"]) == 2
    assert "noch ein Name aus dem Katalog" in capsys.readouterr().err


def test_the_catalogue_is_checked_without_storing(local_catalogue: Server, capsys: pytest.CaptureFixture[str]) -> None:
    local_catalogue.feed("/tagesschau", rss(item(1, date="Mon, 23 Nov 2026 10:00:00 GMT"), item(2)))
    local_catalogue.on("/orf", Answer(status=404))
    assert main(["catalogue", "--check", "--json"]) == 1
    good, bad = printed(capsys)
    assert (good["entries"], good["newest"], good["error"]) == (2, "2026-11-23T10:00:00+00:00", None)
    assert "404" in str(bad["error"])
    main(["feeds", "--json"])
    assert printed(capsys) == []


def test_subscriptions_are_checked_without_storing(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    main(["add", server.feed("/b", rss(item(1, guid="b"), title="Anderes"))])
    server.feed("/a", rss(item(1), item(2), item(3)))
    server.redirect("/b", server.feed("/c", rss(item(1))), status=301)
    capsys.readouterr()
    assert main(["feeds", "--check"]) == 0
    lines = sorted(capsys.readouterr().out.splitlines())
    assert "Anderes" in lines[0]
    assert f"umgezogen nach {server.base}/c" in lines[0]
    assert "3 Einträge" in lines[1]
    main(["list", "--json", "--feed", "1"])
    assert len(printed(capsys)) == 1
    server.on("/a", Answer(status=500))
    assert main(["feeds", "--check"]) == 1
    capsys.readouterr()
    main(["feeds", "--json"])
    assert [feed["error"] for feed in printed(capsys)] == [None, None]
