"""Dates as feeds write them."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.dates import entry_date, read_date


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Sa, 21 Dez 2024 19:43:00 +0100", utc(2024, 12, 21, 18, 43)),
        ("Mi, 06 Mär 2024 10:00:00 MEZ", utc(2024, 3, 6, 9)),
        ("So, 07 Jul 2024 10:00:00 MESZ", utc(2024, 7, 7, 8)),
        ("21. Dezember 2024, 19:43 Uhr", utc(2024, 12, 21, 18, 43)),
        ("Samstag, 21. Dezember 2024", utc(2024, 12, 20, 23)),
        ("5. Jänner 2025 um 8.05 Uhr", utc(2025, 1, 5, 7, 5)),
        ("06.01.2026", utc(2026, 1, 5, 23)),
        ("06.07.2026 14:30", utc(2026, 7, 6, 12, 30)),
        ("6.1.26, 14.30 Uhr", utc(2026, 1, 6, 13, 30)),
        ("Fri Apr 28 19:20:36 CEST 2023", utc(2023, 4, 28, 17, 20, 36)),
        ("Sat, 21 Dec 2024 19:43:00 CET", utc(2024, 12, 21, 18, 43)),
        ("2024-12-21 19:43:00 MEZ", utc(2024, 12, 21, 18, 43)),
        ("2024-07-01T10:00:00+02:00", utc(2024, 7, 1, 8)),
        ("2024-07-01T10:00:00", utc(2024, 7, 1, 10)),
        ("31.03.2024 01:59", utc(2024, 3, 31, 0, 59)),
        ("31.03.2024 03:00", utc(2024, 3, 31, 1)),
        ("27.10.2024 03:00", utc(2024, 10, 27, 2)),
    ],
)
def test_a_date_is_read(raw: str, moment: datetime) -> None:
    assert read_date(raw) == moment


@pytest.mark.parametrize(
    "raw", ["", "gestern", "31.02.2024", "00.00.0000", "32. Mai 2024", "1. Foo 2024", "9999-99-99"]
)
def test_what_is_no_date_is_none(raw: str) -> None:
    assert read_date(raw) is None


def test_european_zones_are_not_taken_for_utc() -> None:
    as_utc = time.strptime("2024-12-21 19:43", "%Y-%m-%d %H:%M")
    assert entry_date("Sat, 21 Dec 2024 19:43:00 CET", as_utc) == utc(2024, 12, 21, 18, 43)
    assert entry_date("Sat, 21 Dec 2024 19:43:00 GMT", as_utc) == utc(2024, 12, 21, 19, 43)


@pytest.mark.parametrize("year", [-1, 1, 1969, 2200, 9999])
def test_an_incredible_year_is_no_date(year: int) -> None:
    assert entry_date("", time.struct_time((year, 1, 1, 0, 0, 0, 0, 1, 0))) is None


@given(st.text(max_size=60) | st.text("0123456789.:-, TZ+Dez", max_size=40))
def test_no_text_is_an_error(raw: str) -> None:
    read_date(raw)


@given(st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_iso_dates_round_trip(moment: datetime) -> None:
    assert read_date(moment.isoformat()) == moment
