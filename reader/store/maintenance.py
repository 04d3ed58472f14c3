"""Copies of the database file and its examination: everything about the file as a whole.

Copies are made through SQLite's backup API, which gives one consistent state while others read and write.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from reader.errors import N_, ExportError, LesartError, StoreError
from reader.store import contents
from reader.store.connection import (
    BUSY_SECONDS,
    MAGIC,
    Connection,
    beside,
    check_header,
    check_owner,
    cut_off,
    open_store,
    shape,
)
from reader.store.copies import RESERVE_BYTES, write_copy
from reader.store.faults import DAMAGED, worded
from reader.store.schema import APPLICATION_ID, MIGRATIONS, migrate
from reader.text.sanitize import clean_line

P = ParamSpec("P")
T = TypeVar("T")

_MOST_PROBLEMS = 20
_INCREMENTAL = 2
"""What ``PRAGMA auto_vacuum`` says of a file that gives its unused pages back when asked."""
_WORTH_IT = 4
LARGEST_REBUILT = 512 * 1024 * 1024
"""Bytes; some seconds of work, and others wait ``BUSY_SECONDS`` for it."""
_SIDE_FILES = ("-wal", "-shm")
_STATISTICS = ("sqlite_stat1", "sqlite_stat4")
"""Tables of SQLite's own that a new store does not have yet (https://www.sqlite.org/fileformat2.html, §2.6)."""
_BEHIND_SEARCH = "search_"
"""How the names of FTS5's own tables begin; their columns may differ between its versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What there is to know of a database file. Sizes in bytes; ``problems`` in SQLite's own words."""

    size: int
    wal_size: int
    schema: int
    """Its schema; ``newest`` is the one that this program writes."""
    newest: int
    problems: tuple[str, ...]
    feeds: int = 0
    articles: int = 0
    sqlite: str = sqlite3.sqlite_version


