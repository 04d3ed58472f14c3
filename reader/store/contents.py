"""Whether a database of ours holds what this program writes: asked of a backup before it takes the place of a store.

That a file is sound and has our tables (maintenance.py) says nothing of what somebody has put into them by hand. The
values have passed the border of text/sanitize.py when they were written, and no sink cleans them again; so one that
does not keep to that, or that would not be understood later, refuses the whole file.

Knows the columns of every schema that there has been; holds one row at a time. The pages of the search index are
SQLite's own matter: what is wrong in them is an error of the database when somebody searches.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.errors import N_, StoreError
from reader.model.analysis import Completeness, Genre
from reader.model.article import Badge
from reader.model.settings import FullText, PageState
from reader.store import values
from reader.store.codec import LARGEST
from reader.store.connection import Connection
from reader.store.feeds import NEVER
from reader.store.values import Finding, Rule, blob, json_text, one_of, optional, whole

_ROWS = 2**48
"""More than there are rows, or anything that is counted, in any store."""
_EARLIEST, _LATEST = -62_000_000_000_000_000, 253_000_000_000_000_000
"""Microseconds since the epoch; in the years 5 and 9987, so that no time zone leads out of what ``datetime`` holds."""
_NUMBERS = {"analysis": re.compile(r"\d{1,9}", re.ASCII), "loose": re.compile(r"\d{1,15} \d{1,15}", re.ASCII)}
"""Notes that are read as numbers."""
_WITHOUT_ROW_IDS = ("entries", "notes", "told_apart", "let_go", "word_starts", "word_ends")

_Place = tuple[str, str, int]
"""Table, column, row: by its number, in a table without row ids counted from 1."""


def cautious(connection: Connection) -> None:
    """Have it hand out text that is no UTF-8 as well (``values.decoded``), and no value of absurd size."""
    connection.text_factory = values.decoded
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)


def check(connection: Connection, file: Path) -> None:
    """Read everything; raises ``StoreError`` with the first value that this program never writes.

    The connection is one for this alone, and ``cautious``; ``file`` is what the message names.
    """
    for (table, column, row), (title, detail) in _findings(connection):
        raise StoreError(
            title,
            detail=detail,
            hint=N_("Nothing was changed. Try an earlier backup."),
            file=file,
            table=table,
            column=column,
            row=row,
        )


def _findings(connection: Connection) -> Iterator[tuple[_Place, Finding]]:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in COLUMNS:
        if table in there:
            yield from _in_table(connection, table)
    if connection.execute("SELECT count(*) FROM totals").fetchone() != (1,):
        yield ("totals", "one", 1), (values.UNREADABLE, "0")
    yield from _in_notes(connection)
    yield from _in_analyses(connection)


def _in_table(connection: Connection, table: str) -> Iterator[tuple[_Place, Finding]]:
    described = connection.execute(f"PRAGMA table_info({table})").fetchall()
    columns = [(row[1], COLUMNS[table][row[1]], not row[3] and not row[5]) for row in described]
    names = [name for name, _, _ in columns]
    number = "0" if table in _WITHOUT_ROW_IDS else "rowid"
    count = 0
    try:
        # In the order of the rows themselves, so that one that SQLite does not hand out is found again.
        for row, *found in connection.execute(f"SELECT {number}, {', '.join(names)} FROM {table} NOT INDEXED"):
            count += 1
            for (name, rule, may_be_null), value in zip(columns, found, strict=True):
                wrong = None if value is None and may_be_null else rule(value)
                if wrong is not None:
                    yield (table, name, row or count), wrong
    except sqlite3.DataError as error:
        yield _too_large(connection, table, names, count), (values.LARGE, str(error))


def _too_large(connection: Connection, table: str, names: Iterable[str], read: int) -> _Place:
    """What SQLite does not hand out, after so many rows or one more: Python's ``sqlite3`` is a row ahead."""
    for before in (read, read + 1):
        for name in names:
            try:
                connection.execute(f"SELECT {name} FROM {table} NOT INDEXED LIMIT 1 OFFSET {before}").fetchone()
            except sqlite3.DataError:
                return table, name, before + 1
    return table, "?", read + 1


