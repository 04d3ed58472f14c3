"""The frame "so": ", so X" and ", so schätzen die Forscher"."""

from __future__ import annotations

from reader.analysis.clauses import QUOTED
from reader.analysis.constructions import Candidate, Sentence, ranges
from reader.analysis.lexicon import words
from reader.analysis.predicates import utterance
from reader.analysis.speakers import speaker_of
from reader.model.analysis import ReportForm


def so_frame(s: Sentence, k: int) -> list[Candidate]:
    """The statement that "so" at token ``k`` frames."""
    g = s.g
    c = s.clause_of(k)
    if c < 0 or k + 1 >= s.unit.j:
        return []
    clause = s.clauses[c]
    behind_quote = k > 0 and g.hide[k - 1] == QUOTED
    if k != clause.i and not behind_quote:
        return []
    if c == 0 and not behind_quote:
        return []
    cue = [k]
    if clause.verb == k + 1 and k == clause.i and s.hits(c) and s.hits(c)[0].k == clause.verb:
        # ", so schätzen die Forscher, …"
        cue = s.hits(c)[0].tokens
        phrase = speaker_of(s, c, s.hits(c)[0])
        if phrase is None or clause.opener == ":" or (c + 1 < len(s.clauses) and s.clauses[c + 1].opener == ":"):
            return []
    else:
        phrase = s.chunker.at(k + 1, clause.j)
    if phrase is None or (len(cue) == 1 and cue[0] == k and (phrase.preposition or not phrase.nominative)):
        return []
    if g.lows[phrase.noun] in words("frames", "titles", "speech"):
        return []
    if phrase.pronoun and g.lows[phrase.i] not in ("er", "sie"):
        return []
    if clause.verb >= 0 and len(cue) == 1 and cue[0] == k and not phrase.i <= clause.verb < phrase.j:
        return []

    last = c
    while (
        last + 1 < len(s.clauses)
        and s.clauses[last + 1].kind in ("relative", "part")
        and s.clauses[last + 1].opener == ","
    ):
        nxt = s.clauses[last + 1]
        if any(g.hide[n] == QUOTED for n in range(nxt.i, nxt.j)) or (
            nxt.kind == "part" and last + 2 >= len(s.clauses) and not _noun_first(s, nxt.first)
        ):
            break
        last += 1

    if behind_quote and k != clause.i:
        a = next(a for a, b in (g.quote_tokens[n] for n in s.unit.quotes) if a < k <= b)
        return [Candidate("so-frame", ReportForm.DIRECT, [(a, k)], [(k, k + 1)], 85, phrase, unit=s.number)]
    left = c - 1
    while left > 0 and s.clauses[left].opener not in {";", ":"}:
        left -= 1
    content = (s.clauses[left].i, s.clauses[c - 1].j)
    quote = utterance(s, content)
    pieces = [quote or content]
    if last + 1 < len(s.clauses):
        nxt = s.clauses[last + 1]
        goes_on = nxt.opener != ";" and not (nxt.conjunction and s.hits(last + 1))
        if goes_on and (quote is None or g.hide[nxt.i] == QUOTED):
            stop = s.clauses[-1].j
            for n in range(last + 1, len(s.clauses)):
                if s.clauses[n].opener == ";":
                    stop = s.clauses[n - 1].j
                    break
            pieces.append((nxt.i, stop))
    form = ReportForm.DIRECT if quote else ReportForm.INDIRECT
    return [Candidate("so-frame", form, pieces, ranges(cue), 88, phrase, unit=s.number, via=[])]


def _noun_first(s: Sentence, k: int) -> bool:
    return s.chunker.at(k, s.unit.j) is not None
