"""Full texts by command line: what is fetched, and what is said of what is not."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest

from reader.cli import main
from reader.paths import resolve
from tests.library.test_full_text import LONG
from tests.library.test_pages import entry, paywall
from tests.loopback import Server, loopback, rss


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


def setting(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["feeds", "--json"]) == 0
    (feed,) = json.loads(capsys.readouterr().out)
    return str(feed["settings"]["full_text"])


def configured(text: str) -> None:
    place = resolve(os.environ["LESART_HOME"]).config_file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("wish", ["automatic", "always", "never"])
def test_add_sets_whether_pages_are_fetched(server: Server, capsys: pytest.CaptureFixture[str], wish: str) -> None:
    address = server.feed("/feed", rss(entry(server.on("/seite", LONG))))
    assert main(["add", address, "--full-text", wish]) == 0
    assert setting(capsys) == wish
    assert main(["refresh", "--force"]) == 0
    assert len(server.asked("/seite")) == (wish != "never")


def test_refresh_says_how_many_full_texts_came(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/feed", rss(entry(server.on("/seite", LONG))))])
    capsys.readouterr()
    assert main(["refresh", "--force"]) == 0
    assert "1 Volltext" in capsys.readouterr().err
    assert main(["refresh", "--force"]) == 0
    assert "full text" not in capsys.readouterr().err


def test_refresh_without_pages_asks_for_none(server: Server) -> None:
    main(["add", server.feed("/feed", rss(entry(server.on("/seite", LONG))))])
    assert main(["refresh", "--force", "--no-pages"]) == 0
    assert server.asked("/seite") == []
    assert main(["refresh", "--force"]) == 0
    assert len(server.asked("/seite")) == 1


def test_the_file_of_settings_says_what_new_feeds_get(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    configured('[fetch]\nfull_text = "never"\n')
    main(["add", server.feed("/feed", rss(entry(server.on("/seite", LONG))))])
    assert setting(capsys) == "never"
    main(["refresh", "--force"])
    assert server.asked("/seite") == []


def test_a_wrong_setting_in_the_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    configured('[fetch]\nfull_text = "manchmal"\n')
    assert main(["feeds"]) != 0
    assert "full_text" in capsys.readouterr().err


def test_show_names_a_paywall_and_offers_no_full_text(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/feed", rss(entry(server.on("/seite", paywall()))))])
    main(["refresh", "--force"])
    capsys.readouterr()
    main(["list", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert main(["show", str(row["id"])]) == 0
    shown = capsys.readouterr().out
    assert "Bezahlschranke" in shown
    assert "Volltext" not in shown
    assert "entschieden" in shown
