"""A new subscription: the address is read first, so that nothing is stored that is not a feed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from reader.errors import N_, FeedParseError, FetchError, UsageError
from reader.feeds import catalog, problems
from reader.feeds.access import Access, checked_login
from reader.feeds.address import host_name, split_login, typed_address, without_password
from reader.library import secrets
from reader.library.analyst import Worker
from reader.library.discovery import Choose, Discovery, Found
from reader.library.intake import store_answer
from reader.library.pagestage import set_full_text
from reader.library.refresh import Refresher
from reader.library.report import OK, UNCHANGED, FeedResult
from reader.library.secrets import access_of
from reader.library.settings import AccessWish
from reader.model.health import FeedPreview
from reader.model.settings import FeedSettings, FullText
from reader.store import Connection, Store, feeds
from reader.store.feeds import FeedRecord
from reader.text.sanitize import clean_line

PLAIN = AccessWish()
_NAMES = N_("“lesart catalogue” lists the names; an address looks like https://example.org/feed.")
_OTHER_NAME = N_("Perhaps “{name}” is meant. “lesart catalogue” lists the names.")
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
        access: AccessWish | None = None,
        password: str = "",
    ) -> tuple[int, FeedResult]:
        """Fetch, parse and store; raises ``UsageError``, ``FetchError``, ``FeedParseError``.

        ``access`` and ``password`` say how the server is asked, from the first request on. A log-in in the address
        ("https://name:password@…") is taken out of it and counts as theirs: the name is kept with the feed, the
        password in the keyring, and where that cannot be, nothing is subscribed to (``LesartError``).
        """
        entry = catalog.find(typed)
        title = title or (entry.name if entry is not None else "")
        address, wish, password = _wished(entry.address if entry is not None else typed, access, password)
        there = self._store.read(feeds.by_address, [address])
        if there is None:
            with _before_there_is_a_feed(address, guessed=entry is None and not _says_how(typed)):
                key = await self._access(address, wish, password)
                async with self._refresher.fetcher() as fetcher:
                    found = await Discovery(self._refresher, self._worker, fetcher, address, key).one(choose)
                    public = fetcher.is_public(found.fetched.address)
            if not secrets.same_account(address, found.address):  # what is secret stays with the machine it is for
                wish, password = replace(wish, login="", headers=()), ""
            there = self._store.read(feeds.by_address, [found.address, found.fetched.address])
            if there is None:
                if wish.login and password:
                    number = self._store.read(feeds.next_number)
                    await asyncio.to_thread(secrets.keep, number, wish.login, found.address, password)
                return await self._add(found, title, folder, wish, full_text, public=public)
        if wish.login and password:
            await asyncio.to_thread(secrets.keep, there.id, wish.login, there.address, password)
        if wish != PLAIN:
            self._store.write(_grant, there.id, wish)
        if full_text is not None and full_text != there.settings.full_text:
            self._store.write(set_full_text, there.id, full_text, self._clock())
        if not there.typed:  # it came from a list; now a person vouches for the address
            self._store.write(feeds.set_origin, there.id, typed=True, outline=there.outline)
        return there.id, _result(there, UNCHANGED, 0)

    async def _add(
        self, found: Found, title: str, folder: str, wish: AccessWish, full_text: FullText | None, *, public: bool
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
            _grant(connection, feed_id, wish)
            _, new, _ = store_answer(
                connection, feed_id, found.fetched, parsed, self._clock(), self._refresher.interval_seconds
            )
            return feeds.feed(connection, feed_id), new

        record, new = await asyncio.wrap_future(self._store.submit(store))
        await self._refresher.backlog.settle(ANALYSED_AT_ONCE)
        return record.id, _result(record, OK, new)

    async def preview(
        self, typed: str, access: AccessWish | None = None, password: str = ""
    ) -> tuple[FeedPreview, ...]:
        """What the address leads to, without storing anything; raises as ``subscribe`` does."""
        entry = catalog.find(typed)
        address, wish, password = _wished(entry.address if entry is not None else typed, access, password)
        there = self._store.read(feeds.by_address, [address])
        with _before_there_is_a_feed(address, guessed=entry is None and not _says_how(typed)):
            if there is not None and wish == PLAIN:
                key = await access_of(there)
            else:
                key = await self._access(address, wish, password)
            async with self._refresher.fetcher() as fetcher:
                discovery = Discovery(self._refresher, self._worker, fetcher, address, key)
                found = await discovery.all()
                return tuple(
                    [
                        await discovery.preview(one, self._store.read(feeds.by_address, [one.address]) is not None)
                        for one in found
                    ]
                )

    async def _access(self, address: str, wish: AccessWish, password: str) -> Access:
        """For the first request; a password that is not given is where it will be looked for."""
        number = self._store.read(feeds.next_number)
        settings = wish.upon(FeedSettings())
        if not settings.login:
            return secrets.access(number, address, settings)
        trouble = ""
        found: str | None = password
        if not found:
            found, trouble = await asyncio.to_thread(secrets.password, number, settings.login, address)
        if not found:
            raise secrets.missing(number, settings.login, trouble, subscribed=False)
        return secrets.with_password(settings, found)


@contextmanager
def _before_there_is_a_feed(address: str, *, guessed: bool) -> Iterator[None]:
    """Advice on the way to a new feed says what helps there; ``guessed``: https is our word, not the person's."""
    try:
        yield
    except (FetchError, FeedParseError) as error:
        told = problems.for_new_address(error, address, guessed=guessed)
        if told is error:
            raise
        raise told from error


def _says_how(typed: str) -> bool:
    """Whether somebody who typed this has said that it is http or https."""
    return "://" in typed


def _grant(connection: Connection, feed_id: int, wish: AccessWish) -> None:
    """Set how a feed is asked, read and written at once."""
    before = feeds.feed(connection, feed_id).settings
    if wish.upon(before) != before:
        feeds.set_access(connection, feed_id, wish.upon(before))


def _wished(typed: str, access: AccessWish | None, password: str) -> tuple[str, AccessWish, str]:
    """The address, and the wish and the password with what the typed address says of them."""
    wish = access or PLAIN
    bare, login, typed_password = split_login(typed)
    try:
        address, login = typed_address(bare), checked_login(login)
    except UsageError as error:
        if set(typed) & set(".:/"):
            raise
        near = catalog.nearest(typed)
        raise UsageError(
            N_("“{address}” is neither a web address nor a name of the catalogue."),
            hint=_OTHER_NAME if near is not None else _NAMES,
            address=clean_line(without_password(typed))[:200],
            name=near.name if near is not None else "",
        ) from error
    if login and not wish.login:
        return address, replace(wish, login=login), typed_password or password
    return address, wish, password


def _result(record: FeedRecord, status: str, new: int) -> FeedResult:
    return FeedResult(feed_id=record.id, title=record.title, address=record.address, status=status, new=new)
