"""Commands about articles: list, show, export."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reader.cli.output import data, data_json, data_json_items, fitted, say, say_no_feeds, tell, wants_colour, width
from reader.cli.subscriptions import find_feed, opened
from reader.config import Config
from reader.errors import N_, AnalysisError, LesartError, NotFoundError, UsageError
from reader.export.jsonl import article_dict
from reader.i18n import _, relative_text
from reader.library import Library
from reader.library.exports import Format, export_article, export_to_file, render
from reader.library.searching import seeks_a_word
from reader.model.analysis import Reading
from reader.model.article import ArticleRow
from reader.model.query import ArticleQuery, Cursor, View
from reader.paths import Paths

_PAGE = 1000


def list_articles(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """One line an article, or all of them as JSON."""
    if options.limit < 1:
        raise UsageError(N_("--limit must be 1 or more."))
    if options.search and not seeks_a_word(options.search):
        raise UsageError(
            N_("--search needs a word that must occur."),
            hint=N_("A word with a minus only leaves out, as in “Wärme -Gesetz”."),
        )
    with opened(places, settings) as library:
        rows = _rows(library, _query(library, options), options.limit)
        if options.json:
            data_json_items(map(_row_dict, rows))
        elif not print_rows(rows, library.clock()):
            if library.feeds():
                say(_("No articles here."))
            else:
                say_no_feeds()
    return 0


def print_rows(rows: Iterable[ArticleRow], now: datetime) -> int:
    """One line an article: number, marks, age, outlet, title; how many there were."""
    size, number = width(160), 0
    for row in rows:
        number += 1
        mark = ("★" if row.starred else " ") + (" " if row.read else "•")
        head = f"{row.id:>6} {mark} {fitted(relative_text(row.published, now), 16)} {fitted(row.outlet, 18)} "
        data((head + fitted(row.title, max(20, size - len(head)))).rstrip())
    return number


def _query(library: Library, options: argparse.Namespace) -> ArticleQuery:
    wanted = ArticleQuery(search=options.search, entered=True)
    if options.feed is not None:
        return replace(wanted, view=View.FEED, feed_id=find_feed(library, options.feed).id)
    if options.folder is not None:
        if options.folder not in {feed.folder for feed in library.feeds() if feed.folder}:
            raise NotFoundError(
                N_("There is no folder “{folder}”."), hint=N_("“lesart feeds” shows them."), folder=options.folder
            )
        return replace(wanted, view=View.FOLDER, folder=options.folder)
    chosen = [view for view in (View.TODAY, View.UNREAD, View.STARRED) if getattr(options, view.value)]
    return replace(wanted, view=chosen[0] if chosen else View.ALL)


def _rows(library: Library, query: ArticleQuery, limit: int) -> Iterator[ArticleRow]:
    """Window by window, so that a whole archive is never in memory."""
    after: Cursor | None = None
    while limit > 0:
        window = library.window(query, after, min(_PAGE, limit))
        yield from window.rows
        limit -= len(window.rows)
        after = window.after
        if after is None:
            break


def _row_dict(row: ArticleRow) -> dict[str, object]:
    return {
        "id": row.id,
        "feed": row.feed_id,
        "title": row.title,
        "outlet": row.outlet,
        "published": row.published.isoformat() if row.dated else None,
        "read": row.read,
        "starred": row.starred,
        "sources": row.sources,
        "anonymous": row.anonymous,
        "first_point": row.first_point or None,
        "genre": row.genre or None,
        "completeness": row.completeness or None,
    }


def show(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """One article as text for people, or as JSON."""
    from reader.cli.reading import lines

    with opened(places, settings) as library:
        if options.full:
            reading = asyncio.run(library.load_full_text(options.id))
        else:
            reading = asyncio.run(_analysed(library, options.id))
        if options.json:
            data_json(article_dict(reading))
        else:
            for line in lines(reading, width(), library.clock(), colour=wants_colour()):
                data(line)
    return 0


async def _analysed(library: Library, article_id: int) -> Reading:
    """The article with its analysis; an article that cannot be analysed is still an article, and said to be so."""
    try:
        return await library.analysed(article_id)
    except AnalysisError as error:
        tell(error)
        return library.reading(article_id)


def export(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Each article as one file, or on stdout; one that fails does not stop the others."""
    target = Path(options.output or settings.exports or places.exports).expanduser()
    into_file = bool(options.output) and not target.is_dir() and not options.output.endswith(("/", "\\"))
    if options.output != "-" and into_file and len(options.id) > 1:
        raise UsageError(
            N_("{count} articles do not fit into one file."),
            hint=N_("Give a folder with -o, ending in a slash."),
            count=len(options.id),
        )
    with opened(places, settings) as library:
        failed = asyncio.run(_export_all(library, options, target, into_file=into_file))
    return 1 if failed else 0


async def _export_all(library: Library, options: argparse.Namespace, target: Path, *, into_file: bool) -> int:
    """Export each article; the number of those that failed."""
    form = Format(options.format)
    failed = 0
    listed = form is Format.JSON and options.output == "-" and len(options.id) > 1
    readings: list[Reading] = []
    for article_id in options.id:
        try:
            reading = await _analysed(library, article_id)
            if listed:
                readings.append(reading)
                continue
            if options.output == "-":
                sys.stdout.write(render(reading, form))
                continue
            if into_file:
                path = export_to_file(reading, target, form, overwrite=options.force)
            else:
                path = export_article(reading, target, form)
        except LesartError as error:
            tell(error)
            failed += 1
            continue
        data(str(path))
    if listed:
        data_json_items(map(article_dict, readings))
    return failed
