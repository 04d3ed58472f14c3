"""Frames without a verb: laut X, nach Angaben von X, X zufolge, so X, aus Sicht von X, demnach, wonach, der Vorwurf, …"""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.constructions import Candidate, Link, Range, Sentence, ranges, without
from reader.analysis.clauses import QUOTED
from reader.analysis.chains import links
from reader.analysis.cues import inverted
from reader.analysis.lexicon import closed_class, noun_kind, words
from reader.analysis.nounphrases import NounPhrase
from reader.model.analysis import ReportForm, SourceKind

_POSSESSIVES = frozenset("sein seine seiner seinem seinen ihr ihre ihrer ihrem ihren deren dessen".split())
_EARLY = frozenset("ersten erster bisherigen bisherigem jüngsten neuesten vorläufigen jetzigem unbestätigten".split())
_SAYING_ENDS = (
    "angaben",
    "informationen",
    "berichten",
    "meldungen",
    "einschätzung",
    "schätzungen",
    "berechnungen",
    "ansicht",
    "aussagen",
    "meinung",
    "ansichten",
    "quellen",
    "medien",
)


def is_saying(low: str) -> bool:
    """Whether a noun names a saying: "Angaben", "Polizeiangaben", "Experteneinschätzung", "NASA-Bericht"."""
    if low in words("frames", "nouns", "speech") or low.endswith(_SAYING_ENDS):
        return True
    return "-" in low and low.rsplit("-", 1)[1] in words("frames", "nouns", "speech")


def _of_name(s: Sentence, phrase: NounPhrase) -> NounPhrase | None:
    """The name in front of a noun of saying: "Grupps Meinung", "Celebis Angaben"."""
    last = phrase.core - 1
    first = phrase.noun if phrase.name is None else min(phrase.noun, phrase.name[0])
    if (
        last <= first
        or not is_saying(s.g.lows[last])
        or is_saying(s.g.lows[first])
        or not s.g.words[last - 1].endswith(("s", "x", "’", "'"))
    ):
        return None
    owner = NounPhrase(phrase.i, last, last - 1)
    owner.noun = first
    owner.name = (first, last)
    owner.core = last
    return owner


def candidates(s: Sentence) -> list[Candidate]:
    """Every statement that a frame without a verb governs in this sentence."""
    found: list[Candidate] = []
    g = s.g
    for k in range(s.unit.i, s.unit.j):
        if g.hide[k]:
            continue
        low = g.lows[k]
        if low == "laut" or low == "gemäß":
            found.extend(_laut(s, k))
        elif low in ("nach", "zufolge"):
            found.extend(_nach(s, k) if low == "nach" else _zufolge(s, k))
        elif low == "so":
            found.extend(_so(s, k))
        elif low == "aus":
            found.extend(_view(s, k))
        elif low in ("demnach", "demzufolge") or (low == "danach" and k == s.unit.i and _subjunctive_clause(s, k)):
            found.extend(_frame(s, "demnach", [k], None, (k, k + 1), 75, carries=True, proform=(k, k + 1)))
        elif low == "wonach":
            found.extend(_wonach(s, k, 1))
        elif (
            low in ("denen", "der", "dem", "welchem", "welcher")
            and k > s.unit.i
            and (g.lows[k - 1] in ("nach", "laut") or (k + 1 < s.unit.j and g.lows[k + 1] == "zufolge"))
        ):
            c = s.clause_of(k)
            if c > 0 and s.clauses[c].kind == "relative" and k - s.clauses[c].first <= 1:
                found.extend(_wonach(s, k if g.lows[k - 1] not in ("nach", "laut") else k - 1, 2))
        elif low in ("vernehmen",):
            found.extend(_vernehmen(s, k))
        elif low == "angeblich":
            found.extend(_angeblich(s, k))
    found.extend(_nominal(s))
    return found


