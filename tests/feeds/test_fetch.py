"""Fetching, against a real server on the loopback interface."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from reader.errors import FetchError
from reader.feeds import fetch
from reader.feeds.fetch import Fetcher, Limits, retry_after, user_agent
from reader.feeds.problems import StatusError
from tests.loopback import Answer, Server, loopback

LIMITS = Limits(total_seconds=5, connect_seconds=2, max_bytes=1_000_000)


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher("Lesart/test", LIMITS) as opened:
        yield opened


async def test_an_answer_comes_with_its_validators_and_address(server: Server, fetcher: Fetcher) -> None:
    headers = {"ETag": 'W/"a,b"', "Last-Modified": "yesterday, or so", "Content-Type": "text/xml"}
    address = server.on("/feed", Answer(body=b"<rss/>", headers=headers))
    fetched = await fetcher.get(address)
    assert (fetched.body, fetched.etag, fetched.last_modified) == (b"<rss/>", 'W/"a,b"', "yesterday, or so")
    assert (fetched.address, fetched.permanent, fetched.unchanged) == (address, "", False)
    assert fetched.content_type == "text/xml"


async def test_validators_go_out_byte_for_byte(server: Server, fetcher: Fetcher) -> None:
    address = server.on("/feed", Answer(status=304))
    fetched = await fetcher.get(address, etag='W/"a,b"', last_modified="yesterday, or so")
    asked = server.asked("/feed")[0].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('W/"a,b"', "yesterday, or so")
    assert fetched.unchanged
    assert fetched.body == b""


async def test_the_same_bytes_again_are_unchanged(server: Server, fetcher: Fetcher) -> None:
    address = server.on("/feed", Answer(body=b"<rss/>"))
    first = await fetcher.get(address)
    assert (await fetcher.get(address, digest=first.digest)).unchanged
    server.on("/feed", Answer(body=b"<rss></rss>"))
    assert not (await fetcher.get(address, digest=first.digest)).unchanged


async def test_the_request_says_who_asks_and_nothing_else(server: Server, fetcher: Fetcher) -> None:
    await fetcher.get(server.on("/feed", Answer(body=b"x", headers={"Set-Cookie": "id=7"})))
    await fetcher.get(server.base + "/feed")
    first, second = (request.headers for request in server.requests)
    assert first["User-Agent"] == "Lesart/test"
    assert {"Cookie", "Referer", "Authorization"}.isdisjoint(second)
    assert second["Accept-Encoding"] == "gzip, deflate"


def test_the_user_agent_carries_the_contact() -> None:
    assert user_agent("1.0", "https://example.org/me") == "Lesart/1.0 (+https://example.org/me)"
    assert user_agent("1.0", "") == "Lesart/1.0"
    assert user_agent("1.0", "a\r\nX: y") == "Lesart/1.0 (+aX: y)"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"Text " * 100, mtime=0)),
        ("GZIP", gzip.compress(b"Text " * 50, mtime=0) + gzip.compress(b"Text " * 50, mtime=0)),
        ("deflate", zlib.compress(b"Text " * 100)),
        ("deflate", zlib.compress(b"Text " * 100)[2:-4]),
        ("", gzip.compress(b"Text " * 100, mtime=0)),
        ("identity", b"Text " * 100),
    ],
)
async def test_packed_bodies_are_unpacked(server: Server, fetcher: Fetcher, coding: str, packed: bytes) -> None:
    headers = {"Content-Encoding": coding} if coding else {}
    assert (await fetcher.get(server.on("/feed", Answer(body=packed, headers=headers)))).body == b"Text " * 100


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(body=b"x" * 1_100_000), "larger than"),
        (Answer(body=gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}), "larger than"),
        (Answer(body=gzip.compress(b"Text" * 99, mtime=0)[:-9], headers={"Content-Encoding": "gzip"}), "broke off"),
        (Answer(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}), "is damaged"),
        (Answer(body=b"x", headers={"Content-Encoding": "br"}), "not asked for"),
        (Answer(body=b"half", declared=100, reset=True), "broke off"),
        (Answer(status=302), "not a web address"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "not a web address"),
        (Answer(status=302, headers={"Location": "http://[::1"}), "not a web address"),
    ],
)
async def test_trouble_is_told_in_words(server: Server, fetcher: Fetcher, answer: Answer, words: str) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        await fetcher.get(server.on("/feed", answer))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "no page at this address"), (410, "for good"), (401, "log-in"), (403, "refuses"), (429, "fewer requests"),
        (500, "out of order"), (503, "out of order"), (418, "no feed"), (204, "no feed"),
    ],
)  # fmt: skip
async def test_a_status_has_its_sense(server: Server, fetcher: Fetcher, status: int, words: str) -> None:
    address = server.on("/feed", Answer(status=status, reason="\x1b]0;Pwned", headers={"Retry-After": "120"}))
    with pytest.raises(StatusError, match=words) as caught:
        await fetcher.get(address)
    assert (caught.value.status, caught.value.retry_seconds) == (status, 120)
    assert "Pwned" not in str(caught.value)


async def test_redirects_are_followed_and_permanent_ones_told(server: Server, fetcher: Fetcher) -> None:
    target = server.on("/new", Answer(body=b"x"))
    server.redirect("/b", "/new", 308)
    fetched = await fetcher.get(server.redirect("/a", server.base + "/b", 301))
    assert (fetched.address, fetched.permanent) == (target, target)


async def test_one_temporary_redirect_on_the_way_makes_all_of_it_temporary(server: Server, fetcher: Fetcher) -> None:
    server.on("/new", Answer(body=b"x"))
    server.redirect("/b", "/new", 302)
    assert (await fetcher.get(server.redirect("/a", "/b", 301))).permanent == ""


async def test_a_circle_of_redirects_ends(server: Server, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="more than 10 times"):
        await fetcher.get(server.redirect("/a", "/a"))
    assert len(server.requests) == 11


async def test_a_body_that_never_comes_ends_at_the_deadline(server: Server) -> None:
    never = threading.Event()
    address = server.on("/feed", Answer(body=b"x", wait=never))
    async with Fetcher("Lesart/test", Limits(total_seconds=0.3)) as fetcher:
        with pytest.raises(FetchError, match="took too long"):
            await fetcher.get(address)
    never.set()


async def test_a_closed_port_is_told(fetcher: Fetcher) -> None:
    with loopback() as gone:
        address = gone.base
    with pytest.raises(FetchError, match="does not accept connections"):
        await fetcher.get(address)


async def test_an_unknown_machine_is_told(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match=r"no machine named nowhere\.invalid"):
        await fetcher.get("https://nowhere.invalid/feed")


def test_a_name_server_that_hangs_hangs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: hanging.wait(60))

    async def fetch() -> None:
        async with Fetcher("Lesart/test", Limits(total_seconds=0.2)) as fetcher:
            with pytest.raises(FetchError, match="took too long"):
                await fetcher.get("https://example.org/")

    started = time.monotonic()
    asyncio.run(fetch())
    assert time.monotonic() - started < 5
    hanging.set()


async def test_a_server_without_tls_is_not_trusted(server: Server, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="does not offer a secure connection"):
        await fetcher.get(server.base.replace("http:", "https:") + "/feed")


async def test_a_server_that_speaks_something_else_is_told(fetcher: Fetcher) -> None:
    async def speak(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        with pytest.raises(FetchError, match="does not answer as a web server"):
            await fetcher.get(f"http://127.0.0.1:{port}/")


async def test_a_file_of_empty_members_takes_no_square_time(server: Server) -> None:
    packed = gzip.compress(b"", mtime=0) * 300_000 + gzip.compress(b"Text", mtime=0)
    async with Fetcher("Lesart/test", Limits(total_seconds=10)) as fetcher:
        assert (await fetcher.get(server.on("/feed", Answer(body=packed)))).body == b"Text"


async def test_a_typed_local_address_may_redirect_to_a_local_one(server: Server, fetcher: Fetcher) -> None:
    server.on("/new", Answer(body=b"x"))
    assert (await fetcher.get(server.redirect("/a", "/new"))).body == b"x"


@pytest.mark.parametrize("host", ["127.0.0.66", "127.0.66", "2130706498", "0x7f000042", "[::ffff:127.0.0.66]"])
async def test_a_public_server_cannot_lead_into_this_machine(server: Server, host: str) -> None:
    with loopback("127.0.0.66") as inside:
        inside.on("/inside", Answer(body=b"secret"))
        address = server.redirect("/a", f"http://{host}:{inside.port}/inside")
        async with Fetcher("Lesart/test", Limits(trusted=frozenset({"127.0.0.1"}), total_seconds=5)) as fetcher:
            with pytest.raises(FetchError):
                await fetcher.get(address)
        assert inside.requests == []


@pytest.mark.parametrize("host", ["１２７.0.0.66", "⑫7.0.0.66", "127。0。0。66", "𝟭27.0.0.66"])
async def test_an_address_in_other_digits_is_judged_as_it_is_connected_to(fetcher: Fetcher, host: str) -> None:
    with loopback("127.0.0.66") as inside:
        inside.on("/inside", Answer(body=b"secret"))
        with pytest.raises(FetchError, match="private network"):
            await fetcher.get(f"http://{host}:{inside.port}/inside", guarded=True)
        assert inside.requests == []


async def test_an_open_connection_to_a_local_machine_is_not_lent_to_a_redirect(server: Server) -> None:
    """The pool of typed addresses and that of redirects are apart."""
    with loopback("127.0.0.66") as inside:
        kept = inside.on("/own", Answer(body=b"bridge"))
        outside = server.redirect("/a", kept)
        async with Fetcher("Lesart/test", Limits(trusted=frozenset({"127.0.0.1"}))) as fetcher:
            assert (await fetcher.get(kept)).body == b"bridge"
            with pytest.raises(FetchError, match="private network"):
                await fetcher.get(outside)
            assert len(inside.requests) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "169.254.169.254", "169.254.169。254", "[ff02::1]"])  # noqa: S104 - never bound to
async def test_machines_that_offer_no_feed_are_not_even_asked(fetcher: Fetcher, host: str) -> None:
    with pytest.raises(FetchError, match="not a machine that can offer a feed"):
        await fetcher.get(f"http://{host}/feed")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("99999999999", 86_400), ("-5", 0), ("bald", 0), ("", 0), ("Sat, 21 Dec 2024 19:45:00 GMT", 120)],
)
def test_the_wait_that_a_server_asks_for(value: str, seconds: int) -> None:
    now = datetime(2024, 12, 21, 19, 43, tzinfo=UTC).timestamp()
    assert retry_after({"Retry-After": value}, now) == seconds


def test_a_validator_that_cannot_be_sent_again_as_it_came_is_not_kept() -> None:
    as_received = '"\xff\xe4"'.encode("latin-1").decode("utf-8", "surrogateescape")
    assert fetch.validator(as_received) is None
    assert fetch.validator('W/"ä b"') == 'W/"ä b"'


async def test_trouble_behind_a_redirect_names_the_machine_where_it_was(server: Server, fetcher: Fetcher) -> None:
    address = server.redirect("/a", "http://127.0.0.2:9/feed")
    with pytest.raises(FetchError, match=r"^127\.0\.0\.2 does not accept connections\.$"):
        await fetcher.get(address)


async def test_a_wait_behind_a_redirect_names_the_machine_that_lets_wait(server: Server) -> None:
    never = threading.Event()
    with loopback("127.0.0.2") as slow:
        address = server.redirect("/a", slow.on("/slow", Answer(body=b"x", wait=never)))
        async with Fetcher("Lesart/test", Limits(total_seconds=0.5)) as fetcher:
            with pytest.raises(FetchError, match=r"^127\.0\.0\.2 took too long"):
                await fetcher.get(address)
        never.set()
