"""Articles written: new, changed, joined to another feed, marked, removed.

What is new and what has changed is not decided here (library/decider.py does); this module looks up what is
known about the entries of a feed and carries a decision out, both inside the caller's transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reader.model.article import Document
from reader.store.codec import is_fragment, pack_document, pack_guid, pack_strings, unpack_document, unpack_guid
from reader.store.compaction import note_made
from reader.store.connection import Connection
from reader.store.listing import CHUNK, marks, missing_article
from reader.store.pages import entry_changed
from reader.store.search import unindex
from reader.store.stories import leave_no_one_alone
from reader.store.times import STEP_US, from_us, optional_us, to_us

STATES = 4000
"""So many of a feed's newest entries are told to the parser as known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One entry of a feed as it arrived. ``state`` is a hash of all its raw fields; ``body`` a packed
    document or fragment, empty when the state was known and nothing has to be stored.
    """

    guid: str
    address: str
    title: str
    state: int
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    digest: bytes = b""
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An entry that is stored already."""

    article_id: int
    feed_id: int
    own_feed: bool
    """Whether this feed is the one the article's text comes from."""
    guid_key: int
    link_key: int | None
    state: int
    title: str
    digest: bytes
    pending: bool = False
    """Whether its document is still to be made, so that ``digest`` cannot be compared."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored about the entries of one document: this feed's by guid, any feed's by link."""

    by_guid: dict[int, KnownEntry] = field(default_factory=dict)
    by_link: dict[int, tuple[KnownEntry, ...]] = field(default_factory=dict)


def key(text: str) -> int:
    """64 bits that stand for a guid or an address."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def known_states(connection: Connection, feed_id: int) -> frozenset[int]:
    """The states of a feed's newest entries."""
    return frozenset(
        row[0]
        for row in connection.execute(
            "SELECT state FROM entries WHERE feed_id = ? ORDER BY position DESC LIMIT ?", (feed_id, STATES)
        )
    )


def seen_entries(connection: Connection, feed_id: int, states: Sequence[int]) -> list[Incoming]:
    """The entries of a feed that are in these states, without their documents."""
    found = []
    for start in range(0, len(states), CHUNK):
        part = states[start : start + CHUNK]
        found += connection.execute(
            "SELECT d.guid, d.address, a.title, e.state FROM"
            " (SELECT article_id, state FROM entries WHERE feed_id = ? ORDER BY position DESC LIMIT ?) e"
            " JOIN articles a ON a.id = e.article_id JOIN documents d ON d.article_id = a.id"
            f" WHERE e.state IN ({marks(len(part))})",
            (feed_id, STATES, *part),
        ).fetchall()
    return [
        Incoming(guid=unpack_guid(guid, address), address=address, title=title, state=state)
        for guid, address, title, state in found
    ]


def lookup(connection: Connection, feed_id: int, guid_keys: Sequence[int], link_keys: Sequence[int]) -> Known:
    """What is stored under these keys."""
    columns = (
        "e.article_id, e.feed_id, a.feed_id = e.feed_id, e.guid_key, a.link_key, e.state, a.title,"
        " coalesce(d.feed_digest, d.digest), d.pending"
    )
    by_guid = {
        entry.guid_key: entry
        for entry in _select(
            connection,
            f"SELECT {columns} FROM entries e JOIN articles a ON a.id = e.article_id"
            " JOIN documents d ON d.article_id = a.id WHERE e.feed_id = ? AND e.guid_key IN ({})",
            [feed_id],
            guid_keys,
        )
    }
    by_link: dict[int, tuple[KnownEntry, ...]] = {}
    for entry in _select(
        connection,
        f"SELECT {columns} FROM articles a JOIN entries e ON e.article_id = a.id"
        " JOIN documents d ON d.article_id = a.id WHERE a.link_key IN ({})",
        [],
        link_keys,
    ):
        if entry.link_key is not None:
            by_link[entry.link_key] = (*by_link.get(entry.link_key, ()), entry)
    return Known(by_guid, by_link)


def add_article(
    connection: Connection, feed_id: int, entry: Incoming, guid_key: int, wanted_us: int, now: datetime
) -> int:
    """Store a new, unread article near the place ``wanted_us``; its id."""
    position = _free_position(connection, wanted_us)
    cursor = connection.execute(
        "INSERT INTO articles"
        " (position, feed_id, published_us, fetched_us, updated_us, link_key, title, outlet)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            position,
            feed_id,
            optional_us(entry.published),
            to_us(now),
            optional_us(entry.updated),
            key(entry.address) if entry.address else None,
            entry.title,
            entry.outlet,
        ),
    )
    article_id = int(cursor.lastrowid or 0)
    connection.execute(
        "INSERT INTO documents (article_id, guid, address, authors, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
        (
            article_id,
            pack_guid(entry.guid, entry.address),
            entry.address,
            pack_strings(entry.authors),
            entry.digest,
            entry.body,
        ),
    )
    if is_fragment(entry.body):
        connection.execute("UPDATE documents SET pending = 1 WHERE article_id = ?", (article_id,))
    _add_entry(connection, feed_id, article_id, position, guid_key, entry.state)
    return article_id


