"""Bytes of a feed to ``ParsedFeed``: the border at which foreign text is sanitised.

A plain document is read by ``quickparse``, every other one by feedparser: always on bytes in memory (a string could be
taken for an address or a file name), without its own sanitising and link resolution, which ours replace. A document
may be broken; what can be had of it is had.
"""

from __future__ import annotations

import html
import io
import re
from typing import Any

from reader.errors import N_, FeedParseError
from reader.feeds import quickparse
from reader.feeds.address import article_address
from reader.feeds.bounds import bounded
from reader.feeds.dates import entry_date
from reader.feeds.encoding import as_utf8, http_charset, undoubted_utf8
from reader.feeds.jsonfeed import parse_json_feed
from reader.feeds.model import Enclosure, ParsedEntry, ParsedFeed
from reader.feeds.trimming import trimmed
from reader.text.address import web_address
from reader.text.repair import repair_mojibake
from reader.text.sanitize import clean_line, looks_binary

MAX_ENTRIES = 2000
_MAX_CATEGORIES = 10
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_GUID = 1000, 200, 2000

# Possessive: comments that are no comments could otherwise be told apart in ever so many ways.
_HTML_PAGE = re.compile(
    rb"(?:\s|<!--(?:(?!-->).)*+-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
# Photo captions: feedparser takes them for the entry's description or content, whichever is still free.
_CAPTION = re.compile(rb"<(/?)media:description\b")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_DOCTYPE_START = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]{0,1000}(?:\[.{0,100000}?\])?[^>]{0,100}>", re.IGNORECASE | re.DOTALL)

# What feedparser is known to raise on documents of 70 bytes to 5 kB instead of reporting it.
_FEEDPARSER_RAISES = (
    ValueError,  # includes UnicodeError
    OverflowError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    re.error,
)


def parse(body: bytes, *, content_type: str = "", address: str = "") -> ParsedFeed:
    """Read a feed; raises ``FeedParseError`` when the bytes are none.

    ``content_type`` is the HTTP header as received; ``address`` the base of relative links.
    """
    if not body.strip(b"\x00\t\n\r "):
        raise FeedParseError(
            N_("The address gave an empty answer."),
            hint=N_("Try again later; the articles stored so far are kept."),
        )
    if body.lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"{"):
        return parse_json_feed(body, address, MAX_ENTRIES)
    data, is_utf8 = as_utf8(body, content_type)
    data = _CAPTION.sub(rb"<\1media:caption", data)
    plain = undoubted_utf8(data, is_utf8, content_type)
    found = None if plain is None else quickparse.read(plain, MAX_ENTRIES)
    if found is None:
        found = _feedparser(data, "utf-8" if is_utf8 else http_charset(content_type))
    if not found["entries"] and not (dict.get(found, "version") and _has_feed_root(data)):
        raise _not_a_feed(data)
    return _feed(found, address)


def load_parser() -> None:
    """Import feedparser now, for callers that measure the time of ``parse``."""
    import feedparser  # noqa: F401 - loaded ahead of its first use


def _feedparser(data: bytes, charset: str) -> Any:
    data = bounded(data)
    try:
        return _run(data, charset)
    except _FEEDPARSER_RAISES:
        # Character references beyond Unicode and odd document types are what it falls over: take them out, try again.
        mended = _without_type(_REFERENCE.sub(_valid_reference, data))
        try:
            return _run(mended, charset or "utf-8")
        except _FEEDPARSER_RAISES as error:
            raise FeedParseError(
                N_("The feed is too damaged to be read."),
                detail=clean_line(f"{type(error).__name__}: {error}")[:200],
                hint=N_("Tell the publisher; the articles stored so far are kept."),
            ) from error


def _run(data: bytes, charset: str) -> Any:
    import feedparser

    # Always XML for feedparser: under text/xml without a charset it would insist on ASCII (RFC 3023, since withdrawn).
    kind = f"application/xml; charset={charset}" if charset else "application/xml"
    # And never a base address: it would be joined to guids as well, which must not change when a feed moves.
    headers = {"content-type": kind}
    return feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _without_type(data: bytes) -> bytes:
    # One try, at the first: a document has one type, and may be built to have us look for the end of many.
    start = _DOCTYPE_START.search(data)
    found = _DOCTYPE.match(data, start.start()) if start is not None else None
    return data if found is None else data[: found.start()] + data[found.end() :]


def _valid_reference(match: re.Match[bytes]) -> bytes:
    digits = match[1] or match[2]
    code = int(digits, 16 if match[1] else 10) if len(digits) <= 8 else 0x110000
    return match[0] if code < 0xD800 or 0xE000 <= code < 0x110000 else b"&#65533;"


