"""HTML in, blocks out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import Document
from reader.text.blocks import MOST_BLOCKS, MOST_CHARACTERS, MOST_LINKS
from reader.text.html import document_from_html, text_of
from tests.growth import growth


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def test_elements_become_blocks_of_their_kind() -> None:
    document = document_from_html(
        "<p>Vorspann.</p><h2>Zwischen</h2><p>Absatz.</p><ul><li>eins</li><li>zwei</li></ul>"
        "<blockquote><p>Zitat.</p></blockquote><table><tr><th>Jahr<th>Zahl</tr><tr><td><p>2023</p></td><td>7</td></tr></table>"
        "<figure><img src='x.jpg' alt='Bild'><figcaption>Ein Bild</figcaption></figure><p>(dpa)</p>"
    )
    assert blocks(document) == [
        ("lead", "Vorspann."),
        ("heading", "Zwischen"),
        ("paragraph", "Absatz."),
        ("list", "eins"),
        ("list", "zwei"),
        ("quote", "Zitat."),
        ("table", "Jahr\tZahl"),
        ("table", "2023\t7"),
        ("caption", "Ein Bild"),
        ("credit", "(dpa)"),
    ]


def test_two_breaks_part_paragraphs_and_one_does_after_a_full_stop() -> None:
    document = document_from_html("Erster Absatz.<br><br>Zweiter Teil,<br>der weitergeht.<br>Dritter.")
    assert [text for _, text in blocks(document)] == [
        "Erster Absatz.",
        "Zweiter Teil, der weitergeht.",
        "Dritter.",
    ]


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>Das Wichtigste in Kürze</h3><ul><li>Punkt eins</li><li>Punkt zwei</li></ul></div>",
        "<p><b>Zusammenfassung:</b></p><ul><li>Punkt eins</li><li>Punkt zwei</li></ul>",
        '<div class="summary_box"><b>Zusammenfassung</b></div><ul><li>Punkt eins</li><li>Punkt zwei</li></ul>',
        '<section class="article-summary"><ul><li>Punkt eins</li><li>Punkt zwei</li></ul></section>',
    ],
)
def test_the_editors_box_is_found_by_label_or_shape(box: str) -> None:
    document = document_from_html(f"<p>Ein Satz vorweg.</p>{box}<p>Danach geht es weiter.</p><ul><li>Liste</li></ul>")
    assert blocks(document) == [
        ("lead", "Ein Satz vorweg."),
        ("summary", "Punkt eins"),
        ("summary", "Punkt zwei"),
        ("paragraph", "Danach geht es weiter."),
        ("list", "Liste"),
    ]


def test_links_keep_their_words_through_cleaning_and_repair() -> None:
    document = document_from_html(
        'Der <a href="/a">Ver&shy;weis</a> , dann <a href="javascript:x()">kein Ziel</a>.<a href="https://b.example/ü">Zwei Wörter </a>',
        base="https://funkblatt.example/seite",
    )
    assert [(link.span.of(document.text), link.address) for link in document.links] == [
        ("Verweis", "https://funkblatt.example/a"),
        ("Zwei Wörter", "https://b.example/%C3%BC"),
    ]


def test_scripts_styles_and_hidden_parts_do_not_show() -> None:
    document = document_from_html(
        "<script>geheimA</script><style>geheimB</style><p hidden>geheimC</p><p style='display: none'>geheimD</p><p>Sichtbar.</p>"
    )
    assert document.text == "Sichtbar."


def test_entities_are_resolved_once() -> None:
    assert document_from_html("<p>Bitcoin &amp; Co. &amp;amp; mehr</p>").text == "Bitcoin & Co. &amp; mehr"
    assert text_of("Ärzte &amp; B&uuml;rger") == "Ärzte & Bürger"


def test_control_characters_behind_references_do_not_pass() -> None:
    document = document_from_html("<p>&#27;[31mRot&#x9b;0m&#155; und &#8238;verkehrt</p>")
    assert "\x1b" not in document.text
    assert "\u202e" not in document.text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  HTTPS://a.example/x\n", "https://a.example/x"),
        ("https://a.example/lang\n\tgeteilt", "https://a.example/langgeteilt"),
        ("https://a.example/zwei teile", "https://a.example/zwei%20teile"),
        ("https://www.funkblatt.example@evil.example/x", "https://evil.example/x"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("http://[kaputt", None),
    ],
)
def test_only_web_addresses_are_links_and_they_name_the_machine_they_lead_to(raw: str, shown: str | None) -> None:
    document = document_from_html(f'<p>Ein <a href="{raw}">Verweis</a> darin.</p>')
    assert [link.address for link in document.links] == ([] if shown is None else [shown])


@given(st.text(max_size=300))
def test_any_string_gives_a_document_with_sound_blocks(fragment: str) -> None:
    document = document_from_html(fragment)
    position = 0
    for block in document.blocks:
        assert not document.text[position : block.span.start].strip()
        position = block.span.end
    assert all(0 <= link.span.start < link.span.end <= len(document.text) for link in document.links)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<li>", "<td>", "<tr>", "<table>", "<a href='http://a.b/'>", "</a>", "<br>", "Wort ", "Satz. ",
                                 "<h2>", "<ul>", "<blockquote>", "</div>", "<div class='summary'>"]), max_size=40))  # fmt: skip
def test_no_word_is_lost_or_doubled(parts: list[str]) -> None:
    document = document_from_html("".join(parts))
    wanted = sum(part in ("Wort ", "Satz. ") for part in parts)
    assert document.text.count("Wort") + document.text.count("Satz") == wanted


def test_a_drop_cap_in_an_element_of_its_own_joins_its_word() -> None:
    assert (
        document_from_html("<p><span>N</span> a endlich! Das Bad wird gebaut.</p>").text
        == "Na endlich! Das Bad wird gebaut."
    )
    assert document_from_html("<p><b>A</b> Beispiel GmbH</p>").text == "A Beispiel GmbH"


@pytest.mark.parametrize("hidden", ["visually-hidden", "sr-only", "headline hidden", "screen-reader-text"])
def test_what_is_for_screen_readers_alone_does_not_show(hidden: str) -> None:
    assert document_from_html(f"<h2 class='{hidden}'>Hauptinhalt</h2><p>Sichtbar.</p>").text == "Sichtbar."


def test_what_is_hidden_at_some_widths_only_does_show() -> None:
    assert document_from_html("<p class='hidden md:block'>Sichtbar.</p>").text == "Sichtbar."


def test_a_jump_within_the_page_is_no_link() -> None:
    document = document_from_html("<p>Siehe <a href='#unten'>unten</a>.</p>", base="https://funkblatt.example/")
    assert document.links == ()


def test_loose_text_in_a_figure_is_a_caption_and_a_table_there_is_a_table() -> None:
    document = document_from_html(
        "<figure><div>Das Becken</div><table><tr><td>1</td></tr></table></figure><p>Ein Satz. Noch einer.</p>"
    )
    assert [kind for kind, _ in blocks(document)][:2] == ["caption", "table"]


def test_a_folded_summary_box_shows_all_the_same() -> None:
    document = document_from_html(
        "<p>Ein Satz vorweg.</p><div id='panel' class='card--bullets' hidden><ul><li>Punkt eins</li><li>Punkt zwei</li></ul></div><p>Danach.</p>"
    )
    assert [text for kind, text in blocks(document) if kind == "summary"] == ["Punkt eins", "Punkt zwei"]


@pytest.mark.parametrize(
    "endless", ["Wort ", "ä", "<p>Noch ein Absatz.</p>", "&auml;", "<td>1</td>", "<a href='https://b.example/'>b</a> "]
)
def test_no_text_is_without_an_end(endless: str) -> None:
    document = document_from_html(endless * 120_000)
    assert len(document.text) <= MOST_CHARACTERS + 2 * len(document.blocks)
    assert len(document.blocks) <= MOST_BLOCKS
    assert len(document.links) <= MOST_LINKS
    assert document.text.endswith(" …")


def test_a_text_that_has_an_end_keeps_it() -> None:
    text = "Ein Satz mit fünf Wörtern. " * 3000
    assert document_from_html(text).text == text.strip()


def test_a_tag_with_attributes_without_end_costs_itself_alone() -> None:
    def read(attributes: int) -> str:
        written = " ".join(f"a{number}='x'" for number in range(attributes))
        return document_from_html(f"<p {written}>laut dpa.</p><p>Danach.</p>").text

    assert growth(int, read, 5000, 8) < 24
    assert read(40_000) == "laut dpa.\n\nDanach."
