"""Commands about feeds: add, remove, feeds."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from reader.cli.output import data, data_json, fitted, say, say_no_feeds, tell, width
from reader.config import Config
from reader.errors import N_, LesartError, NotFoundError, UsageError
from reader.feeds.address import split_login, typed_address, without_password
from reader.i18n import _, date_text, ngettext, number_text, relative_text
from reader.library import Library
from reader.library.report import UNCHANGED
from reader.model.settings import FeedSettings, FullText
from reader.paths import Paths
from reader.text.sanitize import clean_line

if TYPE_CHECKING:
    from reader.library.discovery import Offer
    from reader.library.settings import AccessWish
    from reader.model.article import Feed
    from reader.model.health import FeedHealth, FeedPreview, HealthState

_HALF = 0.5


@contextlib.contextmanager
def opened(places: Paths, settings: Config) -> Iterator[Library]:
    """The library, closed again whatever happens."""
    library = Library.open(places, settings)
    try:
        yield library
    finally:
        library.close()


def find_feed(library: Library, wish: str) -> Feed:
    """The feed with this number, else at this address as one types it, else the one with this title; raises
    ``NotFoundError``, and ``UsageError`` where several have it.
    """
    feeds = library.feeds()
    addresses = (wish, _as_address(wish))
    called = [feed for feed in feeds if feed.title == wish]
    found = (
        next((feed for feed in feeds if str(feed.id) == wish), None)
        or next((feed for feed in feeds if feed.address in addresses), None)
        or next(iter(called), None)
    )
    if len(called) > 1 and found is called[0]:
        raise UsageError(
            N_("{n} feeds are called “{feed}”."),
            hint=N_("Name one by its number: {numbers}."),
            n=len(called),
            feed=wish,
            numbers=", ".join(str(feed.id) for feed in sorted(called, key=lambda feed: feed.id)),
        )
    if found is None:
        raise NotFoundError(
            N_("There is no feed “{feed}”."),
            hint=N_("“lesart feeds” lists them with their numbers."),
            feed=without_password(wish),
        )
    return found


def _as_address(wish: str) -> str | None:
    try:
        return typed_address(wish)
    except UsageError:
        return None  # a title, then


def add(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Subscribe to each address, or only show what is there; one that fails does not stop the others."""
    from reader.cli.settings import given_headers, read_password
    from reader.library.settings import AccessWish

    work = _preview if options.preview else _subscribe
    login = options.login
    if options.password_from_stdin and not login and not any(split_login(address)[1] for address in options.address):
        raise UsageError(N_("A password needs a log-in name."), hint=N_("Give it as well: --login NAME."))
    asking = Asking(
        AccessWish.checked(proxy=options.proxy, login=login, headers=given_headers(options)),
        read_password() if options.password_from_stdin else "",
    )
    with opened(places, settings) as library:
        failed = asyncio.run(_each(library, options, asking, work))
    return 1 if failed else 0


@dataclass(frozen=True, slots=True)
class Asking:
    """How the server of a new feed is asked."""

    access: AccessWish
    password: str = field(repr=False)


Work = Callable[[Library, argparse.Namespace, Asking, str], Awaitable[list[dict[str, object]]]]


async def _each(library: Library, options: argparse.Namespace, asking: Asking, work: Work) -> int:
    """Do it for each address; the number of those that failed, or the wrong usage when it is the only one."""
    failed, found = 0, []
    for address in options.address:
        try:
            found += await work(library, options, asking, address)
        except LesartError as error:
            if len(options.address) == 1:
                raise
            say(f"{without_password(address)}:")
            tell(error)
            failed += 1
    if options.json:
        data_json(found)
    return failed


async def _subscribe(
    library: Library, options: argparse.Namespace, asking: Asking, address: str
) -> list[dict[str, object]]:
    from reader.cli.settings import warn_about_login

    offered: list[Offer] = []
    is_asked = sys.stdin.isatty() and sys.stderr.isatty()

    def choose(offers: Sequence[Offer]) -> int | None:
        offered.extend(offers)
        return _asked(offers) if is_asked else None

    feed, result = await library.subscribe(
        address,
        title=options.title,
        folder=options.folder,
        choose=choose,
        full_text=None if options.full_text is None else FullText(options.full_text),
        access=asking.access,
        password=asking.password,
    )
    others = [offer for offer in offered if offer.address != feed.address]
    if result.status == UNCHANGED:
        if options.title or options.folder:
            feed = library.settings.change(feed.id, title=options.title or None, folder=options.folder or None)
        say(_("{title}: subscribed already").format(title=feed.title))
    else:
        count = ngettext("{n} new article", "{n} new articles", result.new).format(n=number_text(result.new))
        say(f"{feed.title}: {count}")
    if others and not is_asked:
        say(
            _("The page names more feeds than {address}; “lesart add ADDRESS” subscribes to another:").format(
                address=feed.address
            )
        )
        for offer in others:
            say(f"{offer.address} {offer.title}")
    if asking.access.login:
        warn_about_login(feed)
    if feed.error:
        say(f"! {feed.error} → {feed.hint}" if feed.hint else f"! {feed.error}")
    if not options.json:
        data(str(feed.id))
    return [
        {
            "id": feed.id,
            "address": feed.address,
            "title": feed.title,
            "new": result.new,
            "others": [{"address": offer.address, "title": offer.title} for offer in others],
        }
    ]


