"""Frames without a verb: laut X, nach Angaben von X, X zufolge, aus Sicht von X, demnach, angeblich."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.chains import links
from reader.analysis.constructions import Candidate, Link, Range, Sentence, ranges, without
from reader.analysis.lexicon import noun_kind, words
from reader.analysis.nominal import nominal, wonach
from reader.analysis.nounphrases import NounPhrase
from reader.analysis.predicates import inverted
from reader.analysis.sayings import is_saying, owner_before, phrase_before, source_inside
from reader.analysis.so_frames import so_frame
from reader.analysis.speakers import antecedent
from reader.model.analysis import ReportForm


def candidates(s: Sentence) -> list[Candidate]:
    """Every statement that a frame without a verb governs in this sentence."""
    found: list[Candidate] = []
    g = s.g
    for k in range(s.unit.i, s.unit.j):
        if g.hide[k]:
            continue
        low = g.lows[k]
        if low in ("laut", "gemäß"):
            found.extend(_laut(s, k))
        elif low in ("nach", "zufolge"):
            found.extend(_nach(s, k) if low == "nach" else _zufolge(s, k))
        elif low == "so":
            found.extend(so_frame(s, k))
        elif low == "aus":
            found.extend(_view(s, k))
        elif low in ("demnach", "demzufolge") or (low == "danach" and k == s.unit.i and _subjunctive_clause(s, k)):
            found.extend(_frame(s, "demnach", [k], None, (k, k + 1), 75, carries=True, proform=(k, k + 1)))
        elif low == "wonach":
            found.extend(wonach(s, k, 1))
        elif (
            low in ("denen", "der", "dem", "welchem", "welcher")
            and k > s.unit.i
            and (g.lows[k - 1] in ("nach", "laut") or (k + 1 < s.unit.j and g.lows[k + 1] == "zufolge"))
        ):
            c = s.clause_of(k)
            if c > 0 and s.clauses[c].kind == "relative" and k - s.clauses[c].first <= 1:
                found.extend(wonach(s, k if g.lows[k - 1] not in ("nach", "laut") else k - 1, 2))
        elif low == "vernehmen":
            found.extend(_vernehmen(s, k))
        elif low == "angeblich":
            found.extend(_angeblich(s, k))
    found.extend(nominal(s))
    return found


def _subjunctive_clause(s: Sentence, k: int) -> bool:
    c = s.clause_of(k)
    return c >= 0 and bool(s.clauses[c].mood & m.SUBJUNCTIVE1)


def region(s: Sentence, k: int) -> Range:
    """The clauses that a frame covers: the sentence up to semicolons, or the subordinate clause that it stands in."""
    c = max(s.clause_of(k), 0)
    clause = s.clauses[c]
    if clause.kind == "relative" or (clause.kind == "sub" and c > 0):
        last = c
        return (clause.i, s.clauses[last].j)
    left = c
    while left > 0 and s.clauses[left].opener not in {";", ":"}:
        left -= 1
    right = c
    while right + 1 < len(s.clauses) and s.clauses[right + 1].opener != ";":
        right += 1
    return (s.clauses[left].i, s.clauses[right].j)


def _frame(
    s: Sentence,
    rule: str,
    cue: list[int],
    speaker: NounPhrase | None,
    hole: Range,
    score: int,
    *,
    carries: bool = False,
    proform: Range | None = None,
    via: list[Link] | None = None,
) -> list[Candidate]:
    """A candidate whose content is the region around a frame, without the frame itself."""
    g = s.g
    own = s.clause_of(hole[0])
    if own > 0 and any(inverted(s, own, hit) for hit in s.hits(own)[:1]):
        # "schrieb laut der Zeitung eine Forscherin": a link of the chain of that statement
        return []
    around = region(s, hole[0])
    hole_end = hole[1]
    # a relative clause or apposition of the speaker belongs to the frame
    c = s.clause_of(hole_end - 1)
    if c >= 0 and hole_end >= s.clauses[c].j:
        last = c
        while (
            last + 1 < len(s.clauses) and s.clauses[last + 1].kind == "relative" and s.clauses[last + 1].opener == ","
        ):
            last += 1
        hole_end = max(hole_end, s.clauses[last].j)
    holes = [(hole[0], hole_end)]
    # "Wie X mitteilte, ist das nach Auffassung von Y …": what X says is no part of what Y thinks
    holes += [
        (clause.i, clause.j)
        for n, clause in enumerate(s.clauses)
        if n != own and clause.kind == "sub" and g.lows[clause.first] == "wie" and s.hits(n)
    ]
    pieces = without(around, holes)
    pieces = [p for p in pieces if any(g.words[k][0].isalnum() for k in range(*p))]
    if not pieces:
        return []
    return [
        Candidate(
            rule,
            ReportForm.INDIRECT,
            pieces,
            ranges(cue),
            score,
            speaker,
            carries=carries,
            via=via or (links(s, own, speaker) if own >= 0 else []),
            unit=s.number,
            proform=proform,
        )
    ]


def _laut(s: Sentence, k: int) -> list[Candidate]:
    g = s.g
    if k + 1 >= s.unit.j:
        return []
    phrase = s.chunker.at(k + 1, s.unit.j)
    if phrase is None or phrase.pronoun or phrase.preposition:
        return []
    if (
        g.lows[k] == "gemäß"
        and noun_kind(g.words[phrase.noun]) is None
        and phrase.name is None
        and not is_saying(g.lows[phrase.noun])
    ):
        return []
    speaker, end = source_inside(s, phrase)
    bare = (phrase.i, phrase.j) if speaker is None else None
    return _frame(s, "laut", [k], speaker, (k, max(end, phrase.j)), 80, carries=speaker is None, proform=bare)


def _nach(s: Sentence, k: int) -> list[Candidate]:
    g = s.g
    phrase = s.chunker.at(k, s.unit.j)
    if phrase is not None and not phrase.pronoun:
        owner = owner_before(s, phrase)
        if owner is not None and k > s.unit.i and g.lows[k - 1] in words("time", "spans"):
            # "zehn Jahre nach Kolbs Vorhersage"
            return []
        if owner is not None:
            return _frame(s, "nach-saying", [k, phrase.core - 1], owner, (k, phrase.core), 80)
    if (
        phrase is not None
        and not phrase.pronoun
        and is_saying(g.lows[phrase.noun])
        and phrase.j > k + 1
        and phrase.article not in words("frames", "author", "speech")
    ):
        low = g.lows[phrase.noun]
        needs = low in words("frames", "needs_source", "speech")
        own = any(g.lows[n] in ("eigenen", "eigener") for n in range(k, phrase.noun))
        if own:
            c = max(s.clause_of(k), 0)
            subject = s.subject(c, s.clauses[c].verb) if s.clauses[c].verb >= 0 else None
            if s.clauses[c].kind == "relative" and g.lows[s.clauses[c].first] in ("der", "die", "das"):
                subject = antecedent(s, c)
            return _frame(
                s,
                "nach-saying",
                list(range(k, phrase.noun + 1)),
                subject,
                (k, phrase.core),
                80,
                carries=subject is None,
            )
        bare = NounPhrase(phrase.i, phrase.j, phrase.head)
        bare.noun, bare.name, bare.article, bare.core = phrase.noun, phrase.name, phrase.article, phrase.core
        speaker, end = source_inside(s, bare)
        early = any(g.lows[n] in words("frames", "early", "speech") for n in range(k, phrase.noun))
        if speaker is None and (needs or phrase.article in ("dem", "der", "den")) and not early:
            return []
        if (
            needs
            and speaker is bare
            and low not in ("bericht", "berichten")
            and not early
            and (
                phrase.article not in ("einer", "einem")
                or (low in words("frames", "acts", "speech") and bare.j == bare.core)
            )
        ):
            return []
        if (
            needs
            and phrase.article
            and speaker is not None
            and speaker is not bare
            and low in ("urteil", "untersuchung")
        ):
            return []
        cue = [k] if speaker is bare else list(range(k, phrase.noun + 1))
        return _frame(
            s,
            "nach-saying",
            cue,
            speaker,
            (k, max(end, phrase.j)),
            80,
            proform=(phrase.i, phrase.j) if speaker is None else None,
        )
    # "seiner Meinung nach", "den Angaben nach"
    before = phrase_before(s, k)
    if before is not None and is_saying(g.lows[before.noun]):
        if g.lows[before.noun] == "bericht" and not before.article:
            return []
        if g.lows[before.i] in words("frames", "author", "speech") or (
            g.words[before.i] == "Ihrer" and before.i > s.unit.i
        ):
            return []
        if phrase is not None and phrase.article and before.article not in words("determiners", "possessive"):
            # "die Erklärungen der Ministerin nach ihrem Besuch": a preposition of time
            return []
        speaker, _ = source_inside(s, before)
        words_ = (before.i, before.j) if speaker is None else None
        return _frame(s, "nach-saying", [k], speaker, (before.i, k + 1), 75, carries=speaker is None, proform=words_)
    return []


def _zufolge(s: Sentence, k: int) -> list[Candidate]:
    phrase = phrase_before(s, k)
    if phrase is None and k > s.unit.i and s.g.lows[k - 1] in ("ihm", "ihr", "ihnen"):
        pronoun = NounPhrase(k - 1, k, k - 1)
        pronoun.pronoun = True
        return _frame(s, "zufolge", [k], pronoun, (k - 1, k + 1), 85)
    if phrase is None:
        return []
    speaker, _ = source_inside(s, phrase)
    own = speaker is not None and speaker.pronoun
    cue = list(range(phrase.i, k + 1)) if speaker is None or own else [k]
    first = any(s.g.lows[n] in words("frames", "early", "speech") for n in range(phrase.i, phrase.j))
    bare = (phrase.i, phrase.j) if speaker is None else None
    start = phrase.i
    # "Angaben der Bahn zufolge": at the beginning of a sentence the noun may look like a verb.
    if start > s.unit.i and phrase.article == "der" and s.g.lows[start - 1] in words("frames", "nouns", "speech"):
        start -= 1
    return _frame(s, "zufolge", cue, speaker, (start, k + 1), 85, carries=speaker is None and not first, proform=bare)


def _view(s: Sentence, k: int) -> list[Candidate]:
    """Aus Sicht der Händler."""
    g = s.g
    if k + 2 >= s.unit.j:
        return []
    n = k + 1
    if g.lows[n] in ("der", "dieser"):
        n += 1
    if g.lows[n] not in words("frames", "view", "speech"):
        return []
    speaker = s.chunker.at(n + 1, s.unit.j)
    if speaker is None or not (g.lows[n + 1] in s.chunker.genitive or g.lows[n + 1] in ("von", "vom") or speaker.name):
        return []
    return _frame(s, "aus-sicht", [k, n], speaker, (k, speaker.j), 75)


def _vernehmen(s: Sentence, k: int) -> list[Candidate]:
    """Dem Vernehmen nach."""
    g = s.g
    if k == s.unit.i or g.lows[k - 1] != "dem" or k + 1 >= s.unit.j or g.lows[k + 1] != "nach":
        return []
    found = _frame(s, "vernehmen", [k - 1, k, k + 1], None, (k - 1, k + 2), 85)
    for candidate in found:
        candidate.form = ReportForm.HEARSAY
    return found


def _angeblich(s: Sentence, k: int) -> list[Candidate]:
    if s.g.lows[k] != "angeblich":
        return []
    c = s.clause_of(k)
    if c < 0 or s.clauses[c].verb < 0 or s.clauses[c].kind not in ("main", "first"):
        return []
    found = _frame(s, "angeblich", [k], None, (k, k + 1), 60)
    for candidate in found:
        candidate.form = ReportForm.HEARSAY
    return found
