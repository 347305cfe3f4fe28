"""Keys of signed notes (C2SP signed-note): verifier keys (`vkey`) and signing keys in the Go tools' text forms."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kouan.evidence import messages
from kouan.evidence.tlog.encoding import decode_base64, encode_base64
from kouan.model.text import Text

ED25519 = 0x01
"""Signature type of Ed25519 over the note's text; other types are other numbers of the same field."""

KEY_SIZE = 32
_LONGEST_NAME = 100
_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+(.+)\Z", re.DOTALL)
_SKEY = "PRIVATE+KEY+"

_FORM = Text(zh="格式不对", en="it has another form")
_KIND = Text(zh="不支持的算法", en="its algorithm is not supported")
_CHECK = Text(zh="编号与公钥不符", en="its id does not match the key")


def valid_name(name: str) -> bool:
    """Tell whether a key name may stand in a note: not empty, no space, control character or plus."""
    return (
        0 < len(name) <= _LONGEST_NAME and "+" not in name and not any(c.isspace() or not c.isprintable() for c in name)
    )


def key_id(name: str, algorithm: int, public: bytes) -> bytes:
    """Return SHA-256(name || LF || type || key)[:4]."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:4]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name; `id` is the four bytes that name it in signatures."""

    name: str
    public: bytes
    algorithm: int = ED25519

    @property
    def id(self) -> bytes:
        """Four bytes that name the key beside its name."""
        return key_id(self.name, self.algorithm, self.public)

    @property
    def label(self) -> str:
        """Return `name+hex id`, as people compare it."""
        return f"{self.name}+{self.id.hex()}"

    @property
    def vkey(self) -> str:
        """The key as one line of text, to give to those who shall verify."""
        return f"{self.label}+{encode_base64(bytes([self.algorithm]) + self.public)}"

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Tell whether the signature is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def parse_vkey(text: str, where: str) -> VerifierKey:
    """Return the key that a vkey line names. Raises KouanError K-EVI-006."""
    match = _VKEY.match(text)
    if match is None or not valid_name(match[1]):
        raise messages.VKEY_MALFORMED.at(where, problem=_FORM)
    try:
        data = decode_base64(match[3])
    except ValueError:
        raise messages.VKEY_MALFORMED.at(where, problem=_FORM) from None
    if len(data) != 1 + KEY_SIZE or data[0] != ED25519:
        raise messages.VKEY_MALFORMED.at(where, problem=_KIND)
    key = VerifierKey(match[1], data[1:])
    if key.id.hex() != match[2]:
        raise messages.VKEY_MALFORMED.at(where, problem=_CHECK)
    return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key with its name; its text form is read by the Go tools as well."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature (RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def to_text(self) -> str:
        """Return `PRIVATE+KEY+<name>+<id>+<Base64 of type and seed>`. Secret."""
        return f"{_SKEY}{self.verifier.label}+{encode_base64(bytes([ED25519]) + self.seed)}"


def parse_signing_key(text: str, where: str) -> SigningKey:
    """Return the key of a secret text form. Raises KouanError K-EVI-003, without any of its content."""
    match = _VKEY.match(text.removeprefix(_SKEY)) if text.startswith(_SKEY) else None
    try:
        data = decode_base64(match[3]) if match else b""
    except ValueError:
        data = b""
    if match is None or not valid_name(match[1]) or len(data) != 1 + KEY_SIZE or data[0] != ED25519:
        raise messages.KEY_MALFORMED.at(where)
    key = SigningKey(match[1], data[1:])
    if key.verifier.id.hex() != match[2]:
        raise messages.KEY_MALFORMED.at(where)
    return key
