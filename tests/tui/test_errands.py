"""Search, palette, help, links, browser, clipboard, export, feeds."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.config import Config, FetchConfig
from reader.errors import AnalysisError, NotFoundError
from reader.i18n import _
from reader.library import FeedResult, Library, Progress, RefreshReport
from reader.model.analysis import Reading
from reader.model.article import Feed
from reader.model.query import ArticleQuery, View
from reader.tui.actions import ACTIONS
from reader.tui.screens.loading import report_text
from reader.tui.screens.pick import PickScreen, matching
from reader.tui.screens.subscribe import SubscribeScreen
from reader.tui.screens.text import HelpScreen
from reader.tui.state import Pane
from reader.tui.widgets.pick_list import Entry
from tests.tui.driving import reading


def with_links(library: Library) -> int:
    return next(i for i in library.ids(ArticleQuery(view=View.ALL)) if library.reading(i).document.links)


async def test_search_lists_what_holds_the_words(library: Library) -> None:
    async with reading(library) as reader:
        row = reader.screen.stories.row(0)
        assert row is not None
        word = max(row.title.split(), key=len).strip("„“.,:[]")
        await reader.press("slash", *word)
        await reader.until(lambda: reader.screen.state.query.search == word)
        expected = library.ids(ArticleQuery(view=View.ALL, search=word))
        await reader.until(lambda: reader.screen.stories.ids == expected)
        await reader.press("enter")
        assert reader.screen.state.pane is Pane.LIST
        assert reader.screen.stories.ids == expected


async def test_a_search_that_only_leaves_out_says_that_everything_is_listed(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"-dpa")
        before = reader.screen.state.message
        await reader.press("enter")
        await reader.until(lambda: reader.screen.state.message not in ("", before), "why everything is listed")


async def test_escape_leaves_the_search_for_the_view_from_before(library: Library) -> None:
    async with reading(library) as reader:
        before = list(reader.screen.stories.ids)
        await reader.press("slash", *"xyzzy")
        await reader.until(lambda: len(reader.screen.stories.ids) == 0)
        assert any("Keine Meldung enthält" in reader.screen.stories.line_at(n).text for n in range(4))
        await reader.press("escape")
        await reader.until(lambda: list(reader.screen.stories.ids) == before)
        assert reader.screen.search_field.value == ""
        assert reader.screen.state.pane is Pane.LIST


async def test_letters_typed_into_the_search_are_not_commands(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", "q", "s", "A")
        assert reader.screen.search_field.value == "qsA"
        assert reader.app.is_running


async def test_the_palette_does_what_is_chosen(library: Library) -> None:
    async with reading(library) as reader:
        first = reader.screen.stories.ids[0]
        await reader.press("colon")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        await reader.press(*"merken", "enter")
        await reader.until(lambda: library.article(first).starred)


async def test_the_palette_opens_with_ctrl_p_and_closes_with_escape(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("ctrl+p")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.until(lambda: reader.screen.focused is reader.screen.stories)


async def test_the_palette_goes_to_a_feed(library: Library) -> None:
    async with reading(library) as reader:
        feed = library.feeds()[-1]
        await reader.press("colon")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        field = reader.app.screen.query_one(Input)
        field.value = feed.title
        await reader.pilot.pause()
        await reader.press("enter")
        await reader.until(lambda: reader.screen.state.query.feed_id == feed.id)


async def test_the_palette_says_when_nothing_matches(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("colon", *"xyzzy")
        screen = reader.app.screen
        assert isinstance(screen, PickScreen)
        await reader.until(lambda: not screen.list.entries)
        assert "Keine Treffer." in screen.list.line_at(0).text


def test_matches_at_the_beginning_come_first() -> None:
    entries = [Entry("a", "Alle aktualisieren"), Entry("b", "Feed aktualisieren"), Entry("c", "Aktualität")]
    assert [e.id for e in matching("aktual", entries)] == ["c", "a", "b"]


def test_umlauts_may_be_left_out() -> None:
    assert [e.id for e in matching("oeffnen offnen"[7:], [Entry("a", "Öffnen")])] == ["a"]


async def test_help_opens_and_closes(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark")
        await reader.until(lambda: isinstance(reader.app.screen, HelpScreen))
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen)


async def test_y_hands_the_address_to_the_clipboard_and_says_so(library: Library) -> None:
    async with reading(library) as reader:
        selected = reader.screen.state.selected
        assert selected is not None
        address = library.article(selected).address
        await reader.press("y")
        assert reader.app.clipboard == address
        assert "Zwischenablage" in reader.screen.key_bar.message


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was given; it always opens."""
    found: list[str] = []

    def take(address: str) -> bool:
        found.append(address)
        return True

    monkeypatch.setattr("reader.tui.browser.open_address", take)
    return found


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "lesart:demo"])
async def test_nothing_but_the_web_is_opened(library: Library, address: str, opened: list[str]) -> None:
    async with reading(library) as reader:
        reader.screen.open_address(address)
        reader.screen.open_address("https://example.org/a")
        await reader.until(lambda: "https://example.org/a" in reader.screen.state.message)
        assert opened == ["https://example.org/a"]


