"""Refused or failed comment: "lehnte eine Stellungnahme ab", "war nicht zu erreichen"."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.clauses import BRACKETED
from reader.analysis.constructions import Candidate, Range, Sentence, ranges
from reader.analysis.lexicon import words
from reader.analysis.nounphrases import NounPhrase
from reader.analysis.speakers import speaker_of
from reader.model.analysis import ReportForm


def candidates(s: Sentence) -> list[Candidate]:
    """Clauses that say that somebody does not answer."""
    found = []
    for c, clause in enumerate(s.clauses):
        if clause.kind not in ("main", "first", "sub", "part"):
            continue
        cue = _cue(s, c)
        if cue is None:
            continue
        tokens, score = cue
        said = _said_so(s, c)
        if said is not None:
            found.append(
                Candidate(
                    "no-comment",
                    ReportForm.NO_COMMENT,
                    [(s.clauses[c - 1].i, clause.j)],
                    ranges(tokens),
                    94,
                    said,
                    unit=s.number,
                )
            )
            continue
        left = c
        while (
            left > 0
            and s.clauses[left].opener != ";"
            and not clause.conjunction
            and s.clauses[left - 1].kind in ("part", "relative", "sub")
        ):
            left -= 1
        if clause.kind == "part":
            continue
        last = c
        while (
            last + 1 < len(s.clauses)
            and s.clauses[last + 1].kind in ("sub", "zu", "relative")
            and s.clauses[last + 1].opener == ","
        ):
            if s.g.lows[s.clauses[last + 1].first] in words("subordinators", "adverbial"):
                break
            last += 1
        span: Range = (s.clauses[left].i if left != c else clause.i, s.clauses[last].j)
        speaker = s.subject(c, clause.verb) if clause.verb >= 0 else None
        if (
            speaker is not None
            and speaker.pronoun
            and s.g.lows[speaker.i] in ("es", "das", "dies", "man", "wir", "ich")
        ):
            speaker = None
        if speaker is None and left < c:
            for n in range(left, c):
                phrases = [p for p in s.phrases(n) if p.nominative and not p.pronoun]
                if phrases and s.clauses[n].kind == "part":
                    speaker = phrases[0]
                    break
        found.append(
            Candidate(
                "no-comment",
                ReportForm.NO_COMMENT,
                [span],
                ranges(tokens),
                score,
                speaker,
                unit=s.number,
                carries=speaker is None,
            )
        )
    return found


def _said_so(s: Sentence, c: int) -> NounPhrase | None:
    """Who answers that no answer is given: "Ein Sprecher sagte, man kommentiere interne Papiere nicht"."""
    if c == 0 or s.clauses[c].opener != "," or s.clauses[c].kind not in ("main", "sub"):
        return None
    hits = s.hits(c - 1)
    if not hits or not s.clauses[c].mood & m.SUBJUNCTIVE1 or "man" not in s.g.lows[s.clauses[c].first : s.clauses[c].j]:
        return None
    return speaker_of(s, c - 1, hits[0])


def _cue(s: Sentence, c: int) -> tuple[list[int], int] | None:
    """The tokens that say the refusal, with a score; ``None`` when the clause is none."""
    g = s.g
    clause = s.clauses[c]
    span = [k for k in range(clause.first, clause.j) if g.hide[k] != BRACKETED]
    lows: dict[str, int] = {}
    for k in span:
        lows.setdefault(g.lows[k], k)
    nouns = words("refusal", "nouns", "speech") & lows.keys()
    verbs = words("refusal", "verbs", "speech") & lows.keys()
    negation = next(
        (lows[n] for n in ("nicht", "nichts", "keine", "keinen", "kein", "keinerlei", "weder") if n in lows), -1
    )

    def at(*forms: str) -> int:
        return next((lows[f] for f in forms if f in lows), -1)

    reject = at("lehnte", "lehnten", "lehnt", "lehnen")
    if (
        reject >= 0
        and "ab" in lows
        and nouns & {"stellungnahme", "kommentar", "auskunft", "angaben", "interview", "äußerung", "stellung"}
    ):
        return [reject, lows["ab"]], 95
    if "abgelehnt" in lows and nouns & {"stellungnahme", "kommentar", "interview"}:
        return [lows["abgelehnt"]], 90
    if "ablehnte" in lows and nouns & {"stellungnahme", "kommentar", "interview"}:
        return [lows["ablehnte"]], 90
    decline = at("verweigerte", "verweigerten", "verweigert", "verweigern")
    if decline >= 0 and nouns & {"stellungnahme", "kommentar", "auskunft", "auskünfte", "angaben", "interview"}:
        return [decline], 90
    if negation >= 0:
        if (
            (at("könne", "wolle", "möchte") >= 0)
            and "man" in lows
            and ("sagen" in lows or "äußern" in lows or "nennen" in lows)
        ):
            return [negation, max(lows[v] for v in verbs)], 90
        want = at(
            "wollte",
            "wollten",
            "will",
            "wollen",
            "mochte",
            "mochten",
            "möchte",
            "konnte",
            "konnten",
            "könne",
            "wolle",
            "könnte",
        )
        if want >= 0 and verbs:
            verb = max(lows[v] for v in verbs)
            if verb > negation or "weder" in lows:
                reflexive = at("sich")
                if "äußern" in lows and reflexive < 0:
                    return None
                modal_can = g.lows[want].startswith(("konnt", "könn"))
                return [want, negation, verb], 60 if modal_can else 90
        if want >= 0 and nouns & {
            "stellungnahme",
            "angaben",
            "auskunft",
            "auskünfte",
            "stellung",
            "kommentar",
            "einzelheiten",
            "details",
        }:
            return [want, negation], 88
        answer = at(
            "antwortete",
            "antworteten",
            "reagierte",
            "reagierten",
            "reagiert",
            "antwortet",
            "beantwortete",
            "beantworteten",
            "beantwortet",
        )
        if answer >= 0 and (
            nouns
            & {"anfrage", "anfragen", "frage", "fragen", "bitte", "bitten", "nachfrage", "nachfragen", "presseanfrage"}
            or g.lows[answer].startswith("antwort")
        ):
            return [answer, negation], 92
        made = at(
            "machte",
            "machten",
            "macht",
            "machen",
            "nannte",
            "nannten",
            "nennt",
            "gab",
            "gaben",
            "gibt",
            "gemacht",
            "genannt",
            "gegeben",
        )
        if (
            made >= 0
            and nouns & {"angaben", "einzelheiten", "details", "auskunft", "auskünfte", "stellungnahme", "kommentar"}
            and negation < max(lows[n] for n in nouns)
        ):
            return [made, negation], 88
        spoke = at("äußerte", "äußerten", "äußert", "äußere", "äußern", "geäußert", "äusserte", "äusserten", "äussern")
        if spoke >= 0 and "sich" in lows:
            return [spoke, lows["sich"], negation], 85
        comment = at("kommentiere", "kommentierte", "kommentierten", "kommentiert", "kommentieren")
        if comment >= 0:
            return [comment, negation], 85
        if (("erreichen" in lows and "zu" in lows) or "erreichbar" in lows) and at(
            "war", "waren", "ist", "sind", "sei", "gewesen"
        ) >= 0:
            reach = lows["erreichbar"] if "erreichbar" in lows else lows["erreichen"]
            return [negation, reach], 88
        took = at("nahm", "nahmen", "nimmt")
        if took >= 0 and "stellung" in lows:
            return [took, negation], 85
        if at("lag", "lagen") >= 0 and nouns & {"stellungnahme", "antwort"} and "vor" in lows:
            return [at("lag", "lagen"), lows["vor"]], 75
    left = at("ließ", "ließen", "liess", "liessen", "lässt", "blieb", "blieben", "bleibt")
    if left >= 0 and "unbeantwortet" in lows:
        return [left, lows["unbeantwortet"]], 92
    if left >= 0 and "offen" in lows and g.lows[left].startswith(("ließ", "lie", "läss")):
        return [left, lows["offen"]], 75
    silent = at("schwieg", "schwiegen", "schweigt", "schweigen", "schweige")
    if silent >= 0 and g.words[silent][0].islower():
        return [silent], 70
    return None
