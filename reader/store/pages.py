"""Which articles' pages are wanted, and where each stands with its page (``model.settings.PageState``).

``documents.feed_digest`` is the digest of the feed's own text where another document is stored in its place, so that an
unchanged entry is known again and an edited one is told from it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.model.settings import FullText, PageState
from reader.store.connection import Connection
from reader.store.listing import CHUNK, marks
from reader.store.times import optional_time

_STUBS = ("teaser", "title_only", "empty")
"""What ``FullText.AUTOMATIC`` fetches the page for; a video's page has no more text, a paywall stays one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One article whose page is wanted, with what its entry says of it."""

    article_id: int
    feed_id: int
    address: str
    title: str
    authors: tuple[str, ...]
    published: datetime | None
    failures: int
    taken: bool
    """Whether its page was taken before, and is wanted again because the entry has changed."""
    digest: bytes
    body: bytes
    """The stored document, packed, and its digest."""


def want(connection: Connection, article_ids: Sequence[int], since_us: int) -> None:
    """Of these articles, analysed just now, have the pages fetched that their feeds' settings ask for; none of an
    article from before ``since_us`` and none of the bundled edition.
    """
    for start in range(0, len(article_ids), CHUNK):
        part = article_ids[start : start + CHUNK]
        connection.execute(
            f"UPDATE articles SET page = ?, page_due_us = 0, page_failures = 0 WHERE id IN ({marks(len(part))})"
            " AND page = ? AND position >= ?"
            " AND EXISTS (SELECT 1 FROM documents d WHERE d.article_id = articles.id AND d.address LIKE 'http%')"
            " AND EXISTS (SELECT 1 FROM feeds f WHERE f.id = articles.feed_id AND f.address LIKE 'http%'"
            f" AND (f.full_text = ? OR f.full_text = ? AND articles.completeness IN ({marks(len(_STUBS))})))",
            (PageState.WANTED, *part, PageState.UNDECIDED, since_us, FullText.ALWAYS, FullText.AUTOMATIC, *_STUBS),
        )


def reconsider(connection: Connection, feed_id: int, since_us: int, limit: int) -> None:
    """A feed's setting has changed: decide anew on its ``limit`` newest analysed articles since then.

    What is still to be fetched under the old setting is no more; pages that were taken or refused stay so.
    """
    connection.execute(
        "UPDATE articles SET page = ? WHERE page = ? AND feed_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.article_id = articles.id AND d.feed_digest IS NOT NULL)",
        (PageState.UNDECIDED, PageState.WANTED, feed_id),
    )
    newest = connection.execute(
        "SELECT a.id FROM entries e JOIN articles a ON a.id = e.article_id WHERE e.feed_id = ? AND e.position >= ?"
        " AND a.feed_id = e.feed_id AND a.analysed > 0 AND a.page = ? ORDER BY e.position DESC LIMIT ?",
        (feed_id, since_us, PageState.UNDECIDED, limit),
    )
    want(connection, [article_id for (article_id,) in newest.fetchall()], since_us)


def twin(connection: Connection, article_id: int, since_us: int) -> bytes | None:
    """The packed document of another article with the same address whose page was read, and that came in since then:
    the page's text, or a text that is known to go on behind a paywall.
    """
    row = connection.execute(
        "SELECT d.body FROM articles mine JOIN articles a ON a.link_key = mine.link_key AND a.id <> mine.id"
        " JOIN documents d ON d.article_id = a.id"
        " WHERE mine.id = ? AND a.fetched_us >= ? AND d.feed_digest IS NOT NULL"
        " AND (a.page = ? OR a.page = ? AND a.completeness = 'paywall') ORDER BY a.page, a.id DESC",
        (article_id, since_us, PageState.TAKEN, PageState.REFUSED),
    ).fetchone()
    return None if row is None else bytes(row[0])


