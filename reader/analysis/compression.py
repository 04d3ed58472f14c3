"""Shorter forms of one German sentence by deletion alone: words and their order stay the article's.

Knows grammar, not relevance. Every rule takes away what the main clause can do without and what changes nothing that it
claims: insertions, trailing clauses of reason or remark, bare time phrases, connectors. Conditions, negations, hedges,
modals and object clauses are never touched, and nothing inside a quotation is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from reader.analysis.adjuncts import circumstances, modifiers, nested_genitives, nested_phrases
from reader.analysis.deletion import Clause, Cut, is_finite, is_surely_finite, words_of
from reader.analysis.lexicon import speech_forms
from reader.analysis.stems import lexicon, word_set


_DASHES = frozenset("–—-")
_ADJECTIVE_ENDING = re.compile(r"[a-zäöüß-]{2,}(?:e|en|er|es|em)")
_NON_FINITE = re.compile(r"[a-zäöüß]{2,}(?:t|en|ern|eln)|tun|sein|getan|los|fest|frei|vor|an|ab|auf|aus|zu|zurück")
_PARTICIPLE = re.compile(r"[a-zäöüß]*(?:ge[a-zäöüß]+|[a-zäöüß]+)(?:t|en|nd)(?:e|en|er|es|em)")
_INFINITIVE = re.compile(r"[a-zäöüß]{2,}(?:en|ern|eln)|tun|sein")


WANTED_WORDS, MOST_WORDS = 9, 14
"""Words of a point in a list: what shortening aims at, and the bound."""


@cache
def _time() -> re.Pattern[str]:
    phrases = "|".join(f"(?:{phrase})" for phrase in lexicon()["time"]["phrases"])
    return re.compile(rf"(?<!\S)(?:{phrases})(?=[\s.!?]|$)".replace(" ", r"\s+"), re.IGNORECASE)


@cache
def _adjectival_noun() -> re.Pattern[str]:
    return re.compile(lexicon()["words"]["adjectival_noun"])


def _commas(clause: Clause) -> list[int]:
    return [n for n, word in enumerate(clause.words) if word == "," and not clause.quoted[n]]


def _is_verb_final(clause: Clause, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` end in a finite verb, as a subordinate clause does."""
    last = end - 1
    while last > start and not clause.words[last][0].isalnum():
        last -= 1
    return last > start and clause.words[last][0].islower() and is_finite(clause.lows[last])


def _relative_start(clause: Clause, start: int) -> int:
    """Index behind the relative pronoun at ``start`` (with its preposition), or 0."""
    relative = word_set("relative")
    here = start
    if here < len(clause) and clause.lows[here] in word_set("prepositions"):
        here += 1
        if here >= len(clause) or clause.lows[here] not in relative:
            return 0
    if here >= len(clause) or not clause.words[here][0].islower() or clause.lows[here] not in relative:
        return 0
    return here + 1


def _is_relative(clause: Clause, start: int, end: int) -> bool:
    """Whether ``start`` to ``end`` is a relative clause and no V2 clause ("…, die Lage habe sich gebessert")."""
    here = _relative_start(clause, start)
    if not here or here >= end or not _is_verb_final(clause, here - 1, end):
        return False
    pronoun = clause.lows[here - 1]
    if pronoun in ("deren", "dessen") or here - 1 > start or len(pronoun) > 3:
        return True
    following = here
    while following < end - 1 and _ADJECTIVE_ENDING.fullmatch(clause.lows[following]):
        if clause.lows[following] in word_set("function") or is_surely_finite(clause.lows[following]):
            break
        following += 1
    return not clause.words[following][0].isupper()


def _is_restricted(clause: Clause, comma: int) -> bool:
    """Whether the noun before the comma needs its relative clause to say which one is meant."""
    low = comma - 1
    window = clause.lows[max(0, low - 5) : low + 1]
    if clause.lows[low] in word_set("restrictive") or any(
        word in word_set("restrictive") - _ARTICLES for word in window
    ):
        return True
    if clause.words[low][0].isupper() and any(word in ("ein", "eine", "einen", "einem", "einer") for word in window):
        return True
    main = clause.lows[:comma]
    if any(word in ("nicht", "kein", "keine", "keinen", "nur", "niemand") for word in main):
        return True
    return any(word in word_set("copula") for word in main) and not any(
        word.startswith(("ge", "ver", "be", "er", "zer", "ent")) and word.endswith(("t", "en")) for word in main
    )


