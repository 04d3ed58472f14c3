"""Whether a text argues or advises rather than reports: its sentences are claims of the author's, not news.

Judged by what stands in the sentences, without any word list of topics: who is quoted, how much is counted, how often
a sentence turns, asks or speaks of "ich", "wir", "man".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_QUOTED, MOST_COUNTED, LEAST_TURNS = 0.15, 0.15, 0.2
"""Attributions and sentences with a figure, each at most, and turns, questions and first persons, at least; for every
sentence. Set by hand."""
LEAST_SENTENCES = 8
"""A shorter text says too little about itself."""

_TURNS = re.compile(
    r"(?:Und|Aber|Doch|Denn|Oder|Nur|So|Auch|Dabei|Also|Nun|Ja|Nein|Natürlich|Wer|Was|Warum|Wie|Wenn|Vielleicht)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:ich|wir|uns|unser\w*|mir|mein\w*|man)\b", re.IGNORECASE)
_QUOTATION = re.compile(r'„[^“”]*[“”]|"[^"]*"|«[^»]*»|»[^«]*«')


def is_argued(sentences: Sequence[str], attributions: int) -> bool:
    """Whether the sentences of the running text argue; ``attributions`` is how many statements have a source."""
    number = len(sentences)
    if number < LEAST_SENTENCES or attributions > MOST_QUOTED * number:
        return False
    plain = [_QUOTATION.sub("", sentence) for sentence in sentences]
    counted = sum(any(char.isdigit() for char in sentence) for sentence in plain)
    turns = sum(
        bool(_TURNS.match(sentence)) + sentence.rstrip().endswith(("?", "!")) + bool(_FIRST_PERSON.search(sentence))
        for sentence in plain
    )
    return counted <= MOST_COUNTED * number and turns >= LEAST_TURNS * number


__all__ = ["is_argued"]
