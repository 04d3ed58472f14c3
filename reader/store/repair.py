"""What can be wrong inside a database that can be read, and mending it without losing anything: counters, search index,
rows that belong to nothing, indexes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import N_, StoreError
from reader.model.article import Document
from reader.store import articles, codec
from reader.store.connection import BUSY_SECONDS, Connection
from reader.store.faults import worded
from reader.store.maintenance import integrity_problems, read_once
from reader.store.times import STEP_US

_ORPHANS = {
    "entries": "NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = entries.article_id)",
    "documents": "NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = documents.article_id)",
    "versions": "NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = versions.article_id)",
    "told_apart": "NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = told_apart.article_id)"
    " OR NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = told_apart.other_id)",
    "tellings": "NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = tellings.article_id)",
    "let_go": "NOT EXISTS (SELECT 1 FROM feeds f WHERE f.id = let_go.feed_id)",
    "analyses": "NOT EXISTS (SELECT 1 FROM documents d WHERE d.digest = analyses.digest)",
}
_HARMLESS = ("analyses",)
"""Left behind by edited articles; ``lesart tidy`` takes them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What does not agree in a database; all empty: nothing."""

    counters: tuple[str, ...] = ()
    """Names of counters that do not say what a count says."""
    unsearchable: int = 0
    """Articles that are said to be in the search index and are not."""
    unfound: int = 0
    """Rows of the search index that belong to no article."""
    textless: int = 0
    """Articles without a text."""
    feedless: int = 0
    """Articles that stand in no feed, or in one that is not there."""
    orphans: dict[str, int] = field(default_factory=dict)
    """Rows that belong to nothing, by table."""

    @property
    def sound(self) -> bool:
        """Whether everything agrees; analyses of texts that are gone do no harm."""
        return not (
            self.counters
            or self.unsearchable
            or self.unfound
            or self.textless
            or self.feedless
            or any(number for table, number in self.orphans.items() if table not in _HARMLESS)
        )


BEYOND_MENDING = N_("The database {file} is damaged beyond what can be mended in place.")


def survey(path: Path) -> Survey:
    """Look, and change nothing; raises ``StoreError`` when the database cannot be read."""
    return read_once(path, _survey)


def mend(path: Path) -> Survey:
    """Make everything agree again, in transactions that lose nothing; what there was to do.

    Raises ``StoreError``, for a database too whose pages are damaged: that needs more than this.
    """
    with worded(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        problems = _left_by_reindexing(connection)
        if problems:
            raise StoreError(
                BEYOND_MENDING,
                detail=problems[0],
                hint=N_(
                    "Bring the newest copy back with “lesart restore COPY --force”,"
                    " or read out what can be read with “lesart doctor --salvage”."
                ),
                file=path,
            )
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = _survey(connection)
            with without_triggers(connection):
                for table in found.orphans:
                    connection.execute(f"DELETE FROM {table} WHERE {_ORPHANS[table]}")
                give_texts(connection)
                give_feeds(connection)
            recount(connection)
            if found.unfound or found.unsearchable:
                rebuild_index(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return found


def _left_by_reindexing(connection: Connection) -> tuple[str, ...]:
    """What is wrong with the pages, indexes aside, which are made anew where one of them is wrong."""
    try:
        if integrity_problems(connection, foreign_keys=False):
            connection.execute("REINDEX")
            return integrity_problems(connection, foreign_keys=False)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        return (str(error),)
    return ()


def rebuild_index(connection: Connection) -> None:
    """Empty the search index; ``search.index_pending`` fills it again."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("UPDATE articles SET indexed = 0 WHERE indexed <> 0")


def _survey(connection: Connection) -> Survey:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    in_index = f"SELECT id * {STEP_US} FROM search_docsize"
    wanted = "SELECT position FROM articles WHERE indexed <> 0"
    return Survey(
        counters=_wrong_counters(connection),
        unsearchable=_count(connection, f"SELECT count(*) FROM ({wanted} EXCEPT {in_index})"),
        unfound=_count(connection, f"SELECT count(*) FROM ({in_index} EXCEPT {wanted})"),
        textless=_count(
            connection,
            "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.article_id = a.id)",
        ),
        feedless=_count(connection, f"SELECT count(*) FROM articles a WHERE {_FEEDLESS}")
        + _count(connection, f"SELECT count(*) FROM ({_LOST_FEEDS})"),
        orphans={
            table: number
            for table, condition in _ORPHANS.items()
            if table in there and (number := _count(connection, f"SELECT count(*) FROM {table} WHERE {condition}"))
        },
    )


