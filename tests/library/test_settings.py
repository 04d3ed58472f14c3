"""Settings of single feeds, and where their passwords are."""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reader.errors import FetchError, LesartError, NotFoundError, UsageError
from reader.library import Library
from reader.library.refresh import TRUSTED_MACHINES
from reader.library.secrets import access, variable
from reader.library.settings import AccessWish
from reader.model.query import ArticleQuery, View
from reader.model.settings import FeedSettings, FullText
from reader.store import Store
from tests.keys import MemoryKeyring, no_keyring, using
from tests.loopback import Answer, Request, Server, item, loopback, rss
from tests.proxying import proxying

PAIR = "Basic " + b64encode(b"ich:geheim").decode()


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    found = MemoryKeyring()
    with using(found):
        yield found


@pytest.fixture
def no_ring() -> Iterator[None]:
    with using(no_keyring()):
        yield


def locked(body: bytes, pair: str = PAIR) -> Callable[[Request], Answer]:
    def script(request: Request) -> Answer:
        if request.headers.get("Authorization") != pair:
            return Answer(status=401, headers={"WWW-Authenticate": 'Basic realm="Abo"'})
        return Answer(body=body)

    return script


def with_login(address: str, login: str = "ich:geheim") -> str:
    return address.replace("://", f"://{login}@")


async def test_a_feed_starts_with_nothing_set(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    assert library.settings.of(feed.id) == feed.settings == FeedSettings()


async def test_what_is_given_is_changed_and_the_rest_stays(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    library.settings.change(feed.id, proxy="direct", headers={"X-Abo": "7", "User-Agent": "Eigen/1"})
    changed = library.settings.change(feed.id, full_text=FullText.NEVER, headers={"x-abo": ""})
    assert changed == library.feed(feed.id)
    assert changed.settings == FeedSettings(
        full_text=FullText.NEVER, proxy="direct", headers=(("User-Agent", "Eigen/1"),)
    )
    assert library.settings.change(feed.id, proxy="").settings.proxy == ""


async def test_a_title_of_one_s_own_stays_and_an_empty_one_gives_the_feed_s_back(
    server: Server, library: Library
) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1), title="Blatt")))
    assert library.settings.change(feed.id, title=" Mein\x1b[31m Blatt ").title == "Mein Blatt"
    await library.refresh()
    assert library.feed(feed.id).title == "Mein Blatt"
    library.settings.change(feed.id, title="")
    await library.refresh()
    assert library.feed(feed.id).title == "Blatt"


async def test_another_folder_takes_the_articles_along(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))), folder="Alt")
    assert library.settings.change(feed.id, folder="Neu").folder == "Neu"
    assert len(library.ids(ArticleQuery(view=View.FOLDER, folder="Neu"))) == 1
    assert len(library.ids(ArticleQuery(view=View.FOLDER, folder="Alt"))) == 0


