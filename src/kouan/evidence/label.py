"""The label of a release: an in-toto statement about the released files, signed, which any in-toto tool can read."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kouan.evidence import messages
from kouan.evidence.dsse import pae, parse_envelope, sign_envelope
from kouan.evidence.durable import drop_leftovers, write_whole
from kouan.evidence.manifest import LABEL
from kouan.evidence.sealing import hash_folder
from kouan.model.canonical import canonical_bytes, strict_json
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kouan.evidence.tlog.keys import SigningKey, VerifierKey
    from kouan.evidence.trust import TrustStore
    from kouan.model.base import Sha256
    from kouan.model.release import FileEntry

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "tag:kouan,2026:label/v1"
LONGEST = 64 << 20

_ENVELOPE = Text(zh="信封格式不对", en="its envelope has another form")
_STATEMENT = Text(zh="声明格式不对", en="its statement has another form")
_PREFIX = "sha256:"
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Claims:
    """What a label says of its files (the statement's predicate).

    Attributes:
        transfer: name of the transfer.
        pathway: the lawful pathways that were chosen.
        conditions: ids of the conditions that were attested.
        plan: digest of the treatment plan.
        parent: digest of the clearance manifest.
        released_at: instant with a time zone.
    """

    transfer: str
    pathway: tuple[str, ...]
    conditions: tuple[str, ...]
    plan: Sha256 | None
    parent: Sha256
    released_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Label:
    """A verified label: its claims, the digest of each file it covers, the trusted key that signed."""

    claims: Claims
    files: Mapping[str, Sha256]
    signed_by: VerifierKey


def make_label(claims: Claims, files: Sequence[FileEntry], *, signer: SigningKey) -> bytes:
    """Return the bytes of a label: an in-toto Statement v1 in a DSSE envelope."""
    statement = {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": entry.path, "digest": {"sha256": entry.sha256.removeprefix(_PREFIX)}} for entry in files],
        "predicateType": PREDICATE_TYPE,
        "predicate": {**asdict(claims), "released_at": claims.released_at.astimezone(dt.UTC).strftime(_INSTANT)},
    }
    return sign_envelope(PAYLOAD_TYPE, canonical_bytes(statement), signer=signer).to_bytes()


def write_label(folder: Path, claims: Claims, *, signer: SigningKey) -> None:
    """Write `label.dsse.json` over every other file of a folder; seal the folder afterwards.

    Raises:
        KouanError: K-EVI-014, K-EVI-015, K-EVI-020 to K-EVI-023.
    """
    drop_leftovers(folder, LABEL)
    files = hash_folder(folder)
    write_whole(folder / LABEL, make_label(claims, files, signer=signer), scratch=folder)


def verify_label(data: bytes, trust: TrustStore, where: str) -> Label:
    """Return a label once a trusted key's signature holds; every signature of a trusted key must.

    Raises:
        KouanError: K-EVI-040 (no trusted key), K-EVI-041 (bad signature), K-EVI-045 (malformed).
    """
    try:
        envelope = parse_envelope(data)
    except ValueError:
        raise messages.LABEL_MALFORMED.at(where, problem=_ENVELOPE) from None
    key = trust.check(pae(envelope.kind, envelope.payload), envelope.signatures, where=where)
    label = _label(strict_json(envelope.payload), key) if envelope.kind == PAYLOAD_TYPE else None
    if label is None:
        raise messages.LABEL_MALFORMED.at(where, problem=_STATEMENT)
    return label


def _label(statement: Any, key: VerifierKey) -> Label | None:
    try:
        if statement["_type"] != STATEMENT_TYPE or statement["predicateType"] != PREDICATE_TYPE:
            return None
        files = {str(one["name"]): _PREFIX + one["digest"]["sha256"] for one in statement["subject"]}
        said = statement["predicate"]
        lists = {name: tuple(said[name]) for name in ("pathway", "conditions")}
        claims = Claims(**{**said, **lists, "released_at": dt.datetime.fromisoformat(said["released_at"])})
    except (KeyError, TypeError, AttributeError, ValueError):
        return None
    return Label(claims, files, key) if len(files) == len(statement["subject"]) else None
