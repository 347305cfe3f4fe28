"""The keys that a verifier trusts: its own choice, never something that a sealed folder brings along."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from kouan.evidence import messages
from kouan.evidence.durable import read_plain
from kouan.evidence.tlog.keys import parse_vkey
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kouan.evidence.tlog.keys import VerifierKey
    from kouan.evidence.tlog.note import Signature

TRUST = "trust"
"""Folder of trusted `.vkey` files in a home."""

_LONGEST = 1 << 20
_NOT_TEXT = Text(zh="不是 UTF-8 文本", en="it is not UTF-8 text")


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Trusted verification keys and the files that they came from."""

    keys: tuple[VerifierKey, ...] = ()
    sources: tuple[Path, ...] = ()

    @classmethod
    def load(cls, *paths: Path) -> Self:
        """Read `.vkey` files: one key a line; empty lines and lines that begin with `#` are skipped.

        Args:
            paths: files, or folders of which every `*.vkey` file is read.

        Raises:
            KouanError: K-EVI-006 (not a vkey; the line is named), K-EVI-007 (missing or unreadable).
        """
        keys: list[VerifierKey] = []
        sources: list[Path] = []
        for path in paths:
            files = sorted(path.glob("*.vkey")) if path.is_dir() else [path]
            for file in files:
                keys += _read(file)
                sources.append(file.resolve())
        return cls(tuple(dict.fromkeys(keys)), tuple(sources))

    @classmethod
    def of_home(cls, home: Path) -> Self:
        """Read the home's own store, `<home>/trust/*.vkey`; a missing folder trusts nobody."""
        folder = home / TRUST
        return cls.load(folder) if folder.is_dir() else cls()

    def find(self, signature: Signature) -> VerifierKey | None:
        """Return the trusted key that a signature names, by name and id both."""
        return next((key for key in self.keys if signature.is_by(key)), None)

    def check(self, message: bytes, signatures: Sequence[Signature], *, where: str) -> VerifierKey:
        """Return the first trusted key that signed; unknown keys are passed over.

        Raises:
            KouanError: K-EVI-040 (no trusted key among the signatures), K-EVI-041 (a trusted key's does not hold).
        """
        known = [(key, one) for one in signatures if (key := self.find(one)) is not None]
        for key, one in known:
            if not key.verifies(message, one.signature):
                raise messages.SIGNATURE_BAD.at(where, signer=key.label)
        if not known:
            raise messages.KEY_UNKNOWN.at(where, signers=", ".join(one.label for one in signatures))
        return known[0][0]

    def refuse_inside(self, folder: Path) -> None:
        """Raise KouanError K-EVI-008 when a key was read from within the folder that is being checked."""
        real = folder.resolve()
        for source in self.sources:
            if source.is_relative_to(real):
                raise messages.TRUST_INSIDE.at(str(source))


def _read(path: Path) -> Sequence[VerifierKey]:
    try:
        text = read_plain(path.resolve(), _LONGEST).decode("utf-8-sig")
    except OSError as error:
        raise messages.TRUST_UNREADABLE.at(str(path), problem=same(os.strerror(error.errno or 0))) from None
    except UnicodeDecodeError:
        raise messages.TRUST_UNREADABLE.at(str(path), problem=_NOT_TEXT) from None
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [parse_vkey(line, f"{path}:{number}") for number, line in lines if line and not line.startswith("#")]
