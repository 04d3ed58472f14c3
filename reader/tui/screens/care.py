"""The floor of care: how the feeds are doing, and what is set for one of them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from reader.errors import LesartError
from reader.i18n import _, ngettext, number_text
from reader.model.article import Feed
from reader.model.settings import FullText
from reader.tui.choices import health_entries, health_title, setting_entries
from reader.tui.screens.ask import AskScreen
from reader.tui.screens.base import guarded
from reader.tui.screens.errands import ErrandScreen
from reader.tui.screens.pick import PickScreen


class CareScreen(ErrandScreen, inherit_bindings=False):
    """Looks after the feeds."""

    def action_health(self) -> None:
        """Show how the feeds are doing; the chosen one is shown."""

        async def look() -> None:
            with self.telling():
                found = await asyncio.to_thread(self.library.health)
                if not found:
                    self.tell(self._without_servers())
                    return
                entries = health_entries(found, self.library.clock())
                title = _("Feed health") + f" · {health_title(found)}"
                self.app.push_screen(PickScreen(title, _("Which feed?"), entries), self._health_chosen)

        self.start_async(look, group="health", exclusive=True)

    def _without_servers(self) -> str:
        key, count = self.key("add_feed"), len(self.library.feeds())
        if not count:
            return _("No feeds yet. {key} subscribes to one.").format(key=key)
        words = ngettext(
            "{n} demo feed: bundled, never fetched. {key} adds one of yours.",
            "{n} demo feeds: bundled, never fetched. {key} adds one of yours.",
            count,
        )
        return words.format(n=number_text(count), key=key)

    @guarded
    def _health_chosen(self, chosen: str | None) -> None:
        if chosen is not None:
            self.show_feed(self.library.feed(int(chosen)))

    def action_feed_settings(self) -> None:
        """Ask what shall be changed for the feed whose stories are shown, or whose article is open."""
        feed_id = self.state.query.feed_id
        if feed_id is None and self.article.opened is not None:
            feed_id = self.article.opened.feed_id
        if feed_id is None:
            self.tell(_("Choose a feed on the left first."))
            return
        feed = self.library.feed(feed_id)
        title = _("Feed settings") + f" · {feed.title}"
        chosen = partial(self._setting_chosen, feed)
        self.app.push_screen(PickScreen(title, _("What shall be changed?"), setting_entries(feed)), chosen)

    @guarded
    def _setting_chosen(self, feed: Feed, chosen: str | None) -> None:
        match (chosen or "").split():
            case ["title"]:
                self.app.push_screen(AskScreen(_("Title"), feed.title), partial(self._titled, feed))
            case ["folder"]:
                self.app.push_screen(AskScreen(_("Folder"), feed.folder, _("none")), partial(self._filed, feed))
            case ["full", way]:
                self._change(feed, full_text=FullText(way))

    @guarded
    def _titled(self, feed: Feed, title: str | None) -> None:
        if title is not None and title != feed.title:
            self._change(feed, title=title)

    @guarded
    def _filed(self, feed: Feed, folder: str | None) -> None:
        if folder is not None:
            self._change(feed, folder=folder)

    def _change(self, feed: Feed, **settings: Any) -> None:
        async def change() -> None:
            try:
                changed = await asyncio.to_thread(self.library.settings.change, feed.id, **settings)
            except LesartError as error:
                self.tell_error(error)
                return
            self.show_tree()
            self.stories.forget_all()
            self.tell(_("Kept for {feed}.").format(feed=changed.title))

        self.enqueue(change)
