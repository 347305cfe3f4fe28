"""Base64 and decimals read strictly, so that one value has one spelling and no changed byte goes unseen."""

from __future__ import annotations

import base64
import binascii
import re

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,17})\Z", re.ASCII)


def encode_base64(data: bytes) -> str:
    """Return standard Base64 (RFC 4648 section 4) with padding."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """Return the bytes of standard Base64. Raises ValueError on any other spelling, unused bits included."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("not Base64") from None
    if encode_base64(data) != text:
        raise ValueError("not canonical Base64")
    return data


def decode_decimal(text: str) -> int:
    """Return a non-negative decimal without leading zeros, below 10**18. Raises ValueError otherwise."""
    if not _DECIMAL.match(text):
        raise ValueError("not a decimal")
    return int(text)
