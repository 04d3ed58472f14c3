"""The sidebar "Auf einen Blick" as lines: key points, sources, the balance of sources, remarks, the signs.

What can be chosen carries a target: ``p3`` the fourth key point, ``s2`` the source with id 2, ``h`` hearsay without a
source, ``u`` reported speech whose source was not found, ``f`` and ``o`` the ways to more text where there is little,
``y12`` article 12 of the same story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reader import signs
from reader.i18n import _, number_text
from reader.model.analysis import Analysis, Completeness, PointOrigin, Reading, ReportForm, Source
from reader.model.span import Span
from reader.tui.render.balance import source_balance
from reader.tui.render.line import BLANK, Line, Piece, cells, cut_pieces, flow, indent, spread
from reader.words import form_counts, may_have_more, no_points_text, note_text, source_name, voice_word

FULL_TEXT, BROWSER = "f", "o"
_COLUMNS_FROM = 60
_FORMS_FROM = 36
"""From this width on a source also says how often it is heard in which form."""
FILLS = ("█", "▓", "▒", "░", "─")
"""The bar's glyphs, one for each group, so that the bar can be read without colours."""


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """A drawn sidebar; ``choices`` are the targets in order, each with its first and last line."""

    lines: tuple[Line, ...]
    choices: tuple[tuple[str, int, int], ...] = ()


def render_summary(
    reading: Reading | None,
    width: int,
    *,
    pending: bool = False,
    unmade: bool = False,
    keys: Mapping[str, str] = MappingProxyType({}),
    story: Callable[[int], list[Line]] | None = None,
    outlets: Sequence[str] = (),
) -> SummaryPage:
    """Draw the sidebar; ``pending`` says that the analysis is on its way, ``unmade`` that the open article has no text
    so far, ``keys`` how the ways to more text are called
    by key, ``story`` draws what other articles say, ``outlets`` are those that tell the same story, for one line at the
    top."""
    room = max(8, width - 2)
    analysis = reading.analysis if reading is not None else None
    if reading is None or analysis is None:
        text = _("Analysing …") if pending else _("This article could not be analysed.")
        if reading is None and not unmade:
            text = _("No article is open.")
        return SummaryPage(tuple(indent(flow([Piece(text, "meta")], room), (Piece(" "),), (Piece(" "),))))
    numbers = {source.id: number for number, source in enumerate(_ordered(analysis), 1)}
    points = [*_points(analysis, numbers, room), *_offers(reading, analysis, keys, room)]
    parts: list[list[Line]] = [_also_in(outlets, room), points, _sources(analysis, numbers, room)]
    parts += [story(room) if story is not None else []]
    parts += [_balance(reading, analysis, room), _notes(analysis, room), legend(room)]
    lines: list[Line] = []
    for part in parts:
        if part:
            lines += [BLANK, *part] if lines else part
    framed = tuple(Line((Piece(" "), *entry.pieces)) if entry.pieces else entry for entry in lines)
    return SummaryPage(framed, _choices(framed))


def spans_of(target: str, reading: Reading) -> tuple[tuple[Span, ...], ...]:
    """The passages a choice leads to, in the order of the text; empty where the running text has none."""
    analysis = reading.analysis
    if analysis is None or not target:
        return ()
    if target[0] == "p":
        point = analysis.key_points[int(target[1:])]
        if point.evidence is not None:
            return ((point.evidence,),)
        return (point.spans,) if point.origin is PointOrigin.EXTRACTED and point.spans else ()
    found: list[tuple[Span, ...]] = []
    for attribution in analysis.attributions:
        if _choice_of(attribution.source, attribution.form) == target:
            spans = (*attribution.speaker, *attribution.cue, *attribution.content)
            if spans:
                found.append(tuple(sorted(spans)))
    source = analysis.source(int(target[1:])) if target[0] == "s" else None
    if not found and source is not None:
        found = [(mention,) for mention in source.mentions]
    return tuple(sorted(found))


def choice_of_attribution(reading: Reading, index: int) -> str:
    """The target of the sidebar's entry that stands for an attribution's source."""
    if reading.analysis is None:
        return ""
    attribution = reading.analysis.attributions[index]
    return _choice_of(attribution.source, attribution.form)


def _choice_of(source: int | None, form: ReportForm) -> str:
    if source is not None:
        return f"s{source}"
    if form is ReportForm.HEARSAY:
        return "h"
    return "n" if form is ReportForm.NO_COMMENT else "u"


def _ordered(analysis: Analysis) -> list[Source]:
    counts = Counter(a.source for a in analysis.attributions if a.form is not ReportForm.NO_COMMENT)
    first = {s.id: min((m.start for m in s.mentions), default=1 << 40) for s in analysis.sources}
    return sorted(analysis.sources, key=lambda s: (-counts[s.id], first[s.id], s.id))


