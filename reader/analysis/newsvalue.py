"""What a point is worth as news beside its place and its words: thin, leaning and staged sentences count less.

A factor for the score of a point, set by hand; says nothing about grammar (``fitness``) or likeness (``ranking``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from enum import Enum

from reader.analysis import morphology
from reader.analysis.deletion import Clause, is_surely_finite, main_verb, words_of
from reader.analysis.lexicon import noun_kind
from reader.analysis.stems import content_stems, stem, word_set
from reader.model.analysis import SourceKind

THIN = 0.55
"""Factor of a point with at most two words that carry a topic, neither a topic: "Der Ton wird giftiger"."""
POINTING = 0.55
"""Factor of a line that begins with "das Gesetz", "die Anleihe", told of before and not in the headline."""
FOLLOWING = 0.5
"""Factor of a sentence that contradicts or concludes from the one before ("war dennoch groß")."""
FRONTED, SHELL, ONLY, BEFORE, STAGED, ANNOUNCED = 0.5, 0.5, 0.5, 0.65, 0.55, 0.6
"""Factors where a participle opens the line, where its noun only stands for what was told, where somebody "only" says,
where the pluperfect tells what was before the news, where the line paints a scene, where it only announces.
"""
LEAST_WORTH = 0.58
"""A factor below it keeps a point out of the list even where there are few."""
EASY_WORDS, LONG = 12, 0.25
"""Words that are taken in at a glance, and the factor for the score of a longer point: it is shown where there is
little else."""
AGAIN = 0.6
"""Factor for a point where one of its kind is there already: one figure, one outlook, one speaker each, then others."""
LONG_LEAD = 0.7
"""The same for the two sentences that open the article: what is news there is worth two words more."""
LEAST_SHARE, FULL_SCORE = 0.3, 0.5
"""Of the best score in the article, or of a full one where the best is more: what has less is not shown."""
LEAST_SCORE, LEAST_OF_FEW, LEAST_OF_ARGUED = 0.13, 0.06, 0.25
"""What is nearer neither to the headline nor to the topic, nor near the top, is not shown; less strict where there are
few points, stricter in a text that argues."""
UNTOLD = 0.7
"""Factor of a line that begins with "der Verlust", "die Quote", of which nothing says whose."""
TURNED, SUPERSEDED = 0.8, 0.5
"""Factors of a sentence that the next one turns ("Doch …"), and of one that tells what was wanted or held before."""
ASIDE = 0.5
"""Factor of a sub-headline without a word of the headline or of the article's opening."""


class Kind(Enum):
    """What part of the news a point tells; events and reactions are of no kind."""

    OUTLOOK = "outlook"
    FIGURE = "figure"
    INQUIRY = "inquiry"
    BEFORE = "before"


def kind_of(words: Sequence[str]) -> Kind | None:
    """What the words tell beside the event: that it is looked into, what is to come, a number, what was before."""
    lows = {word.lower() for word in words}
    if _INQUIRES.search(" ".join(words).lower()):
        return Kind.INQUIRY
    if lows & _TO_COME:
        return Kind.OUTLOOK
    if any(word[0].isdigit() for word in words):
        return Kind.FIGURE
    return Kind.BEFORE if lows & _WAS else None


_TO_COME = frozenset("will wollen soll sollen plant planen künftig ab bis".split())
_WAS = frozenset("war waren hatte hatten seit".split())
_INQUIRES = re.compile(
    r"\b(?:ermittelt|ermitteln|ermittlungen|(?:wird|werden) (?:\w+ )?(?:untersucht|geprüft)|such(?:t|en) zeugen)\b"
)


def worth(clause: Clause, headline: Sequence[str], topics: Set[str] = frozenset()) -> float:
    """The factor of a point, 0 to 1; ``headline`` are the stems of title and kicker, ``topics`` those of the text."""
    factor = 1.0
    stems = content_stems(" ".join(clause.words))
    named = bool(set(stems) & set(headline)) or any(word[0].isdigit() for word in clause.words)
    if not named:
        factor *= THIN if len(stems) <= 2 and not set(stems) & topics else 1.0
    first = clause.lows[0]
    following = clause.lows[1] if len(clause) > 1 else ""
    if morphology.verb_form(first) & morphology.PARTICIPLE and following in word_set("auxiliary"):
        factor *= FRONTED
    last = next((low for low in reversed(clause.lows) if low[0].isalnum()), "")
    line = " ".join(clause.lows)
    had = {"hatte", "hatten"} & set(clause.lows) and morphology.verb_form(last) & morphology.PARTICIPLE
    if had or _WAS_DONE.search(line):
        factor *= BEFORE
    if any(_is_shell(clause, n, headline) for n in range(len(clause))):
        factor *= SHELL
    if any(low in ("lediglich", "bloß") and _says(clause.lows[n - 1]) for n, low in enumerate(clause.lows) if n):
        factor *= ONLY
    if _ANNOUNCES.search(line):
        factor *= ANNOUNCED
    if _PROMISES.search(line):
        factor *= SHELL
    if _is_staged(clause) or _introduces_somebody(clause):
        factor *= STAGED
    return factor


