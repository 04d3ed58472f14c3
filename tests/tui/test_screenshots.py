"""The pictures of the README are scenes of the demo edition, and each must look as it is kept.

``LESART_UPDATE_SCREENSHOTS=1`` writes them anew. Under other versions of textual or rich only the words are compared.
"""

from __future__ import annotations

import html
import os
import re
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.analysis import Completeness
from reader.model.article import Feed
from reader.model.health import FeedHealth, HealthState
from reader.model.query import ArticleQuery, View
from reader.tui.render.article import passages
from reader.tui.screens.pick import PickScreen
from tests.tui.driving import Reader, reading

FOLDER = Path(__file__).parents[2] / "screenshots"
MADE_WITH = f"<!-- textual {version('textual')}, rich {version('rich')} -->"


def picture(reader: Reader) -> str:
    """The screen as SVG without what differs from run to run, and without fonts from elsewhere."""
    svg = reader.app.export_screenshot(title="Lesart", simplify=True)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"\s*@font-face \{.*?\}\n", "\n", svg, flags=re.DOTALL)
    return f"{svg.rstrip()}\n{MADE_WITH}\n"


def words(svg: str) -> list[str]:
    return [html.unescape(found).replace("\xa0", " ") for found in re.findall(r"<text[^>]*>(.*?)</text>", svg)]


def assert_scene(name: str, reader: Reader) -> None:
    path = FOLDER / f"{name}.svg"
    drawn = picture(reader)
    if os.environ.get("LESART_UPDATE_SCREENSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(drawn, "utf-8")
    kept = path.read_text("utf-8")
    hint = f"{path.name}: LESART_UPDATE_SCREENSHOTS=1 writes it anew"
    assert words(drawn) == words(kept), hint
    if MADE_WITH in kept:
        assert drawn == kept, hint


def showpiece(library: Library) -> int:
    """The demo edition's article on a company that wants its chief executive back."""
    rows = library.rows(library.ids(ArticleQuery(view=View.ALL)))
    return next(row.id for row in rows if "Wortlicht" in row.title)


def feeds_in_trouble(library: Library) -> tuple[FeedHealth, ...]:
    """Feeds of nobody in every state."""
    states = {
        HealthState.FAILING: ("Funkblatt", "Der Server antwortet nicht.", "Später noch einmal versuchen."),
        HealthState.SILENT: ("Wetterbote", "", "Nachsehen, ob es den Feed noch gibt."),
        HealthState.ENDED: ("Abendpost", "Der Server meldet: 410, für immer fort.", "Das Abonnement beenden."),
        HealthState.WELL: ("Beispielblatt", "", ""),
    }
    now = library.clock()
    return tuple(
        FeedHealth(
            feed=Feed(
                id=number,
                address=f"https://example.org/{number}",
                title=title,
                error=error,
                last_success=now - timedelta(hours=5 * number),
                next_try=now + timedelta(minutes=40),
                ended=state is HealthState.ENDED,
            ),
            state=state,
            newest=now - timedelta(days=number * 3),
            publishes_every=timedelta(hours=number * 4),
            advice=advice,
        )
        for number, (state, (title, error, advice)) in enumerate(states.items(), 1)
    )


async def settled(reader: Reader) -> None:
    await reader.pilot.pause()
    await reader.app.workers.wait_for_complete()
    await reader.pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_the_main_screen(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as reader:
        await reader.go_to(showpiece(library))
        if size[0] < 75:
            await reader.press("enter")
        await settled(reader)
        assert_scene(f"main-{size[0]}x{size[1]}", reader)


async def test_the_light_theme(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(showpiece(library))
        await reader.press("t")
        await settled(reader)
        assert_scene("light-120x40", reader)


async def test_standing_in_a_passage(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(showpiece(library))
        read = reader.screen.article.reading
        assert read is not None
        await reader.press("enter", *["w"] * min(3, len(passages(read))))
        await settled(reader)
        assert_scene("passage-120x40", reader)


async def test_help(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark")
        await settled(reader)
        assert_scene("help-120x40", reader)


async def test_the_command_palette(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("colon")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the palette")
        palette = reader.app.screen
        assert isinstance(palette, PickScreen)
        await reader.until(lambda: palette.field.has_focus, "the palette's field")
        await reader.press(*"ungel")
        await reader.until(lambda: palette.field.value == "ungel", "what was typed")
        await settled(reader)
        await settled(reader)
        assert_scene("palette-120x40", reader)


async def test_a_teaser(library: Library) -> None:
    async with reading(library) as reader:
        ids = library.ids(ArticleQuery(view=View.ALL))
        teasers = [
            i for i in ids if (a := library.reading(i).analysis) is not None and a.completeness is Completeness.TEASER
        ]
        await reader.go_to(teasers[0])
        await settled(reader)
        assert_scene("teaser-120x40", reader)


async def test_a_story_that_others_tell(library: Library) -> None:
    async with reading(library) as reader:
        rows = library.rows(library.ids(ArticleQuery(view=View.ALL, together=True)))
        told = max(rows, key=lambda row: (row.more, row.id))
        await reader.go_to(told.id)
        await settled(reader)
        await reader.press("z")
        await reader.until(lambda: reader.screen.stories.parent_of_current is not None)
        await settled(reader)
        assert_scene("story-120x40", reader)


async def test_the_first_points(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(showpiece(library))
        await reader.press("P")
        await settled(reader)
        assert_scene("points-120x40", reader)


async def test_the_health_of_the_feeds(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "health", lambda: feeds_in_trouble(library))
    async with reading(library) as reader:
        await reader.press("H")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        await settled(reader)
        assert_scene("health-120x40", reader)


async def test_an_export(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(library.paths.exports.parent))
    async with reading(library) as reader:
        await reader.go_to(showpiece(library))
        await reader.press("e")
        await reader.until(lambda: "Exportiert" in reader.screen.key_bar.message)
        await settled(reader)
        assert_scene("export-120x40", reader)
