"""What stands behind the news counts less than the news."""

from __future__ import annotations

import pytest

from reader.analysis.background import OPENING, factor, latest_year
from reader.analysis.deletion import Clause
from reader.analysis.stems import stem
from reader.model.span import Span


def factor_of(
    line: str, *, headline: tuple[str, ...] = (), position: int = OPENING, latest: int | None = None
) -> float:
    return factor(Clause.of(line, Span(0, len(line))), headline, position, latest)


@pytest.mark.parametrize(
    ("usual", "news"),
    [
        ("Die Bäder melden ihre Zahlen täglich an die Stadt", "Die Bäder melden ihre Zahlen der Stadt"),
        ("Viele Ämter veröffentlichen regelmäßig Listen der Bäder", "Viele Ämter veröffentlichten Listen der Bäder"),
        ("Die Zahlen beruhen auf den Angaben der Bäder", "Die Zahlen beruhten auf den Angaben der Bäder"),
        ("Chlor gilt als Mittel gegen Keime", "Chlor gilt nicht mehr in Bädern"),
        ("In Beispielheim liegen mehrere alte Bäder", "In Beispielheim liegen die Kosten über dem Plan"),
        ("Die Bäder sind dazu verpflichtet, Keime zu melden", "Die Bäder sind dabei, Keime zu melden"),
        ("Fast genauso deutlich stiegen die Preise der Bäder", "Deutlich stiegen die Preise der Bäder"),
        ("Ein Winter ohne Bad bleibt nicht ohne Folgen", "Ein Winter ohne Bad kostet die Stadt Geld"),
        ("In vielen Bädern soll es Änderungen geben", "In vielen Bädern soll es weniger Kurse geben"),
        ("Alle drei Meister sind noch im Rennen", "Drei Meister sind noch im Rennen"),
        ("In ersten Agenturmeldungen waren es zwei Bäder", "In Musterstadt waren es zwei Bäder"),
        ("Seit 1935 kommt das Heft regelmäßig heraus", "Seit Mai kommt das Heft bunt heraus"),
        ("Das Amt hielt sich mit Angaben zurück", "Das Amt hielt die Angaben für richtig"),
        ("Es gibt vier verschiedene Arten von Keimen", "Es gibt vier neue Bäder in der Stadt"),
        ("Fachleute bezweifeln, dass so viele Gäste baden", "Fachleute bezweifeln, dass viele Gäste baden"),
        ("Das Bad verfügt über 123 Becken", "Das Bad bekommt 123 Becken"),
        ("Brandt war von 2014 bis 2017 Meister", "Brandt war in der Halle"),
        ("Selbst die Meisterin im Bad freut sich", "Die Meisterin im Bad freut sich"),
        ("Am Kurs will man trotz des Preises festhalten", "Am Kurs will Brandt trotz des Preises festhalten"),
        ("Die Stadt hat Gespräche mit dem Unternehmen geführt", "Die Stadt hat Gespräche mit Unternehmen geführt"),
        ("Fünf Meister sitzen im Kreis", "Fünf Meister planen ein Bad"),
    ],
)
def test_what_is_always_so_or_an_aside_counts_less(usual: str, news: str) -> None:
    assert factor_of(usual) < factor_of(news) == 1.0


def test_what_opens_the_article_may_be_a_state() -> None:
    assert factor_of("Chlor gilt als Mittel gegen Keime", position=OPENING - 1) == 1.0


def test_a_habit_with_a_figure_tells_something() -> None:
    assert factor_of("Täglich baden 900 Gäste in der Halle") == 1.0


def test_whom_the_headline_has_may_be_all_of_them() -> None:
    assert factor_of("Alle drei Meister sind im Rennen", headline=(stem("Meister"),)) == 1.0


def test_a_body_that_is_named_says_which() -> None:
    line = "Die Stadt spricht mit dem Unternehmen"
    assert factor_of(line) < 1.0
    assert factor_of(f"{line} Brandt") == factor_of(f"{line} des Jahres") == 1.0
    assert factor_of(line, headline=(stem("Unternehmen"),)) == 1.0


@pytest.mark.parametrize(
    ("line", "latest", "is_old"),
    [
        ("Im Herbst des Jahres 1997 brannte das Bad", 2024, True),
        ("Im Herbst des Jahres 2023 brannte das Bad", 2024, False),
        ("Seit dem Jahr 1997 stieg der Preis", 2024, False),
        ("Von 1997 auf 2024 stieg der Preis", 2024, False),
        ("Im Herbst des Jahres 1997 brannte das Bad", None, False),
    ],
)
def test_an_earlier_year_is_behind_the_news(line: str, latest: int | None, is_old: bool) -> None:
    assert (factor_of(line, latest=latest) < 1.0) is is_old


def test_a_year_of_the_headline_is_the_news() -> None:
    assert factor_of("Im Jahr 1997 brannte das Bad", headline=("1997",), latest=2024) == 1.0


def test_a_term_is_no_year_of_the_news() -> None:
    assert latest_year("Das Bad von 2019 soll bis zum Jahr 2042 stehen") == 2019
    assert latest_year("Das Bad steht") is None
