"""The file ``urls`` of newsboat (https://newsboat.org/releases/2.36/docs/newsboat.html): an address, then tags and a
title ``"~Title"``. Lines that run a program or ask newsboat's own store are refused by name.
"""

from __future__ import annotations

import codecs
import re

from reader.errors import N_, FeedParseError
from reader.feeds.encoding import as_utf8
from reader.feeds.outlines import MAX_BYTES, Collector, OutlineList
from reader.text.sanitize import clean_line

_WORD = re.compile(r'"((?:[^"\\]|\\.)*+)"|(\S++)')
_ESCAPED = re.compile(r"\\(.)")
_LONGEST = 2000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_JUDGED_BY = 4096
"""Characters in which a file that is no text shows itself."""
_PROGRAM = ("exec:", "filter:")


def looks_like_urls(data: bytes) -> bool:
    """Whether a file is newsboat's rather than OPML: it does not begin with a tag."""
    return not data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00\t\r\n ").startswith(b"<")


def read_urls(data: bytes, trusted: frozenset[str] = frozenset()) -> OutlineList:
    """The subscriptions of a file; the first tag becomes the folder, all of several are kept as OPML's ``category``;
    ``!`` (hidden) and ``~`` are no tags. Raises ``FeedParseError`` for a file that is no text.
    """
    plain, is_utf8 = as_utf8(data[:MAX_BYTES].removeprefix(codecs.BOM_UTF8), "")
    collector = Collector(trusted)
    text = plain.decode("utf-8" if is_utf8 else "ascii", "replace")
    if _CONTROL.search(text, 0, _JUDGED_BY):
        raise FeedParseError(
            N_("This file is no list of subscriptions."), hint=N_("Give an OPML file, or newsboat's “urls”.")
        )
    for line in text.splitlines():
        words = [_ESCAPED.sub(r"\1", match[1]) if match[1] is not None else match[2] for match in _WORD.finditer(line)]
        if not words or words[0].startswith("#"):
            continue
        address, tags = words[0], [word for word in words[1:] if word != "!"]
        if address.lower().startswith(_PROGRAM):
            collector.refuse(address, N_("would run a program; Lesart never does"))
        elif address.lower().startswith("query:"):
            collector.refuse(address, N_("a stored query of newsboat, not a feed"))
        else:
            title = next((tag[1:] for tag in tags if tag.startswith("~")), "")
            names = [tag for tag in tags if not tag.startswith("~")]
            collector.offer(address, title=title, folders=names[:1], attributes=_category(names))
    return collector.found()


def _category(tags: list[str]) -> tuple[tuple[str, str], ...]:
    """Several tags as OPML 2.0 writes them: parted by commas."""
    words = [clean_line(tag).replace(",", " ").strip() for tag in tags]
    return (("category", ",".join(filter(None, words))[:_LONGEST]),) if len(words) > 1 else ()
