"""What a headline and the first lines under it are about: weighted stems, parts of compounds, names and numbers.

Knows single words and how ordinary each is in German news; must not know any other headline.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from reader.analysis.stems import stem, word_set

LEAD = 400
"""Characters of the text that count; later ones lead away from the event."""
LEAD_WEIGHT = 0.4
PART_WEIGHT = 0.55
"""Of a compound's parts, and of the compound itself beside them."""
LOWER_WEIGHT = 0.6
"""Of verbs and adjectives: in German, names and nouns are the words with a capital."""
VAGUE_NUMBER_WEIGHT = 0.4
"""Of years and of numbers below 100, which many headlines share."""

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+\d*")
_LINKING = ("", "s", "es", "n", "en", "er", "e", "ens")
_SHORTEST_COMPOUND, _SHORTEST_PART, _SHORTEST_UNKNOWN = 8, 3, 4
_UNKNOWN_SHARE = 1 / 3000
_COMPOUND = 3
"""Terms of a compound: itself and its two parts."""
_EXACT_NUMBER = 3
"""Digits from which a number tells one event from another."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What one telling is about.

    ``weights`` gives each term its weight before any rarity; ``words`` says from which word a term comes (the parts of
    one compound share a number), ``strengths`` how telling the kind of word is, 0 to 1.
    """

    weights: dict[str, float]
    words: dict[str, int]
    strengths: dict[str, float]
    with_text: bool
    compounds: tuple[tuple[str, str, str], ...] = ()
    """The compounds of the title, each with its parts."""
    formulaic: bool = True
    """Whether ``is_recurring`` may be true of the title."""


def profile(title: str, lead: str = "") -> Profile:
    """The profile of a title and, where there is a text, of its first ``LEAD`` characters."""
    weights: dict[str, float] = {}
    words: dict[str, int] = {}
    strengths: dict[str, float] = {}
    number = 0
    compounds: tuple[tuple[str, str, str], ...] = ()
    found = _WORD.findall(title)
    for number, word in enumerate(found):
        terms = _terms(word)
        if len(terms) == _COMPOUND:
            compounds = (*compounds, (terms[0][0], terms[1][0], terms[2][0]))
        for term, weight, strength in terms:
            if term not in weights:
                words[term] = number
            elif weight <= weights[term]:
                continue
            weights[term] = weight
            strengths[term] = strength
    if lead:
        counts: dict[str, float] = {}
        for place, word in enumerate(_WORD.findall(lead[:LEAD]), number + 1):
            for term, weight, strength in _terms(word):
                counts[term] = counts.get(term, 0.0) + weight
                if term not in words:
                    words[term] = place
                    strengths[term] = strength
        for term, count in counts.items():
            damped = 1 + math.log(count) if count > 1 else count
            weights[term] = weights.get(term, 0.0) + LEAD_WEIGHT * damped
    signs, marks = _marks()
    formulaic = not marks.isdisjoint(found) or any(map(title.__contains__, signs))
    return Profile(weights, words, strengths, bool(lead), compounds, formulaic)


def is_recurring(title: str) -> bool:
    """Whether a title stands for a format and no event: overview, newsletter, horoscope, lottery, live ticker."""
    low = title.lower()
    signs, words, pattern = _recurring()
    if signs.isdisjoint(low) and words.isdisjoint(_WORD.findall(low)):
        return False
    return pattern.search(low) is not None


@cache
def short_names() -> tuple[tuple[str, ...], ...]:
    """Institutions that are known by a short name: it, and the words of the long one."""
    return tuple(tuple(line.split()) for line in _data()["institutions"]["names"].strip().split("\n"))


@lru_cache(maxsize=100_000)
def usual_share(term: str) -> float:
    """The share of stories whose headline may be expected to hold the term, before any has been seen."""
    return _shares().get(term, _UNKNOWN_SHARE)


