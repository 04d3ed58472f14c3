"""How feeds are doing: what the store knows of each, judged by its own rhythm, with what to do."""

from __future__ import annotations

import json
import shlex
from datetime import datetime, timedelta

from reader.i18n import _, ngettext, number_text
from reader.library.refresh import DEMO_SCHEME
from reader.library.subscriptions import feed_of, in_order
from reader.model.article import Feed
from reader.model.health import FeedHealth, HealthState
from reader.store import Connection, Store, feeds, listing
from reader.store.feeds import FeedRecord
from reader.store.times import from_us, to_us

_LATEST, _FEWEST = 32, 4
"""Entries that tell a feed's rhythm: at most, at least."""
_QUIET, _BEATS = timedelta(days=7), 8
"""A feed is silent after so many times its own interval, but never within a week."""
_FORGOTTEN = timedelta(days=180)
"""The same for a feed with too few dates for an interval."""
_LASTING = timedelta(days=3)
"""An error that stays so long is no passing one."""
_NOT_FOUND = 404


def health(store: Store, now: datetime) -> tuple[FeedHealth, ...]:
    """How each subscription is doing, in the order of the list; the demo edition is none."""

    def read(connection: Connection) -> list[tuple[FeedRecord, list[int]]]:
        return [
            (record, listing.publication_dates(connection, record.id, _LATEST, to_us(now)))
            for record in feeds.all_feeds(connection)
            if not record.address.startswith(DEMO_SCHEME)
        ]

    known = store.read(read)
    addresses = frozenset(record.address for record, _ in known)
    found = {record.id: _judged(record, dates, addresses, now) for record, dates in known}
    return tuple(found[feed.id] for feed in in_order(one.feed for one in found.values()))


def rhythm(dates: list[int]) -> timedelta | None:
    """The mean time between entries, from their dates in microseconds, newest first."""
    if len(dates) < _FEWEST or dates[0] == dates[-1]:
        return None
    return timedelta(microseconds=(dates[0] - dates[-1]) // (len(dates) - 1))


def _judged(record: FeedRecord, dates: list[int], addresses: frozenset[str], now: datetime) -> FeedHealth:
    feed = feed_of(record)
    newest = from_us(dates[0]) if dates else None
    every = rhythm(dates)
    state = _state(record, feed, every, newest, now)
    return FeedHealth(
        feed=feed,
        state=state,
        publishes_every=every,
        newest=newest,
        moved_to=record.moved_to,
        advice=_advice(record, feed, state, newest, addresses, now),
    )


def _state(
    record: FeedRecord, feed: Feed, every: timedelta | None, newest: datetime | None, now: datetime
) -> HealthState:
    if feed.ended:
        return HealthState.ENDED
    if record.error:
        return HealthState.FAILING
    if record.moved_to:
        return HealthState.MOVED
    if record.last_success is None:
        return HealthState.NEVER
    patience = _FORGOTTEN if every is None else max(_QUIET, _BEATS * every)
    return HealthState.SILENT if newest is not None and now - newest > patience else HealthState.WELL


def _advice(
    record: FeedRecord,
    feed: Feed,
    state: HealthState,
    newest: datetime | None,
    addresses: frozenset[str],
    now: datetime,
) -> str:
    text = ""
    if state is HealthState.ENDED:
        text = _(
            "It is not asked any more. Look for a new address with “lesart add {site} --preview”, try again with"
            " “lesart refresh {id} --force”, or end it with “lesart remove {id}”."
        )
    elif state is HealthState.FAILING:
        return _failing(record, feed, now)
    elif state is HealthState.MOVED and record.moved_to in addresses:
        text = _("It has moved to {moved_to}, which is subscribed to already: “lesart remove {id}” ends this one.")
    elif state is HealthState.MOVED and (record.settings.login or record.settings.headers):
        text = _("It has moved to {moved_to}. Its log-in is not taken there by itself: subscribe to that address anew.")
    elif state is HealthState.MOVED:
        text = _("It has moved to {moved_to}; the next fetch takes the new address when it says so again.")
    elif state is HealthState.NEVER:
        text = _("Not fetched yet: “lesart refresh {id}”.")
    elif state is HealthState.SILENT and newest is not None:
        days = (now - newest).days
        silent = ngettext("Nothing new for {n} day.", "Nothing new for {n} days.", days).format(n=number_text(days))
        text = f"{silent} " + _("Perhaps it goes on elsewhere: “lesart add {site} --preview”.")
    return text.format(site=_in_a_command(record), id=record.id, moved_to=record.moved_to)


def _failing(record: FeedRecord, feed: Feed, now: datetime) -> str:
    if record.last_success is None:
        return feed.hint
    lasting = now - record.last_success
    if lasting < _LASTING:
        return feed.hint
    days = ngettext("No answer for {n} day.", "No answer for {n} days.", lasting.days).format(
        n=number_text(lasting.days)
    )
    if json.loads(record.error)["values"].get("status") == _NOT_FOUND:
        text = _("Look for a new address with “lesart add {site} --preview”, or end it with “lesart remove {id}”.")
        return f"{days} {text.format(site=_in_a_command(record), id=record.id)}"
    return f"{days} {feed.hint}".strip()


def _in_a_command(record: FeedRecord) -> str:
    """The feed's page as it may be copied into a shell: the address is foreign and may hold "$(…)" and ";"."""
    return shlex.quote(record.site or record.address)
