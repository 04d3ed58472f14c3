"""The floor of marks: read, starred, everything read, and taking it back.

A mark stands on the screen at once. Its write waits in one queue, so that the order of the keys is the order in the
store and a locked store never holds up a key; a write that fails takes the mark from the screen again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from itertools import count

from textual.worker import Worker

from reader.config import Config
from reader.errors import LesartError
from reader.i18n import _, ngettext, number_text
from reader.library import Library
from reader.model.query import View
from reader.tui import state as reducers
from reader.tui.keymap import Keys
from reader.tui.screens.loading import LoadingScreen
from reader.tui.state import Marking

Job = Callable[[], Coroutine[None, None, None]]


class MarkingScreen(LoadingScreen, inherit_bindings=False):
    """Sets marks in the library and remembers them for undo."""

    _writer: Worker[None] | None = None
    _failures = 0
    _leaving = False

    def __init__(self, library: Library, config: Config, keys: Keys) -> None:
        super().__init__(library, config, keys)
        self._jobs: deque[Job] = deque()
        self.serials = count(1)
        self._undoing: dict[int, tuple[int, ...]] = {}

    # ------------------------------------------------------------------ the queue of writes

    @property
    def writing(self) -> bool:
        """Whether something is on its way to the store."""
        return bool(self._jobs) or (self._writer is not None and not self._writer.is_finished)

    def enqueue(self, job: Job) -> None:
        """Do this after everything that waits already."""
        self._jobs.append(job)
        if self._writer is None or self._writer.is_finished:
            self._writer = self.start_async(self._work_off, group="writes")

    def action_quit(self) -> None:
        """End the program once everything is in the store. When a write fails, it stays and says so; asked a second
        time, it does not wait for a store that is locked."""
        if self._leaving or not self.writing:
            self.app.exit(0)
            return
        self._leaving, failures = True, self._failures
        self.tell(_("Saving … {key} again ends without it.").format(key=self.key("quit")))

        async def last() -> None:
            if self._failures == failures:
                self.app.exit(0)
            self._leaving = False

        self.enqueue(last)

    async def _work_off(self) -> None:
        while self._jobs:
            job = self._jobs.popleft()
            try:
                await job()
            except LesartError as error:
                self._failures += 1
                self.tell_error(error)

    # ------------------------------------------------------------------ marks

    def mark_opened(self) -> None:
        """The chosen article was opened: it counts as read."""
        selected = self.state.selected
        if selected is not None and selected in self.unread:
            self._mark("read", selected, True, "")

    def action_toggle_read(self) -> None:
        """Read becomes unread, unread becomes read."""
        selected = self.state.selected
        if selected is None:
            return
        read = selected in self.unread
        self._mark("read", selected, read, _("Marked as read.") if read else _("Marked as unread."))

    def action_toggle_star(self) -> None:
        """Keep the article or let it go."""
        selected = self.state.selected
        if selected is None or self.article.opened is None:
            return
        starred = not self.pending.value("star", selected, self.library.article(selected).starred)
        self._mark("star", selected, starred, _("Starred.") if starred else _("No longer starred."))

    def action_mark_all_read(self) -> None:
        """Everything of this view is read."""
        query = self.state.query
        # Where another list is still shown, or none, the write itself finds the stories, and those behind a row.
        ids = tuple(i for i in self.stories.ids if i in self.unread) if self.listed == query else ()
        if query.view in (View.ALL, View.UNREAD) and not query.search:
            ids = tuple(self.unread)
        marking = Marking("read", ids, True, next(self.serials))
        self.push(reducers.marked(self.state, marking, self._all_read(len(ids)) if ids else "", sure=False))
        self._set_out(marking)

        async def write() -> None:
            changed = await self._write(marking, lambda: self.library.mark_query_read(query))
            if changed is None:
                return
            self._show("read", self.pending.free("read", changed), True)
            if (len(changed) != len(ids) or not changed) and marking.serial not in self._undoing:
                self.tell(self._all_read(len(changed)) if changed else _("Everything here is read already."))

        self.enqueue(write)

    def _all_read(self, count: int) -> str:
        words = ngettext(
            "{n} story marked as read. {key} takes it back.",
            "{n} stories marked as read. {key} takes it back.",
            count,
        )
        return words.format(n=number_text(count), key=self.key("undo"))

    def action_undo(self) -> None:
        """Take back the last marking."""
        after, marking = reducers.undone(self.state)
        if marking is None:
            self.tell(_("There is nothing to take back."))
            return
        back = replace(marking, value=not marking.value, serial=0)
        self._undoing[marking.serial] = marking.ids
        self.push(reducers.told(after, _taken_back(marking) if marking.ids else ""))
        self._set_out(back)

        async def write() -> None:
            # What the marking changed is certain only now that its own write is done.
            ids = self._undoing.pop(marking.serial)
            if await self._write(back, lambda: self._store(back.kind, ids, back.value)) is None:
                self.change(lambda state: reducers.marked(state, replace(marking, ids=ids), state.message))
            elif ids != marking.ids:
                self._show(back.kind, self.pending.free(back.kind, ids), back.value)
                self.tell(_taken_back(replace(marking, ids=ids)))

        self.enqueue(write)

    def _mark(self, kind: str, article_id: int, value: bool, message: str) -> None:
        marking = Marking(kind, (article_id,), value, next(self.serials))
        self.push(reducers.marked(self.state, marking, message))
        self._set_out(marking)

        async def write() -> None:
            changed = await self._write(marking, lambda: self._store(kind, marking.ids, value))
            # Copies of the same text are read with it.
            self._show(kind, self.pending.free(kind, set(changed or ()) - set(marking.ids)), value)

        self.enqueue(write)

    def _store(self, kind: str, ids: tuple[int, ...], value: bool) -> tuple[int, ...]:
        return self.library.star(ids, value) if kind == "star" else self.library.mark_read(ids, value)

    def _set_out(self, marking: Marking) -> None:
        self.pending.add(marking)
        self._show(marking.kind, marking.ids, marking.value)

    async def _write(self, marking: Marking, write: Callable[[], tuple[int, ...]]) -> tuple[int, ...] | None:
        """Write a marking that is shown already; the ids that changed, or nothing when it failed and was taken back."""
        try:
            changed = await asyncio.to_thread(write)
        except LesartError as error:
            self._failures += 1
            self._show(marking.kind, self.pending.settle(marking), not marking.value)
            self._settle(marking, ())
            self.tell_error(error)
            return None
        self.pending.settle(marking)
        if marking.kind == "read":
            self.landed.append(replace(marking, ids=tuple({*marking.ids, *changed})))
        self._settle(marking, changed)
        self.show_tree()
        return changed

    def _settle(self, marking: Marking, changed: tuple[int, ...]) -> None:
        if marking.serial in self._undoing:
            self._undoing[marking.serial] = changed
        elif marking.serial:
            self.state = reducers.settled(self.state, marking.serial, changed)

    def _show(self, kind: str, ids: Iterable[int], value: bool) -> None:
        if kind == "star":
            self.stories.amend(ids, starred=value)
        else:
            (self.unread.difference_update if value else self.unread.update)(ids)
            self.stories.amend(ids, read=value)


def _taken_back(marking: Marking) -> str:
    if marking.kind == "star":
        return _("Star taken back.") if marking.value else _("Starred again.")
    words = ngettext("{n} story is unread again.", "{n} stories are unread again.", len(marking.ids))
    read = ngettext("{n} story is read again.", "{n} stories are read again.", len(marking.ids))
    return (words if marking.value else read).format(n=number_text(len(marking.ids)))
