"""DSSE 1.0 envelopes: a payload with its type, signed over the pre-authentication encoding (PAE)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.evidence.tlog.encoding import decode_base64, encode_base64
from kouan.evidence.tlog.keys import valid_name
from kouan.evidence.tlog.note import MOST_SIGNATURES, Signature
from kouan.model.canonical import canonical_bytes, strict_json

if TYPE_CHECKING:
    from kouan.evidence.tlog.keys import SigningKey

_ID_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload, its media type, and its signatures."""

    kind: str
    payload: bytes
    signatures: tuple[Signature, ...]

    def to_bytes(self) -> bytes:
        """Return the JSON of the envelope, in RFC 8785 form with a final line feed."""
        signatures = [{"keyid": one.label, "sig": encode_base64(one.signature)} for one in self.signatures]
        value = {"payload": encode_base64(self.payload), "payloadType": self.kind, "signatures": signatures}
        return canonical_bytes(value) + b"\n"


def pae(kind: str, payload: bytes) -> bytes:
    """Return what is signed: `DSSEv1 <length> <type> <length> <payload>`."""
    name = kind.encode()
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(payload), payload)


def sign_envelope(kind: str, payload: bytes, *, signer: SigningKey) -> Envelope:
    """Return the payload in a signed envelope; the key id is the signer's `name+hex id`."""
    key = signer.verifier
    return Envelope(kind, payload, (Signature(key.name, key.id, signer.sign(pae(kind, payload))),))


def parse_envelope(data: bytes) -> Envelope:
    """Return the parts of an envelope, nothing of it verified. Raises ValueError when it is not one of ours."""
    value = strict_json(data)
    if not isinstance(value, dict) or set(value) != {"payload", "payloadType", "signatures"}:
        raise ValueError("not an envelope")
    kind, payload, lines = value["payloadType"], value["payload"], value["signatures"]
    if not isinstance(kind, str) or not isinstance(payload, str) or not isinstance(lines, list):
        raise ValueError("not an envelope")  # noqa: TRY004 - one error for any malformed envelope
    if not 0 < len(lines) <= MOST_SIGNATURES:
        raise ValueError("no signatures or too many")
    return Envelope(kind, decode_base64(payload), tuple(_signature(line) for line in lines))


def _signature(line: object) -> Signature:
    if (
        not isinstance(line, dict)
        or set(line) != {"keyid", "sig"}
        or not all(isinstance(v, str) for v in line.values())
    ):
        raise ValueError("not a signature")
    name, mark, digits = line["keyid"].partition("+")
    if not mark or not valid_name(name) or len(digits) != _ID_DIGITS or digits != digits.lower():
        raise ValueError("not a key id")
    return Signature(name, bytes.fromhex(digits), decode_base64(line["sig"]))
