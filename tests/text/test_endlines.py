"""Credits, notes and ornaments, in plain text and in HTML alike; all prose is ours."""

from __future__ import annotations

import pytest

from reader.analysis import analyze
from reader.model.article import BlockKind, Document
from reader.text.html import document_from_html
from reader.text.plain import document_from_plain

BODY = (
    "Die Stadt Beispielheim baut ihr Hallenbad um.",
    "Der Gemeinderat hat dafür neun Millionen Euro freigegeben.",
    "Im April rücken die Bagger an.",
)


def documents(*lines: str) -> tuple[Document, Document]:
    html = "".join(f"<p>{line}</p>" for line in (*BODY, *lines))
    return document_from_html(html), document_from_plain("\n".join((*BODY, *lines)))


@pytest.mark.parametrize(
    "line",
    [
        "In einer früheren Version dieses Artikels stand, das Bad koste acht Millionen Euro. Wir haben das korrigiert.",
        "In der ursprünglichen Fassung fehlte eine Null.",
        "Korrektur: Das Bad ist von 1974.",
        "Korrektur, 12. März: Das Bad ist von 1974.",
        "Anmerkung der Redaktion: Der Autor schwimmt selbst.",
        "(Anm. d. Red.: Der Name ist geändert.)",
        "Hinweis: Diese Meldung wurde am Nachmittag ergänzt.",
        "Update, 14.30 Uhr",
        "Aktualisiert am 12. März 2026.",
        "Dieser Artikel wurde um 15.20 Uhr aktualisiert.",
        "*Die Überschrift wurde nachträglich geändert.",
        "Transparenzhinweis: Das Funkblatt sponsert das Bad.",
    ],
)
def test_a_note_is_no_running_text_and_nobodys_statement(line: str) -> None:
    for document in documents(line):
        notes = [block.span for block in document.of_kind(BlockKind.NOTE)]
        assert [span.of(document.text) for span in notes] == [line]
        found = analyze(document)
        assert not any(span.overlaps(part) for a in found.attributions for part in a.content for span in notes)
        assert not any(span.overlaps(part) for point in found.key_points for part in point.spans for span in notes)


@pytest.mark.parametrize(
    "line",
    [
        "Der Hinweis kam von einer Nachbarin, die Rauch gesehen hatte.",
        "Der Bericht wurde dem Rat am Montag vorgelegt.",
        "Update für Windows bringt neue Symbole, und der Hersteller verspricht mehr Tempo.",
    ],
)
def test_a_sentence_with_the_same_words_is_running_text(line: str) -> None:
    for document in documents(line):
        assert not document.of_kind(BlockKind.NOTE)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("(dpa/AFP)", "dpa"), ("dpa", "dpa"), ("Quelle: ntv.de, mit AFP", "AFP"), ("mit Material von dpa", "dpa"),
        ("KNA", "KNA"), ("red/dpa", "dpa"), ("(APA, red)", "APA"), ("cwo/fab (dpa, afp)", "dpa"), ("Red., APA", "APA"),
    ],
)  # fmt: skip
def test_a_line_that_names_an_agency_is_a_credit_and_a_source(line: str, agency: str) -> None:
    for document in documents(line):
        assert [block.span.of(document.text) for block in document.of_kind(BlockKind.CREDIT)] == [line]
        assert agency in [source.name for source in analyze(document).sources]


@pytest.mark.parametrize("mark", ["(dpa/ib)", "(dpa)", "red/dpa", "(ib/sda)", "Quelle: KNA", "(mdo)"])
def test_a_mark_behind_the_last_sentence_is_a_credit_of_its_own(mark: str) -> None:
    for document in documents(f"Verletzt wurde niemand. {mark}"):
        assert [block.span.of(document.text) for block in document.of_kind(BlockKind.CREDIT)] == [mark]
        assert "Verletzt wurde niemand." in document.text


@pytest.mark.parametrize("line", ["* * *", "---", "•••", "_____", "+++"])
def test_an_ornament_is_no_block(line: str) -> None:
    for document in documents(line, "Der Kämmerer rechnet mit einem Zuschuss des Landes."):
        assert len(document.blocks) == 4
        assert line not in document.text


@pytest.mark.parametrize("line", ["[…]", "…", "(...)"])
def test_dots_that_stand_for_the_rest_stay(line: str) -> None:
    for document in documents(line):
        assert document.text.endswith(line)


def test_a_heading_over_a_correction_makes_a_note_of_what_stands_below() -> None:
    html = "".join(f"<p>{line}</p>" for line in BODY)
    document = document_from_html(f"{html}<h3>Korrektur</h3><p>Das Bad ist von 1974, nicht von 1947.</p>")
    assert [block.kind for block in document.blocks[-2:]] == [BlockKind.NOTE, BlockKind.NOTE]
