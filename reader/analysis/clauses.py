"""Sentences cut into clauses: where the finite verb stands, what opens the clause, and in which mood it is.

A unit is a sentence, or several when one quotation spans them. What stands in quotation marks or brackets is hidden
from the grammar of the sentence around it."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.finiteverbs import BRACKETED, NAMED, OPEN, QUOTED, Clause, VerbReader
from reader.analysis.lexicon import closed_class, speech_forms, words
from reader.analysis.quotation import Quote, quotes
from reader.text.sentences import sentences
from reader.text.tokens import Tokens

_DELIMITERS = frozenset(",;:–—")
_NO_NAME_BEFORE = frozenset(["als", "sagte", "sagt", "so", "von", "mit"])
_PRONOUNS = frozenset(["es", "er", "sie", "man", "sich", "dies"])
_COORDINATING = frozenset(["und", "oder", "sowie", "aber"])
_THIRD_PERSON = frozenset(["er", "man", "es"])
_JOINING = frozenset(["wie", "dass", "daß", "ob", "weil", "wenn", "obwohl", "nachdem"])


def _form_of(word: str) -> int:
    """Flags of a verb form; what the verbs of saying know counts as well."""
    known = m.verb_form(word)
    if not known:
        for entry in speech_forms().get(word, ()):
            known |= m.FINITE if entry.finite else 0
            known |= m.PARTICIPLE if entry.participle else 0
        if known and word.endswith("en") and not known & m.PARTICIPLE:
            known = m.INFINITIVE | m.PLURAL
    return known


class Unit:
    """One sentence: its tokens ``i`` to ``j``, clauses, and the quotations that begin in it (numbers)."""

    __slots__ = ("clauses", "i", "j", "paragraph", "quotes")

    def __init__(self, i: int, j: int, paragraph: int) -> None:
        self.i = i
        self.j = j
        self.paragraph = paragraph
        self.clauses: list[Clause] = []
        self.quotes: list[int] = []


class Grammar(VerbReader):
    """The tokens of some stretches of a text with what is known of each, and the units they form."""

    def __init__(self, text: str, stretches: list[tuple[int, int]]) -> None:
        self.text = text
        low = stretches[0][0] if stretches else 0
        high = stretches[-1][1] if stretches else 0
        self.tokens = Tokens(text, low, high)
        tokens = self.tokens
        closed = closed_class()
        form = _form_of
        self.words = tokens.words
        self.lows = tokens.lows
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.verbs = [form(word) if word[0].islower() and word not in closed else 0 for word in tokens.words]
        for k in range(1, len(self.lows) - 1):
            if self.lows[k - 1] in _THIRD_PERSON and not self.verbs[k]:
                self._unknown_verb(k)
        self.hide = bytearray(len(tokens))
        self.chosen = bytearray(len(tokens))
        self.quotes: list[Quote] = []
        self.quote_tokens: list[tuple[int, int]] = []
        self.units: list[Unit] = []
        for number, (start, end) in enumerate(stretches):
            self._read_paragraph(number, start, end)

    def _unknown_verb(self, k: int) -> None:
        """A verb that no list has, right behind its pronoun at the head of a clause: ", man erwäge"."""
        low = self.lows[k]
        opens = k == 1 or not self.words[k - 2][0].isalnum()
        if opens and low.endswith("e") and len(low) > 3 and self.words[k][0].islower() and low not in closed_class():
            self.verbs[k] = m.FINITE if low.endswith("te") else m.SUBJUNCTIVE1

    def _read_paragraph(self, number: int, start: int, end: int) -> None:
        found = quotes(self.text, start, end)
        first_quote = len(self.quotes)
        tokens = self.tokens
        for quote in found:
            a, b = tokens.first_at(quote.start), tokens.first_from(quote.end)
            self.quote_tokens.append((a, b))
            sign = NAMED if self._is_name(a, b) else QUOTED
            for k in range(a, b):
                self.hide[k] = sign
        self.quotes.extend(found)
        self._hide_brackets(tokens.first_at(start), tokens.first_from(end))
        number_of_quote = first_quote
        spans = sentences(self.text, start, end)
        at = 0
        while at < len(spans):
            begin, stop = spans[at].start, spans[at].end
            at += 1
            # a quotation of several sentences stays in one unit, with the frame behind it
            inside = number_of_quote
            mine: list[int] = []
            while inside < len(self.quotes) and self.quotes[inside].start < stop:
                mine.append(inside)
                if self.quotes[inside].closed:
                    while self.quotes[inside].end > stop and at < len(spans):
                        stop = spans[at].end
                        at += 1
                inside += 1
            number_of_quote = inside
            unit = Unit(tokens.first_at(begin), tokens.first_from(stop), number)
            unit.quotes = mine
            if unit.i < unit.j:
                self._capital_verb(unit.i, unit.j)
                self._cut(unit)
                self.units.append(unit)

    def _capital_verb(self, k: int, end: int) -> None:
        """A verb with the capital of the first word ("Ändere sich daran nichts, …", "Verletzt wurde …")."""
        while k < end and not self.words[k][0].isalnum():
            k += 1
        if k >= end or self.hide[k]:
            return
        low = self.lows[k]
        if self.words[k][0].isupper() and low not in closed_class():
            form = m.verb_form(low)
            following = self.lows[k + 1] if k + 1 < len(self.words) else "."
            if form & (m.PARTICIPLE | m.AUXILIARY | m.MODAL) or (form & m.ANY_FINITE and following in _PRONOUNS):
                self.verbs[k] = form

    def _is_name(self, a: int, b: int) -> bool:
        """Whether a quotation is a name or title: few words, capitals, no verb, a noun or article before it."""
        inner = [k for k in range(a, b) if self.words[k][0].isalnum()]
        if not inner or len(inner) > 6:
            return False
        if not (self.words[inner[0]][0].isupper() or self.words[inner[0]][0].isdigit()):
            return False
        if any(self.words[k][0].islower() and self.lows[k] not in words("titles", "particles", "names") for k in inner):
            return False
        if self.words[b - 2] in {".", "!", "?", ",", "…"} and len(inner) > 1:
            return False
        if a == 0:
            return True
        before = self.words[a - 1]
        if before in {":", ","} or self.lows[a - 1] in _NO_NAME_BEFORE:
            return before != ":" and before != "," and self.lows[a - 1] in {"von", "mit"} and len(inner) < 4
        return before[0].isalpha()

    def _hide_brackets(self, i: int, j: int) -> None:
        depth_at = -1
        for k in range(i, j):
            word = self.words[k]
            if word == "(" and depth_at < 0 and not self.hide[k]:
                depth_at = k
            elif depth_at >= 0 and (word == ")" or k - depth_at > 40):
                if word == ")":
                    for inner in range(depth_at, k + 1):
                        self.hide[inner] = self.hide[inner] or BRACKETED
                depth_at = -1

    def _cut(self, unit: Unit) -> None:
        begin, opener = unit.i, ""
        words_, hide = self.words, self.hide
        for k in range(unit.i, unit.j):
            word = words_[k]
            if hide[k]:
                continue
            if self.lows[k] in _COORDINATING and k > begin + 1 and self._new_predicate(begin, k, unit.j):
                unit.clauses.append(self._clause(begin, k, opener))
                opener = "und"
                begin = k
                continue
            if word in _DELIMITERS or (word == "-" and k > 0 and self.ends[k - 1] < self.starts[k]):
                if k > begin:
                    unit.clauses.append(self._clause(begin, k, opener))
                    opener = word
                else:
                    opener = opener if opener == ":" else word
                begin = k + 1
        end = unit.j
        while end > begin and words_[end - 1] in ".!?…" and not hide[end - 1]:
            end -= 1
        if end > begin:
            unit.clauses.append(self._clause(begin, end, opener))
        if len(unit.clauses) > 2:
            self._join_interrupted(unit)

    def _join_interrupted(self, unit: Unit) -> None:
        """Join a subordinate clause whose verb stands behind an apposition: "wie Stern, der Direktor, betont"."""
        clauses, c = unit.clauses, 0
        while c < len(clauses) - 1:
            clause = clauses[c]
            if clause.kind == "part" and self.lows[clause.first] in _JOINING and clause.j - clause.i > 1:
                for last in range(c + 1, min(c + 5, len(clauses))):
                    other = clauses[last]
                    if other.opener != "," or other.kind == "quote":
                        break
                    if other.kind == "first" or (other.verb == other.j - 1):
                        joined = self._clause(clause.i, other.j, clause.opener)
                        if joined.kind in ("sub", "relative"):
                            clauses[c : last + 1] = [joined]
                        break
            elif clause.kind in ("main", "first") and self.verbs[clause.verb] & m.AUXILIARY and c + 2 < len(clauses):
                self._join_predicate(clauses, c)
            c += 1

    def _join_predicate(self, clauses: list[Clause], c: int) -> None:
        """Join the participle that an apposition parts from its auxiliary: "hatte der Chef, Larry Silver, zugesagt"."""
        clause, name, rest = clauses[c], clauses[c + 1], clauses[c + 2]
        if (
            name.kind == rest.kind == "part"
            and name.opener == rest.opener == ","
            and rest.j - rest.i <= 4
            and self.verbs[rest.j - 1] & m.PARTICIPLE
            and not self.verbs[clause.j - 1] & m.PARTICIPLE
        ):
            clauses[c : c + 3] = [self._clause(clause.i, rest.j, clause.opener)]

    def _new_predicate(self, begin: int, k: int, end: int) -> bool:
        """Whether "und" at token ``k`` opens a second predicate of the same subject: "… und forderte ihn auf"."""
        if k + 1 >= end or self.hide[k + 1]:
            return False
        form = self.verbs[k + 1]
        if not form & m.ANY_FINITE or not self.is_finite(k + 1):
            return False
        finite = [n for n in range(begin, k) if not self.hide[n] and self.verbs[n] & m.ANY_FINITE and self.is_finite(n)]
        if finite and form & m.PARTICIPLE and self.verbs[finite[0]] & m.AUXILIARY:
            # "hat beraten und berichtet"
            return False
        return bool(finite) and finite[0] < k - 1 and self.lows[begin] not in words("subordinators", "all")


__all__ = ["BRACKETED", "NAMED", "OPEN", "QUOTED", "Clause", "Grammar", "Unit"]
