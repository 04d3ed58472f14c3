"""Drawing grows with the article and not with its square; counted in steps of the interpreter, so that it is the same
on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from reader.model.analysis import Analysis, Attribution, Completeness, Genre, Reading, ReportForm, Source, SourceKind
from reader.model.article import Block, BlockKind, Document, Link
from reader.model.span import Span
from reader.tui.render.article import passages, render_article
from reader.tui.render.summary import render_summary
from tests.tui.builders import NOW, an_article

SENTENCE = "„Ja“, sagte Meier. "


def steps(work: Callable[[], object]) -> int:
    """How many instructions of the package ``work`` runs."""
    count = 0

    def trace(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        if "reader" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def crowded(size: int, *, blocks: int) -> Reading:
    """An article of ``size`` sentences in ``blocks`` paragraphs, each said by a source of its own and linked."""
    text = SENTENCE * size
    step = size // blocks * len(SENTENCE)
    spans = [Span(at, min(at + step, len(text)) - 1) for at in range(0, len(text), step)]
    starts = [number * len(SENTENCE) for number in range(size)]
    document = Document(
        text=text,
        blocks=tuple(Block(BlockKind.PARAGRAPH, span) for span in spans),
        links=tuple(Link(Span(at + 12, at + 17), "https://example.org/") for at in starts),
    )
    analysis = Analysis(
        digest=document.digest,
        version=1,
        completeness=Completeness.FULL,
        genre=Genre.NEWS,
        sources=tuple(
            Source(id=n, name="Meier", kind=SourceKind.PERSON, mentions=(Span(at + 12, at + 17),), via=n)
            for n, at in enumerate(starts)
        ),
        attributions=tuple(
            Attribution(
                content=(Span(at, at + 4),),
                cue=(Span(at + 6, at + 11),),
                speaker=(Span(at + 12, at + 17),),
                source=n,
                form=ReportForm.DIRECT,
            )
            for n, at in enumerate(starts)
        ),
    )
    return Reading(an_article(), document, analysis)


@pytest.mark.parametrize("blocks", [1, 100])
@pytest.mark.parametrize(
    "draw",
    [
        lambda reading: render_article(reading, width=80, text_width=80, now=NOW),
        lambda reading: render_summary(reading, 40),
        passages,
    ],
    ids=["article", "summary", "passages"],
)
def test_four_times_the_statements_cost_four_times_the_steps(draw: Callable[[Reading], object], blocks: int) -> None:
    small, large = crowded(100, blocks=blocks), crowded(400, blocks=4 * blocks if blocks > 1 else 1)
    draw(small)
    assert steps(lambda: draw(large)) < 4.4 * steps(lambda: draw(small))
