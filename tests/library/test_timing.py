"""When a feed is asked next: the bounds of it, and a simulated day against a real server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from reader.config import Config
from reader.library import Library
from reader.library.timing import LONGEST, SHORTEST, backoff, due, interval
from reader.model.query import ArticleQuery
from tests.loopback import Answer, Request, Server, item, rss

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = 3600


@pytest.mark.parametrize(
    ("configured", "fresh", "ttl", "seconds"),
    [
        (HOUR, 0, 0, HOUR),
        (HOUR, 60, 900, HOUR),
        (HOUR, 2 * HOUR, 0, 2 * HOUR),
        (HOUR, 2 * HOUR, 3 * HOUR, 3 * HOUR),
        (60, 0, 0, SHORTEST),
        (HOUR, 365 * 86_400, 0, LONGEST),
    ],
)
def test_the_longest_wish_counts_within_bounds(configured: int, fresh: int, ttl: int, seconds: int) -> None:
    assert interval(configured, fresh, ttl) == seconds


def test_pauses_after_errors_double_up_to_a_day_and_spread() -> None:
    for failures in range(1, 40):
        waits = {backoff(HOUR, failures, feed_id) for feed_id in range(50)}
        least = min(HOUR << min(failures - 1, 10), LONGEST)
        assert all(least <= wait <= min(least * 1.2, LONGEST) for wait in waits)
        assert len(waits) > 25 or waits == {LONGEST}
    assert backoff(HOUR, 3, 7) == backoff(HOUR, 3, 7)


@pytest.mark.parametrize(
    ("skipped", "expected"),
    [
        ((), "13:30"),
        ((12,), "13:30"),
        ((13,), "14:00"),
        ((13, 14, 15), "16:00"),
        ((13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1), "02:00"),
    ],
)
def test_hours_to_skip_are_skipped(skipped: tuple[int, ...], expected: str) -> None:
    moment = due(NOON, 90 * 60, sum(1 << hour for hour in skipped))
    assert f"{moment:%H:%M}" == expected
    assert moment - NOON < timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("", "Sun 13:30"),
        ("6", "Mon 00:00"),
        ("60", "Tue 00:00"),
        ("6012", "Wed 13:00"),
    ],
)
def test_days_to_skip_are_skipped_for_three_days_at_most(days: str, expected: str) -> None:
    moment = due(NOON, 90 * 60, 0, sum(1 << int(day) for day in days))
    assert f"{moment:%a %H:%M}" == expected


class Day:
    """A clock that is set by hand, and when each path was asked."""

    def __init__(self, server: Server) -> None:
        self.now = NOON
        self.asked: dict[str, list[tuple[datetime, Request]]] = {}
        self._server = server

    def on(self, path: str, answer: Callable[[Request], Answer]) -> str:
        def script(request: Request) -> Answer:
            self.asked.setdefault(path, []).append((self.now, request))
            return answer(request)

        return self._server.on(path, script)

    def times(self, path: str) -> list[datetime]:
        return [moment for moment, _ in self.asked[path]]

    def pauses(self, path: str) -> list[float]:
        times = self.times(path)
        return [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(times)]


def a_feed(body: Callable[[], bytes], **headers: str) -> Callable[[Request], Answer]:
    def script(request: Request) -> Answer:
        etag = f'"{hash(body()) & 0xFFFFFFFF:x}"'
        if request.headers.get("If-None-Match") == etag:
            return Answer(status=304, headers={"ETag": etag, **headers})
        return Answer(body=body(), headers={"ETag": etag, **headers})

    return script


async def test_over_a_day_each_feed_is_asked_at_most_hourly_and_as_its_server_wants(
    server: Server, open_library: Callable[..., Library]
) -> None:
    day = Day(server)
    library = open_library(clock=lambda: day.now)
    states = {"error": False, "gone": False}

    def news() -> bytes:
        return rss(item(day.now.day * 24 + day.now.hour // 6), title="Neues")

    def failing(request: Request) -> Answer:
        return Answer(status=500) if states["error"] else a_feed(lambda: rss(item(1), title="Fehler"))(request)

    def limiting(request: Request) -> Answer:
        busy = Answer(status=429, headers={"Retry-After": "10800"})
        return busy if states["error"] else a_feed(lambda: rss(item(1), title="Viel"))(request)

    def ending(request: Request) -> Answer:
        return Answer(status=410) if states["gone"] else a_feed(lambda: rss(item(1), title="Ende"))(request)

    skip = "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(20, 24)) + "</skipHours>"
    for path, script in {
        "/plain": a_feed(lambda: rss(item(1))),
        "/news": a_feed(news),
        "/cached": a_feed(lambda: rss(item(1)), **{"Cache-Control": "max-age=10800"}),
        "/ttl": a_feed(lambda: rss("<ttl>120</ttl>", item(1))),
        "/often": a_feed(lambda: rss("<ttl>5</ttl>", item(1)), **{"Cache-Control": "max-age=60"}),
        "/night": a_feed(lambda: rss(skip, item(1))),
        "/monday": a_feed(lambda: rss("<skipDays><day>Monday</day></skipDays>", item(1))),
        "/syndication": a_feed(
            lambda: rss("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>6</sy:updateFrequency>", item(1))
        ),
        "/expires": a_feed(
            lambda: rss(item(1)),
            Date="Sun, 01 Mar 2026 12:00:00 GMT",
            Expires="Sun, 01 Mar 2026 14:00:00 GMT",
        ),
        "/failing": failing,
        "/limiting": limiting,
        "/ending": ending,
    }.items():
        await library.subscribe(day.on(path, script))
    states.update(error=True, gone=True)
    for _ in range(24 * 6):
        day.now += timedelta(minutes=10)
        await library.refresh(due=True)

    for path, requests in day.asked.items():
        assert all(pause >= 60 for pause in day.pauses(path)), path
        assert all("If-None-Match" in request.headers for _, request in requests[1:]), path
    assert len(day.times("/plain")) == 1 + 24
    assert len(day.times("/often")) == 1 + 24
    assert len(day.times("/cached")) == 1 + 8
    assert len(day.times("/ttl")) == 1 + 12
    assert not {moment.hour for moment in day.times("/night")} & set(range(20, 24))
    assert len(day.times("/night")) == 1 + 24 - 4
    assert {moment.weekday() for moment in day.times("/monday")} == {6}
    assert len(day.times("/syndication")) == 1 + 6
    assert len(day.times("/expires")) == 1 + 12
    failing_pauses = day.pauses("/failing")
    assert failing_pauses[0] == 60
    assert all(later >= earlier for earlier, later in pairwise(failing_pauses))
    assert len(day.times("/failing")) <= 6
    assert all(pause >= 180 for pause in day.pauses("/limiting")[1:])
    assert len(day.times("/ending")) == 2
    assert len(library.ids(ArticleQuery())) >= 4


async def test_a_person_s_refresh_asks_at_once_and_conditionally(
    server: Server, open_library: Callable[..., Library]
) -> None:
    day = Day(server)
    library = open_library(clock=lambda: day.now)
    await library.subscribe(day.on("/a", a_feed(lambda: rss(item(1)))))
    for _ in range(3):
        day.now += timedelta(minutes=5)
        await library.refresh()
    assert day.pauses("/a") == [5, 5, 5]
    assert all("If-None-Match" in request.headers for _, request in day.asked["/a"][1:])


async def test_the_screen_s_own_refresh_leaves_alone_what_is_not_due(
    server: Server, open_library: Callable[..., Library]
) -> None:
    library = open_library()
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    assert (await library.refresh_in_background(due=True)).results == ()
    assert len(server.asked("/a")) == 1
    assert len((await library.refresh_in_background()).results) == 1
    library._store.write(lambda c: c.execute("UPDATE feeds SET due_us = 1 WHERE id = ?", (feed.id,)))
    assert len((await library.refresh_in_background(due=True)).results) == 1
    assert [request.headers.get("If-None-Match") is None for request in server.asked("/a")] == [True, False, False]


async def test_a_date_to_try_again_after_counts_as_seconds_do(
    server: Server, open_library: Callable[..., Library]
) -> None:
    day = Day(server)
    library = open_library(clock=lambda: datetime.now(UTC) + (day.now - NOON))
    busy = format_datetime(datetime.now(UTC) + timedelta(hours=3), usegmt=True)
    await library.subscribe(day.on("/a", a_feed(lambda: rss(item(1)))))
    day.on("/a", lambda _request: Answer(status=503, headers={"Retry-After": busy}))
    await library.refresh()
    day.now += timedelta(minutes=175)
    assert [result.status for result in (await library.refresh()).results] == ["waiting"]
    day.now += timedelta(minutes=6)
    assert [result.status for result in (await library.refresh()).results] == ["error"]


async def test_at_one_host_one_connection_at_a_time(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(config=Config())
    busy, most = [0], [0]
    guard = threading.Lock()
    for number in range(6):
        await library.subscribe(server.feed(f"/{number}", rss(item(number))))

    def script(_request: Request) -> Answer:
        with guard:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        threading.Event().wait(0.02)
        with guard:
            busy[0] -= 1
        return Answer(status=304)

    for number in range(6):
        server.on(f"/{number}", script)
    assert len((await library.refresh()).results) == 6
    assert most == [1]


async def test_a_feed_says_when_it_is_tried_next(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(clock=lambda: NOON)
    feed, _ = await library.subscribe(server.feed("/a", rss("<ttl>120</ttl>", item(1))))
    assert (feed.next_try, feed.interval_seconds, feed.ended) == (NOON + timedelta(hours=2), 7200, False)
    server.on("/a", Answer(status=410))
    await library.refresh()
    feed = library.feed(feed.id)
    assert (feed.next_try, feed.ended) == (None, True)
    assert "--force" in feed.hint


async def test_what_waits_is_reported_as_waiting(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(clock=lambda: NOON)
    await library.subscribe(server.feed("/a", rss(item(1))))
    server.on("/a", Answer(status=429))
    assert [result.status for result in (await library.refresh()).results] == ["error"]
    assert [result.status for result in (await library.refresh()).results] == ["waiting"]
    server.feed("/a", rss(item(1), item(2)))
    assert [result.status for result in (await library.refresh(force=True)).results] == ["ok"]
    assert [result.status for result in (await library.refresh()).results] == ["unchanged"]


async def test_another_target_is_no_confirmation_of_a_move(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/old", rss(item(1))))
    server.feed("/one", rss(item(1)))
    server.feed("/two", rss(item(1)))
    statuses = []
    for target in ("/one", "/two", "/one", "/one"):
        server.redirect("/old", target, 308)
        statuses.append((await library.refresh()).results[0].status)
    assert statuses[:3].count("moved") == 0
    assert statuses[3] == "moved"
    assert library.feed(feed.id).address == server.base + "/one"


async def test_a_temporary_redirect_is_never_adopted(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/old", rss(item(1))))
    server.feed("/new", rss(item(1)))
    server.redirect("/old", "/new", 302)
    for _ in range(3):
        await library.refresh()
    assert library.feed(feed.id).address == server.base + "/old"
