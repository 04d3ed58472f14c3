"""Articles let go by age: which ones, for how much space, in steps of some milliseconds; and what is remembered of
them, so that a feed that still lists an entry does not bring it back.

An article's age counts from when it came, or from when it was last read, whichever is later; its own date says nothing
about how long it has been here.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reader.model.retention import Age, Retention
from reader.store.articles import Incoming, remove_articles
from reader.store.connection import Connection
from reader.store.listing import CHUNK, marks
from reader.store.times import from_us, to_us

STEP_SECONDS = 0.004
"""A step ends after so long, whatever is left; then others may write."""
STEP_ARTICLES = 64
_LISTED_ANEW = timedelta(days=7)
_FORGOTTEN = timedelta(days=180)
"""What a feed has not listed for so long will not come back; it need not be remembered."""
_FORGOTTEN_AT_ONCE = 500

_AGE = "max(a.fetched_us, a.read_us)"
_DUE = (
    f"a.position < :latest AND {_AGE} <"
    " CASE WHEN a.starred = 1 THEN :starred WHEN a.read = 1 THEN :read ELSE :unread END"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedShare:
    """What of one feed would go: articles by mark, bytes of their texts and analyses, since when the oldest is here."""

    feed_id: int
    title: str
    read: int
    unread: int
    starred: int
    bytes: int
    oldest: datetime

    @property
    def articles(self) -> int:
        """All of them."""
        return self.read + self.unread + self.starred


def due(connection: Connection, rule: Retention, now: datetime) -> array[int]:
    """The ids of the articles that are to go, oldest place first."""
    found = array("q")
    if not rule.keeps_everything:
        cursor = connection.execute(
            f"SELECT a.id FROM articles a WHERE {_DUE} ORDER BY a.position",
            _limits(rule, now),
        )
        while chunk := cursor.fetchmany(4096):
            found.extend([row[0] for row in chunk])
    return found


def shares(connection: Connection, rule: Retention, now: datetime) -> list[FeedShare]:
    """The same by feed, those with the most first."""
    if rule.keeps_everything:
        return []
    rows = connection.execute(
        "SELECT f.id, f.title, sum(a.read AND NOT a.starred), sum(NOT a.read AND NOT a.starred), sum(a.starred),"
        " sum(coalesce(length(d.body), 0)"
        " + coalesce((SELECT sum(length(v.body)) FROM versions v WHERE v.article_id = a.id), 0)"
        " + coalesce((SELECT sum(length(x.body)) FROM analyses x WHERE x.digest = d.digest), 0)),"
        f" min({_AGE}), count(*) AS number"
        " FROM articles a JOIN feeds f ON f.id = a.feed_id LEFT JOIN documents d ON d.article_id = a.id"
        f" WHERE {_DUE} GROUP BY f.id ORDER BY number DESC, f.id",
        _limits(rule, now),
    )
    return [
        FeedShare(
            feed_id=feed_id, title=title, read=read, unread=unread, starred=starred, bytes=size, oldest=from_us(oldest)
        )
        for feed_id, title, read, unread, starred, size, oldest, _number in rows
    ]


def let_go(connection: Connection, ids: Sequence[int], rule: Retention, now: datetime) -> tuple[int, int]:
    """One step: of these articles, from the first on, those that the rule still lets go are removed.

    How many were looked at before the step's time was over, and how many of them have gone.
    """
    limits, moment = _limits(rule, now), to_us(now)
    end = time.perf_counter() + STEP_SECONDS
    gone = looked = 0
    for article_id in ids[:STEP_ARTICLES]:
        if looked and time.perf_counter() > end:
            break
        looked += 1
        # It may have been starred or read since it was found.
        if connection.execute(
            f"SELECT 1 FROM articles a WHERE a.id = :id AND {_DUE}",
            {**limits, "id": article_id},
        ).fetchone():
            connection.execute(
                "INSERT OR REPLACE INTO let_go (feed_id, guid_key, listed_us)"
                " SELECT feed_id, guid_key, ? FROM entries WHERE article_id = ?",
                (moment, article_id),
            )
            remove_articles(connection, [article_id])
            gone += 1
    return looked, gone


def without_let_go(
    connection: Connection, feed_id: int, entries: list[tuple[int, Incoming]], now: datetime
) -> list[tuple[int, Incoming]]:
    """The keyed entries of a feed's document less those that were let go; these are noted as still listed."""
    if connection.execute("SELECT 1 FROM let_go WHERE feed_id = ? LIMIT 1", (feed_id,)).fetchone() is None:
        return entries
    keys = [key for key, _ in entries]
    listed: dict[int, int] = {}
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        listed.update(
            connection.execute(
                f"SELECT guid_key, listed_us FROM let_go WHERE feed_id = ? AND guid_key IN ({marks(len(part))})",
                (feed_id, *part),
            ).fetchall()
        )
    stale = to_us(now - _LISTED_ANEW)
    connection.executemany(
        "UPDATE let_go SET listed_us = ? WHERE feed_id = ? AND guid_key = ?",
        [(to_us(now), feed_id, key) for key, moment in listed.items() if moment < stale],
    )
    # After the present ones were noted, so that a feed that did not change for years loses none of them.
    connection.execute(
        "DELETE FROM let_go WHERE feed_id = ?1 AND guid_key IN"
        " (SELECT guid_key FROM let_go WHERE feed_id = ?1 AND listed_us < ?2 LIMIT ?3)",
        (feed_id, to_us(now - _FORGOTTEN), _FORGOTTEN_AT_ONCE),
    )
    return [(key, entry) for key, entry in entries if key not in listed]


def unused_analyses(connection: Connection) -> list[bytes]:
    """Digests of analyses whose text no article has any more, because it was edited or replaced."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT x.digest FROM analyses x"
            " WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.digest = x.digest)"
        )
    ]


def drop_analyses(connection: Connection, digests: Sequence[bytes]) -> None:
    """Remove these, unless an article has come to need one."""
    connection.executemany(
        "DELETE FROM analyses WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM documents WHERE digest = ?1)",
        [(digest,) for digest in digests],
    )


def note(connection: Connection, name: str) -> str:
    """What is noted under this name, or ""."""
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def set_note(connection: Connection, name: str, value: str) -> None:
    """Note something."""
    connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))


def _limits(rule: Retention, now: datetime) -> dict[str, int | None]:
    def limit(age: Age | None) -> int | None:
        return None if age is None else to_us(age.before(now))

    limits = {"read": limit(rule.read), "unread": limit(rule.unread), "starred": limit(rule.starred)}
    # A place is never later than the arrival, so nothing above the latest limit needs to be looked at.
    return {**limits, "latest": max((value for value in limits.values() if value is not None), default=0)}
