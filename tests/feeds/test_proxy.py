"""Proxies: whose word counts, what they are told, and that no redirect slips through them."""

from __future__ import annotations

from collections.abc import Iterator
from traceback import format_exception

import pytest

from reader.errors import FetchError
from reader.feeds.access import Access
from reader.feeds.fetch import Fetched, Fetcher, Limits
from reader.feeds.proxy import proxy_for
from tests.loopback import Answer, Server, loopback
from tests.proxying import proxying

PUBLIC = {"feed.example": "127.0.0.1"}
"""A name that only the proxy knows."""


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


async def fetch(address: str, wish: str = "", *, guarded: bool = False) -> Fetched:
    async with Fetcher("Lesart/test", Limits(total_seconds=5, connect_seconds=2)) as fetcher:
        return await fetcher.get(address, access=Access(proxy=wish), guarded=guarded)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_the_environment_s_proxy_is_gone_through(
    server: Server, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    server.on("/feed", Answer(body=b"x"))
    with proxying(names=PUBLIC) as proxy:
        monkeypatch.setenv(variable, proxy.address)
        address = f"http://feed.example:{server.port}/feed"
        assert (await fetch(address)).body == b"x"
        assert proxy.asked == [address]


async def test_an_address_without_a_scheme_means_http(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with proxying(names=PUBLIC) as proxy:
        monkeypatch.setenv("http_proxy", proxy.netloc)
        server.on("/feed", Answer(body=b"x"))
        assert (await fetch(f"http://feed.example:{server.port}/feed")).body == b"x"


@pytest.mark.parametrize(
    ("variable", "value"), [("NO_PROXY", "127.0.0.1"), ("no_proxy", "*"), ("NO_PROXY", "a, 127.0.0.1 ,b")]
)
async def test_what_no_proxy_names_is_asked_directly(
    server: Server, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    address = server.on("/feed", Answer(body=b"x"))
    with proxying() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        monkeypatch.setenv(variable, value)
        assert (await fetch(address)).body == b"x"
        assert proxy.asked == []


async def test_a_feed_s_own_proxy_goes_before_the_environment_s(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.on("/feed", Answer(body=b"x"))
    with proxying() as general, proxying() as own:
        monkeypatch.setenv("HTTP_PROXY", general.address)
        await fetch(address, own.address)
        assert (general.asked, own.asked) == ([], [address])
        await fetch(address, "direct")
        assert (general.asked, own.asked) == ([], [address])


async def test_the_environment_s_log_in_is_sent_to_the_proxy_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.on("/feed", Answer(body=b"x"))
    with proxying(login="ich:ge heim") as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://ich:ge%20heim@{proxy.netloc}")
        assert (await fetch(address)).body == b"x"
    assert {"Authorization", "Proxy-Authorization"}.isdisjoint(server.requests[0].headers)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("login", ["", "ich:falsch@"])
async def test_a_proxy_that_wants_another_log_in_is_named_without_it(
    monkeypatch: pytest.MonkeyPatch, scheme: str, login: str
) -> None:
    with proxying(login="ich:geheim") as proxy:
        monkeypatch.setenv(f"{scheme}_proxy", f"http://{login}{proxy.netloc}")
        with pytest.raises(FetchError, match=r"The proxy 127\.0\.0\.1 asks for a log-in") as caught:
            await fetch(f"{scheme}://feed.example/")
    assert "HTTPS_PROXY" in caught.value.hint
    told = f"{caught.value.values} {''.join(format_exception(caught.value))}"
    assert "falsch" not in told
    assert "Pwned" not in told


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_dead_proxy_is_named_and_not_passed_over(
    server: Server, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with proxying() as gone:
        dead = gone.netloc
    monkeypatch.setenv(f"{scheme}_proxy", f"http://ich:geheim@{dead}")
    with pytest.raises(
        FetchError, match=r"The proxy 127\.0\.0\.1 cannot be reached; 127\.0\.0\.1 was not asked"
    ) as caught:
        await fetch(server.on("/feed", Answer(body=b"x")).replace("http:", f"{scheme}:"))
    assert server.requests == []
    assert "geheim" not in f"{caught.value} {caught.value.values}"


async def test_a_proxy_whose_name_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    with pytest.raises(FetchError, match=r"The proxy proxy\.invalid cannot be reached"):
        await fetch("http://feed.example/")


async def test_a_proxy_that_lets_nothing_through_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxying(refuses=403) as proxy:
        monkeypatch.setenv("https_proxy", proxy.address)
        with pytest.raises(FetchError, match=r"does not let requests through to feed\.example \(HTTP 403\)"):
            await fetch("https://feed.example/")


@pytest.mark.parametrize("wish", ["socks5://127.0.0.1:1080", "socks5h://me:geheim@x:1", "ftp://x", "http://"])
async def test_a_proxy_of_another_kind_is_refused_and_not_passed_over(
    server: Server, monkeypatch: pytest.MonkeyPatch, wish: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", wish)
    with pytest.raises(FetchError, match="http and https proxies only") as caught:
        await fetch(server.on("/feed", Answer(body=b"x")))
    assert server.requests == []
    assert "geheim" not in f"{caught.value} {caught.value.values}"


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/x", "http://localhost:{port}/x", "http://0x7f.1:{port}/x", "http://[::1]:{port}/x"],
)
async def test_through_a_proxy_no_redirect_leads_to_what_names_itself_private(
    server: Server, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    server.on("/x", Answer(body=b"secret"))
    server.redirect("/feed", target.format(port=server.port))
    with proxying(names=PUBLIC) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        with pytest.raises(FetchError, match="private network"):
            await fetch(f"http://feed.example:{server.port}/feed")
    assert server.asked("/x") == []


async def test_a_typed_local_address_may_go_through_a_proxy_and_redirect_there(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on("/x", Answer(body=b"bridge"))
    address = server.redirect("/feed", "/x")
    with proxying() as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        assert (await fetch(address)).body == b"bridge"
        assert len(proxy.asked) == 2


async def test_a_proxy_on_this_machine_serves_guarded_addresses_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on("/feed", Answer(body=b"x"))
    with proxying(names=PUBLIC) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address.replace("127.0.0.1", "localhost"))
        assert (await fetch(f"http://feed.example:{server.port}/feed", guarded=True)).body == b"x"


def test_the_log_in_of_a_proxy_is_in_no_representation() -> None:
    found = proxy_for("http://a.example/", "", {"http": "http://ich:geheim@p.example:3128"})
    assert found is not None
    assert (found.address, found.login, found.password) == ("http://p.example:3128/", "ich", "geheim")
    assert "geheim" not in repr(found)
