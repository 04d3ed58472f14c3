"""Commands about the store as a whole: backup, restore, tidy, doctor."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli import screen
from reader.cli.output import data, data_json, fitted, say, tell
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, ExportError
from reader.i18n import _, date_text, describe, ngettext, number_text
from reader.paths import Paths

if TYPE_CHECKING:
    from reader.library.doctor import Checkup
    from reader.store.retention import FeedShare


def backup(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Copy the whole store, and the configuration, into one file."""
    if Path(options.file).is_dir():
        raise ExportError(N_("{path} cannot be written."), detail=os.strerror(errno.EISDIR), path=options.file)
    with opened(places, settings) as library:
        library.back_up(Path(options.file), force=options.force)
    data(options.file)
    say(_("“lesart restore {file}” brings it back.").format(file=options.file))
    return 0


def restore(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Put a backup or a daily copy in the place of the store."""
    from reader.library import upkeep

    done = upkeep.restore(places, Path(options.file), force=options.force)
    say(_("Restored from {file}.").format(file=options.file))
    for kept in (done.kept, done.kept_configuration):
        if kept is not None:
            say(_("What was there before is kept in {file}.").format(file=kept))
    if done.configuration is not None:
        say(_("The configuration {file} came along.").format(file=done.configuration))
    return 0


def tidy(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Let go what the configured rule lets go, or say what that would be."""
    with opened(places, settings) as library:
        if not settings.keep.rule.strip():
            if options.json:
                data_json({"rule": "", "feeds": []})
            text = _("No rule is set, so everything is kept. To set one, write under [keep] in {file}: {example}")
            example = _("read after 90 days")
            say(text.format(file=places.config_file, example=f'rule = "{example}"'))
            return 0
        shares = library.upkeep.preview()
        if options.json:
            data_json({"rule": settings.keep.rule, "feeds": [_share_dict(share) for share in shares]})
        else:
            for share in shares:
                _tell_share(share)
        count, size = sum(share.articles for share in shares), _megabytes(sum(share.bytes for share in shares))
        if options.dry_run:
            text = ngettext(
                "{n} article would go; that frees about {size} MB for new ones.",
                "{n} articles would go; that frees about {size} MB for new ones.",
                count,
            )
        else:
            count = asyncio.run(library.upkeep.tidy())
            text = ngettext(
                "{n} article has gone; that frees about {size} MB for new ones.",
                "{n} articles have gone; that frees about {size} MB for new ones.",
                count,
            )
        say(text.format(n=number_text(count), size=size))
    return 0


def _tell_share(share: FeedShare) -> None:
    marks = _("{read} read, {unread} unread, {starred} starred").format(
        read=number_text(share.read), unread=number_text(share.unread), starred=number_text(share.starred)
    )
    since = _("here since {date}").format(date=date_text(share.oldest))
    data(f"{share.feed_id:>4}  {fitted(share.title, 32)}  {marks}, {since}, {_megabytes(share.bytes)} MB")


def _share_dict(share: FeedShare) -> dict[str, object]:
    return {
        "feed": share.feed_id,
        "title": share.title,
        "read": share.read,
        "unread": share.unread,
        "starred": share.starred,
        "oldest": share.oldest.isoformat(),
        "bytes": share.bytes,
    }


def doctor(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Say how the installation is, mend or salvage when asked; exit status 1 when something is wrong."""
    from reader.library import doctor as library

    today = datetime.now().astimezone().date()
    if options.repair:
        done = library.repair(places)
        if done.kept is None:
            say(_("There is nothing to repair."))
        else:
            say(_("Repaired. The file as it was before is kept in {file}.").format(file=done.kept))
    if options.salvage:
        saved = library.salvage_store(places, today, lambda: say(_("Reading out what can be read …")))
        count, number = saved.saved.get("articles", 0), saved.saved.get("feeds", 0)
        say(
            _("Saved: {articles}, {feeds}.").format(
                articles=ngettext("{n} article", "{n} articles", count).format(n=number_text(count)),
                feeds=ngettext("{n} feed", "{n} feeds", number).format(n=number_text(number)),
            )
        )
        lost = ", ".join(f"{table} {number_text(places_lost)}" for table, places_lost in saved.lost_places.items())
        say(_("Row numbers that could not be read: {lost}.").format(lost=lost or "0"))
        if saved.without_text:
            say(
                ngettext(
                    "Of {n} article only the headline is left.",
                    "Of {n} articles only the headline is left.",
                    saved.without_text,
                ).format(n=number_text(saved.without_text))
            )
        say(_("The damaged file is kept in {file}.").format(file=saved.kept))
    found = library.check_up(places, settings, today)
    found = replace(found, troubles=(*found.troubles, *screen.troubles(settings)))
    if options.json:
        data_json(_checkup_dict(found, settings))
    else:
        _tell_checkup(found, settings)
    return 1 if found.troubles else 0


def _tell_checkup(found: Checkup, settings: Config) -> None:
    for name, version in found.versions:
        data(f"{name:<14} {version}")
    _fact(_("Database"), str(found.database))
    if found.store is not None:
        size = number_text(-(-(found.store.size + found.store.wal_size) // 1024))
        schema = _("schema {n} of {newest}").format(n=found.store.schema, newest=found.store.newest)
        _fact("", f"{size} kB, {schema}")
        feeds = ngettext("{n} feed", "{n} feeds", found.store.feeds).format(n=number_text(found.store.feeds))
        count = found.store.articles
        _fact("", f"{feeds}, " + ngettext("{n} article", "{n} articles", count).format(n=number_text(count)))
    elif not found.troubles:
        _fact("", _("not there yet; the first subscription creates it"))
    _fact(_("Kept"), settings.keep.rule or _("everything"))
    for number, copy in enumerate(found.copies):
        _fact(_("Daily copies") if number == 0 else "", f"{copy.path} ({_megabytes(copy.bytes)} MB)")
    if not found.copies:
        _fact(_("Daily copies"), _("none yet") if settings.keep.copies else _("switched off"))
    _fact(_("Configuration"), str(found.configuration) if found.configuration else _("none, so the defaults hold"))
    if found.child_ms is not None:
        _fact(_("Child process"), _("starts and answers in {n} ms").format(n=number_text(found.child_ms)))
    _fact(_("Keyring"), found.keyring or _("none; passwords come from the environment"))
    _fact(_("Locale"), found.encoding)
    _fact(_("Free space"), f"{number_text(found.free_bytes // 1_048_576)} MB")
    for trouble in found.troubles:
        tell(trouble)
    if not found.troubles:
        say(_("Everything is in order."))


def _fact(name: str, text: str) -> None:
    data(f"{name:<14} {text}")


def _megabytes(size: int) -> str:
    return number_text(-(-size // 1_048_576))


def _checkup_dict(found: Checkup, settings: Config) -> dict[str, object]:
    store, survey = found.store, found.survey
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
            "counters": None if survey is None else list(survey.counters),
            "unsearchable": None if survey is None else survey.unsearchable + survey.unfound,
            "stray_rows": None if survey is None else dict(survey.orphans),
        },
        "rule": settings.keep.rule,
        "copies": [{"file": str(copy.path), "bytes": copy.bytes} for copy in found.copies],
        "configuration": None if found.configuration is None else str(found.configuration),
        "child_ms": found.child_ms,
        "keyring": found.keyring or None,
        "encoding": found.encoding,
        "troubles": [
            {"title": title, "detail": detail or None, "hint": hint or None}
            for title, detail, hint in map(describe, found.troubles)
        ],
    }
