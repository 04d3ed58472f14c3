"""How a speaker whom the headline does not name is introduced: "Konzernchef Brandt: …" instead of "Brandt: …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reader.analysis.lexicon import noun_kind
from reader.analysis.material import Material
from reader.analysis.names import is_given_name
from reader.analysis.stems import stem
from reader.model.analysis import Source, SourceKind
from reader.model.span import Span

ROLE_WORDS = 2
"""A longer role does not go before a colon."""
_ARTICLES = frozenset(["der", "die", "das", "ein", "eine"])
_OBLIQUE = frozenset("dem den des einem einen eines einer".split())
_WORD = re.compile(r"\S+")


def introduced(material: Material, name: Span, most: int) -> tuple[Span, ...]:
    """The spans of what stands before the colon, of at most ``most`` words: the name, with the role before it.

    The role is that of the mention that introduces the person; the name alone stands where the headline has it, where
    no such mention is, and where there is no room.
    """
    family = name.of(material.text)
    source = next((s for s in material.sources.values() if any(m.contains(name) for m in s.mentions)), None)
    if source is None or " " in family or source.kind not in (SourceKind.PERSON, SourceKind.SPOKESPERSON):
        return (name,)
    if _is_shared(material.text, family):
        return (_with_first_name(material.text, source, family) or name,)
    if stem(family) in material.ranking.headline:
        return (name,)
    form = _with_role(material.text, source, family)
    fits = form and sum(len(span.of(material.text).split()) for span in form) <= most
    return form if form and fits else (name,)


def is_unknown(material: Material, called: Sequence[Span]) -> bool:
    """Whether before the colon stands a family name and nothing else, of somebody not in the headline."""
    words = " ".join(span.of(material.text) for span in called).split()
    if len(words) != 1 or stem(words[0]) in material.ranking.headline:
        return False
    return any(
        s.kind in (SourceKind.PERSON, SourceKind.SPOKESPERSON) and " " in s.name and s.name.split()[-1] == words[0]
        for s in material.sources.values()
    )


@lru_cache(maxsize=256)
def _is_shared(text: str, family: str) -> bool:
    """Whether two people of the text bear the name."""
    before = re.findall(rf"(?<!\w)([A-ZÄÖÜ][\w-]+) {re.escape(family)}(?!\w)", text)
    return len({word for word in before if is_given_name(word)}) > 1


def _with_first_name(text: str, source: Source, family: str) -> Span | None:
    for mention in source.mentions:
        words = mention.of(text).split()
        if len(words) > 1 and words[-1] == family and is_given_name(words[-2]):
            return Span(mention.end - len(f"{words[-2]} {family}"), mention.end)
    return None


def _with_role(text: str, source: Source, family: str) -> tuple[Span, Span] | None:
    """Role and family name, from the first mention that has both."""
    for mention in source.mentions:
        words = [(m[0], mention.start + m.start()) for m in _WORD.finditer(mention.of(text))]
        at = next((n for n, (word, _) in enumerate(words) if word == family), 0)
        given = next((n for n in range(at) if is_given_name(words[n][0])), at)
        role = [n for n in range(given) if words[n][0][0].isupper() and words[n][0].lower() not in _ARTICLES]
        # "der frühere Abgeordnete": without both words before it the role is another one.
        is_bent = any(
            word.lower() in _OBLIQUE or (word[0].islower() and word not in _ARTICLES) for word, _ in words[:given]
        )
        if not role or len(role) > ROLE_WORDS or is_bent or not _is_role(words[role[-1]][0], given < at):
            continue
        start, last = words[role[0]], words[role[-1]]
        if role == list(range(role[0], given)):
            return Span(start[1], last[1] + len(last[0])), Span(words[at][1], words[at][1] + len(family))
    return None


def _is_role(word: str, before_given_name: bool) -> bool:
    """Whether the word is somebody's role, and in the nominative ("den Virologen" is not)."""
    is_person = before_given_name or noun_kind(word) in (SourceKind.PERSON, SourceKind.SPOKESPERSON)
    return is_person and not word.endswith(("en", "s", "abgeordnete", "beauftragte", "vorsitzende", "beamte"))


__all__ = ["introduced", "is_unknown"]
