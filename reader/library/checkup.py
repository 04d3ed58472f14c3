"""Whether feeds answer right now; nothing of it is stored."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reader.errors import LesartError
from reader.feeds.address import host
from reader.feeds.fetch import Fetcher
from reader.feeds.portal import in_place_of
from reader.library.analyst import Urgency
from reader.library.refresh import DEMO_SCHEME, Refresher
from reader.library.secrets import access_to
from reader.library.subscriptions import feed_of, in_order
from reader.model.settings import FeedSettings
from reader.store import Store, feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A feed to ask. ``typed``: a person gave its address, which may therefore be local."""

    title: str
    address: str
    typed: bool = False
    feed_id: int = 0
    settings: FeedSettings = field(default_factory=FeedSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCheck:
    """How a feed answered; ``moved_to`` is the address that its server names for the future, or empty."""

    title: str
    address: str
    entries: int = 0
    newest: datetime | None = None
    moved_to: str = ""
    error: LesartError | None = None


def candidates(store: Store) -> tuple[Candidate, ...]:
    """The subscriptions in their order; the demo edition has no server to ask."""
    records = {record.id: record for record in store.read(feeds.all_feeds)}
    return tuple(
        Candidate(
            title=feed.title,
            address=feed.address,
            typed=records[feed.id].typed,
            feed_id=feed.id,
            settings=feed.settings,
        )
        for feed in in_order(map(feed_of, records.values()))
        if not feed.address.startswith(DEMO_SCHEME)
    )


async def check(
    refresher: Refresher,
    per_host: int,
    candidates: Sequence[Candidate],
    on_checked: Callable[[FeedCheck], None] | None,
) -> tuple[FeedCheck, ...]:
    """Ask all of them, at most ``per_host`` at a time on one machine; results in the order given."""
    hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))

    async def one(candidate: Candidate, fetcher: Fetcher) -> FeedCheck:
        async with hosts[host(candidate.address)]:
            found = await _ask(refresher, fetcher, candidate)
        if on_checked is not None:
            on_checked(found)
        return found

    async with refresher.fetcher() as fetcher, asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(candidate, fetcher)) for candidate in candidates]
    return tuple(task.result() for task in tasks)


async def _ask(refresher: Refresher, fetcher: Fetcher, candidate: Candidate) -> FeedCheck:
    try:
        access = await access_to(candidate.feed_id, candidate.address, candidate.settings)
        fetched = await fetcher.get(candidate.address, guarded=not candidate.typed, access=access)
    except LesartError as error:
        return FeedCheck(title=candidate.title, address=candidate.address, error=error)
    try:
        parsed = await refresher.parse(fetched.body, fetched.content_type, fetched.address, frozenset(), Urgency.DEMAND)
    except LesartError as failed:
        better = in_place_of(failed, fetched.body, candidate.address)
        return FeedCheck(title=candidate.title, address=candidate.address, error=better)
    dates = [entry.published or entry.updated for entry in parsed.entries]
    return FeedCheck(
        title=candidate.title,
        address=candidate.address,
        entries=len(parsed.entries),
        newest=max(filter(None, dates), default=None),
        moved_to=fetched.permanent,
    )
