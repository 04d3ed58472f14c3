"""The demo edition: sound feeds, sound dates, and prose that shows everything the reader can show."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import pytest

from reader.analysis import analyze
from reader.demo import SITE, Edition, editions
from reader.feeds.parse import parse
from reader.library.entries import document_of
from reader.model.analysis import Analysis, Completeness, Genre, PointOrigin, ReportForm, SourceKind
from reader.model.article import RUNNING_KINDS, BlockKind, Document

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
SHORTENED = {"landtag", "koalitionsvertrag", "buchhandlung"}
"""The entries of which a feed sends the headline or the beginning only."""

FORMS = [pytest.param(form, id=form.value) for form in ReportForm]
KINDS = [pytest.param(kind, id=kind.value) for kind in SourceKind]


class Item(NamedTuple):
    name: str
    entry: Any
    html: str
    document: Document
    analysis: Analysis

    def words(self) -> int:
        running = (*RUNNING_KINDS, BlockKind.HEADING, BlockKind.TABLE, BlockKind.SUMMARY, BlockKind.NOTE)
        return sum(len(block.span.of(self.document.text).split()) for block in self.document.of_kind(*running))


def entries_of(edition: Edition) -> list[Any]:
    return list(feedparser.parse(edition.data).entries)


def moments_of(edition: Edition) -> list[datetime]:
    return [entry.published for entry in parse(edition.data).entries if entry.published is not None]


@cache
def items() -> dict[str, Item]:
    found = {}
    for edition in editions(NOW):
        feed = parse(edition.data)
        for entry in feed.entries:
            document = document_of(entry, feed)
            name = entry.guid.rpartition(":")[2]
            found[name] = Item(name, entry, entry.html, document, analyze(document))
    return found


def all_html() -> str:
    return "\n".join(item.html for item in items().values())


def test_five_feeds_stand_in_three_folders() -> None:
    found = editions(NOW)
    assert [edition.address for edition in found] == [
        "lesart:demo/politik",
        "lesart:demo/wirtschaft",
        "lesart:demo/technik",
        "lesart:demo/wissen",
        "lesart:demo/leben",
    ]
    assert {edition.folder for edition in found} == {"Nachrichten", "Technik und Wissen", "Leben"}


def test_every_feed_is_well_formed_and_one_is_atom() -> None:
    found = [feedparser.parse(edition.data) for edition in editions(NOW)]
    assert not any(feed.bozo for feed in found)
    assert sorted(feed.version for feed in found) == ["atom10", "rss20", "rss20", "rss20", "rss20"]


def test_every_feed_says_that_it_is_the_demo_edition() -> None:
    for edition in editions(NOW):
        feed = feedparser.parse(edition.data).feed
        assert feed.title == edition.title
        assert feed.title.endswith(" · Lesart-Demo")
        assert "Demoausgabe" in feed.subtitle


def test_feedparser_finds_every_article_of_the_folder() -> None:
    folder = Path(__file__).parents[2] / "reader" / "demo" / "articles"
    names = sorted(file.stem for file in folder.glob("*.html"))
    found = sorted(entry.id.rpartition(":")[2] for edition in editions(NOW) for entry in entries_of(edition))
    assert found == names
    assert len(names) >= 20


def test_ids_and_links_stay_when_time_goes_by() -> None:
    def names(now: datetime) -> list[tuple[str, str]]:
        return [(entry.id, entry.link) for edition in editions(now) for entry in entries_of(edition)]

    assert names(NOW) == names(NOW + timedelta(days=400))
    assert len(dict(names(NOW))) == len(names(NOW))
    assert all(link.startswith(SITE) for _, link in names(NOW))


def test_articles_are_between_forty_minutes_and_five_days_old_and_newest_come_first() -> None:
    for edition in editions(NOW):
        moments = moments_of(edition)
        assert len(moments) == len(entries_of(edition))
        assert moments == sorted(moments, reverse=True)
        assert all(timedelta(minutes=40) <= NOW - moment <= timedelta(days=5) for moment in moments)


def test_dates_move_with_now() -> None:
    later = NOW + timedelta(hours=7, minutes=3)
    for before, after in zip(editions(NOW), editions(later), strict=True):
        moved = zip(moments_of(before), moments_of(after), strict=True)
        assert {new - old for old, new in moved} == {later - NOW}


def test_a_local_time_zone_makes_the_same_moments() -> None:
    local = NOW.astimezone()
    assert [edition.data for edition in editions(local)] == [edition.data for edition in editions(NOW)]


def test_every_article_has_thirty_to_six_hundred_words() -> None:
    assert {
        item.name: item.words()
        for item in items().values()
        if item.name not in SHORTENED and not 30 <= item.words() <= 600
    } == {}


def test_one_article_is_long() -> None:
    assert 550 <= items()["mauerfall"].words() <= 600


def test_every_article_ends_with_the_mark_of_the_demo_edition() -> None:
    for item in items().values():
        last = item.document.blocks[-1]
        assert last.kind is BlockKind.CREDIT, item.name
        assert last.span.of(item.document.text).startswith("Lesart-Demoausgabe"), item.name


def test_every_link_and_picture_leads_to_the_reserved_domain() -> None:
    addresses = re.findall(r'(?:href|src)="([^"]*)"', all_html())
    assert addresses
    assert all(address.startswith(SITE) for address in addresses)


@pytest.mark.parametrize(
    "element",
    ["<table>", "<ol>", "<ul>", "<h2>", "<h3>", "<blockquote>", "<a href", "<figcaption>", "<img ", "<br><br>"],
)
def test_the_edition_shows_the_element(element: str) -> None:
    assert element in all_html()


@pytest.mark.parametrize("pair", ["„“", "‚‘", "»«", "«»", '""'])
def test_the_edition_shows_the_quotation_marks(pair: str) -> None:
    text = "\n".join(item.document.text for item in items().values())
    opening, closing = map(re.escape, pair)
    assert re.search(rf"{opening}\w[^„“‚‘«»\"]*[\w.,!?]{closing}", text)


def test_a_feed_sends_soft_hyphens_and_the_reader_takes_them_out() -> None:
    assert "&shy;" in items()["sms"].html
    assert "Mobiltelefon" in items()["sms"].document.text


def test_headlines_hold_brackets_ampersands_and_angles_unharmed() -> None:
    titles = [item.entry.title for item in items().values()]
    assert "Hartwig & Co.: Insider rechnen mit Marge < 3 Prozent" in titles
    assert sum(title.startswith("[") for title in titles) >= 3


def test_the_swiss_article_has_no_sharp_s_and_swiss_quotation_marks() -> None:
    text = items()["frauenstimmrecht"].document.text
    assert "ß" not in text
    assert "gross" in text
    assert re.search("«[^»]+»", text)


def test_each_article_says_whether_it_is_invented_or_looks_back() -> None:
    said = re.compile("erfunden|neu erzählt|zeitlos|Eine Meinung|nur den Anfang|nur die Überschrift")
    for item in items().values():
        text = item.document.text.replace("\xad", "")
        assert said.search(text[text.rindex("Lesart-Demo") :]), item.name


def test_the_editors_boxes_are_read_under_either_label() -> None:
    for name, count in (("wortlicht", 6), ("dieselaffaere", 4)):
        points = items()[name].analysis.key_points
        assert [point.origin for point in points] == [PointOrigin.EDITORIAL] * count


def test_articles_without_a_box_get_extracted_points() -> None:
    extracted = [
        item.name
        for item in items().values()
        if any(point.origin is PointOrigin.EXTRACTED for point in item.analysis.key_points)
    ]
    assert len(extracted) >= 15


def test_two_entries_are_teasers_and_one_has_a_headline_only() -> None:
    found = {name: items()[name].analysis.completeness for name in SHORTENED}
    assert found == {
        "landtag": Completeness.TITLE_ONLY,
        "koalitionsvertrag": Completeness.TEASER,
        "buchhandlung": Completeness.TEASER,
    }


@pytest.mark.parametrize(
    ("name", "genre"),
    [
        ("kommentar-absender", Genre.COMMENTARY),
        ("backstube", Genre.INTERVIEW),
        ("sohlen", Genre.ADVERTISEMENT),
        ("mauerfall", Genre.NEWS),
    ],
)
def test_kinds_of_text_are_told_apart(name: str, genre: Genre) -> None:
    assert items()[name].analysis.genre is genre


def test_a_correction_is_read_as_a_note() -> None:
    assert items()["bruecke"].document.of_kind(BlockKind.NOTE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_source_occurs(kind: SourceKind) -> None:
    assert any(source.kind is kind for item in items().values() for source in item.analysis.sources)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_occurs(form: ReportForm) -> None:
    assert any(mark.form is form for item in items().values() for mark in item.analysis.attributions)


def test_a_chain_leads_from_the_agency_to_the_insiders() -> None:
    analysis = items()["hartwig"].analysis
    insiders = next(source for source in analysis.sources if source.name == "Insider")
    through = analysis.source(insiders.via)
    assert insiders.kind is SourceKind.ANONYMOUS
    assert through is not None
    assert through.kind is SourceKind.AGENCY


def test_the_article_of_traps_has_no_mark() -> None:
    assert items()["nachtlaerm"].analysis.attributions == ()


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_no_five_words_in_a_row_come_from_the_founding_article(benchmarks: Path) -> None:
    """The facts are free, the sentences are their publisher's; names and the shape of a date may recur."""
    theirs = words_of((benchmarks / "seed" / "article.txt").read_text(encoding="utf-8"))
    taken = {tuple(theirs[n : n + 5]) for n in range(len(theirs) - 4)}
    for item in items().values():
        ours = words_of(f"{item.document.title} {item.document.text}")
        common = {tuple(ours[n : n + 5]) for n in range(len(ours) - 4)} & taken
        assert common == set(), item.name