def _has_feed_root(data: bytes) -> bool:
    return re.search(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", data[:20000], re.IGNORECASE) is not None


def _not_a_feed(data: bytes) -> FeedParseError:
    if _HTML_PAGE.match(data[:20000]):
        return FeedParseError(
            N_("The address leads to a web page, not to a feed."),
            hint=N_("Look for the page's feed, often called RSS. In a guest network, log in first."),
        )
    if looks_binary(data):
        return FeedParseError(N_("The address leads to a file that is not a feed."), hint=N_("Check the address."))
    return FeedParseError(
        N_("There is no feed in the answer."),
        hint=N_("Check the address; the articles stored so far are kept."),
    )


def _feed(found: Any, address: str) -> ParsedFeed:
    feed = found["feed"]
    site = web_address(_string(feed, "link"), address)
    return ParsedFeed(
        title=_title(feed)[:_LONGEST_TITLE],
        site=site,
        entries=tuple(_entry(entry, site or address) for entry in found["entries"][:MAX_ENTRIES]),
    )


def _entry(entry: Any, base: str) -> ParsedEntry:
    address = article_address(_link(entry), base)
    source = dict.get(entry, "source")
    return ParsedEntry(
        guid=clean_line(_string(entry, "id"))[:_LONGEST_GUID],
        address=address,
        title=_title(entry)[:_LONGEST_TITLE],
        html=_content(entry),
        outlet=_title(source)[:_LONGEST_NAME] if isinstance(source, dict) else "",
        authors=_authors(entry),
        published=_date(entry, "published") or _date(entry, "created"),
        updated=_date(entry, "updated"),
        categories=_categories(entry),
        enclosures=tuple(_enclosures(entry, base)),
    )


def _string(record: Any, name: str) -> str:
    value = dict.get(record, name)
    return value if isinstance(value, str) else ""


def _title(record: Any) -> str:
    text = _string(record, "title")
    detail = dict.get(record, "title_detail")
    if isinstance(detail, dict) and dict.get(detail, "type") in ("text/html", "application/xhtml+xml"):
        text = html.unescape(_TAG.sub("", text))
    return clean_line(repair_mojibake(text))


def _link(entry: Any) -> str:
    """The entry's page: its link, else a link of relation "alternate", else a guid that is one."""
    link = _string(entry, "link")
    if link:
        return link
    for candidate in dict.get(entry, "links") or ():
        if dict.get(candidate, "rel") == "alternate" and dict.get(candidate, "href"):
            return str(dict.get(candidate, "href"))
    guid = _string(entry, "id")
    return guid if re.match(r"https?://", guid, re.IGNORECASE) else ""


def _content(entry: Any) -> str:
    """The longest of what the entry offers as its text, as HTML."""
    offers = [*(dict.get(entry, "content") or ()), dict.get(entry, "summary_detail")]
    texts = [_as_html(offer) for offer in offers if isinstance(offer, dict)]
    texts = texts or [_string(entry, "summary")]
    best = max(texts, key=lambda text: len(_TAG.sub("", text).strip()))
    return trimmed(best) if best.strip() else html.escape(_string(entry, "media_caption"))


def _as_html(offer: Any) -> str:
    value = _string(offer, "value")
    if dict.get(offer, "type") not in ("text/plain", "text"):
        return value
    paragraphs = re.split(r"\n\s*\n", html.escape(value, quote=False))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _authors(entry: Any) -> tuple[str, ...]:
    names = [_string(author, "name") for author in dict.get(entry, "authors") or () if isinstance(author, dict)]
    names = [name for name in names if name] or [_string(entry, "author")]
    cleaned = (clean_line(html.unescape(_TAG.sub("", name)))[:_LONGEST_NAME] for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _date(entry: Any, name: str) -> Any:
    return entry_date(_string(entry, name), dict.get(entry, f"{name}_parsed"))


def _categories(entry: Any) -> tuple[str, ...]:
    terms = (_string(tag, "label") or _string(tag, "term") for tag in dict.get(entry, "tags") or ())
    cleaned = (clean_line(html.unescape(term))[:_LONGEST_NAME] for term in terms)
    return tuple(dict.fromkeys(term for term in cleaned if term))[:_MAX_CATEGORIES]


def _enclosures(entry: Any, base: str) -> Any:
    for link in dict.get(entry, "links") or ():
        if dict.get(link, "rel") == "enclosure":
            address = web_address(_string(link, "href"), base)
            if address:
                yield Enclosure(address=address, kind=clean_line(_string(link, "type"))[:100].lower())
