"""``lesart analyse``: a text or page in, who says so and what matters most out."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.analysis import analyze
from reader.cli.output import data, data_json, say, wants_colour, width
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, AnalysisError, LesartError, UsageError
from reader.export.jsonl import to_dict
from reader.i18n import _, describe
from reader.library.analyst import Worker
from reader.library.exports import Format, render
from reader.library.pages import document_of, page_worker
from reader.model.analysis import Reading
from reader.model.article import Article, Document
from reader.paths import Paths
from reader.text.page import decode, looks_like_html
from reader.text.plain import document_from_plain
from reader.text.sanitize import looks_binary

_MOST_BYTES = 16 * 1024 * 1024
_LONGEST_LINE = 2_000_000
"""Bytes of one JSON line; a long newspaper article has 60,000."""
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
    document = _document(options, places, settings)
    if options.format == "json":
        data_json(to_dict(document, analyze(document)))
        return 0
    reading = Reading(_article(document, options.input), document, analyze(document))
    if options.format == "markdown":
        sys.stdout.write(render(reading, Format.MARKDOWN))
    else:
        from reader.cli.reading import lines

        for line in lines(reading, width(), reading.article.fetched, colour=wants_colour()):
            data(line)
    return 0


def _document(options: argparse.Namespace, places: Paths, settings: Config) -> Document:
    if _ADDRESS.match(options.input):
        with opened(places, settings) as library:
            return asyncio.run(library.document_at(options.input))
    raw = _read(options.input)
    # What the person kept character for character must not be decoded into something else: strict UTF-8 comes first.
    if not raw.strip():
        raise LesartError(N_("{name} is empty."), hint=N_("There is nothing to analyse."), name=_shown(options.input))
    if looks_binary(raw):
        raise LesartError(
            N_("{name} holds no text."), hint=N_("Plain text or HTML is expected."), name=_shown(options.input)
        )
    text = decode(raw)
    if looks_like_html(text):
        return asyncio.run(_page_document(raw))
    return document_from_plain(text, repair=not options.no_repair)


async def _page_document(page: bytes) -> Document:
    async with page_worker() as worker:
        return await document_of(worker, page)


def _read(name: str) -> bytes:
    """At most 16 MB of a file or of standard input."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).expanduser().open("rb") as file:
                raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise LesartError(
            N_("{name} cannot be read."),
            detail=error.strerror or str(error),
            hint=N_("Name a file, an address with https://, or - for what comes through a pipe."),
            name=_shown(name),
        ) from error
    if len(raw) > _MOST_BYTES:
        raise LesartError(
            N_("{name} is larger than {size} MB."),
            hint=N_("Nothing was analysed. Part the text."),
            name=_shown(name),
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
        for number, line in _lines(name):
            try:
                key, document = await _line_document(line, worker, repair=repair)
                answer: dict[str, Any] = {"id": key, **_analysed(document, key)}
            except _BadLineError as error:
                failed += 1
                answer = {"id": error.key, "error": str(error)}
                say(_("Line {number}: {problem}").format(number=number, problem=error))
            data_json(answer, indent=None)
    return 1 if failed else 0


def _lines(name: str) -> Iterator[tuple[int, bytes]]:
    try:
        with sys.stdin.buffer if name == "-" else Path(name).expanduser().open("rb") as file:
            number = 0
            while line := file.readline(_MOST_BYTES):
                number += 1
                while not line.endswith(b"\n") and (rest := file.readline(_MOST_BYTES)):
                    # The rest of a line that is too long is passed over; what is left of it is too long to be valid.
                    line = line[: _LONGEST_LINE + 1] + (b"\n" if rest.endswith(b"\n") else b"")
                if line.strip():
                    yield number, line
    except OSError as error:
        raise LesartError(
            N_("{name} cannot be read."), detail=error.strerror or str(error), name=_shown(name)
        ) from error


def _shown(name: str) -> str:
    return _("standard input") if name == "-" else name


def _analysed(document: Document, key: object) -> dict[str, Any]:
    try:
        return to_dict(document, analyze(document))
    except Exception as error:
        # One text that brings the analysis down must not cost the others theirs; it is named in its answer.
        raise _BadLineError(_("the analysis failed ({reason})").format(reason=type(error).__name__), key) from error


class _BadLineError(Exception):
    def __init__(self, message: str, key: object = None) -> None:
        super().__init__(message)
        self.key = key


async def _line_document(line: bytes, worker: Worker, *, repair: bool) -> tuple[object, Document]:
    if len(line) > _LONGEST_LINE:
        raise _BadLineError(_("longer than {size} MB").format(size=_LONGEST_LINE // 1_000_000))
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _BadLineError(_("not UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise _BadLineError(_("not JSON")) from error
    if not isinstance(record, dict):
        raise _BadLineError(_("not a JSON object"))
    key = record.get("id")
    if not isinstance(key, str | int) or isinstance(key, bool):
        raise _BadLineError(_("“id” is missing"))
    for name in ("text", "html", "url", "title", "lead"):
        if not isinstance(record.get(name) or "", str):
            raise _BadLineError(_("“{name}” is not a text").format(name=name), key)
    headings = record.get("headings") or []
    if not isinstance(headings, list) or not all(isinstance(heading, str) for heading in headings):
        raise _BadLineError(_("“{name}” is not a list of texts").format(name="headings"), key)
    if isinstance(record.get("html"), str):
        page = record["html"].encode("utf-8", "replace")
        address = record.get("url") or ""
        try:
            return key, await document_of(worker, page, address=address, content_type="text/html; charset=utf-8")
        except AnalysisError as error:
            raise _BadLineError(describe(error)[0], key) from error
    if not isinstance(record.get("text"), str):
        raise _BadLineError(_("neither “text” nor “html” is there"), key)
    return key, document_from_plain(
        record["text"],
        repair=repair,
        title=record.get("title") or "",
        lead=record.get("lead") or "",
        headings=tuple(headings),
    )
