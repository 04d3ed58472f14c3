"""refresh --due and what feeds says about the next try."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from reader.cli import main
from tests.loopback import Answer, Server, item, loopback, rss


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


def test_a_timer_s_refresh_leaves_alone_what_is_not_due(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    assert main(["refresh", "--due"]) == 0
    assert len(server.asked("/a")) == 1
    assert main(["refresh"]) == 0
    assert len(server.asked("/a")) == 2


def test_due_and_force_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["refresh", "--due", "--force"]) == 2
    assert "--force" in capsys.readouterr().err


def test_feeds_tells_interval_and_next_try(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss("<ttl>180</ttl>", item(1)))])
    capsys.readouterr()
    main(["feeds", "--json"])
    (feed,) = json.loads(capsys.readouterr().out)
    assert (feed["interval"], feed["ended"]) == (10_800, False)
    ahead = datetime.fromisoformat(feed["next_try"]) - datetime.now(UTC)
    assert timedelta(hours=2, minutes=58) < ahead <= timedelta(hours=3)


def test_a_failing_feed_says_when_it_is_tried_next(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    server.on("/a", Answer(status=500))
    main(["refresh"])
    capsys.readouterr()
    main(["feeds"])
    assert "Nächster Versuch: " in capsys.readouterr().out


def test_a_feed_that_has_ended_is_said_to_be_stopped_and_can_be_resumed(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["add", server.feed("/a", rss(item(1)))])
    server.on("/a", Answer(status=410))
    assert main(["refresh"]) == 1
    capsys.readouterr()
    assert main(["refresh"]) == 0
    assert "1 Feed nicht gefragt" in capsys.readouterr().err
    main(["feeds"])
    assert "--force" in capsys.readouterr().out
    server.feed("/a", rss(item(1), item(2)))
    assert main(["refresh", "--force"]) == 0
    capsys.readouterr()
    main(["feeds", "--json"])
    (feed,) = json.loads(capsys.readouterr().out)
    assert (feed["ended"], feed["error"], feed["total"]) == (False, None, 2)