def _in_notes(connection: Connection) -> Iterator[tuple[_Place, Finding]]:
    for count, (name, value) in enumerate(connection.execute("SELECT name, value FROM notes"), 1):
        if name in _NUMBERS and not _NUMBERS[name].fullmatch(value):
            yield ("notes", "value", count), (values.UNKNOWN, ascii(value)[:40])


def _in_analyses(connection: Connection) -> Iterator[tuple[_Place, Finding]]:
    """The analyses, each with the text that it is about; of a text that no article has any more none is ever read."""
    for row, body, digest, about in connection.execute(
        "SELECT x.rowid, x.body, x.digest, d.body FROM analyses x CROSS JOIN documents d ON d.digest = x.digest"
    ):
        wrong = values.analysis(body, digest, about)
        if wrong is not None:
            yield ("analyses", "body", row), wrong


_yes, _row, _count, _key = whole(0, 1), whole(1, _ROWS), whole(-_ROWS, _ROWS), whole(-(2**63), 2**63 - 1)
_time, _due = whole(_EARLIEST, _LATEST), whole(_EARLIEST, _LATEST, NEVER)
_seconds, _digest = whole(0, 10**10), blob(64)

COLUMNS: dict[str, dict[str, Rule]] = {
    "folders": {"id": _row, "name": values.line},
    "feeds": {
        "id": _row,
        "address": values.feed_address,
        "title": values.line,
        "own_title": _yes,
        "folder_id": _row,
        "site": values.address,
        "subscribed": _yes,
        "etag": values.validator,
        "last_modified": values.validator,
        "body_digest": _digest,
        "moved_to": values.address,
        "last_success_us": _time,
        "last_attempt_us": _time,
        "next_due_us": _due,
        "failures": _count,
        "error": optional(json_text(values.error_parts)),
        "unread": _count,
        "total": _count,
        "due_us": _due,
        "interval_s": _seconds,
        "ttl_s": _seconds,
        "skip_hours": whole(0, 2**24 - 1),
        "typed": whole(0, 2),
        "outline": json_text(values.pairs),
        "proxy": values.proxy,
        "login": values.line,
        "headers": json_text(values.headers),
        "skip_days": whole(0, 2**7 - 1),
        "full_text": one_of(FullText),
    },
    "articles": {
        "id": _row,
        "position": _time,
        "feed_id": _row,
        "published_us": _time,
        "fetched_us": _time,
        "updated_us": _time,
        "read": _yes,
        "starred": _yes,
        "sources": _count,
        "anonymous": _count,
        "analysed": _count,
        "indexed": _count,
        "link_key": _key,
        "genre": optional(one_of(Genre)),
        "completeness": optional(one_of(Completeness)),
        "title": values.line,
        "outlet": values.line,
        "first_point": values.line,
        "page": whole(min(PageState), max(PageState)),
        "page_due_us": _due,
        "page_failures": _count,
        "minutes": _count,
        "badges": one_of(Badge, several=True),
        "clustered": _yes,
        "story_id": _row,
        "copy_id": _row,
        "agency": values.line,
        "read_us": _time,
    },
    "entries": {
        "feed_id": _row,
        "position": _time,
        "article_id": _row,
        "folder_id": _row,
        "guid_key": _key,
        "state": _key,
    },
    "documents": {
        "article_id": _row,
        "guid": values.line,
        "address": values.address,
        "authors": json_text(values.strings),
        "digest": _digest,
        "body": values.document,
        "feed_digest": _digest,
        "pending": _yes,
    },
    "versions": {
        "id": _row,
        "article_id": _row,
        "replaced_us": _time,
        "title": values.line,
        "digest": _digest,
        "body": values.document,
    },
    "analyses": {"digest": _digest, "version": _count, "body": blob(LARGEST)},
    "notes": {"name": values.line, "value": values.unshown},
    "totals": {"one": _yes, "unread": _count, "starred": _count, "total": _count},
    "tellings": {
        "article_id": _row,
        "position": _time,
        "opening": values.opening,
        "sketch": blob(1_000_000, step=4),
        "agency": values.line,
    },
    "sqlite_sequence": {"name": values.line, "seq": _count},
    "told_apart": {"article_id": _row, "other_id": _row},
    "let_go": {"feed_id": _row, "guid_key": _key, "listed_us": _time},
    "word_starts": {"word": values.index_word, "articles": _count},
    "word_ends": {"reversed": values.index_word, "articles": _count},
}
"""What each column may hold, of all schemas that there have been."""
