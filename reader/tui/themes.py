"""The themes: colours with a meaning, as variables for the style sheet and as styles for the roles of drawn pieces.

Every mark is told by colour and by text style (and by a sign, see ``render.signs``), so that it survives sixteen
colours, NO_COLOR and colour blindness. The tests compute the contrast of every colour that carries words.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, fields
from functools import cache

from rich.style import Style
from textual.theme import Theme

from reader.errors import N_, ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of a theme by meaning; ``background`` is behind the text, ``cursor`` behind the chosen row."""

    background: str
    surface: str
    panel: str
    border: str
    text: str
    muted: str
    accent: str
    title: str
    lead: str
    key: str
    error: str
    cursor: str
    cursor_blurred: str
    passage: str
    agency: str
    outlet: str
    person: str
    spokesperson: str
    institution: str
    document: str
    anonymous: str
    hearsay: str
    no_comment: str
    unnamed: str


VOICES = (
    "agency",
    "outlet",
    "person",
    "spokesperson",
    "institution",
    "document",
    "anonymous",
    "hearsay",
    "no_comment",
    "unnamed",
)

DARK = Colours(
    background="#15181e",
    surface="#1b1f27",
    panel="#232833",
    border="#3d4554",
    text="#d5d9e2",
    muted="#9ca5b4",
    accent="#82b1ff",
    title="#f4f6fa",
    lead="#eceff5",
    key="#ffd166",
    error="#ff8a80",
    cursor="#26344d",
    cursor_blurred="#262c38",
    passage="#353b10",
    agency="#56d4e6",
    outlet="#86b4ff",
    person="#7edc93",
    spokesperson="#c3e06c",
    institution="#ecc563",
    document="#d3bfa0",
    anonymous="#ff92b8",
    hearsay="#ffa870",
    no_comment="#b3bac8",
    unnamed="#c3b1f5",
)
LIGHT = Colours(
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e9e6dc",
    border="#bdb8aa",
    text="#24272e",
    muted="#5f6570",
    accent="#1a56b8",
    title="#0d0f13",
    lead="#16181d",
    key="#8a5a00",
    error="#b3261e",
    cursor="#d5e3fa",
    cursor_blurred="#e6e3d9",
    passage="#fdeea8",
    agency="#00697a",
    outlet="#1f53b0",
    person="#1b6b34",
    spokesperson="#4c6600",
    institution="#7d5200",
    document="#6b553a",
    anonymous="#a3174d",
    hearsay="#983f00",
    no_comment="#565c67",
    unnamed="#6a3fb5",
)
ANSI = Colours(
    background="default",
    surface="default",
    panel="default",
    border="bright_black",
    text="default",
    muted="default",
    accent="bright_blue",
    title="default",
    lead="default",
    key="bright_yellow",
    error="bright_red",
    cursor="default",
    cursor_blurred="default",
    passage="default",
    agency="cyan",
    outlet="blue",
    person="green",
    spokesperson="bright_green",
    institution="yellow",
    document="bright_white",
    anonymous="magenta",
    hearsay="bright_magenta",
    no_comment="bright_cyan",
    unnamed="bright_magenta",
)
"""The sixteen colours of the terminal itself; the chosen row is shown in reverse."""

_PREFIX = "lesart-"
COLOURS = {"lesart-dark": DARK, "lesart-light": LIGHT, "lesart-ansi": ANSI}
DEFAULT = "lesart-dark"


def _blend(first: str, second: str, share: float) -> str:
    """``share`` of ``second`` over ``first``; colours without figures stay as they are."""
    if not (first.startswith("#") and second.startswith("#")):
        return first
    pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def said_colour(colours: Colours, voice: str) -> str:
    """The colour of what a source says: its own colour, softened by that of the text."""
    return _blend(getattr(colours, voice), colours.text, 0.35)


def theme_name(wish: str) -> str:
    """The theme that the configuration asks for: "dark", "light", "ansi", or nothing for the dark one.

    Raises ``ConfigError`` for another word.
    """
    if not wish:
        return DEFAULT
    known = {name.removeprefix(_PREFIX): name for name in COLOURS}
    if wish not in known:
        raise ConfigError(
            N_("[view] {entry}: there is no theme “{theme}”."),
            hint=N_("Did you mean “{near}”? Known here: {known}."),
            entry=f'theme = "{wish}"',
            theme=wish,
            near=difflib.get_close_matches(wish, known, n=1, cutoff=0.0)[0],
            known=", ".join(known),
        )
    return known[wish]


def textual_theme(name: str) -> Theme:
    """The theme as textual takes it: its own variables, and ours for the style sheet."""
    colours = COLOURS[name]
    if colours is ANSI:
        plain = dict.fromkeys(("lesart-border", "scrollbar", "border-blurred"), "ansi_bright_black")
        plain |= {"lesart-accent": "ansi_bright_blue", "lesart-muted": "ansi_default"}
        plain |= {"ansi-background": "ansi_black", "ansi-foreground": "ansi_white"}
        plain |= {"block-cursor-background": "ansi_white", "block-cursor-foreground": "ansi_black"}
        plain |= {"input-cursor-background": "ansi_white", "input-cursor-foreground": "ansi_black"}
        plain |= {"input-selection-background": "ansi_bright_blue", "input-selection-foreground": "ansi_black"}
        plain |= {"screen-selection-background": "ansi_bright_blue", "screen-selection-foreground": "ansi_black"}
        plain |= {"input-cursor-text-style": "none"}
        return Theme(
            name=name,
            ansi=True,
            primary="ansi_blue",
            accent="ansi_bright_blue",
            error="ansi_red",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            variables=plain,
        )
    variables = {
        "lesart-border": colours.border,
        "lesart-accent": colours.accent,
        "lesart-muted": colours.muted,
        "scrollbar": colours.border,
        "scrollbar-hover": colours.muted,
        "scrollbar-active": colours.accent,
        "scrollbar-background": colours.background,
        "scrollbar-background-hover": colours.background,
        "scrollbar-background-active": colours.background,
        "scrollbar-corner-color": colours.background,
        "input-cursor-background": colours.text,
        "input-cursor-foreground": colours.background,
        "input-selection-background": colours.cursor,
    }
    variables |= {f"source-{voice.replace('_', '-')}": getattr(colours, voice) for voice in VOICES}
    return Theme(
        name=name,
        primary=colours.accent,
        secondary=colours.muted,
        accent=colours.accent,
        warning=colours.key,
        error=colours.error,
        success=colours.person,
        foreground=colours.text,
        background=colours.background,
        surface=colours.surface,
        panel=colours.panel,
        dark=colours is DARK,
        variables=variables,
    )


