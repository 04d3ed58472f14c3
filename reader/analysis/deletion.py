"""A sentence as columns of words from which some can be taken away, and what is left as spans and as a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from reader.analysis import morphology
from reader.analysis.stems import lexicon, word_set
from reader.model.span import Span
from reader.text.tokens import Tokens

Cut = tuple[int, int]
"""Indices of words to take away, start and exclusive end."""

_CLOSERS = ".,;:!?)]…%"
_VERB_ENDING = re.compile(r"[a-zäöüß]{2,}(?:t|te|ten|tet|en|ern|eln)")
ADJECTIVE = re.compile(r"[a-zäöüß-]{2,}(?:e|en|er|es|em)")
"""A lower-case word with the ending of an attribute."""
_FINITE = morphology.FINITE | morphology.SUBJUNCTIVE1 | morphology.SUBJUNCTIVE2


class Clause:
    """The words of a sentence that are still there, as columns; ``order`` are their places in the whole sentence."""

    __slots__ = ("ends", "lows", "order", "quoted", "starts", "text", "words")

    def __init__(self, text: str, words: list[str], starts: list[int], ends: list[int], order: list[int]) -> None:
        self.text = text
        self.words = words
        self.lows = [word.lower() for word in words]
        self.starts = starts
        self.ends = ends
        self.order = order
        self.quoted = _quoted(words)

    @classmethod
    def of(cls, text: str, span: Span) -> Clause:
        """The clause of a whole span."""
        tokens = Tokens(text, span.start, span.end)
        return cls(text, tokens.words, tokens.starts, tokens.ends, list(range(len(tokens))))

    def __len__(self) -> int:
        return len(self.words)

    def without(self, cuts: Iterable[Cut]) -> Clause:
        """What is left when the cuts are made."""
        gone = {index for start, end in cuts for index in range(start, end)}
        kept = [index for index in range(len(self.words)) if index not in gone]
        return Clause(
            self.text,
            [self.words[n] for n in kept],
            [self.starts[n] for n in kept],
            [self.ends[n] for n in kept],
            [self.order[n] for n in kept],
        )

    def trimmed(self) -> Clause:
        """Without stops, commas, colons and dashes at the end and dashes at the start."""
        low, high = 0, len(self.words)
        while high > low and self.words[high - 1] in ".,;:–—-…":
            if (
                self.words[high - 1] == "."
                and high > 1
                and len(self.words[high - 2]) == 1
                and self.words[high - 2].isalpha()
            ):
                break
            high -= 1
        while low < high and self.words[low] in ",;:–—-…":
            low += 1
        return self if (low, high) == (0, len(self.words)) else self.without([(0, low), (high, len(self.words))])

    def spans(self) -> tuple[Span, ...]:
        """Where the words stand, neighbours joined."""
        found: list[Span] = []
        previous = -2
        for place, start, end in zip(self.order, self.starts, self.ends, strict=True):
            if place == previous + 1:
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(Span(start, end))
            previous = place
        return tuple(found)

    def number_of_words(self) -> int:
        """Words, marks not counted."""
        return sum(1 for word in self.words if word[0].isalnum())


_QUOTATION_MARKS = frozenset('„‚“”"»«')


def _quoted(words: Sequence[str]) -> list[bool]:
    """Whether each word stands inside quotation marks; the marks themselves do."""
    if _QUOTATION_MARKS.isdisjoint(words):
        return [False] * len(words)
    inside = False
    found: list[bool] = []
    for word in words:
        if word in "„‚":
            inside = True
            found.append(True)
        elif len(word) == 1 and word in '“”"»«':
            # German, Swiss and straight marks alike: the first one opens, the next one closes.
            found.append(True)
            inside = not inside
        else:
            found.append(inside)
    return found


def render(text: str, spans: Sequence[Span]) -> str:
    """The words of the spans with one blank between two pieces, none before a mark, and a capital at the start."""
    line = ""
    for span in spans:
        piece = " ".join(span.of(text).split())
        line += piece if not line or piece[0] in _CLOSERS else f" {piece}"
    capital = line[:1].upper()
    return capital + line[1:] if len(capital) == 1 else line


@cache
def words_of(table: str, name: str) -> frozenset[str]:
    """The word list ``name`` of the data file's table ``table``."""
    return frozenset(lexicon()[table][name].split())


def is_finite(low: str) -> bool:
    """Whether the lower-case word is or may well be a finite verb."""
    flags = morphology.verb_form(low)
    if flags:
        return bool(flags & (_FINITE | morphology.PLURAL))
    return bool(_VERB_ENDING.fullmatch(low)) and low not in word_set("no_verb") and low not in word_set("function")


def is_surely_finite(low: str) -> bool:
    """Whether the lower-case word is a finite verb and hardly ever anything else."""
    flags = morphology.verb_form(low)
    return (
        low not in word_set("no_verb")
        and bool(flags & _FINITE)
        and not flags & (morphology.PARTICIPLE | morphology.INFINITIVE)
    )


def main_verb(clause: Clause, start: int = 1, end: int | None = None) -> int:
    """Index of the first word from ``start`` that is the finite verb of a main clause, or 0.

    A form that may be an infinitive or a participle counts behind a noun ("Die Länder bringen …").
    """
    stop = len(clause) if end is None else end
    for n in range(start, stop):
        word = clause.words[n]
        if not word[0].islower() or clause.quoted[n]:
            continue
        flags = morphology.verb_form(clause.lows[n])
        if not flags & (_FINITE | morphology.PLURAL):
            continue
        if not flags & (morphology.PARTICIPLE | morphology.INFINITIVE):
            return n
        behind_noun = clause.words[n - 1][0].isupper() or clause.words[n - 1][0] in ')“”"»«'
        if behind_noun and n + 1 < stop and clause.words[n + 1][0].isalnum():
            return n
    return 0


__all__ = ["ADJECTIVE", "Clause", "Cut", "is_finite", "is_surely_finite", "main_verb", "render", "words_of"]
