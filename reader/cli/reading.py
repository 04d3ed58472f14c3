"""An article as lines of a terminal that scrolls by: head, key points, text with marks, list of sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reader.cli.output import styled, wrapped
from reader.export.marks import marks_by_offset
from reader.i18n import _, date_text, ngettext, number_text, relative_text, short_date_text
from reader.model.analysis import Analysis, PointOrigin, Reading, Source, SourceKind, reading_minutes
from reader.model.article import BlockKind
from reader.model.span import Span
from reader.signs import SIGNS, voice
from reader.words import (
    completeness_text,
    form_counts,
    genre_word,
    no_points_text,
    note_text,
    source_name,
    tells_length,
    voice_word,
)

# SGR colours of the kinds of source; the sign says the same without any colour.
_COLOURS = {
    SourceKind.AGENCY: 36,
    SourceKind.OUTLET: 34,
    SourceKind.PERSON: 32,
    SourceKind.SPOKESPERSON: 32,
    SourceKind.INSTITUTION: 33,
    SourceKind.DOCUMENT: 35,
    SourceKind.ANONYMOUS: 31,
}
_MARKS = {
    BlockKind.HEADING: "",
    BlockKind.QUOTE: "│ ",
    BlockKind.LIST: "• ",
    BlockKind.CAPTION: "  ",
}


def lines(reading: Reading, size: int, now: datetime, *, colour: bool) -> Iterator[str]:
    """The whole article in lines of at most ``size`` cells."""
    yield from _head(reading, size, now, colour=colour)
    if reading.analysis is not None:
        yield from _key_points(reading.analysis, size, colour=colour)
    yield from _body(reading, size, colour=colour)
    if reading.analysis is not None:
        yield from _sources(reading.analysis, size, colour=colour)
    if reading.article.address:
        yield ""
        yield reading.article.address


def _head(reading: Reading, size: int, now: datetime, *, colour: bool) -> Iterator[str]:
    article = reading.article
    for line in wrapped(article.title or _("(without a headline)"), size):
        yield styled(line, 1, colour=colour)
    facts = [article.outlet, ", ".join(article.authors)]
    if article.published:
        age = relative_text(article.published, now)
        told = "" if age == short_date_text(article.published) else f" ({age})"
        facts += [date_text(article.published) + told]
    known = reading.analysis is None or tells_length(reading.analysis.completeness)
    minutes = reading_minutes(reading.document) if known else 0
    facts += [ngettext("{n} minute", "{n} minutes", minutes).format(n=number_text(minutes)) if minutes else ""]
    if reading.analysis is not None:
        facts += [genre_word(reading.analysis.genre)]
    for line in wrapped(" · ".join(fact for fact in facts if fact), size):
        yield styled(line, 2, colour=colour)
    if reading.analysis is not None:
        why = completeness_text(reading.analysis.completeness, from_feed=reading.article.feed_id != 0)
        yield from wrapped(why, size) if why else ()


def _key_points(analysis: Analysis, size: int, *, colour: bool) -> Iterator[str]:
    yield ""
    if not analysis.key_points:
        yield from wrapped(no_points_text(analysis.completeness), size)
        return
    editorial = analysis.key_points[0].origin is PointOrigin.EDITORIAL
    yield styled(_("Key points (the editors' own)") if editorial else _("Key points (from the text)"), 1, colour=colour)
    for point in analysis.key_points:
        names = [f"{SIGNS[s.kind]} {source_name(s)}" for i in point.sources if (s := analysis.source(i)) is not None]
        text = point.text + (f" — {'; '.join(names)}" if names else "")
        first, *rest = wrapped(text, size, "  ")
        yield f"•{first[1:]}"
        yield from rest


def _body(reading: Reading, size: int, *, colour: bool) -> Iterator[str]:
    marks = _marks(reading)
    previous: BlockKind | None = None
    for block in reading.document.blocks:
        if block.kind is BlockKind.SUMMARY:
            continue
        if not (block.kind is previous and block.kind in (BlockKind.LIST, BlockKind.TABLE)):
            yield ""
        previous = block.kind
        if block.kind is BlockKind.TABLE:
            yield from wrapped(" │ ".join(block.span.of(reading.document.text).split("\t")), size)
            continue
        text = _with_signs(reading.document.text, block.span, marks)
        mark = _MARKS.get(block.kind, "")
        first = True
        for line in wrapped(text, size - len(mark)):
            lead = mark if first or block.kind is BlockKind.QUOTE else " " * len(mark)
            bold = (1,) if block.kind in (BlockKind.HEADING, BlockKind.LEAD) else ()
            yield lead + styled(line, *bold, colour=colour)
            first = False


def _with_signs(text: str, span: Span, marks: list[tuple[int, str]]) -> str:
    """The block's text with the signs of the voices behind each sentence that has some: "… mit. [▲2]"."""
    out, position = "", span.start
    for end, mark in marks:
        if span.start < end <= span.end:
            out += text[position:end] + mark
            position = end
    return out + text[position : span.end]


def _marks(reading: Reading) -> list[tuple[int, str]]:
    analysis = reading.analysis
    if analysis is None:
        return []
    found = []
    for end, items in sorted(marks_by_offset(reading.document, analysis).items()):
        signs = dict.fromkeys(f"{SIGNS[voice(item, analysis)]}{item.source or ''}" for item in items)
        found.append((end, f" [{', '.join(signs)}]"))
    return found


def _sources(analysis: Analysis, size: int, *, colour: bool) -> Iterator[str]:
    speaking = [s for s in analysis.sources if any(a.source == s.id for a in analysis.attributions)]
    if not speaking:
        return
    yield ""
    yield styled(_("Who says so"), 1, colour=colour)
    for source in speaking:
        yield from _source_lines(source, analysis, size, colour=colour)
    for note in analysis.notes:
        yield from wrapped(f"! {note_text(note)}", size)


def _source_lines(source: Source, analysis: Analysis, size: int, *, colour: bool) -> Iterator[str]:
    times = sum(a.source == source.id for a in analysis.attributions)
    via = analysis.source(source.via)
    role = f", {source.role}" if source.role else ""
    chain = ", " + _("heard through {name}").format(name=source_name(via)) if via else ""
    text = f"{SIGNS[source.kind]} {source.id}  {source_name(source)} ({voice_word(source.kind)}{role}{chain}) {times}×"
    said = form_counts(a.form for a in analysis.attributions if a.source == source.id)
    text += f" – {said}" if times > 1 else ""
    first, *rest = wrapped(text, size, "     ")
    yield styled(first.strip(), _COLOURS[source.kind], colour=colour)
    yield from rest
