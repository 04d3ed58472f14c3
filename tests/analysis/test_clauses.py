"""Clauses: where one ends, which verb is finite, which kind the verb's position makes."""

from __future__ import annotations

import pytest

from reader.analysis.clauses import Grammar
from tests.growth import growth


def clauses(text: str) -> list[tuple[str, str]]:
    g = Grammar(text, [(0, len(text))])
    return [(c.kind, g.words[c.verb] if c.verb >= 0 else "") for unit in g.units for c in unit.clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sie sagte, dass er komme.", [("main", "sagte"), ("sub", "komme")]),
        ("Sie sagte, er komme bald.", [("main", "sagte"), ("main", "komme")]),
        ("Er komme bald, sagte sie.", [("main", "komme"), ("first", "sagte")]),
        ("Der Mann, der das sah, floh.", [("part", ""), ("relative", "sah"), ("first", "floh")]),
        ("Sie versprach, ihm zu helfen.", [("main", "versprach"), ("zu", "")]),
        ("„Ich gehe“, sagte sie.", [("quote", ""), ("first", "sagte")]),
        ("Sie sagte, das sei schlecht.", [("main", "sagte"), ("main", "sei")]),
    ],
)
def test_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert clauses(text) == expected


def test_an_attribute_is_not_the_verb() -> None:
    assert clauses("Zwei mit der Sache vertraute Personen sagten das.") == [("main", "sagten")]


def test_a_quotation_of_several_sentences_stays_in_one_unit() -> None:
    text = "„Ich gehe. Du bleibst. So ist es“, sagte sie. Dann ging sie."
    assert len(Grammar(text, [(0, len(text))]).units) == 2


def test_sentences_without_a_word_take_no_longer_than_others() -> None:
    assert growth("... ".__mul__, clauses, 1000, 8) < 24
