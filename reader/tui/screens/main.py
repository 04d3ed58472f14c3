"""The main screen: the only mediator between panes, library and dialogs. Each declared action has its method here or
on a lower floor."""

from __future__ import annotations

from textual import events, on
from textual.timer import Timer
from textual.widgets import Input

from reader.i18n import _
from reader.library.searching import seeks_a_word
from reader.model.query import ArticleQuery, View
from reader.tui import state as reducers
from reader.tui.actions import ACTIONS
from reader.tui.keymap import display_keys, effect
from reader.tui.messages import Chosen, RowHighlighted, Scrolled, TreeHighlighted
from reader.tui.render.summary import BROWSER, FULL_TEXT
from reader.tui.render.tree import view_word
from reader.tui.screens.base import guarded
from reader.tui.screens.care import CareScreen
from reader.tui.screens.pick import PickScreen
from reader.tui.screens.text import HelpScreen
from reader.tui.state import Layout, Pane
from reader.tui.themes import DEFAULT
from reader.tui.widgets.key_bar import KeyBar
from reader.tui.widgets.pick_list import Entry

_MINUTE = 60.0
_LOOK_SECONDS = 3.0
"""Between two looks at whether another program has written to the store."""
_DUE_SECONDS = 300.0
"""Between two looks at which feeds are due; how often a feed is due at all is decided by its own schedule."""


