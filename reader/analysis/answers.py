"""An interview's answers as attributed statements: they belong to the one who is asked, whatever stands in them."""

from __future__ import annotations

from bisect import bisect_right

from reader.analysis.interview import Interview
from reader.analysis.register import Register
from reader.model.analysis import Attribution, ReportForm
from reader.model.span import Span

CONFIDENCE, LEAST_CONFIDENCE = 0.9, 0.8
"""Of an answer, and of what somebody else is quoted with inside one."""


def with_answers(
    found: list[Attribution], interview: Interview, register: Register, used: set[int]
) -> tuple[list[Attribution], set[int]]:
    """All attributions with one for each answer, and the sources still used.

    Of what was found in questions and answers stays what somebody else is quoted with by name. Attributions carry ids
    of the register.
    """
    people = [register.person(name, span) for name, span in interview.people]
    own = {person.id for person in people}
    turns = _Turns(
        sorted((*interview.questions, *(answer.span for answer in interview.answers)), key=lambda s: s.start)
    )
    named = {entity.id for entity in register.entities if entity.named} - own
    kept = [a for a in found if not turns.hold(a.content[0]) or _is_of_another(a, named)]
    answers = []
    for answer in interview.answers:
        person = people[answer.who]
        if answer.label is not None:
            person.extra.append(answer.label)
        _, introduced = interview.people[answer.who]
        mention = answer.label or introduced
        answers.append(
            Attribution(
                content=(answer.span,),
                form=ReportForm.DIRECT,
                cue=(),
                speaker=(mention,) if mention is not None else (),
                source=person.id,
                confidence=CONFIDENCE,
                why="interview",
            )
        )
    before = {a.source for a in found if a.source is not None}
    now = {a.source for a in (*kept, *answers) if a.source is not None}
    return [*kept, *answers], (used - before) | now


def _is_of_another(attribution: Attribution, named: set[int]) -> bool:
    return attribution.source in named and bool(attribution.speaker) and attribution.confidence >= LEAST_CONFIDENCE


class _Turns:
    """Questions and answers, which do not overlap, to be asked for the one that holds a span."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def hold(self, span: Span) -> bool:
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and span.start < self._spans[at].end


__all__ = ["with_answers"]
