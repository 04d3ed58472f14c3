"""Readings built by hand: a text, and marks found by their words, so that drawing is tested without the analysis."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.model.analysis import (
    Analysis,
    Attribution,
    Completeness,
    Genre,
    KeyPoint,
    Note,
    PointOrigin,
    Reading,
    ReportForm,
    Source,
    SourceKind,
)
from reader.model.article import Article, ArticleRow, Block, BlockKind, Document, Link
from reader.model.span import Span

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def an_article(**changes: object) -> Article:
    values: dict[str, object] = {
        "id": 1,
        "feed_id": 1,
        "guid": "1",
        "address": "https://example.org/bruecke",
        "title": "Stadt sperrt die Brücke am Hafen",
        "outlet": "Beispielblatt",
        "published": datetime(2026, 3, 14, 9, 0, tzinfo=UTC),
        "fetched": datetime(2026, 3, 14, 9, 5, tzinfo=UTC),
    }
    return Article(**{**values, **changes})  # type: ignore[arg-type]


def a_row(**changes: object) -> ArticleRow:
    values: dict[str, object] = {
        "id": 1,
        "feed_id": 1,
        "title": "Stadt sperrt die Brücke am Hafen",
        "outlet": "Beispielblatt",
        "published": datetime(2026, 3, 14, 9, 0, tzinfo=UTC),
        "read": False,
        "starred": False,
    }
    return ArticleRow(**{**values, **changes})  # type: ignore[arg-type]


def a_document(*parts: tuple[BlockKind, str], links: tuple[tuple[str, str], ...] = (), **changes: object) -> Document:
    text = ""
    blocks = []
    before: BlockKind | None = None
    tight = (BlockKind.LIST, BlockKind.TABLE, BlockKind.SUMMARY)
    for kind, words in parts:
        if before is not None:
            text += "\n" if kind is before and kind in tight else "\n\n"
        blocks.append(Block(kind, Span(len(text), len(text) + len(words))))
        text += words
        before = kind
    found = tuple(Link(span_of(text, words), address) for words, address in links)
    return Document(text=text, blocks=tuple(blocks), links=found, **changes)  # type: ignore[arg-type]


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


BRIDGE = a_document(
    (BlockKind.LEAD, "Die Hafenbrücke bleibt bis zum Sommer gesperrt. Das meldet die Agentur dpa."),
    (BlockKind.SUMMARY, "Brücke bis Sommer gesperrt"),
    (BlockKind.SUMMARY, "Kosten noch offen"),
    (
        BlockKind.PARAGRAPH,
        "„Die Pfeiler sind nicht mehr sicher“, sagte Baudezernentin Ute Sommer am Freitag. Sie rechne mit einer"
        " Sperrung bis Juli. Der Umbau müsse acht Millionen Euro kosten, heißt es aus dem Rathaus.",
    ),
    (BlockKind.HEADING, "Was die Prüfer fanden"),
    (
        BlockKind.PARAGRAPH,
        "Laut dem Prüfbericht sind zwei Lager gerissen. Schon im Herbst soll ein Schiff gegen den Pfeiler gestoßen"
        " sein. Die Reederei äußerte sich nicht.",
    ),
    (BlockKind.LIST, "Umleitung über die Nordbrücke"),
    (BlockKind.LIST, "Busse fahren alle zwanzig Minuten"),
    (BlockKind.TABLE, "Abschnitt\tLänge"),
    (BlockKind.TABLE, "Nordrampe\t120 m"),
    (BlockKind.TABLE, "Hauptfeld\t85 m"),
    (BlockKind.QUOTE, "Eine Brücke ist so gut wie ihr schwächstes Lager."),
    (BlockKind.CREDIT, "Mit Material der dpa"),
    links=(("Nordbrücke", "https://example.org/nord"),),
    kicker="Verkehr",
    authors=("Jana Winter",),
)


def bridge_analysis(**changes: object) -> Analysis:
    text = BRIDGE.text

    def at(*words: str) -> tuple[Span, ...]:
        return tuple(span_of(text, word) for word in words)

    sources = (
        Source(id=1, name="dpa", kind=SourceKind.AGENCY, mentions=at("dpa")),
        Source(id=2, name="Ute Sommer", kind=SourceKind.PERSON, role="Baudezernentin", mentions=at("Ute Sommer")),
        Source(id=3, name="aus dem Rathaus", kind=SourceKind.ANONYMOUS, mentions=at("aus dem Rathaus")),
        Source(id=4, name="Prüfbericht", kind=SourceKind.DOCUMENT, mentions=at("dem Prüfbericht"), via=3),
        Source(id=5, name="Reederei", kind=SourceKind.INSTITUTION, mentions=at("Die Reederei")),
    )
    attributions = (
        Attribution(
            content=at("Die Hafenbrücke bleibt bis zum Sommer gesperrt"),
            cue=at("meldet"),
            speaker=at("die Agentur dpa"),
            source=1,
            form=ReportForm.INDIRECT,
            why="points_back",
        ),
        Attribution(
            content=at("Die Pfeiler sind nicht mehr sicher"),
            cue=at("sagte"),
            speaker=at("Baudezernentin Ute Sommer"),
            source=2,
            form=ReportForm.DIRECT,
            why="quote_frame",
        ),
        Attribution(content=at("Sie rechne mit einer Sperrung bis Juli"), source=2, form=ReportForm.SUBJUNCTIVE),
        Attribution(
            content=at("Der Umbau müsse acht Millionen Euro kosten"),
            cue=at("heißt es"),
            speaker=at("aus dem Rathaus"),
            source=3,
            form=ReportForm.INDIRECT,
        ),
        Attribution(
            content=at("sind zwei Lager gerissen"),
            cue=at("Laut"),
            speaker=at("dem Prüfbericht"),
            source=4,
            form=ReportForm.INDIRECT,
        ),
        Attribution(content=at("ein Schiff gegen den Pfeiler gestoßen sein"), cue=at("soll"), form=ReportForm.HEARSAY),
        Attribution(
            content=(), cue=at("äußerte sich nicht"), speaker=at("Die Reederei"), source=5, form=ReportForm.NO_COMMENT
        ),
    )
    points = (
        KeyPoint(
            text="Brücke bis Sommer gesperrt",
            spans=at("Brücke bis Sommer gesperrt"),
            sources=(1,),
            origin=PointOrigin.EDITORIAL,
            evidence=at("Die Hafenbrücke bleibt bis zum Sommer gesperrt.")[0],
        ),
        KeyPoint(text="Kosten noch offen", spans=at("Kosten noch offen"), origin=PointOrigin.EDITORIAL),
    )
    values: dict[str, object] = {
        "digest": BRIDGE.digest,
        "version": 1,
        "completeness": Completeness.FULL,
        "genre": Genre.NEWS,
        "sources": sources,
        "attributions": attributions,
        "key_points": points,
        "notes": (Note.NO_COMMENT,),
    }
    return Analysis(**{**values, **changes})  # type: ignore[arg-type]


def bridge_reading(**changes: object) -> Reading:
    return Reading(an_article(), BRIDGE, bridge_analysis(**changes))
