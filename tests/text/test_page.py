"""A whole page in, its article out."""

from __future__ import annotations

import pytest

from reader.model.article import BlockKind
from reader.text.page import decode, document_from_page, looks_like_html
from tests.growth import growth

PAGE = """<!DOCTYPE html><html lang="de"><head><title>Bad wird umgebaut | Funkblatt</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bad wird umgebaut", "datePublished": "2024-03-05T10:15:00+01:00",
"author": [{"@type": "Person", "name": "Ilse Brandt"}], "articleSection": "Lokales", "isAccessibleForFree": "False"}</script>
</head><body><nav><a href="/">Start</a></nav><main><article><h1>Bad wird umgebaut</h1>
<p>Der Rat hat den Umbau des Bades beschlossen, wie die Stadt am Dienstag mitteilte. Die Arbeiten beginnen im April und dauern zwei
Jahre.</p><p>Die Kosten liegen bei zwölf Millionen Euro. Der Eintritt soll nach Angaben der Verwaltung stabil bleiben, auch wenn die
Preise für Energie weiter steigen.</p><aside>Mehr zum Thema</aside></article></main><footer>Impressum</footer></body></html>"""


def test_title_date_authors_and_labels_come_from_the_page() -> None:
    document = document_from_page(PAGE)
    assert document.title == "Bad wird umgebaut"
    assert document.date == "2024-03-05T10:15:00+01:00"
    assert document.authors == ("Ilse Brandt",)
    assert "isAccessibleForFree=false" in document.labels
    assert "Lokales" in document.labels


def test_menus_and_footers_stay_out_and_the_title_is_not_repeated() -> None:
    document = document_from_page(PAGE)
    assert [block.kind for block in document.blocks] == [BlockKind.LEAD, BlockKind.PARAGRAPH]
    assert "Impressum" not in document.text
    assert "Bad wird umgebaut" not in document.text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Größe".encode(), "Größe"),
        ("\ufeffGröße".encode(), "Größe"),
        ("Größe".encode("utf-16"), "Größe"),
        (b'<meta charset="iso-8859-1">\x84Gr\xf6\xdfe\x93', '<meta charset="iso-8859-1">„Größe“'),
        (b"Gr\xf6\xdfe", "Größe"),
        ('<meta charset="iso-8859-1">für'.encode(), '<meta charset="iso-8859-1">für'),
        ("<p>Größe für ".encode() + b"sch\xf6ne \x84Wege\x93", "<p>Größe für schöne „Wege“"),
    ],
)
def test_bytes_are_decoded_as_they_are_meant(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize("name", ["undefined", "hex", "idna", "punycode", "no-such-encoding", "utf-16"])
def test_a_declaration_that_decodes_nothing_costs_nothing(name: str) -> None:
    page = f"<meta charset={name}><p>Größe</p>".encode("cp1252")
    assert document_from_page(page).text == "Größe"
    assert document_from_page(page, charset=name).text == "Größe"


def test_a_stray_bracket_is_not_html() -> None:
    assert not looks_like_html("Der Wert ist < 5, sagte er. <Ende>")
    assert looks_like_html("<p>Absatz")
    assert looks_like_html("Text mit <b>fett</b> und <i>kursiv</i>")


@pytest.mark.parametrize("page", [b"", b"\x00\x01\x02", b"<", "<html>", "<!--", b"\xff" * 1000])
def test_a_page_without_an_article_is_an_empty_document_or_its_text(page: bytes | str) -> None:
    document = document_from_page(page)
    assert document.title == ""
    assert document.authors == ()


def test_text_between_menus_is_kept_and_costs_time_by_its_length_alone() -> None:
    def page(menus: int) -> str:
        return f"<html><body><article><p>{'<nav>x</nav>xx' * menus}</p></article></body></html>"

    assert document_from_page(page(3)).text == "xxxxxx"
    assert growth(page, document_from_page, 2000, 8) < 24


def test_references_in_a_headline_are_resolved_once() -> None:
    literal = document_from_page(
        "<html><body><article><h1>Was &amp;amp;nbsp; heißt</h1><p>Text.</p></article></body></html>"
    )
    assert literal.title == "Was &amp;nbsp; heißt"
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Müller &amp; Söhne"}</script>'
    assert document_from_page(f"<html><head>{data}</head><body><p>Text.</p></body></html>").title == "Müller & Söhne"
