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
from reader.text.kinds import KIND_LABEL

_PREFIX = re.compile(r"^\s*(?P<head>[^:|–—]{2,60}?)\s*(?::|\||\s[–—-]\s|\s//\s)\s*\S")
_SUFFIX = re.compile(r"\S\s*(?:\||\s[–—-]\s|\s//\s)\s*(?P<tail>[^:|–—]{2,40})$")
_WORD = re.compile(r"\w+(?:[-.,:/]\w+)*")
_ATTACHED = frozenset({"audio", "video", "audioobject", "videoobject"})
_OPENING_BLOCKS, _CLOSING_BLOCKS = 3, 4
_BYLINE_WORDS = 45
_READER = re.compile(
    r"(?<![.!?:“„»] )\b(?:Sie|Ihnen|Ihre?[mnrs]?|[Dd]u|[Dd]ir|[Dd]ich|[Dd]eine?[mnrs]?|[Ee]uch|[Ee]ure?[mnrs]?)\b"
)
"""The reader spoken to; "Sie" and "Ihr" at the start of a sentence may be anybody."""
_WORDS_PER_READER = 200
"""A longer block is the text itself, which may tell of a commentary."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What marks one genre."""

    genre: Genre
    labels: re.Pattern[str]
    titles: re.Pattern[str]
    phrases: re.Pattern[str]
    bylines: re.Pattern[str]
    paths: re.Pattern[str]


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
            any_of(marks.get("paths", ()), "^{}$"),
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
    if is_interview(document):
        return Genre.INTERVIEW
    return _by_address(document, kinds, is_long=is_long)


def _by_address(document: Document, kinds: tuple[_Kind, ...], *, is_long: bool) -> Genre:
    """What the folders of the address say, when nothing else says anything: they are filled by habit."""
    words = [label.removeprefix(KIND_LABEL) for label in document.labels if label.startswith(KIND_LABEL)]
    for kind in kinds:
        if any(kind.paths.search(word) for word in words):
            if kind.genre is Genre.PODCAST and is_long:
                continue  # a film's folder may hold a written report
            if kind.genre is Genre.REVIEW and not _advises(document):
                continue
            return kind.genre
    return Genre.NEWS


def _advises(document: Document) -> bool:
    """Whether a text speaks to its reader; the folder for advice holds reports too."""
    return len(_READER.findall(document.text)) * _WORDS_PER_READER >= len(_WORD.findall(document.text))


def _bylines(document: Document) -> list[str]:
    """The short blocks at both ends, where a text says what it is: "Ein Kommentar von …", "Das Interview führte …"."""
    blocks = [b for b in document.blocks if b.kind in RUNNING_KINDS or b.kind in (BlockKind.HEADING, BlockKind.CREDIT)]
    ends = blocks[:_OPENING_BLOCKS] + blocks[max(_OPENING_BLOCKS, len(blocks) - _CLOSING_BLOCKS) :]
    lines = (block.span.of(document.text) for block in ends)
    return [line for line in lines if line.count(" ") < _BYLINE_WORDS]


__all__ = ["genre"]
