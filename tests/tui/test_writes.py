"""Marks stand on the screen at once; their writes follow in the order of the keys and hold nothing up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reader.i18n import _
from reader.library import Library
from reader.model.query import ArticleQuery, View
from reader.tui import state as reducers
from reader.tui.pending import Pending
from reader.tui.state import Marking, ViewState
from tests.tui.builders import a_row
from tests.tui.driving import Reader, reading


@contextmanager
def locked(library: Library) -> Iterator[sqlite3.Connection]:
    """Another program holds the write lock until the block ends."""
    other = sqlite3.connect(library.paths.database, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield other
    finally:
        other.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer gives up soon."""
    monkeypatch.setattr("reader.store.connection.BUSY_SECONDS", 0.05)


async def written(reader: Reader) -> None:
    await reader.until(lambda: not reader.screen.writing, "the end of all writes")


def is_read(reader: Reader, index: int) -> bool:
    row = reader.screen.stories.row(index)
    assert row is not None
    return row.read


async def test_keys_work_on_while_the_store_is_locked(library: Library) -> None:
    async with reading(library) as reader:
        ids = list(reader.screen.stories.ids)
        with locked(library):
            await reader.press("j", "j", "j")
            await reader.shown(ids[3])
            assert reader.screen.writing
            assert not library.article(ids[3]).read
            assert [is_read(reader, n) for n in range(4)] == [False, True, True, True]
            assert reader.screen.unread.isdisjoint(ids[1:4])
        await written(reader)
        assert [library.article(i).read for i in ids[:4]] == [False, True, True, True]


async def test_counts_follow_the_write(library: Library) -> None:
    async with reading(library) as reader:
        before = reader.screen.feed_tree.rows[1].count
        with locked(library):
            await reader.press("j")
            assert reader.screen.feed_tree.rows[1].count == before
        await written(reader)
        assert reader.screen.feed_tree.rows[1].count == before - 1


@pytest.mark.parametrize(
    ("keys", "read", "starred"),
    [
        ("su", False, False),
        ("ss", False, False),
        ("sss", False, True),
        ("mu", False, False),
        ("mmm", True, False),
        ("msuu", False, False),
        ("msu", True, False),
    ],
)
async def test_quick_keys_are_written_in_their_order(library: Library, keys: str, read: bool, starred: bool) -> None:
    async with reading(library) as reader:
        first = reader.screen.stories.ids[0]
        with locked(library):
            await reader.press(*keys)
            row = reader.screen.stories.row(0)
            assert row is not None
            assert (row.read, row.starred) == (read, starred)
        await written(reader)
        article = library.article(first)
        assert (article.read, article.starred) == (read, starred)


async def test_everything_read_is_taken_back_before_it_is_written(library: Library) -> None:
    before = set(library.ids(ArticleQuery(view=View.UNREAD)))
    async with reading(library) as reader:
        with locked(library):
            await reader.press("A")
            assert reader.screen.unread == set()
            await reader.press("u")
            assert reader.screen.unread == before
        await written(reader)
        assert set(library.ids(ArticleQuery(view=View.UNREAD))) == before
        assert reader.screen.unread == before
        assert reader.screen.state.undo == ()


async def test_everything_of_a_view_that_is_not_listed_yet_is_read_and_taken_back(library: Library) -> None:
    before = set(library.ids(ArticleQuery(view=View.UNREAD)))
    feed = next(feed for feed in library.feeds() if feed.unread)
    async with reading(library) as reader:
        with locked(library):
            reader.screen.show_feed(feed)
            reader.screen.action_mark_all_read()
        await written(reader)
        expected = before - set(library.ids(ArticleQuery(view=View.FEED, feed_id=feed.id)))
        assert set(library.ids(ArticleQuery(view=View.UNREAD))) == expected
        await reader.until(lambda: reader.screen.unread == expected)
        await reader.press("u")
        await written(reader)
        assert set(library.ids(ArticleQuery(view=View.UNREAD))) == before


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("key", ["m", "A", "j"])
async def test_a_write_that_fails_is_taken_from_the_screen(library: Library, key: str) -> None:
    async with reading(library) as reader:
        before = set(reader.screen.unread)
        with locked(library):
            await reader.press(key)
            await written(reader)
        assert reader.screen.unread == before
        assert not any(is_read(reader, n) for n in range(3))
        assert reader.screen.state.undo == ()


@pytest.mark.usefixtures("impatient")
async def test_an_undo_that_fails_can_be_done_again(library: Library) -> None:
    async with reading(library) as reader:
        first = reader.screen.stories.ids[0]
        await reader.press("s")
        await written(reader)
        with locked(library):
            await reader.press("u")
            await written(reader)
        row = reader.screen.stories.row(0)
        assert row is not None
        assert row.starred
        await reader.press("u")
        await written(reader)
        assert not library.article(first).starred


async def test_a_list_that_is_read_meanwhile_keeps_the_marks(library: Library) -> None:
    async with reading(library) as reader:
        first = reader.screen.stories.ids[0]
        with locked(library):
            await reader.press("m")
            reader.screen.listed = None
            reader.screen.load_ids()
            await reader.until(lambda: reader.screen.listed is not None)
            assert first not in reader.screen.unread
            assert is_read(reader, 0)
        await written(reader)


async def test_quitting_waits_for_the_writes(library: Library) -> None:
    async with reading(library) as reader:
        first = reader.screen.stories.ids[0]
        with locked(library):
            await reader.press("s", "q")
            told = _("Saving … {key} again ends without it.").format(key="q")
            await reader.until(lambda: reader.screen.state.message == told)
            assert reader.app.is_running
        await reader.until(lambda: reader.app.return_code == 0 and not reader.app.is_running)
    assert library.article(first).starred


async def test_quitting_twice_does_not_wait_for_a_locked_store(library: Library) -> None:
    async with reading(library) as reader:
        with locked(library):
            await reader.press("j", "j", "q", "q")
            await reader.until(lambda: reader.app.return_code == 0 and not reader.app.is_running)


@pytest.mark.usefixtures("impatient")
async def test_quitting_stays_when_a_write_fails(library: Library) -> None:
    async with reading(library) as reader:
        with locked(library):
            reader.screen.action_toggle_star()
            await reader.app.action_quit()
            await written(reader)
        assert reader.app.is_running
        assert "schreibt schon zu lange" in reader.screen.state.message
        await reader.press("ctrl+q")
        await reader.until(lambda: reader.app.return_code == 0 and not reader.app.is_running)


def test_what_is_on_its_way_counts_before_the_store() -> None:
    pending, first, second = Pending(), Marking("read", (1, 2), True), Marking("read", (2,), False)
    pending.add(first)
    pending.add(second)
    assert [row.read for row in pending.rows([a_row(id=1), a_row(id=2), a_row(id=3)])] == [True, False, False]
    assert pending.unread({1, 3}) == {2, 3}
    assert pending.settle(first) == (1,)
    assert pending.unread({1, 3}) == {1, 2, 3}
    assert pending.free("read", (1, 2)) == (1,)
    assert pending.settle(second) == (2,)


def test_a_marking_that_turned_out_to_change_nothing_cannot_be_taken_back() -> None:
    marking, other = Marking("read", (), True, 7), Marking("star", (1,), True, 8)
    state = reducers.marked(reducers.marked(ViewState(), marking, "", sure=False), other, "")
    assert reducers.settled(state, 7, ()).undo == (other,)
    assert reducers.settled(state, 7, (3,)).undo == (Marking("read", (3,), True, 7), other)
    assert reducers.settled(state, 9, ()) is state
