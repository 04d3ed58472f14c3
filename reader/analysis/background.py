"""What stands behind the news: how things usually are, how figures come about, what was long ago, remarks.

A factor for a line of a list, set by hand from how German reports are written. In the sentences that open the article
also the usual state may be the news, and does not weigh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.analysis.deletion import Clause, main_verb, words_of
from reader.analysis.stems import stem

USUAL, LONG_AGO, REMARK, LEANING = 0.5, 0.6, 0.55, 0.5
"""Factors of what is always so, of an earlier year, of an author's aside, of a line that starts by pointing back."""
UNNAMED = 0.6
"""Factor of a line in which a body stands that only the article's other sentences name."""
OPENING = 2
"""Sentences at the start in which also a state may be the news."""
RECENT_YEARS = 1
"""Years before the latest one the text names that still belong to the news."""

_HABIT = re.compile(
    r"\b(?:täglich|wöchentlich|monatlich|jährlich|regelmäßig|üblicherweise|normalerweise|gewöhnlich|grundsätzlich"
    r"|generell|traditionell|meist|meistens|typischerweise|in der regel|im allgemeinen|jedes jahr|jeden tag"
    r"|jede woche|jeden monat)\b"
)
_STATE = re.compile(
    r"\b(?:gilt|gelten)\b.*\bals\b|\b(?:basiert|basieren|beruht|beruhen)\b.*\bauf\b|\b(?:besteht|bestehen) aus\b"
    r"|\b(?:ist|sind) (?:\w+ )?(?:gesetzlich )?verpflichtet\b|\b(?:zählt|zählen|gehört|gehören) (?:\w+ ){0,4}?zu[mr]?\b"
    r"|\bseit (?:\w+ )?(?:\w+ )?(?:gibt|geben|veröffentlicht|veröffentlichen|meldet|melden|führt|führen)\b"
    r"|\b(?:liegt|liegen) (?:\w+ ){0,3}(?:mehrere|viele|einige|zahlreiche)\b"
    r"|^es gibt\b.*\b(?:\w*arten|\w*typen|formen|sorten|varianten|möglichkeiten)\b|^weiterhin (?:gilt|gelten)\b"
    r"|\b(?:dient|dienen)\b.*\b(?:als|zu[mr]?|der|dem)\b|\b(?:heißt|heißen) (?:das|der|die)\b"
)
_HOLDS = re.compile(
    r"\b(?:verfügt|verfügen|verfügte|verfügten) über\b"
    r"|^\w+ war (?:\w+ )?(?:von (?:\d+|\w+ \d+) bis|bis \d+|früher|einst|lange|zuvor)\b"
)
"""What a house has and who somebody was: with figures too."""
_REMARK = re.compile(
    r"\bübrigens\b|^vielleicht\b|\bdurchaus\b|\baber auch\b|^(?:selbst|sogar) (?:der|die|das)\b"
    r"|\b(?:will|kann|muss|darf|soll|sollte) man\b|^(?:fast |beinahe )?(?:eben|genau)so\b"
    r"|\bes (?:ist|sei|wäre) an der zeit\b|^es ist zeit\b"
    r"|\bin ersten (?:\w*meldungen|berichten)\b|\b(?:war|waren|hieß) (?:es )?zunächst\b"
    r"|\bhielt(?:en)? sich\b.*\bzurück$|\bbemüht(?:e|en)? sich\b|\baber ,"
    r"|\bso (?:viele|hohe|große)\b(?!.*\b(?:dass|wie)\b)"
    r"|\bnicht ohne (?:folgen|konsequenzen|wirkung|spuren)\b"
    r"|^selten (?:ist|sind|war|waren)\b|\b(?:soll|solle|sollen|werde|würde|würden|wird|werden) es "
    r"(?:\w+ )?(?:änderungen|veränderungen|neuerungen|neuigkeiten|einschnitte|anpassungen) geben$"
)
_COUNTED_ALL = re.compile(r"^(?:alle (?:zwei|drei|vier|fünf|sechs)|die (?:anderen|übrigen|restlichen)) ")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COMPARED = re.compile(r"\b(?:seit|ab|von|gegenüber|als|zwischen|nach|vor) (?:\w+ ){0,3}?(?:19|20)\d\d\b")
"""A year that only says since when, or what is compared."""
_TERM = re.compile(r"\b[Bb]is (?:\w+ ){0,3}?20\d\d\b")
_SCENE = re.compile(
    r"^(?:eine?|zwei|drei|vier|fünf|sechs|sieben|ein paar) (?:\w+ ){1,2}?"
    r"(?:sitzt|sitzen|steht|stehen|hängt|hing|hingen|hängen|liegt|liegen|saß|saßen|stand|standen|lag|lagen)\b"
)