@dataclass(frozen=True)
class Palette:
    """Roles to styles for one theme."""

    colours: Colours
    _styles: dict[str, Style] = field(default_factory=dict)

    def style(self, role: str) -> Style:
        """The style of a role; a role of several words adds them up, later words over earlier ones."""
        found = self._styles.get(role)
        if found is None:
            table = _table(self.colours)
            found = Style.combine([Style.null(), *(table[word] for word in role.split() if word in table)])
            self._styles[role] = found
        return found


@cache
def palette(name: str) -> Palette:
    """The palette of a theme by name; an unknown name gives the default one."""
    return Palette(COLOURS.get(name, COLOURS[DEFAULT]))


@cache
def _table(colours: Colours) -> dict[str, Style]:
    c = colours
    ansi = c is ANSI
    chosen = Style(reverse=True, bold=True) if ansi else Style(bgcolor=c.cursor)
    blurred = Style(bold=True) if ansi else Style(bgcolor=c.cursor_blurred)
    table = {
        "kicker": Style(color=c.accent, bold=True),
        "outlet": Style(color=c.text, bold=True),
        "meta": Style(color=c.muted, dim=ansi),
        "title": Style(color=c.title, bold=True),
        "lead": Style(color=c.lead, bold=False),
        "heading": Style(color=c.accent, bold=True),
        "section": Style(color=c.accent, bold=True),
        "paragraph": Style(color=c.text),
        "list": Style(color=c.text),
        "table": Style(color=c.text),
        "quote": Style(color=c.text, italic=True),
        "quote-bar": Style(color=c.accent),
        "bullet": Style(color=c.accent, bold=True),
        "caption": Style(color=c.muted, italic=True, dim=ansi),
        "credit": Style(color=c.muted, dim=ansi),
        "note": Style(color=c.hearsay),
        "preformatted": Style(color=c.muted),
        "rule": Style(color=c.border),
        "link": Style(color=c.accent),
        "address": Style(color=c.accent, underline=True),
        "notice": Style(color=c.hearsay),
        "notice-hint": Style(color=c.muted, dim=ansi),
        "label": Style(color=c.hearsay, reverse=True, bold=True),
        "star": Style(color=c.key, bold=True),
        "key-sign": Style(color=c.key, bold=True),
        "key": Style(bold=True),
        "cue": Style(),
        "said": Style(italic=True),
        "sign": Style(bold=True, italic=False, underline=False),
        "speaker": Style(underline=True, italic=False),
        "unsure": Style(italic=False, underline=False),
        "passage": Style(reverse=True) if ansi else Style(bgcolor=c.passage, bold=True),
        "point": Style(color=c.text),
        "source": Style(color=c.text),
        "count": Style(color=c.muted, dim=ansi),
        "tree": Style(color=c.text),
        "tree-unread": Style(color=c.title, bold=True),
        "tree-fold": Style(color=c.muted),
        "tree-sign": Style(color=c.accent),
        "row-unread": Style(color=c.title, bold=True),
        "row-read": Style(color=c.muted, bold=False),
        "row-chosen": Style(color=c.text),
        "row-point": Style(color=c.muted, dim=ansi),
        "row-mark": Style(color=c.hearsay),
        "row-more": Style(color=c.accent, bold=True),
        "unread-sign": Style(color=c.accent, bold=True),
        "cursor-sign": Style(color=c.accent, bold=True),
        "cursor": chosen,
        "cursor-blurred": blurred,
        "error": Style(color=c.error, bold=True),
        "message": Style(color=c.text),
        "keycap": Style(color=c.accent, bold=True),
        "keyword": Style(color=c.muted, dim=ansi),
        "selection": Style(reverse=True),
    }
    for voice in VOICES:
        colour = getattr(c, voice)
        table[f"sign-{voice}"] = Style(color=colour)
        table[f"speaker-{voice}"] = Style(color=colour)
        table[f"cue-{voice}"] = Style(color=colour)
        table[f"said-{voice}"] = Style(color=said_colour(c, voice))
    for group, colour in enumerate((c.person, c.outlet, c.anonymous, c.hearsay, c.border)):
        table[f"balance-{group}"] = Style(color=colour)
    return table


def words_colours(colours: Colours) -> dict[str, str]:
    """Every colour that words are written in, by its name."""
    ground = {"background", "surface", "panel", "border", "cursor", "cursor_blurred", "passage"}
    plain = {f.name: getattr(colours, f.name) for f in fields(colours) if f.name not in ground}
    return plain | {f"said-{voice}": said_colour(colours, voice) for voice in VOICES}
