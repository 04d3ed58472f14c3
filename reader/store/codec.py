"""Documents and analyses as bytes and back, without loss: compact JSON (RFC 8259), deflated (RFC 1951) with a preset
dictionary of German news prose, which even a teaser of two sentences is half made of.

The first byte of a packed value tells its form: "[" plain JSON, 0x78 zlib without a dictionary (as earlier versions
wrote it), 0x01 a CRC-16 of the JSON in two bytes and the stream made with ``data/packing-1.txt``. That file never
changes: another dictionary is another form. 0x02 is the same for an entry whose document is not made yet: whoever
unpacks it gets the document. 0x03 is an analysis as the store keeps it: the dictionary is the text that it is about,
most of whose words it repeats, and its places are distances from one to the next.
"""

from __future__ import annotations

import json
import zlib
from binascii import crc_hqx
from functools import cache
from importlib.resources import files
from typing import Any

from reader.model.analysis import (
    Analysis,
    Attribution,
    Completeness,
    Genre,
    KeyPoint,
    Note,
    PointOrigin,
    ReportForm,
    Source,
    SourceKind,
)
from reader.model.article import Block, BlockKind, Document, Link
from reader.model.span import Span
from reader.text.fragment import Fragment

_WITH_DICTIONARY = b"\x01"
_FRAGMENT = b"\x02"
_BESIDE = b"\x03"
_ANALYSES = 8000
"""Bytes at the beginning of the dictionary that are examples of analyses."""
LARGEST = 32 * 1024 * 1024
"""Bytes of the JSON of one value: twice a whole feed as large as it may be. What would unpack to more is no value of
ours."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()


def pack_document(document: Document) -> bytes:
    """The document as bytes."""
    return _pack(
        [
            document.text,
            [[b.kind.value, b.span.start, b.span.end] for b in document.blocks],
            document.title,
            document.kicker,
            document.date,
            list(document.authors),
            [[link.span.start, link.span.end, link.address] for link in document.links],
            document.language,
            list(document.labels),
        ]
    )


def unpack_document(data: bytes) -> Document:
    """The document that ``pack_document`` was given, or that of a packed fragment, which takes its time to be made.

    Raises ``ValueError`` on anything else.
    """
    if is_fragment(data):
        return unpack_fragment(data).document()
    text, blocks, title, kicker, date, authors, links, language, labels = _unpack(data)
    return Document(
        text=text,
        blocks=tuple(Block(BlockKind(kind), Span(start, end)) for kind, start, end in blocks),
        title=title,
        kicker=kicker,
        date=date,
        authors=tuple(authors),
        links=tuple(Link(Span(start, end), address) for start, end, address in links),
        language=language,
        labels=tuple(labels),
    )


def text_of(data: bytes) -> str:
    """The text alone of a packed document, in half the time; raises ``ValueError`` on anything else."""
    if is_fragment(data):
        return unpack_document(data).text
    text, _end = _DECODER.raw_decode(_plain(data), len("["))
    return str(text)


def pack_fragment(fragment: Fragment) -> bytes:
    """An entry whose document is made later. It is kept for seconds, so it is packed quickly rather than small."""
    value = [
        fragment.html,
        fragment.title,
        fragment.address,
        fragment.base,
        list(fragment.authors),
        fragment.date,
        list(fragment.labels),
        list(fragment.media),
    ]
    return _FRAGMENT + _deflated(_ENCODER.encode(value).encode("utf-8", "surrogatepass"), _primed(1))


def is_fragment(data: bytes) -> bool:
    """Whether a packed document is still to be made."""
    return data.startswith(_FRAGMENT)


def unpack_fragment(data: bytes) -> Fragment:
    """The entry that ``pack_fragment`` was given; raises ``ValueError`` on anything else."""
    html, title, address, base, authors, date, labels, media = _unpack(_WITH_DICTIONARY + data[1:])
    return Fragment(
        html=html,
        title=title,
        address=address,
        base=base,
        authors=tuple(authors),
        date=date,
        labels=tuple(labels),
        media=tuple(media),
    )


def pack_analysis(analysis: Analysis) -> bytes:
    """The analysis as bytes."""
    return _pack(
        [
            analysis.digest.hex(),
            analysis.version,
            analysis.completeness.value,
            analysis.genre.value,
            [[s.id, s.name, s.kind.value, s.role, s.via, _pairs(s.mentions)] for s in analysis.sources],
            [
                [
                    _pairs(a.content),
                    a.form.value,
                    _pairs(a.cue),
                    _pairs(a.speaker),
                    a.source,
                    a.confidence,
                    a.why,
                ]
                for a in analysis.attributions
            ],
            [
                [p.text, _pairs(p.spans), list(p.sources), p.origin.value, _pair(p.evidence), p.score]
                for p in analysis.key_points
            ],
            [note.value for note in analysis.notes],
        ]
    )


def beside(data: bytes, text: str) -> bytes:
    """A packed analysis made smaller by a third, to be unpacked only with the digest and text of its document; any
    other bytes as they are.
    """
    if not data.startswith(_WITH_DICTIONARY):
        return data
    value = _distances(_unpack(data), [0])
    value[0] = ""
    plain = _ENCODER.encode(value).encode("utf-8", "surrogatepass")
    return _BESIDE + _deflated(plain, zlib.compressobj(5, zlib.DEFLATED, -zlib.MAX_WBITS, 8, zdict=_examples(text)))


def unpack_analysis(data: bytes, digest: bytes = b"", text: str = "") -> Analysis:
    """The analysis that ``pack_analysis`` was given, or ``beside`` with its document's text; raises ``ValueError`` on
    anything else.
    """
    if data.startswith(_BESIDE):
        try:
            plain = _inflated(_WITH_DICTIONARY + data[1:], _examples(text)).decode("utf-8", "surrogatepass")
        except zlib.error as error:
            raise ValueError(f"not a packed value: {error}") from error
        value = _places(json.loads(plain), [0])
        value[0] = digest.hex()
    else:
        value = _unpack(data)
    return _analysis(value)


def _analysis(value: list[Any]) -> Analysis:
    digest, version, completeness, genre, sources, attributions, points, notes = value
    return Analysis(
        digest=bytes.fromhex(digest),
        version=version,
        completeness=Completeness(completeness),
        genre=Genre(genre),
        sources=tuple(
            Source(id=i, name=name, kind=SourceKind(kind), role=role, via=via, mentions=_spans(mentions))
            for i, name, kind, role, via, mentions in sources
        ),
        attributions=tuple(
            Attribution(
                content=_spans(content),
                form=ReportForm(form),
                cue=_spans(cue),
                speaker=_spans(speaker),
                source=source,
                confidence=confidence,
                why=why,
            )
            for content, form, cue, speaker, source, confidence, why in attributions
        ),
        key_points=tuple(
            KeyPoint(
                text=text,
                spans=_spans(spans),
                sources=tuple(ids),
                origin=PointOrigin(origin),
                evidence=None if evidence is None else Span(*evidence),
                score=score,
            )
            for text, spans, ids, origin, evidence, score in points
        ),
        notes=tuple(Note(note) for note in notes),
    )


def _distances(value: Any, last: list[int]) -> Any:
    """Each pair of whole numbers as its distance from the end of the one before and its length, in the order of
    writing; ``last`` holds that end.
    """
    if not isinstance(value, list):
        return value
    if not _is_pair(value):
        return [_distances(item, last) for item in value]
    start, end = value
    before, last[0] = last[0], end
    return [start - before, end - start]


def _places(value: Any, last: list[int]) -> Any:
    """What ``_distances`` was given."""
    if not isinstance(value, list):
        return value
    if not _is_pair(value):
        return [_places(item, last) for item in value]
    start = last[0] + value[0]
    last[0] = start + value[1]
    return [start, last[0]]


def _is_pair(value: list[Any]) -> bool:
    return len(value) == 2 and type(value[0]) is int and type(value[1]) is int


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


@cache
def _dictionary() -> bytes:
    return (files("reader.store") / "data" / "packing-1.txt").read_bytes()


def _examples(text: str) -> bytes:
    """The analyses in the dictionary, and the text as far as deflate's window reaches besides."""
    return _dictionary()[:_ANALYSES] + text.encode("utf-8", "surrogatepass")[: 2**zlib.MAX_WBITS - _ANALYSES]


