"""Words as the search index knows them, whatever way they are written."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """What the index' tokenizer does not fold itself: ß as ss. (It drops the dots of umlauts, and case.)"""
    return text.replace("ß", "ss").replace("ẞ", "SS")


def bare(text: str) -> str:
    """As the tokenizer stores it: lower case, no marks above."""
    return _MARKS.sub("", unicodedata.normalize("NFD", fold(text).lower()))
