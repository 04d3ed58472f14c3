"""The sidebar's part on the story: who else tells it, what this article says alone, and what all say.

Other articles carry the target ``y12``: article 12.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reader.i18n import _, ngettext, number_text, relative_text
from reader.model.analysis import Reading
from reader.model.story import Finding, FindingKind, StoryView
from reader.tui.render.line import BLANK, Line, Piece, flow, indent, spread

_TELLINGS, _FINDINGS = 8, 5
"""Of each at most so many are listed; the list of stories opens the rest."""
_WORDS_LINES = 3
"""Lines of one statement."""


def render_story(story: StoryView, reading: Reading, width: int, now: datetime) -> list[Line]:
    """The lines of a story that other articles tell as well."""
    here = reading.article
    others = [row for row in story.rows if row.id != here.id]
    total = ngettext("{n} article", "{n} articles", len(story.rows)).format(n=number_text(len(story.rows)))
    lines = [spread([Piece(_("Also in"), "section")], [Piece(total, "meta")], width)]
    for row in others[:_TELLINGS]:
        target = f"y{row.id}"
        telling = [
            Piece(row.outlet, "source", target),
            Piece(f" · {relative_text(row.published, now, short=True)}", "meta", target),
        ]
        lines += indent(flow(telling, width - 2)[:2], (Piece("→ ", "bullet", target),), (Piece("  ", "", target),))
    if len(others) > _TELLINGS:
        more = _("and {n} more").format(n=number_text(len(others) - _TELLINGS))
        lines.append(Line((Piece(f"  {more}", "meta"),)))
    if story.agency:
        words = _("Several print the text of {agency}.").format(agency=story.agency)
        lines += indent(flow([Piece(words, "note")], width - 2), (Piece("! ", "note"),), (Piece("  "),))
    own = [finding for finding in story.only_here if finding.outlet == here.outlet]
    lines += _findings(_("Only here"), own, width, told=False)
    lines += _findings(_("Only elsewhere"), [f for f in story.only_here if f.outlet != here.outlet], width, told=True)
    return lines + _findings(_("In all of them"), story.everywhere, width, told=False)


def _findings(title: str, findings: Sequence[Finding], width: int, *, told: bool) -> list[Line]:
    """What was found, each with its outlet and the way there where ``told``."""
    if not findings:
        return []
    lines = [BLANK, Line((Piece(title, "section"),))]
    for finding in findings[:_FINDINGS]:
        target = f"y{finding.articles[0]}" if told and finding.articles else ""
        pieces = [Piece(finding.text, "source", target)]
        if finding.kind is FindingKind.STATEMENT and finding.source:
            pieces = [Piece(f"{finding.source}: ", "source", target), Piece(finding.text, "meta", target)]
        if told:
            pieces.append(Piece(f" ({finding.outlet})", "meta", target))
        words = flow(pieces, width - 2)
        if len(words) > _WORDS_LINES:
            words = [*words[: _WORDS_LINES - 1], Line((*words[_WORDS_LINES - 1].pieces, Piece("…", "meta", target)))]
        lines += indent(words, (Piece("• ", "bullet", target),), (Piece("  ", "", target),))
    return lines
