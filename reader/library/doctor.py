"""The health of an installation: what is there, what is wrong, what it means and what to do; and, when asked, mending.

``check_up`` changes nothing. ``repair`` mends what can be mended without loss, after a copy; ``salvage`` reads out what
can be read of a damaged file. Neither ever starts anew by itself.
"""

from __future__ import annotations

import asyncio
import locale
import os
import platform
import shlex
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from xml.parsers.expat import EXPAT_VERSION

from reader import __version__
from reader.config import Config
from reader.errors import N_, ExportError, LesartError, StoreError
from reader.paths import Paths
from reader.store import copies, maintenance, open_store, search
from reader.store import repair as mending
from reader.store.copies import Copy
from reader.store.faults import DAMAGED
from reader.store.maintenance import Examination
from reader.store.repair import Survey
from reader.store.salvage import Salvage, salvage

_PACKAGES = ("aiohttp", "feedparser", "lxml", "textual", "trafilatura")
_SCARCE_BYTES = 200 * 1024 * 1024
_LONG_LOG_BYTES = 256 * 1024 * 1024
_STALE = timedelta(days=3)
_CHILD_SECONDS = 20.0
_INDEX_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Facts, and the troubles as errors with what to do; none of them: all is well."""

    versions: tuple[tuple[str, str], ...]
    database: Path
    free_bytes: int
    store: Examination | None
    """Nothing where there is no database yet, or where it cannot be read."""
    survey: Survey | None
    """What does not agree inside the database; nothing where it cannot be read."""
    copies: tuple[Copy, ...]
    configuration: Path | None
    """The file, where there is one."""
    child_ms: int | None
    """How long the child process takes to start and answer; nothing where it does not."""
    keyring: str
    """Name of what keeps passwords, "" for nothing."""
    encoding: str
    """Of the surroundings, as the locale has it."""
    troubles: tuple[LesartError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What there was to mend, and where the copy from before is kept; neither where there was nothing."""

    found: Survey | None
    kept: Path | None


def check_up(paths: Paths, config: Config, today: date) -> Checkup:
    """Look at everything; never raises for what it finds."""
    troubles: list[LesartError] = []
    store: Examination | None = None
    survey: Survey | None = None
    database = paths.database
    kept = copies.copies(database)
    if database.exists() or kept:
        try:
            store = maintenance.examine(database)
            if not store.problems and store.schema == store.newest:
                survey = mending.survey(database)
        except (LesartError, OSError) as error:
            troubles.append(_as_trouble(error, database))
        if store is None or store.problems:
            troubles = [_damage(database, store, troubles, kept)]
        if survey is not None and not survey.sound:
            troubles.append(_disagreement(survey, database))
    child_ms = _child(troubles)
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
    troubles += _closed_places(paths)
    if store is not None:
        troubles += _about_copies(config, kept, store, database, today)
        if store.wal_size > _LONG_LOG_BYTES:
            troubles.append(
                LesartError(
                    N_("The log beside the database has grown to {megabytes} MB."),
                    hint=N_("Close every Lesart that is running; the last one to end writes it back."),
                    megabytes=store.wal_size // 1_048_576,
                )
            )
    return Checkup(
        versions=_versions(store),
        database=database,
        free_bytes=free,
        store=store,
        survey=survey,
        copies=kept,
        configuration=paths.config_file if paths.config_file.exists() else None,
        child_ms=child_ms,
        keyring=_keyring(),
        encoding=locale.getpreferredencoding(do_setlocale=False),
        troubles=tuple(troubles),
    )


def repair(paths: Paths) -> Repair:
    """Mend what can be mended without loss; a copy of the file as it was is made first.

    Raises ``StoreError`` for what needs more than that, ``ExportError`` when there is no room for the copy.
    """
    database = paths.database
    if not database.exists():
        return Repair(found=None, kept=None)
    try:
        if not maintenance.examine(database).problems and mending.survey(database).sound:
            return Repair(found=None, kept=None)
    except StoreError as error:
        raise _beyond_repair(error, database) from error
    kept = maintenance.copy_as_it_is(database, ".before-repair")
    try:
        found = mending.mend(database)
        _index(database)
    except StoreError as error:
        raise _beyond_repair(error, database) from error
    return Repair(found=found, kept=kept)


def salvage_store(paths: Paths, today: date, on_start: Callable[[], None] = lambda: None) -> Salvage:
    """Read what can be read of a damaged database into a new one; the damaged one keeps a dated name.

    Raises ``ExportError`` when it is not damaged, ``StoreError`` when nothing can be read.
    """
    database = paths.database
    if not database.exists() or _is_whole(database):
        raise ExportError(
            N_("There is nothing to salvage: {path} can be read."),
            hint=N_("“lesart doctor --repair” mends what does not agree in it."),
            path=database,
        )
    on_start()
    done = salvage(database, maintenance.free_name(database, f".damaged-{today.isoformat()}"))
    _index(database)
    return done


def _is_whole(database: Path) -> bool:
    """Raises ``StoreError`` for a file that is not ours, or that a newer version wrote: those are not damaged."""
    try:
        return not maintenance.examine(database).problems
    except LesartError as error:
        if maintenance.is_damage(error):
            return False
        raise


def _index(database: Path) -> None:
    store = open_store(database)
    try:
        while store.write(search.index_pending, _INDEX_BATCH):
            pass
    finally:
        store.close()


