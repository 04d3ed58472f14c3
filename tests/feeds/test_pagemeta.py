"""What a page says about itself."""

from __future__ import annotations

import json

import lxml.html
import pytest

from reader.feeds.pagedates import moment
from reader.feeds.pagemeta import PageMeta, read_meta


def meta(head: str = "", body: str = "", *, address: str = "https://www.funkblatt.example/freibad") -> PageMeta:
    return read_meta(lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"), address)


def json_ld(**statements: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **statements})}</script>'


def og(title: str) -> str:
    return f"<meta property='og:title' content='{title}'>"


# Headline.


@pytest.mark.parametrize(
    "title",
    [
        "Freibad wird umgebaut | Funkblatt",
        "Freibad wird umgebaut - funkblatt.example",
        "Freibad wird umgebaut – Lokales – Funkblatt",
        "Freibad wird umgebaut, Tageszeitung Funkblatt, 05.03.2024",
        "Freibad wird umgebaut | Lokales | Nachrichten aus Beispielstadt",
        "Funkblatt | Freibad wird umgebaut",
        "Freibad wird umgebaut - News - Funkblatt online",
    ],
)
def test_the_outlets_name_beside_the_title_goes(title: str) -> None:
    assert meta(f"{og(title)}<meta property='og:site_name' content='Funkblatt'>").title == "Freibad wird umgebaut"


@pytest.mark.parametrize(
    "title",
    [
        "Ein Sommer ohne Freibad – was nun?",
        "Freibad - Hallenbad - Badesee",
        "Kosten steigen: 12 Mio. Euro",
        "Streit um Freibad – Das Funkblatt in der Kritik",
    ],
)
def test_a_dash_in_the_title_stays(title: str) -> None:
    assert meta(og(title)).title == title


def test_the_title_is_the_one_for_sharing_before_the_one_for_search_engines() -> None:
    found = meta(
        og("Das Freibad wird umgebaut") + json_ld(headline="Freibad Umbau: Alle Infos"),
        "<h1>Freibad Umbau: Alle Infos</h1>",
    )
    assert found.title == "Das Freibad wird umgebaut"
    assert "Freibad Umbau: Alle Infos" in found.titles


def test_a_newsroom_that_keeps_two_headlines_apart_means_the_first() -> None:
    head = og("Freibad Umbau: Alle Infos") + json_ld(
        headline="Das Freibad wird umgebaut", alternativeHeadline="Umbau im Freibad"
    )
    assert meta(head, "<h1>Freibad Umbau: Alle Infos</h1>").title == "Das Freibad wird umgebaut"


def test_a_title_cut_at_a_quotation_mark_is_taken_from_the_page() -> None:
    found = meta("<meta property='og:title' content='Rat nennt Umbau '>", '<h1>Rat nennt Umbau "alternativlos"</h1>')
    assert found.title == 'Rat nennt Umbau "alternativlos"'


def test_the_kicker_in_or_above_the_heading_is_told_apart() -> None:
    inside = meta("", "<h1><span class='article-kicker'>Beispielstadt</span> <span>Freibad wird umgebaut</span></h1>")
    above = meta("", "<p class='dachzeile'>Beispielstadt</p><h1>Freibad wird umgebaut</h1>")
    assert (inside.kicker, inside.title) == (above.kicker, above.title) == ("Beispielstadt", "Freibad wird umgebaut")


def test_a_date_in_the_kicker_is_no_part_of_it_and_its_parts_are_parted() -> None:
    found = meta(
        "", "<p class='topline'><a>Politik</a><a>Beispielland</a> 20. Juni 2019</p><h1>Freibad wird umgebaut</h1>"
    )
    assert found.kicker == "Politik Beispielland"


def test_a_kicker_that_is_part_of_the_title_stays_there() -> None:
    found = meta(
        og("Beispielstadt: Freibad wird umgebaut"),
        "<p class='dachzeile'>Beispielstadt</p><h1>Freibad wird umgebaut</h1>",
    )
    assert (found.kicker, found.title) == ("", "Beispielstadt: Freibad wird umgebaut")