_ARTICLES = frozenset(["der", "die", "das", "den", "dem", "des", "denen"])


def _parentheses(clause: Clause) -> list[Cut]:
    cuts: list[Cut] = []
    start = -1
    for n, word in enumerate(clause.words):
        if word in "([" and start < 0 and not clause.quoted[n]:
            start = n
        elif word in ")]" and start >= 0:
            cuts.append((start, n + 1))
            start = -1
    return cuts


def _zero_conjunction(clause: Clause) -> list[Cut]:
    if len(clause) < 4 or clause.lows[0] not in word_set("zero") or is_finite(clause.lows[1]):
        return []
    return [(0, 1)] if clause.words[1][0].isalnum() and clause.lows[1] != "nicht" else []


def _connector(clause: Clause) -> list[Cut]:
    cuts: list[Cut] = []
    for n in range(2, len(clause) - 1):
        if clause.lows[n] not in word_set("connector") or clause.quoted[n] or not clause.words[n].islower():
            continue
        before, after = clause.lows[n - 1], clause.lows[n + 1]
        if not clause.words[n - 1][0].isalnum() or before in ("und", "oder", "nicht", "sondern", "zwar"):
            continue
        # "nun auch", "daher, dass": the word belongs to its neighbour.
        if after in (",", "auch", "noch", "nicht", "nur", "einmal", "wieder") or "zwar" in clause.lows:
            continue
        cuts.append((n, n + 1))
    return cuts


def _time_phrase(clause: Clause) -> list[Cut]:
    if any(low in words_of("time", "future") for low in clause.lows):
        return []
    cuts: list[Cut] = []
    line = " ".join(clause.words)
    offsets: list[int] = []
    at = 0
    for word in clause.words:
        offsets.append(at)
        at += len(word) + 1
    for match in _time().finditer(line):
        start = offsets.index(match.start()) if match.start() in offsets else -1
        end = start + len(match[0].split())
        if start < 2 or end > len(clause) or any(clause.quoted[start:end]):
            continue
        if clause.lows[start - 1] in words_of("time", "keep_after") or clause.lows[start - 1][0].isdigit():
            continue
        if end < len(clause) and clause.lows[end] in words_of("time", "keep_before"):
            continue
        # The first field must keep its one member: a verb or noun stands before the phrase.
        if not any(is_finite(low) for low in clause.lows[:start]):
            continue
        cuts.append((start, end))
    return cuts


def _dash_insertion(clause: Clause) -> list[Cut]:
    dashes = [n for n, word in enumerate(clause.words) if word in _DASHES and not clause.quoted[n]]
    if len(dashes) != 2 or dashes[0] < 2 or dashes[1] >= len(clause) - 1:
        return []
    return [(dashes[0], dashes[1] + 1)]


def _comma_insertion(clause: Clause) -> list[Cut]:
    """A relative clause or apposition between two commas behind a noun, with the sentence going on after it."""
    commas = _commas(clause)
    cuts: list[Cut] = []
    reached = -1
    for left, right in zip(commas, commas[1:], strict=False):
        if left <= reached or left < 1 or right + 1 >= len(clause):
            continue
        head, next_word = clause.words[left - 1], clause.words[right + 1]
        if not (head[0].isupper() or head[0].isdigit()) or not next_word[0].islower() or any(clause.quoted[left:right]):
            continue
        if _is_relative(clause, left + 1, right):
            if not _is_restricted(clause, left) and clause.lows[right + 1] not in ("und", "oder", "sowie"):
                cuts.append((left, right + 1))
                reached = right
        elif _is_apposition(clause, left, right) or _is_afterthought(clause, left + 1):
            if is_finite(clause.lows[right + 1]):
                cuts.append((left, right + 1))
                reached = right
    return cuts


_NOUN_PHRASE = frozenset(
    [
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "einer",
        "eines",
        "einem",
        "einen",
        "sein",
        "seine",
        "ihr",
        "ihre",
        "deren",
        "dessen",
        "den",
        "dem",
        "des",
        "langjähriger",
        "langjährige",
        "ehemals",
        "früher",
    ]
)


