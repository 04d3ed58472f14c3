"""Finite verbs and their mood: forms are generated, prefixes are taken off."""

from __future__ import annotations

import pytest

from reader.analysis import morphology as m


@pytest.mark.parametrize(
    ("word", "flag"),
    [
        ("sagte", m.FINITE),
        ("teilten", m.FINITE),
        ("mitteilte", m.FINITE),
        ("habe", m.SUBJUNCTIVE1),
        ("komme", m.SUBJUNCTIVE1),
        ("sei", m.SUBJUNCTIVE1),
        ("wäre", m.SUBJUNCTIVE2),
        ("käme", m.SUBJUNCTIVE2),
        ("gesagt", m.PARTICIPLE),
        ("mitgeteilt", m.PARTICIPLE),
        ("berichtet", m.PARTICIPLE),
        ("kommentiert", m.PARTICIPLE),
        ("mitzuteilen", m.ZU_INFINITIVE),
        ("sagen", m.INFINITIVE),
        ("soll", m.MODAL),
        ("wurde", m.AUXILIARY),
    ],
)
def test_form(word: str, flag: int) -> None:
    assert m.verb_form(word) & flag


@pytest.mark.parametrize("word", ["heute", "weite", "gegenüber", "morgen", "bitter", "nicht", "xyz", ""])
def test_no_verb(word: str) -> None:
    assert not m.verb_form(word) & m.ANY_FINITE


def test_the_preterite_is_not_subjunctive() -> None:
    assert not m.verb_form("sagte") & m.SUBJUNCTIVE1
