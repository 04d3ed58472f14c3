"""Subscriptions: what the person chose, what the server said last, how the last fetch went."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from reader.errors import N_, NotFoundError
from reader.model.settings import FeedSettings, FullText
from reader.store.connection import Connection
from reader.store.times import optional_time, to_us

NEVER = 2**63 - 1
"""``next_due`` of a feed that its server has declared gone."""

_GUARDED, _UNJUDGED, _VOUCHED = 0, 1, 2
"""The column ``typed``; 1 is what every feed of a store without that column got."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """One subscription as stored; ``error`` is opaque here (the library writes and words it)."""

    id: int
    address: str
    title: str
    folder: str
    site: str
    etag: str | None
    last_modified: str | None
    body_digest: bytes | None
    moved_to: str
    last_success: datetime | None
    last_attempt: datetime | None
    next_due_us: int
    failures: int
    error: str
    unread: int
    total: int
    due_us: int
    """When it is asked next without a person's wish; ``next_due_us`` is what the server insists on."""
    interval_s: int
    ttl_s: int
    skip_hours: int
    """A bit for each hour of the day, in UTC, in which the publisher does not want to be asked."""
    typed: bool
    """A person gave the address itself, and it was a local one then or the person gave it again: it may be local."""
    unjudged: bool
    """As ``typed``, but from a store that did not know yet what the address led to; ``guard`` makes up for that."""
    outline: str
    """Foreign attributes from an imported list; opaque here."""
    skip_days: int
    """A bit for each day of the week, Monday first, in UTC, on which the publisher does not want to be asked."""
    settings: FeedSettings


_COLUMNS = (
    "f.id, f.address, f.title, o.name, f.site, f.etag, f.last_modified, f.body_digest, f.moved_to,"
    " f.last_success_us, f.last_attempt_us, f.next_due_us, f.failures, f.error, f.unread, f.total,"
    " f.due_us, f.interval_s, f.ttl_s, f.skip_hours, f.typed, f.outline,"
    " f.skip_days, f.full_text, f.proxy, f.login, f.headers"
    " FROM feeds f JOIN folders o ON o.id = f.folder_id"
)


def all_feeds(connection: Connection) -> list[FeedRecord]:
    """Every subscription, in no promised order."""
    return [_record(*row) for row in connection.execute(f"SELECT {_COLUMNS} WHERE f.subscribed = 1")]


