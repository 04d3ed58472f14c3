"""What can go wrong with the database file, in words for the person who reads them: what happened, what is kept,
what to do. Knows SQLite's error codes; must not open anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import N_, StoreError

DAMAGED = N_("The database {file} is damaged.")


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """SQLite's errors inside leave as ``StoreError`` about this file."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path) from error


def in_words(error: BaseException, path: Path) -> BaseException:
    """SQLite's error as ``StoreError`` about this file; any other as it is."""
    if not isinstance(error, sqlite3.Error):
        return error
    detail = str(error)
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(
            N_("Another program has been writing to {file} for too long."),
            detail=detail,
            hint=N_("Nothing is lost. Close the other program or try again."),
            file=path,
        )
    if name.startswith("SQLITE_FULL"):
        return StoreError(
            N_("There is no space left for {file}."),
            detail=detail,
            hint=N_("What was stored before is safe. Make room and try again."),
            file=path,
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(path, detail)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError(
            N_("The database {file} cannot be opened for writing."),
            detail=detail,
            hint=N_("Check the folder's permissions, or choose another one with --home."),
            file=path,
        )
    return StoreError(
        N_("The database {file} gave an error."),
        detail=detail,
        hint=N_("What was stored before is kept. Try again; if it stays, check the disk."),
        file=path,
    )


def damaged(path: Path, detail: str) -> StoreError:
    """The file cannot be read as one of our databases."""
    return StoreError(
        DAMAGED,
        detail=detail,
        hint=N_("Nothing was changed. “lesart doctor” says what can be done."),
        file=path,
    )


def gone(path: Path) -> StoreError:
    """No file, or an empty one, where there was a database yesterday: never taken for a first start."""
    return StoreError(
        N_("The database {file} is empty or gone, but there are daily copies of it."),
        hint=N_(
            "Bring the newest back: “lesart restore {folder}/…”. To start anew, move that folder and the file away."
        ),
        file=path,
        folder=path.parent / "copies",
    )


def foreign(path: Path) -> StoreError:
    """The file is another program's."""
    return StoreError(
        N_("The database {file} belongs to another program."),
        hint=N_("Nothing was changed. Move the file away or choose another folder with --home."),
        file=path,
    )


def newer(path: Path) -> StoreError:
    """The file has a schema of the future."""
    return StoreError(
        N_("The database {file} was written by a newer version of Lesart."),
        hint=N_("Nothing was changed. Update Lesart."),
        file=path,
    )


def closed(path: Path) -> StoreError:
    """The store has been closed."""
    return StoreError(N_("The database {file} is already closed."), file=path)
