"""Summaries of speech acts: "X kritisierte den Plan", "X sprach von einem Skandal"."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.chains import links
from reader.analysis.constructions import Candidate, Hit, Range, Sentence, ranges, without
from reader.analysis.lexicon import FAINT, OBJECT, PREPOSITION, WRITING, noun_kind, words
from reader.analysis.nounphrases import NounPhrase
from reader.analysis.speakers import speaker_of
from reader.model.analysis import ReportForm, SourceKind


def candidates(s: Sentence) -> list[Candidate]:
    """The objects of verbs of saying that sum up what was said."""
    found = []
    for c, clause in enumerate(s.clauses):
        if clause.kind not in ("main", "first") or {"jemand", "niemand"} & set(s.g.lows[clause.first : clause.j]):
            continue
        for hit in s.hits(c):
            if hit.infinitive or not hit.form.takes & (OBJECT | PREPOSITION):
                continue
            speaker = speaker_of(s, c, hit)
            if speaker is None or (speaker.pronoun and s.g.lows[speaker.i] not in ("er", "sie", "dieser", "diese")):
                continue
            if not s.speaks(speaker) and not _named_kind(s, speaker):
                continue
            if _background(s, c, hit) or (hit.passive and speaker.preposition not in ("von", "vom", "seitens")):
                continue
            content = _content(s, c, hit, speaker)
            if content is None:
                continue
            rule, pieces, score = content
            found.append(
                Candidate(
                    rule,
                    ReportForm.REPORTED,
                    pieces,
                    ranges(hit.tokens),
                    score,
                    speaker,
                    via=links(s, s.clause_of(speaker.i) if hit.form.takes & WRITING else c, speaker),
                    unit=s.number,
                    nested=bool(clause.mood & m.SUBJUNCTIVE1),
                )
            )
            break
    return found


def _background(s: Sentence, c: int, hit: Hit) -> bool:
    """Whether the pluperfect tells what led to the news: "hatte aufgerufen"; "hatte berichtet" is a source."""
    auxiliary = s.g.lows[s.clauses[c].verb] if s.clauses[c].verb >= 0 else ""
    return hit.form.participle and auxiliary in ("hatte", "hatten") and hit.form.lemma not in ("berichten", "warnen")


def _named_kind(s: Sentence, speaker: NounPhrase) -> bool:
    """Whether the subject can speak at all: "Zwölf Todesopfer forderte der Sturm" has none that could."""
    kind = noun_kind(s.g.words[speaker.noun])
    return kind is SourceKind.DOCUMENT or s.g.lows[speaker.noun].endswith(("er", "innen", "jährige", "jähriger"))


def _content(s: Sentence, c: int, hit: Hit, speaker: NounPhrase) -> tuple[str, list[Range], int] | None:
    wanted = hit.form.preposition.split()
    if "als" in wanted:
        judged = _judgement(s, c, hit, speaker)
        if judged is not None:
            return "summary-judgement", judged, 62
    if hit.passive:
        return None
    if hit.form.takes & PREPOSITION:
        start = _prepositional(s, c, wanted, speaker)
        if start >= 0:
            return "summary-preposition", [(start, _object_end(s, c, start, hit))], 64
    if hit.form.takes & OBJECT:
        return _accusative(s, c, hit, speaker)
    return None


_CONTRACTIONS = {"vom": "von", "zum": "zu", "zur": "zu", "vorm": "vor", "übers": "über", "fürs": "für"}


def _prepositional(s: Sentence, c: int, wanted: list[str], speaker: NounPhrase) -> int:
    """The token at which the prepositional object begins, also when it looks like an attribute; -1 without one."""
    clause = s.clauses[c]
    g = s.g
    for k in range(clause.first, clause.j - 1):
        low = g.lows[k]
        if g.hide[k] or _CONTRACTIONS.get(low, low) not in wanted or (g.words[k][0].isupper() and k != clause.first):
            continue
        if k > clause.first and k < clause.verb:
            continue
        phrase = s.chunker.at(k, clause.j)
        if phrase is None and not (
            g.hide[k + 1] or g.lows[k + 1] in s.chunker.determiners or g.words[k + 1][0].isalpha()
        ):
            continue
        if phrase is not None and (
            phrase.pronoun
            or (g.lows[phrase.head] in s.chunker.times and not (low == "von" and phrase.article.startswith("ein")))
        ):
            # but "sprach von einem schwarzen Tag"
            continue
        if speaker.core <= k < speaker.j:
            speaker.j = k
        elif speaker.i <= k < speaker.j:
            continue
        return k
    return -1


def _accusative(s: Sentence, c: int, hit: Hit, speaker: NounPhrase) -> tuple[str, list[Range], int] | None:
    clause = s.clauses[c]
    if hit.form.lemma in words("dative", "verbs", "speech"):
        for phrase in s.phrases(c):
            if (
                _answered(s, c)
                and phrase.article in ("dem", "der", "den", "einem", "einer")
                and phrase.j == clause.j - 1
            ):
                # "warf der Regierung vor, …": the infinitive says what
                return None
            if phrase.i != speaker.i and not phrase.preposition and phrase.i > clause.verb:
                return "summary-object", [(phrase.i, _object_end(s, c, phrase.i, hit))], 58
    if "nicht" in s.g.lows[clause.first : clause.j]:
        return None
    if hit.form.participle and not hit.form.finite and hit.form.lemma in ("fordern", "ankündigen", "verlangen"):
        # "hatte gefordert": mostly what led to the news, not the news
        return None
    for phrase in s.phrases(c):
        if phrase.i == speaker.i or phrase.preposition or phrase.pronoun or speaker.i <= phrase.i < speaker.j:
            continue
        if (
            phrase.article in ("dem", "der", "des", "einem", "einer", "eines", "seiner", "seinem", "ihrem")
            or s.g.lows[phrase.head] in s.chunker.times
        ):
            continue
        if phrase.i < clause.verb and speaker.i < clause.verb:
            continue
        score = 42 if hit.form.takes & FAINT else 58
        return "summary-object", [(phrase.i, _object_end(s, c, phrase.i, hit))], score
    return None


def _answered(s: Sentence, c: int) -> bool:
    """Whether a clause behind the verb holds the content."""
    if c + 1 >= len(s.clauses):
        return False
    following = s.clauses[c + 1]
    return following.opener == "," and (following.kind == "zu" or s.g.lows[following.first] in ("dass", "daß"))


def _judgement(s: Sentence, c: int, hit: Hit, speaker: NounPhrase) -> list[Range] | None:
    """What is judged, and how: "die Entscheidung als schmerzhaft", "die Ergebnisse plausibel"."""
    g = s.g
    clause = s.clauses[c]
    span = g.lows[clause.first : clause.j]
    if "als" not in span and hit.form.lemma not in ("nennen", "halten", "beziffern", "datieren"):
        return None
    if hit.form.lemma == "halten" and hit.form.participle:
        return None
    if hit.form.lemma == "beziffern" and "auf" not in span:
        return None
    if hit.form.lemma == "nennen" and ("als" in span or "keine" in span or speaker.i > clause.verb > clause.first + 4):
        return None
    holes: list[Range] = [(k, k + 1) for k in hit.tokens if g.lows[k] not in ("für", "auf")]
    holes.append((speaker.begin, speaker.j))
    if clause.verb >= 0:
        holes.append((clause.verb, clause.verb + 1))
    pieces = [p for p in without((clause.first, clause.j), holes) if any(g.words[k][0].isalnum() for k in range(*p))]
    pieces = [_from_phrase(s, p) for p in pieces]
    words = sum(j - i for i, j in pieces)
    return pieces if pieces and words > 1 else None


def _from_phrase(s: Sentence, piece: Range) -> Range:
    """A piece without the adverbs at its head."""
    i, j = piece
    while (
        i < j - 1
        and s.chunker.at(i, j) is None
        and s.g.lows[i] in s.chunker.closed
        and s.g.lows[i] not in ("als", "für", "auf")
    ):
        i += 1
    return (i, j)


def _object_end(s: Sentence, c: int, i: int, hit: Hit) -> int:
    """Where the object ends: before the prefix, participle or verb, else with the relative clause behind it."""
    clause = s.clauses[c]
    stop = clause.j
    for k in sorted({*hit.tokens, clause.verb}):
        if k > i:
            stop = min(stop, k)
    for k in range(i, stop):
        if s.g.lows[k] in ("und", "sowie") and k + 1 < stop and s.g.verbs[k + 1] & m.ANY_FINITE:
            return k
    last = c
    if stop == clause.j:
        while (
            last + 1 < len(s.clauses)
            and s.clauses[last + 1].kind in ("relative", "zu")
            and s.clauses[last + 1].opener == ","
        ):
            last += 1
            stop = s.clauses[last].j
    return stop
