"""Verbs of saying with their content: "X sagte, dass …", "…, sagte X", "wie X mitteilte", "X: „…“", "Das teilte X mit"."""

from __future__ import annotations

from itertools import pairwise

from reader.analysis import morphology as m
from reader.analysis.constructions import Candidate, Hit, Range, Sentence, ranges
from reader.analysis.chains import is_medium, links
from reader.analysis.clauses import NAMED, QUOTED, Clause
from reader.analysis.lexicon import (
    CLAUSE,
    COLON,
    FRAME,
    OBJECT,
    PREPOSITION,
    QUOTE,
    WEAK,
    WIE,
    WRITING,
    ZU,
    noun_kind,
    words,
)
from reader.analysis.nounphrases import NounPhrase
from reader.model.analysis import ReportForm

_SUBJUNCTIVE = m.SUBJUNCTIVE1 | m.SUBJUNCTIVE2


def candidates(s: Sentence) -> list[Candidate]:
    """Every statement that a verb of saying of this sentence may govern."""
    found: list[Candidate] = []
    for c, clause in enumerate(s.clauses):
        if clause.kind == "quote":
            continue
        hits = s.hits(c)
        if not hits:
            found.extend(_colon(s, c))
            continue
        hit = hits[0]
        if hit.infinitive:
            if g_modal(s, clause):
                found.extend(c_ for c_ in _behind(s, c, hit) if c_.rule == "that-clause")
            continue
        if s.g.lows[clause.first] == "wie" and clause.kind == "sub":
            found.extend(_wie(s, c, hit))
            continue
        done = _before(s, c, hit) if inverted(s, c, hit) else []
        if not done:
            for other in hits[:3]:
                if not other.infinitive:
                    done = _behind(s, c, other)
                    if done:
                        break
        if not done:
            done = _colon(s, c)
        found.extend(done)
    return found


def g_modal(s: Sentence, clause: Clause) -> bool:
    """Whether the modal verb leaves the statement a statement: "will bekannt geben, dass …"."""
    return s.g.lows[clause.verb] in ("will", "wollen", "wollte", "wollten", "möchte", "möchten", "musste", "mussten")


def _colon(s: Sentence, c: int) -> list[Candidate]:
    """Er fuhr fort: „…“ – a whole sentence quoted behind a colon, whatever the verb before it."""
    g = s.g
    clause = s.clauses[c]
    if clause.kind not in ("main", "first") or c + 1 >= len(s.clauses):
        return []
    following = s.clauses[c + 1]
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


# ---------------------------------------------------------------------- helpers


def speaker_of(s: Sentence, c: int, hit: Hit) -> NounPhrase | None:
    """Who says so in the clause of a verb of saying."""
    clause = s.clauses[c]
    if hit.form.takes & WRITING:
        place = _place(s, c)
        if place is not None:
            return place
        if hit.form.lemma in ("heißen", "heissen", "stehen", "hervorgehen", "verlauten"):
            return None
    if hit.passive:
        for phrase in s.phrases(c):
            if phrase.preposition in ("von", "vom", "seitens", "durch"):
                return phrase
        if hit.form.lemma == "zitieren":
            return s.subject(c, clause.verb)
        return _place(s, c) if not hit.form.takes & OBJECT else None
    verb = clause.verb if clause.verb >= 0 else hit.k
    if hit.form.lemma == "zitieren":
        quoted = _quoted_person(s, c)
        if quoted is not None:
            return quoted
    subject = with_apposition(s, s.subject(c, verb))
    if clause.kind == "relative" and (
        subject is None or s.g.lows[subject.i] in ("der", "die", "das", "welche", "welcher")
    ):
        return _antecedent(s, c)
    if subject is None and clause.kind == "first" and c >= 1:
        return _antecedent(s, c, whole=True)
    return subject


def _quoted_person(s: Sentence, c: int) -> NounPhrase | None:
    """Whom a house quotes: "zitierte das Blatt einen Berater"."""
    for phrase in s.phrases(c):
        if not phrase.preposition and not phrase.pronoun and phrase.article in ("einen", "den", "seinen", "ihren"):
            return phrase
    phrases = [p for p in s.phrases(c) if not p.preposition and not p.pronoun and p.nominative]
    if len(phrases) == 2 and is_medium(s, phrases[0]):
        return phrases[1]
    return None


