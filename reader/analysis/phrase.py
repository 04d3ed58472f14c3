"""One noun phrase of a text, as tokens."""

from __future__ import annotations


class NounPhrase:
    """Tokens ``i`` to ``j``, the core noun group ending at ``core``; ``head`` is the word that names the thing.

    ``preposition`` governs it, at token ``begin``, or is empty; ``nominative`` tells whether it can be the subject.
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
