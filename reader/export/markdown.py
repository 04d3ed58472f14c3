"""One article as CommonMark with YAML front matter; the attributed statements carry footnotes.

Nothing from the article can become markup: every special character of its text is escaped, and each block is one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import quote

from reader import __version__
from reader.export.marks import marks_by_offset
from reader.model.analysis import Analysis, Attribution, KeyPoint, PointOrigin, Reading, ReportForm, Source, SourceKind
from reader.model.article import Block, BlockKind, Document
from reader.model.span import Span, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The export's own words, in the interface language."""

    key_points_editorial: str
    key_points_extracted: str
    article: str
    sources: str
    no_source: str
    none_for: str
    """Why there are no key points; empty where there are some."""
    state: str
    """The line that says when the text was fetched, already filled in."""
    original: str
    kinds: Mapping[SourceKind, str]
    forms: Mapping[ReportForm, str]
    notes: tuple[str, ...] = field(default=())
    name: Callable[[Source], str]
    via: Callable[[str], str]


# CommonMark 0.31, section 2.4: any ASCII punctuation may be escaped by a backslash.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^&$!@])")
_AT_START = re.compile(r"^(\s*)(?:([-+=:])|(\d{1,9})([.)]))")
_NOT_YAML = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")


def escape(text: str) -> str:
    """Text that CommonMark shows letter for letter, wherever on a line it stands."""
    line = " ".join(text.split())
    line = _SPECIAL.sub(r"\\\1", line)
    # A bare address would become a link of its own in common extensions.
    line = re.sub(r"(?i)\b(https?|ftp)://", r"\1\\://", line)
    line = re.sub(r"(?i)\bwww\.", r"www\\.", line)
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", line)


def yaml_string(text: str) -> str:
    """A double-quoted YAML scalar (YAML 1.2, section 7.3.1); lone surrogates become U+FFFD."""
    safe = text.encode("utf-8", "replace").decode("utf-8").replace("\ufeff", "")
    return _NOT_YAML.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(safe, ensure_ascii=False))


def render(reading: Reading, labels: Labels) -> str:
    """The whole file, ending in a line feed."""
    parts = [_front_matter(reading), f"# {escape(reading.article.title) or '–'}"]
    analysis = reading.analysis
    if analysis is not None:
        parts += _key_points(reading.document, analysis, labels)
        parts += [f"*{escape(note)}*" for note in labels.notes]
    parts.append(f"## {escape(labels.article)}")
    footnotes: list[str] = []
    parts += _body(reading.document, analysis, footnotes, labels)
    if analysis is not None and analysis.sources:
        parts += [f"## {escape(labels.sources)}", _source_list(analysis, labels)]
    parts.append(_address(reading, labels))
    if footnotes:
        parts.append("\n".join(footnotes))
    return "\n\n".join(part for part in parts if part) + "\n"


def _front_matter(reading: Reading) -> str:
    article = reading.article
    lines = [
        "---",
        f"title: {yaml_string(article.title)}",
        f"outlet: {yaml_string(article.outlet)}",
        f"authors: [{', '.join(yaml_string(name) for name in article.authors)}]",
        f"published: {yaml_string(article.published.isoformat()) if article.published else 'null'}",
        f"fetched: {yaml_string(article.fetched.isoformat())}",
        f"url: {yaml_string(article.address) if article.address else 'null'}",
        f"lesart: {yaml_string(__version__)}",
        "---",
    ]
    return "\n".join(lines)


def _key_points(document: Document, analysis: Analysis, labels: Labels) -> Iterator[str]:
    if not analysis.key_points:
        if labels.none_for:
            yield f"## {escape(labels.key_points_extracted)}"
            yield escape(labels.none_for)
        return
    editorial = analysis.key_points[0].origin is PointOrigin.EDITORIAL
    yield f"## {escape(labels.key_points_editorial if editorial else labels.key_points_extracted)}"
    yield "\n".join(f"- {escape(point.text)}{_point_sources(point, analysis, labels)}" for point in analysis.key_points)


def _point_sources(point: KeyPoint, analysis: Analysis, labels: Labels) -> str:
    names = [_source_words(s, labels) for i in point.sources if (s := analysis.source(i)) is not None]
    return f" — {'; '.join(names)}" if names else ""


def _source_words(source: Source, labels: Labels) -> str:
    return f"{escape(labels.name(source))} ({escape(labels.kinds[source.kind])})"


def _body(document: Document, analysis: Analysis | None, footnotes: list[str], labels: Labels) -> Iterator[str]:
    marks = _footnote_marks(document, analysis, footnotes, labels)
    run: list[str] = []
    previous: Block | None = None
    for block in document.blocks:
        if block.kind is BlockKind.SUMMARY:
            continue
        same_list = previous is not None and block.kind is previous.kind and block.kind in _IN_RUNS
        parted = previous is not None and "\n\n" in document.text[previous.span.end : block.span.start]
        if run and (not same_list or parted):
            yield "\n".join(run)
            run = []
        line = _block(document, block, marks, first=not run)
        if block.kind in _IN_RUNS:
            run.append(line)
        else:
            yield line
        previous = block
    if run:
        yield "\n".join(run)


