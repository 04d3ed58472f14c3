"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), which feedparser does not read."""

from __future__ import annotations

import html
import json
from typing import Any

from reader.errors import N_, FeedParseError
from reader.feeds.address import article_address
from reader.feeds.dates import entry_date
from reader.feeds.model import Enclosure, ParsedEntry, ParsedFeed
from reader.text.address import web_address
from reader.text.sanitize import clean_line


def parse_json_feed(body: bytes, address: str, limit: int) -> ParsedFeed:
    """Read a JSON Feed; fields of the wrong type are passed over. Raises ``FeedParseError``."""
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise FeedParseError(
            N_("The answer looks like JSON but cannot be read."),
            detail=clean_line(str(error))[:200],
            hint=N_("Check the address; the articles stored so far are kept."),
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise FeedParseError(
            N_("There is no feed in the answer."),
            hint=N_("Check the address; the articles stored so far are kept."),
        )
    site = web_address(_text(data, "home_page_url"), address)
    items = [item for item in data["items"][:limit] if isinstance(item, dict)]
    return ParsedFeed(
        title=clean_line(_text(data, "title"))[:1000],
        site=site,
        entries=tuple(_entry(item, site or address) for item in items),
    )


def _entry(item: dict[str, Any], base: str) -> ParsedEntry:
    plain = _text(item, "content_text") or _text(item, "summary")
    people = [person for person in _list(item, "authors") or [item.get("author")] if isinstance(person, dict)]
    names = (clean_line(_text(person, "name"))[:200] for person in people)
    files = [file for file in _list(item, "attachments") if isinstance(file, dict)]
    return ParsedEntry(
        guid=clean_line(_text(item, "id"))[:2000],
        address=article_address(_text(item, "url") or _text(item, "external_url"), base),
        title=clean_line(_text(item, "title"))[:1000],
        html=_text(item, "content_html")
        or "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in plain.split("\n\n")),
        authors=tuple(dict.fromkeys(name for name in names if name)),
        published=entry_date(_text(item, "date_published"), None),
        updated=entry_date(_text(item, "date_modified"), None),
        categories=tuple(clean_line(tag)[:200] for tag in _list(item, "tags") if isinstance(tag, str))[:10],
        enclosures=tuple(
            Enclosure(address=found, kind=clean_line(_text(file, "mime_type"))[:100].lower())
            for file in files
            if (found := web_address(_text(file, "url"), base))
        ),
    )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _list(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else []
