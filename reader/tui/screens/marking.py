"""The floor of marks: read, starred, everything read, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from reader.i18n import _, ngettext, number_text
from reader.tui import state as reducers
from reader.tui.screens.loading import LoadingScreen
from reader.tui.state import Marking


class MarkingScreen(LoadingScreen, inherit_bindings=False):
    """Sets marks in the library and remembers them for undo."""

    def mark_opened(self) -> None:
        """The chosen article was opened: it counts as read."""
        selected = self.state.selected
        if selected is not None and selected in self.unread:
            self._mark([selected], read=True, message="")

    def action_toggle_read(self) -> None:
        """Read becomes unread, unread becomes read."""
        selected = self.state.selected
        if selected is None:
            return
        read = selected in self.unread
        self._mark([selected], read=read, message=_("Marked as read.") if read else _("Marked as unread."))

    def action_toggle_star(self) -> None:
        """Keep the article or let it go."""
        selected = self.state.selected
        reading = self.article.reading
        if selected is None or reading is None:
            return
        starred = not self.library.article(selected).starred
        changed = self.library.star([selected], starred)
        message = _("Starred.") if starred else _("No longer starred.")
        self.push(reducers.marked(self.state, Marking("star", changed, starred), message))
        self._refresh_marks(changed)

    def action_mark_all_read(self) -> None:
        """Everything of this view is read."""
        changed = self.library.mark_query_read(self.state.query)
        self.unread.difference_update(changed)
        words = ngettext(
            "{n} story marked as read. {key} takes it back.",
            "{n} stories marked as read. {key} takes it back.",
            len(changed),
        )
        message = words.format(n=number_text(len(changed)), key=self.key("undo"))
        if not changed:
            message = _("Everything here is read already.")
        self.push(reducers.marked(self.state, Marking("read", changed, True), message))
        self._refresh_marks(changed)

    def action_undo(self) -> None:
        """Take back the last marking."""
        after, marking = reducers.undone(self.state)
        if marking is None:
            self.tell(_("There is nothing to take back."))
            return
        if marking.kind == "star":
            self.library.star(marking.ids, not marking.value)
            message = _("Star taken back.") if marking.value else _("Starred again.")
        else:
            self.library.mark_read(marking.ids, not marking.value)
            (self.unread.update if marking.value else self.unread.difference_update)(marking.ids)
            words = ngettext("{n} story is unread again.", "{n} stories are unread again.", len(marking.ids))
            read = ngettext("{n} story is read again.", "{n} stories are read again.", len(marking.ids))
            message = (words if marking.value else read).format(n=number_text(len(marking.ids)))
        self.push(reducers.told(after, message))
        self._refresh_marks(marking.ids)

    def _mark(self, ids: Sequence[int], *, read: bool, message: str) -> None:
        changed = self.library.mark_read(ids, read)
        (self.unread.difference_update if read else self.unread.update)(changed)
        self.push(reducers.marked(self.state, Marking("read", changed, read), message))
        self._refresh_marks(changed)

    def _refresh_marks(self, ids: Sequence[int]) -> None:
        self.stories.forget(ids)
        self.show_tree()
