"""German stems and which words carry the topic; knows words, not sentences.

The stemmer is CISTEM in its case-insensitive form, written from its description: L. Weissweiler, A. Fraser,
"Developing a Stemmer for German Based on a Comparative Analysis of Publicly Available Stemmers", GSCL 2017.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_WORD = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+")
_DOUBLE = re.compile(r"(.)\1")
_STARRED = re.compile(r"(.)\*")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word; the case does not matter ("Häuser", "haus" -> "hau")."""
    rest = word.lower().translate(_FOLD)
    if rest.startswith("ge") and len(rest) >= 6:
        rest = rest[2:]
    # Sounds of several letters count as one, doubled letters keep their length through a mark.
    rest = rest.replace("sch", "$").replace("ei", "%").replace("ie", "&")
    rest = _DOUBLE.sub(r"\1*", rest)
    while len(rest) > 3:
        if len(rest) > 5 and rest.endswith(("em", "er", "nd")):
            rest = rest[:-2]
        elif rest.endswith(("t", "e", "s", "n")):
            rest = rest[:-1]
        else:
            break
    rest = _STARRED.sub(r"\1\1", rest)
    return rest.replace("%", "ei").replace("&", "ie").replace("$", "sch")


@cache
def lexicon() -> dict[str, Any]:
    """The data file of the key points as it stands."""
    source = files("reader.analysis").joinpath("data", "keypoints.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """The word list ``name`` of the data file's ``[words]``."""
    return frozenset(lexicon()["words"][name].split())


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry the topic, in order: no function words, no single letters; hyphens part words."""
    function = word_set("function")
    return [
        stem(word) for word in _WORD.findall(text.lower()) if word not in function and (len(word) > 1 or word.isdigit())
    ]


__all__ = ["content_stems", "lexicon", "stem", "word_set"]
