"""The command refresh: how far it is, and what came of it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import defaultdict
from collections.abc import Callable

from reader.cli.output import data_json, fitted, say, say_no_feeds, tell, width
from reader.cli.subscriptions import find_feed, opened
from reader.config import Config
from reader.feeds.problems import OFFLINE
from reader.i18n import _, describe, ngettext, number_text, worded
from reader.library import FeedResult, Progress, RefreshReport
from reader.library.report import ANALYSING, PAGES, WAITING
from reader.library.subscriptions import for_feed
from reader.paths import Paths

_MOST_ALIKE = 3
"""More feeds with one and the same trouble are told together."""


def refresh(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Fetch feeds; exit status 1 when one of them failed."""
    with opened(places, settings) as library:
        wanted = list(dict.fromkeys(find_feed(library, wish).id for wish in options.feed)) or None
        report = asyncio.run(
            library.refresh(wanted, on_progress=_progress(), force=options.force, due=options.due, pages=options.pages)
        )
        is_empty = not report.results and not library.feeds()
    if options.json:
        data_json([_result_dict(result) for result in report.results])
    if is_empty:
        say_no_feeds()
    elif not options.json:
        _summary(report)
    if report.trouble is not None:
        say(_("Not everything was analysed; the next refresh tries again."))
        tell(report.trouble)
    return 1 if report.failed else 0


def _progress() -> Callable[[Progress], None] | None:
    """One line on stderr that is written over and over, where somebody is looking; what failed is told at the end."""
    if not sys.stderr.isatty():
        return None

    def show(progress: Progress) -> None:
        phases = {ANALYSING: _("analysing"), PAGES: _("full texts")}
        what = phases.get(progress.phase, progress.title)
        line = f"[{progress.done}/{progress.total}] {what}" if progress.done < progress.total else ""
        sys.stderr.write(f"\r{fitted(line, width() - 1)}" + ("" if line else "\r"))
        sys.stderr.flush()

    return show


def _summary(report: RefreshReport) -> None:
    feeds_text = ngettext("{n} feed", "{n} feeds", len(report.results)).format(n=number_text(len(report.results)))
    count = ngettext("{n} new article", "{n} new articles", report.new).format(n=number_text(report.new))
    pages = sum(result.pages for result in report.results)
    loaded = ngettext("{n} full text from its page", "{n} full texts from their pages", pages)
    say(f"{feeds_text}, {count}" + (f", {loaded.format(n=number_text(pages))}" if pages else ""))
    waiting = sum(result.status == WAITING for result in report.results)
    if waiting:
        text = ngettext(
            "{n} feed not asked, because its server wants to be left alone; see “lesart feeds”.",
            "{n} feeds not asked, because their servers want to be left alone; see “lesart feeds”.",
            waiting,
        )
        say(text.format(n=number_text(waiting)))
    _tell_failures(report)


def _tell_failures(report: RefreshReport) -> None:
    """Each with its reason; what many have in common once, and no network at all in one line."""
    failed = report.failed
    reached = len(failed) + sum(result.status == WAITING for result in report.results) < len(report.results)
    alike: dict[str, list[FeedResult]] = defaultdict(list)
    for result in failed:
        alike[result.error.title if result.error is not None else ""].append(result)
    if len(failed) > 1 and not reached and set(alike) <= OFFLINE:
        text = _("No network: none of the {n} feeds could be reached. What is stored can be read.")
        say("! " + text.format(n=number_text(len(failed))))
        return
    for results in alike.values():
        if len(results) > _MOST_ALIKE:
            count = ngettext("{n} feed", "{n} feeds", len(results)).format(n=number_text(len(results)))
            say(f"! {count}: {', '.join(result.title for result in results[:_MOST_ALIKE])}, …")
        for result in results if len(results) <= _MOST_ALIKE else results[:1]:
            if len(results) <= _MOST_ALIKE:
                say(f"! {result.title}")
            if result.error is not None:
                tell(result.error, hint=_hint(result) if len(results) <= _MOST_ALIKE else None)


def _result_dict(result: FeedResult) -> dict[str, object]:
    return {
        "feed": result.feed_id,
        "title": result.title,
        "address": result.address,
        "status": result.status,
        "new": result.new,
        "updated": result.updated,
        "pages": result.pages,
        "error": worded(result.error) if result.error else None,
        "hint": _hint(result) or None,
    }


def _hint(result: FeedResult) -> str:
    """What to do about a feed that failed, in commands that name it."""
    return for_feed(describe(result.error)[2], result.feed_id) if result.error is not None else ""