def _asked(offers: Sequence[Offer]) -> int:
    """The feed that the person at the terminal wants; the first when they only press Enter."""
    for number, offer in enumerate(offers, 1):
        say(f"{number} {offer.title or offer.address} {f'({offer.address})' if offer.title else ''}")
    while True:
        sys.stderr.write(_("Which one? 1 to {n}, Enter for the first: ").format(n=len(offers)))
        sys.stderr.flush()
        answer = sys.stdin.readline().strip()
        if not answer:
            return 0
        if answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= len(offers):
            return int(answer) - 1


async def _preview(
    library: Library, options: argparse.Namespace, asking: Asking, address: str
) -> list[dict[str, object]]:
    found = await library.preview(address, access=asking.access, password=asking.password)
    for preview in found if not options.json else ():
        notes = [ngettext("{n} entry", "{n} entries", preview.count).format(n=number_text(preview.count))]
        if preview.newest is not None:
            notes.append(_("newest {time}").format(time=relative_text(preview.newest, library.clock())))
        if preview.count:
            notes.append(_("full text") if preview.teasers < _HALF else _("teasers"))
        notes += [preview.language] if preview.language not in ("", "de") else []
        notes += [_("subscribed already")] if preview.subscribed else []
        data(preview.title)
        data(f"  {preview.address}")
        data(f"  {', '.join(notes)}")
        for headline in preview.headlines:
            data(f"    {fitted(headline, width() - 5).rstrip()}")
    return [_preview_dict(preview) for preview in found]


def _preview_dict(preview: FeedPreview) -> dict[str, object]:
    return {
        "address": preview.address,
        "title": preview.title,
        "site": preview.site or None,
        "count": preview.count,
        "newest": preview.newest.isoformat() if preview.newest else None,
        "headlines": list(preview.headlines),
        "teasers": round(preview.teasers, 2),
        "language": preview.language or None,
        "subscribed": preview.subscribed,
    }


def remove(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """End one subscription."""
    with opened(places, settings) as library:
        feed = find_feed(library, options.feed)
        library.unsubscribe(feed.id)
        say(_("No longer subscribed to {title}.").format(title=feed.title))
    return 0


def feeds(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """One line a feed and what is to be said of it, or all of them as JSON."""
    with opened(places, settings) as library:
        found = library.feeds()
        if found and (options.check or options.what == "check"):
            from reader.cli.catalogue import check

            return check(library, library.candidates(), as_json=options.json)
        known = {health.feed.id: health for health in library.health()}
        if options.json:
            data_json([_feed_dict(feed, known.get(feed.id)) for feed in found])
            return 0
        now = library.clock()
        for feed in found:
            for line in _feed_lines(feed, known.get(feed.id), now):
                data(line)
        if not found:
            say_no_feeds()
    return 0


def _feed_lines(feed: Feed, health: FeedHealth | None, now: datetime) -> Iterator[str]:
    from reader.model.health import HealthState

    when = relative_text(feed.last_success, now) if feed.last_success else _("never fetched")
    folder = f"{feed.folder} / " if feed.folder else ""
    state = health.state if health is not None else HealthState.WELL
    line = f"{feed.id:>4}  {fitted(folder + feed.title, 40)}  {feed.unread:>5}  {fitted(state_word(state), 9)}  {when}"
    yield line
    advice = health.advice if health is not None else feed.hint
    if feed.error:
        yield f"      ! {feed.error}" + (f" → {advice}" if advice else "")
        if feed.next_try is not None:
            yield "        " + _("Next try: {time}").format(time=date_text(feed.next_try))
    elif advice and state is not HealthState.NEVER:
        yield f"      → {advice}"
    if own := settings_text(feed.settings):
        yield f"      {own}"


def state_word(state: HealthState) -> str:
    """A feed's condition in one word, none for one that is well."""
    from reader.model.health import HealthState

    return {
        HealthState.ENDED: _("ended"),
        HealthState.FAILING: _("failing"),
        HealthState.MOVED: _("moved"),
        HealthState.SILENT: _("silent"),
    }.get(state, "")


def settings_text(settings: FeedSettings) -> str:
    """What differs from the default, on one line; no value of a header, which may be nobody else's business."""
    texts = {FullText.ALWAYS: _("always full text"), FullText.NEVER: _("never full text")}
    notes = [texts[settings.full_text]] if settings.full_text in texts else []
    notes += [_("proxy {proxy}").format(proxy=settings.proxy)] if settings.proxy else []
    notes += [_("log-in {login}").format(login=settings.login)] if settings.login else []
    notes += [_("header {name}").format(name=name) for name, _value in settings.headers]
    return clean_line(", ".join(notes))


def _feed_dict(feed: Feed, health: FeedHealth | None) -> dict[str, object]:
    every = health.publishes_every if health is not None else None
    newest = health.newest if health is not None else None
    return {
        "id": feed.id,
        "address": feed.address,
        "title": feed.title,
        "folder": feed.folder,
        "site": feed.site or None,
        "unread": feed.unread,
        "total": feed.total,
        "state": health.state.value if health is not None else None,
        "last_success": feed.last_success.isoformat() if feed.last_success else None,
        "last_attempt": feed.last_attempt.isoformat() if feed.last_attempt else None,
        "error": feed.error or None,
        "hint": feed.hint or None,
        "advice": (health.advice or None) if health is not None else None,
        "next_try": feed.next_try.isoformat() if feed.next_try else None,
        "interval": feed.interval_seconds or None,
        "publishes_every": int(every.total_seconds()) if every is not None else None,
        "newest": newest.isoformat() if newest is not None else None,
        "moved_to": (health.moved_to or None) if health is not None else None,
        "ended": feed.ended,
        "settings": {
            "full_text": feed.settings.full_text.value,
            "proxy": feed.settings.proxy or None,
            "login": feed.settings.login or None,
            "headers": [name for name, _value in feed.settings.headers],
        },
    }
