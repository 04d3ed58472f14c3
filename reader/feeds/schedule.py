"""What a server and a feed say about when to ask again. Pure; what is made of it is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_LONGEST = 366 * 86_400
_HEAD, _TAIL = 65_536, 4096
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_TTL = re.compile(rb"<ttl>\s*(\d{1,9})(?:\.\d*)?\s*</ttl>", re.IGNORECASE)
_SKIP_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays>(.{0,2000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(rb"<day>\s*(mon|tues|wednes|thurs|fri|satur|sun)day\s*</day>", re.IGNORECASE)
_WEEK = (b"mon", b"tues", b"wednes", b"thurs", b"fri", b"satur", b"sun")
_PERIOD = re.compile(rb"<(?:\w+:)?updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w+:)?updateFrequency>\s*(\d{1,4})\s*</", re.IGNORECASE)
_SECONDS = {b"hourly": 3600, b"daily": 86_400, b"weekly": 7 * 86_400, b"monthly": 30 * 86_400, b"yearly": _LONGEST}
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NO_CACHE = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,\s=])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a document says of itself: seconds it stays good for (RSS 2.0, "ttl"; RSS 1.0 Syndication module,
    "updatePeriod" by "updateFrequency"; the longer one), a bit for each hour of the day, and one for each day of the
    week, Monday first, both in UTC, in which it does not change (RSS 2.0, "skipHours", "skipDays").
    """

    ttl_seconds: int = 0
    skip_hours: int = 0
    skip_days: int = 0


def rhythm(body: bytes) -> Rhythm:
    """The channel's own statement, read from before the first entry and from the end of the document."""
    first = _FIRST_ENTRY.search(body, 0, _HEAD)
    channel = body[: first.start() if first is not None else _HEAD] + body[max(_HEAD, len(body) - _TAIL) :]
    minutes = _TTL.search(channel)
    skipped = _SKIP_HOURS.search(channel)
    hours = {int(hour) % 24 for hour in _HOUR.findall(skipped[1])} if skipped is not None else set()
    named = _SKIP_DAYS.search(channel)
    days = {_WEEK.index(day.lower()) for day in _DAY.findall(named[1])} if named is not None else set()
    return Rhythm(
        max(min(int(minutes[1]) * 60, _LONGEST) if minutes is not None else 0, _syndication(channel)),
        sum(1 << hour for hour in hours) if len(hours) < 24 else 0,
        sum(1 << day for day in days) if len(days) < 7 else 0,
    )


def _syndication(channel: bytes) -> int:
    """Seconds between two updates; a period that is not stated is a day, a frequency one, but one of them must be."""
    period, frequency = _PERIOD.search(channel), _FREQUENCY.search(channel)
    if period is None and frequency is None:
        return 0
    seconds = _SECONDS[period[1].lower()] if period is not None else _SECONDS[b"daily"]
    return seconds // max(1, int(frequency[1])) if frequency is not None else seconds


def fresh_seconds(headers: Mapping[str, str]) -> int:
    """How long an answer stays fresh in a private cache, 0 for not said (RFC 9111, §4.2.1 and §4.2.3)."""
    control = headers.get("Cache-Control", "")
    if _NO_CACHE.search(control):
        return 0
    stated = _MAX_AGE.search(control)
    if stated is not None:
        age = headers.get("Age", "").strip()
        spent = int(age[:12]) if age.isascii() and age.isdecimal() else 0
        return max(0, min(int(stated[1]), _LONGEST) - spent)
    try:
        expires = parsedate_to_datetime(headers["Expires"])
        return max(0, min(int((expires - parsedate_to_datetime(headers["Date"])).total_seconds()), _LONGEST))
    except (KeyError, ValueError, TypeError, OverflowError):
        return 0
