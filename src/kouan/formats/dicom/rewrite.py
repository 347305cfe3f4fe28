"""Writing treated values into a DICOM header, in the process apart; nothing after the header is looked at."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO

import pydicom
from pydicom.dataset import FileMetaDataset
from pydicom.errors import InvalidDicomError
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ImplicitVRLittleEndian

from kouan.formats.apart.child import RefusedError
from kouan.formats.dicom.header import BINARY, GROUPS, PIXELS, is_unread, path_of, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNDEFINED = 0xFFFFFFFF
_ITEM, _END = (0xFFFE, 0xE000), (0xFFFE, 0xE0DD)
_PALETTE = 0x0028
_FORMS = {
    "AS": re.compile(r"\d{3}[DWMY]"),
    "CS": re.compile(r"[A-Z0-9_ ]{0,16}"),
    "DA": re.compile(r"\d{8}"),
    "DS": re.compile(r"[-+0-9.eE ]{1,16}"),
    "DT": re.compile(r"\d{4,14}(\.\d{1,6})?([-+]\d{4})?"),
    "IS": re.compile(r"[-+]?\d{1,11}"),
    "TM": re.compile(r"\d{2,6}(\.\d{1,6})?"),
    "UI": re.compile(r"(?=.{1,64}\Z)(0|[1-9]\d*)(\.(0|[1-9]\d*))+"),
}
"""How values are written (DICOM PS3.5, section 6.2)."""
_MOST = {"SH": 16, "LO": 64, "AE": 16}
_ACTING = re.compile(r"[\\^=\x00-\x1f]")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def read(stream: BinaryIO, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a header with other values, and where in the file its pixels stand.

    Args:
        stream: the file's bytes.
        request: `changes`, path -> the values to write in the order in which they were read, or None to empty it.

    Raises:
        RefusedError: `damaged`; `syntax` for files whose bytes cannot be put together again; `form` for a value that
            the standard's type does not take; `shape` when values are missing.
    """
    warnings.simplefilter("ignore")
    try:
        dataset = pydicom.dcmread(stream, stop_before_pixels=True)
    except InvalidDicomError:
        raise RefusedError("damaged") from None
    syntax = dataset.file_meta.TransferSyntaxUID
    if syntax in {DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian}:
        raise RefusedError("syntax")
    start = stream.tell()
    end = _end_of_pixels(stream, start, implicit=syntax == ImplicitVRLittleEndian)
    changer = Changer(request["changes"])
    changer.take(dataset, "")
    changer.check()
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = dataset.get("SOPClassUID", "1.2.840.10008.5.1.4.1.1.7")
    meta.MediaStorageSOPInstanceUID = dataset.get("SOPInstanceUID", "2.25.0")
    dataset.file_meta, dataset.preamble = meta, bytes(128)
    header = io.BytesIO()
    dataset.save_as(header, enforce_file_format=True)
    yield {
        "header": base64.b64encode(header.getvalue()).decode(),
        "pixels": [start, end],
        "written": changer.written,
        "recoded": sorted(changer.recoded),
        "private": changer.private,
        "binary": sorted(changer.binary),
    }


