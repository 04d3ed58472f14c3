"""Dates as German feeds write them, where feedparser gives nothing or the wrong zone.

feedparser reads "MEZ", "MESZ", "CET" and "CEST" as UTC and knows no German month; a date without a zone in
German figures or words is local time in Germany (Zeitgesetz, §§ 1-2), anything else without a zone is UTC.
"""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime, timedelta
from time import struct_time

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january jän jänner jaen",
            "feb februar february feber",
            "mar mär märz march maerz mrz",
            "apr april",
            "may mai",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "oct okt oktober october",
            "nov november",
            "dec dez dezember december",
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {
    "utc": 0, "gmt": 0, "ut": 0, "z": 0, "wez": 0,
    "cet": 60, "mez": 60, "met": 60, "cest": 120, "mesz": 120, "mest": 120,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
_EUROPEAN = re.compile(r"\b(?:M[ES]Z|MESZ|MEST|MET|CES?T)\b")
_TIME = r"(?:(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:\.\d+)?)"
_ZONE = r"(?:\s*\(?(?P<zone>[+-]\d\d:?\d\d|[A-Za-z]{1,4})\)?)?"
_TAIL = rf"(?:[\s,T|–-]*(?:um\s+)?{_TIME}(?:\s*Uhr)?{_ZONE})?"
_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+)?"
_PATTERNS = tuple(
    re.compile(pattern + r"\s*", re.IGNORECASE)
    for pattern in (
        # Words: "Sa, 21 Dez 2024 19:43:00 +0100", "21. Dezember 2024, 19:43 Uhr", "Samstag, 21. Dezember 2024".
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[.\s-]+(?P<month>[^\W\d]+)\.?[\s-]+(?P<year>\d{{4}}){_TAIL}",
        # Figures: "06.01.2026", "06.01.2026 14:30", "6.1.26, 14.30 Uhr".
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d\d){_TAIL}",
        # The form of asctime with a zone: "Fri Apr 28 19:20:36 CEST 2023".
        rf"[^\W\d]+\.?\s+(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{{1,2}})\s+{_TIME}{_ZONE}\s+(?P<year>\d{{4}})",
        # ISO order with a named zone: "2024-12-21 19:43:00 MEZ".
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})[\sT]+{_TIME}\s*\(?(?P<zone>[A-Z]{{2,4}})\)?",
    )
)
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def entry_date(raw: str, parsed: struct_time | None) -> datetime | None:
    """The date of an entry from its own words and from feedparser's reading of them (UTC), or nothing
    credible.
    """
    found = None
    if parsed is None or _EUROPEAN.search(raw):
        found = read_date(raw)
    if found is None and parsed is not None:
        found = _from_struct(parsed)
    return found if found is not None and EARLIEST <= found < LATEST else None


def read_date(raw: str) -> datetime | None:
    """The moment that German or English words name, in UTC; nothing if they name none."""
    text = raw.strip()[:100]
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is not None:
            return _moment(match.groupdict())
    return _iso(text)


def german_offset(local: datetime) -> timedelta:
    """How far German local time is ahead of UTC: two hours from the last Sunday of March, 2 am, to that of
    October, 3 am (directive 2000/84/EC).
    """
    start = _last_sunday(local.year, 3).replace(hour=2)
    end = _last_sunday(local.year, 10).replace(hour=3)
    return timedelta(hours=2 if start <= local < end else 1)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31)  # noqa: DTZ001 - local by definition
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _moment(parts: dict[str, str | None]) -> datetime | None:
    month_word = (parts["month"] or "").lower()
    month = int(month_word) if month_word.isdecimal() else _MONTHS.get(month_word.rstrip("."), 0)
    year = int(parts["year"] or 0)
    try:
        local = datetime(  # noqa: DTZ001 - its zone is applied below
            year + 2000 if year < 100 else year,
            month,
            int(parts["day"] or 0),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            min(59, int(parts["second"] or 0)),
        )
        return (local - _offset(parts["zone"], local)).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None, local: datetime) -> timedelta:
    if zone and zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return timedelta(minutes=minutes if zone[0] == "+" else -minutes)
    if zone and zone.lower() in _ZONES:
        return timedelta(minutes=_ZONES[zone.lower()])
    return german_offset(local)


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _from_struct(parsed: struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
