"""S3-compatible object stores: objects fetched once, then read as the files of a folder."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kouan.formats import messages as catalogue
from kouan.formats import notes
from kouan.formats.collection import messages as folders
from kouan.formats.collection.member_names import NameCheck, is_hidden
from kouan.formats.collection.members import Held, RangeMember
from kouan.formats.collection.spool import Spool
from kouan.formats.collection.walk import WILD, fits
from kouan.formats.files import PIECE
from kouan.formats.notes import listed
from kouan.formats.remote import messages
from kouan.formats.remote.address import INSTEAD
from kouan.model.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.formats.options import Limits
    from kouan.formats.remote.address import Address
    from kouan.model.errors import KouanError
    from kouan.model.text import Text

_TIMEOUT_S = 30
_REFUSED = ("ACCESS_DENIED", "ACCESS_KEY", "SIGNATURE", "CREDENTIALS", "TOKEN", "HTTP status 403", "HTTP status 401")
_TLS = ("SSL", "certificate")
_MISSING = ("NO_SUCH", "RESOURCE_NOT_FOUND", "HTTP status 404")


@dataclass(frozen=True, slots=True)
class Objects:
    """What was fetched.

    Attributes:
        members: one for each object, in one file on disk that no name leads to.
        pattern: parts of the path from the first that holds a sign such as `*`, or the name of a single object.
    """

    members: tuple[ObjectMember, ...]
    pattern: tuple[str, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ObjectMember:
    """An object that was fetched.

    Attributes:
        here: its bytes in this process.
        address, place: where it lies in the store.
    """

    here: RangeMember
    address: Address
    place: str

    @property
    def name(self) -> str:
        """Path below the folder that was asked for."""
        return self.here.name

    @property
    def size(self) -> int:
        """Bytes."""
        return self.here.size

    def hold(self) -> Held:
        """Take it from here."""
        return self.here.hold()

    def elsewhere(self) -> StoredObject:
        """Return the object as another process has it."""
        return StoredObject(self.name, self.size, self.address, self.place)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object that is fetched when it is read (see `ObjectMember`)."""

    name: str
    size: int
    address: Address
    place: str

    def hold(self) -> Held:
        """Fetch it. Raises KouanError: K-FMT-103 to 105, 108, 113; K-FMT-025 where it has another size."""
        with _errors(self.address):
            store = _store(self.address, import_module("pyarrow.fs"))
        spool = Spool.of(_pieces(self.address, store, self.place))
        if spool.size != self.size:
            raise catalogue.CHANGED.at(f"{self.address} / {self.name}")
        return Held(spool.path, spool)


def read_s3(address: Address, limits: Limits) -> Objects:
    """Fetch an object, the objects that fit a pattern, or all below a prefix.

    Raises:
        KouanError: K-FMT-103 to 105, 108, 113, 114; K-FMT-025, 027, 028, 040, 042, 045, 046.
    """
    fs: Any = import_module("pyarrow.fs")  # loads the store's client, which takes a moment
    with _errors(address):
        store = _store(address, fs)
        pattern, found = _found(address, store, fs)
    hidden = [name for name, _ in found if is_hidden(name)]
    found = [(name, info) for name, info in found if not is_hidden(name)]
    _check(address, found, limits)
    spool = Spool()
    members = []
    for name, info in found:
        offset = spool.size
        for piece in _pieces(address, store, info.path):
            spool.append(piece)
        if spool.size - offset != info.size:
            raise catalogue.CHANGED.at(f"{address} / {name}")
        kept = RangeMember(name, spool.path, offset, info.size, spool)
        members.append(ObjectMember(kept, address, info.path))
    said = [notes.HIDDEN_FILES.fill(count=len(hidden), files=listed([shown(one) for one in hidden]))] if hidden else []
    return Objects(tuple(members), pattern, tuple(said))


def _store(address: Address, fs: Any) -> Any:
    settings: dict[str, object] = {"connect_timeout": _TIMEOUT_S, "request_timeout": _TIMEOUT_S}
    if "region" in address.options:
        settings["region"] = address.options["region"]
    if "endpoint" in address.options:
        endpoint = urlsplit(address.options["endpoint"])
        settings |= {"endpoint_override": endpoint.netloc, "scheme": endpoint.scheme}
    return fs.S3FileSystem(**settings)


def _found(address: Address, store: Any, fs: Any) -> tuple[tuple[str, ...], list[tuple[str, Any]]]:
    """Return the pattern of the path, and the objects by their names below the folder that it starts at."""
    parts = [part for part in (*address.base.split("/"), *address.path.split("/")) if part]
    whole = "/".join((address.host, *parts))
    single = store.get_file_info(whole)
    if single.type is fs.FileType.File:
        return (parts[-1],), [(parts[-1], single)]
    wild = next((place for place, part in enumerate(parts) if WILD & set(part)), len(parts))
    base, pattern = parts[:wild], tuple(parts[wild:])
    top = "/".join((address.host, *base))
    if not pattern and single.type is fs.FileType.NotFound:
        raise messages.NO_OBJECT.at(str(address))
    below = store.get_file_info(fs.FileSelector(top, recursive=True))
    names = [(info.path.removeprefix(f"{top}/"), info) for info in below if info.type is fs.FileType.File]
    fitting = [one for one in names if not pattern or fits(one[0].split("/"), pattern)]
    return pattern, sorted(fitting, key=lambda one: one[0])


def _check(address: Address, found: list[tuple[str, Any]], limits: Limits) -> None:
    if not found:
        raise folders.NO_MEMBERS.at(str(address))
    if len(found) > limits.members:
        raise folders.TOO_MANY.at(str(address), limit=limits.members, depth=limits.folder_depth)
    if sum(info.size for _, info in found) > limits.unpacked_bytes:
        raise messages.TOO_MUCH.at(str(address), limit=limits.unpacked_bytes >> 20)
    names = NameCheck(str(address))
    for number, (name, _) in enumerate(found, start=1):
        names.admit(name, number)


def _pieces(address: Address, store: Any, path: str) -> Iterator[bytes]:
    with _errors(address, reading=True), store.open_input_stream(path) as stream:
        while piece := stream.read(PIECE):
            yield piece


@contextmanager
def _errors(address: Address, *, reading: bool = False) -> Iterator[None]:
    """Turn the client's errors into ours, without their words."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise _error(address, str(error), reading=reading) from None


def _error(address: Address, said: str, *, reading: bool) -> KouanError:
    where = str(address)
    if any(word in said for word in _REFUSED):
        return messages.LOGIN.at(where, instead=INSTEAD[address.scheme])
    if any(word in said for word in _TLS):
        return messages.TLS.at(where)
    if any(word in said for word in _MISSING):
        return messages.NO_OBJECT.at(where)
    return (messages.LOST if reading else messages.UNREACHABLE).at(where)