def _is_shell(clause: Clause, place: int, headline: Sequence[str]) -> bool:
    """Whether "die Sache", "der Vorgang" stands there with nothing that says which one."""
    if clause.lows[place] not in words_of("reference", "shells") or not clause.words[place][0].isupper():
        return False
    if stem(clause.words[place]) in headline:
        return False
    behind = clause.lows[place + 1 : place + 2]
    before = clause.lows[max(0, place - 2) : place] if place else [_article_before(clause)]
    return any(low in _DEFINITE for low in before) and not set(behind) & _OF


def _is_staged(clause: Clause) -> bool:
    """A scene ("an einem Aprilmorgen"), an aside ("ja ohnehin"), a comment announced and not told ("zog ein Fazit")."""
    line = " ".join(clause.lows)
    if _SCENE.search(line) or _BLICK.search(line):
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
    if _WAS_SOMEBODY.match(" ".join(clause.words)):
        return True
    return 0 < verb <= 4 and all(word[0].isupper() or word == "-" for word in clause.words[:verb])


_WAS_SOMEBODY = re.compile(
    r"(?!Es |Das |Dies |Die |Der )[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)? (?:ist|war) (?:\w+(?:er|e|es) )?"
    r"[A-ZÄÖÜ][\w-]+ (?:de[rs]|von|vom|bei|beim|im|in) "
)
"""A name, and of what body it was what ("Brandt war stellvertretender Leiter des Bades")."""
_OFFICE = re.compile(
    r"\b(?:ist|war) (?:seit \w+ |beim? \w+ |\w+ )?(?:mitverantwortlich|zuständig|mitglied|professor|tätig)"
)
_LIVES = frozenset(
    "lebt lebte wohnt wohnte arbeitet arbeitete leitet leitete studiert studierte sitzt saß steht stand".split()
)
_SCENE = re.compile(
    r"\ban einem (?:\w+en )?\w*(?:morgen|mittag|abend|tag|nacht)\b"
    r"|^(?:auf|an|in|vor|neben|hinter) \w+ (?:\w+ )?(?:steht|sitzt|liegt|stehen|sitzen|liegen) (?:eine?|zwei|drei)\b"
    r"|^für die \w+ (?:sprach|spricht)\b|\bliegt\b.* vor$|^überhaupt\b|\bworten zitiert\b|^zum vergleich\b"
    r"|\b(?:ist|sind|war|waren|hat|haben|geht|gibt|es|sich|man|wir) (?:am \w+ )?ja\b"
    r"|\b(?:findet|finden|fand|fanden) (?:\w+ )?\w+ worte\b|^den anfang\b"
    r"|^erst\b.*, (?:nun|jetzt)\b|\bseit wenigen (?:minuten|sekunden|stunden)\b|\bja (?:ohnehin|sowieso|eh)\b"
)
_WAS_DONE = re.compile(r"\bworden waren?\b|\bwaren?\b.*\bworden$")
"""Pluperfect of the passive."""
_ANNOUNCES = re.compile(
    r"\b(?:erklär|verrat|verrät|zeig|schilder|erzähl|beschreib|erläuter)\w*\b.*, "
    r"(?:was|wie|warum|wieso|weshalb|worauf|worum)\b"
    r"|^es gibt (?:zwei|drei|vier|mehrere|einige|verschiedene|viele) \w+(?:,|$)"
)
_PROMISES = re.compile(
    r"\b(?:bekannt ?(?:zu)?geben|vorstellen|verkünden|ankündigen|bekannt gegeben werden|vorgestellt werden)$"
    r"|\b(?:hat|haben|hatten?|wurden?)\b.*\b(?:analysiert|ausgewertet|befragt|erhoben)\b"
    r"|\b(?:erhebt|erheben|misst|messen)\b"
)
"""What will be said, or how something was found out, without what."""
_BLICK = re.compile(r"\blohnt (?:sich )?(?:ein|der)\b.*\bblick\b|\bein (?:\w+ )?blick\b.*\blohnt\b")
_DRAWS = re.compile(r"\b(?:zieht|ziehen|zog|zogen|gezogen)\b")
_OF = frozenset("des der um von vom eines einer".split())
_DEFINITE = frozenset("der die das den dem des".split())


