"""Which tokens are nouns, names and adjectives: by capitals, endings and closed classes."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.clauses import NAMED, OPEN, Grammar
from reader.analysis.lexicon import closed_class, media_names, noun_kind, words


class WordClasses:
    """Tests on single tokens: noun or part of a name, adjective."""

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
        self._surnames: dict[str, str] | None = None
        self.newspaper = words("outlet", "name_endings", "nouns")

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
            if g.lows[k + 1 : k + 2] == ["als"] and word.endswith("er") and self._opens_sentence(k):
                # "Genauer als andere": a comparative
                return noun_kind(word) is not None
            if word.endswith(_ADVERB_ENDINGS) and self._opens_sentence(k) and word not in self.surnames():
                # "Ausführlich hat der Chronist …": an adverb
                return noun_kind(word) is not None
            if self._joined(k):
                return True
            # "Angaben der Bahn zufolge": no verb, as a genitive follows.
            if g.lows[k] in words("frames", "nouns", "speech") and g.lows[k + 1 : k + 2] in (["der"], ["des"]):
                return True
            return not (g.verbs[k] and self._opens_sentence(k))
        if word.startswith(_ARABIC) and len(word) > 4 and word[3].isupper():
            return True
        if "-" in word and word.rpartition("-")[2][:1].isupper():
            # "dpa-Meldung", "ai-Bericht"
            return True
        return word in self.names or (word.endswith(_DOMAINS) and len(word) > 5)

    def surnames(self) -> dict[str, str]:
        """The words that stand behind a given name anywhere in the text, each with it: "Kern" -> "Vito"."""
        if self._surnames is None:
            g = self.g
            first = words("persons", "first", "names")
            self._surnames = {
                g.words[k]: g.words[k - 1]
                for k in range(len(g.words) - 1, 0, -1)
                if g.words[k - 1] in first and g.words[k][0].isupper() and g.words[k] not in first
            }
        return self._surnames

    def _opens_sentence(self, k: int) -> bool:
        return k == 0 or self.g.words[k - 1] in ".!?:…" or not self.g.words[k - 1][0].isalnum()

    def is_adjective(self, k: int) -> bool:
        """Whether token ``k`` looks like an attribute: inflected, no verb, in lower case or opening a sentence."""
        g = self.g
        word = g.lows[k]
        if g.hide[k] or word in self.closed or not word[0].isalpha() or g.chosen[k]:
            return False
        if g.verbs[k] & m.ANY_FINITE and not (k and g.lows[k - 1] in self.determiners and self._noun_follows(k)):
            return False
        if g.words[k][0].isupper() and (self._names_someone(g.words[k]) or self._joined(k)):
            return False
        if g.words[k][0].isupper() and not self._opens_sentence(k):
            return g.words[k].endswith("er") and len(word) > 4 and self._noun_follows(k)
        return word.endswith(_ADJECTIVE_ENDINGS) and len(word) > 3

    def _joined(self, k: int) -> bool:
        """Whether a capital word is joined to another: "Google und Mozilla" has no verb, whatever it looks like."""
        g = self.g
        return g.lows[k + 1 : k + 2] == ["und"] and k + 2 < len(g.words) and g.words[k + 2][0].isupper()

    def _names_someone(self, word: str) -> bool:
        """Whether a capital word that ends like an adjective names someone: "Volker", "Anke", "Minister"."""
        return word in words("persons", "first", "names") or (word.endswith("er") and noun_kind(word) is not None)

    def _noun_follows(self, k: int) -> bool:
        return k + 1 < len(self.g.words) and self.g.words[k + 1][0].isupper()

    def _noun_or_adjective(self, k: int, end: int) -> bool:
        return k < end and (
            self.g.lows[k] in words("noun_phrases", "inner")
            or self.is_noun(k)
            or self.is_adjective(k)
            or self.g.words[k][0].isdigit()
        )


_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em", "te", "ten")
_ADVERB_ENDINGS = ("lich", "erweise")
_ARABIC = ("al-", "el-", "as-", "ad-", "an-", "ar-", "at-")
_DOMAINS = (".de", ".com", ".org", ".net", ".at", ".ch", ".eu", ".tv")
