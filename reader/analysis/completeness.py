"""How much of an article a document holds.

Looks at marks of the source, at headline and text; knows nothing of sources, statements or key points.
The thresholds are word counts from 1,100 entries of 21 German feeds: teasers end at 81 words (90 of 100 below 48), the
shortest whole article of the page corpus has 89.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reader.analysis.marks import any_of, load, source_marks
from reader.model.analysis import Completeness
from reader.model.article import RUNNING_KINDS, BlockKind, Document
from reader.text.sentences import sentences
from reader.text.walls import walls_in

TEASER_WORDS = 60
"""A titled text below this is a teaser unless it shows the marks of a whole item."""
PARAGRAPH_TEASER_WORDS = 90
"""The same for a single paragraph of few sentences."""
ITEM_WORDS, ITEM_SENTENCES = 45, 5
"""A short news item is whole with this much text in so many complete sentences."""
AGENCY_WORDS, AGENCY_SENTENCES = 20, 3
"""The same for an item that names its agency in a dateline or an end mark."""
FLASH_WORDS = 8
PASSAGE_WORDS = 30
"""A text without a headline is a passage handed over as it is: whole from here on, when its sentences are."""
CUT_WORDS = 300
"""A mark of cutting at the end of a longer text is a matter of style or of page furniture."""
ELLIPSIS_WORDS = 150
TRAILING_WORDS, TRAILING_LINE = 100, range(3, 9)
BROKEN_WORDS, BROKEN_LINE = 150, 6
"""A text up to this length whose last paragraph has no end is cut; shorter lines may be anything."""
LINK_WORDS = 6
STUB_WORDS = 300
"""Paywall words under a longer text advertise something else."""
PAID_WORDS = 100
"""A page that says it must be paid for holds the article from here on, if the last sentence is whole."""
PARAGRAPH_WORDS = 12
WALL_WORDS, BAR_WORDS = 400, 120
"""A longer text tells of walls, and is none."""
WALL_LINE, WALL_SENTENCE = 40, 16
MEDIA_WORDS = 80
TICKER_NOTES = 5

WALL_LABEL = "wall="
"""How a page's reader marks what it found in place of the article, or under it: "wall=consent"."""

_WORD = re.compile(r"\w+(?:[-.,:/]\w+)*")
_AGENCY = r"(?:dpa|afp|reuters|rtr|apa|sid|epd|kna|sda|ap|dapd|ddp|ots)"
_AGENCY_MARK = re.compile(
    rf"\((?:[^()]{{0,60}}\b)?{_AGENCY}(?:[-/,][\w\s,/-]{{0,40}})?\)|(?:©|quelle:|mit)\s*{_AGENCY}\b|\b[a-z]{{2,5}}/{_AGENCY}\W*$",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"(?<=[.!?…“”\"»«])\s*(?:\((?:[a-zäöü]{2,7}(?:[/,-] ?[a-zäöü]{2,7}){0,3})\)"
    rf"|[a-z]{{2,5}}/{_AGENCY}|{_AGENCY}|quelle: \S{{2,20}})\.?$",
    re.IGNORECASE,
)
"""Agency and initials behind the last sentence: "(dpa/nh)", "red/dpa"."""
_TERMINAL = re.compile(r"[.!?…:][“”\"»«’'›‹)\]]*$")
_FULL_STOP = re.compile(r"[.!?…][“”\"»«’'›‹)\]]*$")
_QUESTION = re.compile(r"\?[“”\"»«’'›‹)\]]*$")
_SPOKEN_TO = re.compile(r"\b(?:Sie|Ihnen|Ihre?[nmrs]?|[Uu]nsere[nmrs]?|[Ww]ir|[Dd]u|[Dd]eine?[nmrs]?)\b")
_LISTED = re.compile(r"\S+(?: \S+){0,3}: ")
_CLOSED = frozenset({"consent", "blocked"})


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The data file, compiled."""

    more: re.Pattern[str]
    more_line: re.Pattern[str]
    cut: re.Pattern[str]
    ellipsis: re.Pattern[str]
    flash: re.Pattern[str]
    paywall_label: re.Pattern[str]
    media_label: re.Pattern[str]
    media_title: re.Pattern[str]
    media: re.Pattern[str]
    ticker_label: re.Pattern[str]
    ticker_title: re.Pattern[str]
    ticker_note: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = load("completeness.toml")
    return _Patterns(
        more=any_of(data["more"]["marks"], r"(?:^|[\s.!?…“”\"»)]){}\s*$"),
        more_line=any_of([*data["more"]["lines"], *data["more"]["marks"]], r"{}\s*$"),
        cut=any_of(data["cut"]["marks"], r"{}\s*$"),
        ellipsis=any_of(data["ellipsis"]["marks"], r"{}[“”\"»«’')\]]*\s*$"),
        flash=any_of(data["flash"]["titles"]),
        paywall_label=any_of(data["paywall"]["labels"]),
        media_label=any_of(data["media"]["labels"], "^{}$"),
        media_title=any_of(data["media"]["titles"], r"^{}\s*[:|]"),
        media=any_of(data["media"]["phrases"]),
        ticker_label=any_of(data["ticker"]["labels"], "^{}$"),
        ticker_title=any_of(data["ticker"]["titles"]),
        ticker_note=re.compile(data["ticker"]["notes"]),
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A document's running text, counted once."""

    document: Document
    texts: tuple[str, ...]
    running: str
    words: int
    walls: frozenset[str]
    """What its page's reader found in place of the article or under it."""


