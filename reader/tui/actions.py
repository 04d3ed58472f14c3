"""Every action of the reader, declared once: bindings, key bar, help, palette, user keymap and the README's table
are made from these entries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.errors import N_


class Group(StrEnum):
    """The headings under which help lists the actions; values are message ids."""

    MOVE = N_("Move")
    READ = N_("Read")
    SOURCES = N_("Sources and points")
    FEEDS = N_("Feeds and articles")
    PROGRAM = N_("Program")


class Scope(StrEnum):
    """Where an action means something: everywhere, or in some panes."""

    ANYWHERE = "anywhere"
    FEEDS = "feeds"
    ARTICLE = "article"
    LISTS = "lists"
    """The feeds and the stories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """``id`` is the name in the configuration and of the screen's method; ``keys`` are textual's key names; ``label``,
    ``help`` and ``footer`` (the word in the key bar, empty for none) are message ids."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: Group
    scope: Scope = Scope.ANYWHERE
    footer: str = ""
    palette: bool = True


ACTIONS: tuple[Action, ...] = (
    Action(
        id="down",
        keys=("j", "down"),
        label=N_("Down"),
        help=N_("next story, row or line"),
        group=Group.MOVE,
        palette=False,
    ),
    Action(
        id="up",
        keys=("k", "up"),
        label=N_("Up"),
        help=N_("previous story, row or line"),
        group=Group.MOVE,
        palette=False,
    ),
    Action(
        id="open",
        keys=("enter", "l"),
        label=N_("Open"),
        help=N_("into the article, or choose the row"),
        group=Group.MOVE,
        palette=False,
    ),
    Action(
        id="back",
        keys=("h", "escape"),
        label=N_("Back"),
        help=N_("back to the list, or to where you were reading"),
        group=Group.MOVE,
        palette=False,
    ),
    Action(
        id="next_pane",
        keys=("tab",),
        label=N_("Pane"),
        help=N_("next pane"),
        group=Group.MOVE,
        footer=N_("pane"),
        palette=False,
    ),
    Action(
        id="previous_pane",
        keys=("shift+tab",),
        label=N_("Previous pane"),
        help=N_("previous pane"),
        group=Group.MOVE,
        palette=False,
    ),
    Action(
        id="page_down",
        keys=("pagedown",),
        label=N_("Page down"),
        help=N_("a page down"),
        group=Group.MOVE,
        palette=False,
    ),
    Action(
        id="page_up",
        keys=("pageup",),
        label=N_("Page up"),
        help=N_("a page up"),
        group=Group.MOVE,
        palette=False,
    ),
    Action(id="top", keys=("g", "home"), label=N_("Top"), help=N_("to the top"), group=Group.MOVE, palette=False),
    Action(
        id="bottom", keys=("G", "end"), label=N_("Bottom"), help=N_("to the bottom"), group=Group.MOVE, palette=False
    ),
    Action(
        id="read_on",
        keys=("space",),
        label=N_("Read on"),
        help=N_("page down, at the end the next unread story"),
        group=Group.READ,
        footer=N_("read on"),
        palette=False,
    ),
    Action(
        id="next_unread",
        keys=("n",),
        label=N_("Next unread"),
        help=N_("next unread story"),
        group=Group.READ,
        footer=N_("unread"),
    ),
    Action(
        id="previous_unread",
        keys=("p",),
        label=N_("Previous unread"),
        help=N_("previous unread story"),
        group=Group.READ,
    ),
    Action(id="toggle_read", keys=("m",), label=N_("Read/unread"), help=N_("mark as read or unread"), group=Group.READ),
    Action(
        id="toggle_star",
        keys=("s",),
        label=N_("Star"),
        help=N_("keep the article, or let it go"),
        group=Group.READ,
        footer=N_("star"),
    ),
    Action(
        id="mark_all_read",
        keys=("A",),
        label=N_("Mark all read"),
        help=N_("mark everything in this view as read"),
        group=Group.READ,
    ),
    Action(id="undo", keys=("u",), label=N_("Undo"), help=N_("take back the last marking"), group=Group.READ),
    Action(
        id="next_passage",
        keys=("w",),
        label=N_("Next source"),
        help=N_("next attributed passage; shows who says so"),
        group=Group.SOURCES,
        footer=N_("source"),
    ),
    Action(
        id="previous_passage",
        keys=("W",),
        label=N_("Previous source"),
        help=N_("previous attributed passage"),
        group=Group.SOURCES,
    ),
    Action(
        id="why",
        keys=("x",),
        label=N_("Why marked?"),
        help=N_("the rule behind the passage, with an example"),
        group=Group.SOURCES,
    ),
    Action(
        id="toggle_highlights",
        keys=("v",),
        label=N_("Marks"),
        help=N_("show the text with or without marks"),
        group=Group.SOURCES,
    ),
    Action(
        id="toggle_sidebar",
        keys=("b",),
        label=N_("At a glance"),
        help=N_("show or hide key points and sources"),
        group=Group.SOURCES,
        footer=N_("at a glance"),
    ),
    Action(
        id="toggle_points",
        keys=("P",),
        label=N_("First points"),
        help=N_("show the first key point of each story in the list"),
        group=Group.SOURCES,
    ),
    Action(
        id="toggle_together",
        keys=("T",),
        label=N_("Same stories"),
        help=N_("show a story in one row, or each of its articles"),
        group=Group.SOURCES,
    ),
    Action(
        id="tell_apart",
        keys=("X",),
        label=N_("Not the same story"),
        help=N_("take the article out of its story"),
        group=Group.SOURCES,
    ),
    Action(
        id="search",
        keys=("slash",),
        label=N_("Search"),
        help=N_("search all stories"),
        group=Group.FEEDS,
        footer=N_("search"),
    ),
    Action(
        id="refresh_feed",
        keys=("r",),
        label=N_("Refresh feed"),
        help=N_("fetch this feed or folder"),
        group=Group.FEEDS,
    ),
    Action(id="refresh_all", keys=("R",), label=N_("Refresh all"), help=N_("fetch all feeds"), group=Group.FEEDS),
    Action(id="add_feed", keys=("a",), label=N_("Add feed"), help=N_("subscribe to an address"), group=Group.FEEDS),
    Action(
        id="full_text",
        keys=("f",),
        label=N_("Load full text"),
        help=N_("fetch the article's page in place of the teaser"),
        group=Group.FEEDS,
    ),
    Action(
        id="remove_feed",
        keys=("D",),
        label=N_("Remove feed"),
        help=N_("end this feed's subscription"),
        group=Group.FEEDS,
    ),
    Action(
        id="feed_settings",
        keys=("E",),
        label=N_("Feed settings"),
        help=N_("title, folder and full text of this feed"),
        group=Group.FEEDS,
    ),
    Action(
        id="health",
        keys=("H",),
        label=N_("Feed health"),
        help=N_("how the feeds are doing, and what to do"),
        group=Group.FEEDS,
    ),
    Action(
        id="fold",
        keys=("z", "left", "right"),
        label=N_("Fold"),
        help=N_("fold or unfold the folder, or the articles of a story"),
        group=Group.FEEDS,
        scope=Scope.LISTS,
        palette=False,
    ),
    Action(
        id="browser", keys=("o",), label=N_("Browser"), help=N_("open the article in the browser"), group=Group.FEEDS
    ),
    Action(id="links", keys=("L",), label=N_("Links"), help=N_("list the links of the article"), group=Group.FEEDS),
    Action(
        id="copy_link", keys=("y",), label=N_("Copy link"), help=N_("copy the article's address"), group=Group.FEEDS
    ),
    Action(
        id="export",
        keys=("e",),
        label=N_("Export"),
        help=N_("write the article as Markdown"),
        group=Group.FEEDS,
        footer=N_("export"),
    ),
    Action(
        id="palette",
        keys=("colon", "ctrl+p"),
        label=N_("Commands"),
        help=N_("all commands, views and feeds by name"),
        group=Group.PROGRAM,
        footer=N_("commands"),
        palette=False,
    ),
    Action(
        id="help",
        keys=("question_mark", "f1"),
        label=N_("Help"),
        help=N_("keys and signs"),
        group=Group.PROGRAM,
        footer=N_("help"),
    ),
    Action(
        id="toggle_theme",
        keys=("t",),
        label=N_("Light/dark"),
        help=N_("change between the dark and the light theme"),
        group=Group.PROGRAM,
    ),
    Action(
        id="copy_text",
        keys=("ctrl+c",),
        label=N_("Copy selection"),
        help=N_("copy the text selected with the mouse"),
        group=Group.PROGRAM,
        palette=False,
    ),
    Action(
        id="quit", keys=("q",), label=N_("Quit"), help=N_("end the program"), group=Group.PROGRAM, footer=N_("quit")
    ),
)

REMEMBERED = ("toggle_theme", "toggle_sidebar", "toggle_highlights", "toggle_points", "toggle_together")
"""Switches whose position is kept for the next start."""

BY_ID = {action.id: action for action in ACTIONS}
