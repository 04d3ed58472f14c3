"""What feeds put behind an entry's text and is none of it: lists of topics, lines of podcast hosts, tag services."""

from __future__ import annotations

import re

_TAIL = 4000
"""So many characters at the end are looked at."""
_CLOSE = r"(?P<rest>(?:\s|<(?:img|br|/?p|/?div|/?span)\b[^<>]*>)*)$"
_LINK = r"<a\b[^<>]*>[^<>]*</a>"
_LINES = tuple(
    (marks, re.compile(pattern + _CLOSE, re.IGNORECASE))
    for marks, pattern in (
        # The topics of an entry in brackets, each of them a link.
        (("</a>",), rf"\(\s*{_LINK}(?:\s*,\s*{_LINK}){{0,20}}\s*\)"),
        # "See omnystudio.com/listener for privacy information."
        (
            ("/listener", "/privacy", "/adchoices"),
            r"(?:hosted on \w+\.\s+)?(?:see|visit)\s+(?:<a\b[^<>]*>)?(?:https?://)?[\w.-]+/"
            r"(?:listener|privacy|adchoices)\b[^<>]{0,40}(?:</a>)?\s+(?:for|to)\s+[\w\s]{3,40}\.?",
        ),
        (
            ("your ad choices.", "hosted by simplecast"),
            r"(?:learn more about your ad choices\.|hosted by simplecast[^<>]{0,80}\.)\s*(?:visit\s+[\w./-]{3,60})?",
        ),
        (
            ("technorati",),
            # Possessive: a list that something else follows could otherwise be parted in ever so many ways.
            r"technorati[ -]tags?:(?:[^<>]++|</?(?:a|b|strong|em|span|small)\b[^<>]*+>){0,60}+",
        ),
    )
)
"""Each with what it holds at least one of, in lower case, which is found many times as fast."""


def trimmed(markup: str) -> str:
    """An entry's HTML without such lines at its end; what closes the elements around them stays."""
    start = max(0, len(markup) - _TAIL)
    tail = markup[start:]
    folded = tail.casefold()
    for marks, line in _LINES:
        if any(mark in folded for mark in marks) and (match := line.search(tail)) is not None:
            tail = tail[: match.start()].rstrip() + match["rest"].strip()
    return markup[:start] + tail