def _nominal(s: Sentence) -> list[Candidate]:
    """Der Vorwurf der Freien Wähler, die Stadt wolle nur Kasse machen."""
    found = []
    g = s.g
    nouns = words("nominal", "nouns", "speech")
    for c in range(1, len(s.clauses)):
        clause, before = s.clauses[c], s.clauses[c - 1]
        if clause.opener != "," or before.kind == "quote":
            continue
        that = clause.kind == "sub" and g.lows[clause.first] in ("dass", "daß")
        claim = clause.kind in ("main", "first") and clause.mood & m.SUBJUNCTIVE1
        if not (that or claim or clause.kind == "zu") or g.lows[clause.first] in ("um", "ohne", "statt", "anstatt"):
            continue
        holder = None
        for phrase in s.phrases(c - 1):
            if g.lows[phrase.noun] in nouns and phrase.noun < phrase.core and before.j - phrase.j <= 3:
                holder = phrase
        if holder is None:
            continue
        k = holder.core
        speaker = None
        if k < before.j and (g.lows[k] in s.chunker.genitive or g.lows[k] in ("von", "vom", "aus")):
            speaker = s.chunker.at(k, before.j)
        elif holder.article in _POSSESSIVES:
            speaker = NounPhrase(holder.i, holder.i + 1, holder.i)
            speaker.pronoun = True
        elif before.verb >= 0:
            subject = s.subject(c - 1, before.verb)
            speaker = subject if subject is not None and subject.i != holder.i else None
        last = c
        while (
            last + 1 < len(s.clauses)
            and s.clauses[last + 1].opener == ","
            and s.clauses[last + 1].kind in ("relative", "sub", "zu", "part")
        ):
            last += 1
        if s.clauses[last].kind == "part":
            last = c
        score = 66 if that or claim else 58
        found.append(
            Candidate(
                "nominal",
                ReportForm.INDIRECT,
                [(clause.i, s.clauses[last].j)],
                [(holder.i, holder.core)],
                score,
                speaker,
                unit=s.number,
                carries=False,
                nested=True,
            )
        )
    return found


def _subjunctive_clause(s: Sentence, k: int) -> bool:
    c = s.clause_of(k)
    return c >= 0 and bool(s.clauses[c].mood & m.SUBJUNCTIVE1)


def region(s: Sentence, k: int) -> Range:
    """The clauses that a frame at token ``k`` covers: the sentence up to semicolons, or the subordinate clause it stands in."""
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
    pieces = without(around, [(hole[0], hole_end)])
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
    speaker, end = _inner(s, phrase)
    bare = (phrase.i, phrase.j) if speaker is None else None
    return _frame(s, "laut", [k], speaker, (k, max(end, phrase.j)), 80, carries=speaker is None, proform=bare)


