"""How much of an article a document holds, and what kind of text it is.

Looks at marks of the source, at headline and text; knows nothing of sources, statements or key points.
The thresholds are word counts from 1,100 entries of 21 German feeds: teasers end at 61 words (90 of 100 below 48), the
shortest whole article of the page corpus has 115.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from reader.model.analysis import Completeness, Genre
from reader.model.article import RUNNING_KINDS, Block, BlockKind, Document
from reader.text.sentences import sentences

TEASER_WORDS = 60
"""A titled text below this is a teaser unless it shows the marks of a whole item."""
ITEM_WORDS, ITEM_SENTENCES = 45, 4
"""A short news item is whole with this much text in so many complete sentences."""
AGENCY_WORDS, AGENCY_SENTENCES = 25, 3
"""The same for an item that names its agency in a dateline or an end mark."""
PASSAGE_WORDS = 30
"""A text without a headline is a passage handed over as it is: whole from here on, when its sentences are."""
CUT_WORDS = 300
"""A mark of cutting at the end of a longer text is a matter of style or of page furniture."""
ELLIPSIS_WORDS = 150
STUB_WORDS = 300
"""Paywall words under a longer text advertise something else."""
PAID_WORDS = 120
"""A page that says it must be paid for holds the article from here on, if the last sentence is whole."""
PARAGRAPH_WORDS = 12
WALL_WORDS = 400
MEDIA_WORDS = 80
TICKER_NOTES = 5

_WORD = re.compile(r"\w+(?:[-.,:/]\w+)*")
_AGENCY_MARK = re.compile(
    r"\((?:[^()]{0,60}\b)?(?:dpa|afp|reuters|rtr|apa|sid|epd|kna|sda|ap|dapd|ddp|ots)(?:[-/,][\w\s,/-]{0,40})?\)|(?:©|quelle:|mit)\s*(?:dpa|afp|reuters|apa|sda|epd|kna)\b",
    re.IGNORECASE,
)
_END_MARK = re.compile(r"(?<=[.!?…“”\"»«])\s*\((?:[a-zäöü]{2,7}(?:[/,-] ?[a-zäöü]{2,7}){0,3})\)\.?$", re.IGNORECASE)
"""Agency and initials behind the last sentence: "(dpa/nh)"."""
_TERMINAL = re.compile(r"[.!?…][“”\"»«’'›‹)\]]*$")
_PREFIX = re.compile(r"^\s*(?P<head>[^:|–—]{2,60}?)\s*(?::|\||\s[–—-]\s|\s//\s)\s*\S")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The two data files, compiled."""

    more: re.Pattern[str]
    cut: re.Pattern[str]
    ellipsis: re.Pattern[str]
    consent: tuple[re.Pattern[str], ...]
    paywall: tuple[re.Pattern[str], ...]
    offers: tuple[re.Pattern[str], ...]
    paywall_label: re.Pattern[str]
    media_label: re.Pattern[str]
    media_title: re.Pattern[str]
    media: re.Pattern[str]
    ticker_label: re.Pattern[str]
    ticker_title: re.Pattern[str]
    ticker_note: re.Pattern[str]
    genres: tuple[tuple[Genre, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]
    press_release: re.Pattern[str]
    advertisement: re.Pattern[str]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("reader.analysis").joinpath("data", name).read_text(encoding="utf-8"))


def _any(parts: list[str], frame: str = "{}") -> re.Pattern[str]:
    """One pattern for all parts; without parts one that matches nothing."""
    inner = "|".join(f"(?:{part})" for part in parts) or r"(?!)"
    return re.compile(frame.format(f"(?:{inner})").replace(" ", r"\s"), re.IGNORECASE)


