"""Hearsay: "soll … haben" as reported, against plan and duty; "will … gesehen haben"."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.clauses import OPEN
from reader.analysis.constructions import Candidate, Range, Sentence, ranges, without
from reader.analysis.lexicon import endings, words
from reader.model.analysis import ReportForm

_SHALL = frozenset(["soll", "sollen"])
_WILL = frozenset(["will", "wollen"])


def candidates(s: Sentence) -> list[Candidate]:
    """Clauses whose "soll" or "will" says what is only heard or claimed."""
    found = []
    g = s.g
    for c, clause in enumerate(s.clauses):
        if clause.kind not in ("main", "first", "relative", "sub"):
            continue
        for k in range(clause.first, clause.j):
            if g.hide[k] == OPEN and g.lows[k] in _SHALL | _WILL:
                perfect = _perfect(s, k, clause.j)
                if g.lows[k] in _WILL:
                    if perfect:
                        claim = _make(s, c, k, "will-perfect", 70)
                        if clause.kind in ("main", "first") and g.lows[clause.first] not in ("das", "dies"):
                            claim.speaker = s.subject(c, clause.verb)
                        found.append(claim)
                    break
                if perfect:
                    found.append(_make(s, c, k, "soll-perfect", 75))
                elif "demnach" in g.lows[clause.first : clause.j] and not _future(s, clause.i, clause.j):
                    found.append(_make(s, c, k, "soll-state", 60))
                elif _state(s, k, clause.j) and not _future(s, clause.i, clause.j):
                    found.append(_make(s, c, k, "soll-state", 48))
                break
    return found


def _perfect(s: Sentence, k: int, j: int) -> bool:
    """Whether the clause ends in a perfect infinitive: "gesprochen haben", "gewesen sein", "gestohlen worden sein"."""
    g = s.g
    last = [n for n in range(k + 1, j) if g.hide[n] == OPEN]
    tail = last[-3:]
    if s.clauses[s.clause_of(k)].kind in ("relative", "sub") and (not last or k == j - 1):
        tail = list(range(max(k - 3, s.unit.i), k))
    if not tail:
        return False
    for n in tail[1:]:
        if g.lows[n] in ("haben", "sein") and _past(s, n):
            return True
    # "soll … gestohlen haben und …"
    for n in last[1:]:
        if g.lows[n] in ("haben", "sein") and n + 1 < j and g.lows[n + 1] in ("und", "oder") and _past(s, n):
            return True
    return False


def _past(s: Sentence, n: int) -> bool:
    """Whether "haben" or "sein" at token ``n`` makes a perfect: "fertig sein" and "bezogen sein" are to come."""
    g = s.g
    before = g.lows[n - 1]
    if g.lows[n] == "haben":
        return bool(g.verbs[n - 1] & m.PARTICIPLE) or _participle_like(before)
    return before in ("worden", "gewesen", "geworden") or before.endswith(
        endings("perfect_with_sein", "words", "verbs")
    )


def _participle_like(word: str) -> bool:
    return (word.startswith("ge") or "ge" in word[2:6]) and word.endswith(("t", "en")) and len(word) > 5


def _state(s: Sentence, k: int, j: int) -> bool:
    g = s.g
    last = [n for n in range(k + 1, j) if g.hide[n] == OPEN]
    if not last:
        return False
    if g.lows[last[-1]] == "sein" and g.lows[last[-1] - 1] in ("informiert", "bekannt", "beteiligt", "verwickelt"):
        return "seit" in g.lows[k:j] or "schon" in g.lows[k:j] or "bereits" in g.lows[k:j]
    if g.lows[last[-1]] == "sein" and len(last) > 1 and g.words[last[-1] - 1][0].isupper():
        # "soll ein Teil der Geschichte sein"
        return g.lows[last[-1] - 1] not in s.chunker.times
    return g.lows[last[-1]] in words("hearsay", "states", "speech")


def _future(s: Sentence, i: int, j: int) -> bool:
    g = s.g
    for n in range(i, j):
        low = g.lows[n]
        if low in words("hearsay", "future", "speech"):
            return True
        if len(low) == 4 and low.isdigit() and 2020 < int(low) < 2100:
            return True
    return False


def _make(s: Sentence, c: int, k: int, rule: str, score: int) -> Candidate:
    clause = s.clauses[c]
    last = c
    while (
        last + 1 < len(s.clauses)
        and s.clauses[last + 1].opener == ","
        and s.clauses[last + 1].kind in ("relative", "zu", "part", "sub")
    ):
        if s.hits(last + 1):
            break
        last += 1
    left = c
    while (
        left > 0
        and s.clauses[left].opener == ","
        and s.clauses[left - 1].kind in ("part", "relative")
        and clause.kind in ("main", "first")
    ):
        left -= 1
    span: Range = (s.clauses[left].i, s.clauses[last].j)
    pieces = without(span, [(k, k + 1)])
    return Candidate(rule, ReportForm.HEARSAY, pieces, ranges([k]), score, unit=s.number)
