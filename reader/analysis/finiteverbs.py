"""The finite verb of a clause: position, mood, and the kind of clause that it makes."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.lexicon import closed_class, words

OPEN, QUOTED, BRACKETED, NAMED = 0, 1, 2, 3
"""Values of ``Grammar.hide``: visible, in a quotation, in brackets, in a quotation that is a name."""


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


class VerbReader:
    """Finds the finite verb of a clause and tells what kind of clause it makes."""

    words: list[str]
    lows: list[str]
    verbs: list[int]
    hide: bytearray
    chosen: bytearray

    def _clause(self, i: int, j: int, opener: str) -> Clause:
        clause = Clause(i, j, opener)
        hide, lows, verbs = self.hide, self.lows, self.verbs
        visible = [k for k in range(i, j) if hide[k] in (OPEN, NAMED)]
        if not any(hide[k] == OPEN for k in visible):
            clause.kind = "quote" if any(hide[k] in (QUOTED, NAMED) for k in range(i, j)) else "part"
            return clause
        start = 0
        while (
            start < len(visible) - 1
            and lows[visible[start]] in words("clauses", "leading")
            and not verbs[visible[start]]
        ):
            clause.conjunction = clause.conjunction or lows[visible[start]]
            start += 1
        visible = visible[start:]
        clause.first = visible[0]
        finite = [k for k in visible if hide[k] == OPEN and self.is_finite(k)]
        opening = lows[clause.first]
        last = visible[-1]
        if not finite and opening in _POINTING and len(visible) > 2 and verbs[visible[1]] & (m.FINITE | m.PLURAL):
            # "Das erklärte General X": no attribute, there is no other verb
            finite = [visible[1]]
        leads = len(visible) > 2 and opening in _ADVERBS_TOO and visible[1] in finite and visible[1] < last
        leads = leads or (opening == "bis" and len(visible) > 1 and lows[visible[1]] in words("time", "till"))
        if (
            opening in words("subordinators", "all")
            and not leads
            and (finite or opening not in words("clauses", "rare_subordinators"))
            and (self._verb_final(finite, last) or opening in words("clauses", "certain_subordinators"))
        ):
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
            finite = self._without_attributes(finite, clause.first)
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
                if before in words("clauses", "before_adjective"):
                    return False
                if (
                    form & m.SUBJUNCTIVE1
                    and not form & m.FINITE
                    and not (
                        self.words[k - 1][0].isupper()
                        or before in words("clauses", "subject_openers")
                        or self.hide[k - 1]
                    )
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
        if self.verbs[leading] & m.SUBJUNCTIVE1 and self.verbs[leading] & m.MODAL and leading < last - 1:
            # "mit dem Gesetz solle … bekämpft werden"
            return False
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
        if opening == "das" and at == 0 and leading == visible[1] == last and self.verbs[leading] & m.SUBJUNCTIVE1:
            # "sagte, das reiche"
            return False
        if at == 0 and len(finite) == 1 and leading == visible[1] and leading < last:
            # "das sei schlecht": the verb stands second
            return False
        if (
            len(finite) > 1
            and finite[0] - visible[0] <= 2
            and finite[0] != finite[-1]
            and not (self.lows[visible[1]] in _DATIVES and self.lows[finite[0] + 1] in ("und", "oder"))
            and self.verbs[finite[0]] & m.ANY_FINITE
        ):
            return False
        following = visible[at + 1]
        if opening in {"deren", "dessen", "denen", "welche", "welcher", "welches"}:
            return True
        if self.words[following][0].isupper() and self.lows[following] not in closed_class():
            # "das Paket komme": article, noun, verb; "das Autos baut" is rare
            return at == 1 or finite[-1] - following > 3
        return not (following + 1 < len(self.words) and self._adjective(following) and finite[-1] - following <= 2)

    def _end_of(self, k: int) -> int:
        """The end of the hidden tokens behind ``k``."""
        k += 1
        while k < len(self.words) and self.hide[k] == QUOTED:
            k += 1
        return k

    def _adjective(self, k: int) -> bool:
        word = self.words[k]
        return (
            word[0].islower()
            and word.endswith(("e", "en", "er", "es"))
            and self.words[k + 1][0].isupper()
            and word not in ("die", "der", "eine", "einen", "seine", "ihre", "seinen", "ihren")
        )

    def _without_attributes(self, finite: list[int], first: int) -> list[int]:
        """Without a participle that only looks finite: "Der nicht an der Arbeit beteiligte Neurologe … nannte"."""
        k = finite[0]
        others = [n for n in finite[1:] if not self.verbs[n] & m.PARTICIPLE]
        attributive = (
            others
            and k - first > 1
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
                    or (self.words[k + 1].endswith("n") and self.words[k + 1][0].islower())
                )
            ):
                return True
        return False


_ADVERBS_TOO = frozenset(["damit", "seitdem", "trotzdem", "da"])
"""Conjunctions that are adverbs as well: "damit solle ein Vakuum vermieden werden"."""
_DATIVES = frozenset(["ihr", "ihm", "ihn", "ihnen", "uns", "mir", "sich"])
"""What stands right behind the pronoun of a relative clause: "die ihr glaubten und kamen"."""
_POINTING = frozenset(["das", "dies", "dieses"])
