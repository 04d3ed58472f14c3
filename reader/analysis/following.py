"""Content behind its verb of saying: "X sagte, …", "X sagte: „…“", "X versprach, … zu …"."""

from __future__ import annotations

from itertools import pairwise

from reader.analysis import morphology as m
from reader.analysis.chains import links
from reader.analysis.clauses import QUOTED, Clause
from reader.analysis.constructions import Candidate, Hit, Range, Sentence, ranges
from reader.analysis.lexicon import CLAUSE, COLON, QUOTE, WEAK, ZU, words
from reader.analysis.phrase import NounPhrase
from reader.analysis.predicates import SUBJUNCTIVE, frame_end, has_quote, inverted, mood_of
from reader.analysis.speakers import speaker_of
from reader.model.analysis import ReportForm


def behind(s: Sentence, c: int, hit: Hit) -> list[Candidate]:
    """ "X sagte, …", "X sagte: „…“", and the summary "X kritisierte den Plan"."""
    g = s.g
    clause = s.clauses[c]
    takes = hit.form.takes
    found: list[Candidate] = []
    speaker = speaker_of(s, c, hit)
    cue = ranges(hit.tokens)
    via = links(s, c, speaker)
    begin = frame_end(s, c) + 1
    if begin > c + 1 and begin <= len(s.clauses):
        # an adverbial clause may be the content after all when nothing else is
        pass
    for n in range(c + 1, len(s.clauses)):
        if s.clauses[n].opener == ":":
            begin = n
            break
        if n >= begin:
            break
    if hit.form.lemma in ("sein", "stehen") and speaker is None:
        return []
    if _own_belief(s, clause, hit, speaker):
        return []
    bare = _bare_infinitive(s, c, hit)
    if bare is not None:
        return [Candidate("infinitive-clause", ReportForm.INDIRECT, [bare], cue, 62, speaker, via=via, unit=s.number)]
    begin = _fronted(s, c, begin)
    if begin < len(s.clauses):
        first = s.clauses[begin]
        candidate = _content_behind(s, c, begin, hit, first)
        if candidate is not None:
            rule, form, content, score = candidate
            found.append(
                Candidate(
                    rule,
                    form,
                    content,
                    cue,
                    score,
                    speaker,
                    via=via,
                    unit=s.number,
                    carries=speaker is None and not hit.passive,
                )
            )
    if not found and takes & QUOTE:
        # "X sprach von …" is a summary; „…“ behind the verb without a mark between is a quotation with its frame
        for a, b in (g.quote_tokens[n] for n in s.unit.quotes):
            if clause.i <= a < clause.j and a > hit.k and g.words[a - 1] == ":":
                found.append(
                    Candidate(
                        "quote-behind-colon", ReportForm.DIRECT, [(a, b)], cue, 85, speaker, via=via, unit=s.number
                    )
                )
                break
    return found


def _own_belief(s: Sentence, clause: Clause, hit: Hit, speaker: NounPhrase | None) -> bool:
    """Whether it is the belief of a speaker heard already ("sie hoffe, dass …"), of the writer, or of nobody."""
    if speaker is not None and not speaker.pronoun:
        return False
    if speaker is not None and s.g.lows[speaker.i] in ("ich", "wir"):
        return True
    if hit.passive and speaker is None and hit.form.lemma in ("erwarten", "rechnen"):
        return True
    return bool(hit.form.takes & WEAK and clause.mood & m.SUBJUNCTIVE1)


def _bare_infinitive(s: Sentence, c: int, hit: Hit) -> Range | None:
    """The infinitive that no comma parts from its verb: "hatte angekündigt bei der Wahl anzutreten"."""
    if not hit.form.takes & ZU:
        return None
    clause = s.clauses[c]
    begin = max(hit.tokens) + 1
    if clause.j - begin < 3:
        return None
    g = s.g
    last = clause.j - 1
    if g.verbs[last] & m.ZU_INFINITIVE or (g.lows[last - 1] == "zu" and g.verbs[last] & m.INFINITIVE):
        return (begin, clause.j)
    return None


def _fronted(s: Sentence, c: int, begin: int) -> int:
    """Where the content begins when it opens with a subordinate clause: "sagte, wer das wolle, könne gehen"."""
    for n in range(c + 1, min(begin, len(s.clauses) - 1)):
        clause, following = s.clauses[n], s.clauses[n + 1]
        if (
            clause.kind == "sub"
            and following.kind == "first"
            and following.opener == ","
            and following.mood & SUBJUNCTIVE
        ):
            return n
    return begin


