"""Statements that need the sentences around them: pointing back, Konjunktiv I carried on, lone quotations."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.chains import links
from reader.analysis.clauses import NAMED, QUOTED
from reader.analysis.constructions import Candidate, Range, Sentence, ranges
from reader.analysis.lexicon import CLAUSE, FRAME, WEAK, WIE, WRITING, noun_kind
from reader.analysis.speakers import speaker_of
from reader.model.analysis import ReportForm

_POINTERS = frozenset(["das", "dies", "dieses", "dasselbe", "dergleichen"])


def body(s: Sentence) -> Range:
    """The tokens of a sentence without the full stop."""
    g = s.g
    j = s.unit.j
    while j > s.unit.i and g.words[j - 1] in ".!?…" and not g.hide[j - 1]:
        j -= 1
    return (_behind_dateline(s), j)


def _behind_dateline(s: Sentence) -> int:
    """The first token of a sentence behind "BERLIN (dpa) -"."""
    g = s.g
    i = s.unit.i
    for k in range(i + 1, min(i + 8, s.unit.j - 1)):
        if g.words[k] == ")" and g.words[k + 1] in ("-", "–", "—") and "(" in g.words[i:k]:
            return k + 2
    return i


def pointing_back(s: Sentence, before: Sentence | None) -> list[Candidate]:
    """Das teilte X mit: the content is the sentence before, or the clauses before the semicolon."""
    g = s.g
    for c, clause in enumerate(s.clauses):
        if clause.kind not in ("main", "first") or clause.verb < 0:
            continue
        if (
            c
            and clause.opener not in {";", "–", ":"}
            and not (clause.opener == "," and low_of(s, c) in ("davon", "das"))
        ):
            continue
        low = g.lows[clause.first]
        if not _points(s, c):
            continue
        if (
            low in ("das", "diese", "dieses", "dies")
            and clause.verb != clause.first + 1
            and g.lows[clause.first + 1]
            not in (
                "jedenfalls",
                "zumindest",
                "alles",
                "haben",
                "hat",
                "hatte",
            )
        ):
            continue
        hits = [
            h
            for h in s.hits(c)
            if not h.infinitive
            and (h.form.takes & (CLAUSE | WIE) or (h.form.takes & FRAME and not h.form.takes & WEAK))
        ]
        if not hits:
            continue
        hit = hits[0]
        if (
            hit.form.lemma
            in (
                "erklären",
                "finden",
                "wissen",
                "zeigen",
                "wünschen",
                "begrüßen",
                "kritisieren",
                "beschließen",
                "fordern",
                "rufen",
                "glauben",
            )
            and low == "das"
            and (hit.form.lemma != "erklären")
        ):
            continue
        if (
            c + 1 < len(s.clauses)
            and s.clauses[c + 1].kind == "sub"
            and g.lows[s.clauses[c + 1].first] in ("dass", "daß")
        ):
            continue
        speaker = speaker_of(s, c, hit)
        if speaker is None and not hit.passive and not hit.form.takes & WRITING:
            continue
        if hit.form.lemma in ("belegen", "beweisen", "ergeben", "zeigen") and (
            speaker is None or noun_kind(g.words[speaker.noun]) is None
        ):
            # "Dies belegen zahlreiche Brüche": no source
            continue
        if hit.form.lemma == "stehen" and not hit.form.needs:
            continue
        if c + 1 < len(s.clauses) and s.clauses[c + 1].opener == "," and _says_on(s, c + 1):
            continue
        if speaker is not None and speaker.pronoun and g.lows[speaker.i] in ("das", "dies", "dieses"):
            continue
        if c:
            content = (s.clauses[0].i, s.clauses[c - 1].j)
        elif before is not None and before.unit.paragraph >= s.unit.paragraph - 1:
            content = body(before)
        else:
            continue
        cue = ranges(hit.tokens)
        return [
            Candidate(
                "points-back",
                ReportForm.INDIRECT,
                [content],
                cue,
                82,
                speaker,
                via=links(s, c, speaker),
                unit=s.number,
                shared=True,
            )
        ]
    return []


def _says_on(s: Sentence, c: int) -> bool:
    """Whether clause ``c`` holds what is said: "So heißt es, die Behörde habe begonnen"."""
    clause = s.clauses[c]
    return clause.kind == "main" and bool(clause.mood & m.SUBJUNCTIVE1)


def low_of(s: Sentence, c: int) -> str:
    """The first word of clause ``c`` in lower case."""
    return s.g.lows[s.clauses[c].first]


def _points(s: Sentence, c: int) -> bool:
    """Whether clause ``c`` takes up what was said before: "Das …", "Zu diesem Ergebnis …", "… darüber berichtet"."""
    g = s.g
    clause = s.clauses[c]
    low = g.lows[clause.first]
    if low in _POINTERS:
        return clause.first + 1 <= clause.verb <= clause.first + 3
    if low == "so" and clause.verb == clause.first + 1:
        return (
            g.lows[clause.verb] in ("steht", "stand", "heißt", "hieß", "heisst", "hiess")
            and g.lows[clause.verb + 1] == "es"
        )
    if low == "davon":
        return "überzeugt" in g.lows[clause.first : clause.j] or g.lows[clause.j - 1] == "aus"
    span = g.lows[clause.first : clause.j]
    if low in ("zu", "zum", "in", "von") and g.lows[clause.first + 1] in ("diesem", "dieser", "demselben"):
        return True
    return ("darüber" in span and "berichtet" in span) or ("darüber" in span and "berichtete" in span)


def subjunctive(s: Sentence) -> list[Candidate]:
    """A sentence in Konjunktiv I without a frame of its own."""
    main = [clause for clause in s.clauses if clause.kind in ("main", "first")]
    if not main:
        return []
    lead = main[0]
    g = s.g
    if lead.mood & m.SUBJUNCTIVE1:
        return [Candidate("subjunctive1", ReportForm.SUBJUNCTIVE, [body(s)], [], 65, carries=True, unit=s.number)]
    if lead.mood & m.SUBJUNCTIVE2 and lead.kind == "main":
        # the plural of Konjunktiv I looks like the indicative, so Konjunktiv II stands in for it
        span = set(g.lows[s.unit.i : s.unit.j])
        if not span & {"wenn", "falls", "wohl", "fast", "beinahe", "eigentlich", "gerne", "gern", "niemand", "sonst"}:
            return [Candidate("subjunctive2", ReportForm.SUBJUNCTIVE, [body(s)], [], 50, carries=True, unit=s.number)]
    return []


def lone_quotes(s: Sentence) -> list[Candidate]:
    """A quotation that is a sentence of its own, and "Name: „…“"."""
    g = s.g
    i, j = s.unit.i, s.unit.j
    if not s.unit.quotes:
        return []
    a, b = g.quote_tokens[s.unit.quotes[0]]
    inner = [k for k in range(a, b) if g.words[k][0].isalnum()]
    outside = [k for k in range(i, j) if g.words[k][0].isalnum() and g.hide[k] not in (QUOTED, NAMED)]
    if a == i and not outside and len(inner) >= 3:
        return [
            Candidate(
                "quote-alone",
                ReportForm.DIRECT,
                [(a, max(b, g.quote_tokens[s.unit.quotes[-1]][1]))],
                [],
                60,
                carries=True,
                unit=s.number,
            )
        ]
    if (
        len(s.clauses) == 2
        and s.clauses[1].kind == "quote"
        and s.clauses[1].opener == ":"
        and g.hide[s.clauses[1].i] == QUOTED
        and s.clauses[0].kind == "part"
    ):
        phrase = s.chunker.at(s.clauses[0].first, s.clauses[0].j)
        if phrase is not None and phrase.j == s.clauses[0].j and phrase.name is not None and not phrase.preposition:
            return [Candidate("name-colon", ReportForm.DIRECT, [(a, b)], [], 80, phrase, unit=s.number)]
    return []
