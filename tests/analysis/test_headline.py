"""The headline form of a passive: what goes, and what forbids it."""

import pytest

from reader.analysis.deletion import Clause, render
from reader.analysis.headline import participle_lines, verb_first_lines
from reader.model.span import Span


def lines(sentence: str) -> list[str]:
    """The headline forms of a sentence, the shortest last."""
    clause = Clause.of(sentence, Span(0, len(sentence))).trimmed()
    return [render(sentence, line.spans()) for line in participle_lines(clause)]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Vier Spieler wurden mit Sperren belegt.", "Vier Spieler mit Sperren belegt"),
        ("Die Brücke ist seit Montag gesperrt.", "Brücke seit Montag gesperrt"),
        ("Eine junge Frau wurde am Kopf verletzt.", "Junge Frau am Kopf verletzt"),
        ("Bei dem Einsatz wurden zwei Männer verletzt.", "Zwei Männer verletzt"),
        ("Dabei wurden zwei Männer schwer verletzt.", "Zwei Männer schwer verletzt"),
        ("Der Antrag wurde nicht angenommen.", "Antrag nicht angenommen"),
    ],
)
def test_the_auxiliary_goes_and_the_participle_stays(sentence: str, line: str) -> None:
    assert lines(sentence)[-1] == line


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("In Leipzig wurden die Gleise gesperrt.", "In Leipzig Gleise gesperrt"),
        ("Im Jahr 2019 wurde die Brücke gesperrt.", "Im Jahr 2019 Brücke gesperrt"),
        ("Im Neubau sind Zuschüsse komplett gestrichen.", "Im Neubau Zuschüsse komplett gestrichen"),
    ],
)
def test_a_place_or_a_year_in_front_stays(sentence: str, line: str) -> None:
    assert lines(sentence) == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Brücke war gesperrt.",
        "Die Brücke war am Montag gesperrt worden.",
        "Bereits am Freitag wurde aus Kiel der Tod der Meisterin gemeldet.",
        "Die Brücke wird gesperrt.",
        "Die Brücke soll gesperrt werden.",
        "Die Brücke sei gesperrt.",
        "Er wurde am Montag verhaftet.",
        "Die kleine Brücke wurde gesperrt.",
        "Der Frau wurde der Pass entzogen.",
        "Dem Verein wurde die Lizenz entzogen.",
        "Angeblich wurde die Brücke gesperrt.",
        "Mehr ist an der Schule nicht erlaubt.",
        "Der Bau ist weit von dem entfernt, was geplant war.",
        "Der Abend ist lang gewesen.",
        "Der Mann wurde verletzt und starb.",
    ],
)
def test_no_line_where_it_might_read_badly_or_say_something_else(sentence: str) -> None:
    assert lines(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("wurden zwei Männer verletzt.", ["Zwei Männer verletzt"]),
        ("ist der Brand am Abend gelöscht worden.", ["Brand am Abend gelöscht"]),
        ("wurden bei dem Einsatz zwei Männer verletzt.", ["Zwei Männer verletzt"]),
        ("wurden in Leipzig die Gleise gesperrt.", ["In Leipzig Gleise gesperrt"]),
        ("ist der Brand gelöscht.", []),
        ("steigen die Preise in der Stadt.", []),
        ("wurde das alte Haus verkauft.", []),
    ],
)
def test_what_a_frame_before_a_passive_leaves(sentence: str, expected: list[str]) -> None:
    clause = Clause.of(sentence, Span(0, len(sentence))).trimmed()
    assert [render(sentence, line.spans()) for line in verb_first_lines(clause)] == expected