def wanted(
    connection: Connection, feed_ids: Collection[int], now_us: int, since_us: int, per_feed: int, limit: int
) -> list[Wanted]:
    """At most ``limit`` of these feeds' wanted pages whose time has come, ``per_feed`` of each, newest first."""
    counts: Counter[int] = Counter()
    found: list[int] = []
    for article_id, feed_id in connection.execute(
        "SELECT a.id, a.feed_id FROM articles a JOIN feeds f ON f.id = a.feed_id WHERE a.page = 1"
        " AND a.position >= ? AND a.page_due_us <= ? AND f.full_text <> ? ORDER BY a.position DESC",
        (since_us, now_us, FullText.NEVER),
    ):
        if feed_id in feed_ids and counts[feed_id] < per_feed:
            counts[feed_id] += 1
            found.append(article_id)
            if len(found) == limit:
                break
    return [_wanted(connection, article_id) for article_id in found]


def take(connection: Connection, article_id: int, feed_digest: bytes | None) -> None:
    """The stored document is the page's from now on; ``feed_digest`` of the feed's own text, unless it is known."""
    connection.execute(
        "UPDATE documents SET feed_digest = coalesce(feed_digest, ?) WHERE article_id = ?", (feed_digest, article_id)
    )
    _set(connection, article_id, PageState.TAKEN)


def is_taken(connection: Connection, article_id: int) -> bool:
    """Whether the page's text is the article's text."""
    row = connection.execute("SELECT page FROM articles WHERE id = ?", (article_id,)).fetchone()
    return row is not None and row[0] == PageState.TAKEN


def refuse(connection: Connection, article_id: int) -> None:
    """The page is not asked again unless the entry changes; a text taken before stays."""
    _set(connection, article_id, PageState.REFUSED)


def mark_document(connection: Connection, article_id: int, before: bytes, digest: bytes, body: bytes) -> None:
    """The feed's text with what its page has told about it; the text is the same, so nothing becomes a version."""
    connection.execute(
        "UPDATE documents SET feed_digest = coalesce(feed_digest, digest), digest = ?, body = ?"
        " WHERE article_id = ? AND digest = ?",
        (digest, body, article_id, before),
    )
    connection.execute("UPDATE articles SET analysed = 0 WHERE id = ?", (article_id,))


def postpone(connection: Connection, article_ids: Sequence[int], due_us: int, *, failed: bool) -> None:
    """Ask for these pages no sooner than that; ``failed``: it was an attempt, which counts."""
    connection.executemany(
        "UPDATE articles SET page_due_us = ?, page_failures = page_failures + ? WHERE id = ?",
        [(due_us, failed, article_id) for article_id in article_ids],
    )


def entry_changed(connection: Connection, article_id: int, feed_digest: bytes) -> bool:
    """The feed says something else now: whether the page's text stands in its place, which then is read anew.

    Where it does not, the article's page is decided on again with its new text.
    """
    held = connection.execute(
        "UPDATE documents SET feed_digest = ?1 WHERE article_id = ?2 AND feed_digest IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM articles WHERE id = ?2 AND page IN (?3, ?4)) RETURNING 1",
        (feed_digest, article_id, PageState.TAKEN, PageState.WANTED),
    ).fetchone()
    if held is not None:
        _set(connection, article_id, PageState.WANTED)
        return True
    connection.execute("UPDATE documents SET feed_digest = NULL WHERE article_id = ?", (article_id,))
    _set(connection, article_id, PageState.UNDECIDED)
    return False


def _set(connection: Connection, article_id: int, state: PageState) -> None:
    connection.execute(
        "UPDATE articles SET page = ?, page_due_us = 0, page_failures = 0 WHERE id = ?", (state, article_id)
    )


def _wanted(connection: Connection, article_id: int) -> Wanted:
    row = connection.execute(
        "SELECT a.feed_id, d.address, a.title, d.authors, a.published_us, a.page_failures,"
        " d.feed_digest IS NOT NULL, d.digest, d.body"
        " FROM articles a JOIN documents d ON d.article_id = a.id WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    feed_id, address, title, authors, published_us, failures, taken, digest, body = row
    return Wanted(
        article_id=article_id,
        feed_id=feed_id,
        address=address,
        title=title,
        authors=tuple(json.loads(authors)),
        published=optional_time(published_us),
        failures=failures,
        taken=bool(taken),
        digest=digest,
        body=body,
    )
