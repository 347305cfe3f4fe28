"""The exporter's signing key, apart from the root, and its public half for those who verify."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.evidence.durable import write_whole
from kouan.evidence.keystore import KEYS
from kouan.evidence.private import open_private
from kouan.evidence.tlog.keys import SigningKey, parse_signing_key, valid_name
from kouan.evidence.trust import TRUST
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SIZE = 32
_FILE = "signing.key"
_CALLED = Text(zh="签名密钥", en="signing key")
_UNSAFE = re.compile(r"[^\w.-]")


def open_signer(
    home: Path, *, create: bool, name: str | None = None, random: Callable[[int], bytes] = os.urandom
) -> SigningKey:
    """Open the Ed25519 signing key of a home, making it on first use.

    A home that makes its key also writes `<home>/<name>.vkey`, to give to those who shall verify, and trusts itself
    in `<home>/trust/`.

    Args:
        home: the exporter's home; the key lies in `keys/signing.key`, 0600 in a 0700 folder.
        create: whether a missing key is made.
        name: of the key and of the log it signs, such as `example.com/export`; when None, `kouan-` and 12 digits
            that depend on the key. An existing key keeps its name: another one is refused.
        random: source of randomness.

    Raises:
        KouanError: K-EVI-001 to K-EVI-005, K-EVI-014, K-EVI-015.
    """
    path = home / KEYS / _FILE
    if name is not None and not valid_name(name):
        raise messages.KEY_NAME.at(str(path))

    def make() -> bytes:
        seed = random(_SIZE)
        public = SigningKey("kouan", seed).verifier.public
        chosen = name or f"kouan-{hashlib.sha256(public).hexdigest()[:12]}"
        return (SigningKey(chosen, seed).to_text() + "\n").encode()

    data = open_private(home / KEYS, _FILE, make=make if create else None, called=_CALLED)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise messages.KEY_MALFORMED.at(str(path)) from None
    signer = parse_signing_key(text.removesuffix("\n"), str(path))
    if name is not None and signer.name != name:
        raise messages.KEY_NAME.at(str(path))
    if create:
        _publish(home, signer)
    return signer


def vkey_path(home: Path, signer: SigningKey) -> Path:
    """Return where the home keeps the verification key that it gives to others."""
    return home / f"{_UNSAFE.sub('-', signer.name).lstrip('.')}.vkey"


def _publish(home: Path, signer: SigningKey) -> None:
    shared = vkey_path(home, signer)
    if not shared.exists():  # written last, so that a crash between the two is made good by the next run
        line = (signer.verifier.vkey + "\n").encode()
        write_whole(home / TRUST / shared.name, line, scratch=home)
        write_whole(shared, line, scratch=home)