def _inner(s: Sentence, phrase: NounPhrase) -> tuple[NounPhrase | None, int]:
    """The source inside "Angaben der Polizei"; the phrase itself when it is a source; ``None`` for bare "den Angaben"."""
    g = s.g
    low = g.lows[phrase.noun]
    end = phrase.j
    if not is_saying(low):
        return phrase, end
    own = phrase.article in _POSSESSIVES or any(g.lows[k] in _POSSESSIVES for k in range(phrase.i, phrase.noun))
    k = phrase.core
    if k < s.unit.j and (g.lows[k] in s.chunker.genitive or g.lows[k] in ("von", "vom", "aus")):
        inner = s.chunker.at(k, s.unit.j)
        if inner is None and g.lows[k] == "von" and k + 1 < s.unit.j and g.words[k + 1].isalpha():
            inner = NounPhrase(k + 1, k + 2, k + 1)
            inner.name = (k + 1, k + 2)
        if inner is not None:
            if noun_kind(g.words[phrase.noun]) is SourceKind.DOCUMENT or low in words("outlet", "reports", "nouns"):
                # a text speaks itself: "einer Studie der UNO", "einem Bericht des Funkblatts"
                phrase.j = max(phrase.j, inner.j)
                if low in words("outlet", "reports", "nouns") and inner.name is not None and not own:
                    phrase.name, phrase.head = inner.name, inner.head
                return phrase, phrase.j
            return _coordinated(s, inner), max(end, inner.j)
    if k < s.unit.j and k == phrase.j and g.lows[k] not in s.chunker.closed and g.lows[k].endswith("er"):
        # "Einschätzung politischer Beobachter", "Meinung vieler Experten"
        inner = s.chunker.at(k, s.unit.j)
        if inner is not None and not inner.pronoun and inner.i == k and inner.core > k + 1:
            return _coordinated(s, inner), max(end, inner.j)
    if phrase.core - phrase.noun > 1 and g.words[phrase.core - 1].endswith(("s", "x", "z", "’", "I")):
        # "Angaben Ibrahims", "Meinung Russlands"
        inner = s.chunker.at(phrase.noun + 1, s.unit.j)
        if inner is not None and not inner.preposition:
            return inner, max(end, inner.j)
    if own:
        pronoun = NounPhrase(phrase.i, phrase.i + 1, phrase.i)
        pronoun.pronoun = True
        return pronoun, end
    kind = noun_kind(g.words[phrase.noun])
    if low.endswith("angaben") and low != "angaben":
        return phrase, end
    if kind in (SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.AGENCY) or low.endswith(
        ("medienberichten", "presseberichten", "zeitungsberichten")
    ):
        return phrase, end
    if low in ("bericht", "berichten", "meldung", "meldungen", "berichts"):
        return phrase, end
    if low.endswith(_SAYING_ENDS) and low not in words("frames", "nouns", "speech"):
        return phrase, end
    return None, end


def _coordinated(s: Sentence, phrase: NounPhrase) -> NounPhrase:
    """The phrase with what "und" adds to it: "der beiden Politiker", "vieler Experten und Fans"."""
    k = phrase.j
    if k + 1 < s.unit.j and s.g.lows[k] in ("und", "sowie", "oder"):
        other = s.chunker.at(k + 1, s.unit.j)
        if (
            other is not None
            and not other.pronoun
            and not other.preposition
            and other.article in ("", phrase.article, "des", "der")
        ):
            following = s.g.verbs[other.j] if other.j < s.unit.j else 0
            if following or other.j >= s.unit.j or s.g.words[other.j] in ",.:;":
                phrase.j = other.j
    return phrase


