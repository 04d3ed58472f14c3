"""What happens by itself after a refresh: at most once a day, and never to the harm of the refresh."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.config import Config, FetchConfig, KeepConfig
from reader.library import Library
from reader.library.intake import store_entries
from reader.library.upkeep import restore
from reader.model.query import ArticleQuery
from reader.paths import Paths, resolve
from reader.store import articles, maintenance, retention
from reader.store.maintenance import examine
from tests.loopback import Server, item, rss
from tests.store.builders import a_feed, add_many, an_entry

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
RULE = "gelesene nach 90 Tagen, ungelesene nach 365 Tagen"


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **much: float) -> None:
        self.now += timedelta(**much)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(open_library: Callable[..., Library], clock: Clock) -> Callable[..., Library]:
    def opener(rule: str = "", copies: int = 7, megabytes: int = 500) -> Library:
        keep = KeepConfig(rule=rule, copies=copies, copies_megabytes=megabytes)
        fetch = FetchConfig(timeout_seconds=3, connect_seconds=2, per_host=8)
        return open_library(config=Config(fetch=fetch, keep=keep), clock=clock)

    return opener


def filled(library: Library, number: int) -> None:
    library._store.write(
        store_entries, 1, [an_entry(n) for n in range(100, 100 + number)], library.clock() - timedelta(days=400)
    )


async def test_a_copy_is_made_after_the_first_refresh_of_each_day_but_the_first(
    server: Server, opened: Callable[..., Library], clock: Clock
) -> None:
    library = opened(copies=2)
    await library.subscribe(server.feed("/a", rss(item(1))))
    days = []
    for _ in range(4):
        await library.refresh()
        clock.forward(hours=1)
        await library.refresh()
        days.append([copy.day.day for copy in library.upkeep.copies()])
        clock.forward(hours=23)
    assert days == [[], [2], [3, 2], [4, 3]]


async def test_no_copy_is_made_when_none_is_wanted(
    server: Server, opened: Callable[..., Library], clock: Clock
) -> None:
    library = opened(copies=0)
    for _ in range(3):
        await library.refresh()
        clock.forward(days=1)
    assert library.upkeep.copies() == ()


async def test_a_copy_that_fails_does_not_fail_the_refresh(
    server: Server, opened: Callable[..., Library], clock: Clock, paths: Paths
) -> None:
    library = opened()
    await library.subscribe(server.feed("/a", rss(item(1))))
    await library.refresh()
    clock.forward(days=1)
    (paths.data / "copies").write_text("im Weg")
    server.feed("/a", rss(item(1), item(2)))
    report = await library.refresh()
    assert (report.new, report.failed) == (1, ())
    assert library.upkeep.copies() == ()


async def test_the_rule_is_carried_out_once_a_day_after_a_refresh(
    server: Server, opened: Callable[..., Library], clock: Clock
) -> None:
    library = opened(RULE)
    await library.subscribe(server.feed("/a", rss(item(1))))
    filled(library, 5)
    totals = []
    for _ in range(2):
        await library.refresh()
        totals.append(library.counts().total)
        clock.forward(days=1)
    assert totals == [6, 1]
    await library.refresh()
    filled(library, 3)  # remembered: they do not come back
    assert library.counts().total == 1


async def test_a_clock_a_year_ahead_lets_nothing_go_on_its_first_day(
    server: Server, opened: Callable[..., Library], clock: Clock
) -> None:
    library = opened(RULE)
    await library.subscribe(server.feed("/a", rss(item(1))))
    for _ in range(2):
        await library.refresh()
        clock.forward(days=1)
    clock.forward(days=400)
    await library.refresh()
    assert library.counts().total == 1
    clock.forward(days=-400)
    await library.refresh()
    clock.forward(days=1)
    await library.refresh()
    assert library.counts().total == 1


async def test_a_clock_that_goes_back_a_year_harms_nothing(
    server: Server, opened: Callable[..., Library], clock: Clock
) -> None:
    library = opened(RULE)
    await library.subscribe(server.feed("/a", rss(item(1))))
    await library.refresh()
    clock.forward(days=-365)
    server.feed("/a", rss(item(1), item(2)))
    for _ in range(2):
        report = await library.refresh()
        assert report.failed == ()
        clock.forward(days=1)
    assert library.counts().total == 2
    assert [copy.day.year for copy in library.upkeep.copies()] == [2025]


@pytest.mark.parametrize("day", [datetime(2026, 3, 28, 23, 30, tzinfo=UTC), datetime(2026, 10, 24, 22, 30, tzinfo=UTC)])
async def test_the_nights_of_the_summer_time_change_are_days_like_others(
    server: Server, opened: Callable[..., Library], clock: Clock, day: datetime
) -> None:
    clock.now = day - timedelta(days=2)
    library = opened(RULE)
    await library.subscribe(server.feed("/a", rss(item(1))))
    seen = set()
    for _ in range(96):
        await library.refresh()
        seen.add(clock.now.astimezone().date())
        clock.forward(hours=1)
    assert [copy.day for copy in library.upkeep.copies()] == sorted(seen, reverse=True)[:-1]


async def test_others_write_while_articles_go(
    server: Server, opened: Callable[..., Library], clock: Clock, paths: Paths
) -> None:
    library = opened(RULE)
    await library.subscribe(server.feed("/a", rss(item(1))))
    filled(library, 1500)
    ids = list(library.ids(ArticleQuery()))
    marks: list[int] = []
    done = threading.Event()

    def mark() -> None:
        while not done.is_set():
            marks.append(len(library._store.write(articles.set_starred, ids[:1], len(marks) % 2 == 0)))

    marking = threading.Thread(target=mark)
    marking.start()
    try:
        gone = await library.upkeep.tidy()
    finally:
        done.set()
        marking.join()
    assert gone >= 1499
    assert len(marks) >= 10  # a step is some milliseconds, so others come in between
    assert examine(paths.database).problems == ()


async def test_tidying_tells_its_progress_and_can_be_ended_half_way(
    server: Server, opened: Callable[..., Library]
) -> None:
    library = opened(RULE)
    await library.subscribe(server.feed("/a", rss(item(1))))
    filled(library, 500)
    seen: list[tuple[int, int]] = []
    task: asyncio.Task[int]

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done < total:
            task.cancel()

    task = asyncio.create_task(library.upkeep.tidy(progress))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert 0 < seen[0][0] < seen[0][1] == 500
    left = library.counts().total
    assert left < 501
    await library.upkeep.tidy()
    assert library.counts().total == 1


async def test_tidying_makes_the_file_smaller(opened: Callable[..., Library], clock: Clock, paths: Paths) -> None:
    library = opened(RULE)
    feed_id = a_feed(library._store)
    add_many(library._store, feed_id, 600)
    clock.forward(days=2000)
    maintenance.empty_log(paths.database)
    before = paths.database.stat().st_size
    assert await library.upkeep.tidy() == 600
    assert paths.database.stat().st_size < before * 0.8


async def test_two_at_once_let_go_the_same_without_quarrel(
    server: Server, opened: Callable[..., Library], paths: Paths
) -> None:
    library, other = opened(RULE), opened(RULE)
    await library.subscribe(server.feed("/a", rss(item(1))))
    filled(library, 300)
    gone = await asyncio.gather(library.upkeep.tidy(), other.upkeep.tidy())
    assert sum(gone) == 300
    assert library.counts().total == 1
    assert examine(paths.database).problems == ()


def test_a_backup_brings_the_configuration_along(opened: Callable[..., Library], paths: Paths, tmp_path: Path) -> None:
    library = opened()
    paths.config_file.parent.mkdir(parents=True)
    paths.config_file.write_text('language = "en"\n')
    library.back_up(tmp_path / "alles.db")
    other = resolve(str(tmp_path / "anderswo"))
    done = restore(other, tmp_path / "alles.db", force=False)
    assert (done.kept, done.configuration, done.kept_configuration) == (None, other.config_file, None)
    assert other.config_file.read_text() == 'language = "en"\n'
    again = Library.open(other, Config())
    assert again._store.read(retention.note, "configuration") == ""
    again.close()


def test_a_configuration_that_is_there_is_replaced_on_demand_alone_and_kept(
    opened: Callable[..., Library], paths: Paths, tmp_path: Path
) -> None:
    library = opened()
    paths.config_file.parent.mkdir(parents=True)
    paths.config_file.write_text('language = "en"\n')
    library.back_up(tmp_path / "alles.db")
    other = resolve(str(tmp_path / "anderswo"))
    other.config_file.parent.mkdir(parents=True)
    other.config_file.write_text('language = "de"\n')
    assert restore(other, tmp_path / "alles.db", force=False).configuration is None
    assert other.config_file.read_text() == 'language = "de"\n'
    done = restore(other, tmp_path / "alles.db", force=True)
    assert done.kept_configuration is not None
    assert done.kept_configuration.read_text() == 'language = "de"\n'
    assert other.config_file.read_text() == 'language = "en"\n'


def test_a_backup_from_before_configurations_were_in_it_is_restored(
    opened: Callable[..., Library], tmp_path: Path
) -> None:
    opened().back_up(tmp_path / "alt.db")
    done = restore(resolve(str(tmp_path / "anderswo")), tmp_path / "alt.db", force=False)
    assert done.configuration is None