def back_up(connection: Connection, target: Path, *, force: bool = False, configuration: str = "") -> None:
    """Write a copy of the whole database, the configuration noted inside; never over a file that is there, unless
    ``force``.

    Raises ``ExportError``, or ``StoreError`` when the database is not sound; then there is no new file and an old one
    is as it was.
    """
    (source,) = (row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    if target.exists() and target.samefile(source):
        raise ExportError(N_("{path} is the database itself."), hint=N_("Choose another name."), path=target)
    reserved = False
    try:
        if not force:
            target.open("xb").close()
            reserved = True
        write_copy(connection, target, configuration=configuration)
    except BaseException as error:
        if reserved:
            with suppress(OSError):
                target.unlink()
        if isinstance(error, FileExistsError):
            raise already_there(target) from error
        if isinstance(error, OSError | sqlite3.Error):
            raise cannot_write(target, error) from error
        raise


def restore(source: Path, target: Path, *, force: bool = False) -> Path | None:
    """Make the database at ``target`` what the copy ``source`` holds; where the earlier one is kept, if there was one.

    A database that is there is replaced with ``force`` alone, in one transaction, so that another running reader goes
    on with the new contents; a damaged one is moved away. Raises ``StoreError`` for a copy or a database that is not
    ours, for a copy that holds what this program never writes (contents.py), and ``ExportError``; a refusal changes
    nothing.
    """
    _check_copy(source)
    has_old = target.exists() and target.stat().st_size > 0
    if has_old and target.samefile(source):
        raise ExportError(N_("{path} is the database itself."), hint=N_("Choose another name."), path=source)
    if has_old and not force:
        raise ExportError(
            N_("{path} holds articles that would be replaced."),
            hint=N_("Add --force; what is stored now is then kept beside it."),
            path=target,
        )
    with worded(source), closing(_read_only(source)) as copy:
        contents.cautious(copy)
        contents.check(copy, source)
    kept = free_name(target, ".before-restore") if has_old else None
    try:
        with worded(target), closing(_read_only(source)) as copy:
            if kept is not None and _is_sound(target):
                with closing(_plain(target)) as database:
                    write_copy(database, kept)
                    copy.backup(database)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                set_aside(target, kept)
                write_copy(copy, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    opened = open_store(target)
    try:
        opened.write(_forget_configuration)
    finally:
        opened.close()
    return kept


def configuration_in(path: Path) -> str:
    """The configuration that a backup holds, or "". Raises ``StoreError`` for what is no sound backup."""
    _check_copy(path)
    with worded(path), closing(_read_only(path)) as connection:
        contents.cautious(connection)
        row = connection.execute("SELECT value FROM notes WHERE name = 'configuration'").fetchone()
    return "" if row is None else str(row[0])


def _forget_configuration(connection: Connection) -> None:
    connection.execute("DELETE FROM notes WHERE name = 'configuration'")


def set_aside(path: Path, kept: Path | None) -> None:
    """Give a database that is not to be opened any more another name, with what belongs to it; without one there are
    only left-over side files, which go.
    """
    for side in ("", *_SIDE_FILES):
        old = beside(path, side) if side else path
        if kept is None or (side and old.exists() and not old.stat().st_size):
            if side:
                old.unlink(missing_ok=True)
        elif old.exists():
            old.replace(beside(kept, side) if side else kept)


def free_name(path: Path, suffix: str) -> Path:
    """The file's name with this suffix, and with a number behind it if that is taken."""
    number, free = 1, beside(path, suffix)
    while free.exists():
        number += 1
        free = beside(path, f"{suffix}-{number}")
    return free


def copy_as_it_is(path: Path, suffix: str) -> Path:
    """A byte-for-byte copy of a database that may be damaged, with its log, under a free name; raises
    ``ExportError``.
    """
    kept = free_name(path, suffix)
    try:
        with closing(_plain(path)) as connection:
            # Nobody writes meanwhile. A file too damaged for a lock cannot be written to either.
            with suppress(sqlite3.DatabaseError):
                connection.execute("BEGIN IMMEDIATE")
            shutil.copyfile(path, kept)
            wal = beside(path, "-wal")
            if wal.exists() and wal.stat().st_size:
                shutil.copyfile(beside(path, "-wal"), beside(kept, "-wal"))
    except OSError as error:
        for name in (kept, beside(kept, "-wal")):
            name.unlink(missing_ok=True)
        raise cannot_write(kept, error) from error
    return kept


def is_damage(error: LesartError) -> bool:
    """Whether an error says that the file is damaged, and not that it is somebody else's or cannot be opened."""
    return isinstance(error, StoreError) and error.title == DAMAGED


def examine(path: Path) -> Examination:
    """Look at a database without changing it. Raises ``StoreError`` when it is not ours or cannot be read at all."""
    check_header(path)
    with worded(path), closing(_read_only(path)) as connection:
        check_owner(connection, path)
        problems = integrity_problems(connection)
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        feeds, articles = connection.execute(
            "SELECT (SELECT count(*) FROM feeds WHERE subscribed = 1), (SELECT count(*) FROM articles)"
        ).fetchone()
    wal = beside(path, "-wal")
    return Examination(
        size=path.stat().st_size,
        wal_size=wal.stat().st_size if wal.exists() else 0,
        schema=schema,
        newest=len(MIGRATIONS),
        problems=problems,
        feeds=feeds,
        articles=articles,
    )


def read_once(path: Path, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``query(connection, ...)`` on a connection of its own that is closed again, for long reads."""
    with worded(path), closing(_read_only(path)) as connection:
        return query(connection, *args, **kwargs)


def give_back(connection: Connection, pages: int) -> int:
    """Cut up to so many unused pages off the file, in the caller's transaction; how many are left to be cut off.

    None of a file that was made before its layout allowed it; that one is rebuilt (``rebuild``).
    """
    (layout,) = connection.execute("PRAGMA auto_vacuum").fetchone()
    if layout != _INCREMENTAL:
        return 0
    (unused,) = connection.execute("PRAGMA freelist_count").fetchone()
    cut_off(connection, min(pages, unused))
    (left,) = connection.execute("PRAGMA freelist_count").fetchone()
    return int(left)


def rebuild(path: Path) -> bool:
    """Lay a database out anew if its layout is an old one and a quarter of it is unused; whether that was done.

    Others wait meanwhile, so only a file of at most ``LARGEST_REBUILT`` bytes, on a disk with twice its room.
    Raises ``StoreError``; then everything is as it was.
    """
    with worded(path), closing(_plain(path)) as connection:
        (layout,) = connection.execute("PRAGMA auto_vacuum").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (unused,) = connection.execute("PRAGMA freelist_count").fetchone()
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        size = pages * page_size
        if layout == _INCREMENTAL or unused * _WORTH_IT < pages or size > LARGEST_REBUILT:
            return False
        if shutil.disk_usage(path.parent).free < 2 * size + RESERVE_BYTES:
            return False
        # The page size stays: it cannot change in WAL mode, and leaving that needs everybody else to close.
        shape(connection)
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def empty_log(path: Path) -> None:
    """Write what the log holds to the file, so that it has its size; as far as others let it, without waiting."""
    with worded(path), closing(_plain(path)) as connection:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def cannot_write(path: Path, error: Exception) -> ExportError:
    """A file could not be written."""
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ExportError(N_("{path} cannot be written."), detail=detail, path=path)


def already_there(path: Path) -> ExportError:
    """A file in the way."""
    return ExportError(
        N_("{path} is already there."), hint=N_("Choose another name, or add --force to replace it."), path=path
    )


def _check_copy(path: Path) -> None:
    """Refuse what is not a sound database of ours."""
    if not path.is_file():
        raise StoreError(N_("There is no file {file}."), hint=N_("Check the name."), file=path)
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except OSError as error:
        raise StoreError(N_("{name} cannot be read."), detail=error.strerror or str(error), name=path) from error
    if start != MAGIC:
        raise _no_backup(path, "")
    try:
        with worded(path):
            check_header(path)
            with closing(_read_only(path)) as connection:
                problems = _problems_of_copy(connection, path)
    except StoreError as error:
        if is_damage(error):
            raise _no_backup(path, error.detail) from error
        raise
    if problems:
        raise _no_backup(path, problems[0])


def _problems_of_copy(connection: Connection, path: Path) -> tuple[str, ...]:
    check_owner(connection, path)
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        return ("",)
    # The schema first: to look for damage in the rows, SQLite evaluates what it says of them.
    return _odd_in_schema(connection) or integrity_problems(connection) or _problems_of_index(connection)


def _problems_of_index(connection: Connection) -> tuple[str, ...]:
    """What FTS5 finds wrong with the search index when it is read from end to end; earlier versions of SQLite do not
    look at it otherwise, and a store with a broken one could not be brought up to date.
    """
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.all_words USING fts5vocab('main', 'search', 'row')")
        connection.execute("SELECT count(*) FROM temp.all_words").fetchone()
        connection.execute("DROP TABLE temp.all_words")
    except sqlite3.DatabaseError as error:
        return (clean_line(f"search: {error}")[:200],)
    return ()


def _no_backup(path: Path, detail: str) -> StoreError:
    return StoreError(
        N_("{file} is no backup of Lesart, or it is damaged."),
        detail=detail,
        hint=N_("Nothing was changed. Try an earlier backup."),
        file=path,
    )


def _is_sound(path: Path) -> bool:
    """Whether the file can be replaced from within. A foreign or newer one raises: it is not ours to replace."""
    try:
        with worded(path), closing(_read_only(path)) as connection:
            check_owner(connection, path)
            return not integrity_problems(connection)
    except StoreError as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise


def integrity_problems(connection: Connection, *, foreign_keys: bool = True) -> tuple[str, ...]:
    """What SQLite finds wrong with the file, in its words; and rows that refer to nothing."""
    found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})")]
    if foreign_keys:
        found += [f"{row[0]}: row {row[1]}" for row in connection.execute("PRAGMA foreign_key_check").fetchmany(5)]
    return tuple(clean_line(str(text))[:200] for text in found if text != "ok")


def _odd_in_schema(connection: Connection) -> tuple[str, ...]:
    """What is more, less or other than in a new store of the same version, word by word: a table can compute, a trigger
    runs on our behalf.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < 1:
        return (f"schema {version}",)
    with closing(sqlite3.connect(":memory:")) as model:
        for statements in MIGRATIONS[:version]:
            migrate(model, statements)
        odd = _schema(connection) ^ _schema(model)
    return tuple(sorted(clean_line(f"{kind} {name}")[:100] for kind, name, _, _ in odd))


def _schema(connection: Connection) -> set[tuple[str, str, str, str]]:
    """Type, name, table and words of everything, white space aside."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {
        (
            kind,
            name,
            table,
            "" if kind == "table" and name.startswith(_BEHIND_SEARCH) else " ".join((text or "").split()),
        )
        for kind, name, table, text in rows
        if (kind, name) not in [("table", own) for own in _STATISTICS]
    }


def _read_only(path: Path) -> Connection:
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _plain(path: Path) -> Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
