"""A new subscription: the address is read first, so that nothing is stored that is not a feed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from reader.errors import N_, FeedParseError, UsageError
from reader.feeds import catalog
from reader.feeds.address import host_name, typed_address
from reader.feeds.fetch import Fetched, Fetcher
from reader.library.analyst import PARSE_SECONDS, Urgency, Worker
from reader.library.refresh import ParsedAnswer, Refresher, store_answer
from reader.library.report import OK, UNCHANGED, FeedResult
from reader.store import Connection, Store, feeds
from reader.store.feeds import FeedRecord
from reader.text.sanitize import clean_line

ANALYSED_AT_ONCE = 64
"""Articles analysed before the subscription is reported; the next refresh does the older ones."""


class Subscriber:
    """What subscribing needs, in one place."""

    def __init__(self, store: Store, refresher: Refresher, worker: Worker, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._refresher = refresher
        self._worker = worker
        self._clock = clock

    async def subscribe(self, typed: str, title: str, folder: str) -> tuple[int, FeedResult]:
        """Fetch, parse and store; raises ``UsageError``, ``FetchError``, ``FeedParseError``."""
        entry = catalog.find(typed)
        title = title or (entry.name if entry is not None else "")
        address = entry.address if entry is not None else _address(typed)
        there = self._store.read(feeds.by_address, [address])
        if there is None:
            async with self._refresher.fetcher() as fetcher:
                address, fetched, parsed = await self._feed_at(fetcher, address)
            there = self._store.read(feeds.by_address, [address, fetched.address])
        if there is not None:
            if not there.typed:  # it came from a list; now a person vouches for the address
                self._store.write(feeds.set_origin, there.id, typed=True, outline=there.outline)
            return there.id, _result(there, UNCHANGED, 0)

        def store(connection: Connection) -> tuple[FeedRecord, int]:
            shown = title or parsed.title or host_name(address)
            feed_id = feeds.add_feed(
                connection, address, title=shown, own_title=bool(title), folder=folder, site=parsed.site
            )
            _, new, _ = store_answer(
                connection, feed_id, fetched, parsed, self._clock(), self._refresher.interval_seconds
            )
            return feeds.feed(connection, feed_id), new

        record, new = await asyncio.wrap_future(self._store.submit(store))
        await self._refresher.settle(ANALYSED_AT_ONCE)
        return record.id, _result(record, OK, new)

    async def _feed_at(self, fetcher: Fetcher, address: str) -> tuple[str, Fetched, ParsedAnswer]:
        """The feed at an address, or the first one that the page there announces; with the address to keep."""
        fetched = await fetcher.get(address)
        try:
            return fetched.permanent or address, fetched, await self._parse(fetched)
        except FeedParseError as error:
            announced = await self._announced(fetched)
            if announced is None:
                raise
            try:
                fetched = await fetcher.get(announced, guarded=fetcher.is_public(fetched.address))
                return fetched.permanent or announced, fetched, await self._parse(fetched)
            except FeedParseError:
                raise error from None

    async def _parse(self, fetched: Fetched) -> ParsedAnswer:
        return await self._refresher.parse(
            fetched.body, fetched.content_type, fetched.address, frozenset(), Urgency.DEMAND
        )

    async def _announced(self, fetched: Fetched) -> str | None:
        header, _ = await self._worker.run(
            {"job": "discover", "content_type": fetched.content_type, "address": fetched.address},
            fetched.body,
            Urgency.DEMAND,
            PARSE_SECONDS,
        )
        return next((address for address, _title in header["feeds"]), None)


def _address(typed: str) -> str:
    try:
        return typed_address(typed)
    except UsageError as error:
        if set(typed) & set(".:/"):
            raise
        raise UsageError(
            N_("“{address}” is neither a web address nor a name of the catalogue."),
            hint=N_("“lesart catalogue” lists the names; an address looks like https://example.org/feed."),
            address=clean_line(typed)[:200],
        ) from error


def _result(record: FeedRecord, status: str, new: int) -> FeedResult:
    return FeedResult(feed_id=record.id, title=record.title, address=record.address, status=status, new=new)
