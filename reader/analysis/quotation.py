"""Quotation marks in pairs: every German style, straight marks, missing and mixed closing marks."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(r"[„“”»«\"]|''|‚[^‚‘’\n]{1,300}[‘’]")
_LONGEST = 2500
_OPENING_BEHIND = " \t\n\u00a0\u202f([{–—-/"
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


class Quote(NamedTuple):
    """A stretch with its marks, as code points; ``closed`` tells whether the closing mark was found."""

    start: int
    end: int
    closed: bool


def _opens(text: str, at: int, low: int, high: int, mark: str) -> bool:
    """Whether a mark outside a quotation begins one."""
    if mark == "„":
        return True
    before = text[at - 1] if at > low else " "
    after = text[at + 1] if at + 1 < high else " "
    if after.isspace():
        return mark in "»«" and before.isspace() and at + 2 < high and text[at + 2].isalnum()
    return before in _OPENING_BEHIND or mark in "»«" or (before in ".:,;!?" and after.isalnum())


def quotes(text: str, start: int, end: int) -> list[Quote]:
    """The outermost quotations of ``text[start:end]``, in order.

    The style need not fit: „…" and «…» and "…" all close what is open. An opening mark without a closing one reaches to
    the end of its sentence. Linear in the length.
    """
    found: list[Quote] = []
    marks = [m for m in _MARK.finditer(text, start, end) if m.group()[0] != "‚"]
    at = 0
    while at < len(marks):
        mark = marks[at]
        if not _opens(text, mark.start(), start, end, mark.group()):
            at += 1
            continue
        closing = _closing(text, marks, at, end)
        if closing is None:
            stop = _sentence_end(text, mark.end(), end)
            found.append(Quote(mark.start(), stop, False))
            at += 1
            while at < len(marks) and marks[at].start() < stop:
                at += 1
            continue
        found.append(Quote(mark.start(), marks[closing].end(), True))
        at = closing + 1
    return found


def _closing(text: str, marks: list[re.Match[str]], at: int, end: int) -> int | None:
    opening = marks[at].group()
    begin = marks[at].end()
    for number in range(at + 1, min(at + 8, len(marks))):
        mark = marks[number]
        if mark.start() - begin > _LONGEST:
            return None
        sign = mark.group()
        if sign == "„" or mark.start() == begin:
            return None if sign == "„" else number if mark.start() > begin else None
        before = text[mark.start() - 1]
        after = text[mark.end()] if mark.end() < end else " "
        if opening == "„" and sign in "»«":
            continue
        if opening in "»«" and sign not in "»«":
            continue
        if not before.isspace() or after.isspace() or after in ".,;:!?)–":
            return number
        if before.isspace() and after.isalnum():
            # another opening mark: the closing one is missing
            return None
    return None


def _sentence_end(text: str, begin: int, end: int) -> int:
    limit = text.find("\n", begin, end)
    limit = end if limit < 0 else limit
    match = _SENTENCE_END.search(text, begin, min(limit, begin + _LONGEST))
    return match.end() if match else max(begin, min(limit, begin + _LONGEST))
