"""Headline style: articles that a line may do without."""

from __future__ import annotations

import re
from functools import cache

from reader.analysis.deletion import ADJECTIVE, Clause, Cut, is_surely_finite
from reader.analysis.stems import lexicon, word_set


def leading_article(clause: Clause) -> list[Cut]:
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


def indefinite_article(clause: Clause) -> list[Cut]:
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
        while noun < len(clause) - 1 and noun < n + 4 and ADJECTIVE.fullmatch(clause.lows[noun]):
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
    while here < min(4, len(clause) - 1) and clause.words[here][0].islower() and ADJECTIVE.fullmatch(clause.lows[here]):
        here += 1
    return clause.words[here][0].isupper() and clause.lows[here] not in word_set("measure")


@cache
def _adjectival_noun() -> re.Pattern[str]:
    return re.compile(lexicon()["words"]["adjectival_noun"])


__all__ = ["indefinite_article", "leading_article"]
