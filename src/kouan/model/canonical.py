"""Bytes of documents: RFC 8785 for what is signed, readable JSON for files, SHA-256 of raw bytes for digests."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import rfc8785

from kouan.model.text import visible

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

_CHUNK = 1 << 20


def canonical_bytes(value: Any) -> bytes:
    """Return the RFC 8785 (JCS) bytes of a JSON value. Raises TypeError on floats: signed documents hold none."""
    _refuse_floats(value)
    return rfc8785.dumps(value)


def file_bytes(document: BaseModel) -> bytes:
    """Return the bytes of a document as written to disk: UTF-8 JSON, two-space indent, final line feed."""
    data = document.model_dump(mode="json")
    return readable_json(data).encode()


def readable_json(value: Any) -> str:
    """Return JSON for people: two-space indent, letters as they are, unseen characters escaped, final line feed."""
    return visible(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def strict_json(data: bytes) -> Any:
    """Return the value of UTF-8 JSON in which no object repeats a key, or None.

    Readers differ in which of two equal keys counts (RFC 8259 section 4), so a document with both says two things.
    """
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def sha256_bytes(data: bytes) -> str:
    """Return `sha256:<hex>` of the bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """Return `sha256:<hex>` of a file's raw bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return "sha256:" + digest.hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a signed document holds no floats")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a repeated key")
    return result


def _refuse(_: str) -> Any:
    raise ValueError("not a JSON number")