def is_ordinary(word: str) -> bool:
    """Whether a word is one of everyday news or made of such words: no name by itself."""
    return usual_share(_root(word.lower())) > _UNKNOWN_SHARE or bool(_parts(word.lower()))


@lru_cache(maxsize=100_000)
def _terms(word: str) -> tuple[tuple[str, float, float], ...]:
    """(term, weight, strength) of one word; nothing for a function word."""
    low = word.lower()
    if low[0].isdigit():
        digits = re.sub(r"\D", "", low)
        year = len(digits) == 4 and digits[:2] in ("19", "20")
        weight = VAGUE_NUMBER_WEIGHT if len(digits) < _EXACT_NUMBER or year else 1.0
        return ((f"#{low}", weight, weight),)
    if len(low) < 2 or low in word_set("function"):
        return ()
    if low[-1].isdigit():
        return ((low, 1.0, 1.0),)
    weight = 1.0 if word[0].isupper() else LOWER_WEIGHT
    whole, parts = _root(low), _parts(low)
    if not parts:
        return ((whole, weight, weight),)
    terms = dict.fromkeys((whole, *parts), weight * PART_WEIGHT)
    return tuple((term, part, weight) for term, part in terms.items())


@lru_cache(maxsize=50_000)
def _root(word: str) -> str:
    """The stem, that of the verb for what is made of one ("Verschärfung" as "verschärfen"), and one stem for words that
    headlines exchange for one another ("polnisch" as "Polen").
    """
    root = _bare_root(word)
    return _same().get(root, root)


def _bare_root(word: str) -> str:
    root = stem(word)
    if root.endswith("niss"):  # "Ergebnisse", "Ergebnis"
        return root[:-2]
    return stem(root[:-3]) if len(root) >= 8 and root.endswith("ung") else root


def _parts(word: str) -> tuple[str, ...]:
    """The roots of a compound's two parts, the longest known last part first; nothing for a simple word."""
    if len(word) < _SHORTEST_COMPOUND:
        return ()
    known = _known_parts()
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
        head, tail = word[:cut], word[cut:]
        if tail not in known and _root(tail) not in known:
            continue
        for link in _LINKING:
            first = head.removesuffix(link) if link and head.endswith(link) else head
            fits = (not link or first != head) and len(first) >= _SHORTEST_PART
            if fits and (first in known or _root(first) in known):
                return _root(first), _root(tail)
        if cut >= _SHORTEST_UNKNOWN:
            return _root(head.rstrip("s") if cut > _SHORTEST_UNKNOWN + 1 else head), _root(tail)
    return ()


@cache
def _data() -> dict[str, Any]:
    source = files("reader.analysis").joinpath("data", "stories.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _shares() -> dict[str, float]:
    found: dict[str, float] = {}
    for name in ("topical", "usual", "everyday"):  # the more ordinary class wins
        for word in _WORD.findall(_data()["words"][name].lower()):
            found[_root(word)] = _data()["share"][name] / 1000
    for part in _data()["compounds"]["parts"].split():
        found.setdefault(_root(part), _data()["share"]["common"] / 1000)
    return found


@cache
def _same() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _data()["same"]["groups"].split("\n"):
        roots = [_bare_root(word.lower()) for word in line.split()]
        for root in roots:
            found.setdefault(root, roots[0])
    return found


@cache
def _known_parts() -> frozenset[str]:
    words = _data()["compounds"]["parts"].split()
    return frozenset(form for word in words for form in (word, _root(word)))


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    """The signs and words of ``_recurring``, the words as headlines write them."""
    signs, words, _ = _recurring()
    return signs, frozenset(form for word in words for form in (word, word.capitalize(), word.upper()))


@cache
def _recurring() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    """The signs and words without which no title is recurring, and the pattern that decides."""
    known = _data()["recurring"]
    pattern = re.compile("|".join(f"(?:{one})" for one in known["patterns"]))
    return frozenset(known["signs"]), frozenset(known["words"].split()), pattern
