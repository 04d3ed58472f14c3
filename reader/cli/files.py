"""Commands that take a file in or write one: import, export-opml, backup, restore; and doctor, which looks at ours."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output import data, data_json, say, tell
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, ExportError, LesartError
from reader.feeds.outlines import MAX_BYTES
from reader.i18n import _, describe, ngettext, number_text
from reader.library import Library
from reader.paths import Paths

if TYPE_CHECKING:
    from reader.library.doctor import Checkup


def import_list(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Subscribe to what a file holds; exit status 1 when some of it was refused."""
    content = _read(options.file)
    with opened(places, settings) as library:
        report = library.import_list(content)
    for title in report.added:
        data(title)
    for title in report.known:
        say(_("{title}: subscribed already").format(title=title))
    for note in report.noted:
        say(f"  {note.entry}: {_(note.reason)}")
    for refusal in report.refused:
        say(f"! {refusal.entry or '–'}: {_(refusal.reason)}")
    count = len(report.added)
    say(ngettext("{n} new subscription", "{n} new subscriptions", count).format(n=number_text(count)))
    if report.refused:
        count = len(report.refused)
        say(ngettext("{n} entry refused", "{n} entries refused", count).format(n=number_text(count)))
    if report.added:
        say(_("“lesart refresh” fetches them."))
    return 1 if report.refused else 0


def export_opml(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Write all subscriptions as OPML."""
    with opened(places, settings) as library:
        document = library.export_opml()
    if options.file == "-":
        sys.stdout.write(document.decode())
        return 0
    path = Path(options.file)
    try:
        with path.open("wb" if options.force else "xb") as file:
            file.write(document)
    except FileExistsError as error:
        raise ExportError(
            N_("{path} is already there."), hint=N_("Choose another name, or add --force to replace it."), path=path
        ) from error
    except OSError as error:
        raise ExportError(N_("{path} cannot be written."), detail=error.strerror or str(error), path=path) from error
    data(str(path))
    return 0


def backup(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Copy the whole store into one file."""
    with opened(places, settings) as library:
        library.back_up(Path(options.file), force=options.force)
    data(options.file)
    say(_("“lesart restore {file}” brings it back.").format(file=options.file))
    return 0


def restore(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Put a backup in the place of the store."""
    kept = Library.restore(places, Path(options.file), force=options.force)
    say(_("Restored from {file}.").format(file=options.file))
    if kept is not None:
        say(_("What was there before is kept in {file}.").format(file=kept))
    return 0


def doctor(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Say how the installation is; exit status 1 when something is wrong."""
    from reader.library.doctor import check_up

    found = check_up(places)
    if options.json:
        data_json(_checkup_dict(found))
        return 1 if found.troubles else 0
    for name, version in found.versions:
        data(f"{name:<12} {version}")
    data(f"{_('Database'):<12} {found.database}")
    if found.store is not None:
        size = number_text(-(-(found.store.size + found.store.wal_size) // 1024))
        data(
            f"{'':<12} {size} kB, {_('schema {n} of {newest}').format(n=found.store.schema, newest=found.store.newest)}"
        )
        feeds = ngettext("{n} feed", "{n} feeds", found.store.feeds).format(n=number_text(found.store.feeds))
        count = found.store.articles
        data(f"{'':<12} {feeds}, " + ngettext("{n} article", "{n} articles", count).format(n=number_text(count)))
    elif not found.troubles:
        data(f"{'':<12} " + _("not there yet; the first subscription creates it"))
    data(f"{_('Free space'):<12} {number_text(found.free_bytes // 1_048_576)} MB")
    for trouble in found.troubles:
        tell(trouble)
    if not found.troubles:
        say(_("Everything is in order."))
    return 1 if found.troubles else 0


def _checkup_dict(found: Checkup) -> dict[str, object]:
    store = found.store
    return {
        "versions": dict(found.versions),
        "database": str(found.database),
        "free_bytes": found.free_bytes,
        "store": None
        if store is None
        else {
            "bytes": store.size,
            "wal_bytes": store.wal_size,
            "schema": store.schema,
            "newest_schema": store.newest,
            "feeds": store.feeds,
            "articles": store.articles,
            "problems": list(store.problems),
        },
        "troubles": [
            {"title": title, "detail": detail or None, "hint": hint or None}
            for title, detail, hint in map(describe, found.troubles)
        ],
    }


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LesartError(N_("{name} cannot be read."), detail=error.strerror or str(error), name=name) from error
