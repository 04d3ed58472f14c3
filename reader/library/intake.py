"""A feed's answer taken into the store: what the worker made of it, decided and written in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.feeds.cutting import breaks_off, broken_off
from reader.feeds.fetch import Fetched
from reader.feeds.schedule import Rhythm
from reader.library import timing
from reader.library.decider import Verdict, decide, keyed, place
from reader.library.events import error_to_dict
from reader.store import Connection, articles, feeds
from reader.store.articles import Incoming
from reader.store.retention import without_let_go
from reader.store.times import to_us


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """What the worker made of a feed's bytes."""

    title: str
    site: str
    seen: list[int]
    """States of the document's entries that were read before."""
    entries: list[Incoming]
    """All others."""
    rhythm: Rhythm


def store_answer(
    connection: Connection,
    feed_id: int,
    fetched: Fetched,
    parsed: ParsedAnswer | None,
    now: datetime,
    interval_seconds: int,
) -> tuple[bool, int, int]:
    """One feed's answer in one transaction: whether the feed has moved, how many articles are new and
    changed.
    """
    if parsed is None:
        # The same bytes again, broken off at the same place: what was told of them still holds.
        told = feeds.feed(connection, feed_id).error if breaks_off(fetched.body) else ""
        feeds.set_unchanged(connection, feed_id, now, etag=fetched.etag, last_modified=fetched.last_modified)
        if told:
            feeds.set_remark(connection, feed_id, told)
        stated = Rhythm(*feeds.rhythm(connection, feed_id))
        new = updated = 0
    else:
        stated = parsed.rhythm
        seen = articles.seen_entries(connection, feed_id, parsed.seen)
        new, updated = store_entries(connection, feed_id, [*parsed.entries, *seen], now)
        feeds.set_fetched(
            connection,
            feed_id,
            now,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            body_digest=fetched.digest,
            title=parsed.title,
            site=parsed.site,
        )
        if breaks_off(fetched.body):
            cut = broken_off(len(parsed.entries) + len(parsed.seen))
            feeds.set_remark(connection, feed_id, json.dumps(error_to_dict(cut)))
    seconds = timing.interval(interval_seconds, fetched.fresh_seconds, stated.ttl_seconds)
    feeds.set_schedule(
        connection,
        feed_id,
        due_us=to_us(timing.due(now, seconds, stated.skip_hours, stated.skip_days)),
        interval_s=seconds,
        ttl_s=stated.ttl_seconds,
        skip_hours=stated.skip_hours,
        skip_days=stated.skip_days,
    )
    moved = feeds.set_moved(connection, feed_id, fetched.permanent)
    return moved, new, updated


def store_unchanged(
    connection: Connection, answers: Sequence[tuple[int, Fetched]], now: datetime, interval_seconds: int
) -> list[bool]:
    """The answers of (feed, answer) that say nothing new, in one transaction: which of the feeds have moved."""
    return [store_answer(connection, feed_id, fetched, None, now, interval_seconds)[0] for feed_id, fetched in answers]


def store_entries(connection: Connection, feed_id: int, entries: Sequence[Incoming], now: datetime) -> tuple[int, int]:
    """Carry the decisions out; how many articles are new and changed."""
    identified = without_let_go(connection, feed_id, keyed(entries), now)
    links = [articles.key(entry.address) for _, entry in identified if entry.address]
    known = articles.lookup(connection, feed_id, [guid_key for guid_key, _ in identified], links)
    new = updated = 0
    for number, decision in enumerate(decide(feed_id, identified, known)):
        entry, guid_key, article_id = decision.entry, decision.guid_key, decision.article_id
        match decision.verdict:
            case Verdict.NEW:
                articles.add_article(connection, feed_id, entry, guid_key, place(entry, number, now), now)
                new += 1
            case Verdict.JOIN:
                articles.join_feed(connection, feed_id, article_id, guid_key, entry.state)
            case Verdict.TEXT:
                articles.replace_text(connection, article_id, entry, now)
                articles.replace_details(connection, feed_id, article_id, entry, guid_key)
                updated += 1
            case Verdict.UNREAD:
                articles.put_document(connection, article_id, entry)
                articles.replace_details(connection, feed_id, article_id, entry, guid_key)
            case Verdict.DETAILS:
                articles.replace_details(connection, feed_id, article_id, entry, guid_key)
            case Verdict.STATE:
                articles.set_state(connection, feed_id, article_id, entry.state, guid_key)
            case Verdict.SAME:
                pass
    return new, updated
