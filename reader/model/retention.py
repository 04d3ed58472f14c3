"""How long articles are kept, in words: "gelesene nach 90 Tagen, ungelesene nach einem Jahr, gemerkte nie"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """Of an age."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Age:
    """So many units; months and years are those of the calendar."""

    count: int
    unit: Unit

    def before(self, now: datetime) -> datetime:
        """The moment that was so long ago."""
        match self.unit:
            case Unit.DAYS:
                return now - timedelta(days=self.count)
            case Unit.WEEKS:
                return now - timedelta(weeks=self.count)
            case Unit.MONTHS:
                return _months_before(now, self.count)
            case Unit.YEARS:
                return _months_before(now, 12 * self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """After what time articles are let go; ``None``: never. Starred ones are ``starred`` and nothing else."""

    read: Age | None = None
    unread: Age | None = None
    starred: Age | None = None

    @property
    def keeps_everything(self) -> bool:
        """Whether no article ever goes."""
        return all(getattr(self, field.name) is None for field in fields(self))


class RuleError(ValueError):
    """The rule is not understood at ``part``."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


_LONGEST = {Unit.DAYS: 36_500, Unit.WEEKS: 5_200, Unit.MONTHS: 1_200, Unit.YEARS: 100}
_KINDS = {
    "read": r"gelesene[ns]?|gelesen|read",
    "unread": r"ungelesene[ns]?|ungelesen|unread",
    "starred": r"gemerkte[ns]?|gemerkt|starred",
    "all": r"alle[ns]?|all|everything",
}
_UNITS = {
    Unit.DAYS: r"tag(?:en?|s)?|days?",
    Unit.WEEKS: r"wochen?|weeks?",
    Unit.MONTHS: r"monat(?:en?|s)?|months?",
    Unit.YEARS: r"jahr(?:en?|s)?|years?",
}
_CLAUSE = (
    "(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + ")"
    r"\s+(?:(?P<never>nie|niemals|never)|(?:nach|after)\s+(?P<count>\d{1,6}|einem|einer|an?|one)\s+(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS.items())
    + r"))"
)
# Compiled when there is a rule: every start of the program reads the configuration.
_BETWEEN = r"\s*(?:[,;]\s*(?:und\s|and\s)?|\bund\b|\band\b)\s*"


def parse(rule: str) -> Retention:
    """The rule's meaning; what it does not mention is kept. Raises ``RuleError``.

    "alle" are those that are read or not; starred articles go only where the rule names them.
    """
    found: dict[str, Age | None] = {}
    text = rule.strip().rstrip(".").strip()
    for part in re.split(_BETWEEN, text) if text else ():
        clause = re.fullmatch(_CLAUSE, part.casefold())
        if clause is None:
            raise RuleError(part or rule.strip())
        age = None if clause["never"] else _age(clause, part)
        kind = next(kind for kind in _KINDS if clause[kind])
        for name in ("read", "unread") if kind == "all" else (kind,):
            if name in found:
                raise RuleError(part)
            found[name] = age
    return Retention(**found)


def _age(clause: re.Match[str], part: str) -> Age:
    unit = next(unit for unit in _UNITS if clause[unit])
    count = int(clause["count"]) if clause["count"].isdecimal() else 1
    if not 1 <= count <= _LONGEST[unit]:
        raise RuleError(part)
    return Age(count, unit)


def _months_before(now: datetime, months: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))
