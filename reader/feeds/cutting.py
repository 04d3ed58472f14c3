"""Whether a feed's document arrived whole: a server that gives up half-way may well call that a success."""

from __future__ import annotations

import re

from reader.errors import N_, FeedParseError

_ROOT = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF|rdf))[\s>]")
_LOOKED_AT = 20_000
"""Bytes in which the root element begins."""


def breaks_off(body: bytes) -> bool:
    """Whether the root element of an XML feed has no end; never of other documents, and not in UTF-16 or UTF-32."""
    root = _ROOT.search(body[:_LOOKED_AT])
    return root is not None and body.rfind(b"</" + root[1]) < 0


def broken_off(count: int) -> FeedParseError:
    """What is to be said of such a feed, of which ``count`` entries were read."""
    return FeedParseError(
        N_("The feed's document breaks off; entries that could be read: {count}."),
        hint=N_(
            "What was read is kept. The next refresh asks for the whole; if it stays so, only the publisher can mend"
            " it."
        ),
        count=count,
    )
