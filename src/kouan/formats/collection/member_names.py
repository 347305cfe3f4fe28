"""Names inside archives, refused where they would land elsewhere or mean two files at once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from kouan.formats.collection import messages
from kouan.model.text import Text

if TYPE_CHECKING:
    import zipfile

_MOST_BYTES = 255
_MOST_STEM = 200
_ABSOLUTE = Text(zh="绝对路径", en="an absolute path")
_UPWARD = Text(zh="含有 . 或 .. 或空的路径段", en="a part of it is empty, . or ..")
_BACKSLASH = Text(zh="含有反斜杠", en="it holds a backslash")
_UNSEEN = Text(zh="含有不可见字符", en="it holds characters that cannot be seen")
_LONG = Text(zh="路径段超过 255 字节", en="a part of it is longer than 255 bytes")
_UTF8 = 0x800


@dataclass(slots=True)
class NameCheck:
    """The names seen so far in one archive."""

    where: str
    _files: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def admit(self, name: str, number: int) -> None:
        """Admit one file's name.

        Raises:
            KouanError: K-FMT-045, 046; the name itself is not repeated, since it may be anything.
        """
        problem = _problem(name)
        if problem is not None:
            raise messages.MEMBER_NAME.at(self.where, number=number, problem=problem)
        key = _key(name)
        parts = key.split("/")
        above = {"/".join(parts[:depth]) for depth in range(1, len(parts))}
        if key in self._files or key in self._folders or above & self._files:
            raise messages.MEMBER_TWICE.at(self.where, number=number)
        self._files.add(key)
        self._folders |= above


def is_hidden(name: str) -> bool:
    """Return whether a file is none that a person put there as data: hidden ones, locks of Office, macOS shadows."""
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.split("/"))


def is_plain(name: str) -> bool:
    """Return whether a name can be written as UTF-8; those of a file system need not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def tame(name: str) -> str:
    """Return a table's name as one part of a path: what cannot stand in a file's name is written %2F and the like."""
    acting = {"/", "\\", "%", ":"}
    safe = "".join(one if one.isprintable() and one not in acting else quote(one, safe="") for one in name)
    if safe.startswith((".", "~$")):  # it would be taken for a hidden file
        safe = f"%{ord(safe[0]):02X}{safe[1:]}"
    while len(safe.encode()) > _MOST_STEM:
        safe = safe[:-1]
    return safe or "%20"


def zip_name(info: zipfile.ZipInfo) -> str:
    """Return a zip entry's name; one that does not say it is UTF-8 may be UTF-8 or GB18030 all the same."""
    name = info.orig_filename
    if info.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return name


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _problem(name: str) -> Text | None:
    parts = name.split("/")
    if name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return _ABSOLUTE
    if "\\" in name:
        return _BACKSLASH
    if any(part in {"", ".", ".."} for part in parts):
        return _UPWARD
    if not name.isprintable() or not is_plain(name):
        return _UNSEEN
    return _LONG if any(len(part.encode()) > _MOST_BYTES for part in parts) else None