def join_feed(connection: Connection, feed_id: int, article_id: int, guid_key: int, state: int) -> None:
    """The article stands in this feed as well."""
    (position,) = connection.execute("SELECT position FROM articles WHERE id = ?", (article_id,)).fetchone()
    _add_entry(connection, feed_id, article_id, position, guid_key, state)


def replace_text(connection: Connection, article_id: int, entry: Incoming, now: datetime) -> None:
    """An edited entry: the new text is shown, the old one kept; marks and place stay.

    Where the page's text stands in the place of the feed's, it stays until the page has been read anew, and what the
    feed says now is kept beside it.
    """
    if entry_changed(connection, article_id, entry.digest):
        unindex(connection, article_id)
        connection.execute(
            "INSERT INTO versions (article_id, replaced_us, title, digest, body) SELECT ?1, ?2, ?3, ?4, ?5"
            " WHERE NOT EXISTS (SELECT 1 FROM versions WHERE article_id = ?1 AND digest = ?4)",
            (article_id, to_us(now), entry.title, entry.digest, entry.body),
        )
        connection.execute("UPDATE articles SET title = ? WHERE id = ?", (entry.title, article_id))
        return
    replace_document(connection, article_id, entry.digest, entry.body, now)
    connection.execute("UPDATE articles SET title = ? WHERE id = ?", (entry.title, article_id))


def replace_document(connection: Connection, article_id: int, digest: bytes, body: bytes, now: datetime) -> None:
    """Another text for the same entry, its page's for instance; the one before is kept as a version."""
    unindex(connection, article_id)
    connection.execute(
        "INSERT INTO versions (article_id, replaced_us, title, digest, body)"
        " SELECT a.id, ?, a.title, d.digest, d.body FROM articles a JOIN documents d ON d.article_id = a.id"
        " WHERE a.id = ?",
        (to_us(now), article_id),
    )
    connection.execute(
        "UPDATE documents SET digest = ?, body = ? WHERE article_id = ?",
        (digest, body, article_id),
    )
    connection.execute("UPDATE articles SET analysed = 0, clustered = 0 WHERE id = ?", (article_id,))


def replace_details(connection: Connection, feed_id: int, article_id: int, entry: Incoming, guid_key: int) -> None:
    """Everything of an entry that is not its text; a date that has vanished is kept."""
    connection.execute(
        "UPDATE articles SET published_us = coalesce(?, published_us), updated_us = coalesce(?, updated_us),"
        " link_key = coalesce(?, link_key), outlet = ? WHERE id = ?",
        (
            optional_us(entry.published),
            optional_us(entry.updated),
            key(entry.address) if entry.address else None,
            entry.outlet,
            article_id,
        ),
    )
    connection.execute(
        "UPDATE documents SET guid = ?, address = CASE ? WHEN '' THEN address ELSE ? END, authors = ?"
        " WHERE article_id = ?",
        (
            pack_guid(entry.guid, entry.address),
            entry.address,
            entry.address,
            pack_strings(entry.authors),
            article_id,
        ),
    )
    set_state(connection, feed_id, article_id, entry.state, guid_key)


def set_state(connection: Connection, feed_id: int, article_id: int, state: int, guid_key: int) -> None:
    """How the entry looked last in this feed."""
    connection.execute(
        "UPDATE entries SET state = ?, guid_key = ? WHERE article_id = ? AND feed_id = ?",
        (state, guid_key, article_id, feed_id),
    )


def set_read(connection: Connection, ids: Iterable[int], read: bool) -> tuple[int, ...]:
    """Mark articles; the ids whose mark changed."""
    return _mark(connection, "read", ids, read)


def set_starred(connection: Connection, ids: Iterable[int], starred: bool) -> tuple[int, ...]:
    """Star articles; the ids whose star changed."""
    return _mark(connection, "starred", ids, starred)


def remove_articles(connection: Connection, ids: Iterable[int]) -> None:
    """Forget articles with everything that belongs to them alone."""
    for article_id in ids:
        unindex(connection, article_id)
        leave_no_one_alone(connection, article_id)
        row = connection.execute("SELECT digest FROM documents WHERE article_id = ?", (article_id,)).fetchone()
        connection.execute("DELETE FROM entries WHERE article_id = ?", (article_id,))
        connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        if row is not None:
            connection.execute(
                "DELETE FROM analyses WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM documents WHERE digest = ?1)",
                row,
            )


