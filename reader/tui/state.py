"""What the screen is about, as one frozen value; every change is a pure function from state to state.

Knows nothing of textual and nothing of the store. The main screen holds the one state, computes the next one here,
and pushes the differences to its panes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from reader.model.query import ArticleQuery, View

THREE_FROM = 110
TWO_FROM = 75
UNDO_DEPTH = 50


class Layout(IntEnum):
    """How many panes stand side by side."""

    ONE = 1
    TWO = 2
    THREE = 3


class Pane(StrEnum):
    """Where the keys go."""

    FEEDS = "feeds"
    LIST = "list"
    ARTICLE = "article"
    SUMMARY = "summary"


_ORDER = (Pane.FEEDS, Pane.LIST, Pane.ARTICLE, Pane.SUMMARY)


@dataclass(frozen=True, slots=True)
class Marking:
    """A change of marks that can be taken back: what was set on which articles."""

    kind: str
    ids: tuple[int, ...]
    value: bool
    serial: int = 0
    """Tells one marking from another like it, until its write is done."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the reader stands: an attribution, or what was chosen in the sidebar; ``turn`` counts the passages of one
    choice."""

    attribution: int | None = None
    choice: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewState:
    """Everything the main screen shows, except what the store knows."""

    width: int = 80
    pane: Pane = Pane.LIST
    query: ArticleQuery = field(default_factory=ArticleQuery)
    title: str = ""
    before_search: tuple[ArticleQuery, str] | None = None
    searching: bool = False
    selected: int | None = None
    sidebar: bool = True
    """Wished beside the article where three panes fit."""
    drawer: bool = False
    """Pulled out where two panes fit."""
    highlights: bool = True
    points: bool = False
    """Whether every story of the list shows its first key point."""
    together: bool = True
    """Whether articles that tell the same story stand in one row."""
    folded: frozenset[str] = frozenset()
    passage: Passage | None = None
    return_to: int | None = None
    """The scroll position to which "back" leads after a jump."""
    return_pane: Pane | None = None
    undo: tuple[Marking, ...] = ()
    message: str = ""
    refreshing: str = ""

    @property
    def layout(self) -> Layout:
        """Three panes from 110 columns, two from 75, one below."""
        if self.width >= THREE_FROM:
            return Layout.THREE
        return Layout.TWO if self.width >= TWO_FROM else Layout.ONE

    @property
    def shows_left(self) -> bool:
        """Whether feeds and stories are visible."""
        if self.layout is Layout.ONE:
            return self.pane in (Pane.FEEDS, Pane.LIST)
        return self.layout is Layout.THREE or not self.drawer

    @property
    def shows_article(self) -> bool:
        """Whether the article is visible."""
        return self.layout is not Layout.ONE or self.pane is Pane.ARTICLE

    @property
    def shows_summary(self) -> bool:
        """Whether the sidebar is visible."""
        if self.layout is Layout.THREE:
            return self.sidebar
        return self.drawer if self.layout is Layout.TWO else self.pane is Pane.SUMMARY

    @property
    def visible_panes(self) -> tuple[Pane, ...]:
        """The panes Tab goes round; with one pane, all of them."""
        if self.layout is Layout.ONE:
            return _ORDER
        shown = {
            Pane.FEEDS: self.shows_left,
            Pane.LIST: self.shows_left,
            Pane.ARTICLE: True,
            Pane.SUMMARY: self.shows_summary,
        }
        return tuple(pane for pane in _ORDER if shown[pane])

    @property
    def marks_on_selection(self) -> bool:
        """Whether choosing a story shows it, so that it counts as read."""
        return self.shows_article


def _settled(state: ViewState) -> ViewState:
    """Keep the focus on a pane that can be seen."""
    if state.pane in state.visible_panes:
        return state
    return replace(state, pane=Pane.ARTICLE)


def resized(state: ViewState, width: int) -> ViewState:
    """The terminal has another width; a drawer does not outlive its layout."""
    after = replace(state, width=width)
    if after.layout is not state.layout:
        after = replace(after, drawer=False)
    return _settled(after)


def focused(state: ViewState, pane: Pane) -> ViewState:
    """The keys go to another pane."""
    return _settled(replace(state, pane=pane, message=""))


def pane_stepped(state: ViewState, step: int) -> ViewState:
    """Tab or Shift+Tab."""
    panes = state.visible_panes
    at = panes.index(state.pane) if state.pane in panes else 0
    return focused(state, panes[(at + step) % len(panes)])


def selected(state: ViewState, article_id: int | None) -> ViewState:
    """Another article is chosen; what belonged to the old one is forgotten."""
    if article_id == state.selected:
        return state
    return replace(state, selected=article_id, passage=None, return_to=None, return_pane=None)


def query_chosen(state: ViewState, query: ArticleQuery, title: str) -> ViewState:
    """Another view, folder or feed; its first story will be selected when its ids are there."""
    return replace(state, query=query, title=title, before_search=None, searching=False, message="")


def search_opened(state: ViewState) -> ViewState:
    """The search field is open; the view from before is remembered."""
    before = state.before_search or (state.query, state.title)
    return replace(state, searching=True, before_search=before, pane=Pane.LIST, message="")


def search_changed(state: ViewState, text: str, title: str) -> ViewState:
    """The words in the field changed; an empty field shows the view from before."""
    if state.before_search is None:
        return state
    query, before = state.before_search
    if not text.strip():
        return replace(state, query=query, title=before)
    return replace(state, query=ArticleQuery(view=View.ALL, search=text.strip()), title=title)


def search_closed(state: ViewState, *, keep: bool) -> ViewState:
    """The field is left: with its results (Enter), or back to the view from before (Esc)."""
    if keep or state.before_search is None:
        found = state.query.search != ""
        query = replace(state.query, entered=found)
        return replace(state, query=query, searching=False, before_search=state.before_search if found else None)
    query, title = state.before_search
    return replace(state, searching=False, before_search=None, query=query, title=title)


def jumped(state: ViewState, passage: Passage, scroll: int) -> ViewState:
    """The article goes to a passage; the first jump remembers where the reader was."""
    first = state.return_to is None
    after = replace(
        state,
        passage=passage,
        return_to=scroll if first else state.return_to,
        return_pane=state.pane if first else state.return_pane,
        message="",
    )
    if passage.choice and after.layout is not Layout.THREE:
        after = replace(after, pane=Pane.ARTICLE)
    return _settled(after)


def walked(state: ViewState, passage: Passage) -> ViewState:
    """The reader stands in an attribution; walking leaves nothing to go back to."""
    pane = state.pane if state.shows_article else Pane.ARTICLE
    return _settled(replace(state, passage=passage, pane=pane, message=""))


def returned(state: ViewState) -> ViewState:
    """Back to where the reader was before the jumps."""
    pane = state.return_pane or state.pane
    return _settled(replace(state, passage=None, return_to=None, return_pane=None, pane=pane, message=""))


def backed(state: ViewState) -> ViewState:
    """One step back where no jump is pending: sidebar to article, article to list, list to feeds."""
    if state.pane is Pane.SUMMARY:
        return _settled(replace(state, pane=Pane.ARTICLE, drawer=False, message=""))
    if state.drawer:
        return replace(state, drawer=False, pane=Pane.LIST, message="")
    step = {Pane.ARTICLE: Pane.LIST, Pane.LIST: Pane.FEEDS, Pane.FEEDS: Pane.FEEDS}
    return focused(state, step[state.pane])


def sidebar_toggled(state: ViewState) -> ViewState:
    """Show or hide the sidebar: beside the article, as a drawer, or as the one pane."""
    match state.layout:
        case Layout.THREE:
            return _settled(replace(state, sidebar=not state.sidebar, message=""))
        case Layout.TWO:
            drawer = not state.drawer
            return _settled(replace(state, drawer=drawer, pane=Pane.SUMMARY if drawer else Pane.ARTICLE, message=""))
        case _:
            return replace(state, pane=Pane.ARTICLE if state.pane is Pane.SUMMARY else Pane.SUMMARY, message="")


def highlights_toggled(state: ViewState) -> ViewState:
    """Show the text with or without marks."""
    return replace(state, highlights=not state.highlights, message="")


def points_toggled(state: ViewState) -> ViewState:
    """Show the stories with or without their first key points."""
    return replace(state, points=not state.points, message="")


def together_toggled(state: ViewState) -> ViewState:
    """Show a story in one row, or each of its articles."""
    return replace(state, together=not state.together, message="")


def folder_toggled(state: ViewState, folder: str) -> ViewState:
    """Fold or unfold a folder."""
    return replace(state, folded=state.folded ^ {folder})


def marked(state: ViewState, marking: Marking, message: str, *, sure: bool = True) -> ViewState:
    """A marking that can be taken back was made; unless ``sure``, its write will tell what it changed."""
    if sure and not marking.ids:
        return replace(state, message=message)
    return replace(state, undo=(*state.undo, marking)[-UNDO_DEPTH:], message=message)


def settled(state: ViewState, serial: int, ids: tuple[int, ...]) -> ViewState:
    """A marking was written and has changed these articles; one that has changed nothing cannot be taken back."""
    if all(marking.serial != serial or marking.ids == ids != () for marking in state.undo):
        return state
    kept = [m if m.serial != serial else replace(m, ids=ids) for m in state.undo if m.serial != serial or ids]
    return replace(state, undo=tuple(kept))


def undone(state: ViewState) -> tuple[ViewState, Marking | None]:
    """Take the last marking off the stack."""
    if not state.undo:
        return state, None
    return replace(state, undo=state.undo[:-1]), state.undo[-1]


def told(state: ViewState, message: str) -> ViewState:
    """A message for the status line."""
    return replace(state, message=message)


def refreshing(state: ViewState, progress: str) -> ViewState:
    """How far the refresh is, empty when none runs."""
    return replace(state, refreshing=progress)
