"""Words and marks as columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.text.tokens import Tokens


def test_words_keep_hyphens_and_numbers_their_dots() -> None:
    tokens = Tokens("US-Präsident zahlt 1.200 Euro, Haupt- und Nebenamt.")
    assert tokens.words == ["US-Präsident", "zahlt", "1.200", "Euro", ",", "Haupt-", "und", "Nebenamt", "."]


def test_a_full_stop_between_glued_sentences_is_a_token_of_its_own() -> None:
    assert Tokens("konfus.Altman").words == ["konfus", ".", "Altman"]


def test_index_of_an_offset() -> None:
    tokens = Tokens("Wer sagt das?")
    assert tokens.first_at(5) == 1
    assert tokens.first_from(5) == 2
    assert tokens.first_from(99) == len(tokens)


@given(st.text(max_size=200))
def test_tokens_cover_everything_but_white_space(text: str) -> None:
    tokens = Tokens(text)
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    assert all(text[a:b] == word for (a, b), word in zip(spans, tokens.words, strict=True))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered or text[i].isspace() for i in range(len(text)))