@cache
def _patterns() -> _Patterns:
    how_much, kinds = _load("completeness.toml"), _load("genre.toml")
    genres = tuple(
        (
            genre,
            _any(kinds[genre.value]["labels"], "^{}$"),
            _any(kinds[genre.value]["titles"], "^{}$"),
            _any(kinds[genre.value]["phrases"]),
        )
        for genre in map(Genre, (name for name in kinds if name != "form"))
    )
    return _Patterns(
        more=_any(how_much["more"]["marks"], r"(?:^|[\s.!?…“”\"»)]){}\s*$"),
        cut=_any(how_much["cut"]["marks"], r"{}\s*$"),
        ellipsis=_any(how_much["ellipsis"]["marks"], r"{}[“”\"»«’')\]]*\s*$"),
        consent=tuple(_any([phrase]) for phrase in how_much["consent"]["phrases"]),
        paywall=tuple(_any([phrase]) for phrase in how_much["paywall"]["phrases"]),
        offers=tuple(_any([phrase]) for phrase in how_much["paywall"]["offers"]),
        paywall_label=_any(how_much["paywall"]["labels"]),
        media_label=_any(how_much["media"]["labels"], "^{}$"),
        media_title=_any(how_much["media"]["titles"], r"^{}\s*[:|]"),
        media=_any(how_much["media"]["phrases"]),
        ticker_label=_any(how_much["ticker"]["labels"], "^{}$"),
        ticker_title=_any(how_much["ticker"]["titles"]),
        ticker_note=re.compile(how_much["ticker"]["notes"]),
        genres=genres,
        press_release=_any(kinds["form"]["press_release"]),
        advertisement=_any(kinds["form"]["advertisement"]),
    )


def completeness(document: Document) -> Completeness:
    """How much of the article ``document`` holds; what a cut, a wall or a teaser left is named as that."""
    patterns = _patterns()
    texts = _texts(document)
    running = "\n".join(texts)
    words = _count(running)
    if not words or _same(running, document.title):
        return Completeness.TITLE_ONLY if document.title.strip() or words else Completeness.EMPTY
    if _is_consent_wall(running, words, patterns):
        return Completeness.CONSENT
    if _is_ticker(document, texts, patterns):
        return Completeness.TICKER
    if _is_paywall_stub(document, texts, words, patterns):
        return Completeness.PAYWALL
    if _is_media(document, running, words, patterns):
        return Completeness.MEDIA
    return Completeness.TEASER if _is_teaser(document, running, words, patterns) else Completeness.FULL


def _texts(document: Document) -> list[str]:
    blocks = document.of_kind(*RUNNING_KINDS, BlockKind.TABLE, BlockKind.PREFORMATTED)
    return [block.span.of(document.text) for block in blocks]


def _labels(document: Document) -> list[str]:
    """The marks of the source as bare words: sections, categories, and schema.org types without their key."""
    return [label.strip().removeprefix("@type=") for label in document.labels]


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _same(text: str, title: str) -> bool:
    return _WORD.findall(text.lower()) == _WORD.findall(title.lower())