def _says(low: str) -> bool:
    return is_surely_finite(low) and stem(low) in {stem("sagte"), stem("sagt"), stem("erklärte"), stem("teilte")}


def _article_before(clause: Clause) -> str:
    """The lower-case word that stands in the text right before the line: its article where headline style cut it."""
    return (clause.text[max(0, clause.starts[0] - 8) : clause.starts[0]].split() or [""])[-1].lower()


def leaning(
    clause: Clause,
    headline: Sequence[str],
    first: Mapping[str, int],
    position: int,
    several: Set[str] = frozenset(),
) -> float:
    """The factor of a line that begins with a definite thing or person the headline does not name.

    ``POINTING`` where an earlier sentence has told of it, and for a person or a body without a name; ``UNTOLD`` where
    none has ("Der Verlust erreichte …": whose?). ``first`` are the positions where stems occur first. "die Polizei" is
    known without more, some offices have one holder. Of ``several`` things the text tells, "der Fahrer" names none.
    """
    verb = main_verb(clause)
    starts = [0 if clause.lows[0] in _NOMINATIVE else -1 if _article_before(clause) in _NOMINATIVE else None]
    starts.append(
        verb + 1 if verb and clause.lows[verb + 1 : verb + 2] and clause.lows[verb + 1] in _NOMINATIVE else None
    )
    factor = 1.0
    # "Gern sucht der Virologe nach …": the subject stands behind the verb.
    subjects = (0, -1) if verb == 0 or clause.words[verb - 1][0].isupper() else (0, -1, verb + 1)
    for start in starts:
        if start is None:
            continue
        here = start + 1
        while here < min(start + 4, len(clause) - 1) and clause.words[here][0].islower():
            here += 1
        word = clause.words[here]
        kind, root = noun_kind(word), stem(word)
        # "das Bad" of a headline's "Hallenbad"
        is_named = (root not in several and any(name.endswith(root) for name in headline)) or word.lower().endswith(
            _SOLE_HOLDERS
        )
        is_somebody = kind is SourceKind.PERSON or word.lower() in words_of("reference", "bodies")
        if not word[0].isupper() or is_named or (kind in _KNOWN and not is_somebody):
            continue
        # What follows may say which one: a genitive, a name, a phrase.
        alone = (
            here + 1 >= len(clause) or (start > 0 and clause.lows[here + 1] not in _OF) or _is_main(clause, here + 1)
        )
        if not alone or (start > 0 and clause.words[here + 1 : here + 2] and clause.words[here + 1][0].isupper()):
            continue
        told = first.get(root, position)
        if 1 < told < position or (is_somebody and start in subjects):
            factor = min(factor, POINTING)
        elif 1 < told == position and start in subjects:
            factor = min(factor, UNTOLD)
    return factor


_SOLE_HOLDERS = ("kanzler", "kanzlerin", "papst", "bundespräsident", "bundespräsidentin")
_KNOWN = frozenset({*SourceKind} - {SourceKind.DOCUMENT, SourceKind.ANONYMOUS})
_NOMINATIVE = frozenset(["der", "die", "das", "beide"])


def _is_main(clause: Clause, place: int) -> bool:
    return clause.words[place][0].islower() and is_surely_finite(clause.lows[place])


__all__ = [
    "AGAIN",
    "ASIDE",
    "EASY_WORDS",
    "FOLLOWING",
    "FULL_SCORE",
    "LEAST_OF_ARGUED",
    "LEAST_OF_FEW",
    "LEAST_SCORE",
    "LEAST_SHARE",
    "LEAST_WORTH",
    "LONG",
    "LONG_LEAD",
    "STAGED",
    "SUPERSEDED",
    "TURNED",
    "UNTOLD",
    "Kind",
    "kind_of",
    "leaning",
    "worth",
]
