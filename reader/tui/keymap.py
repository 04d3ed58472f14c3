"""From the declared actions and the user's ``[keys]`` to bindings, checked here because textual lets a key be taken
from another action without a word."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from textual.binding import Binding

from reader.errors import N_, ConfigError
from reader.i18n import _
from reader.tui.actions import ACTIONS, BY_ID, Action, Group

Keys = dict[str, tuple[str, ...]]
"""Action id to textual key names."""

_SIGNS = {
    "/": "slash",
    ":": "colon",
    "?": "question_mark",
    " ": "space",
    ".": "full_stop",
    "-": "minus",
    "+": "plus",
    "*": "asterisk",
    "#": "number_sign",
    "=": "equals_sign",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "!": "exclamation_mark",
    ";": "semicolon",
    "_": "underscore",
    "&": "ampersand",
    "%": "percent_sign",
    "$": "dollar_sign",
    "'": "apostrophe",
    '"': "quotation_mark",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
}
_NAMED = {
    "enter": "⏎",
    "escape": "Esc",
    "tab": "Tab",
    "space": "",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "",
    "end": "",
    "pageup": "",
    "pagedown": "",
    "insert": "",
    "delete": "",
    "backspace": "",
} | {f"f{n}": f"F{n}" for n in range(1, 13)}
_UNREACHABLE = {
    "ctrl+m": N_("terminals send it as Enter"),
    "ctrl+i": N_("terminals send it as Tab"),
    "ctrl+h": N_("terminals send it as Backspace"),
    "ctrl+j": N_("terminals send it as a line feed"),
    "ctrl+z": N_("it suspends the program"),
    "ctrl+q": N_("it always ends the program"),
    "ctrl+s": N_("terminals stop their output on it"),
}
_LAYOUT = "[]{}\\|~@"


def resolve(wishes: Mapping[str, str]) -> Keys:
    """The keys of every action: the declared ones, replaced where the configuration says so. Raises ``ConfigError``
    for an unknown action, an unknown or unreachable key, a key of two actions, and a program without a way out."""
    chosen: Keys = {}
    for name, text in wishes.items():
        if name not in BY_ID:
            near = difflib.get_close_matches(name, list(BY_ID), n=1, cutoff=0.0)[0]
            raise _error(
                N_("[keys] {entry}: there is no action “{name}”."), name, text, N_("Did you mean “{near}”?"), near=near
            )
        chosen[name] = tuple(dict.fromkeys(_key(name, text, part) for part in _parts(text)))
        if name == "quit" and not chosen[name]:
            raise _error(N_("[keys] {entry}: the program could not be left any more."), name, text, "")
    keys = {action.id: chosen.get(action.id, action.keys) for action in ACTIONS}
    _check_clashes(keys, wishes)
    return keys


def bindings(keys: Keys) -> list[Binding]:
    """The bindings of the main screen."""
    return [
        Binding(key, action.id, _(action.label), id=f"{action.id}.{number}")
        for action in ACTIONS
        for number, key in enumerate(keys[action.id])
    ]


def display(key: str, *, short: bool = False) -> str:
    """A key as it is told to people: ``?`` for question_mark, ``Strg+P`` for ctrl+p in German; ``short`` for a line
    where room is scarce."""
    *modifiers, last = key.split("+")
    words = {
        "space": _("Spc") if short else _("Space"),
        "home": _("Home"),
        "end": _("End"),
        "pageup": _("PgUp"),
        "pagedown": _("PgDn"),
        "insert": _("Ins"),
        "delete": _("Del"),
        "backspace": _("Backspace"),
    }
    signs = {name: sign for sign, name in _SIGNS.items() if sign != " "}
    shown = words.get(last) or _NAMED.get(last) or signs.get(last) or last
    before = {"ctrl": _("Ctrl"), "shift": "⇧", "alt": "Alt"}
    parts = [before.get(modifier, modifier) for modifier in modifiers]
    return "+".join([*parts, shown.upper() if modifiers and len(shown) == 1 else shown])


def display_keys(keys: tuple[str, ...], gap: str = " ") -> str:
    """All keys of an action as they are told to people."""
    return gap.join(display(key) for key in keys)


def markdown_table(keys: Keys | None = None) -> str:
    """The table of keys for the README, in the language in use."""
    effective = keys if keys is not None else resolve({})
    head = (_("Key"), _("Effect"), _("Action"))
    lines = [f"| {' | '.join(head)} |", "|---|---|---|"]
    for group in Group:
        for action in (a for a in ACTIONS if a.group is group):
            shown = " ".join(f"`{display(key)}`" for key in effective[action.id])
            lines.append(f"| {shown} | {effect(action)} | `{action.id}` |")
    return "\n".join(lines) + "\n"


def effect(action: Action) -> str:
    """What the action does, as a phrase."""
    return _(action.help)


def _parts(text: str) -> list[str]:
    if text.strip() == ",":
        return [","]
    return [part.strip() for part in text.split(",") if part.strip()]


def _key(name: str, text: str, part: str) -> str:
    *modifiers, last = part.split("+") if len(part) > 1 else [part]
    last = last if len(last) == 1 else last.lower()
    key = "+".join([*(m.lower() for m in modifiers), _SIGNS.get(last, last)])
    reason = _UNREACHABLE.get(key)
    if reason is None and "alt" in key.split("+"):
        reason = N_("many terminals do not tell it from Escape and a letter")
    if reason is None and last in _LAYOUT:
        reason = N_("German keyboards need AltGr for it")
    if reason is None and modifiers == ["shift"] and len(last) == 1:
        reason = N_("terminals send the capital letter")
    if reason is not None:
        raise _error(
            N_("[keys] {entry}: the key “{key}” never arrives: {reason}."), name, text, "", key=part, reason=_(reason)
        )
    known = (len(last) == 1 and (last.isalnum() or last in _SIGNS)) or last in _NAMED or last in _SIGNS.values()
    if not known or any(m.lower() not in ("ctrl", "shift") for m in modifiers):
        raise _error(
            N_("[keys] {entry}: there is no key “{key}”."),
            name,
            text,
            N_("Keys are letters, figures, signs and names such as enter, space, tab, f5, ctrl+n."),
            key=part,
        )
    return key


def _check_clashes(keys: Keys, wishes: Mapping[str, str]) -> None:
    owners: dict[str, str] = {}
    for name, entries in keys.items():
        for key in entries:
            other = owners.setdefault(key, name)
            if other != name:
                wished = name if name in wishes else other
                raise _error(
                    N_("[keys] {entry}: the key “{key}” belongs to “{other}” already."),
                    wished,
                    wishes.get(wished, ""),
                    N_("Give “{other}” another key too, or choose a free one."),
                    key=display(key),
                    other=other if wished == name else name,
                )


def _error(title: str, name: str, text: str, hint: str, **values: str) -> ConfigError:
    return ConfigError(title, hint=hint, **{"entry": f'{name} = "{text}"', "name": name, **values})