def with_apposition(s: Sentence, phrase: NounPhrase | None) -> NounPhrase | None:
    """The phrase with the apposition behind it: "Nadia Hürlimann, Präsidentin der Organisation Primo"."""
    if phrase is None or phrase.pronoun or phrase.j + 1 >= s.unit.j or s.g.words[phrase.j] != ",":
        return phrase
    c = s.clause_of(phrase.j + 1)
    if c < 0 or s.clauses[c].kind != "part" or s.clauses[c].opener != ",":
        return phrase
    other = s.chunker.at(s.clauses[c].first, s.clauses[c].j)
    if (
        other is not None
        and not other.pronoun
        and not other.preposition
        and other.nominative
        and other.j == s.clauses[c].j
    ):
        if (phrase.name is None) != (other.name is None) or noun_kind(s.g.words[other.noun]) is not None:
            phrase.j = other.j
            if phrase.name is None and other.name is not None and other.noun == other.name[0]:
                phrase.name, phrase.head = other.name, other.head
    return phrase


def _place(s: Sentence, c: int) -> NounPhrase | None:
    """The text or circle where it is said: "heißt es in NP", "aus NP hieß es", "geht aus NP hervor"."""
    for phrase in s.phrases(c):
        low = s.g.lows[phrase.head]
        if low.isdigit() or s.g.lows[phrase.noun] == "seite":
            continue
        if phrase.preposition in ("in", "im", "aus", "auf", "seitens", "bei", "beim", "von", "vom", "laut") and (
            low not in s.chunker.times
        ):
            return phrase
    return None


def _antecedent(s: Sentence, c: int, *, whole: bool = False) -> NounPhrase | None:
    """The noun phrase that a relative clause, or a predicate cut off by one, belongs to."""
    for before in range(c - 1, -1, -1):
        clause = s.clauses[before]
        if whole and clause.kind == "relative":
            continue
        phrases = s.phrases(before)
        if whole:
            phrases = [p for p in phrases if p.nominative]
        if phrases:
            return phrases[0] if whole else phrases[-1]
        if not whole:
            break
    return None


def _frame_end(s: Sentence, c: int) -> int:
    """The last clause of the frame of clause ``c``: relative clauses, appositions and adverbial clauses belong to it."""
    last = c
    while last + 1 < len(s.clauses):
        clause = s.clauses[last + 1]
        if clause.opener in {":", ";"}:
            break
        low = s.g.lows[clause.first]
        if (
            clause.kind == "relative"
            or (clause.kind == "sub" and low in words("subordinators", "adverbial"))
            or (clause.kind == "part" and _attached_part(s, clause, last + 1))
        ):
            last += 1
            continue
        if clause.kind == "zu" and low in ("um", "ohne", "statt", "anstatt"):
            last += 1
            continue
        break
    return last


def _attached_part(s: Sentence, clause: Clause, c: int) -> bool:
    """Whether a piece without a verb belongs to the frame: an apposition, or the rest of the predicate."""
    if _has_quote(s, clause):
        return False
    following = s.clauses[c + 1] if c + 1 < len(s.clauses) else None
    if following is None or following.opener == ":" or following.kind not in ("zu", "part"):
        return True
    phrase = s.chunker.at(clause.first, clause.j)
    return clause.j - clause.first <= 3 or (
        phrase is not None and not phrase.preposition and phrase.j == clause.j and phrase.nominative
    )


def _has_quote(s: Sentence, clause: Clause) -> bool:
    return any(s.g.hide[k] == QUOTED for k in range(clause.i, clause.j))


def inverted(s: Sentence, c: int, hit: Hit) -> bool:
    """Whether clause ``c`` is a frame behind or inside its content: ", sagte X"."""
    clause = s.clauses[c]
    g = s.g
    if not hit.form.takes & (FRAME | QUOTE):
        return False
    if clause.kind == "first" and clause.verb == clause.first and not clause.conjunction:
        if hit.k != clause.verb and hit.tokens[0] != clause.verb and not g.verbs[clause.verb] & m.AUXILIARY:
            return False
        return c > 0 and (_leads(s, c))
    # a quotation without a comma: „Gut“ sagte X
    visible = s.visible(clause.i, clause.j)
    if clause.kind in ("main", "first") and visible and visible[0] == clause.verb and g.hide[clause.i] == QUOTED:
        return True
    return False