class MainScreen(CareScreen, inherit_bindings=False):
    """Feeds and stories, the article, and what it says at a glance."""

    looking: Timer
    """Looks at the store every few seconds."""

    @guarded
    def on_mount(self) -> None:
        """Show what is there; on the very first start bring the demo edition in."""
        self.change(lambda state: reducers.resized(state, self.app.size.width))
        self._arrange()
        feeds = self.library.feeds()
        counts = self.library.counts()
        if not counts.unread:
            self.change(lambda s: reducers.query_chosen(s, ArticleQuery(view=View.ALL), view_word(View.ALL)))
        self.show_tree()
        self._select_tree()
        self.set_interval(_MINUTE, self.stories.repaint)
        self._version = self.library.version()
        self.looking = self.set_interval(_LOOK_SECONDS, self.look)
        self.watch(self.app, "app_focus", self._come_back, init=False)
        self.call_after_refresh(self._focus)
        if self.config.fetch.automatic:
            self.set_interval(_DUE_SECONDS, self.refresh_due)
            self.call_after_refresh(self.refresh_due)
        if not feeds:
            self.load_demo()
            return
        self.load_ids()
        if not any(feed.address.startswith(("http://", "https://")) for feed in feeds):
            self.tell_demo()

    @guarded
    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold panes."""
        self.change(lambda state: reducers.resized(state, event.size.width))
        self._arrange()

    @guarded
    def on_screen_resume(self) -> None:
        """A dialog has gone: the keys go to the pane again, or to what has waited for it."""
        self._focus()
        self.call_later(self.show_offer)

    def _come_back(self, here: bool) -> None:
        if here:
            self.look()

    @guarded
    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A pane was clicked."""
        pane = self.pane_of(event.widget.id)
        if pane is not None and pane is not self.state.pane:
            self.change(lambda state: reducers.focused(state, pane))

    # ------------------------------------------------------------------ facts from the panes

    @on(RowHighlighted)
    @on(TreeHighlighted)
    @guarded
    def catch_up(self) -> None:
        """Show what the cursors stand on. A key that means it may come before the message that the one before it has
        moved the cursor: it must not star or mark another story."""
        row = self.feed_tree.current
        if self.feed_tree.take_move() and row is not None:
            self.show_row(row)
        if self.stories.take_move():
            self.change(lambda state: reducers.told(state, ""))
            self.open_article(self.stories.current)
            if self.state.marks_on_selection:
                self.mark_opened()

    @on(Scrolled)
    @guarded
    def _scrolled(self) -> None:
        self.decorate()

    @on(Chosen)
    @guarded
    def _chosen(self, message: Chosen) -> None:
        target = message.target
        if message.pane == "feeds":
            self.action_fold()
        elif message.pane == "summary":
            self.choose(target)
        elif message.pane == "list":
            self.action_open()
        elif target.startswith("a"):
            self.stand_on(int(target[1:]))
        elif target.startswith("l"):
            self.open_link(int(target[1:]))
        elif target == "o":
            self.action_browser()

    @on(KeyBar.Pressed)
    async def _hint_pressed(self, message: KeyBar.Pressed) -> None:
        with self.telling():
            await self.run_action(message.action)

    @on(Input.Changed, "#search")
    @guarded
    def _search_typed(self, event: Input.Changed) -> None:
        words = event.value
        title = _("Search: {words}").format(words=words.strip())
        self.change(lambda state: reducers.search_changed(state, words, title))
        self.search_soon()

    @on(Input.Submitted, "#search")
    @guarded
    def _search_entered(self) -> None:
        self.change(lambda state: reducers.search_closed(state, keep=True))
        if self.state.query.search:
            self.load_ids()
            if not seeks_a_word(self.state.query.search):
                self.tell(_("Everything is listed: a word that must occur is missing, -word only leaves out."))

    def choose(self, target: str) -> None:
        """Do what was chosen in the sidebar: fetch more text, open another article, or go to a passage."""
        if target == FULL_TEXT:
            self.action_full_text()
        elif target == BROWSER:
            self.action_browser()
        elif target.startswith("y"):
            self.go_to_article(int(target[1:]))
        else:
            super().choose(target)

    # ------------------------------------------------------------------ moving

    def action_down(self) -> None:
        """Down in the pane with the focus."""
        self.pane_widget(self.state.pane).step(1)
        self.decorate()

    def action_up(self) -> None:
        """Up in the pane with the focus."""
        self.pane_widget(self.state.pane).step(-1)
        self.decorate()

    def action_page_down(self) -> None:
        """A page down."""
        self.pane_widget(self.state.pane).page_step(1)
        self.decorate()

    def action_page_up(self) -> None:
        """A page up."""
        self.pane_widget(self.state.pane).page_step(-1)
        self.decorate()

    def action_top(self) -> None:
        """To the top."""
        self.pane_widget(self.state.pane).move_to(0)
        self.decorate()

    def action_bottom(self) -> None:
        """To the bottom."""
        pane = self.pane_widget(self.state.pane)
        pane.move_to(max(len(pane.lines), len(self.stories.ids), len(self.feed_tree.rows)))
        self.decorate()

    def action_open(self) -> None:
        """Into the next pane to the right: stories, article, sidebar; or choose in the sidebar. Where the text of the
        open article could not be made, try that again."""
        if self.state.pane in (Pane.LIST, Pane.ARTICLE):
            again = self.open_again()
            if again and self.state.pane is Pane.ARTICLE:
                return
        match self.state.pane:
            case Pane.FEEDS:
                self.change(lambda state: reducers.focused(state, Pane.LIST))
            case Pane.LIST if self.state.selected is not None:
                self.change(lambda state: reducers.focused(state, Pane.ARTICLE))
                self.mark_opened()
            case Pane.SUMMARY:
                self.choose(self.summary.current)
            case Pane.ARTICLE if self.state.shows_summary or self.state.layout is Layout.ONE:
                self.change(lambda state: reducers.focused(state, Pane.SUMMARY))
            case _:
                self.action_toggle_sidebar()

    def action_back(self) -> None:
        """Out of search or passage, else one pane to the left."""
        if self.state.searching:
            self._leave_search()
        elif not self.leave_passage():
            if self.state.pane is Pane.LIST and self.state.query.search:
                self._leave_search()
            else:
                self.change(reducers.backed)

    def action_next_pane(self) -> None:
        """The next pane."""
        self.change(lambda state: reducers.pane_stepped(state, 1))

    def action_previous_pane(self) -> None:
        """The previous pane."""
        self.change(lambda state: reducers.pane_stepped(state, -1))

    def action_read_on(self) -> None:
        """A page down in the article; at its end the next unread story."""
        if self.state.layout is Layout.ONE and self.state.pane in (Pane.LIST, Pane.FEEDS):
            self.action_open()
        elif self.article.reading is None or self.article.at_end:
            self.action_next_unread()
        else:
            self.article.page_step(1)
            self.mark_opened()
            self.decorate()

    def action_next_unread(self) -> None:
        """The next unread story; when this view has none left, those of all feeds."""
        index = self.stories.find(self.unread, 1)
        if index is None:
            index = self._first_unread()
        if index is not None:
            self._go_to_story(index)
        elif self.unread:  # in other views, or behind a row that stood for its story
            self.show_view(View.UNREAD)
        else:
            self.tell(_("Everything is read."))

    def action_previous_unread(self) -> None:
        """The previous unread story."""
        index = self.stories.find(self.unread, -1)
        if index is None:
            self.tell(_("No unread story above."))
        else:
            self._go_to_story(index)

    # ------------------------------------------------------------------ showing

    def action_toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self.change(reducers.sidebar_toggled)

    def action_toggle_highlights(self) -> None:
        """Show the text with or without marks."""
        self.change(reducers.highlights_toggled)
        self.tell(_("Marks are shown.") if self.state.highlights else _("Marks are hidden."))

    def action_toggle_points(self) -> None:
        """Show the first key point of each story in the list, or not."""
        self.change(reducers.points_toggled)
        self.tell(_("First points are shown.") if self.state.points else _("First points are hidden."))

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        if self.app.no_color:
            self.tell(_("NO_COLOR is set: the terminal's own colours stay."))
            return
        light = self.app.theme == DEFAULT
        self.app.theme = "lesart-light" if light else DEFAULT
        self.lookback.switched(theme="light" if light else "dark")

    def action_fold(self) -> None:
        """Fold or unfold the folder under the cursor, or the story."""
        if self.state.pane is Pane.LIST:
            self.fold_story()
            return
        row = self.feed_tree.current
        if row is not None and row.folder is not None:
            folder = row.folder
            self.change(lambda state: reducers.folder_toggled(state, folder))

    def action_search(self) -> None:
        """Open the search field."""
        self.change(reducers.search_opened)

    def action_help(self) -> None:
        """Keys and signs."""
        self.app.push_screen(HelpScreen(self.keys))

    def action_palette(self) -> None:
        """Everything by name: actions, views, feeds."""
        entries = [
            Entry(action.id, _(action.label), effect(action), display_keys(self.keys[action.id]))
            for action in ACTIONS
            if action.palette
        ]
        entries += [Entry(f"view {n}", row.label, _("go to")) for n, row in enumerate(self.feed_tree.rows)]
        self.app.push_screen(PickScreen(_("Commands"), _("What shall be done?"), entries), self._palette_chosen)

    async def _palette_chosen(self, chosen: str | None) -> None:
        if chosen is None:
            return
        with self.telling():
            if not chosen.startswith("view "):
                await self.run_action(chosen)
                return
            # The rows may have become fewer while the palette was open.
            row = next((row for n, row in enumerate(self.feed_tree.rows) if chosen == f"view {n}"), None)
            if row is not None:
                self.feed_tree.select(row)
                self.show_row(row)

    # ------------------------------------------------------------------ helpers

    def _go_to_story(self, index: int) -> None:
        self.stories.move_to(index)
        self.decorate()

    def _first_unread(self) -> int | None:
        return next((n for n, article_id in enumerate(self.stories.ids) if article_id in self.unread), None)

    def _leave_search(self) -> None:
        self.change(lambda state: reducers.search_closed(state, keep=False))
        self.forget_search()
        self.load_ids()

    def _select_tree(self) -> None:
        view = self.state.query.view
        row = next((row for row in self.feed_tree.rows if row.view is view), None)
        if row is not None:
            self.feed_tree.select(row)
