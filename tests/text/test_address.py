"""Addresses in foreign text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.address import web_address


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//example.org/a", "", "http:///a",
        "http://example.org/a\nb", "http://\x1b]0;x\x07.example/", "http://example.org:99999/", "h\u200bttp://a.de/",
        "http://a.de/" + "x" * 5000, "http://a\u202ede.de/",
        "https://a.de/\ud800", "https://a\udfff.de/",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_links(raw: str) -> None:
    assert web_address(raw) == ""


@given(st.text(max_size=80) | st.text(max_size=60).map(lambda tail: "https://example.org/" + tail))
def test_a_link_is_printable_or_nothing_and_stays_as_it_is(raw: str) -> None:
    address = web_address(raw)
    assert address == "" or (address.startswith(("http://", "https://")) and address.isprintable())
    assert " " not in address
    assert web_address(address) == address


def test_relative_links_need_a_base() -> None:
    assert web_address("/a", "https://example.org/b/c") == "https://example.org/a"
    assert web_address("//example.com/a", "https://example.org/") == "https://example.com/a"
