"""The main screen's ground floor: the one state, its panes, and how a new state is pushed to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from reader.config import Config
from reader.errors import N_, LesartError
from reader.i18n import _, describe, number_text
from reader.library import Library
from reader.library.lookback import Lookback
from reader.library.searching import may_hold_more
from reader.model.article import ArticleRow
from reader.model.query import ArticleQuery, View
from reader.tui import state as reducers
from reader.tui.actions import ACTIONS, BY_ID, Scope
from reader.tui.keymap import Keys, display
from reader.tui.pending import Pending
from reader.tui.render.summary import BROWSER, FULL_TEXT
from reader.tui.render.tree import TreeRow, tree_rows, view_word
from reader.tui.state import Layout, Pane, ViewState
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.feed_tree import FeedTree
from reader.tui.widgets.key_bar import KeyBar
from reader.tui.widgets.summary_panel import SummaryPanel

_LEFT = (0.26, 30, 46)
_RIGHT = (0.29, 31, 50)
_TALL = 36
_HERE = {
    Pane.FEEDS: {"open": N_("stories"), "fold": N_("fold")},
    Pane.LIST: {"open": N_("read")},
    Pane.ARTICLE: {"back": N_("list")},
    Pane.SUMMARY: {"open": N_("to the passage"), "back": N_("article")},
}
"""What the key bar says first in each pane."""
P = ParamSpec("P")
AnyScreen = TypeVar("AnyScreen", bound="ReaderScreen")
_PANE_IDS = {Pane.FEEDS: "feeds", Pane.LIST: "stories", Pane.ARTICLE: "article", Pane.SUMMARY: "summary"}


def guarded(
    handler: Callable[Concatenate[AnyScreen, P], None],
) -> Callable[Concatenate[AnyScreen, P], None]:
    """A handler or callback of the screen that tells a ``LesartError`` instead of ending the program with it. Actions
    need no guard of their own, the application has one around all of them."""

    @wraps(handler)
    def telling(self: AnyScreen, /, *args: P.args, **kwargs: P.kwargs) -> None:
        with self.telling():
            handler(self, *args, **kwargs)

    return telling


class ReaderScreen(Screen[None], inherit_bindings=False):
    """Holds the state; the panes hold nothing but cursor and scroll position."""

    AUTO_FOCUS = ""

    def __init__(self, library: Library, config: Config, keys: Keys) -> None:
        super().__init__()
        self.library = library
        self.config = config
        self.keys = keys
        self.lookback = Lookback(library.paths, config.view)
        view = self.lookback.view
        self.state = ViewState(
            query=ArticleQuery(view=View.UNREAD),
            title=view_word(View.UNREAD),
            sidebar=view.sidebar,
            highlights=view.highlights,
            points=view.first_point,
            together=view.together,
        )
        self.unread: set[int] = set()
        self.pending = Pending()
        self.feed_tree = FeedTree(id="feeds")
        self.stories = ArticleList(self.rows_of, library.clock, id="stories", points=self.state.points)
        self.article = ArticleView(config.view.text_width, library.clock, id="article")
        self.summary = SummaryPanel(
            {FULL_TEXT: self.key("full_text"), BROWSER: self.key("browser")}, library.clock, id="summary"
        )
        self.key_bar = KeyBar(id="keys")
        self.search_field = Input(id="search", placeholder=_("Search words"), select_on_focus=False)
        self.search_field.border_title = Text(_("Search"))

    def compose(self) -> ComposeResult:
        """Feeds above stories; article; sidebar; the key bar below."""
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield self.feed_tree
                yield self.search_field
                yield self.stories
            yield self.article
            yield self.summary
        yield self.key_bar

    # ------------------------------------------------------------------ state to screen

    def push(self, after: ViewState) -> None:
        """Take over the next state and bring the panes in line with it."""
        before, self.state = self.state, after
        self.lookback.switched(
            sidebar=after.sidebar, highlights=after.highlights, first_point=after.points, together=after.together
        )
        if before.width != after.width or before.visible_panes != after.visible_panes or before.pane != after.pane:
            self._arrange()
        if before.highlights != after.highlights:
            self.article.show(self.article.reading, highlights=after.highlights, keep=True)
        if before.points != after.points:
            self.stories.show_points(after.points)
        if before.folded != after.folded:
            self.show_tree()
        if before.searching != after.searching:
            self.search_field.set_class(after.searching, "-open")
        self._focus()
        self.decorate()

    def _arrange(self) -> None:
        state = self.state
        width = state.width
        left, right = self.query_one("#left"), self.summary
        left.display, self.article.display, right.display = state.shows_left, state.shows_article, state.shows_summary
        if state.layout is Layout.ONE:
            left.styles.width = "1fr"
            right.styles.width = "1fr"
        else:
            left.styles.width = _share(width, _LEFT)
            right.styles.width = _share(width, _RIGHT)
        self.feed_tree.styles.height = self._tree_height()

    def _tree_height(self) -> int:
        height = self.size.height or self.app.size.height
        share = 0.4 if height >= _TALL else 0.32
        return max(6, min(len(self.feed_tree.rows) + 2, round(height * share)))

    def _focus(self) -> None:
        if not self.is_current:
            return
        if self.state.searching:
            wanted: Input | FeedTree | ArticleList | ArticleView | SummaryPanel = self.search_field
        else:
            wanted = self.pane_widget(self.state.pane)
        if self.focused is not wanted and wanted.display:
            self.set_focus(wanted, scroll_visible=False)

    def pane_widget(self, pane: Pane) -> FeedTree | ArticleList | ArticleView | SummaryPanel:
        """The widget of a pane."""
        match pane:
            case Pane.FEEDS:
                return self.feed_tree
            case Pane.LIST:
                return self.stories
            case Pane.ARTICLE:
                return self.article
            case Pane.SUMMARY:
                return self.summary

    def pane_of(self, widget_id: str | None) -> Pane | None:
        """The pane whose widget has this id."""
        return next((pane for pane, name in _PANE_IDS.items() if name == widget_id), None)

    def decorate(self) -> None:
        """Titles, positions and the key bar."""
        state, ids = self.state, self.stories.ids
        # A list that is cut says so: there are more than can be scrolled to.
        more = "+" if may_hold_more(state.query, len(ids)) else ""
        place = f"{number_text(self.stories.cursor + 1)}/{number_text(len(ids))}{more}" if ids else ""
        self.feed_tree.set_titles(_("Sources"))
        self.stories.set_titles(state.title or _("Stories"))
        self.summary.set_titles(_("At a glance"))
        if state.passage is None:
            has_text = self.article.reading is not None
            self.article.set_titles(_("Article"), f"{self.article.percent} %" if has_text else "")
        # The place in the list stands here and not in the list's frame: a new frame title paints its whole pane.
        self.key_bar.show(self.hints(), state.message, state.refreshing or place)

    def hints(self) -> tuple[tuple[str, str, str], ...]:
        """Keys, words and ids for the key bar, those of the pane with the focus first."""
        if self.state.searching:
            return ((display("enter"), _("keep results"), ""), (display("escape"), _("back"), ""))
        words = {action.id: action.footer for action in ACTIONS if action.footer}
        here = {**_HERE[self.state.pane], **words}
        if self.state.passage is not None:
            here = {"back": N_("back"), "why": N_("why?"), "next_passage": N_("next source")} | here
        here["help"] = here.pop("help")
        return tuple((display(self.keys[i][0], short=True), _(word), i) for i, word in here.items() if self.keys[i])

    def key(self, action: str) -> str:
        """The first key of an action as it is told to people; the command palette's where it has none."""
        keys = self.keys[action] or self.keys["palette"]
        return display(keys[0]) if keys else _("Commands")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """An action works everywhere or in the pane of its scope."""
        declared = BY_ID.get(action)
        if declared is not None and declared.scope is Scope.LISTS:
            return self.state.pane in (Pane.FEEDS, Pane.LIST)
        return declared is None or declared.scope in (Scope.ANYWHERE, self.state.pane.value)

    # ------------------------------------------------------------------ store to screen

    def show_tree(self) -> None:
        """Read feeds and counts again."""
        before = len(self.feed_tree.rows)
        self.feed_tree.show_rows(tree_rows(self.library.feeds(), self.library.counts(), self.state.folded))
        if len(self.feed_tree.rows) != before:
            self.feed_tree.styles.height = self._tree_height()

    def rows_of(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The rows with these ids; none where the store gives none, which is told."""
        try:
            return self.pending.rows(self.library.rows(ids))
        except LesartError as error:
            self.tell_error(error)
            return []

    def query_of(self, row: TreeRow) -> ArticleQuery:
        """The query that a row of the tree stands for."""
        # When today begins is left open: the library decides it at every read, also after midnight.
        return ArticleQuery(view=row.view, feed_id=row.feed_id, folder=row.folder)

    # ------------------------------------------------------------------ telling

    def tell(self, message: str) -> None:
        """Say something in the last line."""
        self.push(reducers.told(self.state, message))

    def tell_error(self, error: LesartError) -> None:
        """Say what happened and to what in the last line; reason and what to do beside it for a while."""
        title, detail, hint = describe(error)
        lines = [part for part in (detail, hint) if part]
        self.push(reducers.told(self.state, title))
        if lines:
            self.app.notify("\n".join(lines), title=title, severity="error", timeout=10, markup=False)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell the error that leaves the block; the store may fail, and anything may have gone, at every read."""
        try:
            yield
        except LesartError as error:
            self.tell_error(error)

    def change(self, reducer: Callable[[ViewState], ViewState]) -> None:
        """Push the state that a reducer makes of the present one."""
        self.push(reducer(self.state))

    def forget_search(self) -> None:
        """Empty the search field without a search."""
        with self.prevent(Input.Changed):
            self.search_field.value = ""
        self.state = replace(self.state, before_search=None)


def _share(width: int, bounds: tuple[float, int, int]) -> int:
    share, least, most = bounds
    return max(least, min(most, round(width * share)))