def test_the_mark_of_paid_articles_becomes_a_label() -> None:
    found = meta(og("funk+ | Freibad wird umgebaut"))
    assert found.title == "Freibad wird umgebaut"
    assert "funk+" in found.labels


def test_entities_that_were_escaped_twice_are_resolved() -> None:
    assert meta(json_ld(headline="Bäder &amp; &quot;Seen&quot;")).title == 'Bäder & "Seen"'


# Authors.


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ilse Brandt"}, ("Ilse Brandt",)),
        ([{"name": "Ilse Brandt"}, [{"name": "Jost Ohlsen"}]], ("Ilse Brandt", "Jost Ohlsen")),
        ("Von Ilse Brandt und Jost Ohlsen, dpa", ("Ilse Brandt", "Jost Ohlsen", "dpa")),
        ({"givenName": "Ilse", "familyName": "Brandt"}, ("Ilse Brandt",)),
        ({"name": "Gastautorin Ilse Brandt"}, ("Ilse Brandt",)),
        ({"name": "Ilse Brandt (Text)"}, ("Ilse Brandt",)),
        ({"name": "Funkblatt", "logo": {"url": "x"}}, ()),
        ({"name": "Beispiel Mediengruppe"}, ()),
        ({"name": "https://www.funkblatt.example/autoren"}, ()),
    ],
)
def test_authors_are_read_from_json_ld(author: object, names: tuple[str, ...]) -> None:
    assert meta(json_ld(author=author)).authors == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>Von Ilse Brandt</p>", ("Ilse Brandt",)),
        ("<span>Von Ilse Brandt und Jost Ohlsen</span>", ("Ilse Brandt", "Jost Ohlsen")),
        ("<p>Von Ilse Brandt, Beispielstadt</p>", ("Ilse Brandt",)),
        ("<p>Von Ilse Brandt, dpa</p>", ("Ilse Brandt", "dpa")),
        (
            "<div class='author-box'><a rel='author' href='/x'>Ilse Brandt</a><span>Redakteurin Lokales</span></div>",
            ("Ilse Brandt",),
        ),
        ("<ul><li><strong>Autorin/Autor</strong> Ilse Brandt</li></ul>", ("Ilse Brandt",)),
        ("<p>Autor: Dr. Jost Ohlsen</p>", ("Dr. Jost Ohlsen",)),
        ("<div class='teaser'><p>Von Ute Meinel</p></div>", ()),
        ("<p>Von April an wird gebaut.</p>", ()),
        ("<p class='byline'>Aktualisiert am 5. März</p>", ()),
    ],
)
def test_authors_are_read_from_the_line_near_the_heading(byline: str, names: tuple[str, ...]) -> None:
    assert meta("", f"<header><h1>Freibad wird umgebaut</h1>{byline}</header>").authors == names


def test_the_outlet_is_its_own_author_only_where_nobody_else_is_named() -> None:
    outlet = json_ld(author={"@type": "Organization", "name": "funkblatt.example"})
    assert meta(outlet).authors == ("funkblatt.example",)
    assert meta(outlet, "<div><h1>Titel</h1><p>Von Ilse Brandt</p></div>").authors == ("Ilse Brandt",)
    assert meta("<meta name='author' content='Funkblatt'>").authors == ()


