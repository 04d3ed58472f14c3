"""Hostile text becomes safe text."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.sanitize import clean_line, clean_text

ANYTHING = st.text(st.characters(), max_size=200)
NASTY = st.text(st.sampled_from("\x1b[]0;m\x07\\\x9b\x9d\x9caÄ \n\t\u202e\u200b\u00ad\u0308"), max_size=60)


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("Größe „so“ – Übung…", "Größe „so“ – Übung…"),
        ("\x1b[31mRot\x1b[0m", "Rot"),
        ("\x1b]0;Fenstertitel\x07am Montag", "am Montag"),
        ("\x1b]8;;https://x.example\x1b\\Text\x1b]8;;\x1b\\", "Text"),
        ("\x1b]52;c;aGFsbG8=", "]52;c;aGFsbG8="),
        ("\x9b31mRot", "Rot"),
        ("Geg\u00adne\u00adr*innen", "Gegner*innen"),
        ("a\u0308 u\u0308", "ä ü"),
        ("\u202everkehrt\u202c", "verkehrt"),
        ("Null\x00Byte", "NullByte"),
        ("\x84Zitat\x93", "„Zitat“"),
        ("Euro\u00a0und\u2009mehr", "Euro und mehr"),
        ("Zeile eins\r\nZeile zwei\u2028drei\x85vier", "Zeile eins Zeile zwei drei vier"),
        ("[dpa] Berlin", "[dpa] Berlin"),
        ("Flagge \U0001f1e9\U0001f1ea\ufe0f", "Flagge \U0001f1e9\U0001f1ea"),
        ("kaputt \ud800 hier", "kaputt \ufffd hier"),
    ],
)
def test_a_line_is_cleaned(raw: str, safe: str) -> None:
    assert clean_line(raw) == safe


@pytest.mark.parametrize("mark", "\u0300\u05b0\u0610\u0e47\u0f71\u3099\ua66f\u1161\u11a8\ud7cb")
def test_marks_of_every_script_pile_up_three_high(mark: str) -> None:
    assert len(clean_text(mark * 500 + "Z" + mark * 500)) <= 7


def test_no_format_control_of_unicode_is_left() -> None:
    controls = [char for char in map(chr, range(0x110000)) if unicodedata.category(char) in ("Cf", "Zl", "Zp")]
    assert [char for char in controls if char in clean_text(f"a{char}b")] == []


@pytest.mark.parametrize("introducer", ["\x90", "\x9da", "\x9d\x9b", "\x1b]", "\x1bP", "\x9b0"])
def test_a_million_sequences_without_an_end_are_removed_in_a_moment(introducer: str) -> None:
    began = time.process_time()
    clean_text(introducer * 200_000)
    assert time.process_time() - began < 2


def test_a_stack_of_marks_is_cut_to_three() -> None:
    assert len(clean_line("Z" + "\u0300" * 500)) <= 5


def test_a_sequence_that_only_appears_after_another_is_removed_goes_too() -> None:
    assert "\x1b" not in clean_text("\x1b\x1b[m[31mx")


def test_deep_nesting_takes_no_more_than_linear_work() -> None:
    assert "\x1b" not in clean_text("\x1b" * 100_000 + "[m" * 100_000)


@given(st.one_of(ANYTHING, NASTY))
def test_cleaning_is_idempotent_and_never_grows(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once
    assert len(once) <= len(unicodedata.normalize("NFC", raw)) + raw.count("\ufb1d")


@given(st.one_of(ANYTHING, NASTY))
def test_nothing_that_steers_a_terminal_or_the_eye_is_left(raw: str) -> None:
    for char in clean_text(raw):
        assert char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"), hex(ord(char))
        assert not 0x202A <= ord(char) <= 0x202E
        assert not 0x2066 <= ord(char) <= 0x2069
        assert ord(char) not in (0x00AD, 0x200B, 0xFEFF)


@given(st.text("abcäöüÄÖÜß „“‚‘»«–…,.!?0123456789[]()*\n", max_size=200))
def test_german_text_keeps_every_letter(text: str) -> None:
    assert clean_text(text) == text


@given(st.one_of(ANYTHING, NASTY))
def test_a_line_is_one_line(raw: str) -> None:
    assert not set("\n\t\r") & set(clean_line(raw))
