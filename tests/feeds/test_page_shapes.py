"""Pages of our own in the shapes that systems give them: title, lead and text come out, and nothing beside them."""

from __future__ import annotations

import pytest

from reader.feeds.fulltext import article_from_page
from reader.model.article import BlockKind, Document

TITLE = "Beispielheim baut sein Hallenbad um"
LEAD = "Neun Millionen Euro hat der Gemeinderat freigegeben, im Frühjahr rücken die Bagger an."
BODY = (
    "Das Becken wird um eine Bahn breiter, die Umkleiden ziehen in einen Anbau, und auf das Dach kommt eine Anlage für Sonnenstrom.",
    "Bis dahin weichen die Vereine in die Nachbarstadt aus, ein Bus fährt zweimal am Tag von der Haltestelle vor dem alten Bad.",
    "Die Opposition hatte eine größere Anlage gefordert und will ihren Antrag im Sommer noch einmal in den Ausschuss einbringen.",
    "Der Kämmerer rechnet mit einem Zuschuss des Landes in Höhe von zwei Millionen Euro, zugesagt ist er bisher allerdings nicht.",
)  # fmt: skip
MENU = "<nav><ul><li><a href='/p'>Politik</a></li><li><a href='/s'>Sport</a></li><li><a href='/k'>Kultur</a></li></ul></nav>"
FOOT = "<footer><p><a href='/i'>Impressum</a> <a href='/d'>Datenschutz</a></p></footer>"
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)


def page(inside: str, head: str = f"<title>{TITLE} | Funkblatt</title>") -> Document:
    return article_from_page(f"<!doctype html><html><head>{head}</head><body>{MENU}{inside}{FOOT}</body></html>")


SHAPES = {
    "plain": f"<main><article><h1>{TITLE}</h1><p class='lead'>{LEAD}</p>{PARAGRAPHS}</article></main>",
    "microdata": f"<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>{TITLE}</h1>"
    f"<p itemprop='description'>{LEAD}</p><div itemprop='articleBody'>{PARAGRAPHS}</div></div>",
    "amp": f"<article class='amp-article'><header><h1 class='amp-title'>{TITLE}</h1></header><p class='teaser-text'>{LEAD}</p>"
    f"<amp-img src='a.jpg'></amp-img>{PARAGRAPHS}<amp-ad>Anzeige</amp-ad></article>",
    "line breaks": f"<article><h1>{TITLE}</h1><p class='vorspann'>{LEAD}</p><div>{'<br><br>'.join(BODY)}</div></article>",
    "table": f"<table><tr><td><h1>{TITLE}</h1><p class='intro'>{LEAD}</p>{PARAGRAPHS}</td><td>Spalte</td></tr></table>",
    "hgroup": f"<article><hgroup><p class='kicker'>Stadtrat</p><h1>{TITLE}</h1></hgroup><p class='lead'>{LEAD}</p>{PARAGRAPHS}</article>",
    "no h1": f"<article><h2>{TITLE}</h2><p class='article-intro'>{LEAD}</p>{PARAGRAPHS}</article>",
    "several h1": f"<header><h1>Funkblatt</h1></header><article><h1>{TITLE}</h1><p class='lead'>{LEAD}</p>{PARAGRAPHS}</article>"
    "<section><h1>Mehr aus dem Ort</h1><ul><li><a href='/2'>Fest</a></li></ul></section>",
    "data attributes": f"<div data-article><div data-headline><h1>{TITLE}</h1></div><div data-lead class='article__lead'><p>{LEAD}</p></div>"
    f"<div data-body>{PARAGRAPHS}</div></div>",
    "sections": f"<main><section><h1>{TITLE}</h1><p class='standfirst'>{LEAD}</p></section>"
    + "".join(f"<section><div><p>{paragraph}</p></div></section>" for paragraph in BODY)
    + "</main>",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_article_is_found_in_every_shape(shape: str) -> None:
    document = page(SHAPES[shape])
    assert document.title == TITLE
    assert document.lead == LEAD
    running = [b.span.of(document.text) for b in document.of_kind(BlockKind.PARAGRAPH, BlockKind.LEAD)]
    assert running == [LEAD, *BODY]
    assert "Impressum" not in document.text


OTHER = "Hallenbad in Beispielheim: Alles zum Umbau"


def titled(heading: str, shared: str, stated: str, window: str = "") -> str:
    head = f"<title>{window or shared or heading} | Funkblatt</title><meta property='og:site_name' content='Funkblatt'>"
    head += f"<meta property='og:title' content='{shared}'>" if shared else ""
    ld = f'{{"@type":"NewsArticle","headline":"{stated}"}}'
    head += f"<script type='application/ld+json'>{ld}</script>" if stated else ""
    return page(f"<article><h1>{heading}</h1><p>{LEAD}</p>{PARAGRAPHS}</article>", head).title


@pytest.mark.parametrize(
    ("heading", "shared", "stated"),
    [
        (TITLE, TITLE, TITLE),
        (TITLE, TITLE, OTHER),
        (TITLE, f"{TITLE} - Funkblatt", TITLE),
        (TITLE, "", TITLE),
        (TITLE, "", ""),
        (f"<span class='kicker'>Stadtrat</span> {TITLE}", TITLE, TITLE),
        (TITLE, f"{TITLE} | Funkblatt", ""),
        ("Funkblatt", TITLE, TITLE),
    ],
)
def test_the_title_is_what_most_of_the_pages_forms_agree_on(heading: str, shared: str, stated: str) -> None:
    assert titled(heading, shared, stated) == TITLE