def _nach(s: Sentence, k: int) -> list[Candidate]:
    g = s.g
    phrase = s.chunker.at(k, s.unit.j)
    if phrase is not None and not phrase.pronoun:
        owner = _of_name(s, phrase)
        if owner is not None:
            return _frame(s, "nach-saying", [k, phrase.core - 1], owner, (k, phrase.core), 80)
    if phrase is not None and not phrase.pronoun and is_saying(g.lows[phrase.noun]) and phrase.j > k + 1:
        low = g.lows[phrase.noun]
        needs = low in words("frames", "needs_source", "speech")
        own = any(g.lows[n] in ("eigenen", "eigener") for n in range(k, phrase.noun))
        if own:
            c = max(s.clause_of(k), 0)
            subject = s.subject(c, s.clauses[c].verb) if s.clauses[c].verb >= 0 else None
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
        speaker, end = _inner(s, bare)
        early = any(g.lows[n] in _EARLY for n in range(k, phrase.noun))
        if speaker is None and (needs or phrase.article in ("dem", "der", "den")) and not early:
            return []
        if (
            needs
            and speaker is bare
            and low not in ("bericht", "berichten")
            and phrase.article not in ("einer", "einem")
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
    before = _phrase_before(s, k)
    if before is not None and is_saying(g.lows[before.noun]) and (k + 1 >= s.unit.j or True):
        if before.preposition or g.lows[before.noun] in ("bericht",) and not before.article:
            return []
        speaker, _ = _inner(s, before)
        bare = (before.i, before.j) if speaker is None else None
        return _frame(s, "nach-saying", [k], speaker, (before.i, k + 1), 75, carries=speaker is None, proform=bare)
    return []


def _phrase_before(s: Sentence, k: int) -> NounPhrase | None:
    """The longest noun phrase that ends right before token ``k``."""
    best = None
    c = max(s.clause_of(k), 0)
    low = max(s.clauses[c].first, k - 14)
    for begin in range(low, k):
        phrase = s.chunker.at(begin, k)
        if phrase is not None and phrase.j == k and not phrase.preposition and not phrase.pronoun:
            best = phrase
            break
    return best


def _zufolge(s: Sentence, k: int) -> list[Candidate]:
    phrase = _phrase_before(s, k)
    if phrase is None:
        return []
    speaker, _ = _inner(s, phrase)
    own = speaker is not None and speaker.pronoun
    cue = list(range(phrase.i, k + 1)) if speaker is None or own else [k]
    first = any(s.g.lows[n] in _EARLY for n in range(phrase.i, phrase.j))
    bare = (phrase.i, phrase.j) if speaker is None else None
    return _frame(
        s, "zufolge", cue, speaker, (phrase.i, k + 1), 85, carries=speaker is None and not first, proform=bare
    )


def _so(s: Sentence, k: int) -> list[Candidate]:
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
        phrase = s.subject(c, clause.verb)
        if phrase is None or clause.opener == ":" or (c + 1 < len(s.clauses) and s.clauses[c + 1].opener == ":"):
            return []
    else:
        phrase = s.chunker.at(k + 1, clause.j)
    if phrase is None or phrase.preposition or not phrase.nominative:
        return []
    if phrase.pronoun and g.lows[phrase.i] not in ("er", "sie"):
        return []
    if clause.verb >= 0 and len(cue) == 1 and cue[0] == k:
        return []
    end = clause.j
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
        end = nxt.j
    if behind_quote and k != clause.i:
        a = next(a for a, b in (g.quote_tokens[n] for n in s.unit.quotes) if a < k <= b)
        return [Candidate("so-frame", ReportForm.DIRECT, [(a, k)], [(k, k + 1)], 85, phrase, unit=s.number)]
    left = c - 1
    while left > 0 and s.clauses[left].opener not in {";", ":"}:
        left -= 1
    content = (s.clauses[left].i, s.clauses[c - 1].j)
    from reader.analysis.cues import _utterance  # noqa: PLC0415

    quote = _utterance(s, content, None)  # type: ignore[arg-type]
    pieces = [quote or content]
    if last + 1 < len(s.clauses):
        nxt = s.clauses[last + 1]
        if nxt.opener != ";" and not (nxt.conjunction and s.hits(last + 1)):
            if quote is None or g.hide[nxt.i] == QUOTED:
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


def _wonach(s: Sentence, k: int, length: int) -> list[Candidate]:
    """Ein Bericht, wonach die Zahlen steigen."""
    c = s.clause_of(k)
    if c <= 0 or s.clauses[c].first != k:
        return []
    phrases = s.phrases(c - 1)
    if not phrases:
        return []
    holder = None
    nouns = words("nominal", "nouns", "speech")
    for phrase in phrases:
        low = s.g.lows[phrase.noun]
        if (
            is_saying(low)
            or low in nouns
            or noun_kind(s.g.words[phrase.noun]) in (SourceKind.DOCUMENT, SourceKind.OUTLET)
        ):
            holder = phrase
    if holder is None:
        return []
    clause = s.clauses[c]
    last = c
    while (
        last + 1 < len(s.clauses)
        and s.clauses[last + 1].kind in ("zu", "sub", "relative", "part")
        and not s.hits(last + 1)
    ):
        last += 1
    return [
        Candidate(
            "wonach",
            ReportForm.INDIRECT,
            [(k + length, s.clauses[last].j)],
            [(k, k + length)],
            75,
            holder,
            unit=s.number,
            nested=True,
        )
    ]


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


__all__ = ["candidates", "closed_class", "is_saying", "region"]