async def test_links_are_listed_and_opened(library: Library, opened: list[str]) -> None:
    article_id = with_links(library)
    async with reading(library) as reader:
        await reader.go_to(article_id)
        await reader.press("L")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        await reader.press("enter")
        await reader.until(lambda: opened == [library.reading(article_id).document.links[0].address])


async def test_a_browser_that_does_not_open_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.tui.browser.open_address", lambda _address: False)
    async with reading(library) as reader:
        reader.screen.open_address("https://example.org/a")
        told = _("No browser with a window has opened. {key} copies the article's address.").format(key="y")
        await reader.until(lambda: reader.screen.state.message == told)


async def test_e_writes_the_article_and_tells_where(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("e")
        await reader.until(lambda: any(library.paths.exports.glob("*.md")))
        written = next(library.paths.exports.glob("*.md"))
        assert str(written) in reader.screen.key_bar.message


async def test_an_export_that_cannot_be_written_is_told(library: Library) -> None:
    library.paths.exports.parent.mkdir(parents=True, exist_ok=True)
    library.paths.exports.write_text("a file stands where the folder should be", "utf-8")
    async with reading(library) as reader:
        await reader.press("e")
        await reader.until(lambda: str(library.paths.exports) in reader.screen.key_bar.message)
        assert reader.app.is_running


async def test_an_address_that_is_none_is_told(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, SubscribeScreen))
        screen = reader.app.screen
        assert isinstance(screen, SubscribeScreen)
        screen.address.value = "http://127.0.0.1:1/feed"
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.until(lambda: "127.0.0.1" in reader.screen.key_bar.message)
        await reader.until(lambda: "abgerufen" not in reader.screen.key_bar.message)
        assert reader.app.is_running


async def test_progress_reads_the_feeds_now_and_then_and_not_for_every_feed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds, reads = library.feeds(), []

    def counted() -> tuple[Feed, ...]:
        reads.append(feeds)
        return feeds

    async def refreshed(feed_ids: object = None, *, on_progress: object = None, due: bool = False) -> RefreshReport:
        assert callable(on_progress)
        monkeypatch.setattr(library, "feeds", counted)
        for number in range(1, 101):
            on_progress(Progress(feed_id=1, title="x", done=number, total=100, new=1))
        assert not reads
        await reader.until(lambda: len(reads) == 1)
        return RefreshReport(())

    monkeypatch.setattr(library, "refresh_in_background", refreshed)
    async with reading(library) as reader:
        await reader.press("R")
        await reader.until(lambda: len(reads) == 2 and not reader.screen.state.refreshing)


def test_a_report_tells_what_was_left_unanalysed() -> None:
    said = report_text(RefreshReport((), AnalysisError("gone")))
    assert said == _("Nothing new.") + " " + _("Not everything was analysed.")


