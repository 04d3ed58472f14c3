"""The floor of stories: the same story in one row, unfolded, told apart, and from one telling to another."""

from __future__ import annotations

import asyncio

from reader.config import Config
from reader.errors import LesartError
from reader.i18n import _
from reader.library import Library
from reader.model.story import ToldApart
from reader.tui import state as reducers
from reader.tui.keymap import Keys
from reader.tui.screens.passages import PassageScreen
from reader.tui.state import Marking, Pane

_APART = "apart"


class StoryScreen(PassageScreen, inherit_bindings=False):
    """Puts together what tells the same, and takes apart what does not."""

    def __init__(self, library: Library, config: Config, keys: Keys) -> None:
        super().__init__(library, config, keys)
        self._apart: dict[int, ToldApart] = {}
        """What undo takes back, by the serial of its marking."""

    def fold_story(self) -> None:
        """List the other articles of the chosen story below it, or take them out of the list again."""
        parent = self.stories.parent_of_current
        if parent is not None:
            self.stories.fold(parent)
            self.decorate()
            return
        row = self.stories.row(self.stories.cursor)
        if row is None or not row.more:
            self.tell(_("No other article tells this story."))
            return
        article_id = row.id

        async def unfold() -> None:
            with self.telling():
                story = await asyncio.to_thread(self.library.stories.view, article_id, compare=False)
                if story is None:
                    return
                if not self.stories.unfold(article_id, [telling.id for telling in story.rows]):
                    self.tell(_("The other articles of this story stand in the list already."))
                self.decorate()

        self.start_async(unfold, group="story", exclusive=True)

    def action_toggle_together(self) -> None:
        """Show a story in one row, or each of its articles."""
        self.change(reducers.together_toggled)
        self.tell(
            _("Articles that tell the same story stand in one row.")
            if self.state.together
            else _("Every article stands for itself.")
        )
        self.load_ids()

    def action_tell_apart(self) -> None:
        """Take the chosen article out of its story, for good."""
        selected = self.state.selected
        if selected is None:
            return

        marking = Marking(_APART, (selected,), True, next(self.serials))
        self.push(reducers.marked(self.state, marking, ""))

        async def part() -> None:
            try:
                self._apart[marking.serial] = await asyncio.to_thread(self.library.stories.tell_apart, selected)
            except LesartError:
                self.change(lambda state: reducers.settled(state, marking.serial, ()))
                raise
            if marking in self.state.undo:  # else it is on its way back already
                text = _("Told apart: this is a story of its own. {key} takes it back.")
                self.tell(text.format(key=self.key("undo")))
            await self._show_stories(selected)

        self.enqueue(part)

    def action_undo(self) -> None:
        """Take back the last marking, or what was told apart last, even while that is still waiting to be done."""
        marking = self.state.undo[-1] if self.state.undo else None
        if marking is None or marking.kind != _APART:
            super().action_undo()
            return
        self.push(reducers.undone(self.state)[0])

        async def put_back() -> None:
            done = self._apart.pop(marking.serial, None)
            if done is None:  # it could not be told apart, and that was said
                return
            try:
                await asyncio.to_thread(self.library.stories.undo, done)
            except LesartError:
                self._apart[marking.serial] = done
                self.change(lambda state: reducers.marked(state, marking, state.message))
                raise
            await self._show_stories(done.article_id)
            self.tell(_("Put back to its story."))

        self.enqueue(put_back)

    def go_to_article(self, article_id: int) -> None:
        """Open another telling; the list shows it below its story where it is not listed itself."""
        if article_id not in self.stories.ids:
            selected = self.state.selected
            if selected is None or selected not in self.stories.ids:
                return
            self.stories.unfold(selected, [article_id])
        self.change(lambda state: reducers.focused(state, Pane.ARTICLE))
        self.stories.move_to(self.stories.ids.index(article_id))

    async def _show_stories(self, article_id: int) -> None:
        """The rows may stand for other articles now."""
        self.stories.forget_all()
        self.load_ids()
        await self.show_story(article_id)