def _content_behind(
    s: Sentence, c: int, begin: int, hit: Hit, first: Clause
) -> tuple[str, ReportForm, list[Range], int] | None:
    g = s.g
    takes = hit.form.takes
    stop = _content_end(s, c, begin)
    content = (first.i, s.clauses[stop].j)
    low = g.lows[first.first]
    if g.hide[first.i] == QUOTED and (first.opener == ":" or first.kind == "quote"):
        end = first.i
        for a, b in (g.quote_tokens[n] for n in s.unit.quotes):
            if a <= first.i < b:
                end = b
        if takes & (QUOTE | COLON) and (end >= content[1] - 1 or first.opener == ":" or g.words[end - 2] in ".!?"):
            return "quote-behind-colon", ReportForm.DIRECT, [(first.i, end)], 90
    if first.opener == ":":
        if takes & (CLAUSE | COLON | QUOTE) and first.kind in ("main", "first", "sub"):
            good = bool(first.mood & SUBJUNCTIVE)
            return (
                "clause-behind-colon",
                ReportForm.INDIRECT,
                [content],
                75 if good else 50 if hit.form.lemma in words("indicative", "verbs", "speech") else 38,
            )
        return None
    if not takes & (CLAUSE | ZU):
        return None
    if first.opener == ";":
        return None
    if first.conjunction and first.kind in ("main", "first") and not first.mood & m.SUBJUNCTIVE1:
        return None
    if (
        first.kind == "sub"
        and stop > begin
        and s.clauses[begin + 1].kind == "first"
        and s.clauses[begin + 1].mood & SUBJUNCTIVE
    ):
        return (
            ("verb-second-clause", ReportForm.INDIRECT, [content], 80)
            if takes & CLAUSE and low not in ("dass", "ob")
            else ("that-clause", ReportForm.INDIRECT, [content], 80)
        )
    if first.kind == "part" and takes & CLAUSE and has_quote(s, first) and _quoted_verb(s, first):
        return "verb-second-clause", ReportForm.INDIRECT, [content], 60
    if first.kind == "sub" and low in words("subordinators", "complement") and takes & CLAUSE:
        if low in ("dass", "daß"):
            return "that-clause", ReportForm.INDIRECT, [content], 72 if takes & WEAK else 85
        before = g.words[first.i - 2]
        if low != "ob" and (low in ("was", "wo") or low.startswith("welch") or before[0].isupper()):
            # ", was …" and ", welche …" behind a noun are relative clauses
            return None
        return "that-clause", ReportForm.INDIRECT, [content], 60 if low == "ob" else 52
    if first.kind == "first" and (
        s.clauses[c].kind in ("sub", "relative") or (not first.mood & SUBJUNCTIVE and s.hits(begin))
    ):
        # "X, den die Zeitung zitiert, sagte, …", "Wenn er geklagt hätte, hätte …": the main clause goes on
        return None
    if first.kind in ("main", "first") and takes & CLAUSE:
        mood = mood_of(s, begin, stop + 1)
        if first.mood & m.SUBJUNCTIVE1 or mood & m.SUBJUNCTIVE1:
            return "verb-second-clause", ReportForm.INDIRECT, [content], 85
        if first.mood & m.SUBJUNCTIVE2:
            return "verb-second-clause", ReportForm.INDIRECT, [content], 75
        if (
            first.kind == "main"
            and hit.form.lemma in words("indicative", "verbs", "speech")
            and first.opener == ","
            and s.chunker.at(first.first, first.j)
        ):
            return "verb-second-clause", ReportForm.INDIRECT, [content], 55
        return None
    if first.kind == "zu" and (takes & ZU or _modal_infinitive(s, first)):
        return "infinitive-clause", ReportForm.INDIRECT, [content], 70
    return None


def _quoted_verb(s: Sentence, clause: Clause) -> bool:
    """Whether the finite verb of a clause stands inside its quotation."""
    return (
        any(
            s.g.hide[k] == QUOTED and s.g.verbs[k] & (m.AUXILIARY | m.MODAL | m.FINITE)
            for k in range(clause.i, clause.j)
        )
        and s.chunker.at(clause.first, clause.j) is not None
    )


def _modal_infinitive(s: Sentence, clause: Clause) -> bool:
    """Whether a "zu" clause ends in "zu wollen", "zu haben", "zu sein": after any verb of saying it is what is said."""
    span = s.g.lows[clause.first : clause.j]
    return any(a == "zu" and b in ("wollen", "haben", "sein", "können", "müssen", "werden") for a, b in pairwise(span))


def _content_end(s: Sentence, c: int, begin: int) -> int:
    """The last clause of a content that begins with clause ``begin``."""
    last = begin
    while last + 1 < len(s.clauses):
        clause = s.clauses[last + 1]
        if clause.opener == ";" or (clause.opener == ":" and s.g.hide[clause.i] == QUOTED):
            break
        if (
            clause.conjunction
            and s.hits(last + 1)
            and clause.kind in ("main", "first")
            and not clause.mood & m.SUBJUNCTIVE1
        ):
            break
        if s.clauses[begin].kind == "zu" and clause.kind == "main" and clause.conjunction in ("und", "aber"):
            # "bat ihn, das zu wiederholen, und er tat es"
            break
        if _frame_clause(s, last + 1) or _closing_frame(s, last + 1):
            break
        last += 1
    return last


def _closing_frame(s: Sentence, c: int) -> bool:
    """Whether clause ``c`` frames all before it: "…, sagte X" at the end of the sentence."""
    clause = s.clauses[c]
    hits = s.hits(c) if clause.kind == "first" and not clause.conjunction and not clause.mood & SUBJUNCTIVE else []
    return bool(hits) and clause.opener == "," and hits[0].k == clause.verb and inverted(s, c, hits[0])


def _frame_clause(s: Sentence, c: int) -> bool:
    """Whether clause ``c`` is a "wie X mitteilte" or ", so X" of its own."""
    low = s.g.lows[s.clauses[c].first]
    return low == "wie" and s.clauses[c].kind == "sub" and bool(s.hits(c))
