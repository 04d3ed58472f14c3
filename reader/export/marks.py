"""Where the mark of an attributed statement stands when a text is written out: behind its sentence.

Inside the sentence a mark would part words that belong together, for the eye and for every search.
"""

from __future__ import annotations

from reader.model.analysis import Analysis, Attribution
from reader.model.article import Document
from reader.text.sentences import sentences


def marks_by_offset(document: Document, analysis: Analysis) -> dict[int, list[Attribution]]:
    """Offset into ``document.text`` -> the statements that are marked there, in text order."""
    marks: dict[int, list[Attribution]] = {}
    blocks = iter(document.blocks)
    block = next(blocks, None)
    ends: list[int] = []
    ordered = sorted(analysis.attributions, key=lambda item: (item.content[-1].end, item.content[0].start))
    for item in ordered:
        end = item.content[-1].end
        while block is not None and block.span.end < end:
            block, ends = next(blocks, None), []
        if block is None or block.span.start >= end:
            # Outside of every block nothing is written out that a mark could follow.
            continue
        if not ends:
            ends = [span.end for span in sentences(document.text, block.span.start, block.span.end)]
        place = next((e for e in ends if e >= end), block.span.end)
        marks.setdefault(place, []).append(item)
    return marks