_FEEDLESS = "NOT EXISTS (SELECT 1 FROM entries e WHERE e.article_id = a.id)"
_LOST_FEEDS = (
    "SELECT feed_id FROM articles WHERE feed_id NOT IN (SELECT id FROM feeds)"
    " UNION SELECT feed_id FROM entries WHERE feed_id NOT IN (SELECT id FROM feeds)"
)


def _count(connection: Connection, statement: str) -> int:
    return int(connection.execute(statement).fetchone()[0])


_TOTALS = "SELECT coalesce(sum(1 - read), 0), coalesce(sum(starred), 0), count(*) FROM articles"
_BY_FEED = (
    "SELECT f.id, f.unread, f.total, coalesce(sum(1 - a.read), 0), count(a.id) FROM feeds f"
    " LEFT JOIN entries e ON e.feed_id = f.id LEFT JOIN articles a ON a.id = e.article_id GROUP BY f.id"
)


def _wrong_counters(connection: Connection) -> tuple[str, ...]:
    wrong = []
    kept = connection.execute("SELECT unread, starred, total FROM totals").fetchone()
    counted = connection.execute(_TOTALS).fetchone()
    wrong += [
        name
        for name, one, other in zip(("unread", "starred", "total"), kept or (), counted, strict=False)
        if one != other
    ]
    if kept is None:
        wrong.append("totals")
    wrong += [
        f"feed {number}"
        for number, unread, total, right_unread, right_total in connection.execute(_BY_FEED)
        if (unread, total) != (right_unread, right_total)
    ]
    return tuple(wrong)


def recount(connection: Connection) -> None:
    """Make the counters say what a count says."""
    connection.execute("DELETE FROM totals")
    connection.execute("INSERT INTO totals (one, unread, starred, total) SELECT 1, * FROM (" + _TOTALS + ")")
    connection.executemany(
        "UPDATE feeds SET unread = ?, total = ? WHERE id = ?",
        [
            (right_unread, right_total, number)
            for number, unread, total, right_unread, right_total in connection.execute(_BY_FEED).fetchall()
            if (unread, total) != (right_unread, right_total)
        ],
    )


@contextmanager
def without_triggers(connection: Connection) -> Iterator[None]:
    """Inside a transaction: the counting triggers would look for rows that are not there, and count twice."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield
    for _, statement in triggers:
        connection.execute(statement)


def give_texts(connection: Connection) -> None:
    """An article whose text is lost keeps its headline, and its feed may bring the text again."""
    for article_id, title in connection.execute(
        "SELECT a.id, a.title FROM articles a WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.article_id = a.id)"
    ).fetchall():
        empty = Document(text="", blocks=(), title=title)
        connection.execute(
            "INSERT INTO documents (article_id, guid, address, digest, body) VALUES (?, '', '', ?, ?)",
            (article_id, empty.digest, codec.pack_document(empty)),
        )
        connection.execute("UPDATE articles SET analysed = 0, indexed = 0 WHERE id = ?", (article_id,))
        connection.execute("UPDATE entries SET state = 0 WHERE article_id = ?", (article_id,))


def give_feeds(connection: Connection) -> None:
    """A feed that is lost becomes one that is not subscribed to, and an article that stands in none stands in its own
    again, to be recognised there by what is known of it.
    """
    connection.execute("INSERT OR IGNORE INTO folders (name) VALUES ('')")
    connection.execute(
        "INSERT INTO feeds (id, address, title, folder_id, subscribed)"
        " SELECT feed_id, 'lost:' || feed_id, '?', (SELECT id FROM folders WHERE name = ''), 0"
        f" FROM ({_LOST_FEEDS})"
    )
    for article_id, feed_id, position, title, column, address in connection.execute(
        "SELECT a.id, a.feed_id, a.position, a.title, d.guid, d.address FROM articles a"
        f" JOIN documents d ON d.article_id = a.id WHERE {_FEEDLESS}"
    ).fetchall():
        guid = codec.unpack_guid(column, address)
        name = f"guid {guid}" if guid else f"link {address}" if address else f"title {title}"
        connection.execute(
            "INSERT INTO entries (feed_id, position, article_id, folder_id, guid_key, state)"
            " SELECT id, ?, ?, folder_id, ?, 0 FROM feeds WHERE id = ?",
            (position, article_id, articles.key(name), feed_id),
        )
