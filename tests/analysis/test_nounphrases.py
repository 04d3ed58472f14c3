"""Noun phrases and the names in them."""

from __future__ import annotations

import pytest

from reader.analysis.clauses import Grammar
from reader.analysis.nounphrases import Chunker, NounPhrase


def chunk(text: str) -> tuple[Grammar, NounPhrase]:
    g = Grammar(text, [(0, len(text))])
    phrase = Chunker(g).at(0, len(g.words))
    assert phrase is not None
    return g, phrase


def extent(text: str) -> str:
    g, phrase = chunk(text)
    return text[g.starts[phrase.i] : g.ends[phrase.j - 1]]


def name(text: str) -> str | None:
    g, phrase = chunk(text)
    return text[g.starts[phrase.name[0]] : g.ends[phrase.name[1] - 1]] if phrase.name else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Polizei teilte das mit.", "Die Polizei"),
        ("Ein Sprecher des Ministeriums sagte das.", "Ein Sprecher des Ministeriums"),
        ("Eine Sprecherin von OpenAI sagte das.", "Eine Sprecherin von OpenAI"),
        ("Hans Maier (SPD) sagte das.", "Hans Maier (SPD)"),
        ("Zwei mit der Sache vertraute Personen sagten das.", "Zwei mit der Sache vertraute Personen"),
        ("Der „Spiegel“ sagte das.", "Der „Spiegel“"),
        ("Die „Bild“-Zeitung sagte das.", "Die „Bild“-Zeitung"),
    ],
)
def test_extent(text: str, expected: str) -> None:
    assert extent(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Finanzminister Volker Wissing sagte das.", "Volker Wissing"),
        ("Anke Rehlinger sagte das.", "Anke Rehlinger"),
        ("Ursula von der Leyen sagte das.", "Ursula von der Leyen"),
        ("Die Polizei sagte das.", None),
    ],
)
def test_name(text: str, expected: str | None) -> None:
    assert name(text) == expected
