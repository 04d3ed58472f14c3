"""``lesart analyse``: a text or page in, who says so and what matters most out."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.analysis import analyze
from reader.cli.lines import MOST_BYTES, BadLineError, check_texts, numbered_lines, record_of, shown_name
from reader.cli.output import data, data_json, say, wants_colour, width
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, AnalysisError, LesartError, UsageError
from reader.export.jsonl import to_dict
from reader.i18n import _, describe, number_text
from reader.library.analyst import Worker
from reader.library.exports import Format, render
from reader.library.pages import document_of, page_worker
from reader.model.analysis import Reading
from reader.model.article import Article, Document
from reader.paths import Paths
from reader.text.page import decode, looks_like_html
from reader.text.plain import document_from_plain
from reader.text.sanitize import looks_binary

MOST_CHARACTERS = 1_000_000
"""Of one text; a book has so many, a long article 50,000. Twice as many take four times as long."""
_PATIENCE_SECONDS = 1.0
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def analyse(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """One text, or with ``--jsonl`` one per line."""
    if options.jsonl is not None:
        if options.input is not None or options.format != "json":
            raise UsageError(N_("--jsonl takes the place of FILE and always prints JSON."))
        return asyncio.run(_analyse_lines(options.jsonl, repair=not options.no_repair))
    if options.input is None:
        raise UsageError(
            N_("There is nothing to analyse."), hint=N_("Name a file, an address, or - for what comes through a pipe.")
        )
    raw = b"" if _ADDRESS.match(options.input) else _read(options.input)
    with _patience():
        document = _document(options, raw, places, settings)
        _check_length(document.text, options.input)
        analysis = analyze(document)
    if options.format == "json":
        data_json(to_dict(document, analysis))
        return 0
    reading = Reading(_article(document, options.input), document, analysis)
    if options.format == "markdown":
        sys.stdout.write(render(reading, Format.MARKDOWN))
    else:
        from reader.cli.reading import lines

        for line in lines(reading, width(), reading.article.fetched, colour=wants_colour()):
            data(line)
    return 0


def _document(options: argparse.Namespace, raw: bytes, places: Paths, settings: Config) -> Document:
    if _ADDRESS.match(options.input):
        with opened(places, settings) as library:
            return asyncio.run(library.document_at(options.input))
    # What the person kept character for character must not be decoded into something else: strict UTF-8 comes first.
    if not raw.strip():
        raise LesartError(
            N_("{name} is empty."), hint=N_("There is nothing to analyse."), name=shown_name(options.input)
        )
    if looks_binary(raw):
        raise LesartError(
            N_("{name} holds no text."), hint=N_("Plain text or HTML is expected."), name=shown_name(options.input)
        )
    text = decode(raw)
    if looks_like_html(text):
        return asyncio.run(_page_document(raw))
    _check_length(text, options.input)
    return document_from_plain(text, repair=not options.no_repair)


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    """Say to a person at a terminal that it takes longer, when it does."""
    timer = threading.Timer(_PATIENCE_SECONDS, lambda: say(_("Analysing …")))
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _check_length(text: str, name: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise LesartError(
            N_("{name} holds {count} characters of text; at most {most} are analysed at once."),
            hint=N_("Nothing was analysed. Part the text."),
            name=shown_name(name),
            count=number_text(len(text)),
            most=number_text(MOST_CHARACTERS),
        )


async def _page_document(page: bytes) -> Document:
    async with page_worker() as worker:
        return await document_of(worker, page)


def _read(name: str) -> bytes:
    """At most 16 MB of a file or of standard input."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).expanduser().open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise LesartError(
            N_("{name} cannot be read."),
            detail=error.strerror or str(error),
            hint=N_("Name a file, an address with https://, or - for what comes through a pipe."),
            name=shown_name(name),
        ) from error
    if len(raw) > MOST_BYTES:
        raise LesartError(
            N_("{name} is larger than {size} MB."),
            hint=N_("Nothing was analysed. Part the text."),
            name=shown_name(name),
            size=16,
        )
    return raw


def _article(document: Document, name: str) -> Article:
    published = None
    if document.date:
        try:
            published = datetime.fromisoformat(document.date)
        except ValueError:
            # A month alone is no moment; the front matter then says nothing rather than something made up.
            published = None
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Article(
        id=0,
        feed_id=0,
        guid="",
        address=name if _ADDRESS.match(name) else "",
        title=document.title,
        outlet="",
        authors=document.authors,
        published=published,
        fetched=datetime.now(UTC),
    )


async def _analyse_lines(name: str, *, repair: bool) -> int:
    """One JSON object per line, in order; a bad line is answered as such and the rest is done."""
    failed = 0
    async with page_worker() as worker:
        for number, line in numbered_lines(name):
            try:
                key, document = await _line_document(line, worker, repair=repair)
                answer: dict[str, Any] = {"id": key, **_analysed(document, key)}
            except BadLineError as error:
                failed += 1
                answer = {"id": error.key, "error": str(error)}
                say(_("Line {number}: {problem}").format(number=number, problem=error))
            data_json(answer, indent=None)
    return 1 if failed else 0


def _analysed(document: Document, key: object) -> dict[str, Any]:
    try:
        return to_dict(document, analyze(document))
    except Exception as error:
        # One text that brings the analysis down must not cost the others theirs; it is named in its answer.
        raise BadLineError(_("the analysis failed ({reason})").format(reason=type(error).__name__), key) from error


async def _line_document(line: bytes, worker: Worker, *, repair: bool) -> tuple[object, Document]:
    key, record = record_of(line)
    check_texts(record, key, "text", "html", "url", "title", "lead")
    headings = record.get("headings") or []
    if not isinstance(headings, list) or not all(isinstance(heading, str) for heading in headings):
        raise BadLineError(_("“{name}” is not a list of texts").format(name="headings"), key)
    if isinstance(record.get("html"), str):
        page = record["html"].encode("utf-8", "replace")
        address = record.get("url") or ""
        try:
            return key, await document_of(worker, page, address=address, content_type="text/html; charset=utf-8")
        except AnalysisError as error:
            raise BadLineError(describe(error)[0], key) from error
    if not isinstance(record.get("text"), str):
        raise BadLineError(_("neither “text” nor “html” is there"), key)
    return key, document_from_plain(
        record["text"],
        repair=repair,
        title=record.get("title") or "",
        lead=record.get("lead") or "",
        headings=tuple(headings),
    )