@cache
def _primed(level: int) -> Any:
    """A compressor that has read the dictionary; its copies need not. On articles level 9 saves no more than 1 % of
    the size that level 5 gives, and takes twice its time.
    """
    return zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, 8, zdict=_dictionary())


def _pack(value: list[Any]) -> bytes:
    plain = _ENCODER.encode(value).encode("utf-8", "surrogatepass")
    packed = _WITH_DICTIONARY + _deflated(plain, _primed(5))
    return packed if len(packed) < len(plain) else plain


def _deflated(plain: bytes, primed: Any) -> bytes:
    stream = primed.copy()
    return b"".join((crc_hqx(plain, 0).to_bytes(2, "big"), stream.compress(plain), stream.flush()))


def _inflated(data: bytes, dictionary: bytes | None = None) -> bytes:
    if data.startswith(b"["):
        return data
    if not data.startswith(_WITH_DICTIONARY):
        stream = zlib.decompressobj()
        plain = stream.decompress(data, LARGEST)
        if not stream.eof:
            raise ValueError("a packed value is damaged or too large")
        return plain
    stream = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_dictionary() if dictionary is None else dictionary)
    plain = stream.decompress(data[3:], LARGEST)
    if not stream.eof or crc_hqx(plain, 0) != int.from_bytes(data[1:3], "big"):
        raise ValueError("a packed value is damaged")
    return plain


def _plain(data: bytes) -> str:
    try:
        return _inflated(data).decode("utf-8", "surrogatepass")
    except zlib.error as error:
        raise ValueError(f"not a packed value: {error}") from error


def _unpack(data: bytes) -> list[Any]:
    value = json.loads(_plain(data))
    if not isinstance(value, list):
        raise ValueError("not a packed value")
    return value


def pack_text(text: str) -> bytes | str:
    """A column of prose; a short one stays as it is."""
    packed = _WITH_DICTIONARY + _deflated(plain := text.encode("utf-8", "surrogatepass"), _primed(5))
    return packed if len(packed) < len(plain) else text


def unpack_text(column: bytes | str) -> str:
    """The prose of such a column; raises ``ValueError``."""
    return _plain(column) if isinstance(column, bytes) else column


def pack_guid(guid: str, address: str) -> str:
    """The column of a guid: "=" where it is the address, as in most feeds; before one that begins so stands another."""
    if guid and guid == address:
        return "="
    return f"={guid}" if guid.startswith("=") else guid


def unpack_guid(column: str, address: str) -> str:
    """The guid of such a column."""
    return address if column == "=" else column.removeprefix("=")


def pack_strings(values: tuple[str, ...]) -> str:
    """A column of several strings."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def unpack_strings(column: str) -> tuple[str, ...]:
    """The strings of such a column."""
    return tuple(json.loads(column))
