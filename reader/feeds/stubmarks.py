"""What a page shows in place of its article or under it: a request for consent, a bar, an offer, a failure.

Such lines are furniture and leave the text; what they say about it stays as a label ("wall=paywall"), which the
analysis reads.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from reader.feeds.selection import Candidate
from reader.model.article import BlockKind
from reader.text.walls import walls_in

_LINE_WORDS = 40
"""A wall speaks in short lines."""
_BEHIND, _BEHIND_WORDS = 12, 160
"""So many blocks and words behind the text may belong to a wall."""
_WHOLE_PAGE = 200
_LITTLE_WORDS, _FEW_WORDS = 120, 60
_SHORT_WORDS = 300
"""A bar under a longer text advertises something else."""
_SHAPE = re.compile(
    r"(?:^|[\s_-])(?:paywall|pay-?gate|reg-?wall|subscription-?wall|abo-?schranke|bezahlschranke|plus-?wall|login-?wall)(?:[_-]+(?:box|layer|container|wrapper|overlay|offer))?(?:$|\s)",
    re.IGNORECASE,
)


def wall_labels(candidates: list[Candidate], title: str) -> tuple[str, ...]:
    """Labels for what stands in place of the article, or bars its rest; ``candidates`` are all blocks of the page."""
    words = sum(c.words for c in candidates if c.chosen and c.kind is not BlockKind.CAPTION)
    labels = []
    if words < _LITTLE_WORDS:
        # What was taken for the article may be a report on walls; then only what stands beside it counts.
        lines = [title, *(c.text for c in candidates[:_WHOLE_PAGE] if words < _FEW_WORDS or not c.chosen)]
        found = walls_in("\n".join(lines))
        if found.consent >= 3 or (found.consent == 2 and sum(line.count(" ") + 1 for line in lines) < _SHORT_WORDS):
            labels.append("wall=consent")
        if found.blocked:
            labels.append("wall=blocked")
        if found.missing:
            labels.append("wall=missing")
    if words < _SHORT_WORDS and _is_barred(candidates):
        labels.append("wall=paywall")
    return tuple(labels)


def _is_barred(candidates: list[Candidate]) -> bool:
    last = max((i for i, c in enumerate(candidates) if c.chosen and c.is_prose), default=-1)
    behind, words = [], 0
    for candidate in candidates[last + 1 : last + 1 + _BEHIND]:
        if candidate.words > _LINE_WORDS or words > _BEHIND_WORDS:
            break
        if any(
            _SHAPE.search(_named(e))
            for e in (candidate.block.element, *list(candidate.block.element.iterancestors())[:2])
        ):
            return True
        behind.append(candidate.text)
        words += candidate.words
    found = walls_in("\n".join(behind))
    return found.is_barred or found.paywall > 0


def _named(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
