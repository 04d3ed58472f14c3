"""The command set: how one feed is treated where it differs from the others."""

from __future__ import annotations

import argparse
import getpass
import sys
from urllib.parse import urlsplit

from reader.cli.output import data, say
from reader.cli.subscriptions import find_feed, opened, settings_text
from reader.config import Config
from reader.errors import N_, UsageError
from reader.feeds.outlines import leads_inside
from reader.i18n import _
from reader.library import secrets
from reader.model.article import Feed
from reader.model.settings import FullText
from reader.paths import Paths


def set_feed(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Change what is given and show what is set; without anything given only show it."""
    headers = given_headers(options)
    with opened(places, settings) as library:
        feed = find_feed(library, options.feed)
        feed = library.settings.change(
            feed.id,
            title=options.title,
            folder=options.folder,
            full_text=None if options.full_text is None else FullText(options.full_text),
            proxy=options.proxy,
            login=options.login,
            headers=headers,
        )
        if options.password_from_stdin:
            library.settings.set_password(feed.id, read_password())
        data(f"{feed.id:>4}  {f'{feed.folder} / ' if feed.folder else ''}{feed.title}")
        nothing = _("nothing set that differs from the other feeds")
        data(f"      {settings_text(feed.settings) or nothing}")
        warn_about_login(feed)
    return 0


def given_headers(options: argparse.Namespace) -> dict[str, str]:
    """What ``--header`` says; raises ``UsageError``."""
    return dict(_header(given) for given in options.header)


def _header(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise UsageError(
            N_("“{name}” is not a header that can be set."),
            hint=N_("Give it as NAME=VALUE; what belongs to the connection itself is not to be changed."),
            name=name[:100],
        )
    return name, value


def read_password() -> str:
    """One line; typed unseen where a person sits there."""
    if sys.stdin.isatty():
        return getpass.getpass(_("Password: "), sys.stderr)
    return sys.stdin.readline().rstrip("\r\n")


def warn_about_login(feed: Feed) -> None:
    """What a person should know who has just set a log-in."""
    if not feed.settings.login:
        return
    if urlsplit(feed.address).scheme == "http" and not leads_inside(feed.address):
        say(_("The address begins with http://, so the password crosses the network readable for everybody."))
    say(
        _("Its password: in the environment as {variable}, else in the keyring.").format(
            variable=secrets.variable(feed.id)
        )
    )
