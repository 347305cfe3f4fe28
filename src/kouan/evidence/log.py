"""The exporter's transparency log: one sequencer appends, any web server can serve it (C2SP tlog-tiles).

Order of writing: the new entry bundle, the new tiles, and last the checkpoint, each to a temporary file that is
flushed and renamed. Whatever lies beyond the checkpoint was never signed for; reopening removes it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from kouan.evidence import messages
from kouan.evidence.durable import failure, locked, make_folders, read_plain, write_whole
from kouan.evidence.tilefiles import TileFiles
from kouan.evidence.tlog.checkpoint import Checkpoint, parse_checkpoint
from kouan.evidence.tlog.note import Note, parse_note, sign_note
from kouan.evidence.tlog.proofs import inclusion_proof
from kouan.evidence.tlog.receipt import Receipt
from kouan.evidence.tlog.tiles import ENTRIES, LONGEST_ENTRY, WIDTH, Tile, changed_tiles, pack_entries
from kouan.evidence.tlog.tree import EMPTY_ROOT, leaf_hash, perfect_root, tree_root
from kouan.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.evidence.tlog.keys import SigningKey

CHECKPOINT = "checkpoint"
LONGEST_NOTE = 1 << 20

_LOCK = ".lock"
_SCRATCH = ".tmp"
_NO_CHECKPOINT = Text(zh="检查点缺失", en="the checkpoint is missing")
_BAD_CHECKPOINT = Text(zh="检查点无法读取", en="the checkpoint cannot be read")
_OTHER_ROOT = Text(zh="数据块与检查点的根不符", en="the tiles do not give the checkpoint's root")


@dataclass(frozen=True, slots=True)
class Log:
    """A log in a folder: `checkpoint`, `tile/…`, and a lock."""

    directory: Path
    signer: SigningKey

    @classmethod
    def open(cls, directory: Path, signer: SigningKey) -> Self:
        """Open a log, beginning it when the folder is new, and remove what an interrupted append left.

        Args:
            directory: the log's folder.
            signer: key that began it; its name is the origin of the log's checkpoints, as C2SP asks.

        Raises:
            KouanError: K-EVI-010 (busy), K-EVI-011 (damaged), K-EVI-012 (another key's), K-EVI-014,
                K-EVI-015.
        """
        log = cls(directory, signer)
        try:
            make_folders(directory)
        except OSError as error:
            raise failure(error, str(directory)) from None
        with locked(directory / _LOCK):
            log._repair()
        return log

    @property
    def size(self) -> int:
        """Number of entries that the checkpoint commits to. Raises KouanError K-EVI-011, K-EVI-012."""
        return self._read_checkpoint().size

    def append(self, entry: bytes) -> Receipt:
        """Add an entry and return its receipt, once both are on the disk.

        Args:
            entry: at most 65535 bytes; digests and salted commitments only, since a log never forgets.

        Raises:
            KouanError: K-EVI-010 to K-EVI-015; the log then holds what it held before.
        """
        if len(entry) > LONGEST_ENTRY:
            raise messages.ENTRY_TOO_LONG.at(str(self.directory), size=len(entry))
        with locked(self.directory / _LOCK):
            before = self._repair()
            size = before.size + 1
            self._write_tiles(entry, before.size)
            files = TileFiles(self.directory, size)
            note = self._write_checkpoint(Checkpoint(self.signer.name, size, tree_root(files.node, size)))
            receipt = Receipt(entry, before.size, inclusion_proof(before.size, size, node=files.node), note)
            self._drop_partials(before.size)
        return receipt

    def _write_tiles(self, entry: bytes, size: int) -> None:
        """Write the bundle and the tiles that entry number `size` changes."""
        files = TileFiles(self.directory, size)
        added = leaf_hash(entry)
        for tile in changed_tiles(size):
            low = tile.index * WIDTH
            if tile.level == ENTRIES:
                known = files.entries(tile.index) if tile.width > 1 else []
                self._write(tile, pack_entries([*known, entry]))
                continue
            row = [*files.row(tile.level, low, low + tile.width - 1), added]
            self._write(tile, b"".join(row))
            added = perfect_root(row) if tile.width == WIDTH else added

    def _write(self, tile: Tile, data: bytes) -> None:
        write_whole(self.directory / tile.path, data, scratch=self.directory / _SCRATCH)

    def _write_checkpoint(self, tree: Checkpoint) -> Note:
        note = sign_note(tree.to_text(), self.signer)
        write_whole(self.directory / CHECKPOINT, note.to_bytes(), scratch=self.directory / _SCRATCH)
        return note

    def _read_checkpoint(self) -> Checkpoint:
        where = str(self.directory / CHECKPOINT)
        try:
            note = parse_note(read_plain(self.directory / CHECKPOINT, LONGEST_NOTE))
            tree = parse_checkpoint(note.text)
        except FileNotFoundError:
            raise messages.LOG_DAMAGED.at(where, problem=_NO_CHECKPOINT) from None
        except ValueError:
            raise messages.LOG_DAMAGED.at(where, problem=_BAD_CHECKPOINT) from None
        except OSError as error:
            raise failure(error, where) from None
        key = self.signer.verifier
        own = [one for one in note.signatures if one.is_by(key)]
        if tree.origin != self.signer.name or not own:
            raise messages.LOG_FOREIGN.at(where)
        if not all(key.verifies(note.text.encode(), one.signature) for one in own):
            raise messages.LOG_DAMAGED.at(where, problem=_BAD_CHECKPOINT)
        return tree

    def _repair(self) -> Checkpoint:
        """Return the checkpoint, agreed with by the tiles, with nothing lying beyond it."""
        scratch = self.directory / _SCRATCH
        try:
            scratch.mkdir(exist_ok=True)
            for leftover in scratch.iterdir():
                leftover.unlink()
            if not (self.directory / CHECKPOINT).exists() and not (self.directory / "tile").exists():
                self._write_checkpoint(Checkpoint(self.signer.name, 0, EMPTY_ROOT))
            tree = self._read_checkpoint()
            for tile in changed_tiles(tree.size):
                (self.directory / tile.path).unlink(missing_ok=True)
        except OSError as error:
            raise failure(error, str(self.directory)) from None
        if tree_root(TileFiles(self.directory, tree.size).node, tree.size) != tree.root:
            raise messages.LOG_DAMAGED.at(str(self.directory), problem=_OTHER_ROOT)
        return tree

    def _drop_partials(self, size: int) -> None:
        """Remove the partial forms of tiles that entry number `size` made full, as C2SP allows."""
        for tile in changed_tiles(size):
            if tile.width == WIDTH:
                shutil.rmtree(self.directory / f"{tile.path}.p", ignore_errors=True)
