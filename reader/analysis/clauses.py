"""Sentences cut into clauses: where the finite verb stands, what opens the clause, and in which mood it is.

A unit is a sentence, or several when one quotation spans them. What stands in quotation marks or brackets is hidden from
the grammar of the sentence around it.
"""

from __future__ import annotations

from bisect import bisect_right

from reader.analysis import morphology as m
from reader.analysis.lexicon import closed_class, speech_forms, words
from reader.analysis.quotation import Quote, quotes
from reader.text.sentences import sentences
from reader.text.tokens import Tokens

OPEN, QUOTED, BRACKETED, NAMED = 0, 1, 2, 3
"""Values of ``Grammar.hide``: visible, in a quotation, in brackets, in a quotation that is a name."""

_DELIMITERS = frozenset(",;:–—")
_NAME_PARTICLES = frozenset("der die das dem den des von und für in am im of the & van de du le la di del zum zur auf".split())
_NO_NAME_BEFORE = frozenset("als sagte sagt so von mit".split())


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


class Clause:
    """Tokens ``i`` to ``j`` between two delimiters.

    ``kind``: "main" (verb second), "first" (verb first), "sub" (subordinator), "relative", "zu" (infinitive),
    "quote" (nothing but a quotation), "part" (no verb at all). ``first`` is the first token behind a conjunction.
    """

    __slots__ = ("conjunction", "first", "i", "j", "kind", "mood", "opener", "verb")

    def __init__(self, i: int, j: int, opener: str) -> None:
        self.i = self.first = i
        self.j = j
        self.opener = opener
        self.kind = "part"
        self.verb = -1
        self.mood = 0
        self.conjunction = ""


class Unit:
    """One sentence: its tokens ``i`` to ``j``, clauses, and the quotations that begin in it (numbers)."""

    __slots__ = ("clauses", "i", "j", "paragraph", "quotes")

    def __init__(self, i: int, j: int, paragraph: int) -> None:
        self.i = i
        self.j = j
        self.paragraph = paragraph
        self.clauses: list[Clause] = []
        self.quotes: list[int] = []


