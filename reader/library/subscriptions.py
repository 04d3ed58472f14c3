"""Stored subscriptions as the shells see them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader import i18n
from reader.library.events import error_from_dict
from reader.store import Connection, feeds
from reader.store.feeds import FeedRecord
from reader.store.times import from_us

if TYPE_CHECKING:
    from reader.model.article import Feed

_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def for_feed(advice: str, feed_id: int) -> str:
    """Advice that concerns this feed, with its number in the commands, so that they can be copied."""
    return advice.replace("lesart set FEED ", f"lesart set {feed_id} ").replace(
        "lesart refresh --force", f"lesart refresh {feed_id} --force"
    )


def feed_of(record: FeedRecord) -> Feed:
    """One subscription; its last error in the language in use."""
    from reader.model.article import Feed  # loads what a refresh without news does not need

    error = hint = ""
    if record.error:
        found = error_from_dict(json.loads(record.error))
        error, hint = i18n.worded(found), for_feed(i18n.describe(found)[2], record.id)
    return Feed(
        id=record.id,
        address=record.address,
        title=record.title,
        folder=record.folder,
        site=record.site,
        unread=record.unread,
        total=record.total,
        last_success=record.last_success,
        last_attempt=record.last_attempt,
        error=error,
        hint=hint,
        next_try=from_us(record.due_us) if 0 < record.due_us < feeds.NEVER else None,
        interval_seconds=record.interval_s,
        settings=record.settings,
        ended=record.next_due_us == feeds.NEVER,
    )


def in_order(found: Iterable[Feed]) -> tuple[Feed, ...]:
    """By folder and title, as a German reader sorts (DIN 5007-1: umlauts as their vowels)."""
    return tuple(sorted(found, key=lambda feed: (_sort_key(feed.folder), _sort_key(feed.title), feed.id)))


def to_refresh(connection: Connection, feed_ids: Sequence[int] | None, due_by_us: int | None) -> list[FeedRecord]:
    """All subscriptions or these; with a moment those whose next try has come by then. Raises ``NotFoundError``."""
    if feed_ids is None:
        wanted = feeds.all_feeds(connection)
    else:
        wanted = [feeds.feed(connection, feed_id) for feed_id in feed_ids]
    return wanted if due_by_us is None else [record for record in wanted if record.due_us <= due_by_us]


def _sort_key(text: str) -> str:
    return text.lower().translate(_FOLDED).casefold()
