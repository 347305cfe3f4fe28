"""Reading a DICOM header by pydicom, in the process apart; pixels are never loaded."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO

import pydicom
from pydicom.datadict import dictionary_description
from pydicom.errors import InvalidDicomError

from kouan.formats.apart.child import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BINARY = {"OB", "OD", "OF", "OL", "OV", "OW", "UN"}
_NUMBERS = {"DS", "FD", "FL", "IS", "SL", "SS", "SV", "UL", "US", "UV", "AT"}
_MANY = 32
_HEAD = 8
_DEPTH = 16
PIXELS = (b"\xe0\x7f\x10\x00", b"\xe0\x7f\x08\x00", b"\xe0\x7f\x09\x00", b"\x7f\xe0\x00\x10")
GROUPS = ("", ".ideographic", ".phonetic")


class _Counted(io.RawIOBase):
    """A file of which only so much may be read; remembers whether it ended in the middle of something."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._left = most
        self.cut = False

    def read(self, size: int = -1) -> bytes:
        if size > self._left:
            raise RefusedError("large")
        data = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise RefusedError("large")
        self.cut |= len(data) < size and (len(data) > 0 or size != _HEAD)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def read(stream: BinaryIO, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the header as one row, its labels, and what was left out.

    Args:
        stream: the file's bytes.
        request: `bytes`, most of a header.

    Raises:
        RefusedError: `large`, `damaged`.
    """
    warnings.simplefilter("ignore")
    counted = _Counted(stream, request["bytes"])
    try:
        dataset = pydicom.dcmread(counted, stop_before_pixels=True)
    except InvalidDicomError:
        raise RefusedError("damaged") from None
    pixels = stream.read(4) in PIXELS
    if counted.cut:
        raise RefusedError("damaged")
    seen = Header()
    seen.take(dataset, "", 0)
    if not seen.values:
        raise RefusedError("damaged")
    yield {"labels": seen.labels}
    yield {"entity": "header", "rows": [seen.values]}
    if pixels:
        yield {"note": "pixels", "burned": str(dataset.get("BurnedInAnnotation", "")).strip().upper()}
    if seen.private:
        yield {"note": "private", "count": seen.private, "creators": sorted(seen.creators)}
    if seen.unread:
        yield {"note": "unread", "names": sorted(seen.unread)}


class Header:
    """The elements of a dataset, by their keywords; those of sequences by the path that leads to them.

    Attributes:
        values: path -> what stands there, once for each time.
        labels: path -> what the dictionary calls it.
        private: number of private elements with a value.
        creators: who defined them, as they say.
        unread: elements of bytes that are no text.
    """

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.private = 0
        self.creators: set[str] = set()
        self.unread: set[str] = set()

    def take(self, dataset: Any, above: str, depth: int) -> None:
        """Take in the elements of a dataset. Raises RefusedError: `deep`."""
        if depth > _DEPTH:
            raise RefusedError("deep")
        for element in dataset:
            if element.tag.is_private:
                self._private(element)
                continue
            path = path_of(element, above)
            if element.VR == "SQ":
                for item in element.value or ():
                    self.take(item, f"{path}.", depth + 1)
            elif not element.is_empty:
                self._value(path, element)

    def _private(self, element: Any) -> None:
        if element.tag.is_private_creator:
            self.creators.add(str(element.value).strip())
        elif not element.is_empty:
            self.private += 1

    def _value(self, path: str, element: Any) -> None:
        many = element.VM
        if is_unread(element):
            self.unread.add(path)
            return
        try:
            label = str(dictionary_description(element.tag))
        except KeyError:
            label = ""
        values = element.value if many > 1 else [element.value]
        if element.VR in _NUMBERS:
            self._add(path, label, " ".join(map(str, values)))
            return
        for value in values:
            if element.VR != "PN":
                self._add(path, label, str(value).strip("\0 "))
                continue
            for group, text in zip(GROUPS, str(value).split("="), strict=False):
                self._add(path + group, label, spoken(text))

    def _add(self, path: str, label: str, text: str) -> None:
        if text:
            self.values.setdefault(path, []).append(text)
            self.labels[path] = label


def path_of(element: Any, above: str) -> str:
    """Return what a column of this element is called; `above` ends with a dot inside a sequence."""
    return above + (element.keyword or f"{element.tag.group:04X}{element.tag.element:04X}")


def is_unread(element: Any) -> bool:
    """Tell whether an element holds bytes that are no text, or many numbers."""
    return element.VR in BINARY or (element.VR in _NUMBERS and element.VM > _MANY)


def spoken(name: str) -> str:
    """Return one group of a person's name as people write it (DICOM PS3.5, section 6.2.1.2).

    Its components are family, given and middle name, what stands before and what behind.
    """
    parts = [part.strip() for part in name.split("^")]
    if not name.isascii():
        return "".join(parts)
    return " ".join(part for part in parts if part)
