"""Wholes side by side in a sentence of which each may stand alone: predicates, verb groups, main clauses."""

from __future__ import annotations

from reader.analysis.deletion import ADJECTIVE, Clause, Cut, is_finite, is_surely_finite, main_verb, words_of
from reader.analysis.lexicon import noun_kind, speech_forms
from reader.analysis.morphology import INFINITIVE, PARTICIPLE, PLURAL, verb_form
from reader.analysis.stems import word_set
from reader.analysis.subclauses import closes_bracket

_HAVING = frozenset("hat haben habe hätten hätte wurde wurden".split())
_MODAL = frozenset("will wollen soll sollen kann können muss müssen darf dürfen wird werden".split())
_PAIRED = frozenset("sowohl weder zwar entweder nicht kein keine keinen keiner nie niemand kaum erst nur".split())
"""Words that may reach over the "und", or need what stands behind it."""
_POINTING = frozenset("dafür dagegen dazu davon damit daran darauf".split())


def second_predicate(clause: Clause) -> list[Cut]:
    """ "… und + finite verb" to the end: the first predicate is whole without it."""
    end = len(clause)
    while end and clause.words[end - 1] in ".!…":
        end -= 1
    if any(low in ("sowohl", "weder", "zwar", "entweder", "nicht") for low in clause.lows[:end]):
        return []
    # "wollte den Plan holen und fand den Schrank leer": behind an intention stands what happened.
    if any(low in ("wollte", "wollten", "sollte", "sollten", "hatte", "hatten") for low in clause.lows[:5]):
        return []
    for n in range(4, end - 2):
        if clause.lows[n] != "und" or clause.quoted[n]:
            continue
        follows = clause.lows[n + 1]
        if not clause.words[n + 1][0].islower() or not (is_surely_finite(follows) or _is_second_plural(clause, n + 1)):
            continue
        if clause.words[n + 2][0].isupper() and ADJECTIVE.fullmatch(follows):
            continue
        if any(word == "," for word in clause.words[:n]) or not any(is_finite(low) for low in clause.lows[1:n]):
            continue
        # "verwies auf das Wetter und schloss keine Ursache aus": the second half limits the first.
        limits = not _LIMITING_HALF.isdisjoint(clause.lows[n:end])
        return [(n, end)] if closes_bracket(clause, n) and not limits else []
    return []


_LIMITING_HALF = frozenset("kein keine keinen keinem keiner nicht nur noch erst aber jedoch allerdings".split())


def _is_second_plural(clause: Clause, place: int) -> bool:
    """ "Die Städte sperren die Brücken und verweisen auf …": a plural like the first verb, and something behind it."""
    verb = main_verb(clause, 1, place)
    both = (clause.lows[verb], clause.lows[place])
    if not verb or any(low in _HAVING | _MODAL or low in word_set("bracket") for low in both):
        return False
    return all(low.endswith("en") and verb_form(low) & PLURAL for low in both) and place + 3 < len(clause)


def second_verb_group(clause: Clause) -> list[Cut]:
    """ "hat vier Tage verhandelt und dabei Zeugen befragt": the second verb goes with what it governs."""
    end = len(clause)
    while end and not clause.words[end - 1][0].isalnum():
        end -= 1
    verb = main_verb(clause, 1, end)
    if end < 8 or not verb or any(word in ",:;–—()" for word in clause.words[:end]):
        return []
    if _PAIRED & set(clause.lows[:end]) or any(clause.quoted[:end]):
        return []
    form = PARTICIPLE if clause.lows[verb] in _HAVING else INFINITIVE if clause.lows[verb] in _MODAL else 0
    if not _closes(clause, end - 1, form):
        return []
    for n in range(verb + 3, end - 2):
        if clause.lows[n] == "und" and _closes(clause, n - 1, form) and clause.lows[n - 2] not in ("und", "oder"):
            # "verletzt und getötet": one event in two words.
            return [(n, end)] if end - n > 3 else []
    return []


def _closes(clause: Clause, place: int, form: int) -> bool:
    return (
        bool(form)
        and clause.words[place].islower()
        and bool(verb_form(clause.lows[place]) & form)
        and clause.lows[place] not in word_set("no_verb")
    )


def _joins_main_clauses(clause: Clause, place: int) -> bool:
    """Whether the "und" at ``place`` may join two main clauses: no subordinate clause and no pair is open before it."""
    before = clause.lows[:place]
    if clause.lows[place] != "und" or "," in before or _PAIRED & set(before):
        return False
    if (word_set("subordinator") - _ARTICLES) & set(before[:1]) or _POINTING & set(before):
        return False
    verb = main_verb(clause, 1, place)
    # "Mit dem Wort werden Frauen und Männer beleidigt": the participle is still to come.
    if verb and clause.lows[verb] in _PASSIVE and not verb_form(clause.lows[place - 1]) & PARTICIPLE:
        return False
    return verb > 0 and not is_surely_finite(clause.lows[place - 1])


_PASSIVE = frozenset("wird werden wurde wurden".split())


_ARTICLES = frozenset("der die das den dem".split())


