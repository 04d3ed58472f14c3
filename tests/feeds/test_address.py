"""Addresses: what a person types, what a feed links to, which machines may be reached."""

from __future__ import annotations

import pytest

from reader.errors import UsageError
from reader.feeds.address import article_address, is_public, may_be_typed, typed_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org/feed", "https://example.org/feed"),
        (" HTTP://Example.ORG/Feed ", "http://example.org/Feed"),
        ("feed://example.org/x", "https://example.org/x"),
        ("feed:https://example.org/x", "https://example.org/x"),
        ("localhost:8080/x", "https://localhost:8080/x"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("https://example.org/a b?ä=ö", "https://example.org/a%20b?%C3%A4=%C3%B6"),
        ("https://user:secret@example.org/x", "https://example.org/x"),
    ],
)
def test_a_typed_address_is_completed(typed: str, address: str) -> None:
    assert typed_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Zeitung",
        "mailto:a@b.de",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a.de:x/",
        "--all",
    ],
)
def test_what_is_no_address_is_refused_in_words(typed: str) -> None:
    with pytest.raises(UsageError, match="is not a web address"):
        typed_address(typed)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://a.de/x?utm_source=rss&id=3&utm_medium=feed", "https://a.de/x?id=3"),
        ("https://a.de/x.html?wt_mc=rss.red.ho", "https://a.de/x.html"),
        ("https://a.de/x.html#ref=rss", "https://a.de/x.html"),
        ("https://a.de/x?at_medium=x#kapitel", "https://a.de/x#kapitel"),
        ("https://a.de/x?ref=rss", "https://a.de/x"),
        ("https://a.de/x?ref=startseite&q=1&q=2", "https://a.de/x?ref=startseite&q=1&q=2"),
    ],
)
def test_an_article_s_address_loses_what_only_counts_the_reader(raw: str, address: str) -> None:
    assert article_address(raw) == address


@pytest.mark.parametrize("machine", ["93.184.216.34", "172.32.0.1", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_the_public_internet_may_be_led_to(machine: str) -> None:
    assert is_public(machine)


@pytest.mark.parametrize(
    "machine",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.178.1", "100.64.0.1", "::1", "fd00::1", "::ffff:127.0.0.1"],
)
def test_local_machines_may_be_typed_but_not_led_to(machine: str) -> None:
    assert may_be_typed(machine)
    assert not is_public(machine)


@pytest.mark.parametrize(
    "machine",
    [
        "0.0.0.0",  # noqa: S104 - never bound to
        "::", "169.254.169.254", "fe80::1", "fe80::1%eth0", "224.0.0.1", "255.255.255.255", "ff02::1",
        "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::ffff:169.254.1.1", "::ffff:0.0.0.0", "no address",
    ],
)  # fmt: skip
def test_other_machines_may_not_be_reached_at_all(machine: str) -> None:
    assert not is_public(machine)
    assert not may_be_typed(machine)
