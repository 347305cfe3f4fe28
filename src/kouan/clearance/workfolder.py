"""The folder of one run: locked, built beside its final place, resumed by stage digest, moved when whole."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.model.canonical import sha256_file
from kouan.model.errors import KouanError
from kouan.model.files import FULL, read_document, sync_directory, write_document
from kouan.model.release import FileEntry
from kouan.model.run import RunRecord, StageRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kouan.model.errors import Message

RECORD = "run.json"
_MARKS = ("manifest.json", "receipt")
_UNWRITABLE = FULL | {
    errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EEXIST, errno.ENOENT, errno.ENOTDIR, errno.EISDIR,
    errno.ELOOP, errno.ENAMETOOLONG,
}  # fmt: skip


@contextmanager
def folder_lock(out: Path, home: Path, *, busy: Message = messages.FOLDER_BUSY) -> Iterator[None]:
    """Hold the only right to write `out`; the system gives it back when the process ends, however it ends.

    Raises:
        KouanError: K-CLR-010 when another process holds it.
    """
    locks = home / "locks"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    locks.mkdir(exist_ok=True, mode=0o700)
    name = hashlib.sha256(os.fsencode(out.absolute())).hexdigest()[:32]
    with (locks / name).open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy.at(str(out)) from None
        yield


def file_lock(path: Path, home: Path) -> AbstractContextManager[None]:
    """Hold the only right to write one file, however its path is written. Raises KouanError K-CLR-066."""
    return folder_lock(path.resolve(), home, busy=messages.ANSWERS_BUSY)


@contextmanager
def disk_errors(where: Path) -> Iterator[None]:
    """Turn a full or unwritable disk into an error a user can act on (K-CLR-013)."""
    try:
        yield
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        place = error.filename if isinstance(error.filename, str) else str(where)
        raise messages.DISK_FULL.at(place, problem=os.strerror(error.errno)) from None


def default_out(declaration_path: Path) -> Path:
    """Return where a clearance goes unless told otherwise: a folder beside its declaration."""
    return declaration_path.with_name(f"{declaration_path.stem}-clearance")


def read_record(folder: Path) -> RunRecord | None:
    """Return the run record of a folder, or None when there is none that can be read."""
    try:
        return read_document(folder / RECORD, RunRecord)
    except KouanError:
        return None


def is_clearance(folder: Path) -> bool:
    """Tell whether a folder is a finished clearance."""
    return all((folder / name).is_file() for name in _MARKS)


def _replaceable(out: Path) -> bool:
    return out.is_dir() and not out.is_symlink() and (is_clearance(out) or not any(out.iterdir()))


def drop_replaced(out: Path) -> None:
    """Remove the earlier clearance that a run killed right after its last rename left beside the new one."""
    old = out.with_name(f".{out.name}.old")
    if old.exists() and is_clearance(out):
        shutil.rmtree(old)


class WorkFolder:
    """A run in progress, in a hidden sibling of its final folder."""

    def __init__(self, out: Path, record: RunRecord) -> None:
        """Open or begin the work folder; what was made under another key is thrown away.

        Raises:
            KouanError: K-CLR-011, K-CLR-012 when `out` must not be replaced.
        """
        self.out = out
        self.path = out.with_name(f".{out.name}.work")
        if os.path.lexists(out) and not _replaceable(out):
            raise messages.FOLDER_FOREIGN.at(str(out))
        if (out / "released").exists():
            raise messages.FOLDER_RELEASED.at(str(out))
        earlier = read_record(self.path)
        if earlier is not None and earlier.key == record.key:
            self._record = earlier
            for leftover in self.path.glob(".*.tmp"):  # of a killed writer; it would be sealed with the rest
                leftover.unlink()
        else:
            if self.path.exists():
                shutil.rmtree(self.path)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.mkdir(mode=0o700)  # it holds data; so does the clearance folder that it becomes
            self._record = record
            self._save()

    def stage(self, name: str, make: Callable[[], object], *files: str) -> bool:
        """Run a stage unless it is done and its files are unchanged.

        Args:
            name: of the stage.
            make: makes the files in the work folder.
            files: names of what it makes; a directory stands for everything in it.

        Returns:
            True when the stage ran, False when its result was still there.
        """
        done = next((stage for stage in self._record.stages if stage.name == name), None)
        if done is not None and self._entries(files) == done.files:
            return False
        for file in files:
            _remove(self.path / file)
        make()
        kept = tuple(stage for stage in self._record.stages if stage.name != name)
        finished = StageRecord(name=name, files=self._entries(files))
        self._record = self._record.model_copy(update={"stages": (*kept, finished)})
        self._save()
        return True

    def finish(self) -> None:
        """Move the whole folder to its final name, replacing an earlier clearance."""
        sync_directory(self.path)
        old = self.out.with_name(f".{self.out.name}.old")
        if old.exists():
            shutil.rmtree(old)
        if self.out.exists():
            self.out.rename(old)
        self.path.rename(self.out)
        sync_directory(self.out.parent)
        if old.exists():
            shutil.rmtree(old)

    def _save(self) -> None:
        write_document(self.path / RECORD, "run", self._record)

    def _entries(self, files: tuple[str, ...]) -> tuple[FileEntry, ...]:
        found: list[Path] = []
        for file in files:
            path = self.path / file
            found += [part for part in path.rglob("*") if part.is_file()] if path.is_dir() else [path]
        return tuple(
            FileEntry(path=path.relative_to(self.path).as_posix(), size=path.stat().st_size, sha256=sha256_file(path))
            for path in sorted(found)
            if path.is_file()
        )


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
