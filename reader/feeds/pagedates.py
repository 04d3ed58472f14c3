"""When an article was published, to the minute where the page tells it; German dates, day and month never swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from reader.feeds.dates import EARLIEST, LATEST, german_offset, read_date
from reader.feeds.pagefacts import PageFacts, is_beside, value_text, words_in
from reader.text.sanitize import clean_line

_DATE_KEYS = (
    "article:published_time", "datepublished", "article:published", "og:article:published_time", "date",
    "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "pubdate", "publishdate",
    "publish_date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
)  # fmt: skip
_LATE_DATE_KEYS = (
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "dc.date.modified",
    "dcterms.modified",
    "revised",
)
_DATE_IN_LINE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}\.\s?(?:\d{1,2}\.\s?|(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\.?\s)\d{4}"
    r"(?:,?\s*(?:um|[|–-])?\s*\d{1,2}[:.]\d\d(?:\s*Uhr)?)?"
)
_LONGEST_LINE = 120
_DATE_IN_ADDRESS = re.compile(r"/(20\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])/")
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)


def published(facts: PageFacts) -> str | None:
    """When the article was published, ISO 8601, with a time of day where one is stated."""
    day: str | None = None
    for value in _dates(facts):
        found = moment(value)
        if found is None:
            continue
        if len(found) > 10 and (day is None or _near(day, found)):
            return found
        day = day or found
    return day


def _dates(facts: PageFacts) -> Iterator[str]:
    for node in facts.objects:
        yield value_text(node.get("datePublished"))
    for key in _DATE_KEYS:
        yield facts.meta.get(key, "")
    for node in facts.objects:
        yield value_text(node.get("dateCreated"))
        yield value_text(node.get("uploadDate"))
    for element in facts.root.iter("time"):
        if not any(above.tag in ("aside", "nav", "footer") for above in element.iterancestors()):
            yield element.get("datetime") or ""
            yield words_in(element)
    for element in facts.root.iter():
        if isinstance(element.tag, str) and element.get("itemprop") == "datePublished":
            yield element.get("content") or element.get("datetime") or words_in(element)
    yield from _dates_on_page(facts)
    for key in _LATE_DATE_KEYS:
        yield facts.meta.get(key, "")
    for node in facts.objects:
        yield value_text(node.get("dateModified"))
    if match := _DATE_IN_ADDRESS.search(facts.address):
        yield "-".join(match.groups())


def _dates_on_page(facts: PageFacts) -> Iterator[str]:
    """Dates in the short lines around the heading; a line that says little else comes before one that tells a story."""
    for place in facts.around_heading():
        told: list[str] = []
        for element in place.iter():
            for piece in (element.text, element.tail):
                match = _DATE_IN_LINE.search(piece) if piece and len(piece) <= _LONGEST_LINE else None
                if match is None or any(map(is_beside, element.iterancestors())):
                    continue
                if len(match[0]) * 2 >= len(clean_line(piece)):
                    yield match[0]
                else:
                    told.append(match[0])
        yield from told


def moment(value: str) -> str | None:
    """A date as ISO 8601: to the second with its offset where a time is stated, else the day; nothing for no date.

    A time without a zone is German local time, as on the page it stands on.
    """
    text = clean_line(value)
    if match := _ISO.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        try:
            local = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - its zone is read below
        except ValueError:
            return None
        if hour is None:
            return local.date().isoformat() if EARLIEST.year <= local.year < LATEST.year else None
        if not zone:
            offset = german_offset(local)
        elif zone.upper() == "Z":
            offset = timedelta(0)
        else:
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (1 if zone[0] == "+" else -1)
        return _credible(local.replace(tzinfo=timezone(offset)))
    found = read_date(text)
    if found is None:
        return None
    if not re.search(r"\d[:.]\d\d(?:\s*Uhr|[:.\s+]|$)", re.sub(r"\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)\b", "", text)):
        return (found + german_offset(found.replace(tzinfo=None))).date().isoformat()
    return _credible(found)


def _credible(found: datetime) -> str | None:
    try:
        return found.isoformat() if EARLIEST <= found < LATEST else None
    except OverflowError:
        return None


def _near(day: str, found: str) -> bool:
    """Whether a time may tell the hour of ``day``: at most a day apart, for the zone's sake."""
    return abs((datetime.fromisoformat(found).date() - datetime.fromisoformat(day).date()).days) <= 1