_IN_RUNS = frozenset({BlockKind.LIST, BlockKind.TABLE})


def _block(document: Document, block: Block, marks: dict[int, str], *, first: bool) -> str:
    if block.kind is BlockKind.PREFORMATTED:
        return _fenced(block.span.of(document.text))
    if block.kind is BlockKind.TABLE:
        cells = _table_cells(document, block, marks)
        row = f"| {' | '.join(cells)} |"
        return f"{row}\n|{' --- |' * len(cells)}" if first else row
    text = _inline(document, block.span, marks)
    if block.kind is BlockKind.HEADING:
        return f"### {text}"
    if block.kind is BlockKind.LEAD:
        return f"**{text}**" if "[^" not in text and "](" not in text else text
    if block.kind is BlockKind.QUOTE:
        return f"> {text}"
    if block.kind is BlockKind.LIST:
        return f"- {text}"
    if block.kind in (BlockKind.CAPTION, BlockKind.CREDIT, BlockKind.NOTE):
        return f"*{text}*" if "[^" not in text and "](" not in text else text
    return text


def _fenced(text: str) -> str:
    """A fence longer than any run of its character inside (CommonMark 0.31, section 4.5)."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _table_cells(document: Document, block: Block, marks: dict[int, str]) -> list[str]:
    cells, start = [], block.span.start
    for cell in block.span.of(document.text).split("\t"):
        end = start + len(cell)
        cells.append(_inline(document, Span(start, end), marks) if end > start else "")
        start = end + 1
    return cells


def _inline(document: Document, span: Span, marks: dict[int, str]) -> str:
    """The text of one block with its links, and a footnote mark where an attributed statement ends."""
    links = [k for k in document.links if span.contains(k.span)]
    cuts = {span.start, span.end, *(o for o in marks if span.start < o <= span.end)}
    cuts |= {o for link in links for o in (link.span.start, link.span.end)}
    ordered = sorted(cuts)
    out: list[str] = []
    for start, end in pairwise(ordered):
        piece = document.text[start:end]
        lead = piece[: len(piece) - len(piece.lstrip())] if out else ""
        trail = piece[len(piece.rstrip()) :] if end < span.end else ""
        words = escape(piece) if not out else escape("x" + piece.strip())[1:]
        link = next((k for k in links if k.span.start <= start and end <= k.span.end), None)
        if link is not None and words:
            words = f"[{words}]({_destination(link.address)})"
        out.append(f"{lead}{words}{marks.get(end, '')}{trail}")
    return "".join(out).strip()


def _destination(address: str) -> str:
    # RFC 3986: what may not stand in an address at all, and the brackets that would end the Markdown link.
    return "<" + quote(address, safe="/:?#[]@!$&'*+,;=%~-._") + ">"


def _footnote_marks(
    document: Document, analysis: Analysis | None, footnotes: list[str], labels: Labels
) -> dict[int, str]:
    marks: dict[int, str] = {}
    if analysis is None:
        return marks
    for offset, items in sorted(marks_by_offset(document, analysis).items()):
        for item in items:
            footnotes.append(f"[^{len(footnotes) + 1}]: {_footnote(document, analysis, item, labels)}")
            marks[offset] = marks.get(offset, "") + f"[^{len(footnotes)}]"
    return marks


def _footnote(document: Document, analysis: Analysis, item: Attribution, labels: Labels) -> str:
    source = analysis.source(item.source)
    who = _source_words(source, labels) if source else escape(labels.no_source)
    chain = _chain(analysis, source, labels)
    cue = f" – „{escape(joined(document.text, item.cue, ' … '))}“" if item.cue else ""
    return f"{who}{chain}, {escape(labels.forms[item.form])}{cue}"


def _chain(analysis: Analysis, source: Source | None, labels: Labels) -> str:
    words, seen = "", set()
    while source is not None and source.via is not None and source.via not in seen:
        seen.add(source.via)
        source = analysis.source(source.via)
        if source is not None:
            words += f", {escape(labels.via(labels.name(source)))}"
    return words


def _source_list(analysis: Analysis, labels: Labels) -> str:
    lines = []
    for kind in SourceKind:
        for source in (s for s in analysis.sources if s.kind is kind):
            times = sum(a.source == source.id for a in analysis.attributions)
            role = f", {escape(source.role)}" if source.role else ""
            count = f", {times}×" if times else ""
            chain = _chain(analysis, source, labels)
            lines.append(f"- {escape(labels.kinds[kind])}: {escape(labels.name(source))}{role}{chain}{count}")
    return "\n".join(lines)


def _address(reading: Reading, labels: Labels) -> str:
    address = reading.article.address
    link = f"{escape(labels.original)}: [{escape(address)}]({_destination(address)})  \n" if address else ""
    return f"{link}{escape(labels.state)}"
