"""The rule in words: what it means, and that what is not understood is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.model.retention import Age, Retention, RuleError, Unit, parse

NOW = datetime(2028, 3, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "gelesene nach 90 Tagen, ungelesene nach 365 Tagen, gemerkte nie",
        "Gelesene nach 90 Tagen; ungelesene nach 365 Tagen und gemerkte niemals.",
        "read after 90 days, unread after 365 days and starred never",
        "ungelesene nach 365 Tagen, gelesene nach 90 Tagen",
    ],
)
def test_german_and_english_say_the_same_in_any_order(rule: str) -> None:
    assert parse(rule) == Retention(read=Age(90, Unit.DAYS), unread=Age(365, Unit.DAYS))


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("nach einem Tag", Age(1, Unit.DAYS)),
        ("nach 2 Wochen", Age(2, Unit.WEEKS)),
        ("nach einer Woche", Age(1, Unit.WEEKS)),
        ("nach 6 Monaten", Age(6, Unit.MONTHS)),
        ("nach einem Jahr", Age(1, Unit.YEARS)),
        ("after a year", Age(1, Unit.YEARS)),
        ("after 3 months", Age(3, Unit.MONTHS)),
    ],
)
def test_every_unit_is_understood(words: str, age: Age) -> None:
    assert parse(f"gelesene {words}" if "nach" in words else f"read {words}").read == age


def test_no_rule_keeps_everything() -> None:
    assert parse("  ").keeps_everything
    assert parse("alle nie").keeps_everything
    assert not parse("gelesene nach 1 Tag").keeps_everything


def test_all_does_not_mean_starred() -> None:
    rule = parse("alle nach 2 Jahren")
    assert (rule.read, rule.unread, rule.starred) == (Age(2, Unit.YEARS), Age(2, Unit.YEARS), None)


def test_starred_go_only_when_it_is_said() -> None:
    assert parse("gemerkte nach 5 Jahren") == Retention(starred=Age(5, Unit.YEARS))


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("gelesene nach 90 Tagen, alte nie", "alte nie"),
        ("gelesene nach 0 Tagen", "gelesene nach 0 Tagen"),
        ("gelesene nach 200 Jahren", "gelesene nach 200 Jahren"),
        ("gelesene nach 90", "gelesene nach 90"),
        ("gelesene nach 90 Tagen, gelesene nie", "gelesene nie"),
        ("alle nach 90 Tagen, ungelesene nie", "ungelesene nie"),
        ("90 Tage", "90 Tage"),
        (",", ","),
    ],
)
def test_what_is_not_understood_is_named(rule: str, part: str) -> None:
    with pytest.raises(RuleError) as error:
        parse(rule)
    assert error.value.part == part


@pytest.mark.parametrize(
    ("age", "before"),
    [
        (Age(31, Unit.DAYS), datetime(2028, 2, 29, 12, tzinfo=UTC)),
        (Age(1, Unit.MONTHS), datetime(2028, 2, 29, 12, tzinfo=UTC)),
        (Age(13, Unit.MONTHS), datetime(2027, 2, 28, 12, tzinfo=UTC)),
        (Age(1, Unit.YEARS), datetime(2027, 3, 31, 12, tzinfo=UTC)),
        (Age(2, Unit.WEEKS), datetime(2028, 3, 17, 12, tzinfo=UTC)),
        (Age(100, Unit.YEARS), datetime(1928, 3, 31, 12, tzinfo=UTC)),
    ],
)
def test_ages_go_back_by_the_calendar(age: Age, before: datetime) -> None:
    assert age.before(NOW) == before
