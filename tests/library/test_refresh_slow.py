"""Feeds that bring the worker to its limits do not hold up the others: real children, a real server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.config import Config, FetchConfig
from reader.errors import FeedParseError
from reader.library import Library, Progress, refresh
from reader.library.analyst import LANES, PARSE_SECONDS, TookTooLong, Urgency, first_try
from reader.library.frames import Header
from reader.library.report import FETCHING
from reader.store import feeds
from tests.loopback import Server, item, rss

ONE_BY_ONE = Config(fetch=FetchConfig(per_host=1, concurrent=1))
"""So the order in which the bodies come in is that of the subscriptions."""


def endless(number: int) -> bytes:
    """A small feed that holds feedparser for half a minute."""
    return b"<!DOCTYPE rss>" + rss(f"<item><title>{number}</title><author><b/>{'a.a' * 40_000}</author></item>")


def subscribe(library: Library, addresses: list[str]) -> None:
    for address in addresses:
        library._store.write(feeds.add_feed, address, title=address, own_title=False, folder="")


async def test_feeds_that_take_for_ever_do_not_hold_up_the_storing_of_others(
    server: Server, open_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "PARSE_SECONDS", 1.5)
    library = open_library(inline=False, config=ONE_BY_ONE)
    slow = [server.feed(f"/slow{n}", endless(n)) for n in range(4)]
    good = [server.feed(f"/good{n}", rss(item(n), title=f"Blatt {n}")) for n in range(8)]
    subscribe(library, slow + good)
    seen: list[Progress] = []
    report = await library.refresh(on_progress=seen.append)
    ends = [bool(progress.error) for progress in seen if progress.phase == FETCHING]
    assert (len(ends), sum(ends), report.new) == (12, 4, 8)
    before_the_last_good = ends[: len(ends) - ends[::-1].index(False)]
    assert sum(before_the_last_good) <= LANES
    assert all("took more than" in str(result.error) for result in report.failed)


class Asked:
    """A worker that gives up in the first try what has the word in it, and notes how it was asked."""

    def __init__(self, word: bytes = b"slow") -> None:
        self._word = word
        self.asked: list[tuple[Urgency, float]] = []

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        self.asked.append((urgency, seconds))
        if self._word in body and seconds < PARSE_SECONDS:
            raise TookTooLong("too long")
        if b"never" in body:
            raise TookTooLong("too long")
        told = {"title": "", "site": "", "seen": [], "entries": [], "sizes": []}
        return {**told, "ttl": 0, "skip_hours": 0, "skip_days": 0}, b""

    def expect(self) -> None: ...

    def close(self) -> None: ...


FIRST = (Urgency.BACKLOG, first_try(4))
WHOLE = (Urgency.LAST, PARSE_SECONDS)


async def parse(library: Library, worker: Asked, body: bytes, urgency: Urgency) -> None:
    reader = refresh.Refresher(library._store, library.config, worker, library.clock)
    await reader.parse(body, "", "https://example.org/", frozenset(), urgency)


async def test_what_takes_long_gets_its_whole_time_when_all_others_are_done(library: Library) -> None:
    worker = Asked()
    await parse(library, worker, b"fast", Urgency.BACKLOG)
    await parse(library, worker, b"slow", Urgency.BACKLOG)
    assert worker.asked == [FIRST, FIRST, WHOLE]


async def test_what_a_person_waits_for_gets_its_whole_time_at_once(library: Library) -> None:
    worker = Asked()
    await parse(library, worker, b"slow", Urgency.DEMAND)
    with pytest.raises(FeedParseError):
        await parse(library, worker, b"never", Urgency.DEMAND)
    assert worker.asked == [(Urgency.DEMAND, PARSE_SECONDS)] * 2


@pytest.mark.parametrize("reason", ["it failed before", "it is large"])
async def test_what_may_take_long_goes_last_from_the_start(server: Server, library: Library, reason: str) -> None:
    size = refresh._LARGE if reason == "it is large" else 0
    subscribe(library, [server.feed("/a", b" " * size + rss(item(1)))])
    if not size:
        library._store.write(feeds.set_failed, 1, library.clock(), "", interval_s=60)
    library._running_worker = worker = Asked()
    await library.refresh()
    assert worker.asked[0] == WHOLE


def test_a_first_try_is_longer_for_more_bytes_and_never_longer_than_the_whole() -> None:
    assert 0 < first_try(0) < first_try(500_000) < first_try(10**8) == PARSE_SECONDS
