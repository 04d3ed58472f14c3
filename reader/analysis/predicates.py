"""The predicate that frames a statement: where it ends, whether it stands behind its content, what a content holds."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.clauses import NAMED, QUOTED, Clause
from reader.analysis.constructions import Hit, Range, Sentence
from reader.analysis.lexicon import FRAME, QUOTE, words

SUBJUNCTIVE = m.SUBJUNCTIVE1 | m.SUBJUNCTIVE2


def frame_end(s: Sentence, c: int) -> int:
    """The last clause of the frame of clause ``c``: relative clauses, appositions, adverbial clauses belong to it."""
    last = c
    while last + 1 < len(s.clauses):
        clause = s.clauses[last + 1]
        if clause.opener in {":", ";"}:
            break
        low = s.g.lows[clause.first]
        if (
            clause.kind == "relative"
            or (clause.kind == "sub" and low in words("subordinators", "adverbial"))
            or (clause.kind == "part" and _attached_part(s, clause, last + 1))
        ):
            last += 1
            continue
        if clause.kind == "zu" and low in ("um", "ohne", "statt", "anstatt"):
            last += 1
            continue
        break
    return last


def _attached_part(s: Sentence, clause: Clause, c: int) -> bool:
    """Whether a piece without a verb belongs to the frame: an apposition, or the rest of the predicate."""
    if has_quote(s, clause) or clause.conjunction == "und":
        return False
    following = s.clauses[c + 1] if c + 1 < len(s.clauses) else None
    if following is None or following.opener == ":" or following.kind not in ("zu", "part"):
        return True
    phrase = s.chunker.at(clause.first, clause.j)
    return clause.j - clause.first <= 3 or (
        phrase is not None and not phrase.preposition and phrase.j == clause.j and phrase.nominative
    )


def has_quote(s: Sentence, clause: Clause) -> bool:
    """Whether any of the clause stands in quotation marks."""
    return any(s.g.hide[k] == QUOTED for k in range(clause.i, clause.j))


def inverted(s: Sentence, c: int, hit: Hit) -> bool:
    """Whether clause ``c`` is a frame behind or inside its content: ", sagte X"."""
    clause = s.clauses[c]
    g = s.g
    if not hit.form.takes & (FRAME | QUOTE):
        return False
    if clause.kind == "first" and clause.verb == clause.first and not clause.conjunction:
        if hit.k != clause.verb and hit.tokens[0] != clause.verb and not g.verbs[clause.verb] & m.AUXILIARY:
            return False
        return c > 0 and (_leads(s, c))
    # a quotation without a comma: „Gut“ sagte X
    visible = s.visible(clause.i, clause.j)
    return bool(
        clause.kind in ("main", "first") and visible and visible[0] == clause.verb and g.hide[clause.i] == QUOTED
    )


def _leads(s: Sentence, c: int) -> bool:
    """Whether a statement of its own stands before clause ``c``: a main clause, a quotation, "dass …"."""
    for before in range(c - 1, -1, -1):
        clause = s.clauses[before]
        if clause.kind in ("main", "first", "quote") or (has_quote(s, clause) and clause.kind != "sub"):
            return True
        if clause.kind == "sub" and s.g.lows[clause.first] in ("dass", "daß", "ob"):
            return True
        if clause.opener in {":", ";"}:
            break
    return False


def mood_of(s: Sentence, left: int, right: int) -> int:
    """The moods of the clauses from ``left`` to ``right``."""
    mood = 0
    for clause in s.clauses[left:right]:
        mood |= clause.mood
    return mood


def utterance(s: Sentence, content: Range) -> Range | None:
    """The quotation that fills a content, or ends it as a whole sentence of its own; ``None`` when it is a fragment."""
    g = s.g
    i, j = content
    while j > i and not g.words[j - 1][0].isalnum() and g.hide[j - 1] not in (QUOTED, NAMED):
        j -= 1
    if j <= i or g.hide[j - 1] not in (QUOTED, NAMED):
        return None
    start = j - 1
    for a, b in (g.quote_tokens[n] for n in s.unit.quotes):
        if a < j <= b:
            start = a
            break
    if start <= i:
        return (start, j)
    between = [k for k in range(i, start) if g.hide[k] == 0]
    outside = [k for k in between if g.words[k][0].isalnum()]
    if not outside:
        # quotations side by side, or interrupted by nothing but marks
        return (i, j) if len(s.unit.quotes) > 1 else (start, j)
    inner = [k for k in range(start, j) if g.words[k][0].isalnum()]
    if g.words[start - 1] in ".!?:" and len(inner) > 1:
        return (start, j)
    return None