def _leads(s: Sentence, c: int) -> bool:
    """Whether a statement of its own stands before clause ``c``: a main clause, a quotation, "dass …"."""
    for before in range(c - 1, -1, -1):
        clause = s.clauses[before]
        if clause.kind in ("main", "first", "quote") or (_has_quote(s, clause) and clause.kind != "sub"):
            return True
        if clause.kind == "sub" and s.g.lows[clause.first] in ("dass", "daß", "ob"):
            return True
        if clause.opener in {":", ";"}:
            break
    return False


# ---------------------------------------------------------------------- content before the frame


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
    end = _frame_end(s, c)
    quote = _utterance(s, content, hit)
    opening = g.lows[s.clauses[min(left, c)].first]
    if (
        not quote
        and (opening == "wie" or opening in words("subordinators", "adverbial"))
        and not _mood(s, left, c) & _SUBJUNCTIVE
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
        score -= 0 if _mood(s, left, c) & _SUBJUNCTIVE else 40
    if speaker is None and not hit.form.takes & WRITING and not hit.passive:
        score -= 45
    if hit.passive and hit.form.lemma != "zitieren":
        score -= 20
    del begin
    found = [
        Candidate(
            rule,
            form,
            pieces,
            ranges(_cue_tokens(s, c, hit)),
            score,
            speaker,
            via=links(s, c, speaker),
            unit=s.number,
            carries=speaker is None and not hit.passive,
        )
    ]
    return found


def _other_frame(s: Sentence, c: int) -> bool:
    """Whether clause ``c`` itself begins with an inverted verb of saying ("…, sagte er, …")."""
    clause = s.clauses[c]
    return clause.kind == "first" and bool(s.hits(c)) and c > 0


def _mood(s: Sentence, left: int, right: int) -> int:
    mood = 0
    for clause in s.clauses[left:right]:
        mood |= clause.mood
    return mood


def _cue_tokens(s: Sentence, c: int, hit: Hit) -> list[int]:
    return hit.tokens


def _utterance(s: Sentence, content: Range, hit: Hit) -> Range | None:
    """The quotation that fills a content, or ends it as a whole sentence of its own; ``None`` when it is a fragment."""
    g = s.g
    i, j = content
    while j > i and not g.words[j - 1][0].isalnum() and g.hide[j - 1] not in (QUOTED, NAMED):
        j -= 1
    if j <= i or g.hide[j - 1] not in (QUOTED, NAMED):
        return None
    start = j - 1
    for a, b in (g.quote_tokens[n] for n in s.unit.quotes):
        if a < j <= b:
            start = a
            break
    if start <= i:
        return (start, j)
    between = [k for k in range(i, start) if g.hide[k] == 0]
    outside = [k for k in between if g.words[k][0].isalnum()]
    if not outside:
        # quotations side by side, or interrupted by nothing but marks
        return (i, j) if len(s.unit.quotes) > 1 else (start, j)
    inner = [k for k in range(start, j) if g.words[k][0].isalnum()]
    if g.words[start - 1] in ".!?:" and len(inner) > 1:
        return (start, j)
    return None


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
    if clause.opener == ";" or (clause.conjunction and s.hits(c)):
        return None
    if clause.mood & _SUBJUNCTIVE or clause.kind in ("sub",) or clause.opener in {"–"}:
        last = c
        while (
            last + 1 < len(s.clauses)
            and s.clauses[last + 1].opener != ";"
            and not (s.clauses[last + 1].conjunction and s.hits(last + 1))
        ):
            last += 1
        return (clause.i, s.clauses[last].j)
    return None


# ---------------------------------------------------------------------- content behind the frame


def _behind(s: Sentence, c: int, hit: Hit) -> list[Candidate]:
    """ "X sagte, …", "X sagte: „…“", and the summary "X kritisierte den Plan"."""
    g = s.g
    clause = s.clauses[c]
    takes = hit.form.takes
    found: list[Candidate] = []
    speaker = speaker_of(s, c, hit)
    cue = ranges(_cue_tokens(s, c, hit))
    via = links(s, c, speaker)
    begin = _frame_end(s, c) + 1
    if begin > c + 1 and begin <= len(s.clauses):
        # an adverbial clause may be the content after all when nothing else is
        pass
    for n in range(c + 1, len(s.clauses)):
        if s.clauses[n].opener == ":":
            begin = n
            break
        if n >= begin:
            break
    if hit.form.lemma == "sein" and speaker is None:
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
            if clause.i <= a < clause.j and a > hit.k and g.words[a - 1] in {":"}:
                found.append(
                    Candidate(
                        "quote-behind-colon", ReportForm.DIRECT, [(a, b)], cue, 85, speaker, via=via, unit=s.number
                    )
                )
                break
    return found


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
            and following.mood & _SUBJUNCTIVE
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
            good = bool(first.mood & _SUBJUNCTIVE)
            return (
                "clause-behind-colon",
                ReportForm.INDIRECT,
                [content],
                75 if good else 50 if hit.form.lemma in _PLAIN else 38,
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
        and s.clauses[begin + 1].mood & _SUBJUNCTIVE
    ):
        return (
            ("verb-second-clause", ReportForm.INDIRECT, [content], 80)
            if takes & CLAUSE and low not in ("dass", "ob")
            else ("that-clause", ReportForm.INDIRECT, [content], 80)
        )
    if first.kind == "part" and takes & CLAUSE and _has_quote(s, first) and _quoted_verb(s, first):
        return "verb-second-clause", ReportForm.INDIRECT, [content], 60
    if first.kind == "sub" and low in words("subordinators", "complement") and takes & CLAUSE:
        if low in ("dass", "daß"):
            return "that-clause", ReportForm.INDIRECT, [content], 72 if takes & WEAK else 85
        before = g.words[first.i - 2]
        if low in ("was", "wo") or low.startswith("welch") or before[0].isupper():
            # ", was …" and ", welche …" behind a noun are relative clauses
            return None
        return "that-clause", ReportForm.INDIRECT, [content], 60 if low == "ob" else 52
    if first.kind in ("main", "first") and takes & CLAUSE:
        mood = _mood(s, begin, stop + 1)
        if first.mood & m.SUBJUNCTIVE1 or mood & m.SUBJUNCTIVE1:
            return "verb-second-clause", ReportForm.INDIRECT, [content], 85
        if first.mood & m.SUBJUNCTIVE2:
            return "verb-second-clause", ReportForm.INDIRECT, [content], 75
        if (
            first.kind == "main"
            and hit.form.lemma in _PLAIN
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


_PLAIN = frozenset(
    "vorwerfen kritisieren warnen einräumen klarstellen sagen erklären betonen behaupten mitteilen schreiben meinen glauben äußern ankündigen bestätigen versichern heißen".split()
)


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
        if _frame_clause(s, last + 1):
            break
        last += 1
    return last


def _frame_clause(s: Sentence, c: int) -> bool:
    """Whether clause ``c`` is a "wie X mitteilte" or ", so X" of its own."""
    low = s.g.lows[s.clauses[c].first]
    return low == "wie" and s.clauses[c].kind == "sub" and bool(s.hits(c))


# ---------------------------------------------------------------------- wie X mitteilte


def _wie(s: Sentence, c: int, hit: Hit) -> list[Candidate]:
    clause = s.clauses[c]
    if not hit.form.takes & (FRAME | WIE):
        return []
    speaker = speaker_of(s, c, hit)
    if speaker is None and not hit.form.takes & (WRITING | WIE) and "es" not in s.g.lows[clause.first : clause.j]:
        return []
    if speaker is not None and s.g.lows[speaker.i] == "man":
        return []
    cue = ranges([clause.first, *_cue_tokens(s, c, hit)])
    end = _frame_end(s, c)
    pieces: list[Range] = []
    if c > 0:
        left = c - 1
        while left > 0 and s.clauses[left].opener not in {";"}:
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


__all__ = ["OBJECT", "PREPOSITION", "candidates", "speaker_of"]
