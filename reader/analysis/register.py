"""Mentions merged to sources over a text: Angela Merkel = Merkel = die Kanzlerin."""

from __future__ import annotations

from reader.analysis.clauses import OPEN, Grammar
from reader.analysis.constructions import Range
from reader.analysis.kinds import KindReader
from reader.analysis.lexicon import media_names, noun_kind, words
from reader.analysis.names import is_given_name
from reader.analysis.nounphrases import Chunker, NounPhrase
from reader.analysis.sayings import giver, medium_of
from reader.model.analysis import Source, SourceKind
from reader.model.span import Span

_PEOPLE = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON, SourceKind.ANONYMOUS})
_BASE_FORMS = (
    ("berichten", "berichte"),
    ("kreisen", "kreise"),
    ("insidern", "insider"),
    ("experten", "experten"),
    ("meldungen", "meldungen"),
)
CREDIT_ROLE = "Agenturmaterial"
"""The role of an agency whose copy the text is."""


class Entity:
    """A source in the making."""

    __slots__ = (
        "extra",
        "feminine",
        "guessed",
        "head",
        "id",
        "kind",
        "last",
        "mentions",
        "name",
        "named",
        "plural",
        "pronouns",
        "role",
        "via",
    )

    def __init__(self, number: int, kind: SourceKind, name: str) -> None:
        self.id = number
        self.kind = kind
        self.name = name
        self.named = False
        self.guessed = False
        """Its kind is the default for a bare name: nothing says more."""
        self.role: str | None = None
        self.head = ""
        self.via: int | None = None
        self.mentions: set[Range] = set()
        self.extra: list[Span] = []
        self.pronouns: set[Range] = set()
        self.last = -1
        self.feminine = False
        self.plural = False