def pending_documents(connection: Connection, limit: int) -> list[tuple[int, bytes, bytes]]:
    """(article id, digest, packed fragment) of entries whose documents are still to be made, the last stored first."""
    return connection.execute(
        "SELECT article_id, digest, body FROM documents WHERE pending = 1 ORDER BY article_id DESC LIMIT ?", (limit,)
    ).fetchall()


def pending_document(connection: Connection, article_id: int) -> tuple[int, bytes, bytes] | None:
    """The same of one article; nothing where its document is made."""
    found: tuple[int, bytes, bytes] | None = connection.execute(
        "SELECT article_id, digest, body FROM documents WHERE article_id = ? AND pending = 1", (article_id,)
    ).fetchone()
    return found


def set_documents(connection: Connection, made: Iterable[tuple[int, bytes, bytes, bytes]]) -> None:
    """(article id, the fragment's digest, digest, packed document): made, unless another one has come meanwhile."""
    ids = []
    for article_id, before, digest, body in made:
        ids.append(article_id)
        if connection.execute(
            "UPDATE documents SET digest = ?, body = ?, pending = 0"
            " WHERE article_id = ? AND digest = ? AND pending = 1",
            (digest, body, article_id, before),
        ).rowcount:
            connection.execute(
                "UPDATE articles SET analysed = 0, clustered = 0 WHERE id = ? AND analysed <> 0", (article_id,)
            )
    note_made(connection, ids)


def set_empty(connection: Connection, article_id: int, before: bytes) -> None:
    """The document could not be made: the article has no text of its feed's."""
    for (title,) in connection.execute("SELECT title FROM articles WHERE id = ?", (article_id,)).fetchall():
        empty = Document(text="", blocks=(), title=title)
        set_documents(connection, [(article_id, before, empty.digest, pack_document(empty))])


def put_document(connection: Connection, article_id: int, entry: Incoming) -> None:
    """An entry that has changed before its document was made, so that nobody has read it: nothing becomes a version."""
    unindex(connection, article_id)
    connection.execute(
        "UPDATE documents SET digest = ?, body = ?, pending = ? WHERE article_id = ?",
        (entry.digest, entry.body, is_fragment(entry.body), article_id),
    )
    connection.execute(
        "UPDATE articles SET title = ?, analysed = 0, clustered = 0 WHERE id = ?", (entry.title, article_id)
    )


def document(connection: Connection, article_id: int) -> Document:
    """The text of an article; raises ``NotFoundError``."""
    row = connection.execute("SELECT body FROM documents WHERE article_id = ?", (article_id,)).fetchone()
    if row is None:
        raise missing_article(article_id)
    return unpack_document(row[0])


def versions(connection: Connection, article_id: int) -> list[tuple[datetime, str, Document]]:
    """What an article said before: until when, its title, its text; newest first."""
    return [
        (from_us(replaced), title, unpack_document(body))
        for replaced, title, body in connection.execute(
            "SELECT replaced_us, title, body FROM versions WHERE article_id = ? ORDER BY id DESC",
            (article_id,),
        )
    ]


def _add_entry(connection: Connection, feed_id: int, article_id: int, position: int, guid_key: int, state: int) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO entries (feed_id, position, article_id, folder_id, guid_key, state)"
        " SELECT id, ?, ?, folder_id, ?, ? FROM feeds WHERE id = ?",
        (position, article_id, guid_key, state, feed_id),
    )


def _free_position(connection: Connection, wanted: int) -> int:
    """The step that ``wanted`` falls into, or the next free one before it."""
    position = wanted - wanted % STEP_US
    for (taken,) in connection.execute(
        "SELECT position FROM articles WHERE position <= ? ORDER BY position DESC", (position,)
    ):
        if taken < position:
            break
        position -= STEP_US
    return position


def _mark(connection: Connection, column: str, ids: Iterable[int], value: bool) -> tuple[int, ...]:
    wanted = list(dict.fromkeys(ids))
    changed: list[int] = []
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        changed += [
            row[0]
            for row in connection.execute(
                f"UPDATE articles SET {column} = ? WHERE {column} <> ? AND id IN ({marks(len(part))}) RETURNING id",
                (value, value, *part),
            ).fetchall()
        ]
    order = {number: place for place, number in enumerate(wanted)}
    return tuple(sorted(changed, key=order.__getitem__))


def _select(connection: Connection, statement: str, before: list[int], keys: Sequence[int]) -> Iterable[KnownEntry]:
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        for row in connection.execute(statement.format(marks(len(part))), (*before, *part)):
            article_id, feed_id, own_feed, guid_key, link_key, state, title, digest, pending = row
            yield KnownEntry(
                article_id=article_id,
                feed_id=feed_id,
                own_feed=bool(own_feed),
                guid_key=guid_key,
                link_key=link_key,
                state=state,
                title=title,
                digest=digest,
                pending=bool(pending),
            )