def factor(clause: Clause, headline: Sequence[str], position: int, latest_year: int | None) -> float:
    """The factor of a line, 0 to 1; ``position`` counts sentences from 0, ``headline`` are its stems.

    ``latest_year`` is that of the news, None where nothing tells it.
    """
    line = " ".join(clause.lows)
    found = 1.0
    if _SCENE.search(line):
        found = REMARK
    if _REMARK.search(line):
        found *= REMARK
    if _COUNTED_ALL.match(line) and not _names(headline, clause.words[:4]):
        found *= LEANING
    if any(_is_unnamed(clause, n, headline) for n in range(2, len(clause))):
        found *= UNNAMED
    if position >= OPENING and _is_usual(clause, line):
        found *= USUAL
    if latest_year is not None and _is_long_ago(line, headline, latest_year):
        found *= LONG_AGO
    return found


def _is_unnamed(clause: Clause, place: int, headline: Sequence[str]) -> bool:
    """Whether "dem Unternehmen", "im Landkreis" stands there, and no name, genitive or headline says which."""
    low = clause.lows[place]
    is_one = low.removesuffix("s") in words_of("reference", "bodies") or low in _PEOPLE
    if not clause.words[place][0].isupper() or not is_one:
        return False
    if clause.quoted[place] or clause.lows[place - 1] not in _DEFINITE or stem(clause.words[place]) in headline:
        return False
    follows = clause.words[place + 1] if place + 1 < len(clause) else "."
    return not (follows[0].isupper() or follows.lower() in _SAYING_WHICH)


_PEOPLE = frozenset("frau mann opfer täter vater mutter sohn tochter kind junge jungen mädchen familie paar".split())
_DEFINITE = frozenset("der die dem den des im beim vom zum zur am".split())
_SAYING_WHICH = frozenset("der des von vom in im für aus am an zu".split())


def latest_year(text: str) -> int | None:
    """The latest year, of four digits, that the text names and that is no term ("bis 2042"); None if there is none."""
    return max((int(found) for found in _YEAR.findall(_TERM.sub("", text))), default=None)


def _is_usual(clause: Clause, line: str) -> bool:
    """Whether the line tells a habit or a state."""
    if _HOLDS.search(line):
        return True
    if any(word[0].isdigit() and not _YEAR.fullmatch(word) for word in clause.words):
        return False
    return bool(_STATE.search(line) or (_HABIT.search(line) and _is_present(clause)))


def _is_present(clause: Clause) -> bool:
    verb = main_verb(clause)
    low = clause.lows[verb]
    return verb > 0 and low not in _NOT_USUAL and not low.endswith(("te", "ten"))


_NOT_USUAL = frozenset(
    "hat haben hatte hatten war waren wurde wurden soll sollen will wollen muss müssen darf dürfen".split()
)


def _is_long_ago(line: str, headline: Sequence[str], latest: int) -> bool:
    years = [int(found) for found in _YEAR.findall(_COMPARED.sub("", line))]
    past = [year for year in years if year < latest - RECENT_YEARS]
    return bool(past) and len(past) == len(years) and not any(str(year) in headline for year in past)


def _names(headline: Sequence[str], words: Sequence[str]) -> bool:
    return any(word[0].isupper() and stem(word) in headline for word in words)


__all__ = ["factor", "latest_year"]
