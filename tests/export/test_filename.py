"""File names from titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.export.filename import MAX_BYTES, file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Über Öl & Übermut", "Über Öl & Übermut.md"),
        ("Frage: Wer „weiß“ es?", "Frage Wer „weiß“ es.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("a/b\\c", "a-b c.md"),
        ("CON", "artikel CON.md"),
        ("nul.txt", "artikel nul.txt.md"),
        ("...", "artikel.md"),
        ("", "artikel.md"),
        ("-rf", "rf.md"),
        ("~root", "root.md"),
        ("\x1b[31mRot\x1b[0m", "Rot.md"),
        ("Zeile\nZwei", "Zeile Zwei.md"),
    ],
)
def test_a_title_becomes_a_safe_name(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_second_file_gets_a_number() -> None:
    assert file_name("Titel", number=2) == "Titel (2).md"


@given(st.text(max_size=400), st.integers(1, 999))
def test_every_name_is_one_short_visible_component(title: str, number: int) -> None:
    name = file_name(title, number=number)
    assert len(name.encode()) <= MAX_BYTES
    assert name.endswith(".md")
    assert not set(name) & set('/\\<>:"|?*\0\n')
    assert name[0] not in " .-~"
    assert name.isprintable()
