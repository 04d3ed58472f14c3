"""The floor of passages: from a point or a source to the words in the text, through the attributions, and back."""

from __future__ import annotations

from rich.text import Text

from reader import signs
from reader.i18n import _, number_text
from reader.model.analysis import Attribution, Reading
from reader.model.span import Span
from reader.tui import state as reducers
from reader.tui.keymap import display
from reader.tui.render.article import passages
from reader.tui.render.line import Piece, cut_pieces
from reader.tui.render.summary import choice_of_attribution, spans_of
from reader.tui.screens.marking import MarkingScreen
from reader.tui.screens.text import WhyScreen
from reader.tui.state import Passage
from reader.tui.themes import palette
from reader.words import form_word, source_name, voice_word


class PassageScreen(MarkingScreen, inherit_bindings=False):
    """Jumps, walks and explains."""

    def choose(self, target: str) -> None:
        """Go to the passage of a key point or a source; choosing it again goes to its next passage."""
        reading = self.article.reading
        if reading is None or not target:
            return
        found = spans_of(target, reading)
        if not found:
            editorial = _("Only the editors' box says this; the text has no passage for it.")
            self.tell(editorial if target.startswith("p") else _("There is no passage for this."))
            return
        before = self.state.passage
        turn = (before.turn + 1) % len(found) if before is not None and before.choice == target else 0
        scroll = self.article.top
        self.push(reducers.jumped(self.state, Passage(choice=target, turn=turn), scroll))
        self.article.set_mark(found[turn])
        self.summary.select(target)
        place = _("passage {n} of {total}").format(n=number_text(turn + 1), total=number_text(len(found)))
        self._subtitle([Piece(place, "message")], self.keys["back"][-1:], _("back"))

    def stand_on(self, index: int) -> None:
        """Stand in an attribution and show who says so."""
        reading = self.article.reading
        if reading is None or reading.analysis is None or index >= len(reading.analysis.attributions):
            return
        attribution = reading.analysis.attributions[index]
        self.push(reducers.walked(self.state, Passage(attribution=index)))
        self.article.set_mark(_spans(attribution))
        self.summary.select(choice_of_attribution(reading, index))
        self._subtitle(_caption(reading, attribution), self.keys["why"][:1], _("why?"))

    def action_next_passage(self) -> None:
        """The next attributed passage."""
        self._walk(1)

    def action_previous_passage(self) -> None:
        """The previous attributed passage."""
        self._walk(-1)

    def action_why(self) -> None:
        """The rule behind the passage."""
        reading, passage = self.article.reading, self.state.passage
        if reading is None or reading.analysis is None or passage is None or passage.attribution is None:
            text = _("First stand in a passage: {key} goes to the next one.")
            self.tell(text.format(key=self.key("next_passage")))
            return
        self.app.push_screen(WhyScreen(reading, passage.attribution))

    def leave_passage(self) -> bool:
        """Back to where the reader was; whether there was a passage to leave."""
        state = self.state
        if state.passage is None:
            return False
        scroll = state.return_to
        self.article.set_mark(())
        self.summary.select("")
        self.push(reducers.returned(state))
        if scroll is not None:
            self.article.go_to(scroll)
        return True

    def _walk(self, direction: int) -> None:
        reading = self.article.reading
        order = passages(reading) if reading is not None else ()
        if reading is None or reading.analysis is None or not order:
            self.tell(_("Nobody is quoted here."))
            return
        passage = self.state.passage
        if passage is not None and passage.attribution in order:
            at = order.index(passage.attribution) + direction
        else:
            at = self._first_in_view(reading, order, direction)
        if not 0 <= at < len(order):
            self.tell(_("That was the last passage.") if direction > 0 else _("That was the first passage."))
            return
        self.stand_on(order[at])

    def _first_in_view(self, reading: Reading, order: tuple[int, ...], direction: int) -> int:
        top = self.article.first_visible_offset()
        attributions = reading.analysis.attributions if reading.analysis is not None else ()
        starts = [min(span.start for span in _spans(attributions[index])) for index in order]
        below = [n for n, start in enumerate(starts) if start >= top] if top >= 0 else []
        if direction > 0:
            return below[0] if below else 0
        return below[0] - 1 if below else len(order) - 1

    def _subtitle(self, pieces: list[Piece], keys: tuple[str, ...], word: str) -> None:
        hint = [Piece(f"  {display(keys[0])}", "keycap"), Piece(f" {word}", "keyword")] if keys else []
        room = self.article.size.width + 2 - 6 - sum(len(p.text) for p in hint)
        style = palette(self.app.theme).style
        shown = [*cut_pieces(pieces, max(8, room)), *hint]
        self.article.set_titles(_("Article"), Text.assemble(*((p.text, style(p.role)) for p in shown)))


def _spans(attribution: Attribution) -> tuple[Span, ...]:
    return tuple(sorted((*attribution.speaker, *attribution.cue, *attribution.content)))


def _caption(reading: Reading, attribution: Attribution) -> list[Piece]:
    analysis = reading.analysis
    if analysis is None:
        return []
    voice = signs.voice(attribution, analysis)
    source = analysis.source(attribution.source)
    name = source_name(source) if source is not None else voice_word(voice)
    pieces = [Piece(f"{signs.SIGNS[voice]} {name}", f"sign sign-{voice}")]
    if source is not None and source.role:
        pieces.append(Piece(f", {source.role}", "meta"))
    return [*pieces, Piece(f" · {form_word(attribution.form)}", "message")]
