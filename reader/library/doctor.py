"""The health of an installation: what is there, what is wrong, what to do. Changes nothing."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from xml.parsers.expat import EXPAT_VERSION

from reader import __version__
from reader.errors import N_, LesartError
from reader.paths import Paths
from reader.store import maintenance
from reader.store.maintenance import Examination

_PACKAGES = ("aiohttp", "feedparser", "lxml", "textual", "trafilatura")
_SCARCE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Facts, and the troubles as errors with what to do; none of them: all is well."""

    versions: tuple[tuple[str, str], ...]
    database: Path
    free_bytes: int
    store: Examination | None
    """Nothing where there is no database yet, or where it cannot be read."""
    troubles: tuple[LesartError, ...]


def check_up(paths: Paths) -> Checkup:
    """Look at everything; never raises for what it finds."""
    troubles: list[LesartError] = []
    store: Examination | None = None
    if paths.database.exists():
        try:
            store = maintenance.examine(paths.database)
        except (LesartError, OSError) as error:
            troubles.append(_as_trouble(error, paths.database))
        if store is not None:
            troubles += _troubles(store, paths.database)
    free = shutil.disk_usage(_existing(paths.data)).free
    if free < _SCARCE_BYTES:
        troubles.append(
            LesartError(
                N_("Only {megabytes} MB are left on the disk of {folder}."),
                hint=N_("Make room; nothing new can be stored on a full disk."),
                megabytes=free // 1_048_576,
                folder=paths.data,
            )
        )
    return Checkup(
        versions=_versions(store), database=paths.database, free_bytes=free, store=store, troubles=tuple(troubles)
    )


def _troubles(store: Examination, database: Path) -> list[LesartError]:
    if not store.problems:
        return []
    return [
        LesartError(
            N_("The database {file} is damaged."),
            detail="; ".join(store.problems[:3]),
            hint=N_(
                "Keep a copy of the file, then bring the last backup back: “lesart restore FILE --force”."
                " Without one, move it away and start anew."
            ),
            file=database,
        )
    ]


def _as_trouble(error: LesartError | OSError, database: Path) -> LesartError:
    if isinstance(error, LesartError):
        return error
    return LesartError(N_("{name} cannot be read."), detail=error.strerror or str(error), name=database)


def _versions(store: Examination | None) -> tuple[tuple[str, str], ...]:
    found = [
        ("lesart", __version__),
        ("Python", platform.python_version()),
        ("system", platform.platform(terse=True)),
        ("expat", EXPAT_VERSION.removeprefix("expat_")),
    ]
    if store is not None:
        found.append(("SQLite", store.sqlite))
    for name in _PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "–"))
    return tuple(found)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.exists()), Path.cwd())
