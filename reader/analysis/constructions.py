"""What the constructions hand over to the choice: candidates over tokens; and the view of a sentence that all share."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from reader.analysis import morphology as m
from reader.analysis.clauses import OPEN, Grammar, Unit
from reader.analysis.lexicon import SpeechForm, noun_kind, speech_forms, words
from reader.analysis.nounphrases import Chunker, NounPhrase
from reader.model.analysis import ReportForm, SourceKind

Range = tuple[int, int]
Link = tuple[NounPhrase, bool]
"""Another source in a chain; true when the speaker is heard through it, false when it is heard through the speaker."""


@dataclass(slots=True)
class Candidate:
    """A possible attribution: ranges of tokens, the phrase that names the speaker, a score in points."""

    rule: str
    form: ReportForm
    content: list[Range]
    cue: list[Range]
    score: int
    speaker: NounPhrase | None = None
    carries: bool = False
    """Without a speaker of its own it belongs to the one spoken of before."""
    via: list[Link] = field(default_factory=list)
    unit: int = 0
    proform: Range | None = None
    """Words that stand for the source where it is not named: "demnach", "den Angaben"."""
    nested: bool = False
    """Told within a statement: it hangs on a noun, or its verb stands in Konjunktiv I."""
    shared: bool = False
    """Its content may be the content of another candidate as well ("Zuerst hatte X darüber berichtet")."""

    @property
    def start(self) -> int:
        """The first token of the content."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """The token behind the content."""
        return self.content[-1][1]


@dataclass(slots=True)
class Hit:
    """A verb of saying found in a clause: its form, the token of the verb, and all tokens of the cue."""

    form: SpeechForm
    k: int
    tokens: list[int]
    passive: bool = False
    infinitive: bool = False


_MOST_CLAUSES, _MOST_TOKENS = 80, 1500
"""What is longer is no sentence; reading it would take time that grows with the square of its length."""


class Sentence:
    """One unit with its noun phrases and verbs of saying, found when first asked for."""

    def __init__(self, grammar: Grammar, chunker: Chunker, number: int) -> None:
        self.g = grammar
        self.chunker = chunker
        self.number = number
        self.unit: Unit = grammar.units[number]
        readable = len(self.unit.clauses) <= _MOST_CLAUSES and self.unit.j - self.unit.i <= _MOST_TOKENS
        self.clauses = self.unit.clauses if readable else []
        self._begins = [clause.i for clause in self.clauses]
        self._phrases: dict[int, list[NounPhrase]] = {}
        self._hits: dict[int, list[Hit]] = {}

    def phrases(self, c: int) -> list[NounPhrase]:
        """The noun phrases of clause ``c``, in order."""
        known = self._phrases.get(c)
        if known is None:
            clause = self.clauses[c]
            begin = clause.first + (clause.kind == "sub")
            known = self.phrases_between(begin, clause.j)
            self._phrases[c] = known
        return known

    def phrases_between(self, i: int, j: int) -> list[NounPhrase]:
        """The noun phrases of tokens ``i`` to ``j``, in order."""
        found = []
        k = i
        while k < j:
            phrase = self.chunker.at(k, j)
            if phrase is None:
                k += 1
            else:
                found.append(phrase)
                k = max(phrase.j, k + 1)
        return found

    def hits(self, c: int) -> list[Hit]:
        """The verbs of saying that govern clause ``c``, those with most words first."""
        known = self._hits.get(c)
        if known is None:
            known = self._find_hits(c)
            self._hits[c] = known
        return known

    def _find_hits(self, c: int) -> list[Hit]:
        clause = self.clauses[c]
        if clause.kind == "quote":
            return []
        g = self.g
        forms = speech_forms()
        found: list[Hit] = []
        idle = words("reflexive", "verbs", "speech") if "sich" in g.lows[clause.first : clause.j] else frozenset()
        governing = g.verbs[clause.verb] if clause.verb >= 0 else 0
        for k in range(clause.first, clause.j):
            if g.hide[k] or g.lows[k] not in forms or not (g.words[k][0].islower() or g.verbs[k]):
                continue
            for form in forms[g.lows[k]]:
                tokens = self._needs(form, k, c)
                if tokens is None or (not form.needs and form.lemma in idle):
                    continue
                is_verb = k == clause.verb or (clause.verb < 0 and clause.kind in ("part", "first"))
                if form.finite and is_verb and not (form.participle and governing & m.AUXILIARY):
                    found.append(Hit(form, k, tokens))
                elif form.participle and k != clause.verb and governing & m.AUXILIARY:
                    auxiliary = g.lows[clause.verb]
                    passive = auxiliary[:3] in ("wir", "wur", "wer", "wür") or (
                        auxiliary in _BE and "worden" in g.lows[k : clause.j]
                    )
                    if auxiliary in _BE and not passive and form.lemma not in _PERFECT_WITH_SEIN:
                        continue
                    found.append(Hit(form, k, tokens, passive=passive))
                elif form.participle and governing & m.MODAL and k + 1 < clause.j and g.lows[k + 1] == "haben":
                    # "soll er geschrieben haben", "will sie erfahren haben"
                    found.append(Hit(form, k, tokens))
                elif form.participle and clause.kind == "part" and clause.verb < 0:
                    found.append(Hit(form, k, tokens, passive=True))
                elif governing & m.MODAL and k != clause.verb and g.words[k].endswith("n"):
                    found.append(Hit(form, k, tokens, infinitive=True))
        if len(found) > 0 and self._of_another_verb(c):
            found = [hit for hit in found if hit.k != clause.verb or hit.form.needs]
        found.sort(key=lambda hit: (-len(hit.tokens), hit.infinitive, hit.form.takes & 32, hit.k))
        return found

    def _of_another_verb(self, c: int) -> bool:
        """Whether a separated prefix ends the clause: "sagte den Termin ab" says nothing."""
        clause = self.clauses[c]
        last = clause.j - 1
        return (
            clause.kind in ("main", "first")
            and clause.verb < last - 1
            and not self.g.hide[last]
            and self.g.lows[last] in words("prefixes", "parting", "verbs")
        )

    def _needs(self, form: SpeechForm, k: int, c: int) -> list[int] | None:
        """The cue's tokens when all the words it needs stand in the clause, or behind a clause put in between."""
        tokens = [k]
        if not form.needs:
            return tokens
        clause = self.clauses[c]
        for word in form.needs:
            at = self._last(word, clause.i, clause.j, k)
            if at < 0 and c + 1 < len(self.clauses):
                for later in self.clauses[c + 1 : c + 4]:
                    if later.kind == "part" and later.j - later.i <= 4 and word in self.g.lows[later.i : later.j]:
                        at = self.g.lows.index(word, later.i, later.j)
                        break
            if at < 0:
                return None
            tokens.append(at)
        return sorted(tokens)

    def _last(self, word: str, i: int, j: int, k: int) -> int:
        """The last place of a word in the clause; a separated prefix stands behind the verb, before no noun phrase."""
        g = self.g
        for at in range(j - 1, i - 1, -1):
            if g.lows[at] == word and not g.hide[at] and at != k:
                if (
                    word in words("prefixes", "ambiguous", "verbs")
                    and not (word == "zu" and g.lows[at + 1 : at + 2] == ["hören"])
                    and (at < k or (at + 1 < j and not (g.lows[at + 1] in _AFTER_PREFIX or g.hide[at + 1])))
                ):
                    return -1
                return at
        return -1

    # ------------------------------------------------------------------ subjects

    def subject(self, c: int, verb: int) -> NounPhrase | None:
        """The phrase that is the subject of the finite verb at token ``verb`` in clause ``c``."""
        clause = self.clauses[c]
        phrases = [p for p in self.phrases(c) if p.nominative and not self._is_time(p)]
        before = [p for p in phrases if p.j <= verb]
        after = [p for p in phrases if p.i > verb]
        if clause.kind == "main":
            if before and (before[0].i == clause.first or self._only_adverbs(clause.first, before[0].i)):
                low = self.g.lows[before[0].i]
                if not (before[0].pronoun and low in ("das", "dies", "dieses", "es") and after) and not (
                    after
                    and self.speaks(after[0])
                    and not self.speaks(before[0])
                    and not self._told(before[0], verb, after[0])
                    and not self._counted(after[0], verb)
                ):
                    return self._widen(before[0], verb)
            if after:
                return self._joined(after[0], verb, clause.j)
            return self._widen(before[-1], verb) if before else self._of_descent(clause.first, verb)
        if clause.kind == "first" and clause.conjunction and c and self._shares_subject(c, after):
            shared = self._governing(c)
            return self.subject(shared, self.clauses[shared].verb) if shared >= 0 else None
        if clause.kind == "first":
            cut_off = self._cut_off(c)
            if cut_off is not None and not (after and self.speaks(after[0]) and not self.speaks(cut_off)):
                return cut_off
            return self._joined(after[0], verb, clause.j) if after else None
        return phrases[0] if phrases else None

    def _joined(self, phrase: NounPhrase, verb: int, end: int) -> NounPhrase:
        """The subject behind a verb in the plural with the other that "und" joins: "teilten Polizei und Zoll mit"."""
        g = self.g
        if (
            phrase.pronoun
            or phrase.i != verb + 1
            or not g.lows[verb].endswith("n")
            or phrase.j + 1 >= end
            or g.lows[phrase.j] != "und"
        ):
            return phrase
        other = self.chunker.at(phrase.j + 1, end)
        if other is not None and not other.pronoun and not other.preposition and other.nominative:
            phrase.j = other.j
        return phrase

    def _counted(self, phrase: NounPhrase, verb: int) -> bool:
        """Whether a number counts what the verb in the singular cannot mean: "hat nach eigenen Angaben 40 Boote"."""
        g = self.g
        return g.words[phrase.i][0].isdigit() and phrase.i < phrase.noun and not g.lows[verb].endswith("n")

    def _told(self, subject: NounPhrase, verb: int, medium: NounPhrase) -> bool:
        """Whether a medium is who was told: "Zwei Personen sagten Reuters, …": its verb would be in the singular."""
        g = self.g
        return (
            g.lows[verb].endswith("n")
            and not medium.article
            and medium.name is not None
            and noun_kind(g.words[subject.noun]) is not SourceKind.DOCUMENT
        )

    def _governing(self, c: int) -> int:
        """The clause whose subject a coordinated predicate shares, over what that clause reports; -1 without one."""
        reported = m.SUBJUNCTIVE1 | m.SUBJUNCTIVE2
        direct = not self.clauses[c].mood & reported
        for before in range(c - 1, -1, -1):
            clause = self.clauses[before]
            if clause.kind == "first" and clause.conjunction:
                continue
            if clause.kind in ("main", "first") and clause.verb >= 0 and not (direct and clause.mood & reported):
                return before
        return -1

    def _of_descent(self, k: int, verb: int) -> NounPhrase | None:
        """A name that opens the sentence with its particle: "Von der Leyen betonte, …"."""
        phrase = self.chunker.at(k, verb)
        if (
            phrase is None
            or phrase.preposition != "von"
            or phrase.article not in ("der", "den")
            or phrase.j != verb
            or phrase.core - phrase.noun != 1
            or noun_kind(self.g.words[phrase.noun]) is not None
        ):
            return None
        phrase.preposition = phrase.article = ""
        phrase.i, phrase.noun, phrase.name = k, k, (k, phrase.core)
        phrase.nominative = True
        return phrase

    def _cut_off(self, c: int) -> NounPhrase | None:
        """The subject that an apposition or relative clause parts from its verb: "Der NDR, der …, begründete …"."""
        begin = c
        while begin > 0 and self.clauses[begin].opener not in {";", ":"}:
            begin -= 1
            if self.clauses[begin].kind not in ("part", "relative", "sub"):
                return None
        first = self.clauses[begin]
        if begin == c or first.kind != "part":
            return None
        phrase = self.chunker.at(first.first, first.j)
        if phrase is None:
            for k in range(first.first + 1, min(first.first + 3, first.j)):
                if self.g.lows[k - 1] not in self.chunker.closed or self.g.lows[k - 1] in self.chunker.prepositions:
                    return None
                phrase = self.chunker.at(k, first.j)
                if phrase is not None:
                    break
        if phrase is None or not phrase.nominative or phrase.preposition or self._is_time(phrase):
            return None
        return self._widen(phrase, first.j)

    def _shares_subject(self, c: int, after: list[NounPhrase]) -> bool:
        """Whether a coordinated predicate has no subject of its own: "und forderte die Regierung auf"."""
        clause = self.clauses[c]
        return not (
            after
            and after[0].i == clause.verb + 1
            and (after[0].pronoun and self.g.lows[after[0].i] in ("er", "sie", "man"))
        )

    def _only_adverbs(self, i: int, j: int) -> bool:
        return j - i <= 2 and all(self.g.words[k][0].islower() or self.g.lows[k] in _FOCUS for k in range(i, j))

    def _widen(self, phrase: NounPhrase, verb: int) -> NounPhrase:
        """The prefield is one constituent: coordination and attributes before the verb belong to the subject."""
        if phrase.pronoun or phrase.j >= verb:
            return phrase
        g = self.g
        if g.lows[phrase.j] in ("und", "sowie", "oder"):
            other = self.chunker.at(phrase.j + 1, verb)
            if other is not None and not other.pronoun and other.j <= verb:
                phrase.j = other.j
        elif g.lows[phrase.j] in self.chunker.prepositions and phrase.name is None:
            other = self.chunker.at(phrase.j, verb)
            if other is not None and not other.pronoun and g.lows[other.head] not in self.chunker.times:
                phrase.j = other.j
        return phrase

    def speaks(self, phrase: NounPhrase) -> bool:
        """Whether a phrase names somebody who can speak: a name, a person, a body, a medium."""
        if phrase.pronoun:
            return self.g.lows[phrase.i] in ("er", "sie", "man", "wir", "ich", "dieser", "diese")
        kind = noun_kind(self.g.words[phrase.noun])
        if self.g.words[phrase.i][0].isdigit() and self.g.lows[phrase.noun] in words("measures", "nouns", "nouns"):
            # "9,3 Millionen Kronen"
            return False
        if kind is SourceKind.DOCUMENT or self.g.lows[phrase.noun] in words("nominal", "nouns", "speech"):
            return False
        return phrase.name is not None or kind is not None

    def _is_time(self, phrase: NounPhrase) -> bool:
        return self.g.lows[phrase.head] in self.chunker.times and phrase.name is None

    # ------------------------------------------------------------------ ranges

    def visible(self, i: int, j: int) -> list[int]:
        """The tokens from ``i`` to ``j`` outside quotations and brackets."""
        return [k for k in range(i, j) if self.g.hide[k] == OPEN]

    def clause_of(self, k: int) -> int:
        """Number of the clause that holds token ``k``, -1 for a delimiter."""
        number = bisect_right(self._begins, k) - 1
        return number if number >= 0 and k < self.clauses[number].j else -1


def ranges(tokens: list[int]) -> list[Range]:
    """Neighbouring tokens joined to ranges."""
    out: list[Range] = []
    for k in sorted(set(tokens)):
        if out and out[-1][1] == k:
            out[-1] = (out[-1][0], k + 1)
        else:
            out.append((k, k + 1))
    return out


def without(span: Range, holes: list[Range]) -> list[Range]:
    """The pieces of a range of tokens that no hole covers."""
    pieces: list[Range] = []
    at = span[0]
    for i, j in sorted(holes):
        if j <= span[0] or i >= span[1]:
            continue
        if i > at:
            pieces.append((at, i))
        at = max(at, j)
    if at < span[1]:
        pieces.append((at, span[1]))
    return pieces


_PERFECT_WITH_SEIN = frozenset(["ausgehen", "kommen", "gelangen", "fortfahren"])
_BE = frozenset(["ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären"])
_FOCUS = frozenset(["auch", "nur", "selbst", "sogar", "doch", "aber", "denn", "und"])
_AFTER_PREFIX = frozenset(["und", "oder", "sowie", "aber"])
