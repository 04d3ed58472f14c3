"""German stems, and which words carry a topic."""

from __future__ import annotations

import pytest

from reader.analysis.stems import content_stems, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("Haus", "Häuser"), ("Minister", "Ministern"), ("gesperrt", "sperrten"), ("STRASSE", "straße"), ("Gast", "Gäste")],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_keep_three_letters() -> None:
    assert stem("Seen") == "see"


def test_doubled_letters_survive() -> None:
    assert stem("Bett") == "bett"
    assert stem("Schiff") == "schiff"


def test_function_words_and_single_letters_carry_no_topic() -> None:
    assert content_stems("Das ist nicht der Plan B von uns.") == ["pla"]


def test_numbers_and_parts_of_compounds_count() -> None:
    assert content_stems("US-Zoll steigt auf 2.500 Euro") == ["us", "zoll", "steig", "2.500", "euro"]