def completeness(document: Document) -> Completeness:
    """How much of the article ``document`` holds; what a cut, a wall or a teaser left is named as that."""
    patterns = _patterns()
    texts = _texts(document)
    running = "\n".join(texts)
    walls = frozenset(label.removeprefix(WALL_LABEL) for label in document.labels if label.startswith(WALL_LABEL))
    text = _Text(document, tuple(texts), running, _count(running), walls)
    if not text.words or _same(running, document.title):
        return _without_text(text, patterns)
    wall = _wall(text)
    if wall is not None:
        return wall
    if is_ticker(document):
        return Completeness.TICKER
    if _is_paywall_stub(text, patterns):
        return Completeness.PAYWALL
    if _is_media(text, patterns):
        return Completeness.MEDIA
    return Completeness.TEASER if _is_teaser(text, patterns) else Completeness.FULL


def is_ticker(document: Document) -> bool:
    """Whether a document is a page of dated notes under one address."""
    patterns = _patterns()
    if any(patterns.ticker_label.search(label) for label in source_marks(document)):
        return True
    heads = f"{document.kicker} {document.title}"
    if patterns.ticker_title.search(heads) and not _is_flash(document, patterns):
        return True
    texts = _texts(document)
    headings = [block.span.of(document.text) for block in document.of_kind(BlockKind.HEADING)]
    notes = sum(1 for text in (*texts, *headings) if patterns.ticker_note.match(text))
    return notes >= TICKER_NOTES and notes * 4 >= len(texts)


def _texts(document: Document) -> list[str]:
    blocks = document.of_kind(*RUNNING_KINDS, BlockKind.TABLE, BlockKind.PREFORMATTED)
    return [block.span.of(document.text) for block in blocks]


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _same(text: str, title: str) -> bool:
    return _WORD.findall(text.lower()) == _WORD.findall(title.lower())


def _is_flash(document: Document, patterns: _Patterns) -> bool:
    return any(patterns.flash.search(head) for head in (document.title, document.kicker) if head)


def _without_text(text: _Text, patterns: _Patterns) -> Completeness:
    document = text.document
    if text.walls & _CLOSED:
        return Completeness.CONSENT
    if "paywall" in text.walls:
        return Completeness.PAYWALL
    if "missing" in text.walls:
        return Completeness.EMPTY
    if any(patterns.media_label.search(label) for label in source_marks(document)):
        return Completeness.MEDIA
    return Completeness.TITLE_ONLY if document.title.strip() or text.words else Completeness.EMPTY


