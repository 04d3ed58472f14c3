"""Noun phrases by chunking: closed word classes, capitals, agreement of the article, attributes, names."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.clauses import NAMED, OPEN, QUOTED
from reader.analysis.lexicon import endings, noun_kind, words
from reader.analysis.names import NameReader, is_given_name
from reader.analysis.phrase import NounPhrase
from reader.model.analysis import SourceKind

_PARTICIPLE_ENDINGS = tuple(stem + end for stem in ("t", "nd", "en") for end in ("e", "en", "er", "es", "em"))

_OCCASIONS_OF_SPEECH = frozenset(
    "gespräch interview telefonat podcast fernsehen rundfunk radio telefongespräch pressegespräch pressekonferenz "
    "mitteilung pressemitteilung erklärung aussendung videobotschaft rede".split()
)
_MEASURES = frozenset("kurz lange unmittelbar direkt".split())
_MEASURED = frozenset("vor nach danach darauf zuvor davor".split())


_CLAUSE_MARKS = frozenset('.!?:;,–—„“”»«"')
_CONTRACTED = frozenset("im am zum zur beim vom ins ans aufs".split())
_SUBJECTS = frozenset(
    "ich du er sie es wir ihr man wer niemand jemand alle viele einige mehrere beide dies dieser".split()
)


class Chunker(NameReader):
    """Finds the noun phrases of a grammar's tokens."""

    def at(self, k: int, end: int, *, attributes: bool = True) -> NounPhrase | None:
        """The noun phrase that begins at token ``k``, not reaching over ``end``; ``None`` when there is none."""
        g = self.g
        begin = k
        if k >= end or g.hide[k] not in (OPEN, NAMED):
            return None
        low = g.lows[k]
        # "Kurz vor dem Spiel sagte der Trainer": no Mr Kurz.
        if low in _MEASURES and g.lows[k + 1 : k + 2] and g.lows[k + 1] in _MEASURED and self._opens_sentence(k):
            return None
        preposition = ""
        if low in self.prepositions and (g.words[k][0].islower() or self._opens_sentence(k)):
            preposition = low
            k += 1
            if k >= end:
                return None
            low = g.lows[k]
        personal = g.hide[k] == OPEN and low in self.personal and (g.words[k][0].islower() or k == begin)
        if personal and (low != "ihr" or not (k + 1 < end and self.is_noun(k + 1))):
            return self._pronoun(k, preposition)
        article = ""
        start = k
        if g.hide[k] == OPEN and low in self.determiners:
            article = low
            k += 1
            if k >= end or (low == "dieser" and g.words[k] == ","):
                if low != "dieser":
                    return None
                phrase = self._pronoun(start, preposition)
                phrase.article = low
                return phrase
            if g.hide[k] == QUOTED:
                pass
            elif not self._continues(k, end) or (
                low in words("noun_phrases", "partitive") and g.lows[k] in self.genitive
            ):
                if low in words("noun_phrases", "standalone"):
                    phrase = self._pronoun(start, preposition)
                    phrase.article = low
                    phrase.nominative = not preposition and low in self.nominative | {"einer"}
                    if low in words("noun_phrases", "partitive") and k < end and g.lows[k] in self.genitive | {"von"}:
                        if k + 1 < end and g.lows[k + 1] in ("ihnen", "denen"):
                            phrase.j = k + 2
                            return phrase
                        tail = self.at(k, end)
                        if tail is not None:
                            phrase.j = tail.j
                            phrase.pronoun = False
                            phrase.head = phrase.noun = tail.head
                    return phrase
                return None
        if article and g.hide[k] == QUOTED:
            return self._quoted_name(start, k, end, article, preposition)
        k = self._skip_attributes(k, end, bool(article))
        if k >= end or not self.is_noun(k, start):
            return None
        return self._build(start, k, end, article, preposition, attributes)

    def _quoted_name(self, start: int, k: int, end: int, article: str, preposition: str) -> NounPhrase | None:
        """An article with a name in quotation marks that is no run of capitals: "die „Aktion Deutschland hilft“"."""
        stop = k
        while stop < end and self.g.hide[stop] == QUOTED:
            stop += 1
        if stop - k > 9 or stop - k < 3:
            return None
        phrase = NounPhrase(start, stop, self._last_word(k, stop))
        phrase.begin = start - bool(preposition)
        phrase.preposition, phrase.article = preposition, article
        phrase.noun = k
        phrase.name = (k, stop)
        phrase.nominative = not preposition and article in self.nominative
        return phrase

    def _continues(self, k: int, end: int) -> bool:
        g = self.g
        if self.is_noun(k) or g.words[k][0].isdigit():
            return True
        if g.hide[k]:
            return False
        if self.is_adjective(k):
            return True
        stop = self._skip_attributes(k, end, True)
        return stop < end and self.is_noun(stop) and stop > k

    def _skip_attributes(self, k: int, end: int, extended: bool) -> int:
        """Over numbers, adjectives, and an extended attribute ("mit der Angelegenheit vertraute")."""
        g = self.g
        origin = k
        while k < end and not g.hide[k] and self._is_attribute(k, origin, end, extended):
            k += 1
        if extended and k < end and not self.is_noun(k) and k - origin <= 2 and not g.hide[k]:
            stop = self._extended(k, end)
            if stop:
                return stop
        return k

    def _is_attribute(self, k: int, origin: int, end: int, article: bool) -> bool:
        """Whether token ``k`` stands between article and noun."""
        g = self.g
        low = g.lows[k]
        goes_on = self._noun_or_adjective(k + 1, end)
        if g.words[k][0].isdigit():
            return True
        if low in self.determiners:
            return goes_on and not low.startswith("d") and (k > origin or low in words("noun_phrases", "inner"))
        if self.is_adjective(k) and not g.verbs[k] & (m.AUXILIARY | m.MODAL):
            return goes_on or (k + 1 < end and g.words[k + 1] == "und")
        if low == "und":
            return k > origin and self.is_adjective(k - 1) and k + 1 < end and self.is_adjective(k + 1)
        if low in words("noun_phrases", "degree"):
            return goes_on
        # "einer weitgehend friedlichen Kundgebung": an adverb between article and adjective
        return (
            article
            and g.words[k][0].islower()
            and low not in self.closed
            and not g.verbs[k]
            and (k + 1 < end and self.is_adjective(k + 1) and self._noun_or_adjective(k + 2, end))
        )

    def _extended(self, k: int, end: int) -> int:
        """The noun behind a participle with its own complements, at most twelve words away; 0 when there is none."""
        g = self.g
        if not (
            g.lows[k] in self.prepositions
            or g.lows[k] in words("noun_phrases", "extenders")
            or (g.words[k][0].islower() and not g.verbs[k])
        ):
            return 0
        for n in range(k, min(k + 12, end - 1)):
            if g.hide[n] or g.words[n] in ",;:":
                return 0
            form = g.verbs[n]
            if form & (m.AUXILIARY | m.MODAL):
                return 0
            low = g.lows[n]
            if (
                n > k
                and low.endswith(_PARTICIPLE_ENDINGS)
                and low not in self.closed
                and g.words[n][0].islower()
                and self.is_noun(n + 1)
            ):
                return n + 1
        return 0

    def _pronoun(self, k: int, preposition: str) -> NounPhrase:
        phrase = NounPhrase(k, k + 1, k)
        phrase.pronoun = True
        phrase.preposition = preposition
        phrase.begin = k - bool(preposition)
        phrase.nominative = not preposition
        return phrase

    def _build(self, start: int, k: int, end: int, article: str, preposition: str, attributes: bool) -> NounPhrase:
        g = self.g
        first = k
        k += 1
        while k < end:
            if (g.hide[k - 1] == NAMED and g.hide[k] != NAMED) or self._frame_begins(k):
                break
            if not article and k - first == 2 and self._plain_noun(first, k):
                break
            if (
                not article
                and k - first == 1
                and g.lows[start - 1 : start] == ["laut"]
                and self._is_only_subject(k, end)
            ):
                break
            if self.is_noun(k) or (
                g.words[k].isdigit()
                and len(g.words[k]) < 4
                and not (k + 1 < end and self._noun_or_adjective(k + 1, end))
            ):
                k += 1
            elif (
                g.words[k] == "."
                and k + 1 < end
                and self.is_noun(k + 1)
                and (g.words[k - 1] in words("persons", "titles", "names") or len(g.words[k - 1]) == 1)
            ) or (
                g.lows[k] in words("persons", "particles", "names")
                and g.words[k][0].islower() | (g.words[k] == "&")
                and k + 1 < end
                and self._name_goes_on(k, first)
            ):
                k += 2
            else:
                break
        phrase = NounPhrase(start, k, k - 1)
        phrase.preposition = preposition
        phrase.begin = start - bool(preposition)
        phrase.article = article
        phrase.noun = first
        self._name(phrase, first, k)
        if k + 1 < end and g.words[k] == "-" and g.hide[k - 1] == NAMED and g.ends[k - 1] == g.starts[k]:
            # „Bild“-Zeitung
            k += 2
        phrase.core = k
        phrase.nominative = not preposition and self._can_be_subject(article, phrase)
        if k + 1 < end and g.words[k] == "(":
            k = self._bracket(k, end)
        phrase.j = k
        if attributes:
            self._attributes(phrase, end)
        return phrase

    def _plain_noun(self, first: int, k: int) -> bool:
        """Whether a common noun stands behind a whole name: "hatte Harald Kolb Dienst"."""
        g = self.g
        return (
            g.words[first] in words("persons", "first", "names")
            and g.words[k][1:].islower()
            and noun_kind(g.words[k - 1]) is None
            and noun_kind(g.words[k]) in (SourceKind.INSTITUTION, SourceKind.DOCUMENT)
        )

    def _is_only_subject(self, k: int, end: int) -> bool:
        """Whether the clause has no subject but the noun behind its frame: "Dort wurden laut Polizei Steine geworfen".

        A name would follow the common noun where another subject stands: "Sie seien laut Polizei Kleve entkommen".
        """
        g = self.g
        if noun_kind(g.words[k - 1]) is None or g.words[k] in self.names or is_given_name(g.words[k]):
            return False
        begin = k - 2
        while begin > 0 and g.words[begin - 1] not in _CLAUSE_MARKS:
            begin -= 1
        stop = next((n for n in range(k, end) if g.words[n] in _CLAUSE_MARKS), end)
        # What is joined to the noun shares its part: "… Steine und die Flaschen …".
        behind = k + 1
        if g.lows[behind : behind + 1] in (["und"], ["oder"], ["sowie"]):
            behind = next((n + 1 for n in range(behind, stop) if self.is_noun(n)), stop)
        governed = False
        for n in (*range(begin, k - 2), *range(behind, stop)):
            if g.lows[n] in self.prepositions or g.lows[n] in _CONTRACTED:
                governed = True
            elif g.lows[n] in _SUBJECTS and g.hide[n] == OPEN:
                return False
            elif self.is_noun(n, begin):
                if not governed:
                    return False
                governed = n + 1 < stop and self.is_noun(n + 1)
        return any(g.verbs[n] & m.ANY_FINITE for n in range(begin, k - 2))

    def _frame_begins(self, k: int) -> bool:
        """Whether a frame of one plural noun begins at token ``k``: "verhandelt Anna Kolb Medienberichten zufolge"."""
        g = self.g
        return (
            g.lows[k + 1 : k + 2] == ["zufolge"]
            and g.words[k].endswith("n")
            and (
                g.lows[k] in words("frames", "nouns", "speech")
                or g.lows[k].endswith(endings("frames", "endings", "speech"))
            )
            and not g.words[k - 1].endswith(("s", "x", "z", "’", "'"))
            and noun_kind(g.words[k - 1]) not in (SourceKind.OUTLET, SourceKind.AGENCY)
            and g.words[k - 1] not in self.names
        )

    def _can_be_subject(self, article: str, phrase: NounPhrase) -> bool:
        if not article:
            return True
        if article == "der":
            if phrase.name and phrase.noun == phrase.name[0] > phrase.i + 1:
                # "der Chemiker Paul Lenz": what a surname ends in says nothing
                return True
            low = self.g.lows[phrase.head if phrase.name and phrase.noun == phrase.name[0] else phrase.noun]
            return not low.endswith(endings("gender", "feminine", "nouns")) or low.endswith(
                endings("gender", "masculine", "nouns")
            )
        if article in ("einer", "seiner", "ihrer", "dieser", "jener", "mehrerer"):
            return article in ("dieser", "jener") and not self.g.lows[phrase.noun].endswith(
                endings("gender", "feminine", "nouns")
            )
        return article in self.nominative

    def _bracket(self, k: int, end: int) -> int:
        for n in range(k + 1, min(k + 8, end)):
            if self.g.words[n] == ")":
                return n + 1
        return k

    def _attributes(self, phrase: NounPhrase, end: int) -> None:
        """Genitives and prepositional attributes behind the noun."""
        g = self.g
        for _ in range(4):
            k = phrase.j
            if k >= end or g.hide[k]:
                return
            low = g.lows[k]
            if low in self.genitive and self._takes_genitive(phrase, k, end):
                tail = self.at(k, end, attributes=False)
                if tail is None or tail.pronoun or tail.preposition:
                    return
                phrase.j = tail.j
            elif low in self.attributes and g.words[k][0].islower() and low != "des":
                tail = self.at(k, end, attributes=False)
                if tail is None or tail.pronoun or not self._attached(phrase, low, tail):
                    return
                phrase.j = tail.j
            else:
                return

    def _takes_genitive(self, phrase: NounPhrase, k: int, end: int) -> bool:
        g = self.g
        low = g.lows[k]
        if low in ("des", "eines", "seines", "ihres", "deren", "dessen"):
            return True
        tail = self.at(k, end, attributes=False)
        if tail is None or tail.pronoun:
            return False
        kind = noun_kind(g.words[tail.noun])
        named = low == "der" and kind is SourceKind.PERSON and tail.name and tail.noun < tail.name[0]
        if named and not g.lows[tail.noun].endswith(("in", "n")):
            # "hatte die Akten der Reporter Jan Kolb": one man is no genitive
            return False
        name = g.text[g.starts[tail.name[0]] : g.ends[tail.name[1] - 1]].strip("„“”»«\"'") if tail.name else ""
        if kind in (SourceKind.AGENCY, SourceKind.OUTLET) or name in self.names or g.lows[tail.noun] == "agentur":
            # "sagte Kuhl der Morgenwarte": an addressee, unless the noun wants a genitive
            return (
                phrase.name is None
                and phrase.j == phrase.core
                and g.lows[phrase.head] in words("genitive", "heads", "nouns")
            )
        if phrase.name is not None and phrase.name[1] == phrase.core and phrase.noun == phrase.name[0]:
            return False
        return phrase.name is None or phrase.name[0] > phrase.noun

    def _attached(self, phrase: NounPhrase, preposition: str, tail: NounPhrase) -> bool:
        g = self.g
        if g.lows[tail.head] in self.times or g.lows[tail.noun] in self.times:
            return False
        if preposition in ("von", "vom"):
            return True
        if noun_kind(g.words[phrase.noun]) in (SourceKind.AGENCY, SourceKind.OUTLET) or (
            phrase.name and " ".join(g.words[k] for k in range(*phrase.name)) in self.names
        ):
            return False
        if preposition in ("für", "aus", "zur", "zum"):
            return True
        # "sagte der Trainer im Gespräch": where it was said, no trainer of that kind.
        if preposition in ("in", "im", "bei", "beim") and g.lows[tail.noun] in _OCCASIONS_OF_SPEECH:
            return False
        if preposition in ("in", "im", "bei", "beim", "an", "am", "gegen", "über"):
            return phrase.name is None and preposition in ("in", "im", "bei", "beim", "gegen", "über")
        return False


__all__ = ["Chunker", "NounPhrase"]