def _is_consent_wall(running: str, words: int, patterns: _Patterns) -> bool:
    if words > WALL_WORDS:
        return False
    hits = sum(1 for phrase in patterns.consent if phrase.search(running))
    return hits >= 3 or (hits == 2 and words < WALL_WORDS // 2)


def _is_ticker(document: Document, texts: list[str], patterns: _Patterns) -> bool:
    if any(patterns.ticker_label.search(label) for label in _labels(document)):
        return True
    if patterns.ticker_title.search(f"{document.kicker} {document.title}"):
        return True
    headings = [block.span.of(document.text) for block in document.of_kind(BlockKind.HEADING)]
    notes = sum(1 for text in (*texts, *headings) if patterns.ticker_note.match(text))
    return notes >= TICKER_NOTES and notes * 4 >= len(texts)


def _is_paywall_stub(document: Document, texts: list[str], words: int, patterns: _Patterns) -> bool:
    labelled = any(patterns.paywall_label.search(label) for label in document.labels)
    # What a wall says stands under the stub: the last blocks, whatever their kind.
    tail = "\n".join(block.span.of(document.text) for block in document.blocks[-4:])[-900:]
    walls = sum(1 for phrase in patterns.paywall if phrase.search(tail))
    hits = walls + sum(1 for phrase in patterns.offers if phrase.search(tail))
    if labelled:
        # Short lines at the end are furniture; the last paragraph tells whether the text goes on elsewhere.
        last = next((text for text in reversed(texts) if _count(text) >= PARAGRAPH_WORDS), "")
        return (hits > 0 and words < STUB_WORDS) or words < PAID_WORDS or not _TERMINAL.search(last.rstrip())
    return words < STUB_WORDS and (hits >= 2 or (walls == 1 and words < STUB_WORDS // 2))


def _is_media(document: Document, running: str, words: int, patterns: _Patterns) -> bool:
    if words >= MEDIA_WORDS:
        return False
    titled = patterns.media_title.search(document.title) or patterns.media_title.search(f"{document.kicker}:")
    labelled = any(patterns.media_label.search(label) for label in _labels(document))
    return bool(titled or labelled or patterns.media.search(running))


def _is_teaser(document: Document, running: str, words: int, patterns: _Patterns) -> bool:
    end = _END_MARK.sub("", running.rstrip())
    if patterns.cut.search(end) or (words < CUT_WORDS and patterns.more.search(end)):
        return True
    if words < ELLIPSIS_WORDS and patterns.ellipsis.search(end):
        return True
    if words >= TEASER_WORDS:
        return False
    complete = [
        span
        for block in document.of_kind(*RUNNING_KINDS)
        for span in sentences(document.text, block.span.start, block.span.end)
        if _TERMINAL.search(_END_MARK.sub("", span.of(document.text))) and _count(span.of(document.text)) >= 3
    ]
    covered = sum(_count(span.of(document.text)) for span in complete)
    if covered < words * 0.8:
        return True
    if not document.title.strip():
        return words < PASSAGE_WORDS
    named = bool(_AGENCY_MARK.search(running)) or any(
        _AGENCY_MARK.search(block.span.of(document.text)) for block in document.of_kind(BlockKind.CREDIT)
    )
    if named and words >= AGENCY_WORDS and len(complete) >= AGENCY_SENTENCES:
        return False
    return words < ITEM_WORDS or len(complete) < ITEM_SENTENCES


def genre(document: Document) -> Genre:
    """The kind of text: what the source calls it, else what headline and kicker say, else its form; news otherwise."""
    patterns = _patterns()
    # An attached film or sound says nothing about the kind of a text that is there in full.
    is_long = _count(document.text) >= MEDIA_WORDS
    labels = [label for label in _labels(document) if not (is_long and label.lower() in ("audio", "video"))]
    for kind, label, _, _ in patterns.genres:
        if any(label.search(value) for value in labels):
            return kind
    title, kicker = document.title.strip(), document.kicker.strip()
    prefix = _PREFIX.match(title)
    heads = [head for head in (kicker, prefix["head"] if prefix else "") if head]
    for kind, _, head, phrase in patterns.genres:
        if any(head.search(value) for value in heads) or phrase.search(title) or (kicker and phrase.search(kicker)):
            return kind
    return _genre_of_form(document, patterns)


def _genre_of_form(document: Document, patterns: _Patterns) -> Genre:
    if patterns.press_release.search(document.text):
        return Genre.PRESS_RELEASE
    if patterns.advertisement.search(document.text):
        return Genre.ADVERTISEMENT
    if _is_ticker(document, _texts(document), patterns):
        return Genre.TICKER
    if _alternates(document):
        return Genre.INTERVIEW
    return Genre.NEWS


def _alternates(document: Document) -> bool:
    """Whether questions and answers take turns: at least four short questions, each before a block that is none.

    Sub-headlines count as questions only together with paragraphs that speak in the first person: guides ask as well.
    """
    blocks: list[Block] = [b for b in document.blocks if b.kind in RUNNING_KINDS or b.kind is BlockKind.HEADING]
    texts = [block.span.of(document.text).strip() for block in blocks]
    asked = [
        n
        for n, text in enumerate(texts[:-1])
        if text.endswith("?") and _count(text) <= 60 and not texts[n + 1].endswith("?")
    ]
    if len(asked) < 4 or len(asked) * 4 < len(texts):
        return False
    answers = [texts[n + 1] for n in asked]
    first_person = sum(
        1 for text in answers if re.search(r"\b(?:ich|wir|mir|mich|uns|unser\w*|meine?\w*)\b", text, re.IGNORECASE)
    )
    return first_person * 2 >= len(answers)


__all__ = ["completeness", "genre"]