# Dates.


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-03-05T10:15:00+01:00", "2024-03-05T10:15:00+01:00"),
        ("2024-03-05T09:15:00.123Z", "2024-03-05T09:15:00+00:00"),
        ("2024-03-05T10:15:00+0100", "2024-03-05T10:15:00+01:00"),
        ("2024-03-05 10:15", "2024-03-05T10:15:00+01:00"),
        ("2024-07-05T10:15:00", "2024-07-05T10:15:00+02:00"),
        ("2024-03-05", "2024-03-05"),
        ("06.01.2026", "2026-01-06"),
        ("5. März 2024", "2024-03-05"),
        ("1. Mai 2024", "2024-05-01"),
        ("21. Dezember 2024, 19:43 Uhr", "2024-12-21T18:43:00+00:00"),
        ("05.03.2024 - 10.15 Uhr", "2024-03-05T09:15:00+00:00"),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T17:20:36+00:00"),
        ("Sa, 21 Dez 2024 19:43:00 MEZ", "2024-12-21T18:43:00+00:00"),
        ("2024-13-45T10:00", None),
        ("0001-01-01", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_dates_are_read_to_the_minute_and_in_german_time(written: str, iso: str | None) -> None:
    assert moment(written) == iso


def test_json_ld_comes_first_then_the_head_then_the_page() -> None:
    in_head = "<meta property='article:published_time' content='2024-03-05T10:15:00+01:00'>"
    on_page = "<div><h1>Titel</h1><p>Stand: 07.03.2024, 12:30 Uhr</p></div>"
    stated = json_ld(datePublished="2024-03-04T08:00:00+01:00")
    assert meta(in_head + stated, on_page).date == "2024-03-04T08:00:00+01:00"
    assert meta(in_head, on_page).date == "2024-03-05T10:15:00+01:00"
    assert meta("", on_page).date == "2024-03-07T11:30:00+00:00"


def test_a_bare_day_takes_its_hour_from_the_same_day_alone() -> None:
    stated = json_ld(datePublished="2024-03-05")
    same = "<time datetime='2024-03-05T10:15:00+01:00'>5. März</time>"
    other = "<time datetime='2024-09-01T10:15:00+02:00'>1. September</time>"
    assert meta(stated, same).date == "2024-03-05T10:15:00+01:00"
    assert meta(stated, other).date == "2024-03-05"


def test_the_day_of_a_teaser_beside_the_text_is_not_that_of_the_article() -> None:
    assert meta("", "<aside><time datetime='2019-01-01T08:00:00Z'></time></aside>").date is None


# Labels and teasers.


def test_access_section_type_and_opinion_are_labels() -> None:
    head = json_ld(isAccessibleForFree="http://schema.org/False", articleSection=["Lokales"]) + (
        "<meta property='article:opinion' content='true'><meta property='article:content_tier' content='metered'>"
    )
    assert meta(head).labels == (
        "isAccessibleForFree=false",
        "Lokales",
        "@type=NewsArticle",
        "Meinung",
    )


def test_whole_teasers_come_before_cut_ones() -> None:
    head = "<meta name='description' content='Der Rat hat …'><meta property='og:description' content='Der Rat hat entschieden.'>"
    assert meta(head).teasers == ("Der Rat hat entschieden.", "Der Rat hat …")


def test_the_object_of_this_article_is_told_from_that_of_another() -> None:
    head = json_ld(headline="Etwas anderes", datePublished="2019-01-01") + json_ld(
        headline="Freibad", datePublished="2024-03-05"
    )
    assert meta(head, "<h1>Freibad</h1>").date == "2024-03-05"


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", "null", "[" * 5000, '{"@type": {"@type": 3}}', '{"@graph": [null, 1, {"@type": ["Article"]}]}'],
)
def test_broken_json_ld_costs_nothing_else(broken: str) -> None:
    assert meta(f'<script type="application/ld+json">{broken}</script>{og("Freibad")}').title == "Freibad"


@pytest.mark.parametrize(
    ("beside", "label"),
    [
        ("<span class='kicker'>Kommentar</span>", "Kommentar"),
        ("<div>Interview</div>", "Interview"),
        ("<div class='mark_anzeige'>Anzeige</div>", "Anzeige"),
    ],
)
def test_what_the_page_calls_the_text_beside_the_heading_is_a_label(beside: str, label: str) -> None:
    assert label in meta("", f"<header>{beside}<h1>Freibad</h1></header>").labels


def test_an_advertisement_beside_the_heading_does_not_make_the_text_one() -> None:
    assert meta("", "<header><h1>Freibad</h1><div class='ad-slot'>Anzeige</div></header>").labels == ()


def test_a_line_that_says_little_but_the_date_comes_before_one_that_tells_a_story() -> None:
    body = "<main><h1>Freibad</h1><p>Am 24. April 2023 begann der Streit um das Bad.</p><li>28.04.2023</li></main>"
    assert meta("", body).date == "2023-04-28"
    assert meta("", "", address="https://funkblatt.example/2023/04/28/freibad/").date == "2023-04-28"