def _title(text: str, width: int) -> Line:
    return spread([Piece(text, "section")], [], width)


def _title_with(text: str, extra: str, width: int) -> list[Line]:
    """A title and a word about it at the right edge; below it where they do not stand side by side."""
    if not extra or cells(text) + 1 + cells(extra) <= width:
        return [spread([Piece(text, "section")], [Piece(extra, "meta")] if extra else [], width)]
    return [_title(text, width), spread([], [Piece(extra, "meta")], width)]


def _points(analysis: Analysis, numbers: dict[int, int], width: int) -> list[Line]:
    points = analysis.key_points
    editorial = any(point.origin is PointOrigin.EDITORIAL for point in points)
    origin = (_("editors") if editorial else _("from the text")) if points else ""
    lines = _title_with(_("Key points"), origin, width)
    if not points:
        return lines + flow([Piece(no_points_text(analysis.completeness), "meta")], width)
    known = {source.id: source for source in analysis.sources}
    for index, point in enumerate(points):
        target = f"p{index}"
        pieces = [Piece(point.text, "point", target)]
        for source in (known.get(source_id) for source_id in point.sources):
            if source is not None:
                sign = signs.SIGNS[source.kind] + signs.superscript(numbers[source.id])
                pieces += [Piece("\xa0" + sign, f"sign sign-{source.kind}", target)]
        lines += indent(flow(pieces, width - 2), (Piece("• ", "bullet", target),), (Piece("  ", "", target),))
    return lines


def _also_in(outlets: Sequence[str], width: int) -> list[Line]:
    """In one line who else tells the story, as many by name as fit: "Auch bei: Funkblatt, Wistalbote (+2)"."""
    if not outlets:
        return []
    before = _("Also in") + ": "
    names = ", ".join(outlets)
    for left in range(1, len(outlets)):
        if cells(before + names) <= width:
            break
        names = f"{', '.join(outlets[:-left])} (+{number_text(left)})"
    return [Line(cut_pieces([Piece(before, "meta"), Piece(names, "source")], width))]


def _offers(reading: Reading, analysis: Analysis, keys: Mapping[str, str], width: int) -> list[Line]:
    """Where the article is not all there: how to come to the rest."""
    if analysis.completeness is Completeness.FULL or not reading.article.address.startswith(("http://", "https://")):
        return []
    offers = [(FULL_TEXT, _("Load the full text"))] if may_have_more(analysis.completeness) else []
    offers.append((BROWSER, _("Open in the browser")))
    return [
        spread(
            [Piece("→ ", "bullet", target), Piece(words, "source", target)],
            [Piece(keys.get(target, ""), "keycap")],
            width,
        )
        for target, words in offers
    ]


def _sources(analysis: Analysis, numbers: dict[int, int], width: int) -> list[Line]:
    lines = [_title(_("Who says so?"), width)]
    ordered = _ordered(analysis)
    refused = {a.source for a in analysis.attributions if a.form is ReportForm.NO_COMMENT}
    counts = Counter(a.source for a in analysis.attributions if a.form is not ReportForm.NO_COMMENT)
    known = {source.id: source for source in ordered}
    for source in ordered:
        if counts[source.id] or source.id not in refused:
            times = max(counts[source.id], 1 if source.mentions else 0)
            via = known.get(source.via) if source.via is not None else None
            said = form_counts(a.form for a in analysis.attributions if a.source == source.id) if times > 1 else ""
            lines += _source(source, via, numbers, times, said, width)
    for source in ordered:
        if source.id in refused:
            lines += _refusal(source, numbers, width)
    loose = Counter(_choice_of(None, a.form) for a in analysis.attributions if a.source is None)
    for target, voice in (("h", signs.HEARSAY), ("u", signs.UNNAMED), ("n", signs.NO_COMMENT)):
        if loose[target]:
            sign = Piece(signs.SIGNS[voice].ljust(len(str(len(numbers))) + 2), f"sign sign-{voice}", target)
            word = Piece(voice_word(voice), "source", target)
            lines.append(spread([sign, word], [_times(loose[target], target)], width))
    if len(lines) == 1 and analysis.completeness is not Completeness.FULL:
        return []
    if len(lines) == 1:
        lines += flow([Piece(_("Nobody is named: the article speaks for itself."), "meta")], width)
    return lines


def _label(voice: str, number: int, numbers: dict[int, int]) -> str:
    """Sign and number, as wide as the longest of them."""
    return (signs.SIGNS[voice] + signs.superscript(number)).ljust(len(str(len(numbers))) + 2)


