"""Agencies that stand for the whole text: datelines, end marks, credit lines ("Mit Agenturmaterial", "© dpa")."""

from __future__ import annotations

import re

from reader.analysis.lexicon import media_names
from reader.model.analysis import SourceKind
from reader.model.article import RUNNING_KINDS, BlockKind, Document
from reader.model.span import Span

# Datelines: Mainz (dpa) - and BERLIN taz | and dpa Berlin.
_DATELINE = re.compile(
    r"\s*(?:[A-ZÄÖÜ][\w./-]*(?:[ /][A-ZÄÖÜ][\w./-]*){0,3}\s*)?"
    r"[(\[]?(?P<name>[A-Za-zÄÖÜäöü-]{2,12})[)\]]?\s*[–—|-]{1,2}\s"
)
_END_MARK = re.compile(
    r"(?:[(\[]|\s|©\s?)(?P<names>[A-Za-zÄÖÜäöü-]{2,14}(?:[/,]\s?[A-Za-zÄÖÜäöü-]{2,14}){0,3})[)\]]?\.?\s*$"
)
_GENERIC = re.compile(r"\bagentur(?:material|en|meldungen)\b", re.IGNORECASE)


def agency_credits(document: Document) -> list[tuple[str, Span]]:
    """(name, where it stands) of every agency whose copy the text is or uses, in text order, each once."""
    found: dict[str, Span] = {}
    text = document.text
    for block in document.blocks:
        if block.kind is BlockKind.CREDIT:
            for match in re.finditer(r"[A-Za-zÄÖÜäöü]{2,}(?:-[A-Za-zÄÖÜäöü]+)*", block.span.of(text)):
                _note(found, match.group(), block.span.start + match.start())
            generic = _GENERIC.search(text, block.span.start, block.span.end)
            if generic is not None and not found:
                found["Agenturmaterial"] = Span(generic.start(), generic.end())
    running = [block for block in document.blocks if block.kind in RUNNING_KINDS]
    if running:
        _dateline(found, text, running[0].span)
        _end_mark(found, text, running[-1].span)
    return sorted(found.items(), key=lambda item: item[1].start)


def _dateline(found: dict[str, Span], text: str, span: Span) -> None:
    match = _DATELINE.match(text, span.start, min(span.end, span.start + 80))
    if match is not None:
        _note(found, match["name"], match.start("name"))


def _end_mark(found: dict[str, Span], text: str, span: Span) -> None:
    begin = max(span.start, span.end - 60)
    match = _END_MARK.search(text, begin, span.end)
    if match is None:
        return
    bracketed = text[match.start()] in "([©" or text[begin : match.start()].rstrip().endswith((".", "“", "”", "!", "?"))
    if bracketed:
        for name in re.finditer(r"[A-Za-zÄÖÜäöü-]{2,}", match["names"]):
            _note(found, name.group(), match.start("names") + name.start())


def _note(found: dict[str, Span], name: str, start: int) -> None:
    known = media_names()
    for candidate in (name, name.upper(), name.lower()):
        if known.get(candidate) is SourceKind.AGENCY:
            found.setdefault(candidate, Span(start, start + len(name)))
            return