class Register(KindReader):
    """All sources of one text, in order of their first use."""

    def __init__(self, grammar: Grammar, chunker: Chunker) -> None:
        super().__init__(grammar, chunker)
        self.entities: list[Entity] = []
        self._names: dict[str, Entity] = {}
        self._by_span: dict[Range, Entity] = {}
        self._first_tokens: dict[str, int] | None = None
        self.last: Entity | None = None
        """The source that spoke last."""

    def resolve(self, phrase: NounPhrase, unit_end: int) -> Entity | None:
        """The source that a mention stands for; a new one when nothing before fits."""
        again = self._by_span.get(self.span_of(phrase))
        if again is not None:
            return again
        if phrase.pronoun:
            entity = self._of_pronoun(phrase)
            if entity is not None:
                self._mention(entity, phrase)
                return entity
            if self.g.lows[phrase.i] in ("man", "es", "das", "dies", "wir", "ich"):
                return None
            entity = self._new(SourceKind.PERSON, self._text(phrase))
            self._mention(entity, phrase)
            return entity
        medium = medium_of(self.g.words[phrase.noun]) if phrase.name is None else ""
        if medium:
            entity = self._of_medium(medium)
        elif phrase.name is not None and not giver(self.g.words[phrase.noun]):
            entity = self._of_name(phrase, unit_end)
        else:
            entity = self._of_description(phrase, unit_end)
        self._mention(entity, phrase)
        return entity

    def _mention(self, entity: Entity, phrase: NounPhrase) -> None:
        entity.mentions.add(self.span_of(phrase))
        self._by_span[self.span_of(phrase)] = entity
        if phrase.pronoun:
            entity.pronouns.add(self.span_of(phrase))
        entity.last = phrase.i

    def span_of(self, phrase: NounPhrase) -> Range:
        """The tokens of a mention, without its preposition."""
        return (phrase.i, phrase.j)

    def _text(self, phrase: NounPhrase) -> str:
        g = self.g
        return g.text[g.starts[phrase.i] : g.ends[phrase.j - 1]]

    def _new(self, kind: SourceKind, name: str) -> Entity:
        entity = Entity(len(self.entities) + 1, kind, name)
        self.entities.append(entity)
        return entity

    def _of_pronoun(self, phrase: NounPhrase) -> Entity | None:
        low = self.g.lows[phrase.i]
        if low in ("man", "es", "wir", "ich"):
            return None
        recent = sorted((e for e in self.entities if e.last >= 0), key=lambda e: -e.last)
        if low in ("er", "ihm", "sein", "seine", "seiner", "seinen", "seinem"):
            for entity in recent:
                if entity.kind in _PEOPLE and not entity.feminine and not entity.plural:
                    return entity
        if low in ("eine", "einer", "eines", "zwei", "einige", "beide"):
            for entity in recent:
                if entity.kind is SourceKind.ANONYMOUS or entity.plural:
                    return entity
        if low in ("sie", "ihr", "ihnen", "ihre", "ihrer", "ihren", "ihrem"):
            for entity in recent:
                if entity.kind in _PEOPLE and (entity.feminine or entity.plural or not entity.role):
                    return entity
        if low == "er":
            recent = [e for e in recent if not e.plural]
        if recent and recent[0].guessed and low == "er":
            recent[0].kind, recent[0].guessed = SourceKind.PERSON, False
        return recent[0] if recent else None

    def _of_medium(self, name: str) -> Entity:
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = self._new(media_names()[name], name)
            known.named = True
        return known

    def _full_name(self, phrase: NounPhrase) -> str:
        """The name with the capital adjectives in front of it: "Weiße Haus", "Deutsche Wetterdienst"."""
        begin, stop = phrase.name or (phrase.i, phrase.j)
        while (
            phrase.article
            and phrase.noun == begin
            and not is_given_name(self.g.words[begin])
            and not (stop - begin > 1 and self.g.lows[begin - 1].endswith("er"))
            and begin - 1 > phrase.i
            and self.g.words[begin - 1][0].isupper()
            and self.g.lows[begin - 1].endswith(("e", "en", "er", "es"))
        ):
            begin -= 1
        return self._clean(begin, stop)

    def bare(self, phrase: NounPhrase) -> bool:
        """Whether a mention is one word like a surname and nothing else: "Olbrich"."""
        begin, stop = phrase.name or (0, 0)
        word = self.g.words[begin]
        return (
            stop - begin == 1
            and not phrase.article
            and phrase.noun == begin
            and self.g.hide[begin] == OPEN
            and word[1:].islower()
            and (noun_kind(word) is None or word in self.chunker.surnames())
        )

    def spoke(self, entity: Entity, cue: str, *, directly: bool) -> None:
        """Note how a source spoke: a bare name that "says" something, or is quoted word for word, is a person."""
        if entity.guessed and (directly or cue in words("person", "verbs", "nouns")):
            entity.kind, entity.guessed = SourceKind.PERSON, False

    def _of_name(self, phrase: NounPhrase, unit_end: int) -> Entity:
        g = self.g
        begin, stop = phrase.name or (phrase.i, phrase.j)
        name = self._full_name(phrase)
        if phrase.j > phrase.core:
            name = next((n for n in (self._clean(begin, phrase.j),) if n in self._names), name)
        key = self._key(name)
        known = self._names.get(name) or self._names.get(key)
        if known is not None:
            return known
        if g.lows[phrase.core : phrase.core + 1] == ["und"] and phrase.core + 1 < phrase.j:
            return self._of_several(phrase, begin, unit_end)
        full = self._first_mention(stop - 1) if stop - 1 < len(g.words) else None
        source = phrase
        if full is not None and full.name is not None and full.i < phrase.i:
            longer = self._full_name(full)
            if longer.endswith(name) or name in longer:
                source = full
                name = longer if len(longer) >= len(name) else name
        kind = self.kind_of(source, unit_end)
        if source is not phrase and kind is SourceKind.INSTITUTION and phrase.noun != (phrase.name or (0, 0))[0]:
            kind = self.kind_of(phrase, unit_end)
        if kind is SourceKind.INSTITUTION and self.bare(source) and g.words[begin] in self.chunker.surnames():
            kind, name = SourceKind.PERSON, f"{self.chunker.surnames()[g.words[begin]]} {name}"
        entity = self._new(kind, name)
        entity.named = True
        entity.guessed = kind is SourceKind.INSTITUTION and self.bare(source)
        if source.noun < (source.name or (0, 0))[0]:
            role = range(self._role_start(source), (source.name or (0, 0))[0])
            entity.role = " ".join(g.words[k] for k in role).rstrip(" ,").replace(" ,", ",")
            entity.head = g.lows[source.noun]
        elif (
            source.noun - 1 > source.i
            and g.words[source.noun - 1][0].isupper()
            and g.lows[source.noun - 1].endswith("er")
            and (source.name or (0, 0))[1] - source.noun > 1
        ):
            # "der Bergretter Anton Moser": a noun that looks like "Berliner"
            entity.role, entity.head = g.words[source.noun - 1], g.lows[source.noun - 1]
        elif g.words[source.core : source.core + 1] == [","] and source.j > source.core + 1:
            office = self.chunker.at(source.core + 1, source.j)
            if office is not None and office.name is None:
                # "Jan Dorn, der Leiter des Amts"
                entity.role = self._clean(office.noun, source.j)
                entity.head = g.lows[office.noun]
        if entity.role:
            entity.feminine = entity.head.endswith(("in", "frau"))
        if source is not phrase:
            self._mention(entity, source)
        self._names[name] = entity
        self._names[self._clean(begin, stop)] = entity
        self._names.setdefault(key, entity)
        self._names.setdefault(self._key(name), entity)
        return entity

    def _of_several(self, phrase: NounPhrase, begin: int, unit_end: int) -> Entity:
        """Several that speak as one: "die Forscher Anna Kolb und Jan Dahl"."""
        name = self._clean(begin, phrase.j)
        entity = self._new(self.kind_of(phrase, unit_end), name)
        entity.named = entity.plural = True
        if self.g.lows[begin].endswith("innen"):
            entity.kind = SourceKind.PERSON
        entity.guessed = entity.kind is SourceKind.INSTITUTION and noun_kind(self.g.words[begin]) is None
        if phrase.noun < begin:
            entity.role = self.g.words[phrase.noun]
            entity.head = self.g.lows[phrase.noun]
        self._names[name] = entity
        return entity

    def _role_start(self, phrase: NounPhrase) -> int:
        k = phrase.noun
        while (
            k > phrase.i
            and self.g.words[k - 1][0].isupper()
            and k - 1 >= phrase.i
            and self.g.lows[k - 1] not in self.chunker.closed
        ):
            k -= 1
        return k

    def _of_description(self, phrase: NounPhrase, unit_end: int) -> Entity:
        g = self.g
        named = giver(g.words[phrase.noun])
        low = named.lower() or g.lows[phrase.noun]
        definite = phrase.article in ("der", "die", "das", "dem", "den", "des", "dieser", "diese", "dieses", "diesem")
        kind = self.kind_of(phrase, unit_end)
        if definite or not phrase.article:
            for entity in reversed(self.entities):
                if entity.head == low and (definite or entity.kind is not SourceKind.ANONYMOUS):
                    return entity
        if definite and phrase.j == phrase.core:
            wanted: frozenset[SourceKind] = frozenset()
            if low in words("generic", "bodies", "nouns"):
                wanted = frozenset({SourceKind.INSTITUTION})
            elif low in words("generic", "media", "nouns"):
                wanted = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})
            elif low.endswith(("-jährige", "-jährigen", "jährige", "jährigen")) or low in words(
                "generic", "people", "nouns"
            ):
                wanted = _PEOPLE
            if wanted:
                fitting = [
                    e for e in self.entities if e.kind in wanted and e.last >= 0 and e.named and self._holds(e, low)
                ]
                if fitting:
                    return max(fitting, key=lambda e: e.last)
            before = max((e for e in self.entities if e.last >= 0), key=lambda e: e.last, default=None)
            if before is not None and before.guessed and kind is SourceKind.PERSON and "-" in low:
                # "Kolb schwieg. Der Ex-Minister sagte, …"
                before.kind, before.guessed = SourceKind.PERSON, False
                return before
        entity = self._new(kind, named or self._base(self._text(phrase)))
        entity.head = low
        entity.feminine = low.endswith(("in", "frau"))
        entity.plural = not phrase.article and low.endswith(("n", "e", "leute", "er"))
        return entity

    @staticmethod
    def _holds(entity: Entity, low: str) -> bool:
        """Whether a description may stand for a source: "die Ministerin" is no "Fraktionschef Paul Dorn"."""
        if entity.kind not in _PEOPLE or not entity.head:
            return True
        return entity.feminine == low.endswith(("in", "innen", "frau"))

    @staticmethod
    def _base(text: str) -> str:
        for ending, base in _BASE_FORMS:
            if text.lower().endswith(ending) and " " not in text:
                return (
                    text[: len(text) - len(ending)] + base
                    if text[-len(ending)].islower()
                    else text[: -len(ending)] + base.capitalize()
                )
        return text

    def _first_mention(self, k: int) -> NounPhrase | None:
        """The first noun phrase of the running text that holds the word of token ``k``."""
        g = self.g
        if self._first_tokens is None:
            first: dict[str, int] = {}
            for n in range(len(g.words) - 1, -1, -1):
                if g.hide[n] != 1:
                    first[g.words[n]] = n
            self._first_tokens = first
        n = self._first_tokens.get(g.words[k], k)
        if n >= k:
            return None
        best = None
        for begin in range(max(0, n - 6), n + 1):
            phrase = self.chunker.at(begin, min(n + 6, len(g.words)))
            if phrase is not None and phrase.i <= n < phrase.core and phrase.name is not None:
                if phrase.preposition:
                    continue
                best = phrase
                break
        return best

    @staticmethod
    def _key(name: str) -> str:
        last = name.split()[-1] if name.split() else name
        return last[:-1] if last.endswith("s") and len(last) > 4 else last

    def credit(self, name: str, span: Span) -> Entity:
        """The agency whose copy the text is."""
        entity = self._names.get(name)
        if entity is None or entity.kind is not SourceKind.AGENCY:
            entity = self._new(SourceKind.AGENCY, name)
            self._names[name] = entity
        entity.role = CREDIT_ROLE
        entity.extra.append(span)
        return entity

    def person(self, name: str, span: Span | None) -> Entity:
        """A person known by name from outside the sentences, and where the text names it."""
        entity = self._names.get(name) or self._names.get(self._key(name))
        if entity is None or entity.kind not in _PEOPLE:
            entity = self._new(SourceKind.PERSON, name)
            entity.named = True
            self._names[name] = entity
        if span is not None:
            entity.extra.append(span)
        return entity

    def sources(self, used: set[int]) -> tuple[tuple[Source, ...], dict[int, int]]:
        """The sources with these ids and those that they were heard through, numbered anew; old number -> new one."""
        by_id = {e.id: e for e in self.entities}
        todo = list(used)
        while todo:
            via = by_id[todo.pop()].via
            if via is not None and via not in used:
                used.add(via)
                todo.append(via)
        numbers = {entity.id: n for n, entity in enumerate((e for e in self.entities if e.id in used), 1)}
        out = []
        for entity in self.entities:
            if entity.id not in used:
                continue
            spans = [Span(self.g.starts[i], self.g.ends[j - 1]) for i, j in entity.mentions]
            out.append(
                Source(
                    id=numbers[entity.id],
                    name=entity.name,
                    kind=entity.kind,
                    role=entity.role,
                    via=numbers[entity.via] if entity.via is not None else None,
                    mentions=tuple(sorted({*spans, *entity.extra})),
                )
            )
        return tuple(out), numbers
