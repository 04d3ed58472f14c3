"""The floor of errands: fetching, subscribing, and what is done with an article outside the reader."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.errors import LesartError
from reader.i18n import _, ngettext, number_text
from reader.library.exports import export_article
from reader.library.report import UNCHANGED
from reader.model.query import View
from reader.tui import browser
from reader.tui.choices import preview_entries
from reader.tui.keymap import display_keys
from reader.tui.screens.base import guarded
from reader.tui.screens.pick import PickScreen
from reader.tui.screens.stories import StoryScreen
from reader.tui.screens.subscribe import SubscribeScreen, Wish
from reader.tui.widgets.pick_list import Entry


class ErrandScreen(StoryScreen, inherit_bindings=False):
    """Goes out for the reader."""

    _offer: Callable[[], object] | None = None

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
        elif self.article.opened is not None:
            self.refresh_feeds([self.article.opened.feed_id])

    def action_add_feed(self) -> None:
        """Ask for an address and subscribe to it."""
        row = self.feed_tree.current
        self.app.push_screen(SubscribeScreen((row.folder or "") if row is not None else ""), self._subscribe)

    @guarded
    def _subscribe(self, wish: Wish | None) -> None:
        if wish is not None:
            self.tell(_("Fetching {address} …").format(address=wish.address))

            async def look() -> None:
                await self._preview(wish)

            self.start_async(look, group="subscribe", exclusive=True)

    async def _preview(self, wish: Wish) -> None:
        """Show what the address offers before anything is stored; several feeds can be chosen from."""
        try:
            found = await self.library.preview(wish.address)
        except LesartError as error:
            self.tell_error(error)
            return
        self.tell("")
        title = _("Subscribe?") if len(found) == 1 else _("Which feed?")
        entries = preview_entries(found, self.library.clock())
        self._offer = partial(
            self.app.push_screen, PickScreen(title, _("⏎ subscribes"), entries), partial(self._preview_chosen, wish)
        )
        if self.app.screen is self:
            self.show_offer()

    def show_offer(self) -> None:
        """Ask what waits to be asked. Not over another dialog: a key meant for that one would answer it."""
        offer, self._offer = self._offer, None
        if offer is not None:
            offer()

    @guarded
    def _preview_chosen(self, wish: Wish, address: str | None) -> None:
        if address is None:
            self.tell(_("Not subscribed."))
            return

        async def subscribe() -> None:
            await self._subscribed(wish._replace(address=address))

        self.start_async(subscribe, group="subscribe")

    async def _subscribed(self, wish: Wish) -> None:
        try:
            feed, result = await self.library.subscribe(wish.address, folder=wish.folder)
        except LesartError as error:
            self.tell_error(error)
            return
        self.show_tree()
        self.show_feed(feed)
        if result.status == UNCHANGED:
            self.tell(_("{title}: subscribed already").format(title=feed.title))
            return
        text = ngettext("Subscribed to {feed}: {n} story.", "Subscribed to {feed}: {n} stories.", result.new)
        self.tell(text.format(feed=feed.title, n=number_text(result.new)))

    def action_full_text(self) -> None:
        """Fetch the article's page and show its text in place of the feed's."""
        article = self.article.opened
        if article is None:
            return
        article_id = article.id
        self.tell(_("Fetching {address} …").format(address=article.address or "…"))

        async def load() -> None:
            await self._load_full_text(article_id)

        self.start_async(load, group="full-text", exclusive=True)

    async def _load_full_text(self, article_id: int) -> None:
        try:
            await self.library.load_full_text(article_id)
        except LesartError as error:
            self.tell_error(error)
            return
        self.stories.forget([article_id])
        if self.state.selected == article_id:
            self.open_article(article_id)
        self.tell(_("The full text is here."))

    def action_remove_feed(self) -> None:
        """Ask, and end the subscription of the feed whose stories are shown."""
        feed_id = self.state.query.feed_id
        if feed_id is None:
            self.tell(_("Choose a feed on the left first."))
            return
        feed = self.library.feed(feed_id)
        entries = [
            Entry("", _("Keep"), feed.title),
            Entry(str(feed.id), _("End the subscription"), _("starred articles stay")),
        ]
        self.app.push_screen(PickScreen(_("Remove feed"), _("Keep or end?"), entries), self._removal_chosen)

    @guarded
    def _removal_chosen(self, chosen: str | None) -> None:
        if not chosen:
            return
        feed = self.library.feed(int(chosen))

        async def remove() -> None:
            await asyncio.to_thread(self.library.unsubscribe, feed.id)
            self.show_tree()
            if self.state.query.feed_id == feed.id:
                self.show_view(View.UNREAD)
            self.tell(_("No longer subscribed to {title}.").format(title=feed.title))

        self.enqueue(remove)

    def action_browser(self) -> None:
        """Open the article in the browser."""
        article = self.article.opened
        if article is not None:
            self.open_address(article.address)

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

    @guarded
    def _link_chosen(self, chosen: str | None) -> None:
        if chosen is not None:
            self.open_link(int(chosen))

    def open_link(self, number: int) -> None:
        """Open a link of the article by its number."""
        reading = self.article.reading
        if reading is not None and 0 < number <= len(reading.document.links):
            self.open_address(reading.document.links[number - 1].address)

    def open_address(self, address: str) -> None:
        """Open an address in the browser; nothing but http and https leaves the reader."""
        if not address.startswith(("http://", "https://")):
            self.tell(_("This article has no address on the web."))
            return

        async def open_it() -> None:
            if await asyncio.to_thread(browser.open_address, address):
                self.tell(_("Opened in the browser: {address}").format(address=address))
            else:
                text = _("No browser with a window has opened. {key} copies the article's address.")
                self.tell(text.format(key=self.key("copy_link")))

        self.start_async(open_it, group="browser")

    def action_copy_link(self) -> None:
        """Copy the article's address (OSC 52: the terminal decides whether it takes it)."""
        article = self.article.opened
        address = article.address if article is not None else ""
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
            folder = Path(self.config.exports).expanduser()

        async def export() -> None:
            with self.telling():
                path = await asyncio.to_thread(export_article, reading, folder)
                self.tell(_("Exported: {path}").format(path=_short(path)))

        self.start_async(export, group="export")


def _short(path: Path) -> str:
    """The path as people write it: under the home folder with a tilde."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
