"""Checkpoints (C2SP tlog-checkpoint 1.0.0): the signed size and root of a log."""

from __future__ import annotations

from dataclasses import dataclass

from kouan.evidence.tlog.encoding import decode_base64, decode_decimal, encode_base64
from kouan.evidence.tlog.keys import valid_name
from kouan.evidence.tlog.tree import HASH_SIZE

_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log commits to: its origin, its number of entries, its root."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{encode_base64(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint of a note's text. Raises ValueError; extension lines, discouraged by C2SP, are refused."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != _LINES or not valid_name(lines[0]):
        raise ValueError("not a checkpoint")
    root = decode_base64(lines[2])
    if len(root) != HASH_SIZE:
        raise ValueError("not a root")
    return Checkpoint(lines[0], decode_decimal(lines[1]), root)
