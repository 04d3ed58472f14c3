"""Both languages are complete, their placeholders agree, and the compiled files are those of the sources."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.catalog import Message

from tests.catalogues import KEYWORDS, LANGUAGES, PACKAGE, extract, load, missing, mo_bytes, po_bytes, po_file, updated

PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[rs]|%[rs]")


def translations(message: Message) -> list[str]:
    """All forms of one message's translation."""
    found = message.string
    return [text or "" for text in (found if isinstance(found, tuple | list) else (found,))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    wanted = {message.id if isinstance(message.id, str) else message.id[0] for message in extract() if message.id}
    there = {message.id if isinstance(message.id, str) else message.id[0] for message in load(language) if message.id}
    assert wanted - there == set(), "run python -m tests.catalogues"
    assert there - wanted == set(), "run python -m tests.catalogues"
    assert missing(load(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_and_placeholders_agree(language: str) -> None:
    for message in load(language):
        if not message.id:
            continue
        assert not message.fuzzy
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        for text in translations(message):
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(ids[-1])), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_the_tool_s_own_output(language: str) -> None:
    assert po_file(language).read_bytes() == po_bytes(updated(language, extract(), {}))
    assert po_file(language).with_suffix(".mo").read_bytes() == mo_bytes(load(language))


def test_no_message_hides_in_a_format_string() -> None:
    """The collector does not look into them, so that such a message would stay English without anybody noticing."""
    for path in PACKAGE.rglob("*.py"):
        for literal in ast.walk(ast.parse(path.read_text("utf-8"))):
            for call in ast.walk(literal) if isinstance(literal, ast.JoinedStr) else ():
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
                    assert not isinstance(call.args[0], ast.Constant), f"{path.name}:{call.lineno}"


def test_german_texts_use_german_quotation_marks() -> None:
    for message in load("de"):
        for text in translations(message):
            assert not re.search(r'"\w|\w"', text), text
            assert text.count("„") == text.count("“"), text
