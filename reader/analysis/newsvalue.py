"""What a point is worth as news beside its place and its words: thin, leaning and staged sentences count less.

A factor for the score of a point, set by hand; says nothing about grammar (``fitness``) or likeness (``ranking``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reader.analysis import morphology
from reader.analysis.deletion import Clause, is_surely_finite, words_of
from reader.analysis.lexicon import noun_kind
from reader.analysis.stems import content_stems, stem, word_set

THIN = 0.8
"""Factor of a point with at most two words that carry the topic."""
POINTING = 0.7
"""Factor of a line that begins with "das Gesetz", "die Anleihe", told of before and not in the headline."""
FRONTED, SHELL, ONLY, BEFORE, STAGED = 0.7, 0.5, 0.5, 0.8, 0.55
"""Factors where a participle opens the line, where its noun only stands for what was told, where somebody "only" says,
where the pluperfect tells what was before the news, where the line paints a scene or only announces."""
LEAST_WORTH = 0.58
"""A factor below it keeps a point out of the list even where there are few."""
EASY_WORDS, LONG = 12, 0.6
"""Words that are taken in at a glance, and the factor of a longer point."""
LEAST_SHARE = 0.5
"""Of the third best score in the article: what has less is not shown."""


def worth(clause: Clause, headline: Sequence[str]) -> float:
    """The factor of a point, 0 to 1; ``headline`` are the stems of title and kicker."""
    factor = 1.0
    stems = content_stems(" ".join(clause.words))
    named = bool(set(stems) & set(headline)) or any(word[0].isdigit() for word in clause.words)
    if not named:
        factor *= THIN if len(stems) <= 2 else 1.0
    first = clause.lows[0]
    following = clause.lows[1] if len(clause) > 1 else ""
    if morphology.verb_form(first) & morphology.PARTICIPLE and following in word_set("auxiliary"):
        factor *= FRONTED if named or len(stems) > 3 else FRONTED * THIN
    last = next((low for low in reversed(clause.lows) if low[0].isalnum()), "")
    if {"hatte", "hatten"} & set(clause.lows) and morphology.verb_form(last) & morphology.PARTICIPLE:
        factor *= BEFORE
    if any(_is_shell(clause, n) for n in range(1, len(clause))):
        factor *= SHELL
    if any(low in ("lediglich", "bloß") and _says(clause.lows[n - 1]) for n, low in enumerate(clause.lows) if n):
        factor *= ONLY
    if _is_staged(clause) or _introduces_somebody(clause):
        factor *= STAGED
    if clause.number_of_words() > EASY_WORDS:
        factor *= LONG
    return factor


def _is_shell(clause: Clause, place: int) -> bool:
    """Whether "die Sache", "der Vorgang" stands there with nothing that says which one."""
    if clause.lows[place] not in words_of("reference", "shells") or not clause.words[place][0].isupper():
        return False
    behind = clause.lows[place + 1 : place + 2]
    before = clause.lows[max(0, place - 2) : place]
    return any(low in _DEFINITE for low in before) and not set(behind) & _OF


def _is_staged(clause: Clause) -> bool:
    """A scene ("an einem Aprilmorgen"), an aside ("ja ohnehin"), a comment announced and not told ("zog ein Fazit")."""
    line = " ".join(clause.lows)
    if _SCENE.search(line):
        return True
    told = bool({",", ":", "dass"} & set(clause.lows))
    return not told and bool(set(clause.lows) & words_of("reference", "announced")) and bool(_DRAWS.search(line))


def _introduces_somebody(clause: Clause) -> bool:
    """Whether the line only says where somebody lives or works ("Ilse Brandt lebt in einem kleinen Haus")."""
    verb = next((n for n, low in enumerate(clause.lows[:6]) if low in _LIVES and clause.words[n].islower()), 0)
    # "Der Jurist ist Mitglied des Vereins"
    if {"ist", "war"} & set(clause.lows[:4]) and _OFFICE.search(" ".join(clause.lows)):
        return True
    # "Ilse Brandt ist Rechtsanwältin"
    if not verb and len(clause) > 4 and clause.lows[2] == "ist" and clause.words[3][0].isupper():
        verb = 2
    return 0 < verb <= 4 and all(word[0].isupper() or word == "-" for word in clause.words[:verb])


_OFFICE = re.compile(
    r"\b(?:ist|war) (?:seit \w+ |beim? \w+ |\w+ )?(?:mitverantwortlich|zuständig|mitglied|professor|tätig)"
)
_LIVES = frozenset(
    "lebt lebte wohnt wohnte arbeitet arbeitete leitet leitete studiert studierte sitzt saß steht stand".split()
)
_SCENE = re.compile(
    r"\ban einem (?:\w+en )?\w*(?:morgen|mittag|abend|tag|nacht)\b"
    r"|\bseit wenigen (?:minuten|sekunden|stunden)\b|\bja (?:ohnehin|sowieso|eh)\b"
)
_DRAWS = re.compile(r"\b(?:zieht|ziehen|zog|zogen|gezogen)\b")
_OF = frozenset("des der um von vom eines einer".split())
_DEFINITE = frozenset("der die das den dem".split())


def _says(low: str) -> bool:
    return is_surely_finite(low) and stem(low) in {stem("sagte"), stem("sagt"), stem("erklärte"), stem("teilte")}


def points_back(clause: Clause, headline: Sequence[str], first: Mapping[str, int], position: int) -> bool:
    """Whether the line begins with a definite thing that an earlier sentence has told of and the headline has not.

    ``first`` are the positions where stems occur first. People and institutions are known by their name alone.
    """
    if clause.lows[0] not in ("der", "die", "das"):
        return False
    here = 1
    while here < min(4, len(clause) - 1) and clause.words[here][0].islower():
        here += 1
    if here + 1 >= len(clause) or not clause.words[here][0].isupper() or noun_kind(clause.words[here]) is not None:
        return False
    root, behind = stem(clause.words[here]), clause.words[here + 1]
    leans = behind[0].islower() and is_surely_finite(clause.lows[here + 1])
    return leans and root not in headline and 1 < first.get(root, position) < position


__all__ = ["EASY_WORDS", "LEAST_SHARE", "LEAST_WORTH", "LONG", "POINTING", "points_back", "worth"]