class Grammar:
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
        self.hide = bytearray(len(tokens))
        self.chosen = bytearray(len(tokens))
        self.quotes: list[Quote] = []
        self.quote_tokens: list[tuple[int, int]] = []
        self.units: list[Unit] = []
        for number, (start, end) in enumerate(stretches):
            self._read_paragraph(number, start, end)

    # ------------------------------------------------------------------ reading

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
                self._capital_verb(unit.i)
                self._cut(unit)
                self.units.append(unit)

    def _capital_verb(self, k: int) -> None:
        """A verb with the capital of the first word ("Ändere sich daran nichts, …", "Verletzt wurde …")."""
        while k < len(self.words) and not self.words[k][0].isalnum():
            k += 1
        if k >= len(self.words) or self.hide[k]:
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
        if any(self.words[k][0].islower() and self.lows[k] not in _NAME_PARTICLES for k in inner):
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

    # ------------------------------------------------------------------ clauses

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
            if word in _DELIMITERS or (word == "-" and 0 < k and self.ends[k - 1] < self.starts[k]):
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
            c += 1

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

    def _clause(self, i: int, j: int, opener: str) -> Clause:
        clause = Clause(i, j, opener)
        hide, lows, verbs = self.hide, self.lows, self.verbs
        visible = [k for k in range(i, j) if hide[k] in (OPEN, NAMED)]
        if not any(hide[k] == OPEN for k in visible):
            clause.kind = "quote" if any(hide[k] in (QUOTED, NAMED) for k in range(i, j)) else "part"
            return clause
        start = 0
        while start < len(visible) - 1 and lows[visible[start]] in _LEADING and not verbs[visible[start]]:
            clause.conjunction = clause.conjunction or lows[visible[start]]
            start += 1
        visible = visible[start:]
        clause.first = visible[0]
        finite = [k for k in visible if hide[k] == OPEN and self.is_finite(k)]
        opening = lows[clause.first]
        last = visible[-1]
        if not finite and opening in _POINTING and len(visible) > 2 and verbs[visible[1]] & m.FINITE:
            # "Das erklärte General X": no attribute, there is no other verb
            finite = [visible[1]]
        if opening in words("subordinators", "all") and (finite or opening not in _RARE):
            if self._verb_final(finite, last) or opening in _CERTAIN:
                clause.kind = "sub"
                self._settle(clause, finite[-1:] if finite else [])
                return clause
        if opener in {",", "–", "—", "-", "("} and finite and self._relative(visible, finite, last):
            clause.kind = "relative"
            self._settle(clause, finite[-1:])
            return clause
        if (
            finite
            and self._ends_in_zu(visible)
            and all(verbs[k] & m.PARTICIPLE and not verbs[k] & m.AUXILIARY for k in finite)
        ):
            # "beteiligt gewesen zu sein": the participle is not finite
            finite = []
        if finite:
            clause.kind = "first" if finite[0] == clause.first else "main"
            self._settle(clause, finite)
        elif self._has_zu(visible):
            clause.kind = "zu"
        return clause

    def is_finite(self, k: int) -> bool:
        """Whether token ``k`` can be the finite verb of its clause, not an attribute of the noun behind it."""
        form = self.verbs[k]
        if not form & (m.ANY_FINITE | m.PLURAL) or (k and self.lows[k - 1] == "zu"):
            return False
        if form & (m.AUXILIARY | m.MODAL):
            return True
        word = self.words[k]
        if word.endswith(("e", "en")) and k + 1 < len(self.words) and k:
            after = self.words[k + 1]
            if after[0].isupper() and self.lows[k + 1] not in closed_class():
                before = self.lows[k - 1]
                if before in _ARTICLES:
                    return False
                if (
                    form & m.SUBJUNCTIVE1
                    and not form & m.FINITE
                    and not (self.words[k - 1][0].isupper() or before in _SUBJECT_OPENERS or self.hide[k - 1])
                ):
                    # "sind weite Teile": an adjective unless a subject stands right before
                    return False
        # "zwingen zu wollen": an infinitive that another one governs
        return not (
            form & m.PLURAL
            and k + 2 < len(self.words)
            and self.lows[k + 1] == "zu"
            and self.verbs[k + 2] & m.INFINITIVE
        )

    def _settle(self, clause: Clause, finite: list[int]) -> None:
        """Choose the finite verb among the candidates and note its mood."""
        self._choose(clause, finite)
        if clause.verb >= 0:
            self.chosen[clause.verb] = 1

    def _choose(self, clause: Clause, finite: list[int]) -> None:
        if not finite:
            return
        certain = [k for k in finite if self.verbs[k] & m.ANY_FINITE and not self.verbs[k] & m.PARTICIPLE]
        clause.verb = (certain or finite)[0]
        for k in finite:
            form = self.verbs[k]
            if form & m.SUBJUNCTIVE1 and self._not_first_person(clause):
                clause.mood = m.SUBJUNCTIVE1
                clause.verb = k
                return
        clause.mood = self.verbs[clause.verb] & m.ANY_FINITE
        if clause.mood == m.SUBJUNCTIVE1:
            # first person: "ich glaube"
            clause.mood = m.FINITE

    def _not_first_person(self, clause: Clause) -> bool:
        lows = self.lows[clause.i : clause.j]
        if "ich" in lows:
            return False
        return not ("sei" in lows and ("denn" in lows and "es" in lows)) and lows[:2] != ["sei", "es"]

    @staticmethod
    def _verb_final(finite: list[int], last: int) -> bool:
        return bool(finite) and last - finite[-1] <= 1

    def _relative(self, visible: list[int], finite: list[int], last: int) -> bool:
        opening = self.lows[visible[0]]
        at = 0
        if opening in words("prepositions", "all") and len(visible) > 1:
            at = 1
            opening = self.lows[visible[1]]
        if opening not in words("pronouns", "relative"):
            return False
        leading = finite[0]
        if (
            self.verbs[leading] & (m.AUXILIARY | m.MODAL)
            and leading < last
            and (self.verbs[last] & (m.INFINITIVE | m.PARTICIPLE) and not self.verbs[last] & (m.AUXILIARY | m.MODAL))
        ):
            # the finite auxiliary stands before its infinitive: verb second
            return False
        if finite[-1] == last and last < self._end_of(last) - 1:
            # a quotation goes on behind the verb: "unter ihnen seien „viele …“"
            return False
        if finite[-1] < last - 1 and not (finite[-1] < last and self.verbs[last]):
            return False
        if at + 1 >= len(visible):
            return False
        if (
            len(finite) > 1
            and finite[0] - visible[0] <= 2
            and finite[0] != finite[-1]
            and self.verbs[finite[0]] & m.ANY_FINITE
        ):
            return False
        following = visible[at + 1]
        if opening in {"deren", "dessen", "denen", "welche", "welcher", "welches"}:
            return True
        if self.words[following][0].isupper() and self.lows[following] not in closed_class():
            # "das Paket komme": article, noun, verb; "das Autos baut" is rare
            return at == 1 or finite[-1] - following > 3
        if following + 1 < len(self.words) and self._adjective(following) and finite[-1] - following <= 2:
            return False
        return True

    def _end_of(self, k: int) -> int:
        """The end of the hidden tokens behind ``k``."""
        k += 1
        while k < len(self.words) and self.hide[k] == QUOTED:
            k += 1
        return k

    def _adjective(self, k: int) -> bool:
        word = self.words[k]
        return word[0].islower() and word.endswith(("e", "en", "er", "es")) and self.words[k + 1][0].isupper()

    def _without_attributes(self, finite: list[int], first: int) -> list[int]:
        """Without a participle that only looks finite: "Der nicht an der Arbeit beteiligte Neurologe … nannte"."""
        k = finite[0]
        others = [n for n in finite[1:] if not self.verbs[n] & m.PARTICIPLE]
        attributive = (
            others
            and k - first > 1
            and self.lows[first] in _ARTICLES
            and not self.verbs[k] & (m.AUXILIARY | m.MODAL)
            and self.words[k].endswith(("te", "ten"))
            and k + 1 < len(self.words)
            and self.words[k + 1][0].isupper()
            and self.lows[k + 1] not in closed_class()
        )
        return finite[1:] if attributive else finite

    def _ends_in_zu(self, visible: list[int]) -> bool:
        last = visible[-1]
        return bool(self.verbs[last] & m.ZU_INFINITIVE) or (len(visible) > 1 and self.lows[visible[-2]] == "zu")

    def _has_zu(self, visible: list[int]) -> bool:
        for k in visible:
            form = self.verbs[k]
            if form & m.ZU_INFINITIVE:
                return True
            if (
                self.lows[k] == "zu"
                and k + 1 < len(self.words)
                and (
                    self.verbs[k + 1] & m.INFINITIVE
                    or self.words[k + 1].endswith("n")
                    and self.words[k + 1][0].islower()
                )
            ):
                return True
        return False

    # ------------------------------------------------------------------ look-ups

    def unit_at(self, offset: int) -> int:
        """Number of the unit that holds the code point, or the last before it."""
        return bisect_right([self.starts[u.i] for u in self.units], offset) - 1


_PRONOUNS = frozenset("es er sie man sich dies".split())
_SUBJECT_OPENERS = frozenset("es er sie man sich der die das ein eine dies dieser diese".split())
_POINTING = frozenset("das dies dieses".split())
_COORDINATING = frozenset("und oder sowie aber".split())
_JOINING = frozenset("wie dass daß ob weil wenn obwohl nachdem".split())
_LEADING = frozenset("und oder aber sondern denn doch sowie beziehungsweise bzw jedoch".split())
_RARE = frozenset("um ohne statt anstatt außer seit während bis damit da wie als ehe".split())
_CERTAIN = frozenset("dass daß ob weil wenn obwohl nachdem falls sodass indem bevor wonach woraufhin".split())
_ARTICLES = frozenset(
    (
        "der die das den dem des ein eine einen einem einer eines im am zum zur vom beim seine seinen seiner seinem ihre ihren "
        "ihrer ihrem sein ihr kein keine keinen und für mit als von"
    ).split()
)
