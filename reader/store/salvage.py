"""Reading out what can be read of a database whose pages are damaged, into a new one.

SQLite reads a row as long as the pages on the way to it and those of the row are whole. So each table is read by row
id; where that fails, the range is halved until the unreadable rows are alone. A lost start of the file (SQLite file
format, §1.3 and §1.6) is taken from an empty database of the same layout. What can be made again (search index,
analyses, counters) is made again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import N_, StoreError
from reader.store import repair
from reader.store.connection import MAGIC, PAGE_BYTES, Connection, beside, open_store
from reader.store.copies import sync_folder
from reader.store.faults import worded
from reader.store.maintenance import set_aside
from reader.store.schema import APPLICATION_ID, MIGRATIONS, STEPS, migrate

_OLD_PAGE = 4096
"""Bytes of a page in stores that were made before ``connection.shape``."""
_LAYOUTS = (_OLD_PAGE, PAGE_BYTES)
_TREES = (b"\x02", b"\x05", b"\x0a", b"\x0d")
"""How a page of a tree begins (§1.6); most pages of a store are such, the others hold the rest of long rows."""
_HEADER = 100
_INNER = 0x05
"""Kind of a page that is an inner node of a table."""
_TRIES = 20_000
"""Failing reads of one table, after which the rest of it is given up."""
_FAR = 2**48

_TABLES = ("folders", "feeds", "articles", "documents", "versions")
"""Those read by row id, what is referred to first."""
_SMALL = {"told_apart": ("article_id", "other_id"), "let_go": ("feed_id", "guid_key"), "notes": ("name",)}
_MADE_ANEW = ("analysed", "indexed", "clustered", "story_id", "copy_id", "agency")
"""Columns of articles that keep their default: the next refresh fills them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What was read out and what was not, in rows; ``kept`` is the damaged file under its new name."""

    kept: Path
    saved: dict[str, int] = field(default_factory=dict)
    lost_places: dict[str, int] = field(default_factory=dict)
    """Row numbers of a table that could not be read; some of them may never have been used."""
    without_text: int = 0
    """Articles of which the headline is left."""


def salvage(path: Path, kept: Path) -> Salvage:
    """Put what can be read of a damaged database into a new one under its name; the damaged one is ``kept``.

    Raises ``StoreError`` when nothing at all can be read; then nothing has changed.
    """
    source, target = beside(path, ".salvage-source"), beside(path, ".salvage")
    try:
        _copy_out(path, source)
        saved, lost, textless = _read_out(source, target, path)
        set_aside(path, kept)
        target.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise StoreError(
            N_("The database {file} could not be read out."),
            detail=error.strerror or str(error),
            hint=N_("Nothing was changed. Make room or check the disk, and try again."),
            file=path,
        ) from error
    finally:
        for name in (source, target):
            for side in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):
                    (beside(name, side) if side else name).unlink(missing_ok=True)
    return Salvage(kept=kept, saved=saved, lost_places=lost, without_text=textless)


def _copy_out(path: Path, source: Path) -> None:
    """Work on a copy: the damaged file itself is never written to."""
    shutil.copyfile(path, source)
    wal = beside(path, "-wal")
    if wal.exists():
        shutil.copyfile(wal, beside(source, "-wal"))


def _read_out(source: Path, target: Path, path: Path) -> tuple[dict[str, int], dict[str, int], int]:
    open_store(target).close()
    page = _page_size(source)
    for start in (None, _HEADER, page):
        if start is not None:
            _lend_start(source, _model(target, page), start)
        with closing(_tolerant(source)) as damaged:
            if _has_articles(damaged):
                with worded(target):
                    found = _transfer(damaged, target)
                if found[0]["articles"] or found[0]["feeds"]:
                    return found
    raise StoreError(
        N_("Nothing can be read out of {file}."),
        hint=N_("Nothing was changed. Bring the newest copy back: “lesart restore COPY --force”."),
        file=path,
    )


def _tolerant(source: Path) -> Connection:
    connection = sqlite3.connect(source, isolation_level=None)
    with suppress(sqlite3.Error):
        # A file shorter than its header says, and a schema with odd entries, are read as far as they go.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _has_articles(damaged: Connection) -> bool:
    """Whether a table is there to read from, be its rows readable or not."""
    for table in ("articles", "feeds"):
        try:
            damaged.execute(f"SELECT rowid FROM {table} LIMIT 0").fetchall()
        except sqlite3.DatabaseError:
            continue
        return True
    return False


def _page_size(source: Path) -> int:
    """Bytes of a page; where the header is lost, by how many pages of the smaller size begin as one of a tree does."""
    with source.open("rb") as file:
        header = file.read(_HEADER)
        size = int.from_bytes(header[16:18], "big")
        if header.startswith(MAGIC) and size in _LAYOUTS:
            return size
        between = range(_OLD_PAGE, source.stat().st_size, PAGE_BYTES)
        begun = sum(1 for place in between if file.seek(place) and file.read(1) in _TREES)
    return _OLD_PAGE if begun * 8 > len(between) else PAGE_BYTES


def _model(target: Path, page: int) -> bytes:
    """An empty database of ours with such pages: its tables lie where those of a store that was made so do."""
    if page == PAGE_BYTES:
        return target.read_bytes()
    model = beside(target, ".model")
    try:
        with closing(sqlite3.connect(model, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size = {page}")
            connection.execute("BEGIN")
            for statements in MIGRATIONS:
                migrate(connection, statements)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
            connection.execute("COMMIT")
        return model.read_bytes()
    finally:
        model.unlink(missing_ok=True)


def _lend_start(source: Path, model: bytes, length: int) -> None:
    """The first ``length`` bytes of an empty database of ours, with the source's own number of pages; when that is a
    whole page, the others of the schema too.
    """
    start = bytearray(model[:length])
    page = int.from_bytes(model[16:18], "big")
    start[28:32] = (source.stat().st_size // page).to_bytes(4, "big")
    start[32:40] = bytes(8)  # no list of free pages: theirs is not known
    with source.open("r+b") as file:
        if length == _HEADER and file.read(len(MAGIC)) == MAGIC:
            file.seek(28)
            file.write(start[28:32])
            return
        file.seek(0)
        file.write(start)
        if length == page:
            for number in _schema_pages(model):
                file.seek((number - 1) * page)
                file.write(model[(number - 1) * page : number * page])


def _schema_pages(content: bytes) -> list[int]:
    """The pages below the first one, where it is an inner node of the schema's tree (§1.6)."""
    if content[_HEADER] != _INNER:
        return []
    cells = int.from_bytes(content[_HEADER + 3 : _HEADER + 5], "big")
    places = [_HEADER + 12 + 2 * number for number in range(cells)]
    starts = [int.from_bytes(content[place : place + 2], "big") for place in places]
    children = [content[start : start + 4] for start in starts] + [content[_HEADER + 8 : _HEADER + 12]]
    return [int.from_bytes(child, "big") for child in children]


