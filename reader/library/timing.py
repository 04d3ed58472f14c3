"""When a feed is asked next, decided without touching anything."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

SHORTEST, LONGEST = 15 * 60, 24 * 3600
"""Bounds in seconds of everything that a server, a feed or the configuration may ask for."""
_SPREAD = 0.2
_LONGEST_SKIP_HOURS = 72


def interval(configured: int, fresh: int, ttl: int) -> int:
    """Seconds between two fetches: the configured time, longer where the server or the feed says so."""
    return max(SHORTEST, min(max(configured, fresh, ttl), LONGEST))


def backoff(configured: int, failures: int, feed_id: int) -> int:
    """Seconds to wait after so many failures in a row (at least one): doubled each time, up to a fifth more, so that
    feeds which failed together do not come back together.
    """
    doubled = interval(configured, 0, 0) << min(failures - 1, 10)
    digest = hashlib.blake2b(f"{feed_id} {failures}".encode(), digest_size=2).digest()
    share = int.from_bytes(digest, "big") / 0x10000
    return min(int(doubled * (1 + _SPREAD * share)), LONGEST)


def due(now: datetime, seconds: int, skip_hours: int, skip_days: int = 0) -> datetime:
    """So many seconds from now, moved on out of the hours and the days of the week (bits, UTC, Monday first) in which
    the feed is not to be asked; by no more than three days, which covers a weekend.
    """
    moment = now.astimezone(UTC) + timedelta(seconds=seconds)
    for _ in range(_LONGEST_SKIP_HOURS):
        if not (skip_hours >> moment.hour & 1 or skip_days >> moment.weekday() & 1):
            break
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment
