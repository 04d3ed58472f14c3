from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ConfigError
from reader.i18n import describe
from reader.tui import keymap
from reader.tui.actions import ACTIONS, BY_ID


def refusal(wishes: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        keymap.resolve(wishes)
    return " ".join(describe(caught.value))


def test_without_wishes_every_action_has_its_declared_keys() -> None:
    assert keymap.resolve({}) == {action.id: action.keys for action in ACTIONS}


def test_a_wish_replaces_the_declared_keys() -> None:
    assert keymap.resolve({"export": "J, f5"})["export"] == ("J", "f5")


def test_signs_may_be_written_as_they_are() -> None:
    assert keymap.resolve({"search": "#"})["search"] == ("number_sign",)


def test_a_comma_in_a_list_separates() -> None:
    assert keymap.resolve({"down": "j,down,ctrl+n"})["down"] == ("j", "down", "ctrl+n")


def test_an_action_may_have_no_key() -> None:
    assert keymap.resolve({"toggle_theme": ""})["toggle_theme"] == ()


def test_two_actions_may_exchange_their_keys() -> None:
    keys = keymap.resolve({"next_unread": "p", "previous_unread": "n"})
    assert (keys["next_unread"], keys["previous_unread"]) == (("p",), ("n",))


def test_an_unknown_action_is_refused_with_the_nearest_one() -> None:
    text = refusal({"exprot": "e"})
    assert "exprot" in text
    assert "„export“" in text


def test_an_unknown_key_is_refused() -> None:
    assert "„hyper“" in refusal({"export": "hyper"})


def test_a_key_of_another_action_is_refused() -> None:
    text = refusal({"export": "n"})
    assert 'export = "n"' in text
    assert "next_unread" in text


@pytest.mark.parametrize("key", ["ctrl+m", "ctrl+i", "ctrl+h", "alt+x", "[", "shift+f", "ctrl+q"])
def test_a_key_that_never_arrives_is_refused(key: str) -> None:
    assert "kommt nie an" in refusal({"export": key})


def test_a_program_without_a_way_out_is_refused() -> None:
    assert "verlassen" in refusal({"quit": ""})


def test_capitals_and_small_letters_are_different_keys() -> None:
    keys = keymap.resolve({})
    assert keys["refresh_feed"] == ("r",)
    assert keys["refresh_all"] == ("R",)


def test_declared_keys_need_no_alt_gr_and_reach_every_terminal() -> None:
    for action in ACTIONS:
        for key in action.keys:
            if action.id != "copy_text":
                assert keymap.resolve({action.id: key})[action.id] == (key,)


def test_the_table_for_the_readme_holds_every_action() -> None:
    table = keymap.markdown_table()
    assert len(table.splitlines()) == len(ACTIONS) + 2
    assert "| `Leertaste` | Seite vor, am Ende nächste ungelesene | `read_on` |" in table


def test_keys_are_told_in_german() -> None:
    shown = [keymap.display(key) for key in ("ctrl+p", "question_mark", "pagedown", "escape", "enter", "G")]
    assert shown == ["Strg+P", "?", "Bild↓", "Esc", "⏎", "G"]


def test_every_binding_belongs_to_one_action() -> None:
    bindings = keymap.bindings(keymap.resolve({}))
    assert {binding.action for binding in bindings} == set(BY_ID)
    assert len({binding.key for binding in bindings}) == len(bindings)


@given(st.dictionaries(st.sampled_from(sorted(BY_ID)), st.text(max_size=12), max_size=4))
def test_any_wish_is_taken_or_refused_in_words(wishes: dict[str, str]) -> None:
    keys = resolved(wishes)
    flat = [key for entries in keys.values() for key in entries]
    assert len(flat) == len(set(flat))


def resolved(wishes: dict[str, str]) -> keymap.Keys:
    try:
        return keymap.resolve(wishes)
    except ConfigError as error:
        return {"refused": tuple(part for part in describe(error)[:1] if part)}
