"""Verbs of saying with their content: "X sagte, dass …", "…, sagte X", "wie X mitteilte", "X: „…“"."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.chains import links
from reader.analysis.clauses import QUOTED, Clause
from reader.analysis.constructions import Candidate, Hit, Range, Sentence, ranges
from reader.analysis.following import behind
from reader.analysis.lexicon import CLAUSE, FRAME, QUOTE, WEAK, WIE, WRITING, words
from reader.analysis.predicates import SUBJUNCTIVE, frame_end, has_quote, inverted, mood_of, utterance
from reader.analysis.speakers import speaker_of
from reader.model.analysis import ReportForm


def candidates(s: Sentence) -> list[Candidate]:
    """Every statement that a verb of saying of this sentence may govern."""
    found: list[Candidate] = []
    for c, clause in enumerate(s.clauses):
        if clause.kind == "quote":
            continue
        hits = s.hits(c)
        if "niemand" in s.g.lows[clause.first : clause.j]:
            continue
        if not hits:
            found.extend(_colon(s, c))
            continue
        hit = hits[0]
        if hit.infinitive:
            if _states_still(s, clause):
                found.extend(c_ for c_ in behind(s, c, hit) if c_.rule == "that-clause")
            continue
        if s.g.lows[clause.first] == "wie" and clause.kind == "sub":
            found.extend(_wie(s, c, hit))
            continue
        done = _before(s, c, hit) if inverted(s, c, hit) and not _answers(s, c) else []
        if not done:
            for other in hits[:3]:
                if not other.infinitive:
                    done = behind(s, c, other)
                    if done:
                        break
        if not done:
            done = _colon(s, c)
        found.extend(done)
    return found


def _answers(s: Sentence, c: int) -> bool:
    """Whether a setting leads to a quotation behind: "Auf die Frage, ob er gehe, antwortete er: „Nein.“"."""
    after = frame_end(s, c) + 1
    if after >= len(s.clauses) or s.clauses[after].opener != ":" or s.g.hide[s.clauses[after].i] != QUOTED:
        return False
    return not any(has_quote(s, clause) or clause.kind in ("main", "first") for clause in s.clauses[:c])


def _states_still(s: Sentence, clause: Clause) -> bool:
    """Whether the modal verb leaves the statement a statement: "will bekannt geben, dass …"."""
    return s.g.lows[clause.verb] in ("will", "wollen", "wollte", "wollten", "möchte", "möchten", "musste", "mussten")


def _colon(s: Sentence, c: int) -> list[Candidate]:
    """Er fuhr fort: „…“ – a whole sentence quoted behind a colon, whatever the verb before it."""
    g = s.g
    clause = s.clauses[c]
    if clause.kind not in ("main", "first") or c + 1 >= len(s.clauses):
        return []
    following = s.clauses[c + 1]
    if following.opener == ":" and following.kind == "main" and following.mood & m.SUBJUNCTIVE1:
        return _reasoned(s, c)
    if following.opener != ":" or g.hide[following.i] != QUOTED:
        return []
    a, b = next(((a, b) for a, b in (g.quote_tokens[n] for n in s.unit.quotes) if a <= following.i < b), (0, 0))
    inner = [k for k in range(a, b) if g.words[k][0].isalnum()]
    if len(inner) < 5:
        return []
    speaker = s.subject(c, clause.verb)
    with_words = [k for k in range(clause.first, clause.j) if g.lows[k] in ("worten", "satz", "wort")]
    cue = ranges([clause.verb, *with_words])
    score = 80 if with_words else 58
    return [
        Candidate(
            "quote-behind-colon",
            ReportForm.DIRECT,
            [(a, b)],
            cue,
            score,
            speaker,
            via=links(s, c, speaker),
            unit=s.number,
            carries=speaker is None,
        )
    ]


def _reasoned(s: Sentence, c: int) -> list[Candidate]:
    """Der Bund winkte ab: Das Geld fehle – Konjunktiv I behind a colon is what the subject said."""
    clause = s.clauses[c]
    subject = s.subject(c, clause.verb)
    if subject is None or subject.pronoun or not s.speaks(subject) or s.g.verbs[clause.verb] & (m.AUXILIARY | m.MODAL):
        return []
    if any(p.i != subject.i and not p.preposition for p in s.phrases(c)) or any(
        s.hits(n) for n in range(c + 1, len(s.clauses)) if s.clauses[n].kind == "first"
    ):
        return []
    cue = [clause.verb]
    if s.g.lows[clause.j - 1] in words("prefixes", "separable", "verbs"):
        cue.append(clause.j - 1)
    content = (s.clauses[c + 1].i, s.clauses[-1].j)
    return [Candidate("clause-behind-colon", ReportForm.INDIRECT, [content], ranges(cue), 60, subject, unit=s.number)]


def _before(s: Sentence, c: int, hit: Hit) -> list[Candidate]:
    """ "…, sagte X": the content stands before the frame, and may go on behind it."""
    g = s.g
    clause = s.clauses[c]
    begin = c
    inner_quote: Range | None = None
    if g.hide[clause.i] == QUOTED:
        stop = clause.i
        while stop < clause.j and g.hide[stop] == QUOTED:
            stop += 1
        inner_quote = (clause.i, stop)
        content: Range = inner_quote
        left = c
    else:
        left = c - 1
        while left > 0 and s.clauses[left].opener not in {":", ";"} and not _other_frame(s, left):
            left -= 1
        content = (s.clauses[left].i, s.clauses[c - 1].j)
        begin = c
    speaker = speaker_of(s, c, hit)
    end = frame_end(s, c)
    quote = utterance(s, content)
    opening = g.lows[s.clauses[min(left, c)].first]
    if (
        not quote
        and (opening == "wie" or opening in words("subordinators", "adverbial"))
        and not mood_of(s, left, c) & SUBJUNCTIVE
        and not any(clause.kind in ("main", "first") for clause in s.clauses[left:c])
    ):
        # "Nachdem …, hat X angekündigt": the clause before is the setting, not what was said
        return []
    pieces: list[Range] = [quote or content]
    form = ReportForm.DIRECT if quote else ReportForm.INDIRECT
    if quote and not hit.form.takes & QUOTE:
        return []
    if not quote and not hit.form.takes & (FRAME | CLAUSE):
        return []
    rest = _rest(s, end + 1, form)
    if rest is not None:
        pieces.append(rest)
    rule = "quote-frame-behind" if quote else "frame-behind"
    score = 90 if quote else 80
    if hit.form.takes & WEAK and not quote:
        score -= 0 if mood_of(s, left, c) & SUBJUNCTIVE else 40
    if speaker is None and not hit.form.takes & WRITING and not hit.passive:
        score -= 45
    if hit.passive and hit.form.lemma != "zitieren":
        score -= 20
    del begin
    return [
        Candidate(
            rule,
            form,
            pieces,
            ranges(hit.tokens),
            score,
            speaker,
            via=links(s, c, speaker),
            unit=s.number,
            carries=speaker is None and not hit.passive,
        )
    ]


def _other_frame(s: Sentence, c: int) -> bool:
    """Whether clause ``c`` itself begins with an inverted verb of saying ("…, sagte er, …")."""
    clause = s.clauses[c]
    return clause.kind == "first" and bool(s.hits(c)) and c > 0


def _rest(s: Sentence, c: int, form: ReportForm) -> Range | None:
    """What goes on behind the frame, when it is part of the content."""
    if c >= len(s.clauses):
        return None
    clause = s.clauses[c]
    g = s.g
    if form is ReportForm.DIRECT:
        if g.hide[clause.i] == QUOTED:
            stop = clause.i
            for a, b in (g.quote_tokens[n] for n in s.unit.quotes):
                if a <= clause.i < b:
                    stop = b
            return (clause.i, stop)
        return None
    if clause.opener == ";" or (clause.conjunction and s.hits(c) and not clause.mood & m.SUBJUNCTIVE1):
        return None
    if clause.mood & SUBJUNCTIVE or clause.kind in ("sub", "quote") or clause.opener == "–":
        last = c
        while (
            last + 1 < len(s.clauses)
            and s.clauses[last + 1].opener != ";"
            and not (
                s.clauses[last + 1].conjunction and s.hits(last + 1) and not s.clauses[last + 1].mood & m.SUBJUNCTIVE1
            )
        ):
            last += 1
        return (clause.i, s.clauses[last].j)
    return None


def _wie(s: Sentence, c: int, hit: Hit) -> list[Candidate]:
    clause = s.clauses[c]
    if not hit.form.takes & (FRAME | WIE):
        return []
    speaker = speaker_of(s, c, hit)
    if speaker is None and not hit.form.takes & (WRITING | WIE) and "es" not in s.g.lows[clause.first : clause.j]:
        return []
    if speaker is not None and s.g.lows[speaker.i] == "man":
        return []
    cue = ranges([clause.first, *hit.tokens])
    end = c
    while end + 1 < len(s.clauses) and s.clauses[end + 1].kind == "relative":
        end += 1
    pieces: list[Range] = []
    if c > 0:
        left = c - 1
        while left > 0 and s.clauses[left].opener != ";":
            left -= 1
        pieces.append((s.clauses[left].i, s.clauses[c - 1].j))
    if end + 1 < len(s.clauses):
        last = end + 1
        while last + 1 < len(s.clauses) and s.clauses[last + 1].opener != ";":
            last += 1
        pieces.append((s.clauses[end + 1].i, s.clauses[last].j))
    if not pieces:
        return []
    score = 80
    if hit.form.takes & WEAK:
        score = 60
    return [
        Candidate(
            "wie-frame",
            ReportForm.INDIRECT,
            pieces,
            cue,
            score,
            speaker,
            via=links(s, c, speaker),
            unit=s.number,
            carries=speaker is None and not hit.passive,
        )
    ]
