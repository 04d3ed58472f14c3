"""Which language a text is in."""

from __future__ import annotations

import pytest

from reader.text.language import guess_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Stadt hat am Montag den Umbau des Bades beschlossen und will im April mit den Arbeiten beginnen.", "de"),
        ("The city has decided on Monday to rebuild the pool and it will start with the work in April.", "en"),
        ("La ville a décidé lundi de rénover la piscine et les travaux commencent en avril dans le centre.", "fr"),
        (
            "De stad heeft maandag besloten om het zwembad te verbouwen en de werken beginnen in april met een feest.",
            "nl",
        ),
        ("Kurz und gut", "de"),
        ("", "de"),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", "de"),
    ],
)
def test_function_words_tell_the_language(text: str, code: str) -> None:
    assert guess_language(text) == code
