"""Why a passage is marked: who says it, in which form, how certain, and the rule with its example."""

from __future__ import annotations

from reader import signs
from reader.i18n import _, number_text
from reader.model.analysis import Attribution, Reading
from reader.model.span import joined
from reader.tui.render.line import BLANK, Line, Piece, cells, cut, flow, indent
from reader.words import form_word, source_name, voice_word

_LONGEST = 240
"""Characters of a statement that are quoted in the dialog."""


def render_why(reading: Reading, index: int, width: int) -> list[Line]:
    """The explanation of one attribution."""
    analysis = reading.analysis
    if analysis is None:
        return []
    attribution = analysis.attributions[index]
    voice = signs.voice(attribution, analysis)
    source = analysis.source(attribution.source)
    name = source_name(source) if source is not None else voice_word(voice)
    facts: list[tuple[str, list[Piece]]] = [
        (_("Source"), [Piece(f"{signs.SIGNS[voice]}\xa0{name}", f"sign sign-{voice}")]),
    ]
    if source is not None:
        about = ", ".join(part for part in (voice_word(source.kind), source.role or "") if part)
        facts[0][1].append(Piece(f" ({about})", "meta"))
        via = analysis.source(source.via)
        if via is not None:
            facts.append((_("Heard through"), [Piece(source_name(via), f"sign sign-{via.kind}")]))
    facts.append((_("Form"), [Piece(form_word(attribution.form), "source")]))
    text = reading.document.text
    for label, spans in ((_("Statement"), attribution.content), (_("Cue"), attribution.cue)):
        if spans:
            words = cut(joined(text, spans, " … ").replace("\n", " "), _LONGEST)
            role = f"said said-{voice}" if spans is attribution.content else "cue"
            facts.append((label, [Piece(words, role)]))
    facts.append((_("Certainty"), [Piece(f"{number_text(round(attribution.confidence * 100))} %", "source")]))
    size = max(cells(label) for label, _pieces in facts) + 2
    lines: list[Line] = []
    for label, pieces in facts:
        before = (Piece(label.ljust(size), "meta"),)
        lines += indent(flow(pieces, width - size), before, (Piece(" " * size),))
    return [*lines, BLANK, *_rule(attribution, width)]


def _rule(attribution: Attribution, width: int) -> list[Line]:
    # The interface does not analyse: the lexicon is loaded when somebody asks for a rule.
    from reader.analysis import lexicon

    try:
        rule = lexicon.rule(attribution.why)
    except KeyError:
        return flow([Piece(_("Rule {id}").format(id=attribution.why or "–"), "meta")], width)
    lines = flow([Piece(_("Rule"), "section"), Piece(f"  {rule.id}", "meta")], width)
    lines += flow([Piece(rule.sentence, "source")], width)
    examples = ((_("fires on"), rule.example, "source"), (_("does not fire on"), rule.counterexample, "meta"))
    for label, example, role in examples:
        if example:
            lines += [BLANK, *flow([Piece(label, "meta")], width)]
            bar = (Piece("┃ ", "quote-bar"),)
            lines += indent(flow([Piece(example, role)], width - 2), bar, bar)
    return lines