async def test_refresh_reports_progress_and_what_came(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def refreshed(feed_ids: object = None, *, on_progress: object = None, due: bool = False) -> RefreshReport:
        assert callable(on_progress)
        on_progress(Progress(feed_id=1, title="x", done=1, total=2))
        seen.append(reader.screen.state.refreshing)
        result = FeedResult(feed_id=1, title="x", address="https://example.org/x", status="unchanged")
        return RefreshReport((result,))

    monkeypatch.setattr(library, "refresh_in_background", refreshed)
    async with reading(library) as reader:
        await reader.press("R")
        await reader.until(lambda: reader.screen.key_bar.message == "Nichts Neues.")
        assert seen == ["Abruf 1/2"]
        assert reader.screen.state.refreshing == ""


async def test_progress_in_quick_succession_is_painted_a_few_times(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = asyncio.Event()
    seen: list[str] = []

    async def refreshed(feed_ids: object = None, *, on_progress: object = None, due: bool = False) -> RefreshReport:
        assert callable(on_progress)
        for done in range(1, 101):
            on_progress(Progress(feed_id=1, title="x", done=done, total=100))
            seen.append(reader.screen.state.refreshing)
        await end.wait()
        return RefreshReport(())

    monkeypatch.setattr(library, "refresh_in_background", refreshed)
    async with reading(library) as reader:
        await reader.press("R")
        await reader.until(lambda: reader.screen.state.refreshing == "Abruf 100/100")
        assert set(seen) == {"Abruf 1/100"}
        end.set()
        await reader.until(lambda: reader.screen.state.refreshing == "")


async def subscribed(library: Library, monkeypatch: pytest.MonkeyPatch, **changes: object) -> list[bool]:
    """A feed of one's own in this state; what is asked of the background refresh goes to the list: whether only due."""
    asked: list[bool] = []
    own = replace(library.feeds()[0], address="https://example.org/feed", **changes)  # type: ignore[arg-type]

    async def refresh(feed_ids: object, *, due: bool = False, **_more: object) -> RefreshReport:
        asked.append(due)
        return RefreshReport(())

    monkeypatch.setattr(library, "refresh_in_background", refresh)
    monkeypatch.setattr(library, "feeds", lambda: (own,))
    return asked


async def test_a_feed_that_is_due_is_fetched_at_the_start_without_a_word(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await subscribed(library, monkeypatch, last_attempt=None)
    async with reading(library) as reader:
        await reader.until(lambda: asked == [True] and not reader.screen.state.refreshing)
        assert reader.screen.state.message == ""


async def test_a_feed_that_is_not_due_is_left_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    now = library.clock()
    asked = await subscribed(library, monkeypatch, last_attempt=now, next_try=now + timedelta(minutes=50))
    async with reading(library) as reader:
        reader.screen.refresh_due()
        await reader.pilot.pause()
        assert asked == []


async def test_nothing_is_fetched_unasked_where_that_is_not_wished(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await subscribed(library, monkeypatch, last_attempt=None)
    async with reading(library, config=Config(fetch=FetchConfig(automatic=False))) as reader:
        await reader.pilot.pause()
        assert asked == []


async def test_every_action_has_its_method(library: Library) -> None:
    async with reading(library) as reader:
        missing = [a.id for a in ACTIONS if not callable(getattr(reader.screen, f"action_{a.id}", None))]
        assert missing == []


async def test_no_english_of_the_framework_is_left(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("ctrl+c")
        assert reader.screen.key_bar.message == "q beendet das Programm."
        shown = " ".join(str(b.binding.description) for b in reader.app.screen.active_bindings.values())
        assert not any(word in shown for word in ("Focus", "Quit", "palette", "Copy"))


async def test_messages_are_not_read_as_markup(library: Library, tmp_path: Path) -> None:
    async with reading(library) as reader:
        reader.screen.tell("[/] [b]Fett[/b] [@click=app.quit]x[/]")
        await reader.pilot.pause()
        assert "[/] [b]Fett[/b] [@click=app.quit]x[/]" in reader.screen.key_bar.drawn().text


async def test_a_feed_that_failed_is_marked_and_says_why(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = replace(library.feeds()[0], error="127.0.0.1 antwortet nicht.")
    others = library.feeds()[1:]
    monkeypatch.setattr(library, "feeds", lambda: (failed, *others))
    monkeypatch.setattr(library, "feed", lambda _id: failed)
    async with reading(library) as reader:
        rows = reader.screen.feed_tree.rows
        index = next(n for n, row in enumerate(rows) if row.failed)
        assert "! " in reader.screen.feed_tree.line_at(index).text
        reader.screen.feed_tree.move_to(index)
        await reader.until(lambda: reader.screen.key_bar.message == f"{failed.title}: 127.0.0.1 antwortet nicht.")


async def test_an_article_that_is_gone_is_told(library: Library) -> None:
    async with reading(library) as reader:
        reader.screen.open_article(999_999)
        assert "999999" in reader.screen.key_bar.message
        assert reader.app.is_running


async def test_a_feed_is_removed_only_after_a_question(library: Library) -> None:
    feed = library.feeds()[0]
    async with reading(library) as reader:
        await reader.press("D")
        assert "Erst links einen Feed wählen" in reader.screen.state.message
        reader.screen.show_feed(feed)
        await reader.until(lambda: reader.screen.state.query.feed_id == feed.id)
        await reader.press("D", "enter")
        await reader.until(lambda: not isinstance(reader.app.screen, PickScreen))
        assert feed.id in {known.id for known in library.feeds()}
        await reader.press("D", "down", "enter")
        await reader.until(lambda: feed.id not in {known.id for known in library.feeds()})
        await reader.until(lambda: reader.screen.state.query.view is View.UNREAD)


async def test_a_full_text_takes_the_place_of_the_teaser(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    async def page(article_id: int) -> Reading:
        asked.append(article_id)
        return library.reading(article_id)

    monkeypatch.setattr(library, "load_full_text", page)
    async with reading(library) as reader:
        await reader.press("f")
        await reader.until(lambda: reader.screen.state.message == "Der Volltext ist da.")
        assert asked == [reader.screen.state.selected]


async def test_a_full_text_that_is_not_to_be_had_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async def page(article_id: int) -> Reading:
        raise NotFoundError("The page holds no more text than the feed.")

    monkeypatch.setattr(library, "load_full_text", page)
    async with reading(library) as reader:
        await reader.press("f")
        await reader.until(lambda: "nicht mehr Text" in reader.screen.state.message)
