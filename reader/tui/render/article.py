"""The article as lines: head, blocks, marks of the analysis, numbered links.

Pure: a reading and a width in, lines out. The marks are roles on pieces and signs put beside the words; the offsets of
the document stay on the pieces, so that a passage finds its line and a click finds its passage.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, pairwise
from typing import NamedTuple

from reader import signs
from reader.i18n import _, ngettext, number_text, relative_text
from reader.model.analysis import Completeness, Reading, ReportForm, reading_minutes
from reader.model.article import Article, Block, BlockKind, Document
from reader.model.span import Span
from reader.tui.render import table
from reader.tui.render.line import BLANK, Line, Piece, cells, cut_pieces, flow, flowing, indent, indenting
from reader.tui.render.page import ArticlePage, Batch
from reader.words import completeness_text, genre_word, may_have_more, tells_length

MARGIN = 2
"""Cells left of the text: the mark of key sentences and a space."""
_TIGHT = frozenset({BlockKind.LIST, BlockKind.TABLE, BlockKind.PREFORMATTED})
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch with a role and what a click on it means."""

    span: Span
    role: str
    target: str = ""


def render_article(
    reading: Reading, *, width: int, text_width: int, now: datetime, highlights: bool = True
) -> ArticlePage:
    """Draw the article ``width`` cells wide, its text at most ``text_width``; what is drawn when, the page says."""
    column = _column(width, text_width)
    document = reading.document
    marks = _marks(reading) if highlights else ()
    insertions = _signs(reading) if highlights else Signs({}, {})
    head: list[Batch] = [[BLANK], _head(reading, column, now)]
    body = _body(_Words(document, marks, insertions), column)
    foot: list[Batch] = [_foot(reading, column), [BLANK]]
    keys = [mark.span for mark in marks if mark.role == "key"]
    batches = chain(head, body, _links(document, column), foot)
    return ArticlePage(_framed(batches, keys, width, column), width, length=len(document.text))


def render_unmade(article: Article, note: Sequence[str], *, width: int, text_width: int, now: datetime) -> ArticlePage:
    """Draw what is known of an article whose text is not there, and what is to be said about that."""
    column = _column(width, text_width)
    reading = Reading(article, Document(text="", blocks=()), None)
    words = [line for text in note for line in flow([Piece(text, "meta")], column)]
    batches: list[Batch] = [[BLANK], _head(reading, column, now), words, _foot(reading, column), [BLANK]]
    return ArticlePage(_framed(batches, (), width, column), width)


def passages(reading: Reading) -> tuple[int, ...]:
    """The indexes of the attributions in the order in which they stand in the shown text."""
    if reading.analysis is None:
        return ()
    shown = [b.span for b in reading.document.blocks if b.kind is not BlockKind.SUMMARY]
    starts = [block.start for block in shown]
    placed = []
    for index, attribution in enumerate(reading.analysis.attributions):
        spans = (*attribution.speaker, *attribution.cue, *attribution.content)
        # Blocks are sorted: of those that begin before the words end, the last one reaches furthest.
        at = bisect_left(starts, spans[0].end) - 1 if spans else -1
        if at >= 0 and shown[at].end > spans[0].start:
            placed.append((min(span.start for span in spans), index))
    return tuple(index for _start, index in sorted(placed))


class Signs(NamedTuple):
    """Signs to put in, by their offset in the text: before a word, and behind one."""

    before: dict[int, Piece]
    behind: dict[int, Piece]


def _marks(reading: Reading) -> tuple[Mark, ...]:
    analysis = reading.analysis
    if analysis is None:
        return ()
    hidden = [b.span for b in reading.document.blocks if b.kind is BlockKind.SUMMARY]
    marks = []
    for point in analysis.key_points:
        spans = (point.evidence,) if point.evidence is not None else point.spans
        marks += [Mark(span, "key") for span in spans if not any(block.overlaps(span) for block in hidden)]
    for index, (attribution, voice) in enumerate(zip(analysis.attributions, signs.voices(analysis), strict=True)):
        target = f"a{index}"
        weak = " unsure" if attribution.confidence < signs.CERTAIN_FROM else ""
        if attribution.form is not ReportForm.NO_COMMENT:
            marks += [Mark(s, f"said said-{voice} {attribution.form}{weak}", target) for s in attribution.content]
        marks += [Mark(s, f"cue cue-{voice}", target) for s in attribution.cue]
        marks += [Mark(s, f"speaker speaker-{voice}{weak}", target) for s in attribution.speaker]
    return tuple(marks)