def parts(clause: Clause) -> list[Clause]:
    """Main clauses that stand side by side in the sentence, each with its own subject; without the sentence itself.

    Parted at a colon, semicolon, dash, comma or "und" where a finite verb in second place shows that a main clause
    begins. What follows a verb of saying, a doubt or a denial is not taken out of it.
    """
    cuts: list[Cut] = []
    start = 0
    for n, word in enumerate(clause.words):
        joined = word == "und" and not start and _joins_main_clauses(clause, n)
        if clause.quoted[n] or (word not in (":", ";", ",", "–", "—") and not joined):
            continue
        opens = n + 1
        if word == "," and opens < len(clause) and clause.lows[opens] == "und":
            opens += 1
        if not _opens_main_clause(clause, opens):
            continue
        # "Im Fußball wurde gestreikt und ein Tarif gefordert": what opens the first one holds for the others as well.
        if not start and word != ":" and clause.lows[0] in word_set("prepositions") | words_of("adjunct", "contracted"):
            return []
        before = clause.lows[start:n]
        is_head = word == ":" and not start and _is_head(clause, n)
        # "Bei Insolvenz des Käufers: Verkäufer hat …": what stands before the colon limits what follows.
        if is_head and clause.lows[0] in _LIMITING:
            return []
        if (_says(before) and before[-1:] not in (["fest"], ["klar"])) or not (
            is_head or _holds_main_verb(clause, start, n)
        ):
            return []
        # "…, befand das Gericht, die Satzung sei nichtig": what is in Konjunktiv I is said by the part before it.
        if any(low in word_set("subjunctive") for low in clause.lows[opens:]):
            return []
        # "… die Angst, die Regierung könnte …", "… das Ziel, Verdächtige zu befragen": what is feared or aimed at.
        if word == "," and (_SHIFTED & set(clause.lows[opens : opens + 6]) or _ends_in_aim(clause, opens)):
            return []
        cuts.append((start, n))
        start = opens
    if not start:
        return []
    size = len(clause)
    cuts.append((start, size))
    # What stands before a colon only announces what stands behind it.
    return [clause.without([(0, low), (high, size)]) for low, high in cuts if clause.words[min(high, size - 1)] != ":"]


_SHIFTED = frozenset("könnte könnten würde würden müsste müssten dürfte dürften wäre wären hätte hätten".split())


def _ends_in_aim(clause: Clause, start: int) -> bool:
    """Whether "zu" and an infinitive close the stretch that begins at ``start``."""
    stop = next((n for n in range(start, len(clause)) if clause.words[n] in ",;:–—.!"), len(clause))
    return stop - start > 2 and clause.lows[stop - 2] == "zu" and bool(verb_form(clause.lows[stop - 1]) & INFINITIVE)


def _is_head(clause: Clause, end: int) -> bool:
    """Whether what stands before the colon is a heading of its own: no verb, and nobody who may be speaking."""
    if _has_any_verb(clause, end):
        return False
    return end > 3 or (
        end == 3
        and clause.words[1].islower()
        and noun_kind(clause.words[0]) is None
        and noun_kind(clause.words[2]) is None
    )


_LIMITING = frozenset("bei beim für ohne unter ab bis seit im in nach wenn falls mit zum zur".split())


def _has_any_verb(clause: Clause, end: int) -> bool:
    """Whether a finite verb stands before ``end``; without one it is a heading of its own ("Wende am Abend: …")."""
    return any(clause.words[n].islower() and is_surely_finite(clause.lows[n]) for n in range(end))


def _says(lows: list[str]) -> bool:
    """Whether a verb of saying or a word of doubt or denial stands there."""
    return any(
        low in word_set("guarding")
        or any(all(need in lows for need in form.needs) for form in speech_forms().get(low, ()))
        for low in lows
    )


def _holds_main_verb(clause: Clause, start: int, end: int) -> bool:
    """Whether a finite verb stands in the stretch before the first comma: the main clause is not only begun."""
    comma = next((n for n in range(start, end) if clause.words[n] == ","), end)
    return main_verb(clause, start + 1, comma) > 0


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
            if not ADJECTIVE.fullmatch(clause.lows[here]) or clause.lows[here] in word_set("function"):
                return False
            here += 1
    stop = next((n for n in range(here, len(clause)) if clause.words[n] in ",;:–—.!"), len(clause))
    verb = main_verb(clause, here + 1, stop)
    if not verb or clause.lows[verb] == "zufolge" or verb > start + 8 or stop - verb < 2:
        return False
    # "…, das der Trainer spielen kann": a verb at its end makes it a relative clause.
    if is_finite(clause.lows[stop - 1]) and clause.lows[stop - 1] in word_set("auxiliary"):
        return False
    between = range(here, verb)
    # "…, die ersten Analysen zufolge ansteckender sein könnten": the verb closes a relative clause.
    if verb_form(clause.lows[verb - 1]) & (INFINITIVE | PARTICIPLE) and clause.words[verb - 1].islower():
        return False
    # "…, Stifte - irgendetwas fehlt immer": the noun closes a list.
    return not any(clause.quoted[n] or clause.lows[n] in ("und", "oder", "dass", "ob", "-", "–", "—") for n in between)


__all__ = ["parts", "second_predicate", "second_verb_group"]
