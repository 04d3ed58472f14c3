"""Documents laid out anew where they were made in place of longer entries, which left a third of their pages empty.

A new feed's entries are stored as they came and become documents later (articles.set_documents). Rows that are removed
and written again one after the other fill their pages; what that frees holds the next writes.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.store.connection import Connection

_NOTE = "loose"
"""The note of the lowest and the highest article whose document was made in the place of its entry."""
_COLUMNS = "article_id, guid, address, authors, digest, body, feed_digest, pending"
_AT_ONCE = 1000
"""Rows; some twenty milliseconds."""


def note_made(connection: Connection, ids: Sequence[int]) -> None:
    """The documents of these articles have just been made."""
    if ids:
        low, high = _noted(connection) or (ids[0], ids[0])
        _set(connection, min(low, *ids), max(high, *ids))


def compact(connection: Connection) -> None:
    """The next rows of those; called now and then once documents are made, and does nothing else."""
    noted = _noted(connection)
    if noted is None:
        return
    low, high = noted
    (waiting,) = connection.execute("SELECT min(article_id) FROM documents WHERE pending = 1").fetchone()
    if waiting is not None and waiting <= high:
        return
    # Inside the database, so that a row that cannot be read as text goes along.
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS lifted AS SELECT * FROM documents WHERE FALSE")
    connection.execute(
        f"INSERT INTO lifted ({_COLUMNS}) SELECT {_COLUMNS} FROM documents"
        " WHERE article_id BETWEEN ? AND ? ORDER BY article_id LIMIT ?",
        (low, high, _AT_ONCE),
    )
    number, first, last = connection.execute("SELECT count(*), min(article_id), max(article_id) FROM lifted").fetchone()
    # Older stores have the guid twice where it is the address (codec.pack_guid).
    connection.execute("UPDATE lifted SET guid = '=' WHERE guid = address AND guid <> '' AND guid NOT LIKE '=%'")
    connection.execute("DELETE FROM documents WHERE article_id BETWEEN ? AND ?", (first, last))
    connection.execute(f"INSERT INTO documents ({_COLUMNS}) SELECT {_COLUMNS} FROM lifted ORDER BY article_id")
    connection.execute("DELETE FROM lifted")
    if number < _AT_ONCE:
        connection.execute("DELETE FROM notes WHERE name = ?", (_NOTE,))
    else:
        _set(connection, last + 1, high)


def _noted(connection: Connection) -> tuple[int, int] | None:
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (_NOTE,)).fetchone()
    if row is None:
        return None
    low, high = map(int, row[0].split())
    return low, high


def _set(connection: Connection, low: int, high: int) -> None:
    connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (_NOTE, f"{low} {high}"))
