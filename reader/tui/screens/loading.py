"""The floor of loads: everything that takes longer than a read of a millisecond runs in a worker here, and comes back
as a message or a check whether it is still wanted."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime

from textual import on
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from reader.config import Config
from reader.errors import LesartError
from reader.i18n import _, describe, ngettext, number_text
from reader.library import Library, Progress, RefreshReport
from reader.library.report import ANALYSING, PAGES
from reader.model.analysis import Reading
from reader.model.article import Feed
from reader.model.query import ArticleQuery, View
from reader.tui import state as reducers
from reader.tui.keymap import Keys
from reader.tui.messages import IdsLoaded
from reader.tui.place import kept_place
from reader.tui.render.tree import TreeRow
from reader.tui.screens.base import ReaderScreen, guarded
from reader.tui.state import Marking

_PREFETCHED = 3
_SEARCH_DELAY = 0.12
_PROGRESS_DELAY = 0.25
"""The progress of a refresh is painted once in this time: a key must not wait for hundreds of such lines."""
_COUNTS_DELAY = 1.0
"""Counts are read again once in this time while a refresh goes on: each reading takes all feeds, and there may be
hundreds.
"""
_ONE_AT_A_TIME = ("refresh", "demo")
"""Groups of workers whose progress stands in the key bar while they run."""


class LoadingScreen(ReaderScreen, inherit_bindings=False):
    """Loads ids, readings and analyses, and refreshes feeds."""

    _search_timer: Timer | None = None
    _counts_timer: Timer | None = None
    _progress_timer: Timer | None = None
    _progress_words = ""
    _version = 0
    """The store's, as it was when this program last looked."""
    _unmade: int | None = None
    """The open article whose text could not be made."""
    listed: ArticleQuery | None = None
    """What the list shows; the state's query is ahead of it while ids are read."""

    def __init__(self, library: Library, config: Config, keys: Keys) -> None:
        super().__init__(library, config, keys)
        self.landed: list[Marking] = []
        """Read marks that were written since the last load of ids began, which may not have seen them."""

    def start_async(
        self, work: Callable[[], Coroutine[None, None, None]], *, group: str, exclusive: bool = False
    ) -> Worker[None]:
        """Run work in the event loop. It comes as a function, because a coroutine that is replaced before it starts
        would never be awaited."""
        return self.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)

    # ------------------------------------------------------------------ a view

    def show_row(self, row: TreeRow) -> None:
        """Show what a row of the tree stands for."""
        query = self.query_of(row)
        self.forget_search()
        self.change(lambda state: reducers.query_chosen(state, query, row.label))
        self._tell_failure(row)
        self.load_ids()

    def show_view(self, view: View) -> None:
        """Show a smart view."""
        row = next((row for row in self.feed_tree.rows if row.view is view), None)
        if row is not None:
            self.feed_tree.select(row)
            self.show_row(row)

    def show_feed(self, feed: Feed) -> None:
        """Show the stories of a feed."""
        row = next((row for row in self.feed_tree.rows if row.feed_id == feed.id), None)
        if row is not None:
            self.feed_tree.select(row)
            self.show_row(row)

    @guarded
    def _tell_failure(self, row: TreeRow) -> None:
        if row.failed and row.feed_id is not None:
            feed = self.library.feed(row.feed_id)
            self.tell(f"{feed.title}: {feed.error}")

    def load_ids(self, *, merge: bool = False) -> None:
        """Read the ids of the present query in a thread; ``merge`` keeps the list and adds what is new."""
        query = self.state.query
        self.landed.clear()

        wanted = replace(query, together=self.state.together)
        chosen = self.state.selected

        def read() -> None:
            ids = self.library.ids(wanted)
            unread = set(self.library.ids(ArticleQuery(view=View.UNREAD)))
            hidden = wanted.together and chosen is not None and chosen not in ids
            story = self.library.stories.view(chosen, compare=False) if hidden and chosen is not None else None
            told = frozenset(telling.id for telling in story.rows) if story is not None else frozenset()
            self.post_message(IdsLoaded(query, ids, unread, merge, told))

        self.run_worker(read, thread=True, exclusive=True, group="ids", exit_on_error=False)

    @on(IdsLoaded)
    @guarded
    def _ids_loaded(self, message: IdsLoaded) -> None:
        if message.query != self.state.query:
            return
        for marking in self.landed:
            (message.unread.difference_update if marking.value else message.unread.update)(marking.ids)
        newest = max(max(self.unread, default=0), max(self.stories.ids, default=0))
        self.unread = self.pending.unread(message.unread)
        # A search that is entered shows more of the same.
        again = replace(message.query, entered=False) == (self.listed and replace(self.listed, entered=False))
        self.listed = message.query
        if message.merge and len(self.stories.ids):
            self._merge(message.ids, newest)
            return
        chosen, ids, cursor = self.state.selected, message.ids, 0
        if again and chosen is not None:
            stays = message.query.view is View.UNREAD and chosen not in self.unread
            ids, cursor = kept_place(chosen, self.stories.ids, ids, message.story, stays=stays)
        self.stories.show_ids(
            ids,
            cursor=cursor,
            outlet=message.query.view is not View.FEED,
            together=self.state.together and not message.query.search,
            empty=self._empty_text(message.query),
        )
        self.open_article(self.stories.current)

    def _merge(self, ids: array[int], newest: int) -> None:
        # Articles that come out from behind a row, because its own was read, are no new ones.
        fresh = array("q", [i for i in ids if i > newest])
        self.stories.prepend(fresh)
        self.stories.forget_all()
        if fresh:
            words = ngettext("{n} new story above.", "{n} new stories above.", len(fresh))
            self.push(reducers.told(self.state, words.format(n=number_text(len(fresh)))))
        self.decorate()

    def _empty_text(self, query: ArticleQuery) -> str:
        if query.search:
            return _("No story holds these words.")
        return {
            View.TODAY: _("Nothing from today yet. {key} fetches all feeds.").format(key=self.key("refresh_all")),
            View.UNREAD: _("Everything is read."),
            View.STARRED: _("Nothing starred yet. {key} keeps an article.").format(key=self.key("toggle_star")),
        }.get(query.view, _("No stories yet. {key} fetches this feed.").format(key=self.key("refresh_feed")))

    # ------------------------------------------------------------------ an article

    def open_article(self, article_id: int | None) -> None:
        """Show an article: its text at once, or as soon as it is made, the analysis when it is there."""
        self.push(reducers.selected(self.state, article_id))
        if article_id is None:
            self.article.show(None, highlights=self.state.highlights)
            self.summary.show(None)
            self.decorate()
            return
        self._unmade = None
        try:
            pending = self.library.is_pending(article_id)
            if pending:
                self._show_unmade(article_id, _("The text is being read …"), pending=True)
            else:
                self._show_reading(self.library.reading(article_id))
        except LesartError as error:
            self._show_reading(None)
            self.tell_error(error)
            return

        async def analyse() -> None:
            if not pending or await self._make(article_id):
                await self._analyse(article_id)

        self.start_async(analyse, group="analysis", exclusive=True)

    def open_again(self) -> bool:
        """Try once more to have the text of the open article made; whether that has failed before."""
        failed = self._unmade is not None and self._unmade == self.state.selected
        if failed:
            self.open_article(self._unmade)
        return failed

    async def _make(self, article_id: int) -> bool:
        """Show the article as soon as its text is made; whether it is."""
        try:
            reading = await self.library.opened(article_id)
        except LesartError as error:
            if self.state.selected == article_id:
                self._unmade = article_id
                self._tell_unmade(article_id, error)
            return False
        if self.state.selected == article_id:
            self._show_reading(reading)
        return True

    @guarded
    def _tell_unmade(self, article_id: int, error: LesartError) -> None:
        ways = _("{key} tries again.").format(key=self.key("open"))
        self._show_unmade(article_id, _("The text could not be read."), ways)
        self.tell_error(error)

    def _show_unmade(self, article_id: int, *note: str, pending: bool = False) -> None:
        self.article.show_unmade(self.library.article(article_id), *note)
        self.summary.show(None, unmade=True, pending=pending)
        self.decorate()

    def _show_reading(self, reading: Reading | None) -> None:
        self.article.show(reading, highlights=self.state.highlights)
        self.summary.show(reading, pending=reading is not None and reading.analysis is None)
        self.decorate()

    async def _analyse(self, article_id: int) -> None:
        shown = self.article.reading
        try:
            reading = await self.library.analysed(article_id)
        except LesartError as error:
            self.summary.show(shown, pending=False)
            self.tell_error(error)
            return
        if self.state.selected == article_id and shown is not None and reading.analysis != shown.analysis:
            self.article.show(reading, highlights=self.state.highlights, keep=True)
            self.summary.show(reading, keep=True)
            self.stories.forget([article_id])
            self.decorate()
        await self.show_story(article_id)
        await self.library.prefetch(self.stories.neighbours(_PREFETCHED))

    async def show_story(self, article_id: int) -> None:
        """Show in the sidebar who else tells the story of the open article."""
        with self.telling():
            story = await asyncio.to_thread(self.library.stories.view, article_id)
            if self.state.selected == article_id:
                self.summary.show_story(story)

    # ------------------------------------------------------------------ other programs

    @guarded
    def look(self) -> None:
        """Show what another program has written to the store meanwhile: counts, marks, new stories. Where nobody has
        written, nothing is done."""
        if self.state.refreshing or self.state.searching or self.listed != self.state.query:
            return  # these read the store themselves; the next look sees what they have not
        before, self._version = self._version, self.library.version()
        if before == self._version:
            return
        rows = self.feed_tree.rows
        self.show_tree()
        self.stories.forget_all()
        # Marks of this program have been counted already: what differs now has come from elsewhere.
        if self.feed_tree.rows != rows:
            gone = {row.feed_id for row in rows} - {row.feed_id for row in self.feed_tree.rows}
            self.load_ids(merge=not gone)

    # ------------------------------------------------------------------ search

    def search_soon(self) -> None:
        """Search when the typing pauses."""
        if self._search_timer is not None:
            self._search_timer.stop()
        self._search_timer = self.set_timer(_SEARCH_DELAY, self.load_ids)

    # ------------------------------------------------------------------ refresh and demo

    def refresh_feeds(self, feed_ids: Sequence[int] | None) -> None:
        """Fetch some feeds or all; one refresh at a time."""
        if self.state.refreshing:
            self.tell(_("A refresh is under way already."))
            return
        self.push(reducers.refreshing(self.state, _("fetching …")))

        async def refresh() -> None:
            await self._refresh(feed_ids)

        self.start_async(refresh, group="refresh")

    @guarded
    def refresh_due(self) -> None:
        """Fetch the feeds whose next try has come, without being asked; nothing is said when they bring nothing."""
        if self.state.refreshing or not any(_is_due(feed, self.library.clock()) for feed in self.library.feeds()):
            return
        self.push(reducers.refreshing(self.state, _("fetching …")))

        async def refresh() -> None:
            await self._refresh(None, due=True)

        self.start_async(refresh, group="refresh")

    async def _refresh(self, feed_ids: Sequence[int] | None, *, due: bool = False) -> None:
        try:
            report = await self.library.refresh_in_background(feed_ids, on_progress=self._progress, due=due)
        except LesartError as error:
            self.push(reducers.refreshing(self.state, ""))
            self.tell_error(error)
            return
        after = reducers.refreshing(self.state, "")
        self.push(after if due and not report.new else reducers.told(after, report_text(report)))
        self._show_counts()
        self.load_ids(merge=True)

    @guarded
    def _progress(self, progress: Progress) -> None:
        phases = {ANALYSING: _("analysing {done}/{total}"), PAGES: _("full texts {done}/{total}")}
        words = phases.get(progress.phase, _("fetching {done}/{total}"))
        self._progress_words = words.format(done=number_text(progress.done), total=number_text(progress.total))
        if self._progress_timer is None:
            self._show_progress()
        if (progress.new or progress.error) and self._counts_timer is None:
            self._counts_timer = self.set_timer(_COUNTS_DELAY, self._show_counts)

    @guarded
    def _show_progress(self) -> None:
        self._progress_timer = None
        if self.state.refreshing not in ("", self._progress_words):
            self.push(reducers.refreshing(self.state, self._progress_words))
            self._progress_timer = self.set_timer(_PROGRESS_DELAY, self._show_progress)

    @guarded
    def _show_counts(self) -> None:
        if self._counts_timer is not None:
            self._counts_timer.stop()
            self._counts_timer = None
        self.show_tree()

    def load_demo(self) -> None:
        """Bring the demo edition in and say so."""
        self.push(reducers.refreshing(self.state, _("loading the demo edition …")))
        self.run_worker(self.library.load_demo, thread=True, group="demo", exit_on_error=False, name="demo")

    def tell_demo(self) -> None:
        """Say that what is to be read is the demo edition, and how to go on from there."""
        self.tell(_("Lesart's demo edition. {key} subscribes to a feed of your own.").format(key=self.key("add_feed")))

    @guarded
    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker ended: the demo is there, or something went wrong."""
        worker = event.worker
        if event.state is WorkerState.ERROR:
            if worker.group in _ONE_AT_A_TIME:
                self.push(reducers.refreshing(self.state, ""))
            error = worker.error
            if isinstance(error, LesartError):
                self.tell_error(error)
            else:
                self.tell(_("This did not work: {reason}").format(reason=str(error) or type(error).__name__))
        elif event.state is WorkerState.SUCCESS and worker.name == "demo":
            self.push(reducers.refreshing(self.state, ""))
            self.show_tree()
            self.show_view(View.UNREAD)
            self.tell_demo()


def _is_due(feed: Feed, now: datetime) -> bool:
    if feed.bundled or feed.ended:
        return False
    return feed.last_attempt is None or (feed.next_try is not None and feed.next_try <= now)


def report_text(report: RefreshReport) -> str:
    """What a refresh brought, in one line."""
    news = ngettext("{n} new story.", "{n} new stories.", report.new).format(n=number_text(report.new))
    if not report.new:
        news = _("Nothing new.")
    if report.trouble is not None:
        news += " " + _("Not everything was analysed.")
    failed = report.failed
    if not failed:
        return news
    if len(failed) == 1 and failed[0].error is not None:
        return _("{news} {feed}: {reason}").format(news=news, feed=failed[0].title, reason=describe(failed[0].error)[0])
    words = ngettext("{n} feed failed.", "{n} feeds failed.", len(failed)).format(n=number_text(len(failed)))
    return f"{news} {words}"
