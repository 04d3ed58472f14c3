"""A whole page in, the article out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.feeds.fulltext import Hint, article_from_page, read_page
from reader.model.article import BlockKind
from tests.feeds.pages import PARAGRAPHS, TITLE, a_page, blocks, of_kind

RUNNING = (BlockKind.LEAD, BlockKind.PARAGRAPH)


def test_the_paragraphs_come_in_order_and_menus_and_footers_do_not() -> None:
    assert of_kind(article_from_page(a_page()), *RUNNING) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Lesen Sie auch: <a href='/x'>Warum das Hallenbad geschlossen bleibt</a></p>",
        "<h3>Auch interessant</h3><ul><li><a href='/a'>Das Hallenbad</a></li><li><a href='/b'>Der Badesee</a></li></ul>",
        "<p>Mehr zum Thema: <a href='/x'>Alle Bäder im Überblick</a></p>",
        "<p>&gt;&gt; Hier finden Sie alle Bäder der Region</p>",
        "<div><h3>Empfohlener redaktioneller Inhalt</h3><p>Mit Ihrer Zustimmung wird hier ein externer Inhalt geladen.</p></div>",
        "<p>Jetzt unseren kostenlosen Newsletter abonnieren und nichts mehr verpassen!</p>",
        "<p>Lesedauer: 4 Minuten</p>",
        "<p>Folgen Sie uns auf WhatsApp und Instagram.</p>",
        "<p><a href='/x'>Freibad: So teuer wird der Eintritt in diesem Sommer</a></p>",
        "<div class='newsletter-box'><p>Unser Wochenblick kommt jeden Freitag in Ihr Postfach.</p></div>",
    ],
)
def test_links_offers_and_consent_texts_between_paragraphs_do_not_show(line: str) -> None:
    assert [text for _, text in blocks(article_from_page(a_page(inside=line)))] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "Mehr als 200 Menschen kamen zur Sitzung, so viele wie selten zuvor.",
        "Weitere Informationen bietet der Bericht der Verwaltung, den der Rat am Freitag veröffentlicht.",
        "»Das ist ein guter Tag für die Stadt«, sagte Bürgermeisterin Eva Lohse nach der Abstimmung.",
        "Anzeigen gingen bei der Polizei nach der Sitzung nicht ein, wie eine Sprecherin sagte.",
    ],
)
def test_sentences_that_only_begin_like_furniture_stay(line: str) -> None:
    assert line in of_kind(article_from_page(a_page(inside=f"<p>{line}</p>")), BlockKind.PARAGRAPH)


def test_a_box_that_opens_with_an_offer_goes_as_a_whole() -> None:
    offer = (
        "<div class='bg'><h3>Zwei Wochen kostenlos testen</h3><p>Wer wissen will, was in der Stadt geschieht, liest das "
        "Funkblatt. Es kommt jeden Morgen, und nach zwei Wochen ist Schluss, ganz von selbst.</p></div>"
    )
    assert of_kind(article_from_page(a_page(after=offer)), *RUNNING) == list(PARAGRAPHS)


def test_elements_keep_their_kind() -> None:
    inside = (
        "<h2>Was gebaut wird</h2><ul><li>das große Becken</li><li>die Umkleiden</li></ul>"
        "<blockquote><p>Wir fangen im April an, und zwar pünktlich.</p></blockquote>"
        "<table><tr><th>Jahr</th><th>Euro</th></tr><tr><td>2024</td><td>7 Millionen</td></tr></table>"
    )
    assert blocks(article_from_page(a_page(inside=inside)))[2:7] == [
        ("heading", "Was gebaut wird"),
        ("list", "das große Becken"),
        ("list", "die Umkleiden"),
        ("quote", "Wir fangen im April an, und zwar pünktlich."),
        ("table", "Jahr\tEuro"),
    ]


def test_captions_are_told_from_paragraphs_by_element_name_or_words() -> None:
    inside = (
        "<figure><img src='a.jpg'><figcaption>Das alte Becken im Herbst</figcaption></figure>"
        "<div class='image-caption'>Die Umkleiden von 1962 stehen seit Jahren leer.</div>"
        "<p>Der Eingang soll ganz verschwinden und neu gebaut werden (Archivbild). © Jo Kern</p>"
    )
    document = article_from_page(a_page(inside=inside))
    assert of_kind(document, *RUNNING) == list(PARAGRAPHS)
    assert set(of_kind(document, BlockKind.CAPTION)) <= {
        "Das alte Becken im Herbst",
        "Die Umkleiden von 1962 stehen seit Jahren leer.",
        "Der Eingang soll ganz verschwinden und neu gebaut werden (Archivbild). © Jo Kern",
    }


def test_links_are_absolute_and_keep_their_words() -> None:
    inside = "<p>Das steht in einem <a href='/gutachten'>Gutachten</a>, das der Rat vor der Sitzung erhalten hatte.</p>"
    document = article_from_page(a_page(inside=inside), address="https://funkblatt.example/freibad")
    assert [(link.span.of(document.text), link.address) for link in document.links] == [
        ("Gutachten", "https://funkblatt.example/gutachten")
    ]


def test_paragraphs_between_line_breaks_are_paragraphs() -> None:
    document = article_from_page(a_page(body="<br/><br/>".join(PARAGRAPHS)))
    assert of_kind(document, *RUNNING) == list(PARAGRAPHS)


def test_a_drop_cap_belongs_to_its_word() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
    first = f"<p><span class='initial'>D</span> er{PARAGRAPHS[0][3:]}</p>"
    assert of_kind(article_from_page(a_page(body=first + body)), *RUNNING)[0] == PARAGRAPHS[0]


def test_sub_headlines_that_are_jump_marks_stay_and_the_contents_list_goes() -> None:
    contents = "<ul><li><a href='#a'>Was gebaut wird</a></li><li><a href='#b'>Wer dagegen ist</a></li></ul>"
    parts = [f"<p>{text}</p>" for text in PARAGRAPHS]
    body = (
        f"{parts[0]}{contents}{parts[1]}<h3><a id='a' href='#top'>Was gebaut wird</a></h3>{parts[2]}"
        f"<h3><a id='b' href='#top'>Wer dagegen ist</a></h3>{parts[3]}{parts[4]}"
    )
    document = article_from_page(a_page(body=body))
    assert of_kind(document, BlockKind.HEADING) == ["Was gebaut wird", "Wer dagegen ist"]
    assert of_kind(document, BlockKind.LIST) == []


def test_what_screen_readers_hear_of_links_is_not_read() -> None:
    inside = (
        "<p>Das Land hat <a href='/x'>zugestimmt<span>(öffnet im neuen Fenster)</span></a>, wie es am Abend hieß.</p>"
    )
    assert "Das Land hat zugestimmt, wie es am Abend hieß." in article_from_page(a_page(inside=inside)).text


# The lead.

TEASER = "Zwölf Millionen Euro, zwei Jahre, viel Streit: Das Freibad von Beispielstadt wird von Grund auf erneuert."


@pytest.mark.parametrize(
    "before",
    [
        f"<p class='lead'>{TEASER}</p>",
        f"<div class='article-intro'><p>{TEASER}</p></div>",
        f"<h2>{TEASER}</h2>",
        f"<p>{TEASER}</p>",
    ],
)
def test_the_lead_on_the_page_opens_the_article_once(before: str) -> None:
    document = article_from_page(a_page(before=before, head=f"<meta name='description' content='{TEASER}'>"))
    assert document.lead == TEASER
    assert document.text.count(TEASER) == 1
    assert of_kind(document, BlockKind.PARAGRAPH) == list(PARAGRAPHS)


def test_a_lead_that_stands_in_the_head_alone_is_put_before_the_text() -> None:
    document = article_from_page(a_page(head=f"<meta property='og:description' content='{TEASER}'>"))
    assert blocks(document)[0] == ("lead", TEASER)


@pytest.mark.parametrize("teaser", [TEASER[:60] + " ...", "Freibad", PARAGRAPHS[0]])
def test_a_description_that_is_cut_short_or_told_already_is_no_lead(teaser: str) -> None:
    document = article_from_page(a_page(head=f"<meta name='description' content='{teaser}'>"))
    assert of_kind(document, *RUNNING) == list(PARAGRAPHS)


def test_the_hint_speaks_where_the_page_is_silent() -> None:
    page = (
        a_page().replace(f"<h1>{TITLE}</h1>".encode(), b"").replace(f"<title>{TITLE} | Funkblatt</title>".encode(), b"")
    )
    hint = Hint(title="Das Freibad", teaser=TEASER, authors=("Ilse Brandt",), date="2024-03-05")
    document = article_from_page(page, hint=hint)
    assert (document.title, document.lead, document.authors, document.date) == (
        "Das Freibad",
        TEASER,
        ("Ilse Brandt",),
        "2024-03-05",
    )
    assert article_from_page(a_page(), hint=hint).title == TITLE


# Summary boxes, by each label and shape of the table.

POINTS = ("Der Rat stimmt für den Umbau des Freibads", "Die Arbeiten dauern zwei Jahre", "Das Land zahlt ein Drittel")
ITEMS = "".join(f"<li>{point}</li>" for point in POINTS)


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>Darum gehts</h3><div><ul>{''.join(f'<li><p>{p}</p></li>' for p in POINTS)}</ul></div></div>",
        f"<h2 class='subtitle'>Das Wichtigste in Kürze:</h2><div><ul class='enumeration'>{ITEMS}</ul></div>",
        f"<p><b>Die wichtigsten Punkte im Überblick</b></p><ul>{ITEMS}</ul>",
        f"<div class='SummaryList'><strong class='title'>In Kürze:</strong><ul>{ITEMS}</ul></div>",
        f"<div class='summary_box'><b>Zusammenfassung</b><div class='list'><ul>{ITEMS}</ul></div></div>",
        f"<div><button>In Kürze</button><div id='panel-bullet' class='card card--bullets' hidden><ul>{ITEMS}</ul></div></div>",
        f"<div class='bi-bulletpoints'>{''.join(f'<p>{p}</p>' for p in POINTS)}</div>",
        f"<div type='typeInfoboxSummary'><ul>{ITEMS}</ul></div>",
        f"<aside class='key-facts'><h4>Kurz und knapp</h4><ol>{ITEMS}</ol></aside>",
    ],
)
@pytest.mark.parametrize("place", ["before", "inside", "after"])
def test_the_editors_box_is_kept_as_theirs_and_is_no_running_text(box: str, place: str) -> None:
    document = article_from_page(a_page(**{place: box}))
    assert of_kind(document, BlockKind.SUMMARY) == list(POINTS)
    assert of_kind(document, BlockKind.HEADING, BlockKind.LIST, *RUNNING) == list(PARAGRAPHS)


def test_whole_sentences_listed_before_the_text_are_the_editors_points() -> None:
    sentences = [f"{point}, wie die Verwaltung sagt." for point in POINTS]
    listed = f"<p>{TEASER}</p><ul>{''.join(f'<li>{s}</li>' for s in sentences)}</ul>"
    document = article_from_page(a_page(body=listed + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)))
    assert of_kind(document, BlockKind.SUMMARY) == sentences


@pytest.mark.parametrize(
    "no_box",
    [
        "<div><h3>Auf einen Blick</h3><ul><li><a href='/a'>Politik heute</a></li><li><a href='/b'>Sport heute</a></li></ul></div>",
        "<div class='summary'><p>Ein Satz über das Freibad, der als Vorspann dient und keine Liste ist.</p></div>",
        f"<p>Der Rat hat drei Dinge beschlossen:</p><ul>{ITEMS}</ul>",
        f"<h2>Was jetzt kommt</h2><ul>{ITEMS}</ul>",
        "<p>Zusammenfassung</p><p>Der Rat ist sich einig, und das Freibad wird nun umgebaut.</p>",
    ],
)
def test_menus_lists_and_teasers_are_no_box(no_box: str) -> None:
    assert of_kind(article_from_page(a_page(inside=no_box)), BlockKind.SUMMARY) == []


# Credits and notes.


@pytest.mark.parametrize("mark", ["(dpa)", "(mit Material von AFP)", "(mdo)", "(ino/jwu)", "(dpa/lby)"])
def test_the_mark_at_the_end_becomes_a_credit(mark: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:-1]) + f"<p>{PARAGRAPHS[-1]} {mark}</p>"
    document = article_from_page(a_page(body=body))
    assert of_kind(document, BlockKind.CREDIT) == [mark]
    assert of_kind(document, *RUNNING) == list(PARAGRAPHS)


def test_brackets_that_close_a_sentence_are_no_mark() -> None:
    last = "Am Ende stimmten auch die Grünen dem Umbau des Freibads zu, sagte ihr Fraktionschef Rolf Hase (SPD)"
    body = "".join(f"<p>{text}</p>" for text in (*PARAGRAPHS[:-1], last))
    assert of_kind(article_from_page(a_page(body=body)), BlockKind.CREDIT) == []


@pytest.mark.parametrize(
    "line", ["Quelle: dpa", "Quelle: funkblatt.example, jwu/dpa", "© dpa-infocom, dpa:240516-99-53606/3 (dpa)"]
)
def test_a_line_of_credits_behind_the_text_is_kept(line: str) -> None:
    document = article_from_page(a_page(after=f"<p class='source'>{line}</p>"))
    assert of_kind(document, BlockKind.CREDIT) == [line]


def test_a_correction_is_a_note() -> None:
    note = (
        "In einer früheren Version dieses Artikels stand, der Umbau koste elf Millionen Euro. Das haben wir berichtigt."
    )
    document = article_from_page(a_page(body="".join(f"<p>{text}</p>" for text in (*PARAGRAPHS, note))))
    assert of_kind(document, BlockKind.NOTE) == [note]


# Input of every kind.


def test_bytes_are_read_in_the_encoding_they_have() -> None:
    declared = "<meta http-equiv='content-type' content='text/html; charset=iso-8859-1'>"
    page = a_page(head=declared, inside="<p>„Größe ist nicht alles“, sagte Bürgermeisterin Eva Lohse – und lachte.</p>")
    document = article_from_page(page.decode().encode("cp1252"))
    assert "„Größe ist nicht alles“, sagte Bürgermeisterin Eva Lohse – und lachte." in document.text
    assert article_from_page(page).text == document.text


def test_a_page_in_which_nothing_looks_like_an_article_gives_what_it_marks_as_one() -> None:
    document = article_from_page(
        b"<html><body><nav>Start</nav><article><p>Kurz.</p><p>Noch kurz.</p></article></body></html>"
    )
    assert [text for _, text in blocks(document)] == ["Kurz.", "Noch kurz."]


def test_a_fragment_is_read_as_it_stands() -> None:
    assert read_page("<p>Kurz.</p><p>Lesen Sie auch: Mehr</p>").text == "Kurz.\n\nLesen Sie auch: Mehr"
    assert of_kind(read_page(a_page(inside="<p>Lesen Sie auch: Mehr</p>")), *RUNNING) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"<", b"<html>", b"<!--", b"\xff" * 500, b"<html><body></body></html>"]
)
def test_bytes_without_an_article_give_an_empty_document(data: bytes) -> None:
    assert not of_kind(article_from_page(data), BlockKind.HEADING, BlockKind.LIST)


PIECES = st.sampled_from(
    "<p>|</p>|<div class='newsletter'>|</div>|<ul>|<li>|</li></ul>|<h1>|</h1>|<h2>|</h2>|<table><tr><td>|</table>|<br>|"
    "Ein Satz mit mehreren Wörtern, der endet. |<a href='/x'>|</a>|<blockquote>|<figure><figcaption>|<b>Zusammenfassung</b>|"
    "<article>|</article>|<form>|<meta property='og:title' content='A'>|\x00|&#27;[31m|<svg>|<time datetime='2024-99-99T10:00'>|"
    '<script type=\'application/ld+json\'>{"@type":"NewsArticle","author":[[[{"name":1}]]]}</script>|Von Ilse Brandt'.split(
        "|"
    )
)


@settings(max_examples=40)
@given(st.lists(PIECES, max_size=60))
def test_any_page_gives_a_document_with_sound_blocks(pieces: list[str]) -> None:
    document = article_from_page("".join(pieces))
    position = 0
    for block in document.blocks:
        assert not document.text[position : block.span.start].strip()
        position = block.span.end
    assert not document.text[position:].strip()
    assert "\x1b" not in document.text + document.title


@pytest.mark.parametrize(
    "page",
    ["<p>x</p>" * 70_000, "<div>" * 20_000 + "Wort", "<b>Zusammenfassung</b><i></i>" * 3_000, "<p>" + "a" * 300_000],
)
def test_pages_built_to_take_time_do_not(page: str) -> None:
    assert len(article_from_page(page).blocks) <= 20_000


def test_the_extractor_is_loaded_with_the_first_page_and_not_before() -> None:
    code = "import sys, reader.feeds.fulltext; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_parts_named_as_furniture_stay_where_they_hold_the_text() -> None:
    document = article_from_page(a_page(body="".join(f"<p class='paywall teaser'>{text}</p>" for text in PARAGRAPHS)))
    assert of_kind(document, *RUNNING) == list(PARAGRAPHS)


def test_a_list_of_sources_at_the_end_is_credited() -> None:
    sources = (
        "<h2>Verwendete Quellen</h2><ul><li>Mitteilung der Stadt vom 5. März</li><li>Nachrichtenagentur dpa</li></ul>"
    )
    parts = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    document = article_from_page(a_page(body=parts + sources))
    assert of_kind(document, BlockKind.CREDIT) == ["Mitteilung der Stadt vom 5. März", "Nachrichtenagentur dpa"]
    assert of_kind(document, BlockKind.HEADING, BlockKind.LIST) == []


def test_text_behind_the_article_is_none_of_it() -> None:
    other = "<section><p>Ein anderer Text über die Feuerwehr, die am Wochenende zwei Brände löschte und dafür Lob erhielt.</p></section>"
    assert of_kind(article_from_page(a_page(after=other)), *RUNNING) == list(PARAGRAPHS)


def test_a_paragraph_that_stands_twice_is_read_once() -> None:
    assert of_kind(article_from_page(a_page(inside=f"<p>{PARAGRAPHS[1]}</p>")), *RUNNING) == list(PARAGRAPHS)


def test_a_page_that_is_built_in_the_browser_is_read_from_its_json_ld() -> None:
    stated = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": "".join(PARAGRAPHS)})
    head = f'<script type="application/ld+json">{stated}</script>'
    page = f"<html><head>{head}</head><body><div id='app'></div><noscript>Bitte JavaScript.</noscript></body></html>"
    assert of_kind(article_from_page(page), *RUNNING) == list(PARAGRAPHS)
    paid = page.replace('"headline"', '"isAccessibleForFree": false, "headline"')
    assert article_from_page(paid).text == ""


def test_a_list_between_two_paragraphs_stays_whatever_its_style() -> None:
    listed = "<ul style='border-left: 1px'><li><p>das große Becken</p></li><li>die Umkleiden</li></ul>"
    assert of_kind(article_from_page(a_page(inside=listed)), BlockKind.LIST) == ["das große Becken", "die Umkleiden"]
