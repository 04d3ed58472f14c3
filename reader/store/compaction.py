"""Documents laid out anew where they were made in place of longer entries, which left a third of their pages empty.

A new feed's entries are stored as they came and become documents later (articles.set_documents). Rows that are removed
and written again one after the other fill their pages; what that frees holds the next writes.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.store.connection import Connection

_NOTE = "loose"
"""The note of the lowest and the highest article whose document was made in the place of its entry."""
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
    cursor = connection.execute(
        "SELECT * FROM documents WHERE article_id BETWEEN ? AND ? ORDER BY article_id LIMIT ?", (low, high, _AT_ONCE)
    )
    places = ", ".join("?" * len(cursor.description))
    rows = cursor.fetchall()
    if rows:
        connection.execute("DELETE FROM documents WHERE article_id BETWEEN ? AND ?", (rows[0][0], rows[-1][0]))
        connection.executemany(f"INSERT INTO documents VALUES ({places})", rows)
    if len(rows) < _AT_ONCE:
        connection.execute("DELETE FROM notes WHERE name = ?", (_NOTE,))
    else:
        _set(connection, rows[-1][0] + 1, high)


def _noted(connection: Connection) -> tuple[int, int] | None:
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (_NOTE,)).fetchone()
    if row is None:
        return None
    low, high = map(int, row[0].split())
    return low, high


def _set(connection: Connection, low: int, high: int) -> None:
    connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (_NOTE, f"{low} {high}"))
