"""The catalogue's form, and how it is searched."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from reader.feeds import catalog
from reader.feeds.outlines import leads_inside
from reader.text.address import web_address


@pytest.mark.parametrize("entry", catalog.entries(), ids=lambda entry: entry.name)
def test_each_entry_has_its_form(entry: catalog.CatalogEntry) -> None:
    assert entry.name.strip() == entry.name != ""
    assert entry.country in catalog.COUNTRIES
    assert entry.section in catalog.SECTIONS
    assert entry.text in catalog.TEXTS
    assert entry.access in catalog.ACCESSES
    assert web_address(entry.address) == entry.address
    assert entry.address.startswith("https://")
    assert not leads_inside(entry.address)


def test_no_name_and_no_address_stands_twice() -> None:
    names = Counter(catalog._keys(n)[0] for e in catalog.entries() for n in {e.name, *e.aliases})
    addresses = Counter(entry.address for entry in catalog.entries())
    assert [key for key, count in (names + addresses).items() if count > 1] == []


def test_every_section_has_an_entry() -> None:
    assert {entry.section for entry in catalog.entries()} == set(catalog.SECTIONS)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("tagesschau", "tagesschau"),
        ("Tagesschau ", "tagesschau"),
        ("sueddeutsche zeitung", "Süddeutsche Zeitung"),
        ("SUDDEUTSCHE ZEITUNG", "Süddeutsche Zeitung"),
        ("dlf", "Deutschlandfunk Nachrichten"),
        ("ntv", "n-tv"),
        ("netzpolitik.org", "netzpolitik.org"),
        ("U\u0308bermedien", "Übermedien"),
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str, name: str) -> None:
    found = catalog.find(typed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("typed", ["", "-", "tagesscha", "https://www.tagesschau.de/xml/rss2/", "example.org"])
def test_what_is_no_name_is_not_found(typed: str) -> None:
    assert catalog.find(typed) is None


def test_a_search_takes_words_of_name_section_and_address() -> None:
    assert {entry.name for entry in catalog.search("deutschlandfunk wiss")} == {"Deutschlandfunk Wissen"}
    assert {entry.country for entry in catalog.search(country="CH")} == {"CH"}
    assert "heise online" in {entry.name for entry in catalog.search("tech", country="DE")}
    assert catalog.search("gibtesnicht") == ()
    assert catalog.search() == catalog.entries()


def test_the_file_is_read_only_when_it_is_asked_for() -> None:
    code = "from reader.feeds import catalog; print(catalog.entries.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "0\n"
