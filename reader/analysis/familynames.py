"""What stands before family names that the article uses alone elsewhere: a short line may do without it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.analysis.names import is_given_name
from reader.model.analysis import Source
from reader.model.span import Span


def first_names(text: str, sources: Sequence[Source]) -> tuple[Span, ...]:
    """Given names, and the role before them, where the family name stands alone in another place."""
    found: list[Span] = []
    for source in sources:
        shorts = {mention.of(text) for mention in source.mentions if " " not in mention.of(text)}
        for mention in source.mentions:
            words = mention.of(text).split()
            family = words[-1]
            alone = family in shorts and family[0].isupper() and len(words) <= 4
            if alone and len(words) > 1 and all(word[0].isupper() for word in words):
                found.append(Span(mention.start, mention.end - len(family)))
    return tuple(sorted({*found, *_given_names(text)}))


_PERSON = re.compile(r"(?<![\w.-])([A-ZÄÖÜ][\w-]+) ([A-ZÄÖÜ][\w'’-]+)(?![\w-])(?! [A-ZÄÖÜ])")


def _given_names(text: str) -> list[Span]:
    """Given names before family names that stand alone elsewhere and belong to one person only in the text."""
    people: dict[str, set[str]] = {}
    places: list[tuple[str, Span]] = []
    for match in _PERSON.finditer(text):
        given, family = match.groups()
        if is_given_name(given) and not is_given_name(family):
            people.setdefault(family, set()).add(given)
            places.append((family, Span(match.start(), match.start(2))))
    return [
        span
        for family, span in places
        if len(people[family]) == 1
        and len(re.findall(rf"(?<!\w){re.escape(family)}(?!\w)", text)) > sum(1 for name, _ in places if name == family)
    ]


__all__ = ["first_names"]
