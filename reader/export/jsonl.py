"""The machine interface: one article and its analysis as a dictionary of JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reader import __version__
from reader.model.analysis import Analysis, Reading, reading_minutes
from reader.model.article import Document
from reader.model.span import Span


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def to_dict(document: Document, analysis: Analysis) -> dict[str, Any]:
    """The object that ``lesart analyse`` prints; all offsets are code points into ``text``, ends exclusive."""
    return {
        "version": __version__,
        "title": document.title,
        "date": document.date,
        "authors": list(document.authors),
        "lead": document.lead,
        "text": document.text,
        "language": document.language,
        "completeness": analysis.completeness.value,
        "genre": analysis.genre.value,
        "reading_minutes": reading_minutes(document),
        "blocks": [{"kind": b.kind.value, "start": b.span.start, "end": b.span.end} for b in document.blocks],
        "key_points": [
            {
                "text": point.text,
                "spans": _pairs(point.spans),
                "sources": list(point.sources),
                "origin": point.origin.value,
                "evidence": [point.evidence.start, point.evidence.end] if point.evidence else None,
            }
            for point in analysis.key_points
        ],
        "sources": [
            {
                "id": source.id,
                "name": source.name,
                "kind": source.kind.value,
                "role": source.role,
                "via": source.via,
                "mentions": _pairs(source.mentions),
            }
            for source in analysis.sources
        ],
        "attributions": [
            {
                "content": _pairs(item.content),
                "cue": _pairs(item.cue),
                "speaker": _pairs(item.speaker),
                "source": item.source,
                "form": item.form.value,
                "confidence": round(item.confidence, 3),
                "why": item.why,
            }
            for item in analysis.attributions
        ],
        "notes": [note.value for note in analysis.notes],
    }


def article_dict(reading: Reading) -> dict[str, Any]:
    """The stored article's own facts, and the analysis under ``analysis`` (null while there is none)."""
    article = reading.article
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "fetched": article.fetched.isoformat(),
        "url": article.address or None,
        "read": article.read,
        "starred": article.starred,
        "analysis": to_dict(reading.document, reading.analysis) if reading.analysis else None,
    }
