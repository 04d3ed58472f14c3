"""Noun phrases by chunking: closed word classes, capitals, agreement of the article, attributes, names and appositions."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.clauses import NAMED, OPEN, QUOTED, Grammar
from reader.analysis.lexicon import closed_class, media_names, noun_kind, words
from reader.model.analysis import SourceKind


class NounPhrase:
    """Tokens ``i`` to ``j``, the core noun group ending at ``core``; ``head`` is the word that names the thing.

    ``preposition`` governs it, at token ``begin``, or is empty; ``nominative`` tells whether its form can be the subject.
    """

    __slots__ = ("article", "begin", "core", "head", "i", "j", "name", "nominative", "noun", "preposition", "pronoun")

    def __init__(self, i: int, j: int, head: int) -> None:
        self.i = self.begin = i
        self.j = self.core = j
        self.head = head
        self.noun = head
        self.name: tuple[int, int] | None = None
        self.preposition = ""
        self.article = ""
        self.nominative = True
        self.pronoun = False


_CONTRACTED = frozenset("im ins am ans aufs beim vom zum zur fürs ums vors durchs".split())
_PARTICLES = frozenset("von van de der den del della di da du le la el al bin ibn ben dos zu zur und y & af".split())
_FEMININE = (
    "ung",
    "heit",
    "keit",
    "schaft",
    "ion",
    "tät",
    "in",
    "ie",
    "enz",
    "anz",
    "ik",
    "ei",
    "ur",
    "zeitung",
    "presse",
    "agentur",
    "behörde",
    "firma",
    "partei",
    "stadt",
    "polizei",
    "bank",
    "wehr",
    "union",
    "kasse",
    "gruppe",
    "seite",
    "post",
    "kammer",
    "liga",
    "studie",
    "frau",
    "welt",
    "zeit",
    "dpa",
    "afp",
    "apa",
    "sda",
    "kna",
    "taz",
    "faz",
    "nasa",
    "spd",
    "cdu",
    "csu",
    "fdp",
    "afd",
    "eu",
    "nato",
    "bahn",
    "börse",
    "warte",
    "woche",
    "rundschau",
    "airline",
    "gemeinde",
    "kirche",
    "armee",
    "miliz",
    "mail",
    "umfrage",
    "analyse",
    "anklage",
    "quelle",
    "post",
    "spitze",
    "hilfe",
    "klinik",
    "brauerei",
    "initiative",
    "liste",
    "ap",
    "sz",
)
_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em", "te", "ten")


class Chunker:
    """Finds the noun phrases of a grammar's tokens."""

    def __init__(self, grammar: Grammar) -> None:
        self.g = grammar
        self.closed = closed_class()
        self.prepositions = words("prepositions", "all")
        self.nominative = words("determiners", "nominative")
        self.oblique = words("determiners", "oblique")
        self.genitive = words("determiners", "genitive")
        self.determiners = self.nominative | self.oblique
        self.personal = words("pronouns", "personal")
        self.attributes = words("prepositions", "attribute")
        self.times = words("time", "nouns")
        self.names = media_names()
        self.newspaper = words("outlet", "name_endings", "nouns")

    # ------------------------------------------------------------------ tests on tokens

    def is_noun(self, k: int, first: int = -1) -> bool:
        """Whether token ``k`` is a noun or part of a name."""
        g = self.g
        word = g.words[k]
        if g.hide[k] not in (OPEN, NAMED):
            return False
        if g.hide[k] == NAMED:
            return True
        if word[0].isdigit() and "-J" in word:
            # "der 58-Jährige"
            return True
        if word[0].isupper():
            if g.lows[k] in self.closed:
                return len(word) > 1 and word.isupper() and k != first
            return not (g.verbs[k] and self._opens_sentence(k))
        if word.startswith(_ARABIC) and len(word) > 4 and word[3].isupper():
            return True
        return word in self.names or (word.endswith(_DOMAINS) and len(word) > 5)

    def _opens_sentence(self, k: int) -> bool:
        return k == 0 or self.g.words[k - 1] in ".!?:…" or not self.g.words[k - 1][0].isalnum()

    def is_adjective(self, k: int) -> bool:
        """Whether token ``k`` looks like an attribute: inflected, no verb of its own, in lower case or opening a sentence."""
        g = self.g
        word = g.lows[k]
        if g.hide[k] or word in self.closed or not word[0].isalpha() or g.chosen[k]:
            return False
        if g.verbs[k] & m.ANY_FINITE and not (k and g.lows[k - 1] in self.determiners and self._noun_follows(k)):
            return False
        if g.words[k][0].isupper() and not self._opens_sentence(k):
            return g.words[k].endswith("er") and len(word) > 4 and self._noun_follows(k)
        return word.endswith(_ADJECTIVE_ENDINGS) and len(word) > 3

    def _noun_follows(self, k: int) -> bool:
        return k + 1 < len(self.g.words) and self.g.words[k + 1][0].isupper()

    # ------------------------------------------------------------------ parsing

    def at(self, k: int, end: int, *, attributes: bool = True) -> NounPhrase | None:
        """The noun phrase that begins at token ``k``, not reaching over ``end``; ``None`` when there is none."""
        g = self.g
        begin = k
        if k >= end or g.hide[k] not in (OPEN, NAMED):
            return None
        low = g.lows[k]
        preposition = ""
        if low in self.prepositions and (g.words[k][0].islower() or self._opens_sentence(k)):
            preposition = low
            k += 1
            if k >= end:
                return None
            low = g.lows[k]
        if g.hide[k] == OPEN and low in self.personal and g.words[k][0].islower() | (k == begin):
            if low != "ihr" or not (k + 1 < end and self.is_noun(k + 1)):
                return self._pronoun(k, preposition)
        article = ""
        start = k
        if g.hide[k] == OPEN and low in self.determiners:
            article = low
            k += 1
            if k >= end:
                return None
            if g.hide[k] == QUOTED:
                pass
            elif not self._continues(k, end) or (low in _PARTITIVE and g.lows[k] in self.genitive):
                if low in _STANDALONE:
                    phrase = self._pronoun(start, preposition)
                    phrase.article = low
                    phrase.nominative = not preposition and low in self.nominative | {"einer"}
                    if low in _PARTITIVE and k < end and g.lows[k] in self.genitive | {"von"}:
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
            return goes_on and not low.startswith("d") and (k > origin or low in _INNER_DETERMINERS)
        if self.is_adjective(k) and not g.verbs[k] & (m.AUXILIARY | m.MODAL):
            return goes_on or (k + 1 < end and g.words[k + 1] == "und")
        if low == "und":
            return k > origin and self.is_adjective(k - 1) and k + 1 < end and self.is_adjective(k + 1)
        if low in _DEGREE:
            return goes_on
        # "einer weitgehend friedlichen Kundgebung": an adverb between article and adjective
        return article and g.words[k][0].islower() and low not in self.closed and not g.verbs[k] and (
            k + 1 < end and self.is_adjective(k + 1) and self._noun_or_adjective(k + 2, end)
        )

    def _noun_or_adjective(self, k: int, end: int) -> bool:
        return k < end and (
            self.g.lows[k] in _INNER_DETERMINERS or self.is_noun(k) or self.is_adjective(k) or self.g.words[k][0].isdigit())

    def _extended(self, k: int, end: int) -> int:
        """The noun behind a participle with its own complements, at most twelve words away; 0 when there is none."""
        g = self.g
        if not (
            g.lows[k] in self.prepositions or g.lows[k] in _EXTENDERS or (g.words[k][0].islower() and not g.verbs[k])
        ):
            return 0
        for n in range(k, min(k + 12, end - 1)):
            if g.hide[n] or g.words[n] in ",;:":
                return 0
            form = g.verbs[n]
            if form & (m.AUXILIARY | m.MODAL):
                return 0
            low = g.lows[n]
            if n > k and low not in self.closed and g.words[n][0].islower() and self.is_noun(n + 1):
                if low.endswith(
                    ("te", "ten", "ter", "tes", "nde", "nden", "nder", "ndes", "ene", "enen", "ener", "enes", "tem")
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
            if g.hide[k - 1] == NAMED and g.hide[k] != NAMED:
                break
            if self.is_noun(k):
                k += 1
            elif (
                g.words[k].isdigit()
                and len(g.words[k]) < 4
                and not (k + 1 < end and self._noun_or_adjective(k + 1, end))
            ):
                k += 1
            elif (
                g.words[k] == "."
                and k + 1 < end
                and self.is_noun(k + 1)
                and (g.words[k - 1] in _TITLES or len(g.words[k - 1]) == 1)
            ):
                k += 2
            elif (
                g.lows[k] in _PARTICLES
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
        phrase.core = k
        phrase.nominative = not preposition and self._can_be_subject(article, phrase)
        if k + 1 < end and g.words[k] == "(":
            k = self._bracket(k, end)
        phrase.j = k
        if attributes:
            self._attributes(phrase, end)
        return phrase

    def _name_goes_on(self, k: int, first: int) -> bool:
        """ "van der Bellen", "Lindqvist & Söhne", "Usedom von Ahn" – but not "Sprecher von OpenAI"."""
        g = self.g
        nxt = g.words[k + 1]
        if g.words[k] == "&":
            return nxt[0].isupper()
        if not (nxt[0].isupper() or (g.lows[k] in ("von", "van", "de") and g.lows[k + 1] in ("der", "den", "la"))):
            return False
        if g.lows[k] in ("und", "zu", "zur", "der", "den", "da"):
            return False
        if g.lows[k] in ("von",):
            return (
                k - first == 1
                and noun_kind(g.words[first]) is None
                and len(g.words[first]) < 10
                and not self._common(first)
                and (g.lows[k + 1] == "der" or noun_kind(nxt) is None)
                and self._first_name(g.words[first])
            )
        return True

    @staticmethod
    def _first_name(word: str) -> bool:
        return word in _FIRST_NAMES

    def _common(self, k: int) -> bool:
        return noun_kind(self.g.words[k]) is not None

    def _name(self, phrase: NounPhrase, first: int, stop: int) -> None:
        """Tell role and name apart in a run of capitalised words."""
        g = self.g
        if g.lows[stop - 1] in self.times and stop - first == 1:
            return
        run = range(first, stop)
        text = " ".join(g.words[k] for k in run if g.words[k] not in _MARKS)
        if text in self.names:
            phrase.name = (first, stop)
            phrase.head = self._last_word(first, stop)
            return
        begin = first
        if len(run) > 1:
            while begin < stop - 1 and self._is_role(begin, stop, bool(phrase.article) and begin == first):
                begin += 1
        if begin == stop - 1 and begin == first and (self._common(first) or phrase.article):
            # a single common noun, or something with an article whose name we cannot tell
            if g.hide[first] == NAMED or (not self._common(first) and self._looks_like_name(first)):
                phrase.name = (first, stop)
            return
        if (
            begin > first
            and begin == stop - 1
            and noun_kind(g.words[begin]) is not None
            and g.hide[begin] != NAMED
            and (noun_kind(g.words[begin]) in _COMMON_KINDS and phrase.article == "")
        ):
            return
        phrase.name = (begin, stop)
        phrase.noun = begin - 1 if begin > first else first
        phrase.head = self._last_word(begin, stop)

    def _last_word(self, first: int, stop: int) -> int:
        k = stop - 1
        while k > first and not self.g.words[k][0].isalnum():
            k -= 1
        return k

    def _is_role(self, k: int, stop: int, article: bool) -> bool:
        g = self.g
        if g.hide[k] == NAMED or not g.words[k][0].isupper():
            return g.words[k][0].isdigit()
        if noun_kind(g.words[k]) is not None:
            return True
        word = g.words[k]
        if (
            word.endswith("er")
            and k + 1 < stop
            and noun_kind(g.words[k + 1]) is not None
            and len(word) > 4
            and (g.lows[k + 1] not in self.newspaper)
        ):
            return True
        if word in _TITLES:
            return True
        if word.endswith("er") and k + 1 < stop and g.lows[k + 1] in self.newspaper:
            return False
        if article and k + 1 < stop:
            return word not in _FIRST_NAMES and not word.isupper()
        return "-" in word and k + 1 < stop and word not in _FIRST_NAMES and stop - k > 2

    def _looks_like_name(self, k: int) -> bool:
        word = self.g.words[k]
        return any(c.isupper() for c in word[1:]) and "-" not in word

    def _can_be_subject(self, article: str, phrase: NounPhrase) -> bool:
        if not article:
            return True
        if article == "der":
            low = self.g.lows[phrase.head if phrase.name and phrase.noun == phrase.name[0] else phrase.noun]
            return not low.endswith(_FEMININE) or low.endswith(_MASCULINE)
        if article in ("einer", "seiner", "ihrer", "dieser", "jener", "mehrerer"):
            return article in ("dieser", "jener") and not self.g.lows[phrase.noun].endswith(_FEMININE)
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
            elif low in self.attributes and g.words[k][0].islower() and low not in ("des",):
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
        name = " ".join(g.words[n] for n in range(*tail.name)) if tail.name else ""
        if kind in (SourceKind.AGENCY, SourceKind.OUTLET) or name in self.names or g.lows[tail.noun] == "agentur":
            # "sagte Kuhl der Morgenwarte": an addressee, unless the noun wants a genitive
            return phrase.name is None and phrase.j == phrase.core and g.lows[phrase.head] in _GENITIVE_HEADS
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
        if preposition in ("in", "im", "bei", "beim", "an", "am", "gegen", "über"):
            return phrase.name is None and preposition in ("in", "im", "bei", "beim", "gegen", "über")
        return False


_PARTITIVE = frozenset("einer eine eines einige viele mehrere manche zwei drei vier fünf beide keiner".split())
_ARABIC = ("al-", "el-", "as-", "ad-", "an-", "ar-", "at-")
_INNER_DETERMINERS = frozenset(
    "weitere weiteren weiterer andere anderen anderer viele vielen vieler mehrere mehreren einige einigen einzelne wenige".split()
)
_DOMAINS = (".de", ".com", ".org", ".net", ".at", ".ch", ".eu", ".tv")
_STANDALONE = frozenset(
    "dieser diese dieses jener jene der die das beide einer eine eines viele einige manche mehrere andere alle keiner zwei drei vier".split()
)
_DEGREE = frozenset(
    "sehr rund etwa fast knapp mehr weniger besonders eher ganz zunehmend ehemals heute damals bislang".split()
)
_EXTENDERS = frozenset(
    "nicht am im in mit an von vom zum zur für bei beim seit so neu kurz bereits erst namentlich nur".split()
)
_MARKS = frozenset("„“”»«\"'")
_TITLES = frozenset("Dr Prof Professor Doktor Herr Frau Lord Sir Baron Graf Papst St".split())
_MASCULINE = ("minister", "termin", "verein", "medizin", "berlin", "merlin", "robin", "martin")
_COMMON_KINDS = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON, SourceKind.INSTITUTION, SourceKind.DOCUMENT})
_GENITIVE_HEADS = frozenset(
    "bericht berichte berichten berichts angaben informationen reporter reporterin journalist journalistin journalisten redaktion "
    "chefredakteur chefredakteurin herausgeber recherchen meldung meldungen korrespondent ausgabe internetseite website leser quellen "
    "sprecher sprecherin redakteur mitarbeiter quelle".split()
)
_FIRST_NAMES = frozenset(
    "Ursula Hans Karl Otto Heinrich Friedrich Wilhelm Alexander Christian Andreas Michael Thomas Johannes Philipp Ferdinand Herbert "
    "Angela Anna Maria Peter Paul Frank Wolfgang Klaus Jürgen Jens Stefan Stephan Martin Matthias Markus Robert Annalena Olaf Sam Greg "
    "John George Barack Joe Donald Emmanuel Nicolas Tony David Gordon Boris Wladimir Dmitri Recep Silvio Romano Mario Luigi José Juan "
    "Carla Claudia Sabine Petra Monika Renate Ulla Heidemarie Brigitte Christine Julia Katrin Kathrin Katja Sandra Nicole Susanne "
    "Joschka Gerhard Guido Edmund Günther Horst Rainer Dieter Ernst Eva Franz Georg Gregor Oskar Harald Helmut Jörg Kurt Ludwig Manfred".split()
)
