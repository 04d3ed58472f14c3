"""The one API behind both shells."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.config import Config
from reader.errors import AnalysisError, NotFoundError, StoreError
from reader.library import Library, worker
from reader.library.analyst import ChildWorker, InlineWorker, Interrupted
from reader.library.frames import Header
from reader.model.query import ArticleQuery, View
from reader.paths import Paths
from reader.store import Connection, articles
from reader.store.codec import pack_analysis
from tests.loopback import Answer, Server, item, rss


async def test_feeds_are_sorted_as_a_german_reader_sorts(server: Server, library: Library) -> None:
    for number, (folder, title) in enumerate(
        [("Ä", "Zett"), ("B", "über"), ("B", "Tag"), ("B", "Unter"), ("", "Zuletzt"), ("a", "x")]
    ):
        await library.subscribe(server.feed(f"/{number}", rss(item(number))), title=title, folder=folder)
    assert [(f.folder, f.title) for f in library.feeds()] == [
        ("", "Zuletzt"), ("a", "x"), ("Ä", "Zett"), ("B", "Tag"), ("B", "über"), ("B", "Unter"),
    ]  # fmt: skip


async def test_marks_are_seen_at_once_and_told_for_undo(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(*(item(n) for n in range(5)))))
    ids = library.ids(ArticleQuery()).tolist()
    library.reading(ids[0])
    assert library.mark_read(ids[:2]) == tuple(ids[:2])
    assert library.reading(ids[0]).article.read
    assert library.feed(feed.id).unread == 3
    assert library.star([ids[1]]) == (ids[1],)
    assert library.counts().starred == 1
    assert library.mark_query_read(ArticleQuery(view=View.FEED, feed_id=feed.id)) == tuple(ids[2:])
    assert library.counts().unread == 0
    assert library.mark_read(ids, read=False) == tuple(ids)


async def test_a_search_is_marked_read_as_a_whole(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1, title="Apfel"), item(2, title="Birne"))))
    changed = library.mark_query_read(ArticleQuery(search="apfel"))
    assert [row.title for row in library.rows(changed)] == ["Apfel"]


async def test_a_long_list_is_marked_read_in_steps_between_which_others_write(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.library.MARKED_AT_ONCE", 2)
    await library.subscribe(server.feed("/a", rss(*(item(n) for n in range(7)))))
    ids = library.ids(ArticleQuery()).tolist()
    steps: list[int] = []
    write = articles.set_read

    def noted(connection: Connection, part: Sequence[int], read: bool) -> tuple[int, ...]:
        steps.append(len(part))
        return write(connection, part, read)

    monkeypatch.setattr(articles, "set_read", noted)
    assert library.mark_query_read(ArticleQuery()) == tuple(ids)
    assert steps == [2, 2, 2, 1]
    assert library.counts().unread == 0


async def test_today_begins_at_local_midnight(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(clock=lambda: datetime(2026, 3, 29, 12, 0, tzinfo=UTC))
    start = library.today_start()
    assert start.tzinfo is not None
    assert (start.hour, start.minute) == (0, 0)
    yesterday, today = "Thu, 26 Mar 2026 12:00:00 GMT", "Sun, 29 Mar 2026 11:59:00 GMT"
    await library.subscribe(server.feed("/a", rss(item(1, date=yesterday), item(2, date=today))))
    assert library.counts().today == 1
    assert [row.title for row in library.window(ArticleQuery(view=View.TODAY)).rows] == ["Meldung 2"]


async def test_two_libraries_on_one_home_keep_both_their_marks(
    server: Server, open_library: Callable[..., Library]
) -> None:
    first, second = open_library(), open_library()
    await first.subscribe(server.feed("/a", rss(*(item(n) for n in range(40)))))
    ids = second.ids(ArticleQuery()).tolist()
    threads = [
        threading.Thread(target=lambda: [first.mark_read([i]) for i in ids[::2]]),
        threading.Thread(target=lambda: [second.star([i]) for i in ids]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.counts() == second.counts()
    assert (first.counts().unread, first.counts().starred) == (20, 40)


async def test_marks_made_while_another_refreshes_are_kept(
    server: Server, open_library: Callable[..., Library]
) -> None:
    first, second = open_library(), open_library()
    await first.subscribe(server.feed("/a", rss(*(item(n) for n in range(30)))))
    ids = second.ids(ArticleQuery()).tolist()
    server.feed("/a", rss(*(item(n, text=f"Neu {n}.") for n in range(60))))
    marking = threading.Thread(target=lambda: [second.mark_read([i]) for i in ids])
    marking.start()
    await first.refresh()
    marking.join()
    assert (first.counts().total, first.counts().unread) == (60, 30)


async def test_an_analysis_is_made_on_demand_and_kept(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(inline=False)
    await library.subscribe(server.feed("/a", rss(item(1))))
    (article_id,) = library.ids(ArticleQuery())
    library._store.write(lambda c: c.execute("DELETE FROM analyses"))
    library._readings.forget(article_id)
    assert library.reading(article_id).analysis is None
    reading = await library.analysed(article_id)
    assert reading.analysis is not None
    assert library.reading(article_id).analysis == reading.analysis
    library.close()
    again = open_library()
    assert again.reading(article_id) == reading


async def test_an_analysis_of_an_older_version_is_made_anew_before_any_other(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    (article_id,) = library.ids(ArticleQuery())
    current = library.reading(article_id).analysis
    assert current is not None
    stale = pack_analysis(replace(current, version=0, key_points=()))
    library._store.write(lambda c: c.execute("UPDATE analyses SET version = 0, body = ?", (stale,)))
    library._readings.forget(article_id)
    assert (await library.analysed(article_id)).analysis == current


async def test_a_text_that_the_child_cannot_analyse_is_not_tried_again(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    (article_id,) = library.ids(ArticleQuery())
    library._store.write(lambda c: c.execute("DELETE FROM analyses"))
    library._readings.forget(article_id)
    sound, tries, errors = worker._JOBS["analyse"], [], []

    def broken(header: Header, body: bytes) -> tuple[Header, bytes]:
        if header["sizes"]:
            tries.append(header)
            raise ValueError(body)
        return sound(header, body)

    monkeypatch.setitem(worker._JOBS, "analyse", broken)
    for _ in range(2):
        with pytest.raises(AnalysisError, match="brought the analysis down") as caught:
            await library.analysed(article_id)
        errors.append(caught.value)
    assert len(tries) == 1
    assert errors[0] is not errors[1]


async def test_a_child_that_was_killed_is_no_reason_to_give_a_text_up(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    (article_id,) = library.ids(ArticleQuery())
    library._store.write(lambda c: c.execute("DELETE FROM analyses"))
    library._readings.forget(article_id)

    async def killed(*_: object) -> None:
        raise Interrupted("The analysis ended unexpectedly.")

    with monkeypatch.context() as broken:
        broken.setattr(InlineWorker, "run", killed)
        with pytest.raises(AnalysisError, match="ended unexpectedly"):
            await library.analysed(article_id)
    assert (await library.analysed(article_id)).analysis is not None


async def test_prefetching_swallows_what_is_not_there(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    (article_id,) = library.ids(ArticleQuery())
    await library.prefetch([999, article_id])
    with pytest.raises(NotFoundError):
        await library.analysed(999)


async def test_closing_ends_the_child_within_two_seconds(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(inline=False)
    await library.subscribe(server.feed("/a", rss(item(1))))
    child = library._running_worker
    assert isinstance(child, ChildWorker)
    assert child.pids
    library.close()
    await asyncio.wait_for(child.closed(), 2)
    assert child.pids == ()


async def test_a_closed_library_says_so(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    library.close()
    with pytest.raises(StoreError, match="closed"):
        library.feeds()


async def test_a_feed_that_breaks_leaves_the_rest_of_the_loop_alone(server: Server, library: Library) -> None:
    with pytest.raises(NotFoundError):
        await library.refresh([77])
    await library.subscribe(server.feed("/a", rss(item(1))))
    server.on("/a", Answer(status=500))
    report = await library.refresh()
    assert len(report.failed) == 1


def test_opening_and_listing_loads_nothing_heavy(paths: Paths) -> None:
    Library.open(paths, Config()).close()
    code = (
        "import sys\nfrom reader.config import Config\nfrom reader.library import Library\n"
        "from reader.model.query import ArticleQuery\nfrom reader.paths import resolve\n"
        "library = Library.open(resolve(sys.argv[1]), Config()); library.feeds(); library.window(ArticleQuery())\n"
        "library.close()\n"
        "heavy = {'asyncio', 'aiohttp', 'feedparser', 'lxml', 'babel', 'textual', 'reader.analysis', 'reader.feeds'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(paths.data.parent)], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
