"""Signed notes (C2SP signed-note 1.0.0): a text and one or more signature lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.evidence.tlog.encoding import decode_base64, encode_base64
from kouan.evidence.tlog.keys import valid_name

if TYPE_CHECKING:
    from kouan.evidence.tlog.keys import SigningKey, VerifierKey

MOST_SIGNATURES = 64
"""A reader must take at least 16; the limit keeps a hostile note small."""

_ID_SIZE = 4
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_LINE = re.compile("\u2014 ([^ ]+) ([^ ]+)\\Z")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name, its four-byte id, and the signature."""

    name: str
    id: bytes
    signature: bytes

    @property
    def label(self) -> str:
        """Return `name+hex id`, as people compare it."""
        return f"{self.name}+{self.id.hex()}"

    def is_by(self, key: VerifierKey) -> bool:
        """Tell whether the line names this key (name and id both)."""
        return self.name == key.name and self.id == key.id


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line feed, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def to_bytes(self) -> bytes:
        """Return the note as it is stored and sent."""
        lines = [f"\u2014 {one.name} {encode_base64(one.id + one.signature)}\n" for one in self.signatures]
        return f"{self.text}\n{''.join(lines)}".encode()


def sign_note(text: str, *signers: SigningKey) -> Note:
    """Return the text signed by every signer. Raises ValueError when the text does not end with a line feed."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ValueError("a note is plain text that ends with a line feed")
    message = text.encode()
    return Note(text, tuple(Signature(one.name, one.verifier.id, one.sign(message)) for one in signers))


def parse_note(data: bytes) -> Note:
    """Return the parts of a note, nothing of it verified. Raises ValueError when it is not a note."""
    text = data.decode("utf-8")
    head, mark, tail = text.rpartition("\n\n")
    if not mark or _CONTROL.search(text) or not tail.endswith("\n"):
        raise ValueError("not a signed note")
    lines = tail.removesuffix("\n").split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise ValueError("too many signatures")
    return Note(head + "\n", tuple(_signature(line) for line in lines))


def _signature(line: str) -> Signature:
    match = _LINE.match(line)
    if match is None or not valid_name(match[1]):
        raise ValueError("not a signature line")
    data = decode_base64(match[2])
    if len(data) <= _ID_SIZE:
        raise ValueError("a signature line without signature")
    return Signature(match[1], data[:_ID_SIZE], data[_ID_SIZE:])
