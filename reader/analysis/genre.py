"""The kind of text: what its source calls it, else what headline, kicker and opening say, else its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reader.analysis.completeness import MEDIA_WORDS, is_ticker
from reader.analysis.interview import is_interview
from reader.analysis.marks import any_of, load, source_marks
from reader.model.analysis import Genre
from reader.model.article import RUNNING_KINDS, BlockKind, Document

_PREFIX = re.compile(r"^\s*(?P<head>[^:|–—]{2,60}?)\s*(?::|\||\s[–—-]\s|\s//\s)\s*\S")
_SUFFIX = re.compile(r"\S\s*(?:\||\s[–—-]\s|\s//\s)\s*(?P<tail>[^:|–—]{2,40})$")
_WORD = re.compile(r"\w+(?:[-.,:/]\w+)*")
_ATTACHED = frozenset({"audio", "video", "audioobject", "videoobject"})
_OPENING_BLOCKS, _CLOSING_BLOCKS = 3, 4
_BYLINE_WORDS = 45
"""A longer block is the text itself, which may tell of a commentary."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What marks one genre."""

    genre: Genre
    labels: re.Pattern[str]
    titles: re.Pattern[str]
    phrases: re.Pattern[str]
    bylines: re.Pattern[str]


@cache
def _kinds() -> tuple[tuple[_Kind, ...], re.Pattern[str], re.Pattern[str]]:
    data = load("genre.toml")
    kinds = tuple(
        _Kind(
            Genre(name),
            any_of(marks["labels"], "^{}$"),
            any_of(marks["titles"], "^{}$"),
            any_of(marks["phrases"]),
            any_of(marks.get("bylines", ()), r"(?:^|[.!?:“”\"»]\s+){}"),
        )
        for name, marks in data.items()
        if name != "form"
    )
    return kinds, any_of(data["form"]["press_release"]), any_of(data["form"]["advertisement"])


def genre(document: Document) -> Genre:
    """The kind of text; news where nothing says otherwise."""
    kinds, press_release, advertisement = _kinds()
    # An attached film or sound says nothing about the kind of a text that is there in full.
    is_long = len(_WORD.findall(document.text)) >= MEDIA_WORDS
    labels = [label for label in source_marks(document) if not (is_long and label.lower() in _ATTACHED)]
    for kind in kinds:
        if any(kind.labels.search(label) for label in labels):
            return kind.genre
    title, kicker = document.title.strip(), document.kicker.strip()
    before, behind = _PREFIX.match(title), _SUFFIX.search(title)
    heads = [head for head in (kicker, before and before["head"], behind and behind["tail"]) if head]
    for kind in kinds:
        if any(kind.titles.search(head) for head in heads) or kind.phrases.search(title):
            return kind.genre
        if kicker and kind.phrases.search(kicker):
            return kind.genre
    bylines = _bylines(document)
    for kind in kinds:
        if any(kind.bylines.search(line) for line in bylines):
            return kind.genre
    if press_release.search(document.text):
        return Genre.PRESS_RELEASE
    if advertisement.search(document.text):
        return Genre.ADVERTISEMENT
    if is_ticker(document):
        return Genre.TICKER
    return Genre.INTERVIEW if is_interview(document) else Genre.NEWS


def _bylines(document: Document) -> list[str]:
    """The short blocks at both ends, where a text says what it is: "Ein Kommentar von …", "Das Interview führte …"."""
    blocks = [b for b in document.blocks if b.kind in RUNNING_KINDS or b.kind in (BlockKind.HEADING, BlockKind.CREDIT)]
    ends = blocks[:_OPENING_BLOCKS] + blocks[max(_OPENING_BLOCKS, len(blocks) - _CLOSING_BLOCKS) :]
    lines = (block.span.of(document.text) for block in ends)
    return [line for line in lines if line.count(" ") < _BYLINE_WORDS]


__all__ = ["genre"]