def feed(connection: Connection, feed_id: int) -> FeedRecord:
    """One subscription; raises ``NotFoundError``."""
    row = connection.execute(
        f"SELECT {_COLUMNS} WHERE f.id = ? AND f.subscribed = 1",
        (feed_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(
            N_("There is no feed {id}."), hint=N_("“lesart feeds” shows the feeds and their ids."), id=feed_id
        )
    return _record(*row)


def by_address(connection: Connection, addresses: Sequence[str]) -> FeedRecord | None:
    """The subscription that has one of these addresses."""
    for address in addresses:
        row = connection.execute(
            f"SELECT {_COLUMNS} WHERE f.address = ? AND f.subscribed = 1",
            (address,),
        ).fetchone()
        if row is not None:
            return _record(*row)
    return None


def add_feed(connection: Connection, address: str, *, title: str, own_title: bool, folder: str, site: str = "") -> int:
    """Subscribe; an address that is there already keeps its id. ``own_title``: the person's, never
    overwritten.
    """
    there = connection.execute("SELECT id, subscribed FROM feeds WHERE address = ?", (address,)).fetchone()
    if there is not None and there[1]:
        return int(there[0])
    folder_id = _folder_id(connection, folder)
    if there is None:
        cursor = connection.execute(
            "INSERT INTO feeds (address, title, own_title, folder_id, site) VALUES (?, ?, ?, ?, ?)",
            (address, title, own_title, folder_id, site),
        )
        return int(cursor.lastrowid or 0)
    # An earlier subscription of which starred articles were kept.
    connection.execute(
        "UPDATE feeds SET subscribed = 1, title = ?, own_title = ?, folder_id = ?, site = ?, typed = 1, outline = '[]',"
        " proxy = '', login = '', headers = '[]', full_text = 'automatic',"
        " moved_to = '', next_due_us = 0, due_us = 0, failures = 0 WHERE id = ?",
        (title, own_title, folder_id, site, there[0]),
    )
    connection.execute("UPDATE entries SET folder_id = ? WHERE feed_id = ?", (folder_id, there[0]))
    return int(there[0])


def set_origin(connection: Connection, feed_id: int, *, typed: bool, outline: str) -> None:
    """Where the subscription came from."""
    origin = _VOUCHED if typed else _GUARDED
    connection.execute("UPDATE feeds SET typed = ?, outline = ? WHERE id = ?", (origin, outline, feed_id))


def guard(connection: Connection, feed_id: int) -> None:
    """The address of an ``unjudged`` feed has turned out to be public: it may not lead into a private network later."""
    connection.execute("UPDATE feeds SET typed = ? WHERE id = ? AND typed = ?", (_GUARDED, feed_id, _UNJUDGED))


def set_remark(connection: Connection, feed_id: int, error: str) -> None:
    """Something is wrong with what a fetch that went well has brought; its next answer takes that back. What the
    server said of the document's state is forgotten, so that the whole is asked for.
    """
    connection.execute(
        "UPDATE feeds SET error = ?, etag = NULL, last_modified = NULL WHERE id = ?",
        (error, feed_id),
    )


def set_names(connection: Connection, feed_id: int, *, title: str | None, folder: str | None) -> None:
    """Another title, "" for the feed's own, which comes with its next document; another folder."""
    if title is not None:
        connection.execute(
            "UPDATE feeds SET title = CASE ?1 WHEN '' THEN title ELSE ?1 END, own_title = ?1 <> '',"
            # The same bytes again bring no title: the document is read anew.
            " etag = CASE ?1 WHEN '' THEN NULL ELSE etag END,"
            " last_modified = CASE ?1 WHEN '' THEN NULL ELSE last_modified END,"
            " body_digest = CASE ?1 WHEN '' THEN NULL ELSE body_digest END WHERE id = ?2",
            (title, feed_id),
        )
    if folder is not None:
        folder_id = _folder_id(connection, folder)
        connection.execute("UPDATE feeds SET folder_id = ? WHERE id = ?", (folder_id, feed_id))
        connection.execute("UPDATE entries SET folder_id = ? WHERE feed_id = ?", (folder_id, feed_id))


def set_access(connection: Connection, feed_id: int, settings: FeedSettings) -> None:
    """How the feed is asked: proxy, login name, headers. A feed that its server refused may be asked at once."""
    connection.execute(
        "UPDATE feeds SET proxy = ?, login = ?, headers = ?,"
        " due_us = CASE WHEN failures > 0 AND next_due_us = 0 THEN 0 ELSE due_us END WHERE id = ?",
        (settings.proxy, settings.login, json.dumps(settings.headers, ensure_ascii=False), feed_id),
    )


def set_full_text(connection: Connection, feed_id: int, full_text: FullText) -> None:
    """Whether the pages of its articles are fetched, from the next refresh on."""
    connection.execute("UPDATE feeds SET full_text = ? WHERE id = ?", (full_text.value, feed_id))


def next_number(connection: Connection) -> int:
    """The number that the next new subscription gets."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'feeds'").fetchone()
    return int(row[0]) + 1 if row is not None else 1


def set_fetched(
    connection: Connection,
    feed_id: int,
    now: datetime,
    *,
    etag: str | None,
    last_modified: str | None,
    body_digest: bytes | None,
    title: str = "",
    site: str = "",
    next_due_us: int = 0,
) -> None:
    """A fetch that went well; validators are kept exactly as the server sent them (RFC 9110, §8.8)."""
    moment = to_us(now)
    connection.execute(
        "UPDATE feeds SET etag = ?, last_modified = ?, body_digest = ?,"
        " last_success_us = ?, last_attempt_us = ?, next_due_us = ?, failures = 0, error = '',"
        " title = CASE WHEN own_title OR ? = '' THEN title ELSE ? END,"
        " site = CASE ? WHEN '' THEN site ELSE ? END WHERE id = ?",
        (etag, last_modified, body_digest, moment, moment, next_due_us, title, title, site, site, feed_id),
    )


def set_unchanged(
    connection: Connection,
    feed_id: int,
    now: datetime,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    next_due_us: int = 0,
) -> None:
    """The server has nothing new; validators that came along take the place of the old ones (RFC 9111, §4.3.4)."""
    moment = to_us(now)
    connection.execute(
        "UPDATE feeds SET last_success_us = ?, last_attempt_us = ?, next_due_us = ?, failures = 0, error = '',"
        " etag = coalesce(?, etag), last_modified = coalesce(?, last_modified) WHERE id = ?",
        (moment, moment, next_due_us, etag, last_modified, feed_id),
    )


def set_schedule(
    connection: Connection,
    feed_id: int,
    *,
    due_us: int,
    interval_s: int,
    ttl_s: int,
    skip_hours: int,
    skip_days: int = 0,
) -> None:
    """When the feed is asked next of itself, and what its document said about that."""
    connection.execute(
        "UPDATE feeds SET due_us = ?, interval_s = ?, ttl_s = ?, skip_hours = ?, skip_days = ? WHERE id = ?",
        (due_us, interval_s, ttl_s, skip_hours, skip_days, feed_id),
    )


def rhythm(connection: Connection, feed_id: int) -> tuple[int, int, int]:
    """What the last document said: seconds to live, hours to skip, days to skip."""
    row = connection.execute("SELECT ttl_s, skip_hours, skip_days FROM feeds WHERE id = ?", (feed_id,)).fetchone()
    return (int(row[0]), int(row[1]), int(row[2])) if row is not None else (0, 0, 0)


def set_failed(
    connection: Connection,
    feed_id: int,
    now: datetime,
    error: str,
    *,
    next_due_us: int = 0,
    due_us: int = 0,
    interval_s: int = 0,
) -> None:
    """The fetch failed; validators and entries stay as they are."""
    connection.execute(
        "UPDATE feeds SET last_attempt_us = ?, failures = failures + 1, error = ?, next_due_us = ?, due_us = ?,"
        " interval_s = ? WHERE id = ?",
        (to_us(now), error, next_due_us, due_us, interval_s, feed_id),
    )


def set_moved(connection: Connection, feed_id: int, address: str) -> bool:
    """Note the permanent redirect of a fetch, "" for none; adopt the address when it is seen a second time in
    succession. Whether it was adopted.

    A feed with a log-in or headers of its own does not follow to another origin: they would be told to somebody else.
    """
    row = connection.execute(
        "SELECT address, moved_to, login <> '' OR headers <> '[]' FROM feeds WHERE id = ?", (feed_id,)
    ).fetchone()
    if row is None or row[0] == address:
        return False
    if not address:
        connection.execute("UPDATE feeds SET moved_to = '' WHERE id = ? AND moved_to <> ''", (feed_id,))
        return False
    taken = connection.execute("SELECT 1 FROM feeds WHERE address = ?", (address,)).fetchone()
    elsewhere = urlsplit(row[0])[:2] != urlsplit(address)[:2]
    if row[1] != address or taken or (row[2] and elsewhere):
        connection.execute("UPDATE feeds SET moved_to = ? WHERE id = ?", (address, feed_id))
        return False
    connection.execute("UPDATE feeds SET address = ?, moved_to = '' WHERE id = ?", (address, feed_id))
    return True


def remove_feed(connection: Connection, feed_id: int) -> None:
    """Unsubscribe: its articles go, unless they stand in another feed too or are starred."""
    kept = connection.execute(
        "SELECT count(*) FROM entries e JOIN articles a ON a.id = e.article_id"
        " WHERE e.feed_id = ? AND a.starred = 1"
        " AND NOT EXISTS (SELECT 1 FROM entries o WHERE o.article_id = a.id AND o.feed_id <> e.feed_id)",
        (feed_id,),
    ).fetchone()[0]
    alone = connection.execute(
        "SELECT e.article_id FROM entries e JOIN articles a ON a.id = e.article_id"
        " WHERE e.feed_id = ? AND a.starred = 0"
        " AND NOT EXISTS"
        " (SELECT 1 FROM entries o WHERE o.article_id = e.article_id AND o.feed_id <> e.feed_id)",
        (feed_id,),
    ).fetchall()
    from reader.store.articles import remove_articles  # loads what a refresh without news does not need

    remove_articles(connection, [row[0] for row in alone])
    connection.execute(
        "DELETE FROM entries WHERE feed_id = ?1 AND EXISTS"
        " (SELECT 1 FROM entries o WHERE o.article_id = entries.article_id AND o.feed_id <> ?1)",
        (feed_id,),
    )
    connection.execute(
        "UPDATE articles SET feed_id = (SELECT o.feed_id FROM entries o WHERE o.article_id = articles.id)"
        " WHERE feed_id = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM entries o WHERE o.article_id = articles.id AND o.feed_id = ?1)",
        (feed_id,),
    )
    if kept:
        connection.execute(
            "UPDATE feeds SET subscribed = 0, error = '',"
            " etag = NULL, last_modified = NULL, body_digest = NULL WHERE id = ?",
            (feed_id,),
        )
    else:
        connection.execute("DELETE FROM feeds WHERE id = ?", (feed_id,))


def _folder_id(connection: Connection, name: str) -> int:
    connection.execute("INSERT OR IGNORE INTO folders (name) VALUES (?)", (name,))
    (folder_id,) = connection.execute("SELECT id FROM folders WHERE name = ?", (name,)).fetchone()
    return int(folder_id)


def _record(
    number: int,
    address: str,
    title: str,
    folder: str,
    site: str,
    etag: str | None,
    last_modified: str | None,
    body_digest: bytes | None,
    moved_to: str,
    last_success_us: int | None,
    last_attempt_us: int | None,
    next_due_us: int,
    failures: int,
    error: str,
    unread: int,
    total: int,
    due_us: int,
    interval_s: int,
    ttl_s: int,
    skip_hours: int,
    typed: int,
    outline: str,
    skip_days: int,
    full_text: str,
    proxy: str,
    login: str,
    headers: str,
) -> FeedRecord:
    return FeedRecord(
        id=number,
        address=address,
        title=title,
        folder=folder,
        site=site,
        etag=etag,
        last_modified=last_modified,
        body_digest=body_digest,
        moved_to=moved_to,
        last_success=optional_time(last_success_us),
        last_attempt=optional_time(last_attempt_us),
        next_due_us=next_due_us,
        failures=failures,
        error=error,
        unread=unread,
        total=total,
        due_us=due_us,
        interval_s=interval_s,
        ttl_s=ttl_s,
        skip_hours=skip_hours,
        typed=typed != _GUARDED,
        unjudged=typed == _UNJUDGED,
        outline=outline,
        skip_days=skip_days,
        settings=FeedSettings(
            full_text=FullText(full_text),
            proxy=proxy,
            login=login,
            headers=tuple((name, value) for name, value in json.loads(headers)),
        ),
    )
