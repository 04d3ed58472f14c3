"""Plain text -> ``Document``: date line, lead, sub-headlines, summary box, body with lost paragraph breaks.

The shape is that of article texts as web crawls store them: elements first, loose text behind, glued where a line
break was.
"""

from __future__ import annotations

import re

from reader.model.article import Block, BlockKind, Document
from reader.model.span import Span
from reader.text.blocks import SUMMARY_LABEL, BlockBuilder
from reader.text.endlines import end_mark, is_credit, is_note, is_ornament
from reader.text.language import guess_language
from reader.text.repair import glue_points, repair_blanks, repair_mojibake
from reader.text.sanitize import clean_line, clean_text

_DATE_LINE = re.compile(r"\s*(?:date|datum|stand)\s*:?\s+(?P<date>\d{4}-\d{2}(?:-\d{2})?)\b[ \t]*", re.IGNORECASE)
_LABEL_LINE = re.compile(rf"(?P<label>{SUMMARY_LABEL.pattern})(?:\s+(?P<headline>\S.*))?", re.IGNORECASE)
_LABELS_WITH_HEADLINE = re.compile(r"(?:zusammenfassung|das wichtigste in kürze|kurz und knapp)\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"“”»«’)]*$")
_BULLET = re.compile(r"(?:[•◦▪‣·*\-–]|\d{1,2}[.)])\s+")
_MAX_HEADING_WORDS = 16
_MAX_POINT_WORDS = 40
_MAX_CALL_WORDS = 8
"""A short line that ends in "!" or "?" is a sub-headline rather than a paragraph."""


def document_from_plain(
    text: str,
    *,
    repair: bool = True,
    title: str = "",
    lead: str = "",
    headings: tuple[str, ...] = (),
) -> Document:
    """The structure that can be seen in plain text.

    With ``repair=False`` the text is one body, kept character for character: each of its lines is one block, and
    what is not in it is left out. Otherwise it is sanitised, glued sentences become paragraphs, and a date line and
    a summary box are recognised. ``title``, ``lead`` and ``headings`` are what the caller knows already: a line that
    equals one of them is marked, and a lead or heading that is not in the text is put before it.
    """
    if not repair:
        return _verbatim(text, title, lead, headings)
    text = clean_text(text)
    date = None
    if match := _DATE_LINE.match(text):
        date = match["date"]
        text = text[match.end() :]
    lines = [line.strip() for line in text.split("\n")]
    return _structured([line for line in lines if line and not is_ornament(line)], title, lead, headings, date)


def _verbatim(text: str, title: str, lead: str, headings: tuple[str, ...]) -> Document:
    blocks = []
    for match in re.finditer(r"[^\n\r]*\S[^\n\r]*", text):
        line = match[0].strip()
        kind = BlockKind.PARAGRAPH
        if line == lead.strip():
            kind = BlockKind.LEAD
        elif line in headings:
            kind = BlockKind.HEADING
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        blocks.append(Block(kind, Span(start, start + len(line))))
    return Document(text=text, blocks=tuple(blocks), title=title, language=guess_language(text))


def _structured(lines: list[str], title: str, lead: str, headings: tuple[str, ...], date: str | None) -> Document:
    builder = BlockBuilder(bounded=False)
    lead = clean_line(lead)
    known = [clean_line(heading) for heading in headings]
    if lead and lead not in lines:
        builder.add(BlockKind.LEAD, lead)
    for heading in known:
        if heading not in lines:
            builder.add(BlockKind.HEADING, heading)
    has_body = any(_is_sentence(line) for line in lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        box = _summary_box(lines, index)
        if box is not None:
            headline, points = box
            if headline and not title:
                title = headline
            builder.new_group()
            for point in points:
                builder.add(BlockKind.SUMMARY, _without_bullet(point))
            index += 1 + len(points)
            continue
        _add_line(builder, line, lead, set(known), has_body and len(lines) > 1)
        index += 1
    return builder.document(title=title, date=date, lead_first=not lead)


def _add_line(builder: BlockBuilder, line: str, lead: str, headings: set[str], structured: bool) -> None:
    if lead and line == lead:
        builder.add(BlockKind.LEAD, line)
    elif line in headings or (structured and not _is_sentence(line) and not _BULLET.match(line)):
        builder.add(BlockKind.HEADING, line)
    elif _BULLET.match(line) and len(line.split()) <= _MAX_POINT_WORDS:
        builder.add(BlockKind.LIST, _without_bullet(line))
    else:
        for number, paragraph in enumerate(_parted(line)):
            builder.add(BlockKind.PARAGRAPH, paragraph, glued=number > 0)


def _without_bullet(line: str) -> str:
    match = _BULLET.match(line)
    return line[match.end() :] if match else line


def _parted(line: str) -> list[str]:
    """A line at its seams: a missing blank between sentences is where a paragraph break was lost."""
    mended = repair_blanks(repair_mojibake(line))
    points = glue_points(mended)
    return [mended[a:b] for a, b in zip([0, *points], [*points, len(mended)], strict=True)]


def _is_sentence(line: str) -> bool:
    if is_credit(line) or is_note(line) or end_mark(line) is not None:
        # Set short and without a full stop, and no sub-headline for that.
        return True
    count = len(line.split())
    if count <= _MAX_CALL_WORDS and line[-1] in "!?":
        return False
    return count > _MAX_HEADING_WORDS or _ENDS_SENTENCE.search(line) is not None


def _summary_box(lines: list[str], index: int) -> tuple[str, list[str]] | None:
    """Headline and points of the box that starts here: a label line and short lines behind it, up to the body."""
    match = _LABEL_LINE.fullmatch(lines[index])
    if match is None or len(lines[index].split()) > _MAX_HEADING_WORDS:
        return None
    headline = match["headline"] or ""
    if headline and not _LABELS_WITH_HEADLINE.match(lines[index]):
        return None
    points: list[str] = []
    for line in lines[index + 1 :]:
        if len(line.split()) > _MAX_POINT_WORDS or (points and _is_sentence(line) and not _is_sentence(points[-1])):
            break
        points.append(line)
    if len(points) < 2:
        return None
    if len(points) == len(lines) - index - 1 and not any(_is_sentence(line) for line in lines[:index]):
        # Nothing but the box: the last lines may as well be the body, so keep only the lines of the first one's form.
        points = [p for p in points if _is_sentence(p) == _is_sentence(points[0])]
    return headline, points
