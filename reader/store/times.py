"""Aware times as whole microseconds since the epoch, exactly and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
STEP_US = 62_500
"""Places of articles are a sixteenth of a second apart. The search index counts in these steps: its lists of articles
are distances, which then take two or three bytes where microseconds take five.
"""


def to_us(moment: datetime) -> int:
    """Microseconds since the epoch; ``moment`` is aware."""
    return (moment - EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    """The aware time in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


def optional_us(moment: datetime | None) -> int | None:
    """``to_us``, or nothing for no time."""
    return None if moment is None else to_us(moment)


def optional_time(microseconds: int | None) -> datetime | None:
    """``from_us``, or nothing for no time."""
    return None if microseconds is None else from_us(microseconds)
