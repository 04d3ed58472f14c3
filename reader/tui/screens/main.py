"""The main screen: the only mediator between panes, library and dialogs. Each declared action has its method here or
on a lower floor."""

from __future__ import annotations

from textual import events, on
from textual.widgets import Input

from reader.errors import LesartError
from reader.i18n import _, number_text
from reader.library.exports import export_article
from reader.model.article import Feed
from reader.model.query import ArticleQuery, View
from reader.tui import state as reducers
from reader.tui.actions import ACTIONS
from reader.tui.keymap import display_keys, effect
from reader.tui.messages import Chosen, RowHighlighted, TreeHighlighted
from reader.tui.render.tree import TreeRow, view_word
from reader.tui.screens.passages import PassageScreen
from reader.tui.screens.pick import PickScreen
from reader.tui.screens.subscribe import SubscribeScreen, Wish
from reader.tui.screens.text import HelpScreen
from reader.tui.state import Layout, Pane
from reader.tui.themes import DEFAULT
from reader.tui.widgets.key_bar import KeyBar
from reader.tui.widgets.pick_list import Entry

_MINUTE = 60.0


class MainScreen(PassageScreen, inherit_bindings=False):
    """Feeds and stories, the article, and what it says at a glance."""

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
        self.call_after_refresh(self._focus)
        if not feeds:
            self.load_demo()
            return
        self.load_ids()
        if not any(feed.address.startswith(("http://", "https://")) for feed in feeds):
            self.tell_demo()

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold panes."""
        self.change(lambda state: reducers.resized(state, event.size.width))
        self._arrange()

    def on_screen_resume(self) -> None:
        """A dialog has gone: the keys go to the pane again."""
        self._focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A pane was clicked."""
        pane = self.pane_of(event.widget.id)
        if pane is not None and pane is not self.state.pane:
            self.change(lambda state: reducers.focused(state, pane))

    # ------------------------------------------------------------------ facts from the panes

    @on(RowHighlighted)
    def _row_highlighted(self, message: RowHighlighted) -> None:
        self.change(lambda state: reducers.told(state, ""))
        self.open_article(message.article_id)
        if self.state.marks_on_selection:
            self.mark_opened()

    @on(TreeHighlighted)
    def _tree_highlighted(self, message: TreeHighlighted) -> None:
        self._show_row(message.row)

    @on(Chosen)
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
            self._open_link(int(target[1:]))
        elif target == "o":
            self.action_browser()

    @on(KeyBar.Pressed)
    async def _hint_pressed(self, message: KeyBar.Pressed) -> None:
        await self.run_action(message.action)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        words = event.value
        title = _("Search: {words}").format(words=words.strip())
        self.change(lambda state: reducers.search_changed(state, words, title))
        self.search_soon()

    @on(Input.Submitted, "#search")
    def _search_entered(self) -> None:
        self.change(lambda state: reducers.search_closed(state, keep=True))

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
        """Into the next pane to the right: stories, article, sidebar; or choose in the sidebar."""
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
        elif self.unread and self.state.query.view is not View.UNREAD:
            self._show_view(View.UNREAD)
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

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        self.app.theme = "lesart-light" if self.app.theme == DEFAULT else DEFAULT

    def action_fold(self) -> None:
        """Fold or unfold the folder under the cursor."""
        row = self.feed_tree.current
        if self.state.pane is Pane.FEEDS and row is not None and row.folder is not None:
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
        if chosen.startswith("view "):
            row = self.feed_tree.rows[int(chosen.split()[1])]
            self.feed_tree.select(row)
            self._show_row(row)
        else:
            await self.run_action(chosen)

    # ------------------------------------------------------------------ feeds and articles

    def action_refresh_all(self) -> None:
        """Fetch all feeds."""
        self.refresh_feeds(None)

    def action_refresh_feed(self) -> None:
        """Fetch the feed or the folder of this view, else the feed of the article."""
        query = self.state.query
        feeds = self.library.feeds()
        if query.feed_id is not None:
            self.refresh_feeds([query.feed_id])
        elif query.folder is not None:
            self.refresh_feeds([feed.id for feed in feeds if feed.folder == query.folder])
        elif self.article.reading is not None:
            self.refresh_feeds([self.article.reading.article.feed_id])

    def action_add_feed(self) -> None:
        """Ask for an address and subscribe to it."""
        row = self.feed_tree.current
        self.app.push_screen(SubscribeScreen((row.folder or "") if row is not None else ""), self._subscribe)

    def _subscribe(self, wish: Wish | None) -> None:
        if wish is not None:
            self.tell(_("Fetching {address} …").format(address=wish.address))
            self.run_worker(self._subscribed(wish), group="subscribe", exit_on_error=False)

    async def _subscribed(self, wish: Wish) -> None:
        try:
            feed, result = await self.library.subscribe(wish.address, folder=wish.folder)
        except LesartError as error:
            self.tell_error(error)
            return
        self.show_tree()
        self._go_to_feed(feed)
        text = _("Subscribed to {feed}: {n} stories.")
        self.tell(text.format(feed=feed.title, n=number_text(result.new)))

    def action_browser(self) -> None:
        """Open the article in the browser."""
        reading = self.article.reading
        if reading is not None:
            self._open_address(reading.article.address)

    def action_links(self) -> None:
        """List the links of the article."""
        links = self.article.reading.document.links if self.article.reading is not None else ()
        if not links or self.article.reading is None:
            self.tell(_("This article has no links."))
            return
        text = self.article.reading.document.text
        entries = [
            Entry(str(n), f"[{n}] {link.span.of(text)}", link.address.split("://", 1)[-1])
            for n, link in enumerate(links, 1)
        ]
        self.app.push_screen(PickScreen(_("Links"), _("Which one?"), entries), self._link_chosen)

    def _link_chosen(self, chosen: str | None) -> None:
        if chosen is not None:
            self._open_link(int(chosen))

    def _open_link(self, number: int) -> None:
        reading = self.article.reading
        if reading is not None and 0 < number <= len(reading.document.links):
            self._open_address(reading.document.links[number - 1].address)

    def _open_address(self, address: str) -> None:
        if not address.startswith(("http://", "https://")):
            self.tell(_("This article has no address on the web."))
            return
        self.app.open_url(address)
        self.tell(_("Opened in the browser: {address}").format(address=address))

    def action_copy_link(self) -> None:
        """Copy the article's address (OSC 52: the terminal decides whether it takes it)."""
        reading = self.article.reading
        address = reading.article.address if reading is not None else ""
        if not address:
            self.tell(_("This article has no address."))
            return
        self.app.copy_to_clipboard(address)
        self.tell(_("Address handed to the terminal's clipboard: {address}").format(address=address))

    def action_copy_text(self) -> None:
        """Copy what is selected, else say how to leave."""
        selected = self.get_selected_text()
        if selected:
            self.app.copy_to_clipboard(selected)
            self.tell(_("Selection handed to the terminal's clipboard."))
        else:
            self.tell(_("{key} ends the program.").format(key=display_keys(self.keys["quit"])))

    def action_export(self) -> None:
        """Write the article as Markdown and say where."""
        reading = self.article.reading
        if reading is None:
            return
        folder = self.library.paths.exports
        if self.config.exports:
            folder = type(folder)(self.config.exports).expanduser()
        try:
            path = export_article(reading, folder)
        except LesartError as error:
            self.tell_error(error)
            return
        self.tell(_("Exported: {path}").format(path=path))

    def action_quit(self) -> None:
        """End the program."""
        self.app.exit(0)

    # ------------------------------------------------------------------ helpers

    def _show_row(self, row: TreeRow) -> None:
        query = self.query_of(row)
        self.forget_search()
        self.change(lambda state: reducers.query_chosen(state, query, row.label))
        self._tell_failure(row)
        self.load_ids()

    def _tell_failure(self, row: TreeRow) -> None:
        if row.failed and row.feed_id is not None:
            feed = self.library.feed(row.feed_id)
            self.tell(f"{feed.title}: {feed.error}")

    def _show_view(self, view: View) -> None:
        row = next((row for row in self.feed_tree.rows if row.view is view), None)
        if row is not None:
            self.feed_tree.select(row)
            self._show_row(row)

    def _go_to_feed(self, feed: Feed) -> None:
        row = next((row for row in self.feed_tree.rows if row.feed_id == feed.id), None)
        if row is not None:
            self.feed_tree.select(row)
            self._show_row(row)

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