def _signs(reading: Reading) -> Signs:
    """The sign of each statement: behind the name, so that "laut dpa" stays together for the eye and for a search
    on the screen; before the words where nobody is named.
    """
    analysis = reading.analysis
    found = Signs({}, {})
    if analysis is None:
        return found
    for index, (attribution, voice) in enumerate(zip(analysis.attributions, signs.voices(analysis), strict=True)):
        role, target = f"sign sign-{voice}", f"a{index}"
        sign = signs.SIGNS[voice] + (signs.UNSURE if attribution.confidence < signs.CERTAIN_FROM else "")
        if attribution.speaker:
            end = max(span.end for span in attribution.speaker)
            found.behind.setdefault(end, Piece(f"\xa0{sign}", role, target))
        else:
            start = min(span.start for span in attribution.content or attribution.cue)
            found.before.setdefault(start, Piece(f"{sign}\xa0", role, target))
    return found


def _column(width: int, text_width: int) -> int:
    return max(8, min(text_width, width - MARGIN - 1))


def _framed(batches: Iterable[Batch], keys: Sequence[Span], width: int, column: int) -> Iterator[Batch]:
    left = max(0, (width - MARGIN - column - 1) // 2)
    for batch in batches:
        yield [_with_margin(entry, keys, left) for entry in batch]


def _with_margin(entry: Line, keys: Sequence[Span], left: int) -> Line:
    if not entry.pieces:
        return entry
    is_key = any(entry.start < span.end and span.start < entry.end for span in keys)
    mark = Piece(signs.KEY_SENTENCE, "key-sign") if is_key else Piece(" ")
    before = (Piece(" " * left),) if left else ()
    return Line((*before, mark, Piece(" " * (MARGIN - 1)), *entry.pieces), entry.start, entry.end)


def _head(reading: Reading, width: int, now: datetime) -> list[Line]:
    article, document, analysis = reading.article, reading.document, reading.analysis
    lines = _facts(reading, width, now)
    labels = []
    if analysis is not None and genre_word(analysis.genre):
        labels.append(Piece(f" {genre_word(analysis.genre)} ", "label"))
    if article.starred:
        labels.append(Piece(signs.STARRED + " " + _("starred"), "star"))
    lines.append(BLANK)
    lines += flow([Piece(article.title or _("(without a headline)"), "title")], width)
    authors = article.authors or document.authors
    if authors:
        lines += flow([Piece(_("By {authors}").format(authors=", ".join(authors)), "meta")], width)
    if labels:
        spaced = [piece for label in labels for piece in (Piece("  "), label)][1:]
        lines.append(Line(cut_pieces(spaced, width)))
    if analysis is not None and analysis.completeness is not Completeness.FULL:
        lines.append(BLANK)
        lines += _notice(analysis.completeness, article.address, width)
    lines.append(BLANK)
    return lines


def _facts(reading: Reading, width: int, now: datetime) -> list[Line]:
    """Section, outlet, age, length; the age in its short form where that saves a line."""
    article, document = reading.article, reading.document
    known = reading.analysis is None or tells_length(reading.analysis.completeness)
    minutes = reading_minutes(document) if known else 0
    length = ngettext("{n} min. to read", "{n} min. to read", minutes).format(n=number_text(minutes)) if minutes else ""
    lines: list[Line] = []
    for short in (False, True):
        age = relative_text(article.published or article.fetched, now, short=short)
        changed = relative_text(article.updated, now, short=short) if article.updated is not None else ""
        facts = [
            Piece(document.kicker.upper(), "kicker"),
            Piece(article.outlet, "outlet"),
            Piece(age, "meta"),
            Piece(length, "meta"),
            Piece(_("changed {when}").format(when=changed) if changed not in ("", age) else "", "meta"),
        ]
        pieces: list[Piece] = []
        for fact in facts:
            if fact.text:
                breaks = cells(fact.text) > width // 2
                whole = fact if breaks else fact._replace(text=fact.text.replace(" ", "\xa0"))
                pieces += [Piece(_SEPARATOR, "meta"), whole] if pieces else [whole]
        lines = flow(pieces, width)
        if len(lines) == 1:
            break
    return lines


def _notice(completeness: Completeness, address: str, width: int) -> list[Line]:
    lines = flow([Piece(completeness_text(completeness), "notice")], width - 2)
    if address.startswith(("http://", "https://")):
        ways = (
            _("f loads the full text, o opens it at its publisher.")
            if may_have_more(completeness)
            else _("o opens it at its publisher.")
        )
        lines += flow([Piece(ways, "notice-hint")], width - 2)
    bar = (Piece("│ ", "notice"),)
    return indent(lines, bar, bar)


class _Words:
    """The words of a document as pieces, asked for in the order of the text, so that every mark is taken up once."""

    def __init__(self, document: Document, marks: Sequence[Mark], insertions: Signs) -> None:
        self.document = document
        self._signs = insertions
        self._numbers = {link.span.end: number for number, link in enumerate(document.links, 1)}
        self._places = sorted({*insertions.before, *insertions.behind, *self._numbers})
        self._waiting = sorted(enumerate(marks), key=lambda item: item[1].span.start, reverse=True)
        self._open: list[tuple[int, Mark]] = []

    def of(self, span: Span, role: str) -> Iterator[Piece]:
        """The words of a span: cut at every edge of a mark, with signs and link numbers put in. To be used up before
        the next span is asked for."""
        first, last = bisect_right(self._places, span.start), bisect_left(self._places, span.end)
        edges = {span.start, span.end, *self._places[first:last]}
        for _number, mark in self._reaching(span):
            edges.update(at for at in (mark.span.start, mark.span.end) if span.start < at < span.end)
        coming = sorted(self._open, key=lambda item: item[1].span.start, reverse=True)
        covering: list[tuple[int, Mark]] = []
        for left, right in pairwise(sorted(edges)):
            covering = [item for item in covering if item[1].span.end > left]
            while coming and coming[-1][1].span.start <= left:
                insort(covering, coming.pop(), key=lambda item: item[0])
            yield from self._piece(left, right, role, [mark for _number, mark in covering])

    def _reaching(self, span: Span) -> list[tuple[int, Mark]]:
        """The marks that share a code point with the span, by number; those that end before it are done with."""
        self._open = [item for item in self._open if item[1].span.end > span.start]
        while self._waiting and self._waiting[-1][1].span.start < span.end:
            item = self._waiting.pop()
            if item[1].span.end > span.start:
                self._open.append(item)
        return self._open

    def _piece(self, left: int, right: int, role: str, covering: Sequence[Mark]) -> list[Piece]:
        roles = " ".join([role, *(mark.role for mark in covering)])
        aimed = [mark for mark in covering if mark.target]
        target = min(aimed, key=lambda mark: len(mark.span)).target if aimed else ""
        pieces = [Piece(self.document.text[left:right], roles, target, left)]
        if left in self._signs.before:
            pieces.insert(0, self._signs.before[left])
        if right in self._signs.behind:
            pieces.append(self._signs.behind[right])
        if right in self._numbers:
            pieces.append(Piece(f"[{self._numbers[right]}]", "link", f"l{self._numbers[right]}"))
        return pieces


def _body(words: _Words, width: int) -> Iterator[Batch]:
    before: BlockKind | None = None
    rows: list[list[list[Piece]]] = []
    for block in words.document.blocks:
        if block.kind is BlockKind.SUMMARY:
            continue
        if rows and block.kind is not BlockKind.TABLE:
            yield from table.render_table(rows, width)
            rows = []
        if before is not None and not (block.kind is before and block.kind in _TIGHT):
            yield [BLANK]
        before = block.kind
        if block.kind is BlockKind.TABLE:
            cells_of = _cells(words.document, block)
            rows.append([[] if cell is None else list(words.of(cell, "table")) for cell in cells_of])
            yield ()  # a long table need not be read in one go
            continue
        for entry in _block(words, block, width):
            yield (entry,)
    if rows:
        yield from table.render_table(rows, width)


def _block(words: _Words, block: Block, width: int) -> Iterator[Line]:
    kind = block.kind
    if kind is BlockKind.PREFORMATTED:
        return _preformatted(words.document, block, width)
    pieces = words.of(block.span, str(kind))
    if kind is BlockKind.QUOTE:
        bar = (Piece("┃ ", "quote-bar"),)
        return indenting(flowing(pieces, width - 2), bar, bar)
    if kind is BlockKind.LIST:
        return indenting(flowing(pieces, width - 2), (Piece("• ", "bullet"),), (Piece("  "),))
    return flowing(pieces, width)


def _preformatted(document: Document, block: Block, width: int) -> Iterator[Line]:
    at = block.span.start
    for text in block.span.of(document.text).split("\n"):
        piece = Piece(text.expandtabs(4), "preformatted", "", at)
        yield Line(cut_pieces([piece], width), at, at + max(1, len(text)))
        at += len(text) + 1


def _cells(document: Document, block: Block) -> list[Span | None]:
    spans: list[Span | None] = []
    at = block.span.start
    for text in block.span.of(document.text).split("\t"):
        spans.append(Span(at, at + len(text)) if text else None)
        at += len(text) + 1
    return spans


def _links(document: Document, width: int) -> Iterator[Batch]:
    if not document.links:
        return
    yield (BLANK, Line((Piece(_("Links"), "heading"),)))
    size = len(str(len(document.links))) + 3
    for number, link in enumerate(document.links, 1):
        label = f"[{number}]".ljust(size)
        address = link.address.split("://", 1)[-1].rstrip("/")
        shown = flow([Piece(address, "address", f"l{number}")], width - cells(label))
        yield indent(shown[:2], (Piece(label, "link", f"l{number}"),), (Piece(" " * size),))


def _foot(reading: Reading, width: int) -> list[Line]:
    address = reading.article.address
    if not address.startswith(("http://", "https://")):
        return []
    shown = address.split("://", 1)[-1].rstrip("/")
    return [BLANK, Line(cut_pieces([Piece("↗ ", "link", "o"), Piece(shown, "address", "o")], width))]
