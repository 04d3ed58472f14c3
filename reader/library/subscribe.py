"""A new subscription: the address is read first, so that nothing is stored that is not a feed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from reader.errors import N_, FetchError, UsageError
from reader.feeds import catalog
from reader.feeds.access import Access, basic, checked_login
from reader.feeds.address import host_name, split_login, typed_address, without_password
from reader.library import secrets
from reader.library.analyst import Worker
from reader.library.discovery import Choose, Discovery, Found
from reader.library.intake import store_answer
from reader.library.pagestage import set_full_text
from reader.library.refresh import Refresher
from reader.library.report import OK, UNCHANGED, FeedResult
from reader.library.secrets import access_of
from reader.model.health import FeedPreview
from reader.model.settings import FeedSettings, FullText
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

    async def subscribe(
        self,
        typed: str,
        title: str,
        folder: str,
        choose: Choose | None = None,
        full_text: FullText | None = None,
    ) -> tuple[int, FeedResult]:
        """Fetch, parse and store; raises ``UsageError``, ``FetchError``, ``FeedParseError``.

        A log-in in the address ("https://name:password@…") is taken out of it: the name is kept with the feed, the
        password in the keyring, and where that cannot be, nothing is subscribed to (``LesartError``).
        """
        entry = catalog.find(typed)
        title = title or (entry.name if entry is not None else "")
        address, login, password = (entry.address, "", "") if entry is not None else _address(typed)
        there = self._store.read(feeds.by_address, [address])
        if there is None:
            access = await self._access(address, login, password)
            async with self._refresher.fetcher() as fetcher:
                found = await Discovery(self._refresher, self._worker, fetcher, address, access).one(choose)
                public = fetcher.is_public(found.fetched.address)
            login = login if secrets.same_account(address, found.address) else ""
            there = self._store.read(feeds.by_address, [found.address, found.fetched.address])
            if there is None:
                if login and password:
                    number = self._store.read(feeds.next_number)
                    await asyncio.to_thread(secrets.keep, number, login, found.address, password)
                return await self._add(found, title, folder, login, full_text, public=public)
        if login and password:
            await asyncio.to_thread(secrets.keep, there.id, login, there.address, password)
        if login:
            self._store.write(feeds.set_access, there.id, replace(there.settings, login=login))
        if full_text is not None and full_text != there.settings.full_text:
            self._store.write(set_full_text, there.id, full_text, self._clock())
        if not there.typed:  # it came from a list; now a person vouches for the address
            self._store.write(feeds.set_origin, there.id, typed=True, outline=there.outline)
        return there.id, _result(there, UNCHANGED, 0)

    async def _add(
        self, found: Found, title: str, folder: str, login: str, full_text: FullText | None, *, public: bool
    ) -> tuple[int, FeedResult]:
        """Store a feed; ``public``: its machine belongs to the public internet, so its name may never lead to a private
        one later on (DNS rebinding), unless a person gives the address once more.
        """
        parsed = found.parsed

        def store(connection: Connection) -> tuple[FeedRecord, int]:
            shown = title or parsed.title or host_name(found.address)
            feed_id = feeds.add_feed(
                connection, found.address, title=shown, own_title=bool(title), folder=folder, site=parsed.site
            )
            feeds.set_origin(connection, feed_id, typed=not public, outline="[]")
            feeds.set_full_text(connection, feed_id, full_text or self._refresher.full_text)
            if login:
                feeds.set_access(connection, feed_id, FeedSettings(login=login))
            _, new, _ = store_answer(
                connection, feed_id, found.fetched, parsed, self._clock(), self._refresher.interval_seconds
            )
            return feeds.feed(connection, feed_id), new

        record, new = await asyncio.wrap_future(self._store.submit(store))
        await self._refresher.settle(ANALYSED_AT_ONCE)
        return record.id, _result(record, OK, new)

    async def preview(self, typed: str) -> tuple[FeedPreview, ...]:
        """What the address leads to, without storing anything; raises as ``subscribe`` does."""
        entry = catalog.find(typed)
        address, login, password = (entry.address, "", "") if entry is not None else _address(typed)
        there = self._store.read(feeds.by_address, [address])
        access = await (access_of(there) if there is not None else self._access(address, login, password))
        async with self._refresher.fetcher() as fetcher:
            discovery = Discovery(self._refresher, self._worker, fetcher, address, access)
            found = await discovery.all()
            return tuple(
                [
                    await discovery.preview(one, self._store.read(feeds.by_address, [one.address]) is not None)
                    for one in found
                ]
            )

    async def _access(self, address: str, login: str, password: str) -> Access:
        """The log-in for the first request; a password that is not in the address is where it will be looked for."""
        if not login:
            return Access()
        number = self._store.read(feeds.next_number)
        found: str | None = password
        if not found:
            found = await asyncio.to_thread(secrets.password, number, login, address)
        if not found:
            raise FetchError(
                N_("There is no password for the log-in “{login}”."),
                hint=N_("Set {variable} in the environment, or put it behind the name in the address: name:password@."),
                login=login,
                variable=secrets.variable(number),
            )
        return Access(headers=(basic(login, found),), login=True)


def _address(typed: str) -> tuple[str, str, str]:
    """Address, log-in name and password."""
    bare, login, password = split_login(typed)
    try:
        return typed_address(bare), checked_login(login), password
    except UsageError as error:
        if set(typed) & set(".:/"):
            raise
        raise UsageError(
            N_("“{address}” is neither a web address nor a name of the catalogue."),
            hint=N_("“lesart catalogue” lists the names; an address looks like https://example.org/feed."),
            address=clean_line(without_password(typed))[:200],
        ) from error


def _result(record: FeedRecord, status: str, new: int) -> FeedResult:
    return FeedResult(feed_id=record.id, title=record.title, address=record.address, status=status, new=new)
