"""What a person sets for single feeds: title, folder, full text, and how the server is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from reader.feeds.access import checked_header, checked_login, checked_proxy
from reader.library import secrets
from reader.library.pagestage import set_full_text
from reader.library.subscriptions import feed_of
from reader.model.article import Feed
from reader.model.settings import FeedSettings, FullText
from reader.store import Connection, Store, feeds
from reader.store.feeds import FeedRecord
from reader.text.sanitize import clean_line


@dataclass(frozen=True, slots=True)
class AccessWish:
    """What is to change in how a feed is asked; None leaves it, "" ends it. ``headers`` are added to those that are
    set, one with an empty value is taken away.
    """

    proxy: str | None = None
    login: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def checked(
        cls, *, proxy: str | None = None, login: str | None = None, headers: Mapping[str, str] | None = None
    ) -> AccessWish:
        """A wish in its one form; raises ``UsageError``."""
        return cls(
            proxy=None if proxy is None else checked_proxy(proxy),
            login=None if login is None else checked_login(login),
            headers=tuple(checked_header(name, value) for name, value in (headers or {}).items()),
        )

    def upon(self, before: FeedSettings) -> FeedSettings:
        """The settings with the wish carried out."""
        merged = {name.lower(): (name, value) for name, value in before.headers}
        merged.update((pair[0].lower(), pair) for pair in self.headers)
        return replace(
            before,
            proxy=before.proxy if self.proxy is None else self.proxy,
            login=before.login if self.login is None else self.login,
            headers=tuple(pair for pair in merged.values() if pair[1]),
        )


class Settings:
    """Read and change them; every method raises ``NotFoundError`` for a feed that is not there."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def of(self, feed_id: int) -> FeedSettings:
        """What is set for a feed."""
        return self._store.read(feeds.feed, feed_id).settings

    def change(
        self,
        feed_id: int,
        *,
        title: str | None = None,
        folder: str | None = None,
        full_text: FullText | None = None,
        proxy: str | None = None,
        login: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Feed:
        """Set what is given and leave the rest; raises ``UsageError`` and changes nothing when some of it is wrong.

        "" gives the default back: the feed's own title, no folder, the environment's proxy, no log-in. ``headers``
        are added to those that are set, one with an empty value is taken away. A log-in that ends takes its password
        out of the keyring.
        """
        wish = AccessWish.checked(proxy=proxy, login=login, headers=headers)

        def write(connection: Connection) -> tuple[FeedRecord, Feed]:
            # Read in the transaction that writes: another process may be changing the same feed.
            record = feeds.feed(connection, feed_id)
            before = record.settings
            feeds.set_names(
                connection,
                feed_id,
                title=None if title is None else clean_line(title),
                folder=None if folder is None else clean_line(folder),
            )
            if full_text is not None and full_text != before.full_text:
                set_full_text(connection, feed_id, full_text, self._clock())
            wanted = wish.upon(before)
            if wanted != before:
                feeds.set_access(connection, feed_id, wanted)
            return record, feed_of(feeds.feed(connection, feed_id))

        record, feed = self._store.write(write)
        if record.settings.login and record.settings.login != feed.settings.login:
            self.end_login(record.settings.login, record.address)
        return feed

    def set_password(self, feed_id: int, password: str) -> None:
        """Keep the password of the feed's log-in in the system's keyring, "" for none; raises ``UsageError`` for a
        feed without a log-in name, ``LesartError`` where nothing can keep it.
        """
        record = self._store.read(feeds.feed, feed_id)
        if not record.settings.login:
            raise secrets.no_login(feed_id)
        if password:
            secrets.keep(feed_id, record.settings.login, record.address, password)
        else:
            secrets.forget(record.settings.login, record.address)

    def end_login(self, login: str, address: str) -> None:
        """Take the password of a log-in that has ended out of the keyring, unless another feed needs it."""
        if not any(
            other.settings.login == login and secrets.same_account(other.address, address)
            for other in self._store.read(feeds.all_feeds)
        ):
            secrets.forget(login, address)
