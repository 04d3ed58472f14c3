"""What goes wrong beside the reader: the store is locked, a feed or an article has gone. It is told, nothing ends."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from inspect import iscoroutinefunction

import pytest

from reader.errors import FetchError, StoreError
from reader.library import Library, RefreshReport
from reader.model.query import ArticleQuery, View
from reader.tui.screens.main import MainScreen
from reader.tui.screens.pick import PickScreen
from tests.tui.driving import Reader, reading

LOCKED = "schreibt schon zu lange"


@contextmanager
def locked(library: Library) -> Iterator[None]:
    """Another program holds the write lock."""
    with closing(sqlite3.connect(library.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer gives up soon."""
    monkeypatch.setattr("reader.store.connection.BUSY_SECONDS", 0.05)


def remove_everything(library: Library) -> None:
    for feed in library.feeds():
        library.unsubscribe(feed.id)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("keys", ["s", "m", "j", "A"])
async def test_a_locked_store_is_told(library: Library, keys: str) -> None:
    async with reading(library) as reader:
        with locked(library):
            await reader.press(keys)
            await reader.until(lambda: LOCKED in reader.screen.state.message)
        assert reader.app.is_running


@pytest.mark.usefixtures("impatient")
async def test_a_lock_while_a_feed_is_removed_is_told(library: Library) -> None:
    feed = library.feeds()[0]
    async with reading(library) as reader:
        reader.screen.show_feed(feed)
        await reader.until(lambda: reader.screen.state.query.feed_id == feed.id)
        with locked(library):
            await reader.press("D", "down", "enter")
            await reader.until(lambda: LOCKED in reader.screen.state.message)
        assert feed.id in {known.id for known in library.feeds()}


@pytest.mark.parametrize("key", ["s", "m", "j", "A", "f", "e", "n", "G"])
async def test_feeds_that_have_gone_do_not_end_the_program(library: Library, key: str) -> None:
    async with reading(library) as reader:
        remove_everything(library)
        await reader.press(key, "j", "k", "u")
        await reader.pilot.pause()
        assert reader.app.is_running


async def test_a_star_for_an_article_that_has_gone_is_told(library: Library) -> None:
    async with reading(library) as reader:
        remove_everything(library)
        await reader.press("s")
        gone = str(reader.screen.state.selected)
        await reader.until(lambda: gone in reader.screen.state.message)


async def test_removing_a_feed_that_has_gone_is_told(library: Library) -> None:
    feed = library.feeds()[0]
    async with reading(library) as reader:
        reader.screen.show_feed(feed)
        await reader.until(lambda: reader.screen.state.query.feed_id == feed.id)
        await reader.press("D")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        library.unsubscribe(feed.id)
        await reader.press("down", "enter")
        await reader.until(lambda: str(feed.id) in reader.screen.state.message)
        await reader.press("D")
        await reader.pilot.pause()
        assert reader.app.is_running


def broken(reader: Reader, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every read fails."""

    def fail(*_args: object, **_kwargs: object) -> object:
        raise StoreError("The database {file} gave an error.", file="x")

    for name in ("feeds", "feed", "counts", "ids", "rows", "article", "reading"):
        monkeypatch.setattr(library, name, fail)
    reader.screen.tell("")


@pytest.mark.parametrize("keys", [("j",), ("G",), ("r",), ("s",), ("slash", "x"), ("shift+tab", "j")])
async def test_a_store_that_cannot_be_read_does_not_end_the_program(
    library: Library, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async with reading(library) as reader:
        broken(reader, library, monkeypatch)
        await reader.press(*keys)
        reader.screen.stories.forget_all()
        await reader.until(lambda: "Fehler" in reader.screen.state.message)
        assert reader.app.is_running


def test_every_handler_of_the_screen_is_guarded() -> None:
    handlers = {
        name: getattr(MainScreen, name)
        for kind in MainScreen.__mro__
        if kind.__module__.startswith("reader.")
        for name, value in vars(kind).items()
        if callable(value) and (hasattr(value, "_textual_on") or name.startswith("on_"))
    }
    assert len(handlers) >= 10
    bare = [n for n, h in handlers.items() if not hasattr(h, "__wrapped__") and not iscoroutinefunction(h)]
    assert bare == []


async def test_a_failed_load_does_not_let_a_second_refresh_begin(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []
    go_on = asyncio.Event()

    async def refresh(feed_ids: object = None, **_: object) -> RefreshReport:
        begun.append(feed_ids)
        await go_on.wait()
        raise FetchError("x")

    def fail(_query: ArticleQuery) -> object:
        raise StoreError("The database {file} gave an error.", file="x")

    monkeypatch.setattr(library, "refresh_in_background", refresh)
    async with reading(library) as reader:
        await reader.press("R")
        await reader.until(lambda: len(begun) == 1)
        monkeypatch.setattr(library, "ids", fail)
        reader.screen.load_ids()
        await reader.until(lambda: "Fehler" in reader.screen.state.message)
        assert reader.screen.state.refreshing
        await reader.press("R")
        assert len(begun) == 1
        go_on.set()
        await reader.until(lambda: not reader.screen.state.refreshing)


async def test_today_moves_on_at_midnight(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(library) as reader:
        reader.screen.show_view(View.TODAY)
        today = library.ids(ArticleQuery(view=View.TODAY, together=True))
        await reader.until(lambda: len(today) > 0 and reader.screen.stories.ids == today)
        clock = library.clock
        monkeypatch.setattr(library, "clock", lambda: clock() + timedelta(days=1))
        reader.screen.load_ids()
        await reader.until(lambda: len(reader.screen.stories.ids) == 0)
