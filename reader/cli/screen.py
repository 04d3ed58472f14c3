"""Opening the reader itself."""

from __future__ import annotations

import argparse
import sys

from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, UsageError
from reader.paths import Paths


def read(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Open the reader; without any feed it starts with the demo edition."""
    return _open(places, settings, demo=False)


def demo(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Open the reader on the demo edition."""
    return _open(places, settings, demo=True)


def _open(places: Paths, settings: Config, *, demo: bool) -> int:
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise UsageError(
            N_("The reader needs a terminal."),
            hint=N_("For pipes and scripts there are “lesart list”, “lesart show” and “lesart export”."),
        )
    with opened(places, settings) as library:
        if demo or not library.feeds():
            library.load_demo()
        from reader.tui.app import run

        return run(library, settings)
