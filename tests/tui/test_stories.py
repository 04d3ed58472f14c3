"""The same story told by several outlets: one row, unfolded, told apart, and from one telling to another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

import pytest

from reader.config import Config
from reader.errors import StoreError
from reader.library import Library
from reader.library.stories import StoryBook
from reader.model.query import ArticleQuery, View
from reader.model.story import ToldApart
from reader.paths import resolve
from reader.tui.state import Pane
from tests.tui.builders import NOW
from tests.tui.driving import reading

_TELLINGS = {
    "Beispielblatt": (
        "Stadtrat von Musterhafen stoppt Umbau der Nordbrücke",
        "Der Stadtrat von Musterhafen hat den Umbau der Nordbrücke gestoppt. „Das Geld fehlt uns“, sagte Kämmerin Ute"
        " Sommer am Freitag. Der Umbau der Nordbrücke sollte nach ihren Angaben acht Millionen Euro kosten. Nach Angaben"
        " der Reederei Seefahrt AG fahren die Schiffe vorerst weiter. Die Brücke bleibt bis zum Sommer gesperrt.",
    ),
    "Funkblatt": (
        "Umbau der Nordbrücke: Stadtrat von Musterhafen zieht die Bremse",
        "Der Umbau der Nordbrücke in Musterhafen ist vom Stadtrat gestoppt worden. „Das Geld fehlt uns“, sagte Kämmerin"
        " Ute Sommer. Die Gewerkschaft Bau kritisierte den Beschluss. „Das kostet hundert Stellen“, sagte ihr Sprecher"
        " Jan Winter. Der Stadtrat von Musterhafen will im Herbst neu über die Nordbrücke beraten.",
    ),
}
_OTHER = ("Museum zeigt alte Landkarten", "Das Museum zeigt ab Sonntag hundert alte Landkarten aus drei Jahrhunderten.")


def told_twice(_now: datetime) -> list[tuple[str, str, str, bytes]]:
    feeds = []
    for number, (outlet, telling) in enumerate(_TELLINGS.items()):
        entries = [telling, _OTHER] if number == 0 else [telling]
        items = "".join(
            f"<item><title>{escape(title)}</title><guid>{outlet}{title}</guid>"
            f"<link>https://example.org/{number}/{place}</link>"
            f"<pubDate>Sat, 14 Mar 2026 0{8 + number - place}:00:00 +0000</pubDate>"
            f"<description>{escape(text)}</description></item>"
            for place, (title, text) in enumerate(entries)
        )
        feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{outlet}</title>{items}</channel></rss>"
        feeds.append((f"lesart:told/{number}", "Ordner", outlet, feed.encode()))
    return feeds


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr("reader.library.demo.editions", told_twice)
    library = Library.open(resolve(str(tmp_path)), Config(), clock=lambda: NOW, inline=True)
    library.load_demo()
    asyncio.run(library._refresher().backlog.settle())
    yield library
    library.close()


def of_both(library: Library) -> tuple[int, int]:
    """The newer telling and the older one."""
    newer, older, *_rest = library.ids(ArticleQuery(view=View.ALL))
    return newer, older


async def test_a_story_stands_in_one_row_that_names_the_others(told: Library) -> None:
    newer, older = of_both(told)
    async with reading(told) as reader:
        assert newer in reader.screen.stories.ids
        assert older not in reader.screen.stories.ids
        drawn = " ".join(reader.screen.stories.line_at(n).text for n in range(3))
        assert "▸+1" in drawn


async def test_the_row_unfolds_and_folds_again(told: Library) -> None:
    newer, older = of_both(told)
    async with reading(told) as reader:
        await reader.press("z")
        await reader.until(lambda: list(reader.screen.stories.ids)[:2] == [newer, older], "the other telling")
        await reader.press("j")
        await reader.shown(older)
        await reader.press("z")
        await reader.until(lambda: older not in reader.screen.stories.ids)
        assert reader.screen.stories.current == newer


async def test_the_sidebar_names_the_other_outlets_and_leads_there(told: Library) -> None:
    _newer, older = of_both(told)
    async with reading(told, size=(160, 50)) as reader:
        summary = reader.screen.summary

        def told_here() -> str:
            return " ".join(" ".join(entry.text.split()) for entry in summary.lines)

        await reader.until(lambda: "Auch bei" in told_here(), "the story")
        assert "Beispielblatt" in told_here()
        assert "Nur hier" in told_here()
        assert "Jan Winter" in told_here().split("Nur hier")[1]
        reader.screen.choose(f"y{older}")
        await reader.shown(older)
        assert reader.screen.state.pane is Pane.ARTICLE


async def test_every_article_stands_for_itself_when_wished(told: Library) -> None:
    newer, older = of_both(told)
    async with reading(told) as reader:
        await reader.press("T")
        await reader.until(lambda: {newer, older} <= set(reader.screen.stories.ids))
        assert reader.screen.stories.current == newer
        await reader.press("T")
        await reader.until(lambda: older not in reader.screen.stories.ids)


async def test_a_row_that_stands_for_itself_shows_no_fold(told: Library) -> None:
    newer, older = of_both(told)
    async with reading(told) as reader:

        def drawn() -> str:
            return " ".join(reader.screen.stories.line_at(n).text for n in range(3))

        await reader.press("z")
        await reader.until(lambda: "▾+1" in drawn(), "the open story")
        await reader.press("T")
        await reader.until(lambda: "▾" not in drawn(), "the rows")
        assert {newer, older} <= set(reader.screen.stories.ids)
        assert "▸" not in drawn()
        before = reader.screen.state.message
        await reader.press("z")
        await reader.until(lambda: reader.screen.state.message not in ("", before), "why nothing unfolds")
        assert "▾" not in drawn()
        await reader.press("T")
        await reader.until(lambda: "▸+1" in drawn(), "the folded story")


async def test_what_is_not_the_same_story_is_told_apart_and_put_back(told: Library) -> None:
    newer, older = of_both(told)
    async with reading(told) as reader:
        await reader.press("X")
        await reader.until(lambda: {newer, older} <= set(reader.screen.stories.ids), "two rows")
        assert told.stories.view(newer) is None
        await reader.press("u")
        await reader.until(lambda: older not in reader.screen.stories.ids, "one row")
        assert told.stories.view(newer) is not None


async def test_what_a_locked_store_did_not_put_back_can_be_put_back_later(
    told: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, older = of_both(told)
    undo = StoryBook.undo
    tries: list[ToldApart] = []

    def locked_once(self: StoryBook, done: ToldApart) -> None:
        tries.append(done)
        if len(tries) == 1:
            raise StoreError("locked")
        undo(self, done)

    monkeypatch.setattr(StoryBook, "undo", locked_once)
    async with reading(told) as reader:
        await reader.press("X")
        await reader.until(lambda: {newer, older} <= set(reader.screen.stories.ids), "two rows")
        await reader.press("u")
        await reader.until(lambda: len(tries) == 1 and not reader.screen.writing, "the failure")
        await reader.press("u")
        await reader.until(lambda: older not in reader.screen.stories.ids, "one row")
        assert told.stories.view(newer) is not None


async def test_a_read_article_stays_where_it_is_told_apart_and_put_back(told: Library) -> None:
    newer, older = of_both(told)
    async with reading(told) as reader:
        reader.screen.show_view(View.UNREAD)
        await reader.press("z")
        await reader.until(lambda: list(reader.screen.stories.ids)[:2] == [newer, older], "the other telling")
        for key, article_id in (("j", older), ("k", newer), ("j", older)):
            await reader.press(key)
            await reader.shown(article_id)
        await reader.until(lambda: not {newer, older} & set(told.ids(ArticleQuery(view=View.UNREAD))), "both read")
        await reader.press("X")
        await reader.until(lambda: reader.screen.stories.parent_of_current is None, "a row of its own")
        assert reader.screen.stories.current == reader.screen.state.selected == older
        await reader.press("u")
        await reader.until(lambda: told.stories.view(older) is not None, "the story")
        assert reader.screen.state.selected == older


async def test_a_story_that_nobody_else_tells_is_not_unfolded(told: Library) -> None:
    async with reading(told) as reader:
        await reader.press("G")
        await reader.press("z")
        await reader.until(lambda: "Kein anderer" in reader.screen.state.message)
        before = reader.screen.state.message
        await reader.press("X")
        await reader.until(lambda: reader.screen.state.message not in ("", before), "the refusal")
        assert _OTHER[0] in reader.screen.state.message
        assert all(marking.kind == "read" for marking in reader.screen.state.undo)


async def test_what_is_still_waiting_to_be_told_apart_can_be_taken_back(told: Library) -> None:
    newer, older = of_both(told)
    async with reading(told) as reader:
        go_on = asyncio.Event()

        async def busy() -> None:
            await go_on.wait()

        reader.screen.enqueue(busy)
        await reader.press("X", "u")
        go_on.set()
        await reader.until(lambda: not reader.screen.writing, "the writes")
        assert told.stories.view(newer) is not None
        assert older not in reader.screen.stories.ids
