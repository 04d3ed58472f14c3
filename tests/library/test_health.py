"""How feeds are doing, judged by their own rhythm, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from reader.library import Library
from reader.library.health import rhythm
from reader.model.health import HealthState
from tests.loopback import Answer, Server, item, rss

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(open_library: Callable[..., Library], clock: Clock) -> Library:
    return open_library(clock=clock)


def published(*days_ago: float) -> bytes:
    return rss(
        *(item(n, date=format_datetime(NOW - timedelta(days=ago), usegmt=True)) for n, ago in enumerate(days_ago))
    )


async def test_a_feed_that_publishes_is_well_and_needs_nothing(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", published(0.5, 1.5, 2.5, 3.5)))
    (health,) = library.health()
    assert (health.feed, health.state, health.advice) == (feed, HealthState.WELL, "")
    assert (health.publishes_every, health.newest) == (timedelta(days=1), NOW - timedelta(hours=12))


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [
        ((6, 6.1, 6.2, 6.3), HealthState.WELL),
        ((8, 8.1, 8.2, 8.3), HealthState.SILENT),
        ((20, 27, 34, 41), HealthState.WELL),
        ((60, 67, 74, 81), HealthState.SILENT),
        ((170,), HealthState.WELL),
        ((200,), HealthState.SILENT),
    ],
)
async def test_silence_is_measured_by_the_feed_s_own_rhythm(
    server: Server, library: Library, days_ago: tuple[float, ...], state: HealthState
) -> None:
    await library.subscribe(server.feed("/a", published(*days_ago)))
    (health,) = library.health()
    assert health.state is state
    assert ("--preview" in health.advice) == (state is HealthState.SILENT)


async def test_a_foreign_address_cannot_end_the_command_that_is_advised(server: Server, library: Library) -> None:
    body = published(200).replace(b"https://example.org/<", b"https://example.org/;reboot;$(id)<")
    await library.subscribe(server.feed("/a", body))
    (health,) = library.health()
    assert "lesart add 'https://example.org/;reboot;$(id)' --preview" in health.advice


async def test_entries_without_a_date_say_nothing_of_a_rhythm(server: Server, library: Library, clock: Clock) -> None:
    await library.subscribe(server.feed("/a", rss(*(item(n) for n in range(8)))))
    clock.now += timedelta(days=400)
    (health,) = library.health()
    assert (health.publishes_every, health.newest, health.state) == (None, None, HealthState.WELL)


async def test_dates_of_the_future_do_not_count(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", published(-900, 1, 2, 3, 4)))
    (health,) = library.health()
    assert (health.newest, health.publishes_every) == (NOW - timedelta(days=1), timedelta(days=1))


async def test_a_feed_that_has_ended_says_what_to_do(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", published(1)))
    server.on("/a", Answer(status=410))
    await library.refresh()
    (health,) = library.health()
    assert health.state is HealthState.ENDED
    assert f"lesart remove {feed.id}" in health.advice
    assert "--force" in health.advice


async def test_a_feed_that_is_not_found_for_days_is_to_be_looked_for_elsewhere(
    server: Server, library: Library, clock: Clock
) -> None:
    await library.subscribe(server.feed("/a", published(1)))
    server.on("/a", Answer(status=404))
    await library.refresh()
    (health,) = library.health()
    assert (health.state, health.advice) == (HealthState.FAILING, health.feed.hint)
    clock.now += timedelta(days=5)
    (health,) = library.health()
    assert "5 " in health.advice
    assert "lesart add https://example.org/ --preview" in health.advice


async def test_another_error_that_lasts_says_how_long(server: Server, library: Library, clock: Clock) -> None:
    await library.subscribe(server.feed("/a", published(1)))
    server.on("/a", Answer(status=500))
    await library.refresh()
    clock.now += timedelta(days=4)
    (health,) = library.health()
    assert health.state is HealthState.FAILING
    assert "4 " in health.advice
    assert health.advice.endswith(health.feed.hint)


async def test_a_permanent_redirect_seen_once_is_told(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/old", published(1)))
    server.redirect("/old", server.feed("/new", published(1)), 301)
    await library.refresh()
    (health,) = library.health()
    assert (health.state, health.moved_to) == (HealthState.MOVED, server.base + "/new")
    assert health.moved_to in health.advice
    await library.refresh()
    (health,) = library.health()
    assert (health.state, health.moved_to) == (HealthState.WELL, "")


async def test_a_feed_that_has_moved_to_another_one_may_go(server: Server, library: Library) -> None:
    new = server.feed("/new", published(1))
    await library.subscribe(new)
    feed, _ = await library.subscribe(server.feed("/old", rss(item(9))))
    server.redirect("/old", new, 301)
    for _ in range(3):
        await library.refresh()
    advice = {health.feed.id: health.advice for health in library.health()}[feed.id]
    assert new in advice
    assert f"lesart remove {feed.id}" in advice


def test_what_was_never_fetched_is_to_be_fetched(library: Library) -> None:
    library.import_list(b"https://a.example/feed\n")
    (health,) = library.health()
    assert health.state is HealthState.NEVER
    assert "lesart refresh 1" in health.advice


def test_the_demo_edition_is_no_feed(library: Library) -> None:
    library.load_demo()
    assert library.health() == ()


def test_a_rhythm_needs_four_dates_that_differ() -> None:
    day = 86_400_000_000
    assert rhythm([3 * day, 2 * day, day]) is None
    assert rhythm([day] * 9) is None
    assert rhythm([9 * day, 6 * day, 3 * day, 0]) == timedelta(days=3)