def _is_apposition(clause: Clause, left: int, right: int) -> bool:
    """Whether the words between two commas rename the noun before: a noun phrase without verb or conjunction."""
    inner = clause.lows[left + 1 : right]
    if not 1 <= len(inner) <= 12 or inner[0] not in _NOUN_PHRASE:
        return False
    if any(low in ("und", "oder", "sowie", "aber") for low in clause.lows[right + 1 : right + 3]):
        return False
    if any(low in ("oder", "sowie", "aber", "sondern") or low in word_set("auxiliary") for low in inner):
        return False
    return any(word[0].isupper() for word in clause.words[left + 2 : right])


def _is_afterthought(clause: Clause, start: int) -> bool:
    line = " ".join(clause.lows[start : start + 3])
    return any(line == opener or line.startswith(f"{opener} ") for opener in lexicon()["words"]["afterthought"])


def _tail(clause: Clause) -> list[Cut]:
    """The last clause or list of examples, where the sentence stands without it."""
    end = len(clause)
    while end and clause.words[end - 1] in ".!…":
        end -= 1
    dashes = [n for n, word in enumerate(clause.words) if word in _DASHES and not clause.quoted[n]]
    if len(dashes) == 1 and 3 <= dashes[0] < end - 1:
        follows = clause.lows[dashes[0] + 1]
        if not any(is_surely_finite(low) for low in clause.lows[1 : dashes[0]]):
            return []
        if follows not in (
            "nicht",
            "aber",
            "doch",
            "sondern",
            "und",
            "oder",
            "wenn",
            "falls",
            "wohl",
            "jedoch",
            "allerdings",
        ):
            return [(dashes[0], end)]
        return []
    commas = [n for n in _commas(clause) if n >= 3]
    if not commas:
        return []
    # The outermost clause that may go takes the clauses inside it along.
    for comma in reversed(commas):
        if clause.quoted[end - 1] and not clause.quoted[comma + 1 : end].count(True) == 0:
            balanced = sum(1 for word in clause.words[comma:end] if word in '„“”"»«') % 2 == 0
            if not balanced:
                return []
        verdict = _droppable(clause, comma, end)
        if verdict and not _closes_bracket(clause, comma):
            verdict = None
        if verdict is not None:
            return [(comma, end)] if verdict else []
    return []


def _droppable(clause: Clause, comma: int, end: int) -> bool | None:
    """Whether what follows the comma may go; None where it is only the inner part of an earlier clause."""
    first = comma + 1
    if first >= end:
        return None
    low = clause.lows[first]
    if _leans_forward(clause, comma):
        return False
    if _is_afterthought(clause, first):
        return not any(word == "," for word in clause.words[:comma])
    if low == "um" or (low in ("so", "und") and first + 1 < end and clause.lows[first + 1] in ("dass", "um")):
        if low == "und":
            return False
        return low == "so" or _has_zu_infinitive(clause, first, end)
    if low in word_set("droppable"):
        if low == "denn":
            return True
        if low == "was" and clause.lows[comma - 1] in word_set("restrictive"):
            return False
        return _is_verb_final(clause, first, end)
    if _relative_start(clause, first):
        if _is_relative(clause, first, end):
            return not _is_restricted(clause, comma)
        return _is_final_apposition(clause, comma, end) or False
    return _is_final_apposition(clause, comma, end)


def _leans_forward(clause: Clause, comma: int) -> bool:
    """Whether the main clause points at what follows: "so …, dass", "darauf, dass", "mehr, als", a verb of saying alone."""
    before = clause.lows[max(0, comma - 1) : comma]
    return any(
        low
        in (
            "so",
            "derart",
            "mehr",
            "weniger",
            "anders",
            "darauf",
            "daran",
            "davon",
            "dafür",
            "dazu",
            "darüber",
            "sagte",
            "sagt",
        )
        or low.startswith("dar")
        for low in before
    )


def _has_zu_infinitive(clause: Clause, start: int, end: int) -> bool:
    last = end - 1
    low = clause.lows[last]
    return (clause.lows[last - 1] == "zu" and bool(_INFINITIVE.fullmatch(low))) or bool(
        re.fullmatch(r"[a-zäöüß]+zu[a-zäöüß]+(?:en|ern|eln)", low)
    )


def _closes_bracket(clause: Clause, end: int) -> bool:
    """Whether the clause up to ``end`` holds the participle or infinitive that its auxiliary or modal asks for."""
    first = next((n for n in range(1, end) if is_surely_finite(clause.lows[n])), 0)
    if clause.lows[first] not in word_set("bracket"):
        return True
    last = end - 1
    while last > first and not clause.words[last][0].isalnum():
        last -= 1
    return bool(_NON_FINITE.fullmatch(clause.words[last])) and clause.lows[last] not in word_set("no_verb")