async def test_one_wrong_wish_changes_nothing(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    wishes: tuple[dict[str, Any], ...] = ({"proxy": "socks5://x:1"}, {"login": "a:b"}, {"headers": {"Cookie": "id=7"}})
    for wrong in wishes:
        with pytest.raises(UsageError):
            library.settings.change(feed.id, title="Neu", **wrong)
    assert library.feed(feed.id) == feed


def test_a_feed_that_is_not_there_is_told(library: Library) -> None:
    for attempt in (library.settings.of, library.settings.change):
        with pytest.raises(NotFoundError):
            attempt(7)
    with pytest.raises(NotFoundError):
        library.settings.set_password(7, "x")


async def test_a_refresh_uses_headers_log_in_and_proxy_of_the_feed(
    server: Server, library: Library, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    with proxying() as proxy:
        monkeypatch.setenv("MEIN_SCHLUESSEL", "k-1")
        library.settings.change(
            feed.id, proxy=proxy.address, login="ich", headers={"X-Api-Key": "env:MEIN_SCHLUESSEL", "User-Agent": "E/1"}
        )
        library.settings.set_password(feed.id, "geheim")
        await library.refresh()
        assert proxy.asked[0] == feed.address
    headers = server.asked("/a")[-1].headers
    assert (headers["Authorization"], headers["X-Api-Key"], headers["User-Agent"]) == (PAIR, "k-1", "E/1")


async def test_a_secret_that_is_missing_costs_its_feed_alone_and_is_named(
    server: Server, library: Library, no_ring: None
) -> None:
    first, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    second, _ = await library.subscribe(server.feed("/b", rss(item(2))))
    third, _ = await library.subscribe(server.feed("/c", rss(item(3))))
    library.settings.change(first.id, login="ich")
    library.settings.change(second.id, headers={"X-Api-Key": "env:LESART_GIBT_ES_NICHT"})
    report = await library.refresh()
    assert [result.status for result in report.results] == ["error", "error", "unchanged"]
    assert variable(first.id) in library.feed(first.id).hint
    assert "LESART_GIBT_ES_NICHT" in library.feed(second.id).error
    assert library.feed(third.id).error == ""


def test_the_environment_goes_before_the_keyring(ring: MemoryKeyring) -> None:
    ring.set_password("lesart", "ich@https://a.example:443", "aus dem Ring")
    settings = FeedSettings(login="ich")
    for environ, password in (({}, "aus dem Ring"), ({"LESART_PASSWORD_3": "geheim"}, "geheim")):
        found = access(3, "https://a.example/feed", settings, environ)
        assert found.headers == (("Authorization", "Basic " + b64encode(f"ich:{password}".encode()).decode()),)
    with pytest.raises(FetchError, match="no password"):
        access(3, "https://b.example/feed", settings, {})


async def test_without_a_keyring_a_password_is_refused_with_the_way_out(
    server: Server, library: Library, no_ring: None
) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    library.settings.change(feed.id, login="ich")
    with pytest.raises(LesartError, match="cannot be kept") as caught:
        library.settings.set_password(feed.id, "geheim")
    assert caught.value.values["variable"] == f"LESART_PASSWORD_{feed.id}"


async def test_without_the_keyring_package_the_environment_serves(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    server.on("/a", locked(rss(item(1))))
    monkeypatch.setenv("LESART_PASSWORD_1", "geheim")
    feed, _ = await library.subscribe(with_login(server.base + "/a", "ich"))
    assert (feed.settings.login, feed.error) == ("ich", "")
    with pytest.raises(LesartError, match="cannot be kept"):
        library.settings.set_password(feed.id, "x")


async def test_a_typed_password_that_stands_in_the_environment_needs_no_keyring(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    server.on("/a", locked(rss(item(1))))
    monkeypatch.setenv("LESART_PASSWORD_1", "geheim")
    feed, _ = await library.subscribe(with_login(server.base + "/a", "ich:geheim"))
    assert (feed.settings.login, feed.error) == ("ich", "")


async def test_a_password_needs_a_name(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    with pytest.raises(UsageError, match="log-in name"):
        library.settings.set_password(feed.id, "geheim")


async def test_a_log_in_in_a_typed_address_is_kept_apart_from_it(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    address = server.on("/a", locked(rss(item(1))))
    feed, result = await library.subscribe(with_login(address))
    assert (feed.address, feed.settings.login, result.new) == (address, "ich", 1)
    assert list(ring.kept.values()) == ["geheim"]
    assert [result.status for result in (await library.refresh()).results] == ["unchanged"]


async def test_a_typed_password_that_nothing_keeps_subscribes_to_nothing(
    server: Server, library: Library, no_ring: None
) -> None:
    address = server.on("/a", locked(rss(item(1))))
    with pytest.raises(LesartError, match="cannot be kept"):
        await library.subscribe(with_login(address))
    assert library.feeds() == ()


async def test_a_log_in_typed_for_a_feed_that_is_there_is_its_log_in_from_now_on(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    again, _ = await library.subscribe(with_login(feed.address))
    assert (again.id, again.settings.login) == (feed.id, "ich")
    assert list(ring.kept.values()) == ["geheim"]


async def test_a_name_without_a_password_says_where_to_put_it(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    with pytest.raises(FetchError, match="no password") as caught:
        await library.subscribe(with_login(server.base + "/a", "ich"))
    assert caught.value.values["variable"] == "LESART_PASSWORD_1"
    assert server.requests == []


async def test_a_page_s_log_in_is_not_that_of_a_feed_elsewhere(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    with loopback() as other:
        feed_address = other.feed("/feed", rss(item(1)))
        link = f"<html><link rel=alternate type=application/rss+xml href={feed_address}></html>"
        feed, _ = await library.subscribe(with_login(server.on("/", Answer(body=link.encode()))))
        assert (feed.address, feed.settings.login) == (feed_address, "")
        assert "Authorization" not in other.requests[0].headers
    assert ring.kept == {}


async def test_a_log_in_that_ends_takes_its_password_along_unless_another_feed_needs_it(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    feeds = [(await library.subscribe(server.feed(path, rss(item(1)))))[0] for path in ("/a", "/b")]
    for feed in feeds:
        library.settings.change(feed.id, login="ich")
    library.settings.set_password(feeds[0].id, "geheim")
    library.settings.change(feeds[0].id, login="")
    assert list(ring.kept.values()) == ["geheim"]
    library.unsubscribe(feeds[1].id)
    assert ring.kept == {}


async def test_a_feed_with_a_log_in_does_not_follow_to_another_origin(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    feed, _ = await library.subscribe(with_login(server.on("/a", locked(rss(item(1))))))
    with loopback() as other:
        server.redirect("/a", other.feed("/a", rss(item(1))), 301)
        for _ in range(3):
            await library.refresh()
        assert library.feed(feed.id).address == feed.address
        assert all("Authorization" not in request.headers for request in other.requests)
        (health,) = library.health()
        assert (health.state, health.moved_to) == ("moved", other.base + "/a")
    server.redirect("/a", server.on("/neu", locked(rss(item(1)))), 301)
    statuses = [(await library.refresh()).results[0].status for _ in range(2)]
    assert statuses[1] == "moved"
    assert library.feed(feed.id).address.endswith("/neu")


async def test_an_imported_feed_may_be_given_a_log_in(
    server: Server, library: Library, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    address = server.on("/a", locked(rss(item(1))))
    report = library.import_list(f"{with_login(address)} Politik\n".encode())
    assert len(report.noted) == 1
    (feed,) = library.feeds()
    library.settings.change(feed.id, login="ich")
    library.settings.set_password(feed.id, "geheim")
    assert (await library.refresh()).new == 1


async def test_settings_end_with_the_subscription(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    library.star(library.ids(ArticleQuery()).tolist())
    library.settings.change(feed.id, login="ich", headers={"X-Abo": "7"}, full_text=FullText.ALWAYS, proxy="direct")
    library.unsubscribe(feed.id)
    again, _ = await library.subscribe(feed.address)
    assert (again.id, again.settings) == (feed.id, FeedSettings())


async def test_full_text_and_check_use_the_log_in_at_the_same_origin(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    await library.subscribe(with_login(server.on("/a", locked(rss(item(1))))))
    (found,) = await library.check(library.candidates())
    assert (found.error, found.entries) == (None, 1)
    (article_id,) = library.ids(ArticleQuery())
    library._store.write(
        lambda c: c.execute("UPDATE documents SET address = ?", (server.on("/text", Answer(status=404)),))
    )
    with pytest.raises(FetchError):
        await library.load_full_text(article_id)
    assert server.asked("/text")[0].headers["Authorization"] == PAIR


async def test_a_feed_is_subscribed_to_with_log_in_and_headers_in_one_go(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    address = server.on("/a", locked(rss(item(1))))
    wish = AccessWish.checked(login="ich", headers={"X-Abo": "7"})
    feed, result = await library.subscribe(address, access=wish, password="geheim")
    assert (feed.settings.login, feed.settings.headers, result.new) == ("ich", (("X-Abo", "7"),), 1)
    assert {request.headers.get("X-Abo") for request in server.requests} == {"7"}
    assert [result.status for result in (await library.refresh()).results] == ["unchanged"]


async def test_log_in_and_headers_of_a_new_feed_stay_with_the_machine_they_are_for(
    server: Server, library: Library, ring: MemoryKeyring
) -> None:
    with loopback() as other:
        other.feed("/b", rss(item(1)))
        address = server.on("/a", Answer(status=301, headers={"Location": other.base + "/b"}))
        wish = AccessWish.checked(login="ich", headers={"X-Abo": "7"})
        feed, _ = await library.subscribe(address, access=wish, password="geheim")
        assert feed.settings == FeedSettings()
        assert ring.kept == {}
        assert "X-Abo" not in other.requests[-1].headers


async def test_two_changes_at_once_are_both_kept(
    server: Server, library: Library, open_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    other = open_library()
    real = Store.write

    def after_another(store: Store, job: Callable[..., Any], *given: Any) -> Any:
        monkeypatch.setattr(Store, "write", real)
        other.settings.change(feed.id, headers={"X-Zwei": "2"}, proxy="direct")
        return real(store, job, *given)

    monkeypatch.setattr(Store, "write", after_another)
    library.settings.change(feed.id, headers={"X-Eins": "1"})
    found = library.settings.of(feed.id)
    assert (dict(found.headers), found.proxy) == ({"X-Eins": "1", "X-Zwei": "2"}, "direct")


class BrokenKeyring(MemoryKeyring):
    """One whose service does not answer."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"no answer about {username}")


async def test_a_keyring_that_fails_is_logged_and_told_as_the_feed_s_reason(
    server: Server, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    library.settings.change(feed.id, login="ich")
    caplog.set_level("INFO", "reader.library.secrets")
    with using(BrokenKeyring()):
        await library.refresh()
    told = library.feed(feed.id)
    assert "RuntimeError" in told.error
    assert variable(feed.id) in told.hint
    assert "RuntimeError" in caplog.text
    assert "ich@" not in caplog.text + told.error
