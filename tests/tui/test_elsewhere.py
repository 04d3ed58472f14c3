"""A second program writes to the same store: what it has done is seen without a key, and nothing moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual import events

from reader.config import Config, FetchConfig
from reader.library import Library
from reader.model.query import ArticleQuery
from reader.tui.render.tree import TreeRow
from tests.loopback import Server, item, rss
from tests.tui.builders import NOW
from tests.tui.driving import Reader, reading
from tests.tui.test_guards import counted

CONFIG = Config(fetch=FetchConfig(automatic=False))
TEXT = "Der Minister sagte am Montag, das Gesetz komme noch in diesem Jahr. Die Opposition lehnt es ab."


@pytest.fixture
def other(library: Library) -> Iterator[Library]:
    """The same store, opened by somebody else."""
    opened = Library.open(library.paths, Config(), clock=lambda: NOW, inline=True)
    yield opened
    opened.close()


def counts(reader: Reader) -> tuple[TreeRow, ...]:
    return reader.screen.feed_tree.rows


async def test_marks_made_elsewhere_are_seen_and_the_cursor_stays(library: Library, other: Library) -> None:
    async with reading(library) as reader:
        screen = reader.screen
        await reader.press("j", "j")
        await reader.shown(screen.stories.ids[2])
        await reader.until(lambda: not screen.writing, "the marks of one's own")
        before, ids, top = counts(reader), list(screen.stories.ids), screen.stories.top
        changed = ids[3]
        other.mark_read([changed])
        other.star([changed])
        screen.look()
        assert counts(reader) != before
        row = screen.stories.row(3)
        assert row is not None
        assert (row.id, row.read, row.starred) == (changed, True, True)
        await reader.until(lambda: changed not in screen.unread, "the unread ones, read again")
        assert (list(screen.stories.ids), screen.stories.cursor, screen.stories.top) == (ids, 2, top)
        assert screen.state.selected == ids[2]


async def test_a_look_at_a_store_that_nobody_has_written_to_reads_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as reader:
        reader.screen.look()
        calls = counted(library, monkeypatch)
        for _ in range(5):
            reader.screen.look()
        assert sum(calls.values()) == 0


async def test_marks_of_ones_own_do_not_load_the_list_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(library) as reader:
        await reader.press("m")
        await reader.until(lambda: not reader.screen.writing, "the mark")
        calls = counted(library, monkeypatch)
        reader.screen.look()
        await reader.pilot.pause()
        assert calls["ids"] == 0


@pytest.mark.parametrize("way", ["focus", "timer"])
async def test_the_store_is_looked_at_when_the_reader_comes_back_and_every_few_seconds(
    library: Library, other: Library, way: str
) -> None:
    async with reading(library) as reader:
        before = counts(reader)
        other.mark_read(list(other.ids(ArticleQuery())))
        if way == "timer":
            reader.screen.looking.resume()
        else:
            reader.app.post_message(events.AppBlur())
            reader.app.post_message(events.AppFocus())
        await reader.until(lambda: counts(reader) != before, "other counts")


async def test_a_story_that_came_elsewhere_is_listed_above(empty_library: Library, server: Server) -> None:
    address = server.feed("/a", rss(item(1, text=TEXT), item(2, text=TEXT)))
    feed, _result = await empty_library.subscribe(address)
    other = Library.open(empty_library.paths, CONFIG, inline=True)
    try:
        async with reading(empty_library, config=CONFIG) as reader:
            screen = reader.screen
            ids, current = list(screen.stories.ids), screen.stories.current
            server.feed("/a", rss(item(3, text=TEXT), item(1, text=TEXT), item(2, text=TEXT)))
            await other.refresh([feed.id], force=True)
            screen.look()
            await reader.until(lambda: list(screen.stories.ids)[1:] == ids, "the new story above")
            assert screen.stories.current == current
    finally:
        other.close()


async def test_stories_of_a_feed_that_was_removed_elsewhere_are_not_listed(library: Library, other: Library) -> None:
    async with reading(library) as reader:
        screen = reader.screen
        current = screen.state.selected
        assert current is not None
        gone = next(feed for feed in library.feeds() if feed.id != library.article(current).feed_id)
        other.unsubscribe(gone.id)
        screen.look()
        left = set(other.ids(ArticleQuery()))
        await reader.until(lambda: set(screen.stories.ids) <= left, "the stories that are left")
        assert screen.stories.current == current
        assert gone.id not in {row.feed_id for row in counts(reader)}
