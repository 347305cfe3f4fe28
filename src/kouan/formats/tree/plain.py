"""Technical words of a document (namespaces, types, codes) that cannot carry what describes a person."""

from __future__ import annotations

import re

_URIS = re.compile(rb"[A-Za-z0-9:/._#?=&%~-]*(\s+[A-Za-z0-9:/._#?=&%~-]*)*")
_LONG_NUMBER = re.compile(r"[0-9]{7}")
_OID_DOTS = 3


def is_plain(value: bytes) -> bool:
    """Tell whether a technical value is a URI, a name or a list of them, without a long number."""
    return bool(_URIS.fullmatch(value)) and not may_number_a_person(value.decode())


def may_number_a_person(word: str) -> bool:
    """Tell whether a code could be a number of a person: a long run of digits that is no part of an OID."""
    return bool(_LONG_NUMBER.search(word)) and word.count(".") < _OID_DOTS