def _transfer(damaged: Connection, target: Path) -> tuple[dict[str, int], dict[str, int], int]:
    saved: dict[str, int] = {}
    lost: dict[str, int] = {}
    with closing(sqlite3.connect(target, isolation_level=None)) as new:
        new.execute("PRAGMA synchronous = FULL")
        new.execute("BEGIN IMMEDIATE")
        with repair.without_triggers(new):
            for table in _TABLES:
                names = _shared_columns(damaged, new, table)
                place = _writer(new, table, names)
                saved[table], lost[table] = _by_row_id(damaged, table, names, place)
            names = _shared_columns(damaged, new, "entries")
            saved["entries"] = _from_both_ends(damaged, "entries", ("feed_id", "position"), names, new)
            for table, order in _SMALL.items():
                names = _shared_columns(damaged, new, table)
                saved[table] = _from_both_ends(damaged, table, order, names, new)
            new.execute("DELETE FROM notes WHERE name = 'analysis'")
            lost["feeds"] += _complete(new)
            for statement in STEPS:
                new.execute(statement)
            (textless,) = new.execute(
                "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.article_id = a.id)"
            ).fetchone()
            _ask_again(new)
            repair.give_texts(new)
            repair.give_feeds(new)
        repair.recount(new)
        new.execute("COMMIT")
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        new.execute("PRAGMA journal_mode = DELETE")  # all of it is in the one file that gets the name
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    return saved, {table: number for table, number in lost.items() if number}, textless


