"""Names in noun phrases: "Bildungsministerin Carola Henn", "das Portal Gründerblick", "Lindqvist & Söhne"."""

from __future__ import annotations

from reader.analysis.clauses import NAMED
from reader.analysis.lexicon import noun_kind, words
from reader.analysis.phrase import NounPhrase
from reader.analysis.wordclasses import WordClasses
from reader.model.analysis import SourceKind


def is_given_name(word: str) -> bool:
    """Whether a word is a known given name, or two of them: "Anna", "Karl-Otto"."""
    given = words("persons", "first", "names")
    return word in given or ("-" in word and all(part in given for part in word.split("-")))


class NameReader(WordClasses):
    """Tells role and name apart in a run of capitalised words."""

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
        if g.lows[k] == "von":
            if g.lows[k + 1] == "der" and k - first > 1 and is_given_name(g.words[k - 1]):
                # "Kommissionschefin Ursula von der Leyen"
                return True
            return (
                k - first == 1
                and noun_kind(g.words[first]) is None
                and len(g.words[first]) < 10
                and not self._common(first)
                and (g.lows[k + 1] == "der" or noun_kind(nxt) is None)
                and g.words[first] in words("persons", "first", "names")
            )
        return True

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
            aged = first > 0 and stop - first == 2 and g.lows[first - 1].endswith(("jährige", "jährigen", "jähriger"))
            while (
                begin < stop - 1
                and not (aged and noun_kind(g.words[begin]) is None)
                and self._is_role(begin, stop, bool(phrase.article) and begin == first)
            ):
                begin += 1
            if begin == first + 1 == stop - 1 and self._behind_calling(phrase, first):
                begin = first
            if begin == first and phrase.article:
                begin = self._given_name(first, stop)
        # "St. Galler Polizei": the full stop is inside the name; "Chef de Mission" is one office.
        while begin > first and g.words[begin] == ".":
            begin -= 1
        if begin > first and g.lows[begin - 1 : begin + 1] == ["chef", "de"] and begin + 2 < stop:
            begin += 2
        # "der Handelsverband Deutschland": the country belongs to the name.
        if begin == stop - 1 > first and g.words[begin] in _COUNTRIES:
            begin -= noun_kind(g.words[begin - 1]) is SourceKind.INSTITUTION
        # "die Polizei Kleve": the place alone would be somebody else.
        if begin == stop - 1 > first and g.lows[begin - 1].endswith(_OF_PLACES) and g.words[begin][1:].islower():
            begin -= 1
        if begin == stop - 1 and begin == first and (self._common(first) or phrase.article):
            # a single common noun, or something with an article whose name we cannot tell
            surname = not phrase.article and g.words[first] in self.surnames()
            if surname or g.hide[first] == NAMED or (not self._common(first) and self._looks_like_name(first)):
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

    def _behind_calling(self, phrase: NounPhrase, first: int) -> bool:
        """Whether a calling that looks like "Berliner" stands before two names: "den Glaser Vito Kern"."""
        g = self.g
        return (
            phrase.article in ("der", "den", "dem", "ein", "einen", "einem")
            and first - 1 > phrase.i
            and g.words[first - 1][0].isupper()
            and noun_kind(g.words[first]) is None
            and "-" not in g.words[first]
        )

    def _given_name(self, first: int, stop: int) -> int:
        """Where a given name follows a word that is none: "der Gutachter Hans Dorn"; ``first`` without one."""
        if (
            is_given_name(self.g.words[first])
            or self.g.hide[first] == NAMED
            or "." in self.g.words[first + 1 : first + 2]
        ):
            return first
        return first + 1 if stop - first > 2 and is_given_name(self.g.words[first + 1]) else first

    def _last_word(self, first: int, stop: int) -> int:
        k = stop - 1
        while k > first and not self.g.words[k][0].isalnum():
            k -= 1
        return k

    def _is_role(self, k: int, stop: int, article: bool) -> bool:
        g = self.g
        if g.hide[k] == NAMED or not g.words[k][0].isupper():
            return g.words[k][0].isdigit()
        word = g.words[k]
        if "-" in word and is_given_name(word):
            return False
        if noun_kind(word) is not None:
            return True
        if (
            word.endswith("er")
            and k + 1 < stop
            and noun_kind(g.words[k + 1]) is not None
            and len(word) > 4
            and (g.lows[k + 1] not in self.newspaper)
        ):
            return True
        if word in words("persons", "titles", "names"):
            return True
        if word.endswith("er") and k + 1 < stop and g.lows[k + 1] in self.newspaper:
            return False
        if article and k + 1 < stop:
            # "das Weiße Haus", "die Deutsche Bank": the adjective is part of the name
            return (
                word not in words("persons", "first", "names") and not word.isupper() and not word.endswith(("e", "en"))
            )
        return "-" in word and k + 1 < stop and word not in words("persons", "first", "names") and stop - k > 2

    def _looks_like_name(self, k: int) -> bool:
        word = self.g.words[k]
        return any(c.isupper() for c in word[1:]) and "-" not in word


_COUNTRIES = frozenset("Deutschland Österreich Schweiz Europa International".split())
_OF_PLACES = tuple(
    "polizei präsidium feuerwehr wehr leitstelle staatsanwaltschaft gericht universität uni hochschule klinikum "
    "klinik amt zoll handelskammer handwerkskammer stadt stadtverwaltung gemeinde landkreis kreis bezirk".split()
)
"""Offices and schools that carry the name of their place."""
_MARKS = frozenset("„“”»«\"'")
_COMMON_KINDS = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON, SourceKind.INSTITUTION, SourceKind.DOCUMENT})