def _is_final_apposition(clause: Clause, comma: int, end: int) -> bool | None:
    inner = clause.lows[comma + 1 : end]
    if not inner or inner[0] not in _NOUN_PHRASE or not clause.words[comma - 1][0].isupper():
        return None
    if any(low in ("und", "oder", "sowie", ",", "aber") or low in word_set("auxiliary") for low in inner):
        return None
    if len(inner) > 12 or any(low in ("und", "oder", "sowie") for low in clause.lows[:comma]):
        return None
    return True if any(word[0].isupper() for word in clause.words[comma + 2 : end]) else None


def _second_predicate(clause: Clause) -> list[Cut]:
    """ "… und + finite verb" to the end: the first predicate is whole without it."""
    end = len(clause)
    while end and clause.words[end - 1] in ".!…":
        end -= 1
    if any(low in ("sowohl", "weder", "zwar", "entweder", "nicht") for low in clause.lows[:end]):
        return []
    for n in range(4, end - 2):
        if clause.lows[n] != "und" or clause.quoted[n]:
            continue
        follows = clause.lows[n + 1]
        if not clause.words[n + 1][0].islower() or not is_surely_finite(follows):
            continue
        if clause.words[n + 2][0].isupper() and _ADJECTIVE_ENDING.fullmatch(follows):
            continue
        if any(word == "," for word in clause.words[:n]) or not any(is_finite(low) for low in clause.lows[1:n]):
            continue
        return [(n, end)] if _closes_bracket(clause, n) else []
    return []


def _participial_attribute(clause: Clause) -> list[Cut]:
    """What stands between an article and a participle before its noun ("die am Vorabend vorgelegten Zahlen")."""
    cuts: list[Cut] = []
    n = 0
    while n < len(clause) - 3:
        if clause.lows[n] in ("der", "die", "das", "den", "dem", "des") and not clause.quoted[n]:
            end = _attribute_end(clause, n + 1)
            if end:
                cuts.append((n + 1, end))
                n = end
        n += 1
    return cuts


def _attribute_end(clause: Clause, start: int) -> int:
    """Index behind the participle that closes an extended attribute opening at ``start``, or 0."""
    if clause.lows[start] not in word_set("attribute_opening"):
        return 0
    for n in range(start + 1, min(start + 9, len(clause) - 1)):
        low = clause.lows[n]
        if not clause.words[n][0].isalnum() or low in ("und", "oder", "nicht") or low in word_set("auxiliary"):
            return 0
        if clause.words[n][0].islower() and _PARTICIPLE.fullmatch(low) and clause.words[n + 1][0].isupper():
            return n + 1
    return 0


def _indefinite_article(clause: Clause) -> list[Cut]:
    """ "ein", "eine", "einen" before a noun, with or without adjective: headlines leave them out."""
    cuts: list[Cut] = []
    if not clause.words[0][0].isupper() or clause.lows[0] in word_set("function") | word_set("opening"):
        return cuts if clause.lows[0] not in ("ein", "eine") else [(0, 1)] * _is_bare_start(clause)
    verb = next(
        (n for n in range(1, len(clause)) if clause.words[n][0].islower() and is_surely_finite(clause.lows[n])), 0
    )
    if not verb or clause.lows[verb + 1 : verb + 2] in (["der"], ["die"], ["das"]):
        return cuts
    for n in range(len(clause) - 1):
        if clause.words[n] not in ("ein", "eine", "einen", "Ein", "Eine", "Einen") or clause.quoted[n]:
            continue
        noun = n + 1
        while noun < len(clause) - 1 and noun < n + 4 and _ADJECTIVE_ENDING.fullmatch(clause.lows[noun]):
            if clause.words[noun][0].isupper() or clause.lows[noun] in word_set("function"):
                break
            noun += 1
        word = clause.words[noun]
        if not word[0].isupper() or clause.lows[noun] in word_set("measure") | word_set("light"):
            continue
        if n and (clause.lows[n - 1] in word_set("before_one") or clause.words[n - 1] in ("–", ",", "-")):
            continue
        # Adjectives used as nouns take over the ending: "ein Abgeordneter" is whole, "einen Abgeordneten" is not.
        if noun == n + 1 and clause.lows[n] == "einen" and _adjectival_noun().search(word):
            continue
        cuts.append((n, n + 1))
    return cuts


