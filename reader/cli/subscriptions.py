"""Commands about feeds: add, remove, feeds, refresh."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator

from reader.cli.output import data, data_json, fitted, say, tell
from reader.config import Config
from reader.errors import N_, LesartError, NotFoundError, UsageError
from reader.feeds.address import typed_address
from reader.i18n import _, date_text, describe, ngettext, number_text, relative_text, worded
from reader.library import FeedResult, Library, Progress, RefreshReport
from reader.library.report import WAITING
from reader.model.article import Feed
from reader.paths import Paths


@contextlib.contextmanager
def opened(places: Paths, settings: Config) -> Iterator[Library]:
    """The library, closed again whatever happens."""
    library = Library.open(places, settings)
    try:
        yield library
    finally:
        library.close()


def find_feed(library: Library, wish: str) -> Feed:
    """The feed with this number, else at this address as one types it, else with this title; raises
    ``NotFoundError``.
    """
    feeds = library.feeds()
    addresses = (wish, _as_address(wish))
    found = (
        next((feed for feed in feeds if str(feed.id) == wish), None)
        or next((feed for feed in feeds if feed.address in addresses), None)
        or next((feed for feed in feeds if feed.title == wish), None)
    )
    if found is None:
        raise NotFoundError(
            N_("There is no feed “{feed}”."), hint=N_("“lesart feeds” lists them with their numbers."), feed=wish
        )
    return found


def _as_address(wish: str) -> str | None:
    try:
        return typed_address(wish)
    except UsageError:
        return None  # a title, then


def add(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Subscribe to each address; one that fails does not stop the others."""
    with opened(places, settings) as library:
        failed = asyncio.run(_add_all(library, options))
    return 1 if failed else 0


async def _add_all(library: Library, options: argparse.Namespace) -> int:
    """Subscribe to each address; the number of those that failed, or the wrong usage when it is the only one."""
    failed = 0
    for address in options.address:
        try:
            feed, result = await library.subscribe(address, title=options.title, folder=options.folder)
        except LesartError as error:
            if len(options.address) == 1:
                raise
            say(f"{address}:")
            tell(error)
            failed += 1
            continue
        count = ngettext("{n} new article", "{n} new articles", result.new).format(n=number_text(result.new))
        say(f"{feed.title}: {count}")
        data(str(feed.id))
    return failed


def remove(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """End one subscription."""
    with opened(places, settings) as library:
        feed = find_feed(library, options.feed)
        library.unsubscribe(feed.id)
        say(_("No longer subscribed to {title}.").format(title=feed.title))
    return 0


def feeds(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """One line a feed, or all of them as JSON."""
    with opened(places, settings) as library:
        if options.check:
            from reader.cli.catalogue import check

            return check(library, library.candidates(), as_json=options.json)
        found = library.feeds()
        if options.json:
            data_json([_feed_dict(feed) for feed in found])
            return 0
        now = library.clock()
        for feed in found:
            when = relative_text(feed.last_success, now) if feed.last_success else _("never fetched")
            folder = f"{feed.folder} / " if feed.folder else ""
            data(f"{feed.id:>4}  {fitted(folder + feed.title, 40)}  {feed.unread:>5}  {when}")
            if feed.error:
                data(f"      ! {feed.error}" + (f" → {feed.hint}" if feed.hint else ""))
                if feed.next_try is not None:
                    data("        " + _("Next try: {time}").format(time=date_text(feed.next_try)))
        if not found:
            say(_("No feeds yet. “lesart add ADDRESS” subscribes to one, “lesart demo” shows the demo edition."))
    return 0


def _feed_dict(feed: Feed) -> dict[str, object]:
    return {
        "id": feed.id,
        "address": feed.address,
        "title": feed.title,
        "folder": feed.folder,
        "unread": feed.unread,
        "total": feed.total,
        "last_success": feed.last_success.isoformat() if feed.last_success else None,
        "last_attempt": feed.last_attempt.isoformat() if feed.last_attempt else None,
        "error": feed.error or None,
        "hint": feed.hint or None,
        "next_try": feed.next_try.isoformat() if feed.next_try else None,
        "interval": feed.interval_seconds or None,
        "ended": feed.ended,
    }


def refresh(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Fetch feeds; exit status 1 when one of them failed."""
    with opened(places, settings) as library:
        wanted = [find_feed(library, wish).id for wish in options.feed] or None
        report = asyncio.run(library.refresh(wanted, on_progress=_progress(), force=options.force, due=options.due))
    if options.json:
        data_json([_result_dict(result) for result in report.results])
    else:
        _summary(report)
    if report.trouble is not None:
        say(_("Not everything was analysed; the next refresh tries again."))
        tell(report.trouble)
    return 1 if report.failed else 0


def _progress() -> Callable[[Progress], None]:
    """A line per feed on stderr where somebody is looking."""

    def show(progress: Progress) -> None:
        if not sys.stderr.isatty() and not progress.error:
            return
        count = ngettext("{n} new article", "{n} new articles", progress.new).format(n=number_text(progress.new))
        say(f"[{progress.done}/{progress.total}] {progress.title}: {progress.error or count}")

    return show


def _summary(report: RefreshReport) -> None:
    feeds_text = ngettext("{n} feed", "{n} feeds", len(report.results)).format(n=number_text(len(report.results)))
    count = ngettext("{n} new article", "{n} new articles", report.new).format(n=number_text(report.new))
    say(f"{feeds_text}, {count}")
    waiting = sum(result.status == WAITING for result in report.results)
    if waiting:
        text = ngettext(
            "{n} feed not asked, because its server wants to be left alone; see “lesart feeds”.",
            "{n} feeds not asked, because their servers want to be left alone; see “lesart feeds”.",
            waiting,
        )
        say(text.format(n=number_text(waiting)))
    for result in report.failed:
        if result.error is not None:
            say(f"! {result.title}")
            tell(result.error)


def _result_dict(result: FeedResult) -> dict[str, object]:
    return {
        "feed": result.feed_id,
        "title": result.title,
        "address": result.address,
        "status": result.status,
        "new": result.new,
        "updated": result.updated,
        "error": worded(result.error) if result.error else None,
        "hint": (describe(result.error)[2] or None) if result.error else None,
    }
