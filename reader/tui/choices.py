"""How the feeds are doing, what an address offers, and what can be set for a feed, as entries to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from reader.i18n import _, date_text, ngettext, number_text, relative_text
from reader.model.article import Feed
from reader.model.health import FeedHealth, FeedPreview, HealthState
from reader.model.settings import FullText
from reader.tui.widgets.pick_list import Entry
from reader.words import full_text_word, health_word

_ORDER = tuple(HealthState)
_FEW_TEASERS, _MANY_TEASERS = 0.1, 0.9


def health_entries(found: Sequence[FeedHealth], now: datetime) -> list[Entry]:
    """The feeds, those that need a person first."""
    return [
        Entry(
            str(health.feed.id),
            health.feed.title,
            _facts(health, now),
            health_word(health.state),
            _details(health, now),
        )
        for health in sorted(found, key=lambda health: _ORDER.index(health.state))
    ]


def health_title(found: Sequence[FeedHealth]) -> str:
    """How many feeds need a person, else how many bring nothing any more."""
    trouble = sum(health.state in (HealthState.ENDED, HealthState.FAILING, HealthState.MOVED) for health in found)
    silent = sum(health.state is HealthState.SILENT for health in found)
    if not trouble and silent:
        return ngettext("{n} feed is silent", "{n} feeds are silent", silent).format(n=number_text(silent))
    if not trouble:
        return _("All feeds are well")
    return ngettext("{n} feed needs you", "{n} feeds need you", trouble).format(n=number_text(trouble))


def preview_entries(found: Sequence[FeedPreview], now: datetime) -> list[Entry]:
    """The feeds of an address, in the order of the page."""
    return [
        Entry(
            preview.address,
            preview.title or preview.address,
            ngettext("{n} story", "{n} stories", preview.count).format(n=number_text(preview.count)),
            _("subscribed") if preview.subscribed else "",
            (
                (_("Address"), preview.address),
                (_("Newest"), _age(preview.newest, now)),
                (_("Text"), _text_share(preview)),
                *((_("Stories") if n == 0 else "", headline) for n, headline in enumerate(preview.headlines)),
            ),
        )
        for preview in found
    ]


def setting_entries(feed: Feed) -> list[Entry]:
    """What can be set for a feed, each with its present value."""
    chosen = feed.settings.full_text
    helps = {
        FullText.AUTOMATIC: _("fetch the page where the feed has a teaser"),
        FullText.ALWAYS: _("fetch the page of every new article"),
        FullText.NEVER: _("keep to what the feed brings"),
    }
    entries = [
        Entry("title", _("Title"), feed.title),
        Entry("folder", _("Folder"), feed.folder or _("none")),
    ]
    entries += [
        Entry(
            f"full {way}",
            _("Full text: {way}").format(way=full_text_word(way)),
            helps[way],
            "✓" if way is chosen else "",
        )
        for way in FullText
    ]
    return entries


def _facts(health: FeedHealth, now: datetime) -> str:
    feed = health.feed
    if health.state is HealthState.NEVER:
        return _("not fetched yet")
    if feed.error and feed.last_success is not None:
        return _("last worked {when}").format(when=relative_text(feed.last_success, now))
    if feed.error:
        return _("never worked")
    return _("newest {when}").format(when=_age(health.newest, now)) if health.newest is not None else ""


def _details(health: FeedHealth, now: datetime) -> tuple[tuple[str, str], ...]:
    feed = health.feed
    upcoming = _("never of itself") if feed.ended else date_text(feed.next_try) if feed.next_try is not None else ""
    return (
        (_("Trouble"), feed.error),
        (_("What to do"), health.advice or feed.hint),
        (_("Last success"), _age(feed.last_success, now)),
        (_("Next try"), upcoming),
        (_("Rhythm"), _rhythm(health.publishes_every)),
        (_("Moved to"), health.moved_to),
        (_("Address"), feed.address),
    )


def _age(when: datetime | None, now: datetime) -> str:
    return relative_text(when, now) if when is not None else ""


def _rhythm(every: timedelta | None) -> str:
    if every is None:
        return ""
    hours = every.total_seconds() / 3600
    if hours < 1:
        return _("several stories an hour")
    if hours < 48:
        count = round(hours)
        return _("a story every {n} hours").format(n=number_text(count)) if count > 1 else _("a story every hour")
    count = round(hours / 24)
    return _("a story every {n} days").format(n=number_text(count))


def _text_share(preview: FeedPreview) -> str:
    if preview.teasers >= _MANY_TEASERS:
        return _("teasers; Lesart fetches the articles from their pages")
    return _("full articles") if preview.teasers <= _FEW_TEASERS else _("some full articles, some teasers")