def _wall(text: _Text) -> Completeness | None:
    """What there is in place of an article: a request to the reader, or a failure."""
    if text.words > WALL_WORDS:
        return None
    found = walls_in(f"{text.document.title}\n{text.running}")
    asked = found.consent + ("consent" in text.walls)
    # A report on such walls has their nouns, few to a page, and speaks to nobody.
    if not _SPOKEN_TO.search(text.running) and found.consent * 25 < text.words:
        asked = 0
    if asked >= 3 or (asked == 2 and text.words < WALL_WORDS // 2):
        return Completeness.CONSENT
    if text.words < BAR_WORDS:
        if found.blocked or text.walls & _CLOSED:
            return Completeness.CONSENT
        if (found.missing or "missing" in text.walls) and text.words < BAR_WORDS // 2:
            return Completeness.EMPTY
    return None


def _is_paywall_stub(text: _Text, patterns: _Patterns) -> bool:
    labelled = any(patterns.paywall_label.search(label) for label in text.document.labels)
    found = walls_in(_last_lines(text.document))
    barred = "paywall" in text.walls
    if labelled:
        # Short lines at the end are furniture; the last paragraph tells whether the text goes on elsewhere.
        last = next((part for part in reversed(text.texts) if _count(part) >= PARAGRAPH_WORDS), "")
        hits = found.paywall + found.offers + barred
        return (hits > 0 and text.words < STUB_WORDS) or text.words < PAID_WORDS or not _ends(last)
    if text.words >= STUB_WORDS:
        return False
    return barred or found.is_barred or (text.words < STUB_WORDS // 2 and (found.paywall > 0 or found.offers >= 2))


def _last_lines(document: Document) -> str:
    """The short lines at the end, whatever their kind, and the short sentences with which the last paragraph ends.

    What a wall says stands under the stub and is put briefly; a report on walls comes in paragraphs.
    """
    lines: list[str] = []
    for block in reversed(document.blocks[-8:]):
        line = block.span.of(document.text)
        if _count(line) > WALL_LINE or (block.kind in RUNNING_KINDS and _count(line) > WALL_SENTENCE and lines == []):
            spans = sentences(document.text, block.span.start, block.span.end)
            parts = [span.of(document.text) for span in spans[1:][-4:]]
            lines += [part for part in parts if _count(part) <= WALL_SENTENCE]
            break
        lines.append(line)
    return "\n".join(lines)


def _is_media(text: _Text, patterns: _Patterns) -> bool:
    if text.words >= MEDIA_WORDS:
        return False
    document = text.document
    titled = patterns.media_title.search(document.title) or patterns.media_title.search(f"{document.kicker}:")
    labelled = any(patterns.media_label.search(label) for label in source_marks(document))
    return bool(titled or labelled or patterns.media.search(text.running))


def _ends(line: str) -> bool:
    return _TERMINAL.search(_END_MARK.sub("", line.rstrip())) is not None


def _is_teaser(text: _Text, patterns: _Patterns) -> bool:
    end = _END_MARK.sub("", text.running.rstrip())
    if patterns.cut.search(end) or (text.words < CUT_WORDS and patterns.more.search(end)):
        return True
    if text.words < ELLIPSIS_WORDS and patterns.ellipsis.search(end) and not _trails_off(text):
        return True
    if text.words < CUT_WORDS and _leads_on(text, patterns):
        return True
    if text.words < BROKEN_WORDS and _is_broken(text):
        return True
    return text.words < PARAGRAPH_TEASER_WORDS and _is_short_of_an_item(text, patterns)


def _trails_off(text: _Text) -> bool:
    """Whether the ellipsis ends a short paragraph of its own, as a manner of closing."""
    return text.words >= TRAILING_WORDS and len(text.texts) > 2 and _count(text.texts[-1]) in TRAILING_LINE


def _leads_on(text: _Text, patterns: _Patterns) -> bool:
    """Whether the last line does nothing but lead elsewhere: to the rest of the article."""
    last = next((b for b in reversed(text.document.blocks) if b.kind in RUNNING_KINDS), None)
    if last is None:
        return False
    line = last.span.of(text.document.text)
    if len(text.texts) > 1 and patterns.more_line.match(line):
        return True
    linked = any(link.span.start <= last.span.start and link.span.end >= last.span.end for link in text.document.links)
    return linked and text.words < BROKEN_WORDS and _count(line) <= LINK_WORDS


def _is_broken(text: _Text) -> bool:
    """Whether the last paragraph has no end."""
    if not text.document.title.strip():
        return False
    running = text.document.of_kind(*RUNNING_KINDS)
    last = running[-1].span.of(text.document.text) if running else ""
    return (
        bool(running)
        and running[-1].kind is not BlockKind.LIST
        and _count(last) >= BROKEN_LINE
        and not _LISTED.match(last)
        and not _FULL_STOP.search(_END_MARK.sub("", last.rstrip()))
    )


def _is_short_of_an_item(text: _Text, patterns: _Patterns) -> bool:
    """Whether so little is too little even for a short item."""
    document = text.document
    running = document.of_kind(*RUNNING_KINDS)
    complete = [
        span
        for block in running
        for span in sentences(document.text, block.span.start, block.span.end)
        if _ends(span.of(document.text)) and _count(span.of(document.text)) >= 3
    ]
    covered = sum(_count(span.of(document.text)) for span in complete)
    if covered < text.words * 0.8:
        return text.words < TEASER_WORDS
    if not document.title.strip():
        return text.words < PASSAGE_WORDS
    credits_ = document.of_kind(BlockKind.CREDIT)
    named = bool(_AGENCY_MARK.search(text.running)) or any(
        _AGENCY_MARK.search(block.span.of(document.text)) for block in credits_
    )
    if named and text.words >= AGENCY_WORDS and len(complete) >= AGENCY_SENTENCES:
        return False
    if _is_flash(document, patterns) and text.words >= FLASH_WORDS and complete:
        return False
    if complete and _QUESTION.search(complete[-1].of(document.text)):
        # Who asks the reader at the end answers elsewhere.
        return True
    if text.words < TEASER_WORDS:
        return text.words < ITEM_WORDS or len(complete) < ITEM_SENTENCES
    return len(running) == 1 and len(complete) < ITEM_SENTENCES


__all__ = ["WALL_LABEL", "completeness", "is_ticker"]
