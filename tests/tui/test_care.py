"""How the feeds are doing, what is set for them, and what an address offers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input

from reader.errors import FetchError
from reader.library import FeedResult, Library
from reader.library.settings import Settings
from reader.model.article import Feed
from reader.model.health import FeedHealth, FeedPreview, HealthState
from reader.model.settings import FeedSettings, FullText
from reader.tui.choices import health_entries, health_title, preview_entries, setting_entries
from reader.tui.screens.ask import AskScreen
from reader.tui.screens.pick import DETAIL_LINES, PickScreen
from reader.tui.screens.subscribe import SubscribeScreen
from reader.tui.screens.text import HelpScreen
from tests.tui.builders import NOW
from tests.tui.driving import Reader, reading

FEED = Feed(id=7, address="https://example.org/feed", title="Beispielblatt", last_success=NOW - timedelta(hours=5))


def a_preview(**changes: object) -> FeedPreview:
    values: dict[str, object] = {
        "address": "https://example.org/feed",
        "title": "Beispielblatt",
        "count": 12,
        "newest": NOW - timedelta(hours=1),
        "headlines": ("Stadt sperrt die Brücke", "Bahn fährt wieder"),
        "teasers": 1.0,
    }
    return FeedPreview(**{**values, **changes})  # type: ignore[arg-type]


def test_feeds_that_need_a_person_come_first() -> None:
    well, failing = FeedHealth(feed=FEED, state=HealthState.WELL), FeedHealth(feed=FEED, state=HealthState.FAILING)
    assert [entry.key for entry in health_entries([well, failing], NOW)] == ["Fehler", "in Ordnung"]
    assert "1 Feed" in health_title([well, failing])


def test_silent_feeds_are_not_called_well() -> None:
    silent = FeedHealth(feed=FEED, state=HealthState.SILENT)
    assert health_title([silent, FeedHealth(feed=FEED, state=HealthState.WELL)]) == "1 Feed schweigt"
    assert "gut" in health_title([FeedHealth(feed=FEED, state=HealthState.WELL)])


async def test_a_long_list_leaves_the_details_their_room(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(
        FeedHealth(
            feed=replace(FEED, id=n, title="Blatt" if n % 2 else f"Blatt {n} mit einem sehr langen Namen im Norden"),
            state=HealthState.SILENT,
            newest=NOW - timedelta(days=99),
        )
        for n in range(25)
    )
    monkeypatch.setattr(library, "health", lambda: many)
    async with reading(library, size=(80, 24)) as reader:
        await reader.press("H")
        dialog = await picking(reader)
        await reader.until(lambda: dialog.details.region.height == DETAIL_LINES, "the details")
        assert dialog.details.region.bottom < 24
        assert dialog.list.region.bottom <= dialog.details.region.y
        abouts = {dialog.list.line_at(n).text.index("neueste") for n in range(25)}
        assert len(abouts) == 1


def test_trouble_is_told_with_what_to_do() -> None:
    feed = replace(FEED, error="Der Server antwortet nicht.", hint="Später noch einmal.")
    health = FeedHealth(
        feed=feed, state=HealthState.FAILING, advice="Adresse prüfen.", publishes_every=timedelta(hours=3)
    )
    (entry,) = health_entries([health], NOW)
    told = " ".join(words for _name, words in entry.details)
    assert "Der Server antwortet nicht." in told
    assert "Adresse prüfen." in told
    assert "alle 3 Stunden" in told
    assert "vor 5 Stunden" in entry.about


def test_a_feed_of_teasers_says_that_the_pages_are_fetched() -> None:
    (entry,) = preview_entries([a_preview()], NOW)
    assert any("Anrisse" in words for _name, words in entry.details)
    assert any("Stadt sperrt die Brücke" in words for _name, words in entry.details)


def test_what_is_set_is_ticked() -> None:
    entries = setting_entries(replace(FEED, settings=FeedSettings(full_text=FullText.NEVER)))
    assert [entry.id for entry in entries if entry.key] == ["full never"]


async def picking(reader: Reader) -> PickScreen:
    await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the dialog")
    screen = reader.app.screen
    assert isinstance(screen, PickScreen)
    return screen


async def test_the_demo_s_feeds_are_not_denied(library: Library) -> None:
    async with reading(library) as reader:
        before = reader.screen.state.message
        await reader.press("H")
        await reader.until(lambda: reader.screen.state.message not in ("", before), "the answer")
        assert str(len(library.feeds())) in reader.screen.state.message
        assert len(reader.app.screen_stack) == 1


async def test_the_health_of_all_feeds_is_one_key_away(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = library.feeds()[-1]
    found = (FeedHealth(feed=feed, state=HealthState.SILENT, advice="Nachsehen, ob es ihn noch gibt."),)
    monkeypatch.setattr(library, "health", lambda: found)
    async with reading(library) as reader:
        await reader.press("H")
        screen = await picking(reader)
        await reader.until(lambda: any("Nachsehen" in entry.text for entry in screen.details.lines))
        await reader.press("enter")
        await reader.until(lambda: reader.screen.state.query.feed_id == feed.id)


async def test_the_full_text_of_a_feed_is_set(library: Library) -> None:
    feed = library.feeds()[0]
    async with reading(library) as reader:
        reader.screen.show_feed(feed)
        await reader.press("E")
        await picking(reader)
        await reader.press(*"immer", "enter")
        await reader.until(lambda: library.feed(feed.id).settings.full_text is FullText.ALWAYS)


async def test_a_feed_gets_another_title_and_folder(library: Library) -> None:
    feed = library.feeds()[0]
    async with reading(library) as reader:
        for word, text in (("titel", "Mein Blatt"), ("ordner", "Regional")):
            reader.screen.show_feed(library.feed(feed.id))
            await reader.press("E")
            await picking(reader)
            await reader.press(*word, "enter")
            await reader.until(lambda: isinstance(reader.app.screen, AskScreen), "the field")
            reader.app.screen.query_one(Input).value = text
            await reader.press("enter")
            await reader.until(lambda text=text: text in (library.feed(feed.id).title, library.feed(feed.id).folder))  # type: ignore[misc]
        assert any(row.label == "Regional" for row in reader.screen.feed_tree.rows)


async def test_an_emptied_title_gives_the_feed_its_own_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = library.feeds()[0]
    asked: list[dict[str, object]] = []

    def change(_self: Settings, _feed_id: int, **given: object) -> Feed:
        asked.append(given)
        return feed

    monkeypatch.setattr(Settings, "change", change)
    async with reading(library) as reader:
        reader.screen.show_feed(feed)
        for keys in (["enter"], ["ctrl+u", "enter"]):  # as it stands, then emptied
            await reader.press("E")
            await picking(reader)
            await reader.press(*"titel", "enter")
            await reader.until(lambda: isinstance(reader.app.screen, AskScreen), "the field")
            await reader.press(*keys)
        await reader.until(lambda: bool(asked))
    assert asked == [{"title": ""}]


async def test_an_address_shows_what_it_offers_before_anything_is_stored(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished: list[str] = []

    async def preview(address: str) -> tuple[FeedPreview, ...]:
        return (a_preview(), a_preview(address="https://example.org/sport", title="Sport"))

    async def subscribe(address: str, *, title: str = "", folder: str = "") -> tuple[Feed, FeedResult]:
        wished.append(address)
        feed = library.feeds()[0]
        return feed, FeedResult(feed_id=feed.id, title=feed.title, address=address, status="ok", new=3)

    monkeypatch.setattr(library, "preview", preview)
    monkeypatch.setattr(library, "subscribe", subscribe)
    async with reading(library) as reader:
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, SubscribeScreen))
        await reader.press(*"example.org", "enter")
        screen = await picking(reader)
        assert [entry.label for entry in screen.list.entries] == ["Beispielblatt", "Sport"]
        assert wished == []
        await reader.press("down", "enter")
        await reader.until(lambda: wished == ["https://example.org/sport"])


async def test_an_address_that_offers_nothing_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async def preview(address: str) -> tuple[FeedPreview, ...]:
        raise FetchError("The server does not answer.")

    monkeypatch.setattr(library, "preview", preview)
    async with reading(library) as reader:
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, SubscribeScreen))
        await reader.press(*"example.org", "enter")
        await reader.until(lambda: "does not answer" in reader.screen.state.message)


async def test_a_preview_that_is_left_subscribes_to_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async def preview(address: str) -> tuple[FeedPreview, ...]:
        return (a_preview(),)

    monkeypatch.setattr(library, "preview", preview)
    before = library.feeds()
    async with reading(library) as reader:
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, SubscribeScreen))
        await reader.press(*"example.org", "enter")
        await picking(reader)
        await reader.press("escape")
        await reader.until(lambda: bool(reader.screen.state.message))
    assert library.feeds() == before


async def test_a_feed_that_is_there_already_is_shown_and_named_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = library.feeds()[0]

    async def preview(address: str) -> tuple[FeedPreview, ...]:
        return (a_preview(subscribed=True),)

    async def subscribe(address: str, *, title: str = "", folder: str = "") -> tuple[Feed, FeedResult]:
        return there, FeedResult(feed_id=there.id, title=there.title, address=address, status="unchanged")

    monkeypatch.setattr(library, "preview", preview)
    monkeypatch.setattr(library, "subscribe", subscribe)
    async with reading(library) as reader:
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, SubscribeScreen), "the dialog")
        reader.app.screen.query_one("#address", Input).value = "example.org"
        await reader.press("enter")
        await picking(reader)
        await reader.press("enter")
        await reader.until(lambda: reader.screen.state.message == f"{there.title}: schon abonniert", "the message")
        assert reader.screen.state.query.feed_id == there.id


async def test_an_answer_that_comes_late_does_not_come_over_another_dialog(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = asyncio.Event()

    async def preview(address: str) -> tuple[FeedPreview, ...]:
        await answered.wait()
        return (a_preview(),)

    monkeypatch.setattr(library, "preview", preview)
    async with reading(library) as reader:
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, SubscribeScreen))
        await reader.press(*"example.org", "enter")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.press("question_mark")
        await reader.until(lambda: isinstance(reader.app.screen, HelpScreen))
        answered.set()
        await reader.pilot.pause()
        assert isinstance(reader.app.screen, HelpScreen)
        await reader.press("escape")
        screen = await picking(reader)
        assert [entry.label for entry in screen.list.entries] == ["Beispielblatt"]