class Changer:
    """Puts values into a dataset, in the order in which a header's values are read.

    Attributes:
        written: path -> its values as they are read again.
        recoded: paths of which a value was coded anew to fit its type.
        private: private elements that were taken out; binary: paths of others that nobody examined, taken out too.
    """

    def __init__(self, changes: Mapping[str, list[str] | None]) -> None:
        self._left = {path: None if values is None else list(values) for path, values in changes.items()}
        self.written: dict[str, list[str]] = {}
        self.recoded: set[str] = set()
        self.private = 0
        self.binary: set[str] = set()

    def take(self, dataset: Any, above: str) -> None:
        """Change the elements of a dataset. Raises RefusedError: `form`, `shape`."""
        for element in list(dataset):
            path = path_of(element, above)
            if element.tag.is_private:
                self.private += not element.tag.is_private_creator
                del dataset[element.tag]
            elif element.VR == "SQ":
                for item in element.value or ():
                    self.take(item, f"{path}.")
            elif element.is_empty:
                continue
            elif is_unread(element):
                if element.VR in BINARY and element.tag.group != _PALETTE:
                    self.binary.add(path)
                    del dataset[element.tag]
            elif element.VR == "PN":
                element.value = self._names(element, path)
            elif path in self._left:
                element.value = self._values(element, path)

    def check(self) -> None:
        """Raise RefusedError `shape` when a value found no place."""
        if any(self._left.values()):
            raise RefusedError("shape")

    def _next(self, path: str) -> str:
        """Return the next value of a path; the empty text when it is to be empty."""
        left = self._left[path]
        if left is None:
            return ""
        if not left:
            raise RefusedError("shape")
        return left.pop(0)

    def _names(self, element: Any, path: str) -> list[str]:
        values = element.value if element.VM > 1 else [element.value]
        names = []
        for value in values:
            groups = []
            for group, text in zip(GROUPS, str(value).split("="), strict=False):
                if path + group not in self._left or not spoken(text):
                    groups.append(text)
                    continue
                groups.append(spoken(_ACTING.sub(" ", self._next(path + group))))
                self._note(path + group, groups[-1])
            names.append("=".join(groups).rstrip("="))
        return names

    def _values(self, element: Any, path: str) -> Any:
        if self._left[path] is None:
            return None
        values = element.value if element.VM > 1 else [element.value]
        if isinstance(values[0], int | float) or element.VR in {"DS", "IS"}:
            numbers = [self._formed(element.VR, path, one) for one in self._next(path).split(" ")]
            self._note(path, " ".join(map(str, numbers)))
            return numbers
        done = [self._formed(element.VR, path, self._next(path)) if str(one).strip("\0 ") else one for one in values]
        for one in done:
            self._note(path, str(one).strip("\0 "))
        return done if len(done) > 1 else done[0]

    def _note(self, path: str, text: str) -> None:
        if text:
            self.written.setdefault(path, []).append(text)

    def _formed(self, kind: str, path: str, value: str) -> str | int | float:
        """Return a value as its type wants it; identifiers that do not fit are coded anew, equal ones alike."""
        text = _DAY.sub(r"\1\2\3", value) if kind == "DA" else value
        if kind == "UI" and not _FORMS["UI"].fullmatch(text):
            self.recoded.add(path)
            return f"2.25.{int.from_bytes(hashlib.sha256(text.encode()).digest()[:16])}"
        if len(text) > _MOST.get(kind, len(text)):
            self.recoded.add(path)
            return base64.b32encode(hashlib.sha256(text.encode()).digest())[:16].decode()
        if (form := _FORMS.get(kind)) is not None and not form.fullmatch(text):
            raise RefusedError("form", path=path)
        if kind in {"FD", "FL", "SL", "SS", "SV", "UL", "US", "UV"}:
            try:
                return float(text) if kind in {"FD", "FL"} else int(text)
            except ValueError:
                raise RefusedError("form", path=path) from None
        return text


def _end_of_pixels(stream: BinaryIO, start: int, *, implicit: bool) -> int:
    """Return where the element of pixels ends; `start` when there is none (DICOM PS3.5, section 7.1 and A.4)."""
    stream.seek(start)
    head = stream.read(8 if implicit else 12)
    if head[:4] not in PIXELS:
        return start
    length = int.from_bytes(head[-4:], "little")
    if length != _UNDEFINED:
        return _inside(stream, stream.tell() + length)
    while True:
        item = stream.read(8)
        tag = (int.from_bytes(item[:2], "little"), int.from_bytes(item[2:4], "little"))
        if tag == _END:
            return stream.tell()
        if tag != _ITEM:
            raise RefusedError("damaged")
        stream.seek(_inside(stream, stream.tell() + int.from_bytes(item[4:], "little")))


def _inside(stream: BinaryIO, end: int) -> int:
    place = stream.tell()
    if end > stream.seek(0, io.SEEK_END):
        raise RefusedError("damaged")
    stream.seek(place)
    return end
