"""One pass over a text file: its digest, its encoding proven to the last byte, and counts that the reader needs."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.formats import messages
from kouan.formats.files import head_of, pieces_of, take_in

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.formats.files import OpenedFile

_WINDOW = 1 << 20
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """How characters became bytes.

    Attributes:
        codec: Python codec of the text after the mark.
        mark: byte order mark at the start, or nothing.
    """

    codec: str
    mark: bytes = b""

    @property
    def label(self) -> str:
        """Name for people."""
        return f"{self.codec} BOM" if self.mark else self.codec


@dataclass(slots=True)
class TextCounts:
    """Counts over a whole text, in characters of ASCII that no encoding here hides in others."""

    lines: int = 0
    quotes: int = 0
    crlf: int = 0
    cr: int = 0
    blank: bool = False
    nul_line: int | None = None
    last: bytes = b""

    def feed(self, piece: bytes) -> None:
        """Count in one piece of ASCII-compatible bytes."""
        if self.nul_line is None and b"\0" in piece:
            self.nul_line = self.lines + piece.count(b"\n", 0, piece.index(b"\0")) + 1
        seam = self.last + piece
        self.blank = self.blank or b"\n\n" in seam or b"\n\r\n" in seam or b"\r\r" in seam
        self.lines += piece.count(b"\n")
        self.quotes += piece.count(b'"')
        if b"\r" in seam:
            self.cr += piece.count(b"\r")
            self.crlf += seam.count(b"\r\n") - self.last.count(b"\r\n")
        self.last = seam[-2:]


@dataclass(slots=True)
class _Decoding:
    """Strict incremental decoding that remembers where it broke."""

    codec: str
    mark: int = 0
    counts: TextCounts = field(default_factory=TextCounts)
    broken: int | None = None
    _decoder: codecs.IncrementalDecoder = field(init=False)

    def __post_init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self.codec)()

    def feed(self, piece: bytes, *, final: bool = False) -> None:
        if self.broken is not None:
            return
        if self.mark:
            piece, self.mark = piece[self.mark :], 0
        before = self.counts.lines
        try:
            text = self._decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            good = bytes(error.object[: error.start]).decode(self.codec, "ignore")
            self.broken = before + good.count("\n") + 1
            return
        self.counts.feed(piece if self.codec in {"utf-8", "gb18030"} else text.encode())


def scan(path: Path, stated: str | None) -> tuple[OpenedFile, TextEncoding, TextCounts]:
    """Hash a text file and prove its encoding over its whole length.

    Args:
        path: the file.
        stated: codec the user named, or None to sniff.

    Raises:
        KouanError: K-FMT-009…012, 025, 026.
    """
    head = head_of(path, 4)
    encoding = _stated(path, stated, head) if stated else _marked(head)
    decoding = _Decoding(encoding.codec, len(encoding.mark))

    def watch(piece: bytes) -> None:
        decoding.feed(piece)
        if decoding.counts.nul_line is not None:  # a sparse file has gigabytes of them
            raise messages.NUL_BYTES.at(str(path), line=decoding.counts.nul_line)

    file = take_in(path, watch)
    decoding.feed(b"", final=True)
    if decoding.broken is not None:
        if stated or encoding.mark:
            raise messages.ENCODING_WRONG.at(str(path), line=decoding.broken, encoding=encoding.label)
        encoding, decoding = _second_guess(path, decoding.broken)
    if decoding.counts.nul_line is not None:
        raise messages.NUL_BYTES.at(str(path), line=decoding.counts.nul_line)
    return file, encoding, decoding.counts


def _marked(head: bytes) -> TextEncoding:
    if head.startswith(codecs.BOM_UTF8):
        return TextEncoding("utf-8", codecs.BOM_UTF8)
    codec = _UTF16.get(head[:2])
    return TextEncoding(codec, head[:2]) if codec else TextEncoding("utf-8")


def _stated(path: Path, name: str, head: bytes) -> TextEncoding:
    try:
        codec = codecs.lookup(name).name
        "".encode(codec)
        codecs.getincrementaldecoder(codec)
    except (LookupError, UnicodeError):
        raise messages.ENCODING_UNKNOWN.at(str(path), encoding=name) from None
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8"}.get(codec, codec)
    marked = _marked(head)
    if codec == "utf-16":
        return marked if marked.codec in _UTF16.values() else TextEncoding("utf-16-le")
    return marked if marked.codec == codec else TextEncoding(codec)


def _second_guess(path: Path, line: int) -> tuple[TextEncoding, _Decoding]:
    """Try GB18030 on what is not UTF-8; refuse what either would only seem to fit."""
    window = _window(path)
    if _is_damaged_utf8(window):
        raise messages.ENCODING_WRONG.at(str(path), line=line, encoding="UTF-8")
    decoding = _Decoding("gb18030")
    for piece in pieces_of(path):
        decoding.feed(piece)
    decoding.feed(b"", final=True)
    if decoding.broken is not None:
        raise messages.ENCODING_WRONG.at(str(path), line=max(line, decoding.broken), encoding="UTF-8 / GB18030")
    strange = [char for char in window.decode("gb18030", "ignore") if char > "\x7f"]
    if 2 * sum(_is_common(char) for char in strange) < len(strange):
        raise messages.ENCODING_UNSURE.at(str(path))
    return TextEncoding("gb18030"), decoding


def _window(path: Path) -> bytes:
    """Return the first piece that is not all ASCII."""
    for piece in pieces_of(path):
        if not piece.isascii():
            return piece[:_WINDOW]
    return b""


def _is_damaged_utf8(window: bytes) -> bool:
    """Return whether most of the characters beyond ASCII are right in UTF-8: text of GB18030 seldom is."""
    text = window.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(char > "\x7f" for char in text) - wrong
    return right >= 3 * wrong


def _is_common(char: str) -> bool:
    try:
        return len(char.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False
