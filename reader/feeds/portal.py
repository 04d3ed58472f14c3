"""Whether an answer is a network's log-in page, put in the place of every other (RFC 8952, "captive portal")."""

from __future__ import annotations

import re

from reader.errors import LesartError
from reader.feeds import problems

_LARGEST = 65_536
"""A publisher's page that has a log-in somewhere is larger."""
# Possessive: comments could otherwise be told apart in ever so many ways.
_PAGE = re.compile(
    rb"\s*+(?:<!--(?:(?!-->).){0,2000}+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ASKS = re.compile(rb"<form\b|type\s*=\s*[\"']?password|http-equiv\s*=\s*[\"']?refresh|window\.location", re.IGNORECASE)
_WORDS = re.compile(
    rb"anmeld|einlogg|einwahl|gastnetz|zugangscode|nutzungsbedingung|\blog[ -]?in\b|\bsign[ -]?in\b|hot-?spot"
    rb"|\bwlan\b|\bwi-?fi\b|captive|voucher|\bpassword\b",
    re.IGNORECASE,
)
_FEEDS = re.compile(rb"application/(?:rss|atom|rdf)\+xml|application/feed\+json", re.IGNORECASE)


def in_place_of(error: LesartError, body: bytes, address: str) -> LesartError:
    """The better word for an answer that is no feed, where it looks like a log-in page; else the error itself."""
    return problems.log_in_page(address) if looks_like_log_in(body) else error


def looks_like_log_in(body: bytes) -> bool:
    """A small web page that asks for something, speaks of a log-in and names no feed."""
    return (
        len(body) <= _LARGEST
        and _PAGE.match(body.removeprefix(b"\xef\xbb\xbf")) is not None
        and _ASKS.search(body) is not None
        and _WORDS.search(body) is not None
        and _FEEDS.search(body) is None
    )
