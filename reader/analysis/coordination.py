"""Where "und" joins two wholes of which each may stand alone: two verb groups of one subject, two main clauses."""

from __future__ import annotations

from reader.analysis.deletion import Clause, Cut, is_surely_finite, main_verb
from reader.analysis.morphology import INFINITIVE, PARTICIPLE, verb_form
from reader.analysis.stems import word_set

_HAVING = frozenset("hat haben habe hätten hätte wurde wurden".split())
_MODAL = frozenset("will wollen soll sollen kann können muss müssen darf dürfen wird werden".split())
_PAIRED = frozenset("sowohl weder zwar entweder nicht kein keine keinen keiner nie niemand kaum erst nur".split())
"""Words that may reach over the "und", or need what stands behind it."""
_PLACES = frozenset("dafür dagegen dazu davon damit daran darauf".split())


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


def joins_main_clauses(clause: Clause, place: int) -> bool:
    """Whether the "und" at ``place`` may join two main clauses: no subordinate clause and no pair is open before it."""
    before = clause.lows[:place]
    if clause.lows[place] != "und" or "," in before or _PAIRED & set(before):
        return False
    if (word_set("subordinator") - _ARTICLES) & set(before[:1]) or _PLACES & set(before):
        return False
    return main_verb(clause, 1, place) > 0 and not is_surely_finite(clause.lows[place - 1])


_ARTICLES = frozenset("der die das den dem".split())

__all__ = ["joins_main_clauses", "second_verb_group"]
