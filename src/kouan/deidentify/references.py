"""Whom a reference names: the id behind `Patient/`, a server's address or `urn:uuid:` (HL7 FHIR R4, Reference)."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import pick

_ID = r"[A-Za-z0-9.\-]{1,64}"
_HEAD = r"(?:https?://\S+/)?(?:[A-Z][a-z]+)+/"
_RELATIVE = rf"^(?P<head>{_HEAD})(?P<id>{_ID})(?P<tail>/_history/{_ID})?$"
_PLAIN = rf"^{_HEAD}{_ID}$"
_URN = r"^(?P<head>urn:(?:uuid|oid):)(?P<id>[^\s:]+)(?P<tail>)$"
_UUID_LENGTH = 36
_HEX = "[0-9A-Fa-f]"
UUID = rf"^{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}$"
"""Regular expression of a UUID as RFC 9562 section 4 writes it."""


def split_reference(text: Any) -> tuple[Any, Any, Any]:
    """Return what stands before the id, the id, and what follows it; of a text that is no reference it is all id.

    A name of a resource type starts every part with a capital and goes on in small letters, so that `STUDY/001` stays
    one key.
    """
    if pc.all(pc.match_substring_regex(text, _PLAIN)).as_py():  # nulls aside; thrice as fast as taking groups out
        halves = pc.split_pattern(text, "/", max_splits=1, reverse=True)
        head, bare = pc.list_element(halves, 0), pc.list_element(halves, 1)
        return pc.binary_join_element_wise(head, "", "/"), bare, pick(pc.is_valid(text), pa.scalar(""))
    head, bare, tail = _parts(text, _RELATIVE)
    if pc.any(pc.starts_with(text, "urn:")).as_py():  # one more look at every value only where it may find something
        head, bare, tail = map(pc.coalesce, (head, bare, tail), _parts(text, _URN))
    return pc.coalesce(head, pick(pc.is_valid(text), pa.scalar(""))), pc.coalesce(bare, text), pc.coalesce(tail, "")


def is_uuid(text: Any) -> Any:
    """Tell which texts are UUIDs; null of null."""
    long = pc.equal(pc.binary_length(text), _UUID_LENGTH)
    return pc.match_substring_regex(text, UUID) if pc.any(long).as_py() else long


def subject_of_reference(text: Any) -> Any:
    """Return the id that each reference names, a UUID in small letters; any other text stays as it is."""
    bare = split_reference(text)[1]
    return pc.if_else(is_uuid(bare), pc.utf8_lower(bare), bare)


def _parts(text: Any, form: str) -> list[Any]:
    found = pc.extract_regex(text, form)
    return [pc.struct_field(found, [at]) for at in range(3)]