def _is_bare_start(clause: Clause) -> bool:
    """Whether the sentence begins with "ein" or "eine" before a noun, an adjective between them or not."""
    here = 1
    while (
        here < min(4, len(clause) - 1)
        and clause.words[here][0].islower()
        and _ADJECTIVE_ENDING.fullmatch(clause.lows[here])
    ):
        here += 1
    return clause.words[here][0].isupper() and clause.lows[here] not in word_set("measure")


def _leading_article(clause: Clause) -> list[Cut]:
    """The article of the first noun, where no adjective must take over its ending."""
    if len(clause) < 4 or clause.lows[0] not in ("der", "die", "das", "ein", "eine") or clause.quoted[0]:
        return []
    noun = clause.words[1]
    if not noun[0].isupper() or _adjectival_noun().search(noun) or noun[-1] == "-":
        return []
    if clause.lows[0] in ("der", "ein") and clause.lows[1].endswith(("ige", "ene", "ete", "iger", "ener", "eter")):
        return []
    if clause.lows[2] in ("und", "oder", "sowie", ",", "des", "der") and clause.lows[2] in (
        "und",
        "oder",
        "sowie",
        ",",
    ):
        return []
    return [(0, 1)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A deletion with one sentence that it shortens, what is left of it, and one that it must leave alone."""

    name: str
    find: Callable[[Clause], list[Cut]]
    shortens: str
    leaves: str
    spares: str


INNER_RULES = (
    Rule(
        "parenthesis",
        _parentheses,
        "Der Minister (SPD) reist nach Rom.",
        "Der Minister reist nach Rom.",
        "Der Minister reist nach Rom.",
    ),
    Rule(
        "zero conjunction",
        _zero_conjunction,
        "Doch die Regierung hat den Plan verworfen.",
        "Die Regierung hat den Plan verworfen.",
        "Doch kam es anders als gedacht.",
    ),
    Rule(
        "connector",
        _connector,
        "Die Stadt hat zudem zwei Brücken gesperrt.",
        "Die Stadt hat zwei Brücken gesperrt.",
        "Die Brücke ist zwar alt, aber dennoch sicher.",
    ),
    Rule(
        "time phrase",
        _time_phrase,
        "Der Rat hat am Donnerstag den Haushalt beschlossen.",
        "Der Rat hat den Haushalt beschlossen.",
        "Die Messe startet am Donnerstag in Kiel.",
    ),
    Rule(
        "dash insertion",
        _dash_insertion,
        "Der Hafen – der größte des Landes – bleibt geschlossen.",
        "Der Hafen bleibt geschlossen.",
        "Der Hafen bleibt geschlossen – vorerst.",
    ),
    Rule(
        "comma insertion",
        _comma_insertion,
        "Die Fähre, die am Montag auslief, sank vor der Küste.",
        "Die Fähre sank vor der Küste.",
        "Alle Fähren, die am Montag ausliefen, sanken.",
    ),
    Rule(
        "participial attribute",
        _participial_attribute,
        "Die am Vorabend vorgelegten Zahlen überraschten die Anleger.",
        "Die Zahlen überraschten die Anleger.",
        "Die in Kiel lebenden und arbeitenden Fischer protestieren.",
    ),
)
"""Deletions inside the main clause, in order."""

TAIL_RULES = (
    Rule(
        "tail",
        _tail,
        "Die Stadt sperrt die Brücke, weil der Beton bröckelt.",
        "Die Stadt sperrt die Brücke.",
        "Die Stadt sperrt die Brücke, wenn der Beton bröckelt.",
    ),
    Rule(
        "second predicate",
        _second_predicate,
        "Die Stadt sperrt am Abend die Brücke und will sie abreißen.",
        "Die Stadt sperrt am Abend die Brücke.",
        "Die Stadt sperrt die Brücke und die Straße.",
    ),
)
"""Deletions at the end; the first may be made more than once."""

STYLE_RULES = (
    Rule(
        "leading article",
        _leading_article,
        "Die Stadt sperrt die Brücke.",
        "Stadt sperrt die Brücke.",
        "Der Angeklagte schweigt vor Gericht.",
    ),
    Rule(
        "indefinite article",
        _indefinite_article,
        "Das Gericht stoppt einen eifrigen Spender.",
        "Das Gericht stoppt eifrigen Spender.",
        "Der Prozess dauert ein Jahr.",
    ),
)
"""Telegram style: only for points in a list."""


def parts(clause: Clause) -> list[Clause]:
    """Main clauses that stand side by side in the sentence, each with its own subject; without the sentence itself.

    Parted at a colon, semicolon, dash or comma where a finite verb in second place shows that a main clause begins.
    What follows a verb of saying, a doubt or a denial is not taken out of it.
    """
    cuts: list[Cut] = []
    start = 0
    for n, word in enumerate(clause.words):
        if clause.quoted[n] or word not in (":", ";", ",", "–", "—"):
            continue
        opens = n + 1
        if word == "," and opens < len(clause) and clause.lows[opens] == "und":
            opens += 1
        if not _opens_main_clause(clause, opens):
            continue
        before = clause.lows[start:n]
        if any(low in word_set("guarding") or low in speech_forms() for low in before) or not _holds_main_verb(
            clause, start, n
        ):
            return []
        cuts.append((start, n))
        start = opens
    if not start:
        return []
    size = len(clause)
    cuts.append((start, size))
    return [clause.without([(0, low), (high, size)]) for low, high in cuts]


def _holds_main_verb(clause: Clause, start: int, end: int) -> bool:
    """Whether a finite verb stands in the stretch before the first comma: the main clause is not only begun."""
    for n in range(start + 1, end):
        if clause.words[n] == ",":
            return False
        if clause.words[n][0].islower() and is_surely_finite(clause.lows[n]):
            return True
    return False


def _opens_main_clause(clause: Clause, start: int) -> bool:
    """Whether a noun phrase and then a finite verb that is not the last word begin at ``start``."""
    here = start
    end = min(len(clause) - 2, start + 8)
    if here >= end or not (
        clause.words[here][0].isupper() or clause.lows[here] in ("der", "die", "das", "ein", "eine")
    ):
        return False
    if clause.words[here][0].islower():
        here += 1
        while here < end and clause.words[here][0].islower():
            if not _ADJECTIVE_ENDING.fullmatch(clause.lows[here]) or clause.lows[here] in word_set("function"):
                return False
            here += 1
    nouns = 0
    while here < end:
        word, low = clause.words[here], clause.lows[here]
        if word[0].islower() and is_surely_finite(low):
            stop = next((n for n in range(here, len(clause)) if clause.words[n] in ",;:–—.!"), len(clause))
            return nouns > 0 and stop - here > 1
        if not word[0].isalnum() or low in ("und", "oder", "dass", "ob") or clause.quoted[here]:
            return False
        nouns += word[0].isupper()
        here += 1
    return False


LOSSES = (modifiers, circumstances, nested_genitives)
"""Deletions that lose a detail, the smaller loss first."""
Finder = Callable[[Clause, Callable[[str], float]], list[Cut]]


def shortened(
    clause: Clause,
    allowed: Callable[[Clause, Cut], bool],
    weight: Callable[[str], float],
    names: Finder | None = None,
    most: int = MOST_WORDS,
) -> list[Clause]:
    """The clause and its shorter forms, each shorter than the one before; ``allowed`` may forbid single cuts.

    Details go only while there are more than ``WANTED_WORDS``, those first whose stems have the least ``weight``; phrases
    inside phrases only while there are more than ``most``. ``names`` finds first names and roles before a family name.
    """
    forms = [clause]
    for rule in (*INNER_RULES, *TAIL_RULES[:1] * 3, *TAIL_RULES[1:], *TAIL_RULES[:1]):
        current = forms[-1]
        cuts = [cut for cut in rule.find(current) if allowed(current, cut)]
        if cuts:
            forms.append(current.without(cuts))
    while forms[-1].number_of_words() > WANTED_WORDS:
        current = forms[-1]
        finders: list[Finder] = [*([names] if names else []), *LOSSES]
        if current.number_of_words() > most:
            finders.append(nested_phrases)
        losses = (cut for find in finders for cut in find(current, weight))
        found = next((cut for cut in losses if allowed(current, cut)), None)
        if found is None:
            break
        forms.append(current.without([found]))
    return forms


__all__ = ["INNER_RULES", "STYLE_RULES", "TAIL_RULES", "WANTED_WORDS", "Rule", "parts", "shortened"]