def _complete(new: Connection) -> int:
    """Drop what belongs to nothing that could be read; the number of feeds that are named but lost."""
    new.execute("DELETE FROM documents WHERE article_id NOT IN (SELECT id FROM articles)")
    new.execute("DELETE FROM versions WHERE article_id NOT IN (SELECT id FROM articles)")
    new.execute("DELETE FROM entries WHERE article_id NOT IN (SELECT id FROM articles)")
    new.execute(
        "DELETE FROM told_apart WHERE article_id NOT IN (SELECT id FROM articles)"
        " OR other_id NOT IN (SELECT id FROM articles)"
    )
    new.execute("DELETE FROM let_go WHERE feed_id NOT IN (SELECT id FROM feeds)")
    new.execute("INSERT OR IGNORE INTO folders (name) VALUES ('')")
    new.execute(
        "UPDATE feeds SET folder_id = (SELECT id FROM folders WHERE name = '')"
        " WHERE folder_id NOT IN (SELECT id FROM folders)"
    )
    new.execute(
        "UPDATE entries SET folder_id = (SELECT f.folder_id FROM feeds f WHERE f.id = entries.feed_id)"
        " WHERE feed_id IN (SELECT id FROM feeds)"
    )
    new.execute(
        "UPDATE entries SET folder_id = (SELECT id FROM folders WHERE name = '')"
        " WHERE feed_id NOT IN (SELECT id FROM feeds)"
    )
    (feeds,) = new.execute(
        "SELECT count(*) FROM (SELECT feed_id FROM articles UNION SELECT feed_id FROM entries)"
        " WHERE feed_id NOT IN (SELECT id FROM feeds)"
    ).fetchone()
    return int(feeds)


def _ask_again(new: Connection) -> None:
    """The next refresh takes the texts that are lost from the feeds that still have them: nothing is known of these
    entries, and the servers are asked for whole documents.
    """
    without = "NOT EXISTS (SELECT 1 FROM documents d WHERE d.article_id = entries.article_id)"
    new.execute(
        "UPDATE feeds SET etag = NULL, last_modified = NULL, body_digest = NULL"
        f" WHERE id IN (SELECT feed_id FROM entries WHERE {without})"
    )
    new.execute(f"UPDATE entries SET state = 0 WHERE {without}")


def _shared_columns(damaged: Connection, new: Connection, table: str) -> list[str]:
    """Columns that both have; what is made anew anyway is not among them."""
    wanted = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
    try:
        there = {row[1] for row in damaged.execute(f"PRAGMA table_info({table})")}
    except sqlite3.DatabaseError:
        return []
    return [name for name in wanted if name in there and name not in _MADE_ANEW]


def _writer(new: Connection, table: str, names: Sequence[str]) -> Callable[[Sequence[object]], bool]:
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"

    def write(row: Sequence[object]) -> bool:
        with suppress(sqlite3.IntegrityError):  # a damaged row: something is missing in it, or it is there twice
            return new.execute(statement, row).rowcount > 0
        return False

    return write


def _by_row_id(
    damaged: Connection, table: str, names: Sequence[str], write: Callable[[Sequence[object]], bool]
) -> tuple[int, int]:
    """Read a table by row id; how many rows were written, and how many numbers could not be read."""
    if not names:
        return 0, 0
    saved = lost = tries = 0
    # No row id is above the last one read from the end, or above what was ever given out.
    left = [(0, _last_id(damaged, table))]
    statement = f"SELECT rowid, {', '.join(names)} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    while left:
        low, high = left.pop()
        reached = low - 1
        try:
            for number, *row in damaged.execute(statement, (low, high)):
                saved += write(row)
                reached = number
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            tries += 1
            low = reached + 1
            if low >= high or tries > _TRIES:
                lost += max(1, high - low + 1)
                continue
            middle = (low + high) // 2
            left += [(middle + 1, high), (low, middle)]
    return saved, lost


def _last_id(damaged: Connection, table: str) -> int:
    for statement in (
        f"SELECT max(rowid) FROM {table}",
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
        "SELECT seq FROM sqlite_sequence WHERE name = 'articles'",
    ):
        with suppress(sqlite3.DatabaseError):
            row = damaged.execute(statement).fetchone()
            if row is not None and isinstance(row[0], int) and row[0] < _FAR:
                return row[0]
    size = damaged.execute("PRAGMA page_count").fetchone()[0]
    return int(size) * 64


def _from_both_ends(
    damaged: Connection, table: str, order: Sequence[str], names: Sequence[str], new: Connection
) -> int:
    """A table without row ids, from its beginning to the first damage and from its end to the last."""
    if not names:
        return 0
    write = _writer(new, table, names)
    return sum(
        write(row)
        for direction in ("ASC", "DESC")
        for row in _until_damage(
            damaged,
            f"SELECT {', '.join(names)} FROM {table} ORDER BY " + ", ".join(f"{name} {direction}" for name in order),
        )
    )


def _until_damage(damaged: Connection, statement: str) -> Iterator[tuple[object, ...]]:
    with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
        yield from damaged.execute(statement)
