"""The kind of a source: agency, outlet, person, spokesperson, institution, document, anonymous."""

from __future__ import annotations

from reader.analysis.clauses import Grammar
from reader.analysis.lexicon import media_names, noun_kind, words
from reader.analysis.names import is_given_name
from reader.analysis.nounphrases import Chunker, NounPhrase
from reader.model.analysis import SourceKind


class KindReader:
    """The kind of source that a mention names."""

    def __init__(self, grammar: Grammar, chunker: Chunker) -> None:
        self.g = grammar
        self.chunker = chunker

    def kind_of(self, phrase: NounPhrase, unit_end: int) -> SourceKind:
        """The kind of source that a noun phrase names."""
        g = self.g
        if phrase.name is not None:
            name = self._clean(*phrase.name)
            known = media_names().get(name) or media_names().get(name.removesuffix("s"))
            if known is not None:
                return known
        low = g.lows[phrase.noun]
        withheld = self._withheld(phrase, unit_end)
        if withheld:
            return SourceKind.ANONYMOUS
        if low in words("outlet", "reports", "nouns") and phrase.name is None:
            return SourceKind.OUTLET
        if low in words("spokesperson", "indefinite", "nouns") and phrase.j > phrase.core:
            return SourceKind.SPOKESPERSON
        has_role = phrase.name is None or phrase.noun < phrase.name[0]
        kind = noun_kind(g.words[phrase.noun]) if has_role else None
        if kind is None and has_role:
            kind = noun_kind(g.words[phrase.head]) if phrase.name is None else None
        if kind is not None:
            if (
                kind is SourceKind.INSTITUTION
                and phrase.name
                and phrase.name[1] - phrase.name[0] > 1
                and (low.endswith("rat") or is_given_name(g.words[phrase.name[0]]))
            ):
                return SourceKind.PERSON
            return kind
        if low in words("spokesperson", "indefinite", "nouns"):
            return SourceKind.SPOKESPERSON
        if phrase.name is not None:
            return self._kind_of_name(phrase, unit_end)
        role = self._apposition_kind(phrase, unit_end)
        if role is not None:
            return role
        if low.endswith(("angaben", "informationen")):
            return SourceKind.INSTITUTION
        if low.endswith(("jährige", "jähriger", "jährigen", "innen")):
            return SourceKind.PERSON
        if low.endswith(("ung", "schaft", "ium", "ei", "kammer")):
            return SourceKind.INSTITUTION
        return SourceKind.PERSON if low.endswith(("er", "e", "in", "ist", "or", "eur")) else SourceKind.INSTITUTION

    def _apposition_kind(self, phrase: NounPhrase, unit_end: int) -> SourceKind | None:
        """The kind that an apposition tells: "Melek Sahin, Sprecherin der Gewerkschaftsjugend"."""
        k = phrase.core
        if k + 1 < unit_end and self.g.words[k] == ",":
            role = self.chunker.at(k + 1, unit_end)
            if role is not None and not role.pronoun and role.nominative and not role.preposition:
                return noun_kind(self.g.words[role.noun])
        return None

    def _kind_of_name(self, phrase: NounPhrase, unit_end: int) -> SourceKind:
        g = self.g
        begin, stop = phrase.name or (phrase.i, phrase.j)
        last = g.lows[phrase.head]
        if g.hide[begin] == 3 and (
            last in words("outlet", "name_endings", "nouns") or last.endswith(("zeitung", "blatt", "anzeiger", "post"))
        ):
            return SourceKind.OUTLET
        if (
            last in words("outlet", "name_endings", "nouns")
            and stop - begin > 1
            and (phrase.article or g.words[begin] == "The" or g.words[begin].endswith("er"))
        ):
            return SourceKind.OUTLET
        role = self._apposition_kind(phrase, unit_end)
        if role is not None:
            return role
        if noun_kind(g.words[phrase.head]) in (SourceKind.INSTITUTION, SourceKind.OUTLET, SourceKind.AGENCY):
            return noun_kind(g.words[phrase.head]) or SourceKind.INSTITUTION
        # "Polizei Kleve": the office is part of the name.
        if stop - begin > 1 and noun_kind(g.words[begin]) is SourceKind.INSTITUTION:
            return SourceKind.INSTITUTION
        if phrase.article == "das" or (phrase.article in ("die", "der", "dem", "den") and stop - begin == 1):
            return SourceKind.INSTITUTION
        if stop - begin >= 2 and not any(g.words[k].isupper() and len(g.words[k]) > 1 for k in range(begin, stop)):
            return SourceKind.PERSON
        return SourceKind.INSTITUTION

    def _withheld(self, phrase: NounPhrase, unit_end: int) -> bool:
        g = self.g
        lows = g.lows
        heads = {lows[phrase.noun], lows[phrase.head]}
        persons = words("anonymous", "persons", "nouns")
        if phrase.name is None and heads & persons:
            inner = set(lows[phrase.i : phrase.j])
            if (
                inner & words("anonymous", "familiar", "nouns")
                or "ungenannte" in inner
                or "genannten" in inner
                or "genannter" in inner
            ):
                return True
            k = phrase.j
            if k < unit_end and self.g.verbs[k] and self.g.words[k][0].islower():
                # "zwei Leute berichten, die damit vertraut sind"
                k += 1
            behind = set(lows[k : min(unit_end, k + 14)])
            if k < len(lows) and lows[k] == ",":
                told = lows[k + 1 : k + 2]
                if behind & words("anonymous", "withheld", "nouns"):
                    return True
                if told in (["die"], ["der"]) and behind & words("anonymous", "knowing", "nouns"):
                    return True
        if phrase.name is None and phrase.j < len(lows) and lows[phrase.j] == ",":
            tail = lows[phrase.j : min(unit_end, phrase.j + 12)]
            if (
                "anonym" in tail
                or "ungenannt" in tail
                or ("genannt" in tail and "nicht" in tail)
                or ("namen" in tail and "bekannt" in tail)
                or "namentlich" in tail
            ):
                return True
        first = lows[phrase.i]
        return first in ("einer", "eine", "eines") and any(
            noun_kind(g.words[k]) is SourceKind.ANONYMOUS for k in range(phrase.i, phrase.j)
        )

    def _clean(self, i: int, j: int) -> str:
        g = self.g
        text = g.text[g.starts[i] : g.ends[j - 1]]
        return text.strip("„“”»«\"' ")
