"""Plain text in, structure out."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import BlockKind, Document
from reader.text.plain import document_from_plain

CRAWLED = (
    " date 2024-03 Der Rat der Stadt Beispielheim hat laut Stadtfunk den Umbau des Bades beschlossen. Die Arbeiten beginnen bald.\n\n"
    "Umbau dauert zwei Jahre\n\nKosten steigen!\n\n"
    "Zusammenfassung Beispielheim baut sein Bad um\n\nRat stimmt mit großer Mehrheit zu\n\nBeginn der Arbeiten am 8. April 2024\n\n"
    "Eintritt bleibt stabil\n\n"
    "Das berichtet der Stadtfunk , der die Vorlage kennt. Der Beschluss fiel knapp aus.Die Opposition stimmte dagegen."
    '"Das ist zu teuer", sagte ihr Sprecher.'
)  # fmt: skip


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.of_kind(kind)]


def test_the_crawled_shape_is_taken_apart() -> None:
    document = document_from_plain(CRAWLED)
    assert document.date == "2024-03"
    assert document.title == "Beispielheim baut sein Bad um"
    assert document.lead.startswith("Der Rat der Stadt Beispielheim")
    assert texts(document, BlockKind.HEADING) == ["Umbau dauert zwei Jahre", "Kosten steigen!"]
    assert texts(document, BlockKind.SUMMARY) == [
        "Rat stimmt mit großer Mehrheit zu",
        "Beginn der Arbeiten am 8. April 2024",
        "Eintritt bleibt stabil",
    ]
    assert texts(document, BlockKind.PARAGRAPH) == [
        "Das berichtet der Stadtfunk, der die Vorlage kennt. Der Beschluss fiel knapp aus.",
        "Die Opposition stimmte dagegen.",
        '"Das ist zu teuer", sagte ihr Sprecher.',
    ]


def test_glued_paragraphs_are_parted_by_a_blank_in_the_text() -> None:
    assert "knapp aus. Die Opposition" in document_from_plain(CRAWLED).text


def test_a_label_in_running_text_is_no_box() -> None:
    document = document_from_plain(
        "Zusammenfassung der Lage: Es regnet seit Tagen in ganz Beispielheim.\n\nMehr folgt."
    )
    assert not document.of_kind(BlockKind.SUMMARY)


def test_without_repair_the_text_is_the_input() -> None:
    assert document_from_plain(CRAWLED, repair=False).text == CRAWLED


@given(st.text(max_size=300))
def test_without_repair_every_text_is_kept_character_for_character(text: str) -> None:
    document = document_from_plain(text, repair=False)
    assert document.text == text
    covered = "".join(text[b.span.start : b.span.end] for b in document.blocks)
    assert "".join(covered.split()) == "".join(text.split())


@given(st.text(max_size=300))
def test_blocks_are_sorted_and_white_space_alone_stands_between(text: str) -> None:
    document = document_from_plain(text)
    position = 0
    for block in document.blocks:
        assert not document.text[position : block.span.start].strip()
        assert block.span.of(document.text).strip()
        position = block.span.end
    assert not document.text[position:].strip()


def test_known_lead_and_headings_are_marked_or_put_first() -> None:
    document = document_from_plain(
        "Der Rest des Textes steht hier.\nMitten drin\nUnd noch ein Satz dazu.",
        title="Titel",
        lead="Der Vorspann steht für sich.",
        headings=("Mitten drin", "Fehlt im Text"),
    )
    assert document.lead == "Der Vorspann steht für sich."
    assert texts(document, BlockKind.HEADING) == ["Fehlt im Text", "Mitten drin"]


def test_the_founding_article_has_its_structure(benchmarks: Path) -> None:
    expected = json.loads((benchmarks / "seed/expected.json").read_text("utf-8"))
    document = document_from_plain((benchmarks / "seed/article.txt").read_text("utf-8"))
    assert document.date == expected["date"]
    assert document.title == expected["headline"]
    assert document.lead.startswith(expected["lead_starts"])
    assert texts(document, BlockKind.HEADING) == expected["headings"]
    assert texts(document, BlockKind.SUMMARY) == expected["key_points"]
    assert [repair for repair in expected["repairs"] if repair not in document.text] == []
