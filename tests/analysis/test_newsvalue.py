"""What a point is worth as news."""

from __future__ import annotations

import pytest

from reader.analysis.deletion import Clause
from reader.analysis.newsvalue import LEAST_WORTH, POINTING, UNTOLD, Kind, kind_of, leaning, worth
from reader.analysis.stems import stem
from reader.model.span import Span


def worth_of(line: str, headline: tuple[str, ...] = ()) -> float:
    return worth(Clause.of(line, Span(0, len(line))), headline)


@pytest.mark.parametrize(
    ("weak", "whole"),
    [
        ("Besonders ein Bad muss leiden", "Besonders das Bad in Musterstadt muss leiden"),
        ("Geplant hatte den Umbau die Meisterin Brandt", "Die Meisterin Brandt plant den Umbau der Halle"),
        ("Die Stadt nimmt im Mai die Sache gelassen", "Die Stadt nimmt im Mai die Sache der Vereine ernst"),
        ("Die Meisterin sagte lediglich, der Rat prüfe vieles", "Die Meisterin sagte, der Rat prüfe vieles"),
        ("Die Meisterin Brandt hatte auf Regen gehofft", "Die Meisterin Brandt hofft auf Regen im Mai"),
        ("Eine Kolonne fährt an einem Aprilmorgen zum Bad", "Eine Kolonne fährt am Montagmorgen zum Bad"),
        ("Ilse Brandt lebt in einem kleinen Haus", "Ilse Brandt baut in Musterstadt ein kleines Haus"),
        ("Brandt war stellvertretende Leiterin des Bades", "Brandt war Siegerin gegen das Bad"),
        ("Ilse Brandt ist Meisterin aus Musterstadt", "Ilse Brandt baut in Musterstadt ein kleines Haus"),
        ("Die Meisterin ist beim Verein mitverantwortlich für Bäder", "Die Meisterin plant beim Verein neue Bäder"),
        ("Für das Bad lohnt ein genauerer Blick", "Für das Bad lohnt eine neue Kasse"),
        ("Die Entscheidung markiert den Abschluss der Krise", "Die Entscheidung des Rates markiert den Abschluss"),
        ("Auf der Bühne steht eine Frau mit Hut", "Auf der Bühne steht das Fazit des Rates"),
        ("Zum Vergleich: Bäder kosten anderswo mehr Geld", "Bäder kosten im Nachbarort mehr Geld"),
        ("Letztlich geht es ja um das Geld der Stadt", "Letztlich geht es um das Geld der Stadt"),
        ("Unter Gästen lag der Anteil bei der Hälfte", "Unter Gästen lag der Anteil der Kinder bei der Hälfte"),
        ("Im Mai zog die Meisterin ein erstes Fazit", "Im Mai zog die Meisterin das Fazit, das Bad lohne sich"),
    ],
)
def test_a_weak_point_is_worth_less_than_its_fellow(weak: str, whole: str) -> None:
    assert worth_of(weak) < worth_of(whole) == 1.0


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Der Rat will im Mai bauen", Kind.OUTLOOK),
        ("Der Umbau kostet 9 Millionen Euro", Kind.FIGURE),
        ("Das Bad war im Winter geschlossen", Kind.BEFORE),
        ("Der Rat baut das Bad um", None),
    ],
)
def test_a_point_tells_one_part_of_the_news(line: str, kind: Kind | None) -> None:
    assert kind_of(line.split()) is kind


def test_a_thin_point_about_a_topic_of_the_text_is_not_thin() -> None:
    clause = Clause.of("Das Bad öffnet wieder", Span(0, 21))
    assert worth(clause, ()) < LEAST_WORTH < worth(clause, (), frozenset({"bad"})) == 1.0


def test_a_thin_point_about_the_the_headline_is_not_thin() -> None:
    assert worth_of("Das Bad öffnet wieder") < worth_of("Das Bad öffnet wieder", ("bad",)) == 1.0


def test_two_weaknesses_keep_a_point_out() -> None:
    assert worth_of("Abgestimmt wurde mit gelben Karten") < LEAST_WORTH


@pytest.mark.parametrize(
    ("line", "factor"),
    [
        ("Das Gesetz gilt im ganzen Land", POINTING),
        ("Heute notiert die Anleihe bei achtzig Prozent", POINTING),
        ("Der Lehrer zog in das Nachbardorf", POINTING),
        ("Der Verlust erreichte zwei Millionen Euro", UNTOLD),
        ("Das Gesetz der Stadt gilt im ganzen Land", 1.0),
        ("Der Lehrer Voigt zog in das Nachbardorf", 1.0),
        ("Der Kanzler reist nach Athen", 1.0),
        ("Brandt hat die Richterin Ilse Voigt getroffen", 1.0),
        ("Die Feuerwehr löscht den Brand", 1.0),
        ("Gesetze gelten im ganzen Land", 1.0),
    ],
)
def test_a_definite_thing_the_headline_does_not_name_leans(line: str, factor: float) -> None:
    first = {stem(word): 5 for word in ("Gesetz", "Anleihe", "Feuerwehr", "Richterin")}
    clause = Clause.of(line, Span(0, len(line)))
    assert leaning(clause, (), first, 9) == factor
    named = [stem(word) for word in ("Gesetz", "Anleihe", "Lehrer", "Verlust")]
    assert leaning(clause, named, first, 9) == 1.0


def test_one_of_several_is_not_named_by_the_headline() -> None:
    clause = Clause.of("Der Fahrer bremste zu spät", Span(0, 26))
    headline = (stem("Fahrer"),)
    assert leaning(clause, headline, {}, 9) == 1.0
    assert leaning(clause, headline, {}, 9, frozenset(headline)) == POINTING