def _damage(
    database: Path, store: Examination | None, troubles: list[LesartError], kept: tuple[Copy, ...]
) -> LesartError:
    """The one trouble about a database that cannot be used, with the ways out that there are."""
    if troubles and not maintenance.is_damage(troubles[0]):
        return troubles[0]
    detail = "; ".join(store.problems[:3]) if store is not None else troubles[0].detail
    return _ways_out(
        DAMAGED,
        detail,
        database,
        kept,
        with_copy=N_(
            "Try “lesart doctor --repair” first; it makes a copy before. Else bring the newest daily copy back:"
            " “lesart restore {copy} --force”, or read out what can be read: “lesart doctor --salvage”."
        ),
        without=N_(
            "Try “lesart doctor --repair” first; it makes a copy before. Else read out what can be read: “lesart doctor"
            " --salvage”; the damaged file is kept. With a backup: “lesart restore FILE --force”."
        ),
    )


def _beyond_repair(error: StoreError, database: Path) -> StoreError:
    """Why it was not repaired, with the ways that are left: never once more the one that has just failed."""
    if error.title != mending.BEYOND_MENDING and not maintenance.is_damage(error):
        return error
    return _ways_out(
        mending.BEYOND_MENDING,
        error.detail,
        database,
        copies.copies(database),
        with_copy=N_(
            "Bring the newest daily copy back: “lesart restore {copy} --force”, or read out what can be read:"
            " “lesart doctor --salvage”. Either keeps the damaged file."
        ),
        without=N_(
            "Read out what can be read: “lesart doctor --salvage”; the damaged file is kept. With a backup: “lesart"
            " restore FILE --force”."
        ),
    )


def _ways_out(
    title: str, detail: str, database: Path, kept: tuple[Copy, ...], *, with_copy: str, without: str
) -> StoreError:
    """A damage with the hint that fits: whether there is a daily copy, of which the newest is named."""
    if kept:
        newest = shlex.quote(str(kept[0].path))
        return StoreError(title, detail=detail, hint=with_copy, file=database, copy=newest)
    return StoreError(title, detail=detail, hint=without, file=database)


def _disagreement(survey: Survey, database: Path) -> LesartError:
    parts = [
        f"{len(survey.counters)} counters" if survey.counters else "",
        f"{survey.unsearchable} not in the search index" if survey.unsearchable else "",
        f"{survey.unfound} stray in the search index" if survey.unfound else "",
        f"{survey.textless} without a text" if survey.textless else "",
        f"{survey.feedless} without a feed" if survey.feedless else "",
        *(f"{number} stray in {table}" for table, number in survey.orphans.items()),
    ]
    return LesartError(
        N_("The database {file} can be read, but not everything in it agrees."),
        detail=", ".join(filter(None, parts)),
        hint=N_("“lesart doctor --repair” mends that without losing anything; it makes a copy first."),
        file=database,
    )


def _about_copies(
    config: Config, kept: tuple[Copy, ...], store: Examination, database: Path, today: date
) -> list[LesartError]:
    wanted = config.keep
    if not wanted.copies:
        return []
    if store.size > wanted.copies_megabytes * 1_048_576:
        return [
            LesartError(
                N_("The database is larger than all its daily copies together may be ({megabytes} MB)."),
                hint=N_("Raise “copies_megabytes” under [keep], or let articles go with a rule there."),
                megabytes=wanted.copies_megabytes,
            )
        ]
    changed = datetime.fromtimestamp(database.stat().st_mtime).astimezone().date()
    if kept and kept[0].day + _STALE < min(changed, today):
        return [
            LesartError(
                N_("The newest daily copy is of {day}."),
                hint=N_("The next refresh makes one; if it does not, check the space in {folder}."),
                day=kept[0].day.isoformat(),
                folder=kept[0].path.parent,
            )
        ]
    return []


def _closed_places(paths: Paths) -> list[LesartError]:
    """Folders and files in which nothing can be written."""
    places = [_existing(folder) for folder in (paths.data, paths.config, paths.cache)]
    places += [path for path in (paths.database, paths.config_file) if path.exists()]
    return [
        LesartError(
            N_("{path} is not writable for you."),
            hint=N_("Check its owner and permissions, or choose another folder with --home."),
            path=path,
        )
        for path in dict.fromkeys(places)
        if not os.access(path, os.W_OK)
    ]


def _child(troubles: list[LesartError]) -> int | None:
    """Start the child process and have it answer; milliseconds."""
    from reader.library.analyst import ChildWorker, Urgency

    async def ask() -> None:
        worker = ChildWorker()
        try:
            await worker.run({"job": "analyse", "sizes": []}, b"", Urgency.DEMAND, _CHILD_SECONDS)
        finally:
            worker.close()
            await worker.closed()

    started = time.monotonic()
    try:
        asyncio.run(ask())
    except (LesartError, OSError) as error:
        troubles.append(
            LesartError(
                N_("The child process that reads feeds and analyses articles does not start."),
                detail=str(error),
                hint=N_("Check that {python} runs, that memory is left and that processes may be started."),
                python=sys.executable,
            )
        )
        return None
    return round((time.monotonic() - started) * 1000)


def _keyring() -> str:
    try:
        import keyring
    except ImportError:  # it is an extra
        return ""
    try:
        return type(keyring.get_keyring()).__module__
    except Exception as error:  # backends raise what their system raises
        return type(error).__name__


def _as_trouble(error: LesartError | OSError, database: Path) -> LesartError:
    if isinstance(error, LesartError):
        return error
    return LesartError(N_("{name} cannot be read."), detail=error.strerror or str(error), name=database)


def _versions(store: Examination | None) -> tuple[tuple[str, str], ...]:
    found = [
        ("lesart", __version__),
        ("Python", platform.python_version()),
        ("System", platform.platform(terse=True)),
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
