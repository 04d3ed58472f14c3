"""What stands between commas, dashes and brackets or behind them, and may go without harm to the main clause."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from reader.analysis.deletion import Clause, Cut, is_finite, is_surely_finite
from reader.analysis.morphology import PARTICIPLE, verb_form
from reader.analysis.relatives import NOUN_PHRASE, is_relative, is_restricted, is_verb_final, relative_start
from reader.analysis.stems import lexicon, word_set

_DASHES = frozenset("–—-")
_NON_FINITE = re.compile(r"[a-zäöüß]{2,}(?:t|en|ern|eln)|tun|sein|getan|los|fest|frei|vor|an|ab|auf|aus|zu|zurück")
_INFINITIVE = re.compile(r"[a-zäöüß]{2,}(?:en|ern|eln)|tun|sein")
_CONTRASTS = frozenset(
    "nicht aber doch sondern und oder wenn falls sofern solange soweit vorausgesetzt außer bis wohl jedoch allerdings "
    "um angeblich womöglich vermutlich".split()
)


def parentheses(clause: Clause) -> list[Cut]:
    """What stands in brackets, with them."""
    if "(" not in clause.words and "[" not in clause.words:
        return []
    cuts: list[Cut] = []
    start = -1
    for n, word in enumerate(clause.words):
        # Behind a word in quotation marks a bracket says what it means: "die „Limpieza“ (Säuberung)".
        short = n + 2 < len(clause) and clause.words[n + 2] in ")]" and clause.words[n + 1][-1].isupper()
        glosses = n > 0 and clause.words[n - 1] in '“”"«»' and not short
        # "beträgt (außer für Gäste) 500 Euro": a limit.
        limits = n + 1 < len(clause) and clause.lows[n + 1] in ("außer", "ausgenommen", "ohne", "nur", "nicht", "mit")
        if word in "([" and start < 0 and not clause.quoted[n] and not glosses and not limits:
            start = n
        elif word in ")]" and start >= 0:
            cuts.append((start, n + 1))
            start = -1
    return cuts


def _dashes(clause: Clause) -> list[int]:
    """Dashes outside quotations; a mark that touches its neighbour is a hyphen ("das „Ja“-Wort")."""
    return [
        n
        for n, word in enumerate(clause.words)
        if word in _DASHES and not clause.quoted[n] and n and clause.starts[n] > clause.ends[n - 1]
    ]


def dash_insertion(clause: Clause) -> list[Cut]:
    """What stands between the only two dashes, with them."""
    dashes = _dashes(clause)
    if len(dashes) != 2 or dashes[0] < 2 or dashes[1] >= len(clause) - 1:
        return []
    return [(dashes[0], dashes[1] + 1)]


def comma_insertion(clause: Clause) -> list[Cut]:
    """A relative clause or apposition between two commas behind a noun, with the sentence going on after it."""
    commas = _commas(clause)
    cuts: list[Cut] = []
    reached = -1
    for left, right in pairwise(commas):
        if left <= reached or left < 1 or right + 1 >= len(clause):
            continue
        head, next_word = clause.words[left - 1], clause.words[right + 1]
        if (
            not (head[0].isupper() or head[0].isdigit() or head in '“”"«')
            or not next_word[0].islower()
            or any(clause.quoted[left : right + 1])
        ):
            continue
        # "Die Entscheidung, den Bau zu stoppen, ist …": which decision?
        if _has_zu_infinitive(clause, left + 1, right):
            continue
        if is_relative(clause, left + 1, right):
            if not is_restricted(clause, left, right) and clause.lows[right + 1] not in ("und", "oder", "sowie"):
                cuts.append((left, right + 1))
                reached = right
        elif is_finite(clause.lows[right + 1]) and (
            _is_apposition(clause, left, right) or _is_afterthought(clause, left + 1)
        ):
            cuts.append((left, right + 1))
            reached = right
    return cuts


def _commas(clause: Clause) -> list[int]:
    return [n for n, word in enumerate(clause.words) if word == "," and not clause.quoted[n]]


def _is_apposition(clause: Clause, left: int, right: int) -> bool:
    """Whether the words between two commas rename the noun before: a noun phrase without verb or conjunction."""
    inner = clause.lows[left + 1 : right]
    if not 1 <= len(inner) <= 12 or inner[0] not in NOUN_PHRASE:
        return False
    if any(low in ("und", "oder", "sowie", "aber") for low in clause.lows[right + 1 : right + 3]):
        return False
    if any(low in ("oder", "sowie", "aber", "sondern") or low in word_set("auxiliary") for low in inner):
        return False
    return any(word[0].isupper() for word in clause.words[left + 2 : right])


def _is_afterthought(clause: Clause, start: int) -> bool:
    return any(" ".join(clause.lows[start : start + n]) in _afterthoughts() for n in (1, 2, 3))


@cache
def _afterthoughts() -> frozenset[str]:
    return frozenset(lexicon()["words"]["afterthought"])


def tail(clause: Clause) -> list[Cut]:
    """The last clause or list of examples, where the sentence stands without it."""
    end = len(clause)
    while end and clause.words[end - 1] in ".!…":
        end -= 1
    dashes = _dashes(clause)
    if len(dashes) == 1 and 3 <= dashes[0] < end - 1:
        follows = clause.lows[dashes[0] + 1]
        # "449,- Euro"
        if clause.words[dashes[0] - 1] == ",":
            return []
        whole = any(is_surely_finite(low) for low in clause.lows[1 : dashes[0]]) and ";" not in clause.words
        # "übernimmt bis Saisonende – und hat nichts zu verlieren"
        goes_on = follows == "und" and dashes[0] + 2 < end and is_surely_finite(clause.lows[dashes[0] + 2])
        return [(dashes[0], end)] * (
            whole and (follows not in _CONTRASTS or goes_on) and clause.words[dashes[0] - 1] != ","
        )
    commas = [n for n in _commas(clause) if n >= 3]
    if not commas:
        return []
    # The outermost clause that may go takes the clauses inside it along.
    for comma in reversed(commas):
        if clause.quoted[end - 1] and sum(1 for word in clause.words[comma:end] if word in '„“”"»«') % 2:
            return []
        verdict = _droppable(clause, comma, end)
        # With commas inside it the stretch may reach over the participle that closes the main clause.
        if verdict and "," in clause.words[comma + 1 : end] and not closes_bracket(clause, comma):
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
        inner = clause.words[first:end]
        if "," not in inner:
            return "," not in clause.words[:comma]
        # "…, darunter Brandt, als Gäste ein": the sentence goes on behind it; a mere list is its end.
        is_list = all(word[0].isupper() or clause.lows[first + n] in _LISTING for n, word in enumerate(inner[1:], 1))
        return True if is_list and "," not in clause.words[:comma] and closes_bracket(clause, comma) else None
    if low == "um" or (low in ("so", "und") and first + 1 < end and clause.lows[first + 1] in ("dass", "um")):
        if low == "und":
            return False
        # "muss nicht aus China kommen, um Billiges zu verkaufen": the denial is about both.
        denied = any(
            word in ("nicht", "nur", "nie") or word.startswith(("kein", "nutz", "genutzt", "verwende"))
            for word in clause.lows[:comma]
        )
        # "zu müde, um zu schwimmen", "groß genug, um …": the measure is taken by what follows.
        measured = "genug" in clause.lows[:comma] or any(
            word == "zu" and clause.words[n + 1].islower() and not _INFINITIVE.fullmatch(clause.lows[n + 1])
            for n, word in enumerate(clause.lows[: comma - 1])
        )
        return low == "so" or (_has_zu_infinitive(clause, first, end) and not denied and not measured)
    if low == "denn" or (low == "kaum" and clause.lows[first + 1 : first + 2] == ["dass"]):
        return True
    # Behind a verb or its separated prefix the clause is its object: "zeigt, welche …", "deutet sich an, was …".
    asks = is_surely_finite(clause.lows[comma - 1]) or clause.lows[comma - 1] in word_set("separated")
    if low in word_set("droppable"):
        # "…, was die Kosten angeht": says of what.
        narrows = clause.lows[end - 1] in ("angeht", "betrifft", "anbelangt")
        if low == "was" and (asks or narrows or _asks_for_what(clause, comma)):
            return False
        return is_verb_final(clause, first, end)
    if asks and low in ("welche", "welcher", "welches", "welchen", "welchem", "wo", "wie", "wer"):
        return False
    if relative_start(clause, first):
        if is_relative(clause, first, end):
            return not is_restricted(clause, comma)
        return _is_final_apposition(clause, comma, end) or False
    return _is_final_apposition(clause, comma, end)


_LISTING = frozenset(", und oder sowie der die das den dem des gegen für von aus in".split())


def _asks_for_what(clause: Clause, comma: int) -> bool:
    """Whether "was …" is an object ("bekam, was er wollte", "alles sagen, was er weiß") and no remark on the clause."""
    before = clause.lows[:comma]
    named = clause.words[comma - 1][0].isupper() or clause.words[comma - 1][0] in '”“"»«)'
    pointed = not {"alles", "etwas", "nichts", "vieles", "manches", "das", "genau"}.isdisjoint(before[-4:])
    return not named or pointed or not word_set("guarding").isdisjoint(before)


def _leans_forward(clause: Clause, comma: int) -> bool:
    """Whether the main clause points at what follows: "so …, dass", "darauf, dass", "mehr, als", a verb of saying."""
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


def closes_bracket(clause: Clause, end: int) -> bool:
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
    before = clause.words[comma - 1]
    # "hat Brandt gewählt, die Meisterin der Halle": the noun stands before the verb that closes the clause.
    closes = before.islower() and bool(verb_form(before) & PARTICIPLE) and clause.words[comma - 2][0].isupper()
    if not inner or inner[0] not in NOUN_PHRASE or not (before[0].isupper() or closes):
        return None
    if any(low in ("und", "oder", "sowie", ",", "aber") or low in word_set("auxiliary") for low in inner):
        return None
    if len(inner) > 12 or any(low in ("und", "oder", "sowie") for low in clause.lows[:comma]):
        return None
    # Behind an insertion the sentence goes on: "Brandt erklärte in Musterstadt, am Fluss, die Bäder für offen".
    if "," in clause.words[:comma]:
        return None
    # "…, das viele bewegt: Kinderlosigkeit" holds a clause.
    if ":" in inner or any(is_surely_finite(low) for low in inner):
        return None
    # A verb at its end would make it a clause of its own ("ein Fehler, den Plan zu ändern").
    last = next((clause.words[n] for n in range(end - 1, comma, -1) if clause.words[n][0].isalnum()), "")
    return True if last[:1].isupper() or last[:1].isdigit() else None


__all__ = ["closes_bracket", "comma_insertion", "dash_insertion", "parentheses", "tail"]
