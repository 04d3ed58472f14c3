"""Opening the reader itself."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from reader.cli.articles import print_rows
from reader.cli.output import say
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, ConfigError, UsageError
from reader.i18n import _, ngettext, number_text
from reader.library import Library
from reader.model.query import ArticleQuery
from reader.paths import Paths


def read(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Open the reader; without any feed it starts with the demo edition, which leaves with the first own feed."""
    if not _has_terminal():
        raise UsageError(
            N_("The reader needs a terminal."),
            hint=N_("For pipes and scripts there are “lesart list”, “lesart show” and “lesart export”."),
        )
    with opened(places, settings) as library:
        if not library.feeds():
            library.load_demo()
        return _open(library, settings)


def demo(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Open the reader on the demo edition; without a terminal list its articles instead."""
    if _has_own_feeds(places, settings):
        # Somebody's own subscriptions stay free of the demo's: it gets a store beside theirs.
        places = replace(places, data=places.data / "demo")
    with opened(places, settings) as library:
        count = library.load_demo()
        if _has_terminal():
            return _open(library, settings)
        say(ngettext("Demo edition: {n} article", "Demo edition: {n} articles", count).format(n=number_text(count)))
        print_rows(library.window(ArticleQuery(), limit=count or 1).rows, library.clock())
        say(_("In a terminal “lesart demo” opens them on the screen."))
    return 0


def troubles(settings: Config) -> tuple[ConfigError, ...]:
    """What only the screen could not start with: a theme or keys that do not fit."""
    from reader.tui import keymap, themes

    found: list[ConfigError] = []
    try:
        themes.theme_name(settings.view.theme)
    except ConfigError as error:
        found.append(error)
    try:
        keymap.resolve(settings.keys)
    except ConfigError as error:
        found.append(error)
    return tuple(found)


def _has_own_feeds(places: Paths, settings: Config) -> bool:
    with opened(places, settings) as library:
        return any(not feed.bundled for feed in library.feeds())


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _open(library: Library, settings: Config) -> int:
    from reader.tui.app import run

    return run(library, settings)
