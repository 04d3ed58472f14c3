"""Where a German sentence ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.sentences import sentences


def parts(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Er sah drei (!) Wagen. Gut.", ["Er sah drei (!) Wagen.", "Gut."], id="mark in brackets"),
        pytest.param("Er kam. Sie ging.", ["Er kam.", "Sie ging."], id="two plain sentences"),
        pytest.param("Das ist z. B. so. Gut.", ["Das ist z. B. so.", "Gut."], id="spaced abbreviation"),
        pytest.param("Dr. Müller kam u.a. mit Prof. Kern.", ["Dr. Müller kam u.a. mit Prof. Kern."], id="titles"),
        pytest.param("Am 23. März war es. Danach nicht.", ["Am 23. März war es.", "Danach nicht."], id="date"),
        pytest.param("Die 2. Bundesliga ruht.", ["Die 2. Bundesliga ruht."], id="ordinal"),
        pytest.param("Er starb 2005. Im Mai kam sie.", ["Er starb 2005.", "Im Mai kam sie."], id="year at the end"),
        pytest.param("Es kostet 500 Mio. Euro. Viel.", ["Es kostet 500 Mio. Euro.", "Viel."], id="million"),
        pytest.param("A. Merkel sprach.", ["A. Merkel sprach."], id="initial"),
        pytest.param("Es waren 1.200 Leute. Viele.", ["Es waren 1.200 Leute.", "Viele."], id="thousands"),
        pytest.param("Wer? Wir! Gut.", ["Wer?", "Wir!", "Gut."], id="question and exclamation"),
        pytest.param("„Auf!“ gingen 2.000 ein.", ["„Auf!“ gingen 2.000 ein."], id="exclamation inside a name"),
        pytest.param("„Eins. Zwei“, sagt sie.", ["„Eins.", "Zwei“, sagt sie."], id="quotation of two sentences"),
        pytest.param("»Ja, gut.« Zugleich ging er.", ["»Ja, gut.«", "Zugleich ging er."], id="mark belongs to the end"),
        pytest.param('Es war so. "Dass er nur", so.', ["Es war so.", '"Dass er nur", so.'], id="straight mark opens"),
        pytest.param("sehr konfus.Altman soll", ["sehr konfus.", "Altman soll"], id="glued"),
        pytest.param("so The Verge.Nur Stunden", ["so The Verge.", "Nur Stunden"], id="glued behind a name"),
        pytest.param("bei ZEIT.de oder www.a.de/X.Y lesen", ["bei ZEIT.de oder www.a.de/X.Y lesen"], id="address"),
        pytest.param("Eins\nZwei", ["Eins", "Zwei"], id="line feed"),
        pytest.param("sagte Fink .Auf der A 7", ["sagte Fink .", "Auf der A 7"], id="space before the full stop"),
    ],
)
def test_borders(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_only_the_asked_stretch_is_split() -> None:
    text = "Eins. Zwei. Drei."
    assert [span.of(text) for span in sentences(text, 6, 11)] == ["Zwei."]


@given(st.text(alphabet=st.sampled_from("aB. \n!?„“»«\"'1()-z,"), max_size=200))
def test_spans_are_sorted_and_cover_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
