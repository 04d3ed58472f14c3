"""The demo edition, through the same path as a fetched feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from reader.library import Library
from reader.model.analysis import PointOrigin
from reader.model.query import ArticleQuery, View

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_its_articles_are_stored_analysed_and_findable(open_library: Callable[..., Library]) -> None:
    library = open_library(clock=lambda: NOW)
    count = library.load_demo()
    ids = library.ids(ArticleQuery())
    assert len(ids) == count == library.counts().total >= 16
    readings = [library.reading(article_id) for article_id in ids]
    assert all(reading.analysis is not None for reading in readings)
    assert all(reading.article.published is not None for reading in readings)
    assert all(reading.article.published <= NOW for reading in readings if reading.article.published)
    origins = {p.origin for r in readings if r.analysis for p in r.analysis.key_points}
    assert origins == {PointOrigin.EDITORIAL, PointOrigin.EXTRACTED}
    word = max(readings[0].document.text.split(), key=len).strip(".,;:„“")
    assert ids[0] in library.ids(ArticleQuery(search=f'"{word}"'))


def test_loading_it_twice_changes_nothing(open_library: Callable[..., Library]) -> None:
    now = NOW
    library = open_library(clock=lambda: now)
    count = library.load_demo()
    ids = library.ids(ArticleQuery()).tolist()
    library.mark_read(ids[:3])
    now += timedelta(days=3)
    assert library.load_demo() == count
    assert library.ids(ArticleQuery()).tolist() == ids
    assert library.ids(ArticleQuery(view=View.UNREAD)).tolist() == ids[3:]


async def test_refreshing_it_needs_no_network(open_library: Callable[..., Library]) -> None:
    library = open_library(clock=lambda: NOW)
    library.load_demo()
    report = await library.refresh(force=True)
    assert {result.status for result in report.results} == {"unchanged"}
    assert all(not feed.error for feed in library.feeds())
