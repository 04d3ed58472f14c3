"""The child process: parsing, text and analysis, one job at a time, from its standard input to its standard output.

It is started with ``python -m reader.library.worker``, ends at once when its input does, and is killed when it takes
too long; on systems that can it also kills itself after so much processor time, which works while a C loop holds the
interpreter. ``handle`` is the whole of its knowledge and can be called in any process.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from functools import cache, partial
from typing import BinaryIO

from reader.errors import N_, AnalysisError, LesartError
from reader.library.events import error_to_dict
from reader.library.frames import Header, frame, joined, parted, read_frame
from reader.library.unforeseen import named

MEMORY_BYTES = 1 << 30
_NICENESS = 10
_UNHURRIED = frozenset({"document", "analyse", "cluster"})
"""Jobs that take long and follow when the headlines stand; these are waited for."""


def handle(header: Header, body: bytes, on_ready: Callable[[], None] = lambda: None) -> tuple[Header, bytes]:
    """Do one job; an error is part of the answer, also one that nobody foresaw.

    ``on_ready`` is called when the job's modules are loaded and its own work begins.
    """
    try:
        _load(header["job"])
        on_ready()
        return _JOBS[header["job"]](header, body)
    except LesartError as error:
        return {"error": error_to_dict(error)}, b""
    except Exception as error:  # the border of the process: whatever a foreign document provokes ends here, named
        wrapped = AnalysisError(
            N_("This text brought the analysis down."),
            detail=named(error),
            hint=N_("Everything else goes on. Please report the address of the article."),
        )
        return {"error": error_to_dict(wrapped)}, b""


def _parse(header: Header, body: bytes) -> tuple[Header, bytes]:
    """A feed's bytes to entries with packed documents, or with fragments of which they are made later; none for entries
    whose state is already known.
    """
    from reader.feeds.delta import cut
    from reader.feeds.parse import MAX_ENTRIES, parse
    from reader.feeds.schedule import rhythm
    from reader.library.entries import entries_of

    known = frozenset(header["known"])
    shortened = cut(body, known, MAX_ENTRIES)
    feed = parse(shortened.body, content_type=header["content_type"], address=header["address"])
    states: tuple[int, ...] | None = shortened.unseen
    if len(feed.entries) != len(shortened.unseen):
        # Entries that are nested, damaged or named otherwise: the bytes of each cannot be told, so all of it is read.
        if len(shortened.body) < len(body):
            feed = parse(body, content_type=header["content_type"], address=header["address"])
        shortened, states = cut(b"", known, 0), None
    records, documents = entries_of(feed, known, states, later=header.get("later", False))
    sizes, packed = joined(documents)
    told = {"title": feed.title, "site": feed.site, "seen": shortened.seen, "entries": records, "sizes": sizes}
    stated = rhythm(body)
    return {**told, "ttl": stated.ttl_seconds, "skip_hours": stated.skip_hours, "skip_days": stated.skip_days}, packed


def _document(header: Header, body: bytes) -> tuple[Header, bytes]:
    """Packed fragments to packed documents."""
    from reader.store.codec import pack_document, unpack_document

    digests, made = [], []
    for part in parted(header["sizes"], body):
        document = unpack_document(part)
        digests.append(document.digest.hex())
        made.append(pack_document(document))
    sizes, packed = joined(made)
    return {"digests": digests, "sizes": sizes}, packed


def _discover(header: Header, body: bytes) -> tuple[Header, bytes]:
    """The feeds that a page announces."""
    from reader.feeds.discover import announced_feeds

    found = announced_feeds(body, content_type=header["content_type"], address=header["address"])
    return {"feeds": found}, b""


def _analyse(header: Header, body: bytes) -> tuple[Header, bytes]:
    """Packed documents to packed analyses and what a list row shows of them."""
    from reader.analysis import analyze
    from reader.library.entries import summary_of
    from reader.model.analysis import ANALYSIS_VERSION
    from reader.store.codec import pack_analysis, unpack_document

    documents = [unpack_document(part) for part in parted(header["sizes"], body)]
    analyses = [analyze(document) for document in documents]
    sizes, packed = joined([pack_analysis(analysis) for analysis in analyses])
    rows = [summary_of(document, analysis) for document, analysis in zip(documents, analyses, strict=True)]
    return {"version": ANALYSIS_VERSION, "rows": rows, "sizes": sizes}, packed


def _page(header: Header, body: bytes) -> tuple[Header, bytes]:
    """A web page to a packed document."""
    from reader.feeds.encoding import http_charset
    from reader.feeds.fulltext import Hint, read_page
    from reader.store.codec import pack_document

    charset = http_charset(header["content_type"]) or None
    known = header.get("hint", {})
    hint = Hint(
        title=known.get("title", ""),
        teaser=known.get("teaser", ""),
        authors=tuple(known.get("authors", ())),
        date=known.get("date"),
    )
    return {}, pack_document(read_page(body, address=header["address"], charset=charset, hint=hint))


def _cluster(header: Header, body: bytes) -> tuple[Header, bytes]:
    """Packed documents to the stories they belong to."""
    from reader.library.clustering import cluster

    return cluster(header, body)


_JOBS: dict[str, Callable[[Header, bytes], tuple[Header, bytes]]] = {
    "parse": _parse,
    "document": _document,
    "discover": _discover,
    "analyse": _analyse,
    "page": _page,
    "cluster": _cluster,
}


def main() -> None:
    """Serve until the input ends."""
    try:
        _serve()
    finally:
        os._exit(1)  # an ordinary exit would abort: the receiving thread holds the input


def _serve() -> None:
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    # A stray print anywhere below must neither break the protocol nor reach the person's screen.
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open to the end
    _limit_resources()
    jobs: queue.SimpleQueue[tuple[Header, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(source, jobs), daemon=True).start()
    while True:
        header, body = jobs.get()
        if header["job"] in _UNHURRIED:
            _give_way()
        seconds = header.get("cpu_seconds", 0)
        answer, packed = handle(header, body, partial(_allow_seconds, seconds))
        _allow_seconds(0)
        sink.write(frame(answer, packed))
        sink.flush()


def _receive(source: BinaryIO, jobs: queue.SimpleQueue[tuple[Header, bytes]]) -> None:
    """Take jobs in; the end of the input is the end of whoever wanted an answer, so nothing is finished first."""
    try:
        while (message := read_frame(source)) is not None:
            jobs.put(message)
    finally:
        os._exit(0)


def _load(job: str) -> None:
    """The modules of a job, before its time begins to run."""
    if job == "parse":
        import reader.library.entries
        from reader.feeds.parse import load_parser

        load_parser()
    elif job == "document":
        import reader.text.html
    elif job == "analyse":
        import reader.analysis
    elif job == "cluster":
        import reader.library.clustering  # noqa: F401 - loaded ahead of its first use


@cache
def _give_way() -> None:
    """From now on let everything else of this machine go first; there is no way back without privileges."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    except (ValueError, OSError):  # macOS knows the limit but does not take it
        return


def _allow_seconds(seconds: float) -> None:
    """Have the kernel end this process after so much processor time; 0 takes the limit away."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
