"""The help page as lines: what Lesart does, the keys by group, the signs."""

from __future__ import annotations

from reader.i18n import _
from reader.tui.actions import ACTIONS, REMEMBERED, Group
from reader.tui.keymap import Keys, display_keys, effect
from reader.tui.render.line import BLANK, Line, Piece, cells, flow, indent, line
from reader.tui.render.summary import legend

_TWO_COLUMNS_FROM = 80


def render_help(keys: Keys, width: int) -> list[Line]:
    """Keys in two columns where they fit, then the legend of signs."""
    columns = 2 if width >= _TWO_COLUMNS_FROM else 1
    room = (width - 3) // 2 if columns == 2 else width
    size = max(cells(display_keys(keys[a.id])) for a in ACTIONS if keys[a.id]) + 2
    groups = [*(_group(group, keys, room, size) for group in Group), _signs(room)]
    lines: list[Line] = []
    if columns == 1:
        for group in groups:
            lines += [BLANK, *group] if lines else group
    else:
        left, right = _balanced(groups)
        for number in range(max(len(left), len(right))):
            first = left[number] if number < len(left) else BLANK
            second = right[number] if number < len(right) else BLANK
            gap = room - sum(cells(piece.text) for piece in first.pieces) + 3
            lines.append(Line((*first.pieces, Piece(" " * gap), *second.pieces)))
    return lines


def _signs(width: int) -> list[Line]:
    text = _(
        "A sign and a colour at a name tell the kind of source; what the source says is set in italics in that"
        " colour, upright and with a question mark where the analysis is not certain. Key sentences are bold and have"
        " a bar in the margin."
    )
    return [*legend(width), *flow([Piece(text, "meta")], width)]


def _remembered(keys: Keys, width: int) -> list[Line]:
    shown = ", ".join(display_keys(keys[name]) for name in REMEMBERED if keys[name])
    text = _("Remembered for the next start: {keys}").format(keys=shown)
    return flow([Piece(text, "meta")], width) if shown else []


def _balanced(groups: list[list[Line]]) -> tuple[list[Line], list[Line]]:
    """Two columns of whole groups in their order, as equally high as they can be."""
    columns = []
    for at in range(1, len(groups)):
        left = [entry for group in groups[:at] for entry in (*group, BLANK)]
        right = [entry for group in groups[at:] for entry in (*group, BLANK)]
        columns.append((left[:-1], right[:-1]))
    return min(columns, key=lambda pair: max(len(pair[0]), len(pair[1])))


def _group(group: Group, keys: Keys, width: int, size: int) -> list[Line]:
    lines = [line(Piece(_(group.value), "section"))]
    for action in (a for a in ACTIONS if a.group is group and keys[a.id]):
        shown = display_keys(keys[action.id])
        before = (Piece(shown.ljust(size - (cells(shown) - len(shown))), "keycap"),)
        words = flow([Piece(effect(action), "source")], max(8, width - size))
        lines += indent(words, before, (Piece(" " * size),))
    return [*lines, *_remembered(keys, width)] if group is Group.SOURCES else lines