def _times(count: int, target: str) -> Piece:
    return Piece(f"{number_text(count)}×", "count", target)


def _source(
    source: Source, via: Source | None, numbers: dict[int, int], times: int, said: str, width: int
) -> list[Line]:
    target = f"s{source.id}"
    label = _label(source.kind, numbers[source.id], numbers)
    about = f", {source.role}" if source.role else f" ({voice_word(source.kind)})"
    pieces = [Piece(source_name(source), "source", target), Piece(about, "meta", target)]
    if via is not None:
        before, after = _("heard through {source}").split("{source}")
        pieces += [Piece(f", {before}", "meta", target), Piece(signs.SIGNS[via.kind], f"sign sign-{via.kind}", target)]
        pieces.append(Piece(f"\xa0{source_name(via)}{after}", "meta", target))
    if said and width >= _FORMS_FROM:
        pieces.append(Piece(f" · {said}", "meta", target))
    count = _times(times, target)
    lines = flow(pieces, width - len(label) - cells(count.text) - 1)[:4]
    head = spread([Piece(label, f"sign sign-{source.kind}", target), *lines[0].pieces], [count], width)
    room = (Piece(" " * len(label), "", target),)
    return [head, *indent(lines[1:], room, room)]


def _refusal(source: Source, numbers: dict[int, int], width: int) -> list[Line]:
    target = f"s{source.id}"
    label = _label(signs.NO_COMMENT, numbers[source.id], numbers)
    words = [Piece(f"{source_name(source)}: ", "source", target), Piece(_("no comment"), "meta", target)]
    first, rest = Piece(label, "sign sign-no_comment", target), Piece(" " * len(label), "", target)
    return indent(flow(words, width - len(label))[:3], (first,), (rest,))


def _balance(reading: Reading, analysis: Analysis, width: int) -> list[Line]:
    balance = source_balance(reading.document, analysis)
    if not balance.total or not analysis.attributions:
        return []
    bar = balance.shares(width)
    percent = balance.shares(100)
    names = [_("named people"), _("institutions, media"), _("anonymous"), _("hearsay"), _("the author's own")]
    lines = [_title(_("Balance of sources"), width)]
    filled = [Piece(FILLS[g] * size, f"balance-{g}") for g, size in enumerate(bar) if size]
    lines.append(Line(tuple(filled)))
    for group, name in enumerate(names):
        if balance.characters[group]:
            share = "<1" if percent[group] == 0 else number_text(percent[group])
            figure = [Piece(f"{share} %", "count")]
            lines.append(spread([Piece(f"{FILLS[group]} ", f"balance-{group}"), Piece(name, "source")], figure, width))
    return lines


def _notes(analysis: Analysis, width: int) -> list[Line]:
    if not analysis.notes:
        return []
    lines = [_title(_("Remarks"), width)]
    for note in analysis.notes:
        lines += indent(flow([Piece(note_text(note), "note")], width - 2), (Piece("! ", "note"),), (Piece("  "),))
    return lines


def legend(width: int) -> list[Line]:
    """The signs and what they mean, in as many columns as fit."""
    entries = [(Piece(f"{sign}\xa0", f"sign sign-{voice}"), voice_word(voice)) for voice, sign in signs.SIGNS.items()]
    entries.append((Piece(f"{signs.UNSURE}\xa0", "sign"), _("uncertain")))
    entries.append((Piece(f"{signs.KEY_SENTENCE}\xa0", "key-sign"), _("key sentence")))
    title = _title(_("Signs"), width)
    if width < _COLUMNS_FROM:
        flowing = []
        for sign, word in entries:
            flowing += [sign, Piece(word.replace(" ", "\xa0"), "meta"), Piece("\xa0 ")]
        return [title, *flow(flowing, width)]
    size = max(len(word) for _sign, word in entries) + 4
    columns = max(1, width // size)
    rows = -(-len(entries) // columns)
    lines = [title]
    for row in range(rows):
        pieces: list[Piece] = []
        for sign, word in entries[row::rows]:
            pieces += [sign, Piece(word.ljust(size - 2), "meta")]
        lines.append(Line(cut_pieces(pieces, width)))
    return lines


def _choices(lines: Sequence[Line]) -> tuple[tuple[str, int, int], ...]:
    found: list[tuple[str, int, int]] = []
    for number, entry in enumerate(lines):
        target = next((piece.target for piece in entry.pieces if piece.target), "")
        if not target:
            continue
        if found and found[-1][0] == target:
            found[-1] = (target, found[-1][1], number)
        else:
            found.append((target, number, number))
    return tuple(found)
