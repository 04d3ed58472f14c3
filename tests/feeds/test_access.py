"""Log-in and headers of a feed: what may be set, and that it goes to the feed's own origin alone."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import pytest

from reader.errors import UsageError
from reader.feeds.access import Access, basic, checked_header, checked_login, checked_proxy, origin
from reader.feeds.address import split_login, typed_address, without_login, without_password
from reader.feeds.fetch import Fetcher, Limits
from reader.feeds.problems import StatusError
from tests.loopback import Answer, Request, Server, loopback

OWN = Access(headers=(("X-Abo", "7"), basic("ich", "geheim")), login=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


async def fetch(address: str, access: Access = OWN) -> bytes:
    async with Fetcher("Lesart/test", Limits(total_seconds=5, connect_seconds=2)) as fetcher:
        return (await fetcher.get(address, access=access)).body


def secrets(request: Request) -> tuple[str | None, str | None]:
    return request.headers.get("Authorization"), request.headers.get("X-Abo")


SENT = ("Basic " + b64encode(b"ich:geheim").decode(), "7")


async def test_log_in_and_headers_go_to_the_feed_s_server(server: Server) -> None:
    await fetch(server.on("/feed", Answer(body=b"x")))
    assert secrets(server.requests[0]) == SENT


async def test_umlauts_go_out_as_utf_8() -> None:
    assert basic("jürgen", "schlüssel")[1] == "Basic " + b64encode("jürgen:schlüssel".encode()).decode()


def test_a_password_that_is_no_utf_8_goes_out_as_its_bytes() -> None:
    assert (
        basic("ich", b"\xff".decode("utf-8", "surrogateescape"))[1]
        == f"Basic {b64encode(b'ich:' + bytes([255])).decode()}"
    )


async def test_a_redirect_on_the_same_origin_takes_them_along(server: Server) -> None:
    server.on("/new", Answer(body=b"x"))
    await fetch(server.redirect("/feed", "/new"))
    assert [secrets(request) for request in server.requests] == [SENT, SENT]


async def test_a_redirect_to_another_port_leaves_them_behind_also_on_the_way_back(server: Server) -> None:
    with loopback() as other:
        back = server.on("/back", Answer(body=b"x"))
        away = other.redirect("/away", back)
        await fetch(server.redirect("/feed", away))
        assert secrets(server.asked("/feed")[0]) == SENT
        assert secrets(other.requests[0]) == (None, None)
        assert secrets(server.asked("/back")[0]) == (None, None)


async def test_another_name_of_the_same_machine_is_another_origin(server: Server) -> None:
    server.on("/new", Answer(body=b"x"))
    await fetch(server.redirect("/feed", f"http://localhost:{server.port}/new"))
    assert secrets(server.asked("/new")[0]) == (None, None)


async def test_a_log_in_in_a_redirect_is_not_used(server: Server) -> None:
    server.on("/new", Answer(body=b"x"))
    await fetch(server.redirect("/feed", f"http://boese:falle@127.0.0.1:{server.port}/new"), Access())
    assert "Authorization" not in server.asked("/new")[0].headers


async def test_a_refused_log_in_is_told_from_a_missing_one(server: Server) -> None:
    address = server.on("/feed", Answer(status=401, headers={"WWW-Authenticate": 'Basic realm="[/] x"'}))
    with pytest.raises(StatusError, match="does not accept the log-in") as refused:
        await fetch(address)
    with pytest.raises(StatusError, match="asks for a log-in"):
        await fetch(address, Access())
    assert "geheim" not in f"{refused.value} {refused.value.values}"


def test_no_secret_is_in_a_representation() -> None:
    assert "geheim" not in repr(OWN)
    assert b64encode(b"ich:geheim").decode() not in repr(OWN)


def test_elsewhere_only_the_proxy_remains() -> None:
    access = Access(proxy="http://p:1", headers=OWN.headers, login=True)
    assert access.towards("https://a.example/feed", "https://a.example:443/x") == access
    for other in ("http://a.example/", "https://b.a.example/", "https://a.example:8443/"):
        assert access.towards("https://a.example/feed", other) == Access(proxy="http://p:1")


def test_an_origin_is_scheme_machine_and_port() -> None:
    assert origin("https://A.example/x") == origin("https://a.example:443/y") == ("https", "a.example", 443)
    assert origin("http://[::1]:8080/x") == ("http", "::1", 8080)


@pytest.mark.parametrize(
    ("typed", "proxy"),
    [
        ("", ""),
        (" Direct ", "direct"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("HTTPS://Proxy.example/", "https://proxy.example"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_proxy_has_one_form(typed: str, proxy: str) -> None:
    assert checked_proxy(typed) == proxy


@pytest.mark.parametrize(
    "typed", ["socks5://x:1", "http://x/pfad", "http://", "nichts da", "http://ich:geheim@x:1", "file:///x"]
)
def test_what_is_no_proxy_is_refused_without_a_log_in_in_the_words(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_proxy(typed)
    assert "geheim" not in f"{caught.value} {caught.value.values}"


@pytest.mark.parametrize("login", ["ich:geheim", "a\nb", "a\x1bb", "x" * 201])
def test_what_is_no_log_in_name_is_refused_unseen(login: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_login(login)
    assert login not in f"{caught.value} {caught.value.values}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Abo", "7"),
        ("User-Agent", "Mozilla/5.0 (X)"),
        ("Authorization", "env:MEIN_TOKEN"),
        ("X-Api-Key", "env:K"),
        ("X-Abo", ""),
    ],
)
def test_headers_that_may_be_set(name: str, value: str) -> None:
    assert checked_header(f" {name}", f"{value} ") == (name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Authorization", "Bearer geheim"),
        ("Cookie", "id=geheim"),
        ("X-Api-Key", "geheim"),
        ("X-AUTH-TOKEN", "geheim"),
        ("Host", "b.example"),
        ("If-None-Match", "x"),
        ("Accept-Encoding", "br"),
        ("Proxy-Authorization", "env:X"),
        ("X Abo", "7"),
        ("", "7"),
        ("X-Abo", "7\r\nX-Evil: 1"),
        ("X-Abo", "ü"),
        ("X-Abo", "env:"),
        ("X-Abo", "env:A B"),
    ],
)
def test_headers_that_may_not_be_set(name: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_header(name, value)
    assert "geheim" not in f"{caught.value} {caught.value.values}"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("https://ich:geheim@a.example/feed", ("https://a.example/feed", "ich", "geheim")),
        ("HTTPS://ich@a.example", ("HTTPS://a.example", "ich", "")),
        ("https://ich:ge%3Aheim%40@a.example/", ("https://a.example/", "ich", "ge:heim@")),
        ("https://ich:ge@heim@a.example/", ("https://a.example/", "ich", "ge@heim")),
        ("feed:https://ich:geheim@a.example/", ("feed:https://a.example/", "ich", "geheim")),
        ("//ich:geheim@a.example/", ("//a.example/", "ich", "geheim")),
        ("https://a.example/@ich", ("https://a.example/@ich", "", "")),
        ("https://a.example/?von=ich@b.example", ("https://a.example/?von=ich@b.example", "", "")),
        ("tagesschau", ("tagesschau", "", "")),
    ],
)
def test_a_log_in_is_split_off_an_address(typed: str, parts: tuple[str, str, str]) -> None:
    assert split_login(typed) == parts


@pytest.mark.parametrize(
    "typed",
    [
        "gopher://ich:geheim@a.example/", "ich:geheim@a.example/feed", "https://ich:ge/heim@a.example/", "https://ich:geheim@",
        "x https://ich:geheim@a.example/", "ich:geh eim@a.example",
    ],
)  # fmt: skip
def test_a_refused_address_is_shown_without_its_password(typed: str) -> None:
    bare = split_login(typed)[0]
    with pytest.raises(UsageError) as caught:
        typed_address(bare)
    told = f"{caught.value} {caught.value.values} {without_password(typed)}"
    assert "geheim" not in told
    assert "heim" not in told.replace("geheim", "")


def test_addresses_in_foreign_text_lose_their_log_in() -> None:
    assert without_login('sieh "http://ich:geheim@a.example/x" und //t@b/') == 'sieh "http://a.example/x" und //b/'
    assert without_login("https://a.example/@ich an ich@a.example") == "https://a.example/@ich an ich@a.example"
