"""The daily copies of the database, in a folder beside it: made from one consistent state, examined before they take
their name, bounded in number and size.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reader.errors import N_, StoreError
from reader.store.connection import Connection, beside
from reader.store.faults import worded

RESERVE_BYTES = 200 * 1024 * 1024
"""So much of the disk is left free by a copy."""
_ABANDONED_SECONDS = 86_400
_PAGES = 1024
"""Pages between two looks at whether the copy is still wanted."""
_NAME = re.compile(r"lesart-(\d{4}-\d{2}-\d{2})\.db")
_SIDES = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One daily copy."""

    path: Path
    day: date
    bytes: int


class NotWantedError(Exception):
    """A copy was given up half-way because the program ends."""


def folder(database: Path) -> Path:
    """Where the copies of a database lie."""
    return database.parent / "copies"


def copies(database: Path) -> tuple[Copy, ...]:
    """Those that are there, newest first."""
    found = []
    with suppress(OSError):
        for path in folder(database).iterdir():
            name = _NAME.fullmatch(path.name)
            with suppress(OSError, ValueError):
                if name is not None:
                    found.append(Copy(path=path, day=date.fromisoformat(name[1]), bytes=path.stat().st_size))
    return tuple(sorted(found, key=lambda copy: copy.day, reverse=True))


def make(
    database: Path,
    today: date,
    *,
    number: int,
    megabytes: int,
    configuration: str = "",
    wanted: Callable[[], bool] = lambda: True,
) -> Path:
    """Today's copy, and the oldest ones gone so that ``number`` and ``megabytes`` hold.

    Raises ``StoreError``, and ``NotWantedError`` once ``wanted`` says no; no earlier copy is touched then.
    """
    target = folder(database) / f"lesart-{today.isoformat()}.db"
    size = database.stat().st_size
    if size > megabytes * 1_048_576:
        raise StoreError(
            N_("The database is larger than all its daily copies together may be ({megabytes} MB)."),
            hint=N_("Raise “copies_megabytes” under [keep], or let articles go with a rule there."),
            megabytes=megabytes,
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_left_over(target.parent)
    if shutil.disk_usage(target.parent).free < size + RESERVE_BYTES:
        raise StoreError(
            N_("There is too little space for the daily copy in {folder}."),
            hint=N_("Make room; earlier copies are kept."),
            folder=target.parent,
        )
    with worded(database), closing(sqlite3.connect(database, isolation_level=None)) as source:
        source.execute("PRAGMA query_only = ON")
        write_copy(source, target, configuration=configuration, wanted=wanted)
    _prune(copies(database), target, today, number, megabytes * 1_048_576)
    return target


def write_copy(
    source: Connection,
    target: Path,
    *,
    configuration: str = "",
    wanted: Callable[[], bool] = lambda: True,
) -> None:
    """A copy beside the target first, whole, sound and on the disk, then under its name.

    ``configuration`` is noted inside it. Raises ``StoreError`` when the database is not sound, ``OSError``,
    ``sqlite3.Error``.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")

    def look(_status: int, _remaining: int, _total: int) -> None:
        if not wanted():
            raise NotWantedError

    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            # One snapshot for all steps: another's write between two of them would make the copy start anew.
            source.execute("BEGIN")
            try:
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy, pages=_PAGES, progress=look, sleep=0)
            finally:
                source.execute("ROLLBACK")
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise StoreError(
                    N_("The database is damaged, so no copy was made."),
                    hint=N_("Earlier copies are kept. Run “lesart doctor”."),
                )
            if configuration:
                copy.execute("INSERT OR REPLACE INTO notes VALUES ('configuration', ?)", (configuration,))
            copy.execute("PRAGMA journal_mode = DELETE")  # one file that can be read from anywhere
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    finally:
        for name in (part, *(beside(part, side) for side in _SIDES)):
            name.unlink(missing_ok=True)


def sync_folder(place: Path) -> None:
    """Have a new name survive a power cut, where the system can do so."""
    with suppress(OSError):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear_left_over(place: Path) -> None:
    """Halves of copies whose process was killed: nobody works on one for a day."""
    stale = time.time() - _ABANDONED_SECONDS
    for path in place.glob("lesart-*.db.*.part*"):
        with suppress(OSError):
            if path.stat().st_mtime < stale:
                path.unlink()


def _prune(found: Sequence[Copy], newest: Path, today: date, number: int, limit: int) -> None:
    """The copy just made stays; those that a wrong clock has dated in the future go first, then the oldest."""
    others = sorted(
        (copy for copy in found if copy.path != newest), key=lambda copy: (copy.day <= today, copy.day), reverse=True
    )
    kept, room = 1, limit - newest.stat().st_size
    for copy in others:
        if kept < number and copy.bytes <= room:
            kept, room = kept + 1, room - copy.bytes
        else:
            room = 0
            with suppress(OSError):
                copy.path.unlink()
