"""The database file: opened with care, read by any thread through its own connection, written by one thread.

Knows files, locks and transactions; the SQL of each table lives beside it, and the words for what goes wrong in
faults.py: all ``sqlite3`` errors leave here as ``StoreError``.
"""

from __future__ import annotations

import glob
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing, suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from reader.errors import N_, StoreError
from reader.store.faults import closed, damaged, foreign, gone, in_words, newer, worded
from reader.store.schema import APPLICATION_ID, MIGRATIONS, migrate

P = ParamSpec("P")
T = TypeVar("T")
Connection = sqlite3.Connection

BUSY_SECONDS = 10.0
"""How long a writer waits for another process's transaction; ours last milliseconds."""
_GROUP = 16
"""Queued jobs that share one transaction: a commit costs more than a small job."""
_SETTLED_BY = 2
"""Daily copies made after a migration that make the copy from before it superfluous."""
_SPARE = 64
"""Of so many pages one may lie unused."""
_CUT_OFF = 1000
"""Pages that are given back when the program ends, if there are so many: forty milliseconds."""
PAGE_BYTES = 8192
MAGIC = b"SQLite format 3\x00"


class Store:
    """One open database. Safe to use from any thread; ``close`` waits for the writes already handed over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._readers: list[Connection] = []
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._closed = False

    def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``query(connection, ...)`` on this thread's own connection; sees every committed write."""
        with worded(self.path):
            return query(self._reader(), *args, **kwargs)

    def submit(self, job: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """``job(connection, ...)`` in the writer thread, all or nothing; the future is done once it is
        committed.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise closed(self.path)
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="lesart-writer", daemon=True)
                self._writer.start()
            self._queue.put(_Job(lambda connection: job(connection, *args, **kwargs), future))
        return future

    def write(self, job: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``submit`` and wait."""
        return self.submit(job, *args, **kwargs).result()

    def flush(self) -> None:
        """Wait until everything handed over so far is committed."""
        if self._writer is not None and not self._closed:
            self.write(lambda _connection: None)

    def close(self) -> None:
        """Finish the writes, gather statistics for the query planner, close every connection."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            writer = self._writer
        if writer is not None:
            self._queue.put(None)
            writer.join()
        for connection in self._readers:
            connection.close()

    def _reader(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(self.path)
            connection.execute("PRAGMA query_only = ON")
            with self._lock:
                if self._closed:
                    connection.close()
                    raise closed(self.path)
                self._readers.append(connection)
            self._local.connection = connection
        elif self._closed:
            raise closed(self.path)
        return connection

    def _write(self) -> None:
        connection: Connection | None = None
        while True:
            first = self._queue.get()
            if first is None:
                break
            jobs, more = [first], True
            while more and len(jobs) < _GROUP:
                try:
                    following = self._queue.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    self._queue.put(None)
                    more = False
                else:
                    jobs.append(following)
            try:
                if connection is None:
                    with worded(self.path):
                        connection = _connect(self.path)
                        connection.execute("PRAGMA cache_size = -16384")
                        # A first refresh writes the same pages again and again: moved to the main file less often.
                        connection.execute("PRAGMA wal_autocheckpoint = 4000")
            except StoreError as error:
                for job in jobs:
                    job.fail(error)
                continue
            _run(connection, jobs, self.path)
        if connection is not None:
            # Statistics are a help for the planner, not a promise: a full disk must not spoil the exit.
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA analysis_limit = 400")
                connection.execute("PRAGMA optimize")
                _leave_few_unused(connection)
            connection.close()


class _Job:
    """One unit of writing and the future that waits for it."""

    def __init__(self, work: Callable[[Connection], T], future: Future[T]) -> None:
        self._work = work
        self._future: Future[T] = future
        self._result: list[T] = []

    def run(self, connection: Connection) -> None:
        """Do the work; the result is handed out by ``finish``, after the commit."""
        self._result = [self._work(connection)]

    def finish(self) -> None:
        """The work is committed."""
        if self._future.set_running_or_notify_cancel():
            self._future.set_result(self._result[0])

    def fail(self, error: BaseException) -> None:
        """The work has left no trace."""
        if self._future.set_running_or_notify_cancel():
            self._future.set_exception(error)


def _run(connection: Connection, jobs: list[_Job], path: Path) -> None:
    done: list[_Job] = []
    left = iter(jobs)
    try:
        with worded(path):
            connection.execute("BEGIN IMMEDIATE")
            for job in left:
                connection.execute("SAVEPOINT job")
                try:
                    job.run(connection)
                except BaseException as error:
                    if not connection.in_transaction:  # SQLite itself rolled all of it back (disk full, I/O error)
                        job.fail(in_words(error, path))
                        raise
                    connection.execute("ROLLBACK TO job")
                    job.fail(in_words(error, path))
                else:
                    done.append(job)
                connection.execute("RELEASE job")
            connection.execute("COMMIT")
    except BaseException as error:
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        for job in [*done, *left]:
            job.fail(in_words(error, path))
    else:
        for job in done:
            job.finish()


def open_store(path: Path) -> Store:
    """Open the database at ``path`` or create it; raises ``StoreError`` and leaves anything that is not ours
    untouched.
    """
    with worded(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            check_header(path)
        except OSError as error:
            raise StoreError(
                N_("The folder of the database {file} cannot be used."),
                detail=error.strerror or str(error),
                hint=N_("Check the folder's permissions, or choose another one with --home."),
                file=path,
            ) from error
        with closing(_connect(path)) as connection:
            check_owner(connection, path)
            _migrate(connection, path)
        _prune_migration_copies(path)
    return Store(path)


def cut_off(connection: Connection, pages: int) -> None:
    """Cut so many unused pages off the file, one by one: the pragma does a page a step, and Python's ``sqlite3`` takes
    one step of a statement without columns.
    """
    for _ in range(pages):
        connection.execute("PRAGMA incremental_vacuum(1)")


def _leave_few_unused(connection: Connection) -> None:
    """Give some of the unused pages at the end of the file back, but for those that the next refresh will fill."""
    (unused,) = connection.execute("PRAGMA freelist_count").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    cut_off(connection, min(unused - pages // _SPARE, _CUT_OFF))


def _connect(path: Path) -> Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def check_header(path: Path) -> None:
    """Refuse by the first 100 bytes (SQLite file format, §1.3), before SQLite may write so much as a lock
    file.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        header = b""
    if not header and has_copies(path) and not beside(path, "-wal").exists():
        raise gone(path)
    if not path.exists():
        return
    if not header and not beside(path, "-wal").exists():
        return  # just created, by us or by another process that is about to fill it
    if len(header) < 100 or not header.startswith(MAGIC):
        raise damaged(path, "")
    application = int.from_bytes(header[68:72], "big")
    if application not in (0, APPLICATION_ID):
        raise foreign(path)
    if application == APPLICATION_ID and int.from_bytes(header[60:64], "big") > len(MIGRATIONS):
        raise newer(path)


def has_copies(path: Path) -> bool:
    """Whether there are daily copies of this database (store/copies.py), so that it cannot be a first start."""
    return bool(_daily_copies(path))


def check_owner(connection: Connection, path: Path) -> None:
    """Refuse another program's database and a newer version's."""
    # One snapshot: another process may be creating the schema between two statements.
    connection.execute("BEGIN")
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("COMMIT")
    if application != APPLICATION_ID and tables:
        raise foreign(path)
    if version > len(MIGRATIONS):
        raise newer(path)


def _migrate(connection: Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        shape(connection)
    if 0 < version < len(MIGRATIONS):
        _keep_copy(connection, path, version)
    for number, statements in enumerate(MIGRATIONS[version:], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have been faster while this one waited for the lock.
            (now,) = connection.execute("PRAGMA user_version").fetchone()
            if now < number:
                migrate(connection, statements)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    _set_wal(connection)


def shape(connection: Connection) -> None:
    """How the file of a new or a rebuilt database is laid out; says nothing to one that has tables already.

    Most packed texts fit on a page of 8 KiB, where pages of 4 KiB left a quarter of their space unused; the space of
    what is let go can be given back step by step (https://www.sqlite.org/pragma.html#pragma_auto_vacuum).
    """
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")


def _set_wal(connection: Connection) -> None:
    """Comes after the first transaction, so that the header of the main file names its owner from the start."""
    patience = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # The switch does not wait for other connections by itself (sqlite3_busy_handler, "deadlock").
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.01)


def _keep_copy(connection: Connection, path: Path, version: int) -> None:
    """What the database was before; whole under its name, and never what another process has migrated meanwhile."""
    part = beside(path, f".v{version}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            (copied,) = copy.execute("PRAGMA user_version").fetchone()
        if copied == version:
            part.replace(beside(path, f".v{version}"))
    finally:
        part.unlink(missing_ok=True)


def _prune_migration_copies(path: Path) -> None:
    """Of the copies made before migrations the newest stays, and goes when the daily copies of two days hold the new
    schema: then there is nothing that it alone keeps.
    """
    found: list[tuple[int, Path]] = []
    with suppress(OSError):
        for name in path.parent.glob(f"{glob.escape(path.name)}.v*"):
            version = name.name.removeprefix(f"{path.name}.v")
            if version.isdecimal():
                found.append((int(version), name))
    if not found:
        return
    found.sort()
    newest = found[-1][1]
    with suppress(OSError):
        later = [copy for copy in _daily_copies(path) if copy.stat().st_mtime > newest.stat().st_mtime]
        old = [name for _version, name in found[: None if len(later) >= _SETTLED_BY else -1]]
        for name in old:
            name.unlink()


def _daily_copies(path: Path) -> list[Path]:
    return list(path.parent.glob(f"copies/{glob.escape(path.stem)}-*.db"))


def beside(path: Path, suffix: str) -> Path:
    """The file of the same name with a suffix behind it."""
    return path.with_name(path.name + suffix)
