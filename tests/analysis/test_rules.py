"""Every rule of the attribution fires on its example, and not on the example beside it."""

from __future__ import annotations

import pytest

from reader.analysis.attribution import attribute
from reader.analysis.lexicon import Rule, rule, rules
from reader.model.analysis import Genre
from reader.text.plain import document_from_plain


def fired(text: str) -> set[str]:
    return {a.why for a in attribute(document_from_plain(text, repair=False), Genre.NEWS)[1]}


@pytest.mark.parametrize("entry", rules(), ids=lambda entry: entry.id)
def test_rule_fires_on_its_example(entry: Rule) -> None:
    assert entry.id in fired(entry.example)


@pytest.mark.parametrize("entry", rules(), ids=lambda entry: entry.id)
def test_rule_keeps_quiet_on_its_counterexample(entry: Rule) -> None:
    assert entry.id not in fired(entry.counterexample)


@pytest.mark.parametrize("entry", rules(), ids=lambda entry: entry.id)
def test_rule_is_described_in_a_german_sentence(entry: Rule) -> None:
    assert entry.sentence.endswith(".")


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        rule("no such rule")
