"""Moments as plain feeds write them: RFC 822 with four digits of the year, and ISO 8601 to the second."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from time import struct_time

_MONTHS = {name: n for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (" + "|".join(_MONTHS) + r") (\d{4}) (\d\d):(\d\d):(\d\d)"
    r" (?:GMT|UTC|UT|Z|([+-])(\d\d):?(\d\d))"
)
_ISO_8601 = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))")


def plain_moment(text: str) -> struct_time | None:
    """The moment in UTC; None for any other way of writing, and for a day that is none."""
    found = _RFC_822.fullmatch(text)
    if found is not None:
        day, month, year = int(found[1]), _MONTHS[found[2]], int(found[3])
    else:
        found = _ISO_8601.fullmatch(text)
        if found is None:
            return None
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    ahead = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    try:
        stamp = datetime(year, month, day, int(found[4]), int(found[5]), int(found[6]), tzinfo=UTC)
        return (stamp + ahead if found[7] == "-" else stamp - ahead).utctimetuple()
    except (ValueError, OverflowError):
        return None
