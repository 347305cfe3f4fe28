"""Files become an archive, or a folder takes its final name."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import zipfile
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO

from kouan.formats import messages
from kouan.formats.landing import Landing, writing
from kouan.model.files import sync_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Put = Callable[[str, Path], None]

_NEVER = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can say; one fixed day keeps archives reproducible
_RIGHTS = 0o100644 << 16


@contextmanager
def pack(path: Path, kind: tuple[str, bool] | None) -> Iterator[Put | None]:
    """Give what puts a file into the archive at `path`, which is there whole when the block ends without error.

    Args:
        path: of the archive.
        kind: format, and whether a tar is inside gzip; None for a folder, which needs no packing and gives None.

    Raises:
        KouanError: K-FMT-027, 028.
    """
    if kind is None:
        yield None
        return
    name, packed = kind
    landing = Landing(path)
    try:
        with ExitStack() as stack:
            put = _PACKERS[name](landing.stream, stack, packed=packed)

            def checked(member: str, file: Path) -> None:
                with writing(path):
                    put(member, file)

            yield checked
            with writing(path):
                stack.close()
        landing.land()
    except BaseException:
        landing.abandon()
        raise


def land_folder(made: Path, final: Path, files: Sequence[Path]) -> None:
    """Give a folder of files its final name; where a folder of that name is already, its files go into it.

    Raises:
        KouanError: K-FMT-027, 028; then no file has moved.
    """
    with writing(final):
        for folder in sorted({file.parent for file in files}):
            sync_directory(folder)
        if not final.exists():
            made.rename(final)
        else:
            _land_each(made, final, files)
        sync_directory(final.parent)


def _land_each(made: Path, final: Path, files: Sequence[Path]) -> None:
    """Move files into a folder that other sources share with this one."""
    moved: list[Path] = []
    places = [final / file.relative_to(made) for file in files]
    taken = next((place for place in places if os.path.lexists(place)), None)
    if taken is not None:
        raise messages.WRITE_FAILED.at(str(taken), error="EEXIST")
    try:
        for file, place in zip(files, places, strict=True):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.rename(place)
            moved.append(place)
    except BaseException:
        for place in moved:
            place.unlink(missing_ok=True)
        raise
    for folder in {place.parent for place in moved}:
        sync_directory(folder)


def _zip(stream: BinaryIO, stack: ExitStack, *, packed: bool) -> Put:
    assert not packed
    archive = stack.enter_context(zipfile.ZipFile(stream, "w"))

    def put(name: str, path: Path) -> None:
        info = zipfile.ZipInfo(name, _NEVER)
        info.compress_type, info.external_attr, info.file_size = zipfile.ZIP_DEFLATED, _RIGHTS, path.stat().st_size
        with path.open("rb") as source, archive.open(info, "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)

    return put


def _tar(stream: BinaryIO, stack: ExitStack, *, packed: bool) -> Put:
    target = stack.enter_context(_gzipped(stream)) if packed else stream
    archive = stack.enter_context(tarfile.TarFile(fileobj=target, mode="w", format=tarfile.PAX_FORMAT))

    def put(name: str, path: Path) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = path.stat().st_size, 0o644
        with path.open("rb") as source:
            archive.addfile(info, source)
        archive.members.clear()  # type: ignore[attr-defined]

    return put


def _gzip(stream: BinaryIO, stack: ExitStack, *, packed: bool) -> Put:
    assert not packed
    target = stack.enter_context(_gzipped(stream))

    def put(name: str, path: Path) -> None:
        assert name
        with path.open("rb") as source:
            shutil.copyfileobj(source, target, 1 << 20)

    return put


def _gzipped(stream: BinaryIO) -> gzip.GzipFile:
    return gzip.GzipFile("", "wb", fileobj=stream, mtime=0)


_PACKERS = {"zip": _zip, "tar": _tar, "gzip": _gzip}
