"""Small articles and analyses for tests, each with only what the test is about."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.analysis import analyze
from reader.model.analysis import Reading
from reader.model.article import Article, Document
from reader.text.html import document_from_html

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def an_article(
    *,
    title: str = "Bad in Beispielheim wird umgebaut",
    address: str = "https://funkblatt.example/bad",
    outlet: str = "Funkblatt",
    authors: tuple[str, ...] = ("Ilse Brandt",),
    published: datetime | None = NOON,
) -> Article:
    """One stored entry."""
    return Article(
        id=7, feed_id=1, guid="g", address=address, title=title, outlet=outlet, authors=authors, published=published, fetched=NOON
    )  # fmt: skip


def a_document(html: str = "<p>Der Umbau beginnt im April, teilte die Stadt mit.</p>", title: str = "") -> Document:
    """The document of an HTML fragment."""
    return document_from_html(html, title=title)


def a_reading(html: str = "<p>Der Umbau beginnt im April, teilte die Stadt mit.</p>", **article: object) -> Reading:
    """An analysed article."""
    entry = an_article(**article)  # type: ignore[arg-type]
    document = a_document(html, title=entry.title)
    return Reading(entry, document, analyze(document))
